// Numbers that two articles give differently: of the same thing, in related sentences.
// A proposal: whether both can be true is for the reader to say.
#ifndef GAINSAY_TEXT_CLASH_H
#define GAINSAY_TEXT_CLASH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"
#include "text/number.h"
#include "text/relate.h"

struct clash {
    struct clash_end {
        struct byte_span passage; // the sentence
        struct byte_span span;    // the number, with the words of its bound
        struct byte_span head;    // the word it counts, which both share; empty for sums and percents
        struct number number;     // its spans are bytes of the sentence
    } ends[2];                    // of either side
    double score;                 // of the two sentences
};

struct clashes {
    struct clash *items; // in order of the first article, then of the second
    size_t count, cap;
};

// Find them. Two numbers clash when their sentences score RELATE_FLOOR or more, they are of one kind,
// and no value fits both, bounds counted in: "over 300" fits 350, "nearly 1,000" what is within a tenth
// of it; two bounds of one kind must be within a tenth. One kind are percentages, sums of one currency,
// and counts that share one of the three words behind them, up to the next function word, or the word
// before where none stands right behind. A number that stands in both sentences clashes with none;
// ordinals, years, dates and times never do.
//   cost  O(numbers), and of pairs that share a word as many as CLASH_PAIRS
#define CLASH_PAIRS 100000 // of numbers that share a word; what is beyond is not looked at
void clashes_find(const struct relate *relate, struct clashes *out);
void clashes_release(struct clashes *clashes);

// The same in steps of a few ms, so that nobody has to wait: go on until it is true; `out` is empty at
// the first, and filled by the last.
struct clash_search;
struct clash_search *clash_search_new(const struct relate *relate);
bool clash_search_go_on(struct clash_search *search, struct clashes *out);
void clash_search_free(struct clash_search *search); // NULL is allowed

#endif
