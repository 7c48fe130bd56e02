// A page as blocks, in one walk over its nodes.
// Never decides what a block is worth; only what it is and where.
#include "exchange/blocks.h"

#include <string.h>

#include "base/visible.h"

#define CELL_MAX 60 // mean length of a cell's text in a table of data

// The walk: which block elements are open, and the text of the block so far.
struct walk {
    const struct html *html;
    struct page_blocks *out;
    uint32_t *open; // nodes
    size_t depth, cap;
    struct buf text;
    size_t linked;  // bytes of text in links, in hundredths
    uint32_t first; // first node of text of the block
    bool has_text;
    uint32_t link_end;   // index behind the link that is open; 0: none
    bool is_inner;       // and it leads to a place in the page
    size_t breaks;       // in a row
    uint32_t list, item; // the last item of a counted list
    size_t number;
};

static const struct html_node *node_at(const struct walk *walk, uint32_t i)
{
    return &walk->html->nodes[i];
}

static size_t weight_of(int32_t cp)
{
    return (cp >= 0x2e80 && cp <= 0x9fff) || (cp >= 0xac00 && cp <= 0xd7a3) ||
                   (cp >= 0xf900 && cp <= 0xfaff)
               ? 2
               : 1;
}

static bool is_comma(int32_t cp)
{
    return cp == ',' || cp == 0x60c || cp == 0x3001 || cp == 0xff0c || cp == 0xfe50 || cp == 0x2e41;
}

static void measure(struct page_block *block)
{
    struct sv rest = block->text;

    for (size_t size; rest.len; rest = sv_sub(rest, size, rest.len)) {
        int32_t cp = utf8_decode(rest, &size);

        block->length += weight_of(cp);
        block->commas += is_comma(cp);
    }
}

// The innermost element of this kind that the block stands in; the walk's depth when there is none.
static size_t open_of(const struct walk *walk, enum html_tag tag)
{
    for (size_t i = walk->depth; i-- > 0;)
        if (node_at(walk, walk->open[i])->tag == tag)
            return i;
    return walk->depth;
}

static bool is_in(const struct walk *walk, enum html_tag tag)
{
    return open_of(walk, tag) < walk->depth;
}

static bool is_heading(enum html_tag tag)
{
    return tag >= HTML_H1 && tag <= HTML_H6;
}

// Which item of its list: the number of a counted one. Counts on from the last one asked for.
static size_t number_of(struct walk *walk, uint32_t list, uint32_t item)
{
    if (walk->list != list || !walk->number) {
        walk->list = list;
        walk->item = list + 1;
        walk->number = 1;
    }
    for (; walk->item < item; walk->item = node_at(walk, walk->item)->end)
        walk->number += node_at(walk, walk->item)->tag == HTML_LI;
    return walk->number;
}

static void set_item(struct walk *walk, struct page_block *block, size_t at)
{
    uint32_t item = walk->open[at], list = node_at(walk, item)->parent;

    block->kind = PROSE_ITEM;
    for (size_t i = 0; i < at; i++)
        block->depth += node_at(walk, walk->open[i])->tag == HTML_UL ||
                        node_at(walk, walk->open[i])->tag == HTML_OL;
    block->depth = block->depth ? block->depth : 1;
    block->number = node_at(walk, list)->tag == HTML_OL ? number_of(walk, list, item) : 0;
}

static void set_kind(struct walk *walk, struct page_block *block)
{
    size_t item = open_of(walk, HTML_LI);
    enum html_tag tag = walk->depth ? node_at(walk, walk->open[walk->depth - 1])->tag : HTML_BODY;
    const struct page_block *last =
        walk->out->count ? &walk->out->items[walk->out->count - 1] : NULL;

    block->kind = PROSE_PARAGRAPH;
    for (size_t i = 0; i < walk->depth; i++)
        if (is_heading(node_at(walk, walk->open[i])->tag))
            tag = node_at(walk, walk->open[i])->tag;
    if (is_heading(tag))
        block->kind = PROSE_HEADING;
    else if (is_in(walk, HTML_FIGCAPTION) || tag == HTML_CAPTION)
        block->kind = PROSE_CAPTION;
    else if (is_in(walk, HTML_PRE))
        block->kind = PROSE_LINES;
    else if (item < walk->depth && (!last || !html_is_in(walk->html, last->node, walk->open[item])))
        set_item(walk, block, item);
    else if (is_in(walk, HTML_BLOCKQUOTE))
        block->kind = PROSE_QUOTE;
}

// Has it a character that can be seen?
static bool is_visible(struct sv text)
{
    for (size_t size; text.len; text = sv_sub(text, size, text.len)) {
        int32_t cp = utf8_decode(text, &size);

        if (cp > ' ' && cp != 0xa0 && cp != 0x3000 && cp != 0xfffd)
            return true;
    }
    return false;
}

