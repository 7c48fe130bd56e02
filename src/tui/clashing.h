// Numbers that the article of a view and that of the other view give differently: what is marked in the
// text, and the way from one to the next.
#ifndef GAINSAY_TUI_CLASHING_H
#define GAINSAY_TUI_CLASHING_H

#include "text/clash.h"
#include "tui/app.h"

// The clashes that are marked in a view (one of the app's): NULL when there is no other article, or both are so
// long that a frame cannot wait for them and none was asked for yet.
//   side  that of the view's article in each clash
const struct clashes *clashing_known(struct app *app, const struct view *view, int *side);

// Does one of them begin in `span`?
bool clashing_has(const struct clashes *clashes, int side, struct byte_span span);

// Move the cursor to the next number that clashes, `count` times, round the end; the other view shows the
// other number.
void clashing_next(struct app *app, int count);

#endif
