// Records in words, and what changed between two versions of a file.
// Knows no git: it is given bytes.
#include "cli/changes.h"

#include "cli/claim_text.h"
#include "model/diff.h"
#include "store/doc_encode.h"
#include "store/yaml_write.h"

struct side {
    struct arena arena;
    struct doc_content content;
    struct doc *doc;
    struct findings findings;
};

static bool side_load(struct side *side, const struct doc_shape *shape, struct sv bytes,
                      const char *path, struct err *err)
{
    return doc_load(shape, bytes, path, &side->arena, &side->content, &side->doc, &side->findings,
                    err);
}

static void side_release(struct side *side)
{
    doc_free(side->doc);
    findings_release(&side->findings);
    arena_release(&side->arena);
}

static void add_flat(struct buf *out, struct sv text)
{
    text = sv_trim(text);
    for (size_t i = 0; i < text.len; i++)
        buf_add_char(out, text.ptr[i] == '\n' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
}

static void add_parts(struct rec_list parts, struct buf *out)
{
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];

        buf_addf(out, "%s%zu-%zu “", i ? ", " : "", part->at.beg, part->at.end);
        add_flat(out, part->quote);
        buf_add_cstr(out, "”");
    }
}

static void add_voice(const struct voice *voice, struct buf *out)
{
    for (const struct voice *v = voice; v; v = v->citing) {
        if (v != voice)
            buf_add_cstr(out, " › ");
        buf_add(out, sv_is_absent(v->source) ? SV("?") : v->source);
        if (v->act.len)
            buf_addf(out, " " SV_FMT, SV_ARG(v->act));
        if (v->quoting.len)
            buf_addf(out, ", " SV_FMT, SV_ARG(v->quoting));
        if (v->certainty.len)
            buf_addf(out, ", " SV_FMT, SV_ARG(v->certainty));
        if (v->unsure)
            buf_add_cstr(out, ", unsure");
        if (v->cue) {
            buf_add_cstr(out, " (“");
            add_flat(out, v->cue->quote);
            buf_addf(out, "” %zu-%zu)", v->cue->at.beg, v->cue->at.end);
        }
    }
}

static void add_target(const struct target *to, struct buf *out)
{
    if (!to)
        return;
    buf_add(out, to->article);
    if (to->article.len && to->claim.len)
        buf_add_char(out, '#');
    buf_add(out, to->claim);
}

static void add_value(const struct value *value, struct buf *out)
{
    const struct sv words[] = { value->what, value->bound, value->number };
    bool any = false;

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!words[i].len)
            continue;
        buf_add_cstr(out, any ? " " : "");
        add_flat(out, words[i]);
        any = true;
    }
}

// Lists of maps that have words of their own; false: any other.
static bool add_list(const void *rec, const struct field *field, struct buf *out)
{
    struct rec_list list;

    if (field->sub == KIND_TARGET) {
        add_target(*(const struct target *const *)field_get(rec, field), out);
        return true;
    }
    if (field->type != FIELD_LIST ||
        (field->sub != KIND_PART && field->sub != KIND_VOICE && field->sub != KIND_VALUE))
        return false;
    list = *(const struct rec_list *)field_get(rec, field);
    if (field->sub == KIND_PART) {
        add_parts(list, out);
        return true;
    }
    for (size_t i = 0; i < list.count; i++) {
        buf_add_cstr(out, i ? "; " : "");
        if (field->sub == KIND_VOICE)
            add_voice(list.items[i], out);
        else
            add_value(list.items[i], out);
    }
    return true;
}

void field_words(const void *rec, const struct field *field, struct buf *out)
{
    struct arena arena = { 0 };
    struct buf text = { 0 };

    if (!rec || field_is_absent(rec, field))
        return;
    if (field_storage(field) == STORAGE_SV) {
        add_flat(out, *(const struct sv *)field_get(rec, field));
    } else if (!add_list(rec, field, out)) {
        yaml_write_value(doc_encode_field(&arena, rec, field), &text);
        add_flat(out, buf_sv(&text));
    }
    buf_release(&text);
    arena_release(&arena);
}

void record_words(enum kind_id kind, const void *rec, struct buf *out)
{
    switch ((int)kind) {
    case KIND_CLAIM:
        add_parts(((const struct claim *)rec)->span, out);
        break;
    case KIND_FURNITURE:
        add_parts(((const struct furniture *)rec)->span, out);
        break;
    case KIND_NOTE:
        add_parts(((const struct note *)rec)->span, out);
        break;
    case KIND_COMMENT: {
        const struct comment *comment = rec;

        buf_addf(out, "on " SV_FMT "%s", SV_ARG(comment->about), comment->kind.len ? ", " : "");
        buf_add(out, comment->kind);
        break;
    }
    case KIND_LINK: {
        const struct link *link = rec;

        buf_addf(out, SV_FMT " " SV_FMT, SV_ARG(link->from), SV_ARG(link->type));
        if (link->point.len)
            buf_addf(out, " (" SV_FMT ")", SV_ARG(link->point));
        buf_add_char(out, ' ');
        add_target(link->to, out);
        break;
    }
    case KIND_SOURCE:
        add_flat(out, ((const struct source *)rec)->name);
        break;
    default:
        break;
    }
}