// Flat, line by line: a break of the page stays one.
static void add_flat_lines(struct buf *out, struct sv text)
{
    struct sv line;

    while (sv_split(&text, '\v', &line)) { // what a break was noted as
        size_t beg = out->len;

        if (!is_visible(line))
            continue;
        prose_add_flat(out, line);
        if (out->len > beg)
            buf_add_char(out, '\n');
    }
    if (out->len && out->ptr[out->len - 1] == '\n')
        buf_splice(out, out->len - 1, out->len, SV(""));
}

// A text that stands as it was written: its lines, without those that are empty at the ends.
static void add_lines(struct buf *out, struct sv text)
{
    while (text.len && strchr("\r\n\v", text.ptr[0]))
        text = sv_sub(text, 1, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '\r')
            buf_add_char(out, text.ptr[i] == '\v' ? '\n' : text.ptr[i]);
    while (out->len && strchr(" \n\t", out->ptr[out->len - 1]))
        buf_splice(out, out->len - 1, out->len, SV(""));
}

// The block ends here.
static void flush(struct walk *walk)
{
    struct page_block block = { .node = walk->first,
                                .container = walk->depth ? walk->open[walk->depth - 1] : 0 };
    struct buf flat = { 0 };

    if (walk->has_text) {
        set_kind(walk, &block);
        if (block.kind == PROSE_LINES)
            add_lines(&flat, buf_sv(&walk->text));
        else
            add_flat_lines(&flat, buf_sv(&walk->text));
    }
    if (is_visible(buf_sv(&flat))) {
        block.text = sv_copy(&walk->out->arena, buf_sv(&flat));
        measure(&block);
        block.linked = walk->text.len ? block.length * walk->linked / (100 * walk->text.len) : 0;
        block.linked = block.linked > block.length ? block.length : block.linked;
        MEM_GROW(walk->out->items, walk->out->count, walk->out->cap);
        walk->out->items[walk->out->count++] = block;
    }
    buf_release(&flat);
    buf_clear(&walk->text);
    walk->linked = walk->breaks = 0;
    walk->has_text = false;
}

static void open_block(struct walk *walk, uint32_t i)
{
    flush(walk);
    MEM_GROW(walk->open, walk->depth, walk->cap);
    walk->open[walk->depth++] = i;
}

static void close_blocks(struct walk *walk, uint32_t i)
{
    while (walk->depth && node_at(walk, walk->open[walk->depth - 1])->end <= i) {
        flush(walk);
        walk->depth--;
    }
}

static void add_text(struct walk *walk, uint32_t i)
{
    struct sv text = node_at(walk, i)->text;

    bool is_seen = is_visible(text);

    if (!walk->has_text && !is_seen)
        return;
    if (walk->breaks > 1 && is_seen)
        flush(walk); // an empty line parts paragraphs
    if (is_seen)
        walk->breaks = 0;
    if (!walk->has_text)
        walk->first = i;
    walk->has_text = true;
    buf_add(&walk->text, text);
    if (memchr(text.ptr, '\v', text.len)) // which a break is noted as
        for (size_t k = walk->text.len - text.len; k < walk->text.len; k++)
            walk->text.ptr[k] = walk->text.ptr[k] == '\v' ? ' ' : walk->text.ptr[k];
    if (i < walk->link_end)
        walk->linked += text.len * (walk->is_inner ? 30 : 100);
}

static void open_link(struct walk *walk, uint32_t i)
{
    struct sv href = html_attr(node_at(walk, i), "href");

    if (sv_is_absent(href))
        return; // a place that others lead to
    walk->link_end = node_at(walk, i)->end;
    walk->is_inner = sv_starts(href, SV("#"));
}

void blocks_find(const struct html *html, const struct page_mark *marks, struct page_blocks *out)
{
    struct walk walk = { .html = html, .out = out };

    *out = (struct page_blocks){ 0 };
    for (uint32_t i = 0; i < html->count;) {
        const struct html_node *node = &html->nodes[i];
        unsigned flags = html_flags(node->tag);

        close_blocks(&walk, i);
        if (flags & GONE || marks[i].why) {
            i = node->end;
            continue;
        }
        if (node->tag == HTML_TEXT) {
            add_text(&walk, i);
        } else if (node->tag == HTML_BR) {
            walk.breaks++;
            if (walk.has_text)
                buf_add_char(&walk.text, '\v');
        } else if (flags & BLOCK) {
            open_block(&walk, i);
        } else if (node->tag == HTML_A) {
            open_link(&walk, i);
        }
        i++;
    }
    close_blocks(&walk, (uint32_t)html->count);
    flush(&walk);
    mem_free(walk.open);
    buf_release(&walk.text);
}

void blocks_release(struct page_blocks *blocks)
{
    mem_free(blocks->items);
    arena_release(&blocks->arena);
    *blocks = (struct page_blocks){ 0 };
}
