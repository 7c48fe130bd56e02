// The conflicts that a merge left, as a list that fills the screen: both values side by side, decided by a key.
#ifndef GAINSAY_TUI_CONFLICT_SHEET_H
#define GAINSAY_TUI_CONFLICT_SHEET_H

#include "tui/app.h"

void conflict_sheet_open(struct app *app);

#endif
