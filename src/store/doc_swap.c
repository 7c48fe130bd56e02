// One value swapped for another in the bytes of a file.
// Never touches a byte that is not of that value; knows by the schema alone where it is meant.
#include "store/doc_swap.h"

#include "model/scheme.h"
#include "store/doc_impl.h"
#include "store/yaml.h"
#include "store/yaml_scalar.h"

struct cut {
    struct byte_span bytes; // ascending
    bool is_gone, is_flow;  // taken out; written inside [ ] or { }
};

struct search {
    const struct doc_shape *shape;
    const struct swap *swap;
    struct sv bytes;
    struct cut *cuts;
    size_t count, cap;
};

static bool is_meant(const struct swap *swap, enum kind_id kind, const struct field *field)
{
    struct sv key = sv_from(field->key);

    switch (swap->kind) {
    case SWAP_SOURCE:
        return field->type == FIELD_SOURCE || (kind == KIND_CONTESTED && sv_eq_cstr(key, "by")) ||
               (kind == KIND_SOURCE && (sv_eq_cstr(key, "id") || sv_eq_cstr(key, "merged")));
    case SWAP_TOPIC:
        return kind == KIND_CLAIM && sv_eq_cstr(key, "topic");
    case SWAP_TAG:
        return kind == KIND_CLAIM && sv_eq_cstr(key, "tags");
    case SWAP_WORD:
        return (field->type == FIELD_WORD && field->vocab == swap->vocab) ||
               (kind == KIND_WORD && sv_eq_cstr(key, "id"));
    }
    return false;
}

static bool says(const struct ynode *node, struct sv text)
{
    return node->type == YNODE_SCALAR && !ynode_is_null(node) && sv_eq(node->text, text);
}

static void add_cut(struct search *search, struct byte_span bytes, bool is_gone, bool is_flow)
{
    MEM_GROW(search->cuts, search->count, search->cap);
    search->cuts[search->count++] = (struct cut){ bytes, is_gone, is_flow };
}

// What an item takes up with what parts it from the others: in a flow list the comma before it, or
// behind it where no item before it stays; in a block list its lines.
static struct byte_span item_extent(const struct search *search, const struct ynode *list,
                                    size_t index, bool is_first)
{
    struct byte_span own = list->items[index]->bytes;
    size_t line;

    if (list->is_flow && !is_first)
        return (struct byte_span){ list->items[index - 1]->bytes.end, own.end };
    if (list->is_flow)
        return (struct byte_span){ own.beg, list->items[index + 1]->bytes.beg };
    while (own.beg > 0 && search->bytes.ptr[own.beg - 1] != '\n')
        own.beg--;
    line = sv_find(search->bytes, SV("\n"), own.end);
    own.end = line < search->bytes.len ? line + 1 : search->bytes.len;
    return own;
}

// Of several that are `old` the first becomes `new`, unless that stands there already.
static void search_list(struct search *search, const struct ynode *list, bool is_flow)
{
    bool has_new = false, is_first = true;

    for (size_t i = 0; i < list->count; i++)
        has_new = has_new || says(list->items[i], search->swap->new);
    for (size_t i = 0; i < list->count; i++) {
        bool is_old = says(list->items[i], search->swap->old);

        if (is_old && has_new) {
            add_cut(search, item_extent(search, list, i, is_first), true, is_flow);
            continue;
        }
        if (is_old) {
            add_cut(search, list->items[i]->bytes, false, is_flow);
            has_new = true;
        }
        is_first = false;
    }
}

// The vocabulary that a map of the scheme gives; its words are looked into only there.
static bool is_other_vocabulary(const struct search *search, const struct ynode *map)
{
    const struct ynode *id = ynode_get(map, "id");

    return search->swap->kind != SWAP_WORD || !id ||
           !says(id, sv_from(vocab_name(search->swap->vocab)));
}

static void search_map(struct search *search, enum kind_id id, const struct ynode *map,
                       bool is_flow) // recursive
{
    const struct kind *kind = kind_get(id);

    if (map->type != YNODE_MAP || (id == KIND_VOCABULARY && is_other_vocabulary(search, map)))
        return;
    is_flow = is_flow || map->is_flow;
    for (size_t i = 0; i + 1 < map->count; i += 2) {
        const struct field *field = kind_find(kind, map->items[i]->text);
        const struct ynode *value = map->items[i + 1];
        bool is_inside = is_flow || value->is_flow;

        if (!field)
            continue;
        if (field->type == FIELD_MAP)
            search_map(search, field->sub, value, is_flow);
        for (size_t k = 0;
             field->type == FIELD_LIST && value->type == YNODE_LIST && k < value->count; k++)
            search_map(search, field->sub, value->items[k], is_inside);
        if (!is_meant(search->swap, id, field))
            continue;
        if (value->type == YNODE_LIST)
            search_list(search, value, is_inside);
        else if (says(value, search->swap->old))
            add_cut(search, value->bytes, false, is_inside);
    }
}

static const struct field *section_of(const struct doc_shape *shape, struct sv key)
{
    for (size_t i = 0; i < shape->head_count; i++)
        if (shape->head[i].type == FIELD_LIST && sv_eq_cstr(key, shape->head[i].key))
            return &shape->head[i];
    return NULL;
}

// The sink of yaml_parse_items.
static bool wants(void *ctx, const struct ynode *key)
{
    return section_of(((const struct search *)ctx)->shape, key->text);
}

static bool take(void *ctx, const struct ynode *key, const struct ynode *list,
                 const struct ynode *item, struct err *err)
{
    struct search *search = ctx;
    const struct field *section = section_of(search->shape, key->text);

    (void)err;
    if (section) // nothing else is wanted
        search_map(search, section->sub, item, list->is_flow);
    return true;
}

static void apply(const struct search *search, struct buf *out)
{
    size_t from = 0;

    buf_reserve(out, search->bytes.len);
    for (size_t i = 0; i < search->count; i++) {
        const struct cut *cut = &search->cuts[i];

        if (cut->bytes.beg > from)
            buf_add(out, sv_sub(search->bytes, from, cut->bytes.beg));
        if (!cut->is_gone)
            yaml_scalar_write(search->swap->new, cut->is_flow, out);
        from = cut->bytes.end;
    }
    buf_add(out, sv_sub(search->bytes, from, search->bytes.len));
}

bool doc_swap(const struct doc_shape *shape, struct sv bytes, const char *path,
              const struct swap *swap, struct buf *out, size_t *count, struct err *err)
{
    struct search search = { .shape = shape, .swap = swap, .bytes = bytes };
    struct yaml_sink sink = { wants, take, &search };
    struct arena arena = { 0 };
    struct ynode *root = NULL;
    bool ok = yaml_parse_items(bytes, path, &arena, &sink, &root, err);

    if (ok) {
        apply(&search, out);
        *count = search.count;
    }
    mem_free(search.cuts);
    arena_release(&arena);
    return ok;
}
