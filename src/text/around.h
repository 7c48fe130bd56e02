// What of a text is shown around a match: the sentence it stands in, cut to some cells.
#ifndef GAINSAY_TEXT_AROUND_H
#define GAINSAY_TEXT_AROUND_H

#include <stdbool.h>

#include "base/sv.h"
#include "base/units.h"

struct around {
    struct sv before, match, after; // views of the text; both sides are on the match's line
    bool is_cut_before, is_cut_after; // the sentence goes on
};

// `match` lies in the text; at most `cols` cells on either side, cut at blanks where there are some.
//   cost  O(match), not of the line
struct around around_of(struct sv text, struct byte_span match, int cols);

// The same, but as much of the line as there is room for, whatever sentence it belongs to, and cut anywhere: what
// stands in a column of contexts.
struct around around_line(struct sv text, struct byte_span match, int cols);

#endif
