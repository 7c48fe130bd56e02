// What the next keys may ask for and would have to wait for, made ready at rest, a slice at a time. It
// changes nothing that is seen: a key that comes before it is ready finds the same, later.
#ifndef GAINSAY_TUI_AHEAD_H
#define GAINSAY_TUI_AHEAD_H

#include "tui/app.h"

// Is there anything to be made ready? Only for an event in which something was marked, and whose texts
// have no more than AHEAD_BYTES together: whoever reads alone pays nothing.
#define AHEAD_BYTES ((size_t)8 << 20)
bool ahead_is_due(const struct app *app);

// The next slice: 1 or 2 ms for most, 4 at most.
void ahead_go_on(struct app *app);

#endif
