// The help screen: every command of commands.def by group, searchable.
// Never says anything of a key that the table does not say.
#ifndef GAINSAY_TUI_HELP_H
#define GAINSAY_TUI_HELP_H

#include "tui/app.h"

// Open the help at what works in the present view, the group of its own keys first; then the rest.
//   topic  only rows with these words (name, keys, help or group); blank or absent: all
void help_open(struct app *app, struct sv topic);

#endif
