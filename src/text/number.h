// Numbers in a text: figures and number words with scale, unit and bound; years and dates told apart.
#ifndef GAINSAY_TEXT_NUMBER_H
#define GAINSAY_TEXT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

enum number_kind {
    NUMBER_COUNT,   // of things, or a measure: 3, 1,200, 2.5 million, twenty-five
    NUMBER_PERCENT, // 5 %, 5 per cent, 5 percentage points
    NUMBER_MONEY,   // $5 million, 300 rupees
    NUMBER_ORDINAL, // third, 21st
    NUMBER_YEAR,    // 2021, 1990s
    NUMBER_DATE,    // the day in 11 December; 2024-12-11
    NUMBER_TIME,    // 9:30, 5 p.m.
};

enum number_bound {
    NUMBER_EXACT,
    NUMBER_ABOUT, // nearly 1,000; some 300
    NUMBER_LEAST, // over 300; 300 or more; 300+
    NUMBER_MOST,  // up to 300; fewer than 300
};

struct number {
    struct byte_span span;   // the number with its scale, sign or unit word; not its bound
    size_t from;             // where the words of the bound begin; span.beg without any
    enum number_kind kind;
    enum number_bound bound;
    double low, high;        // equal, but for a range: "10 to 20"
    const char *currency;    // of NUMBER_MONEY: "USD"; else NULL
};

// The next number of `text` (a sentence or a part of one) that begins at or after *pos, which moves
// behind it. Numbers that are part of a name are none: G7, F-16, AK-47, 5G. "one" is one only as part
// of a greater number, or before a scale.
//   returns  false when there is none
//   cost     O(bytes up to it)
bool number_next(struct sv text, size_t *pos, struct number *out);

#endif
