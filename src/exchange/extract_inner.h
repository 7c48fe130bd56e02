// What the steps of extracting hand on. Between extract*.c alone.
#ifndef GAINSAY_EXCHANGE_EXTRACT_INNER_H
#define GAINSAY_EXCHANGE_EXTRACT_INNER_H

#include "exchange/blocks.h"
#include "exchange/furniture.h"

// How strict an attempt is: a page whose text comes out short is tried again with less.
struct strictness {
    bool by_name;   // leave out what is named as furniture
    bool by_weight; // names count for and against
    bool by_shape;  // leave out parts of the main text that are mostly links, pictures, fields
    bool by_tag;    // leave out what is furniture by its element
};

// Sums over nodes: of what stands before a node; a range is a difference.
struct page_sums {
    size_t length, linked, commas, paragraphs, items, headings, pictures, inputs;
};

struct attempt {
    const struct html *html;
    struct strictness strict;
    struct page_mark *marks;       // per node: elements left out
    signed char *weights;          // per node: what its names say
    bool *is_chosen;               // per node: of the main text, with all in it
    struct page_blocks blocks;
    struct page_mark *block_marks; // per block: left out of the main text
    struct page_sums *sums;        // html->count + 1
};

// Mark what is left out before any word is counted; the weights of the rest.
void extract_mark(struct attempt *attempt);

// Count again what is not left out.
void extract_sum(struct attempt *attempt);
struct page_sums extract_range(const struct attempt *attempt, size_t node); // of an element
double extract_link_density(const struct page_sums *sums);

// Find the elements that hold the main text, and mark them in is_chosen.
void extract_choose(struct attempt *attempt);

// Leave out those parts of the chosen elements that by their shape are no text.
void extract_clean(struct attempt *attempt);

#endif
