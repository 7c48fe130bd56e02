// What git knows of the claim at the cursor or of the article: who changed what when, old and new beside each other.
#ifndef GAINSAY_TUI_HISTORY_SHEET_H
#define GAINSAY_TUI_HISTORY_SHEET_H

#include "tui/app.h"

void history_of_claim(struct app *app); // the current one
void history_of_article(struct app *app);

#endif
