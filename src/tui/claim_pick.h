// Choosing a claim of one article from a list filtered as you type.
// Never changes data.
#ifndef GAINSAY_TUI_CLAIM_PICK_H
#define GAINSAY_TUI_CLAIM_PICK_H

#include "tui/app.h"

// `done` gets the id of the claim (borrowed while the call lasts); Esc calls nothing.
//   except  id of a claim left out; may be absent; copied
void claim_pick_open(struct app *app, const char *label, struct reading *reading, struct sv except,
                     void (*done)(struct app *app, struct sv id));

#endif
