// How the panes stand, as words that outlive a sitting: "beside loose sidebar plain".
#ifndef GAINSAY_TUI_LOOKS_H
#define GAINSAY_TUI_LOOKS_H

#include "tui/app.h"

// Append a word for each thing that is not as it is at first, with blanks between.
void looks_get(const struct app *app, struct buf *out);

// Make it so; words that are none of these are passed over. For an app that is new.
void looks_set(struct app *app, struct sv words);

#endif
