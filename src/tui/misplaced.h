// What is no longer where it was because a text changed: a list on the screen, to be decided one by one.
#ifndef GAINSAY_TUI_MISPLACED_H
#define GAINSAY_TUI_MISPLACED_H

#include "tui/app.h"

// Open the list for the articles of the event in view, or the one that was put aside; from the list
// itself: the texts again. Says so when no article is open.
void misplaced_open(struct app *app);

#endif
