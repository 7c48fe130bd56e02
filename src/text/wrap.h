// Screen rows of a text at a given width: breaks at spaces, after hyphens, dashes and slashes,
// hanging indents for list items; a word wider than the row is cut between clusters. No byte is ever
// left out: the rows of a line cover it, trailing blanks included.
#ifndef GAINSAY_TEXT_WRAP_H
#define GAINSAY_TEXT_WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"
#include "text/article.h"

struct row {
    struct byte_span span; // bytes of the article drawn here; the line end is not part of it
    int indent;            // cells left free before the text (hanging indent of list items)
    bool is_first;         // first row of its source line
    bool is_last;          // last row of its source line

    // What wrap_next need not look for again; all 0: nothing is known.
    size_t line_end;   // where the line ends, or a very long one is cut
    size_t line_plain; // it is printable ASCII up to here
    bool is_cut;       // the line goes on behind line_end
};

// The row that shows byte `pos`, with text `cols` cells wide (>= 1). An empty line is one empty row;
// so is the end of the text after a final line end.
//   cost  O(length of the source line up to pos); very long lines are cut at 64 KiB, at a blank if
//         there is one, so that the cost is bounded
struct row wrap_at(const struct article *article, size_t pos, int cols);

// The row after / before `row`; false at either end of the text.
bool wrap_next(const struct article *article, const struct row *row, int cols, struct row *out);
bool wrap_prev(const struct article *article, const struct row *row, int cols, struct row *out);

// Cell (0-based, indent included) where byte `pos` of `row` stands, and the reverse: the byte of the
// cluster at cell `col` (the last one when col is past the end).
int wrap_col(const struct article *article, const struct row *row, size_t pos);
size_t wrap_pos(const struct article *article, const struct row *row, int col);

// The same breaking for short strings (forms, cards, help): cut the next row of at most `cols` cells
// off `*rest`; false when nothing is left. Breaks at LF too.
bool wrap_string(struct sv *rest, int cols, struct sv *row);

#endif