// Is it in the line of the record already, or the same in every record?
static bool is_said(enum kind_id kind, const struct field *field)
{
    static const struct {
        enum kind_id kind;
        const char *key;
    } said[] = {
        { KIND_LINK, "from" },    { KIND_LINK, "to" },     { KIND_LINK, "type" },
        { KIND_LINK, "point" },   { KIND_SOURCE, "name" }, { KIND_COMMENT, "about" },
        { KIND_COMMENT, "kind" },
    };

    if (field == kind_get(kind)->fields || field->sub == KIND_PART)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        if (said[i].kind == kind && sv_eq_cstr(sv_from(said[i].key), field->key))
            return true;
    return false;
}

static void add_record_words(enum kind_id kind, const void *rec, struct buf *out)
{
    buf_addf(out, "%s " SV_FMT " ", kind_get(kind)->name, SV_ARG(((const struct record *)rec)->id));
    record_words(kind, rec, out);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *field = &kind_get(kind)->fields[i];

        if (is_said(kind, field) || field_is_absent(rec, field))
            continue;
        buf_addf(out, "    %s: ", field->key);
        field_words(rec, field, out);
        buf_add_char(out, '\n');
    }
    for (const struct extra *e = doc_extras(kind, rec); e; e = e->next) {
        buf_addf(out, "    " SV_FMT ": ", SV_ARG(e->key));
        add_flat(out, e->yaml);
        buf_add_char(out, '\n');
    }
}

bool words_of_file(struct sv bytes, const char *path, struct buf *out, struct err *err)
{
    const struct doc_shape *shape = doc_shape_of(NULL, bytes);
    struct side side = { 0 };
    size_t count, at = 0;
    const struct field *fields = doc_shape_fields(shape, &count);
    bool ok = shape != &doc_team && side_load(&side, shape, bytes, path, err);

    for (const struct field *f = fields; ok && f < fields + count; f++) {
        bool is_section = f->type == FIELD_LIST && shape->kind == KIND_NONE;
        struct rec_list list = is_section ? side.content.sections[at++] : (struct rec_list){ 0 };

        for (size_t i = 0; i < list.count; i++)
            add_record_words(f->sub, list.items[i], out);
        if (!is_section && !field_is_absent(side.content.head, f)) {
            buf_addf(out, "%s: ", f->key);
            field_words(side.content.head, f, out);
            buf_add_char(out, '\n');
        }
    }
    side_release(&side);
    return ok;
}

void changes_init(struct changes *changes, struct cli *cli, const char *const *columns,
                  size_t count)
{
    *changes = (struct changes){ .cli = cli };
    table_init(&changes->table, columns, count);
}

static const char *word_of(const struct record_change *change)
{
    return change->field ? "changed" : change->new ? "added" : "removed";
}

static void add_row(struct changes *c, const struct record_change *change, struct sv old,
                    struct sv new)
{
    const void *rec = change->new ? change->new : change->old;
    bool is_head = change->kind == KIND_NONE;

    for (size_t i = 0; i < c->lead_count; i++)
        table_add(&c->table, sv_from(c->lead[i]));
    table_add(&c->table, sv_from(c->path));
    table_add(&c->table, sv_from(word_of(change)));
    table_add(&c->table, sv_from(is_head ? "file" : kind_get(change->kind)->name));
    table_add(&c->table, is_head ? SV("") : ((const struct record *)rec)->id);
    table_add(&c->table, sv_from(change->field ? change->field->key : ""));
    table_add(&c->table, old);
    table_add(&c->table, new);
}

// The line of the record, once.
static void print_record(struct changes *c, const struct record_change *change)
{
    static const char *const signs[] = { "- ", "+ ", "~ " };
    const void *rec = change->new ? change->new : change->old;
    struct para para = { 0 };
    struct buf words = { 0 };

    if (c->record == rec)
        return;
    c->record = rec;
    para_add(&para, STYLE_LABEL, sv_from(signs[change->field ? 2 : change->new ? 1 : 0]));
    if (change->kind == KIND_NONE) {
        para_add(&para, STYLE_SOURCE, SV("the file"));
    } else {
        record_words(change->kind, rec, &words);
        para_addf(&para, STYLE_LABEL, "%s ", kind_get(change->kind)->name);
        para_add(&para, STYLE_SOURCE, ((const struct record *)rec)->id);
        para_addf(&para, STYLE_PLAIN, " ");
        para_add(&para, STYLE_QUOTE, buf_sv(&words));
    }
    out_para(&c->cli->out, &para, 2, 6);
    buf_release(&words);
}

