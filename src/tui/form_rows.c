// The rows of a form: which fields a level shows, in which order, under which names.
// Pure tables over the schema; a field that no table names stands at the end, so none is ever
// missing.
#include "tui/form_rows.h"

#include <string.h>

#include "base/attr.h"

#define ORDER_MAX 16

static const struct {
    enum kind_id kind;
    const char *keys[ORDER_MAX]; // the rest follows in the order of the schema
} orders[] = {
    { KIND_CLAIM,
      { "type", "certainty", "form", "topic", "author_stance", "says", "attributed_to", "contested",
        "values", "repeats", "note", "tags", "span", "id", "created" } },
    { KIND_LINK, { "type", "point", "strict", "why", "searched", "from", "to", "id", "created" } },
    { KIND_NOTE, { "kind", "text", "span", "id" } },
    { KIND_FURNITURE, { "span", "id" } },
    { KIND_COMMENT, { "kind", "text", "about", "reply_to", "id", "created" } },
    { KIND_SOURCE, { "kind", "name", "aliases", "part_of", "origin", "note", "merged", "id" } },
};

static const struct {
    const char *key, *label;
} labels[] = {
    { "attributed_to", "voices" }, { "author_stance", "stance" },
    { "part_of", "part of" },      { "decided_by", "decided by" },
    { "span", "words" },           { "decided_why", "decided, why" },
    { "reply_to", "reply to" },    { "taken_from", "taken from" },
};

static const struct {
    enum kind_id kind;
    const char *key;
} adjudicated[] = {
    { KIND_CLAIM, "from" },    { KIND_CLAIM, "decision" },  { KIND_CLAIM, "decided_by" },
    { KIND_CLAIM, "why" },     { KIND_CLAIM, "seen" },      { KIND_LINK, "taken_from" },
    { KIND_LINK, "decision" }, { KIND_LINK, "decided_by" }, { KIND_LINK, "decided_why" },
    { KIND_LINK, "seen" },
};

const char *form_label(const struct field *field)
{
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (strcmp(labels[i].key, field->key) == 0)
            return labels[i].label;
    return field->key;
}

bool form_can_edit(enum kind_id kind, const struct field *field)
{
    if (field->type == FIELD_ID || field->type == FIELD_TIME || strcmp(field->key, "id") == 0 ||
        strcmp(field->key, "seen") == 0)
        return false;
    if (kind == KIND_TARGET || kind == KIND_PART || kind == KIND_CUE)
        return false;
    return !(kind == KIND_LINK && strcmp(field->key, "to") == 0) &&
           !(kind == KIND_SOURCE && strcmp(field->key, "merged") == 0);
}

bool form_takes_sources(const struct field *field)
{
    return field->type == FIELD_STRS && strcmp(field->key, "by") == 0;
}

bool form_takes_claims(const struct field *field)
{
    return field->type == FIELD_STRS && strcmp(field->key, "repeats") == 0;
}

static bool is_adjudicated_only(enum kind_id kind, const struct field *field)
{
    for (size_t i = 0; i < ARRAY_LEN(adjudicated); i++)
        if (adjudicated[i].kind == kind && strcmp(adjudicated[i].key, field->key) == 0)
            return true;
    return false;
}

static bool has_field(const struct form_row *rows, size_t count, const struct field *field)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].field == field)
            return true;
    return false;
}

static size_t add_field(const struct form_place *place, const struct field *field, bool is_adj,
                        struct form_row *out, size_t count)
{
    if (!field || count >= FORM_ROWS_MAX || has_field(out, count, field))
        return count;
    if (is_adjudicated_only(place->kind, field) && !is_adj &&
        (!place->rec || field_is_absent(place->rec, field)))
        return count;
    out[count] = (struct form_row){ FORM_ROW_FIELD, field, 0, form_label(field) };
    return count + 1;
}

static size_t item_rows(const struct form_place *place, struct form_row *out)
{
    size_t count = 0;

    for (size_t i = 0; i < place->list.count && count < FORM_ROWS_MAX - 1; i++)
        out[count++] = (struct form_row){ FORM_ROW_ITEM, NULL, i, "" };
    out[count++] = (struct form_row){ FORM_ROW_ADD, NULL, place->list.count, "add" };
    return count;
}

size_t form_rows(const struct form_place *place, bool is_root, bool is_adjudicated,
                 struct form_row *out)
{
    const struct kind *kind = kind_get(place->kind);
    size_t count = 0;

    if (place->is_list)
        return item_rows(place, out);
    for (size_t i = 0; i < ARRAY_LEN(orders); i++)
        for (int k = 0; orders[i].kind == place->kind && k < ORDER_MAX && orders[i].keys[k]; k++)
            count = add_field(place, kind_find(kind, sv_from(orders[i].keys[k])), is_adjudicated,
                              out, count);
    for (size_t i = 0; i < kind->field_count; i++)
        count = add_field(place, &kind->fields[i], is_adjudicated, out, count);
    if (is_root && place->kind == KIND_CLAIM)
        out[count++] = (struct form_row){ FORM_ROW_LINKS, NULL, 0, "links" };
    if (is_root && place->kind == KIND_LINK)
        out[count++] = (struct form_row){ FORM_ROW_TURN, NULL, 0, "turn round" };
    if (is_root && place->kind != KIND_SOURCE)
        out[count++] = (struct form_row){ FORM_ROW_DELETE, NULL, 0, "delete" };
    return count;
}
