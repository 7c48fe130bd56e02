// Comments between the nodes of a tree.
// Never keeps more than places: the text stays in the file's bytes.
#include "store/doc_comments.h"

#include <string.h>

struct finder {
    struct sv bytes;
    struct arena *arena;
    struct comment_list list;
    size_t cap;
    size_t pos; // end of the node before
};

// For YAML 1.1 a line ends with LF, CR, U+0085, U+2028 or U+2029.
static bool is_break(struct sv rest)
{
    return rest.ptr[0] == '\n' || rest.ptr[0] == '\r' || sv_starts(rest, SV("\xc2\x85")) ||
           sv_starts(rest, SV("\xe2\x80\xa8")) || sv_starts(rest, SV("\xe2\x80\xa9"));
}

static void add_comment(struct finder *f, size_t beg)
{
    size_t end = beg;

    while (end < f->bytes.len && !is_break(sv_sub(f->bytes, end, f->bytes.len)))
        end++;

    f->pos = end;
    while (end > beg && strchr(" \t\r", f->bytes.ptr[end - 1]))
        end--;
    if (f->list.count == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 8;
        struct byte_span *items = arena_new(f->arena, cap * sizeof(*items));

        if (f->list.count)
            memcpy(items, f->list.items, f->list.count * sizeof(*items));
        f->list.items = items;
        f->cap = cap;
    }
    f->list.items[f->list.count++] = (struct byte_span){ beg, end };
}

// In what lies between nodes every `#` begins a comment.
static void find_in_gap(struct finder *f, size_t end)
{
    while (f->pos < end) {
        const char *hit = memchr(f->bytes.ptr + f->pos, '#', end - f->pos);

        if (!hit)
            break;
        add_comment(f, (size_t)(hit - f->bytes.ptr));
    }
}

// Behind the `|` of a block scalar, in its line.
static void find_in_header(struct finder *f, const struct ynode *leaf)
{
    for (size_t i = leaf->bytes.beg; i < leaf->bytes.end && f->bytes.ptr[i] != '\n'; i++)
        if (f->bytes.ptr[i] == '#') {
            add_comment(f, i);
            return;
        }
}

static void find_in_node(struct finder *f, const struct ynode *node)
{
    if (node->type != YNODE_SCALAR) {
        for (size_t i = 0; i < node->count && node->items; i++)
            find_in_node(f, node->items[i]);
        return;
    }
    find_in_gap(f, node->bytes.beg);
    if (!node->is_plain && node->bytes.beg < f->bytes.len &&
        strchr("|>", f->bytes.ptr[node->bytes.beg]))
        find_in_header(f, node);
    if (node->bytes.end > f->pos)
        f->pos = node->bytes.end;
}

struct comment_list comments_find(struct sv bytes, const struct ynode *root, struct arena *arena)
{
    struct finder f = { .bytes = bytes, .arena = arena };

    if (root)
        find_in_node(&f, root);
    find_in_gap(&f, bytes.len);
    return f.list;
}

void comments_of_piece(struct sv piece, struct arena *arena, struct sv *beside, struct sv *above)
{
    struct ynode *root = NULL;
    struct err err = { 0 };
    struct buf lines = { 0 };

    *beside = *above = (struct sv){ 0 };
    if (!piece.len || !memchr(piece.ptr, '#', piece.len))
        return;
    if (!yaml_parse(piece, NULL, arena, &root, &err)) {
        err_release(&err); // a piece that does not stand alone gives no comments away
        return;
    }

    struct comment_list list = comments_find(piece, root, arena);
    const char *lf = memchr(piece.ptr, '\n', piece.len);

    for (size_t i = 0; i < list.count; i++) {
        struct sv text = sv_sub(piece, list.items[i].beg, list.items[i].end);

        if (!lf || piece.ptr + list.items[i].beg < lf) {
            *beside = sv_copy(arena, text);
        } else {
            buf_add(&lines, text);
            buf_add_char(&lines, '\n');
        }
    }
    if (lines.len)
        *above = sv_copy(arena, buf_sv(&lines));
    buf_release(&lines);
}
