// A page as blocks: runs of text between the beginnings and ends of paragraphs, lists, cells and the like,
// or between two breaks of a line in a row, each with where it stands and how much of it is link.
#ifndef GAINSAY_EXCHANGE_BLOCKS_H
#define GAINSAY_EXCHANGE_BLOCKS_H

#include "exchange/html.h"
#include "exchange/prose.h"

struct page_block {
    uint32_t node;      // its first node of text
    uint32_t container; // the element whose beginning or end bounds it
    enum prose_kind kind;
    int depth;          // of an item
    size_t number;
    struct sv text;     // flat, but for breaks
    size_t length;      // code points; those of scripts that write a word in one or two count double
    size_t linked;      // of them in links; in links within the page a third
    size_t commas;
};

// Why an element is left out with all that is in it.
struct page_mark {
    const char *why;   // NULL: it is not
    struct sv because; // the word of the page that says so; may be absent; borrowed from the page
};

// Zero value is empty.
struct page_blocks {
    struct page_block *items; // in the order of the page
    size_t count, cap;
    struct arena arena;
};

// The blocks of a page without the elements that are marked; marks has html->count items.
void blocks_find(const struct html *html, const struct page_mark *marks, struct page_blocks *out);
void blocks_release(struct page_blocks *blocks);

#endif
