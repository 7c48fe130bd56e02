// Which terminal this is: its description in terminfo, its modes and its size. The door to terminfo.
// Never writes to the terminal.
#ifndef GAINSAY_TERM_TERMINAL_H
#define GAINSAY_TERM_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

#include "base/buf.h"
#include "base/err.h"
#include "term/wire.h"

// Is there a terminal on standard input and output, and a UTF-8 locale? Its type is looked at by
// terminal_describe. Changes nothing. false with E_TERMINAL or E_LOCALE: says what is missing and what to set.
MUST_CHECK bool terminal_check(struct err *err);

// Read the description of $TERM, or of what stands in for it, for the functions below. `type` is
// its name, borrowed. E_TERMINAL when there is none that will do.
MUST_CHECK bool terminal_describe(const char **type, struct err *err);
void terminal_forget(void); // what describe read; nothing when nothing was

// A string of the description by its terminfo name ("kcuu1"); NULL when it has none. Borrowed.
const char *terminal_string(const char *name);
// Append such a string as it is sent: without the pauses that ancient terminals needed.
void terminal_add(struct buf *out, const char *name);

// Has it eight colours at least, and does the user want them?
bool terminal_has_color(void);
unsigned terminal_looks(void); // bit N: attribute N of ECMA-48 (struct pen)

// Is it one that term/wire.h describes?
bool terminal_is_usual(void);
// What such a one can do.
void terminal_learn(struct wire_can *can);

// Cells, 1 .. LIMIT_ROWS and LIMIT_COLS; as described where the terminal does not tell.
void terminal_size(int *rows, int *cols);

// Keys come one by one, as typed and unseen, and none is a signal; `found`: the modes before.
void terminal_set_raw(const struct termios *found);

#endif
