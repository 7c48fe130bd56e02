// Two values beside each other, or where there is no room one below the other.
#ifndef GAINSAY_TUI_SIDES_H
#define GAINSAY_TUI_SIDES_H

#include "tui/grid.h"

struct sides {
    struct sv left, right; // lines, parted by LF; nothing is said to be
    enum role left_role, right_role;
};

// Rows they take in `cols` columns: those of the longer, or of both.
int sides_lines(const struct sides *sides, int cols);
// Draw as much of them as there is room; returns the rows used.
int sides_draw(const struct sides *sides, struct grid *grid, struct rect rect);

#endif
