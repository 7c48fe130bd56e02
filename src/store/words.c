// Records and their fields in a line of words. Declared in store/words.h.
// Knows no file: it is given records.
#include "store/words.h"

#include "store/doc_encode.h"
#include "store/yaml_write.h"

void words_add_flat(struct buf *out, struct sv text)
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
        words_add_flat(out, part->quote);
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
            words_add_flat(out, v->cue->quote);
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
        words_add_flat(out, words[i]);
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
        words_add_flat(out, *(const struct sv *)field_get(rec, field));
    } else if (!add_list(rec, field, out)) {
        yaml_write_value(doc_encode_field(&arena, rec, field), &text);
        words_add_flat(out, buf_sv(&text));
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
        words_add_flat(out, ((const struct source *)rec)->name);
        break;
    default:
        break;
    }
}
