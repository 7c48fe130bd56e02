// Where a row of text may end.
#ifndef GAINSAY_TEXT_LINEBREAK_H
#define GAINSAY_TEXT_LINEBREAK_H

#include <stddef.h>

#include "base/sv.h"

// End of the row of at most `cols` cells, the first `indent` of them left free, that begins at `beg`
// < `end`: where the next row begins. Breaks behind blanks, hyphens, dashes and slashes and between
// ideographs, else between clusters; blanks at a break stay with the row even where they reach
// beyond it. The result is behind at least one cluster.
//   text     whatever stands behind `end` is not looked at
//   cost     O(row)
size_t linebreak_after(struct sv text, size_t beg, size_t end, int indent, int cols);

// The same for the commonest rows, quicker and without being told where the line ends: printable ASCII
// alone that ends at a break or the line's end (a byte LF, or CR before LF, stands there then).
//   indent   0 <= indent < cols
//   returns  SIZE_MAX for other rows: ask linebreak_after
size_t linebreak_plain(struct sv text, size_t beg, int indent, int cols);

#endif
