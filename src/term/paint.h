// From one grid to the next: which bands of rows scrolled, and which cells differ then.
#ifndef GAINSAY_TERM_PAINT_H
#define GAINSAY_TERM_PAINT_H

#include "term/wire.h"
#include "tui/grid.h"

// Append to wire->out what makes a terminal that shows `shown` show `grid`, and make `shown` equal
// to what it shows then: the grid but for what in it waits. Both have the size of the wire's
// screen. `looks` are those of the roles, ROLE__N of them. O(cells) for rows that differ; nothing
// is sent when nothing does.
void paint(struct wire *wire, const struct pen *looks, struct grid *shown,
           const struct grid *grid);

#endif
