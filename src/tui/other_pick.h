// Choosing which article of an event is "the other" when it has more than two.
#ifndef GAINSAY_TUI_OTHER_PICK_H
#define GAINSAY_TUI_OTHER_PICK_H

#include "tui/app.h"

// Pick among the articles that tell the same event as that of the first pane, with how far each is
// annotated and linked to it, or none. `done` gets the one picked; NULL: none is to be shown.
void other_pick_open(struct app *app, void (*done)(struct app *app, struct reading *reading));

#endif
