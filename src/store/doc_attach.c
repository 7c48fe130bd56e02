// Comments and the nodes they belong to: those on lines of their own to what follows, those at the
// end of a line to what stands before them. Never moves a comment over another of the same node.
#include "store/doc_attach.h"

#include <string.h>

#include "store/doc_comments.h"

struct attacher {
    struct sv piece;
    struct arena *arena;
    struct comment_list list;
    size_t next; // of the list
};

static void attach_value(struct attacher *a, struct ynode *owner, struct ynode *value, size_t from);

static struct sv text_of(const struct attacher *a, size_t i)
{
    return sv_sub(a->piece, a->list.items[i].beg, a->list.items[i].end);
}

static bool is_before(const struct attacher *a, size_t pos)
{
    return a->next < a->list.count && a->list.items[a->next].beg < pos;
}

static void add_line(struct attacher *a, struct sv *lines, struct sv line)
{
    struct buf all = { 0 };

    buf_add(&all, *lines);
    buf_add(&all, line);
    buf_add_char(&all, '\n');
    *lines = sv_copy(a->arena, buf_sv(&all));
    buf_release(&all);
}

// All comments up to `pos` go before `owner`.
static void take_before(struct attacher *a, struct ynode *owner, size_t pos)
{
    while (is_before(a, pos))
        add_line(a, &owner->before, text_of(a, a->next++));
}

// The next comment goes beside `value` when it stands in the line that `from` is in.
static void take_beside(struct attacher *a, struct ynode *value, size_t from)
{
    if (a->next == a->list.count)
        return;

    size_t beg = a->list.items[a->next].beg;

    if (beg >= from && !memchr(a->piece.ptr + from, '\n', beg - from) && !value->beside.len)
        value->beside = sv_copy(a->arena, text_of(a, a->next++));
}

static void attach_pairs(struct attacher *a, struct ynode *owner, struct ynode *map)
{
    for (size_t i = 0; i < map->count; i += 2) {
        struct ynode *key = map->items[i];

        // Above the first key of an item is above its dash.
        take_before(a, i || !owner ? key : owner, key->bytes.beg);
        attach_value(a, i || !owner ? key : owner, map->items[i + 1], key->bytes.end);
    }
}

static bool has_scalars_alone(const struct ynode *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->items[i]->type != YNODE_SCALAR)
            return false;
    return node->type == YNODE_LIST || !node->count;
}

// owner: the key or item that takes what cannot stand inside the value.
//   from  end of the key or place of the dash
static void attach_value(struct attacher *a, struct ynode *owner, struct ynode *value, size_t from)
{
    if (value->type == YNODE_SCALAR || has_scalars_alone(value) || value->is_flow) {
        bool is_header = value->type == YNODE_SCALAR && !value->is_plain &&
                         strchr("|>", a->piece.ptr[value->bytes.beg]);

        take_before(a, owner, value->bytes.beg);
        if (is_header)
            take_beside(a, value, value->bytes.beg);
        take_before(a, owner, value->bytes.end);
        if (!is_header)
            take_beside(a, value, value->bytes.end);
        return;
    }
    take_beside(a, value, from);
    if (value->type == YNODE_MAP) {
        attach_pairs(a, NULL, value);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        struct ynode *item = value->items[i];

        take_before(a, item, item->bytes.beg);
        if (item->type == YNODE_MAP && !item->is_flow)
            attach_pairs(a, item, item);
        else
            attach_value(a, item, item, item->bytes.beg);
    }
}

struct sv comments_attach(struct sv piece, struct ynode *root, struct arena *arena)
{
    struct attacher a = { .piece = piece, .arena = arena };
    struct sv tail = { 0 };

    if (!piece.len || !memchr(piece.ptr, '#', piece.len))
        return tail;
    a.list = comments_find(piece, root, arena);
    attach_value(&a, root, root, piece.len);
    while (a.next < a.list.count)
        add_line(&a, &tail, text_of(&a, a.next++));
    return tail;
}
