// The keys worth knowing where the reader is, for the bottom line.
// Never names a key that would do nothing there, nor says of it what it does elsewhere.
#ifndef GAINSAY_TUI_HINTS_H
#define GAINSAY_TUI_HINTS_H

#include "tui/app.h"

#define HINTS_MAX 20

// What the first key of a command would do now, in a word or two, appended to `out`: the top
// dialog's word for it, else the command's name.
//   returns  false: nothing, or it would be refused; `out` is as it was
bool hints_word(struct app *app, enum command_id id, struct buf *out);

// The commands to be named, the most useful first: those of the present context that
// hints_word has a word for. Returns how many.
size_t hints_get(struct app *app, enum command_id ids[HINTS_MAX]);

// As many of them as fit into the columns from `col` to `end`, `? help` the last; while a sequence
// of keys is being typed, what can follow.
void hints_draw(struct app *app, struct grid *grid, int row, int col, int end);

#endif
