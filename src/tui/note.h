// Commands on the rest of the text: furniture, notes, what was read.
// Part of the claim commands (cmd_claim.c), in a file of its own.
#ifndef GAINSAY_TUI_NOTE_H
#define GAINSAY_TUI_NOTE_H

#include "tui/app.h"

// FURNITURE, NOTE, READ. false: not one of these.
bool note_command(struct app *app, enum command_id id, int count);

#endif
