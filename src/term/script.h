// A sitting played from a script of keys, without a terminal.
//
// A script is lines of `WORD REST`; blank lines and lines that begin with # are passed over:
//   keys tc d<Enter>     keys as in commands.def; blanks between them are ignored
//   type "text"          the same, every character a key; \n is Enter
//   paste "text"         a paste; escapes in quotes: \n \" \\ \xHH
//   edit "text"          what the editor gives back that the last key asked for
//   do [COUNT] NAME ...  a command by name, with its key or the rest of its line
//   resize 80x24         columns x rows
//   mouse ROW COL BUTTON cells from 0; button 1 left, 4 and 5 wheel
//   wake, hangup         the terminal got the focus; is gone
//   snap NAME            prints the screen: text, roles (letters of theme.def), cursor
//   count NAME           prints how many keys were pressed since the last count
#ifndef GAINSAY_TERM_SCRIPT_H
#define GAINSAY_TERM_SCRIPT_H

#include "base/buf.h"
#include "base/err.h"
#include "tui/app.h"

// Play `text` on a screen of rows x cols.
//   path     of the script, for messages
//   out      snapshots and counts are appended, those before an error too
//   returns  false with E_USAGE and the line: a step that cannot be understood, or that nothing
//   reads
MUST_CHECK bool script_run(struct app *app, struct sv text, const char *path, int rows, int cols,
                           struct buf *out, struct err *err);

#endif
