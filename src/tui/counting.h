// How many matches a text has, and which of them the search is at: "match 3 of 17". A long text is
// counted at rest, a stretch at a time, so that no key waits.
#ifndef GAINSAY_TUI_COUNTING_H
#define GAINSAY_TUI_COUNTING_H

#include "tui/app.h"

// The search of `view` is at the match that begins at byte `beg`: count anew. Nothing is known until it
// is done; in a text of up to COUNTING_BYTES it is when this returns.
void counting_begin(struct app *app, const struct view *view, size_t beg);
#define COUNTING_BYTES ((size_t)4 << 20)

// What was counted holds no more: another pattern, or none found.
void counting_end(struct app *app);

// Count the next stretch, at rest.
void counting_go_on(struct app *app);

// Is there one?
bool counting_is_on(const struct app *app);

#endif
