// The reader on a terminal, or on a script of keys. The only folder that knows curses.
#ifndef GAINSAY_TERM_TERM_H
#define GAINSAY_TERM_TERM_H

#include "base/err.h"
#include "tui/app.h"

// Run until the reader is left or the terminal ends. E_TERMINAL when it cannot be used: no terminal
// on standard input or output, TERM unknown; the message says what to set.
//   record  file to write the keys to as a script, or NULL
MUST_CHECK bool term_run(struct app *app, const char *record, struct err *err);

// Replay a script of keys (gainsay-keys(7), "Scripts") without a terminal; snapshots go to standard
// output.
MUST_CHECK bool term_script(struct app *app, const char *path, int rows, int cols, struct err *err);

#endif
