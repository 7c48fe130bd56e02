// Canonical order of keys and form of scalars in a tree, by the tables of the schema.
// Never changes what a value says, and leaves those alone that the schema does not expect.
#include "store/doc_normal.h"

#include "store/doc_encode.h"

// A scalar of this type in the form the writer gives it.
static void normal_scalar(struct ynode *node, const struct field *field)
{
    if (node->type != YNODE_SCALAR || ynode_is_null(node))
        return;
    if (field->type == FIELD_BOOL && node->is_plain)
        node->text = sv_starts(node->text, SV("t")) || sv_starts(node->text, SV("T")) ? SV("true")
                                                                                      : SV("false");
    while (field->type == FIELD_COUNT && node->text.len > 1 && node->text.ptr[0] == '0')
        node->text = sv_sub(node->text, 1, node->text.len);
    node->is_plain = doc_is_plain_type(field->type, node->text);
}

static void normal_counts(struct ynode *list)
{
    static const struct field count = { .type = FIELD_COUNT };

    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->type == YNODE_LIST)
            normal_counts(list->items[i]);
        else
            normal_scalar(list->items[i], &count);
    }
}

static void normal_strs(struct ynode *list)
{
    for (size_t i = 0; i < list->count; i++)
        list->items[i]->is_plain = false;
}

bool doc_is_idle(const struct field *field, const struct ynode *key, const struct ynode *value)
{
    bool is_empty = ynode_is_null(value) || (value->type == YNODE_LIST && !value->count) ||
                    (field->type == FIELD_BOOL && sv_eq_cstr(value->text, "false"));

    return is_empty && !field->is_required && !key->before.len && !value->beside.len;
}

void doc_normal_value(const struct field *field, struct ynode *value, bool is_read,
                      struct arena *arena)
{
    if (!is_read && field->type != FIELD_MAP && field->type != FIELD_LIST)
        return;
    switch (field_storage(field)) {
    case STORAGE_SV:
    case STORAGE_BOOL:
    case STORAGE_COUNT:
        normal_scalar(value, field);
        break;
    case STORAGE_SPAN:
    case STORAGE_SPANS:
        normal_counts(value);
        break;
    case STORAGE_STRS:
        normal_strs(value);
        break;
    case STORAGE_MAP:
        doc_normal_map(field->sub, value, is_read, arena);
        break;
    case STORAGE_LIST:
        for (size_t i = 0; value->type == YNODE_LIST && i < value->count; i++)
            doc_normal_map(field->sub, value->items[i], is_read, arena);
        break;
    }
}

void doc_normal_map(enum kind_id id, struct ynode *map, bool is_read, struct arena *arena)
{
    const struct kind *kind = kind_get(id);
    struct ynode **items;
    size_t count = 0;

    if (map->type != YNODE_MAP || !map->count)
        return;
    items = arena_new(arena, map->count * sizeof(*items));
    for (size_t k = 0; k <= kind->field_count; k++) {
        const struct field *field = k < kind->field_count ? &kind->fields[k] : NULL;

        for (size_t i = 0; i < map->count; i += 2) {
            if (kind_find(kind, map->items[i]->text) != field)
                continue;
            if (field)
                doc_normal_value(field, map->items[i + 1], is_read, arena);
            if (is_read && field && doc_is_idle(field, map->items[i], map->items[i + 1]))
                continue;
            items[count++] = map->items[i];
            items[count++] = map->items[i + 1];
        }
    }
    map->items = items;
    map->count = count;
}
