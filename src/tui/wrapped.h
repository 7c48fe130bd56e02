// Short texts in rows of a given width: counted first, so that what stands below knows where it begins.
#ifndef GAINSAY_TUI_WRAPPED_H
#define GAINSAY_TUI_WRAPPED_H

#include "tui/grid.h"

// Rows that `text` takes in `cols` columns, line ends and all, `most` at most; an empty text takes none.
int wrapped_rows(struct sv text, int cols, int most);
// Draw them in the rectangle, as many as it has rows; returns how many were. The last ends in
// "…" when more of its line is left.
int wrapped_draw(struct grid *grid, struct rect rect, struct sv text, enum role role);

#endif
