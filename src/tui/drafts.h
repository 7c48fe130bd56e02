// The texts that earlier sittings left unsaved: shown, taken up where they belong, dropped or brought back.
#ifndef GAINSAY_TUI_DRAFTS_H
#define GAINSAY_TUI_DRAFTS_H

#include "tui/app.h"

// At the start: open the list if there is a text that nobody has dropped.
void drafts_offer(struct app *app);

bool drafts_command(struct app *app, enum command_id id); // DRAFTS; false: not it

#endif
