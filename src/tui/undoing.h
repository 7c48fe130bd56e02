// One step back or forward in what was changed, and what is said of it.
#ifndef GAINSAY_TUI_UNDOING_H
#define GAINSAY_TUI_UNDOING_H

#include "tui/app.h"

// Take `count` steps (0: one) back, or do them again; says what they were, or that there is none.
void undoing_travel(struct app *app, int count, bool is_redo);

#endif
