// The work left on the screen: what the articles of the event in view still lack, to be gone to and mended.
#ifndef GAINSAY_TUI_WORK_H
#define GAINSAY_TUI_WORK_H

#include "tui/app.h"

// Open the list, or the one that was put aside; from the list itself: the texts again. Says so when no article
// is open.
void work_open(struct app *app);

#endif