static void print_values(struct changes *c, const struct field *field, struct sv old, struct sv new)
{
    struct para para = { 0 };

    para_addf(&para, STYLE_LABEL, "%s: ", field->key);
    para_add(&para, STYLE_PLAIN, old.len ? old : SV("(nothing)"));
    para_add(&para, STYLE_LABEL, SV(" → "));
    para_add(&para, STYLE_PLAIN, new.len ? new : SV("(nothing)"));
    out_para(&c->cli->out, &para, 6, 8);
}

// The fields of a record that came, but for what its line says.
static void print_fields(struct changes *c, enum kind_id kind, const void *rec)
{
    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *field = &kind_get(kind)->fields[i];
        struct para para = { 0 };
        struct buf words = { 0 };

        if (is_said(kind, field) || field->type == FIELD_TIME || field_is_absent(rec, field))
            continue;
        field_words(rec, field, &words);
        para_addf(&para, STYLE_LABEL, "%s: ", field->key);
        para_add(&para, STYLE_PLAIN, buf_sv(&words));
        out_para(&c->cli->out, &para, 6, 8);
        buf_release(&words);
    }
}

static void note_change(void *ctx, const struct record_change *change)
{
    struct changes *c = ctx;
    const void *rec = change->new ? change->new : change->old;
    struct buf old = { 0 }, new = { 0 };

    if (c->only.len &&
        (change->kind == KIND_NONE || !sv_eq(((const struct record *)rec)->id, c->only)))
        return;
    c->count++;
    if (change->field) {
        field_words(change->old, change->field, &old);
        field_words(change->new, change->field, &new);
    } else {
        record_words(change->kind, rec, change->new ? &new : &old);
    }
    if (c->cli->format != FORMAT_PLAIN) {
        add_row(c, change, buf_sv(&old), buf_sv(&new));
    } else {
        if (!c->is_named) {
            struct para para = { 0 };

            para_add(&para, STYLE_HEAD, sv_from(c->path));
            out_para(&c->cli->out, &para, 0, 4);
            c->is_named = true;
        }
        print_record(c, change);
        if (change->field)
            print_values(c, change->field, buf_sv(&old), buf_sv(&new));
        else if (change->new)
            print_fields(c, change->kind, change->new);
    }
    buf_release(&old);
    buf_release(&new);
}

static void compare_heads(struct changes *c, const struct doc_shape *shape, const struct side *old,
                          const struct side *new)
{
    size_t count;
    const struct field *fields = doc_shape_fields(shape, &count);
    struct record_change change = { .old = old->content.head, .new = new->content.head };

    for (const struct field *f = fields; f < fields + count; f++) {
        if (f->type == FIELD_LIST && shape->kind == KIND_NONE)
            continue;
        change.field = f;
        if (!field_eq(change.old, change.new, f))
            note_change(c, &change);
    }
}

bool changes_add(struct changes *c, const char *path, struct sv old, struct sv new, struct err *err)
{
    const struct doc_shape *shape = doc_shape_of(path, new.len ? new : old);
    struct side sides[2] = { 0 };
    size_t count, at = 0;
    const struct field *fields = doc_shape_fields(shape ? shape : &doc_team, &count);
    bool ok = true;

    c->path = path;
    c->is_named = false;
    c->record = NULL;
    if (!shape)
        return true;
    ok = side_load(&sides[0], shape, old, path, err) && side_load(&sides[1], shape, new, path, err);
    if (ok && !c->is_by_place && !sv_is_blank(old) && !sv_is_blank(new))
        compare_heads(c, shape, &sides[0], &sides[1]);
    for (const struct field *f = fields; ok && f < fields + count; f++) {
        if (f->type != FIELD_LIST || shape->kind != KIND_NONE)
            continue;
        if (!c->is_by_place)
            diff_records(f->sub, sides[0].content.sections[at], sides[1].content.sections[at],
                         note_change, c);
        else if (f->sub == KIND_CLAIM)
            diff_claims_by_place(&sides[0].arena, sides[0].content.sections[at],
                                 sides[1].content.sections[at], note_change, c);
        at++;
    }
    side_release(&sides[0]);
    side_release(&sides[1]);
    return ok;
}

void changes_finish(struct changes *c)
{
    if (c->cli->format != FORMAT_PLAIN)
        table_print(&c->table, c->cli->format, &c->cli->out);
    table_release(&c->table);
}
