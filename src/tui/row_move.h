// Moving in a list: the one set of commands for the claims list and the lists that fill the screen.
#ifndef GAINSAY_TUI_ROW_MOVE_H
#define GAINSAY_TUI_ROW_MOVE_H

#include <stddef.h>

#include "tui/keymap.h"

// Take *at to where the command leads; SIZE_MAX or more than there are: the last row, callers clamp.
//   count    typed before it; 0: none
//   page     rows of a screen
//   returns  false: not one of the commands (LIST_DOWN to LIST_LAST)
bool row_move(enum command_id id, int count, size_t page, size_t *at);

#endif
