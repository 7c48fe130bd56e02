// Who reads what and how far they are, as a list that fills the screen: from there one's reading is marked as
// finished, brought to the team's guideline, and an article opened.
#ifndef GAINSAY_TUI_STATUS_SHEET_H
#define GAINSAY_TUI_STATUS_SHEET_H

#include "tui/app.h"

void status_sheet_open(struct app *app);

// FINISH, GUIDELINE outside of that list: says where it is. false: not one of these.
bool status_command(struct app *app, enum command_id id);

#endif
