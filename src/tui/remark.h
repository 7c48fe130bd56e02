// Moving the ends of a record's part in the text: the part becomes the selection, Enter keeps it.
// Changes nothing before Enter.
#ifndef GAINSAY_TUI_REMARK_H
#define GAINSAY_TUI_REMARK_H

#include "tui/app.h"

// Start on the part of the record that holds the cursor, else on its first.
//   after  called with `ctx` when it is over, kept or not; may be NULL
//   free   called with `ctx` instead when the program ends before; may be NULL
void remark_open(struct app *app, struct reading *reading, enum section section, struct sv id,
                 void (*after)(struct app *app, void *ctx), void (*free)(void *ctx), void *ctx);

#endif
