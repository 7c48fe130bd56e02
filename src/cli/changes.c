// Records in words, and what changed between two versions of a file.
// Knows no git: it is given bytes.
#include "cli/changes.h"

#include "cli/claim_text.h"
#include "store/doc_encode.h"
#include "store/versions.h"
#include "store/words.h"

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
        words_add_flat(out, e->yaml);
        buf_add_char(out, '\n');
    }
}

bool words_of_file(struct sv bytes, const char *path, struct buf *out, struct err *err)
{
    const struct doc_shape *shape = doc_shape_of(NULL, bytes);
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct arena arena = { 0 };
    struct doc *doc = NULL;
    size_t count, at = 0;
    const struct field *fields = doc_shape_fields(shape, &count);
    bool ok =
        shape != &doc_team && doc_load(shape, bytes, path, &arena, &content, &doc, &findings, err);

    for (const struct field *f = fields; ok && f < fields + count; f++) {
        bool is_section = f->type == FIELD_LIST && shape->kind == KIND_NONE;
        struct rec_list list = is_section ? content.sections[at++] : (struct rec_list){ 0 };

        for (size_t i = 0; i < list.count; i++)
            add_record_words(f->sub, list.items[i], out);
        if (!is_section && !field_is_absent(content.head, f)) {
            buf_addf(out, "%s: ", f->key);
            field_words(content.head, f, out);
            buf_add_char(out, '\n');
        }
    }
    doc_free(doc);
    findings_release(&findings);
    arena_release(&arena);
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

bool changes_add(struct changes *c, const char *path, struct sv old, struct sv new, struct err *err)
{
    struct versions versions = { .path = path,
                                 .old = old,
                                 .new = new,
                                 .also = c->also,
                                 .only = c->only,
                                 .is_by_place = c->is_by_place };

    c->path = path;
    c->is_named = false;
    c->record = NULL;
    return versions_compare(&versions, note_change, c, err);
}

void changes_finish(struct changes *c)
{
    if (c->cli->format != FORMAT_PLAIN)
        table_print(&c->table, c->cli->format, &c->cli->out);
    table_release(&c->table);
}
