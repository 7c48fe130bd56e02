// The dispute board on the screen: what the articles of an event differ on, row by row, or as a matrix of
// topics by articles.
#ifndef GAINSAY_TUI_BOARD_H
#define GAINSAY_TUI_BOARD_H

#include "tui/app.h"

// Open the board of the event of the article in view, or the one that was put aside; from the board itself:
// the texts again. Says so when no article is open.
void board_open(struct app *app);

// Its rows made ready before that, some ms at a time, and whether they are (ahead.h).
bool board_is_ready(const struct app *app);
void board_prepare(struct app *app);

#endif
