// The sources as a list that fills the screen: each below the one it is part of, with the names that the two articles
// use for it and how often, and what it says in each.
#ifndef GAINSAY_TUI_SOURCE_SHEET_H
#define GAINSAY_TUI_SOURCE_SHEET_H

#include "tui/app.h"

void source_sheet_open(struct app *app);

#endif
