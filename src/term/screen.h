// The terminal as something that shows a grid.
// Never reads a key, never handles a signal; the loop does (term/loop.c).
#ifndef GAINSAY_TERM_SCREEN_H
#define GAINSAY_TERM_SCREEN_H

#include <stdbool.h>

#include "base/err.h"
#include "tui/grid.h"

struct screen;

// Take the terminal: raw mode, other screen, reports of pastes, mouse and focus where it has them.
// One at a time. To be called after sig_enter: curses, where it is used, then leaves the signals
// alone. E_TERMINAL when it cannot, or nothing is known of its type.
MUST_CHECK bool screen_open(struct screen **out, struct err *err);

// Give it back as it was found; NULL is allowed. Safe when the terminal is gone.
void screen_close(struct screen *screen);

// A string of the terminal's description by its terminfo name ("kcuu1"); NULL when it has none.
// Borrowed.
const char *screen_capability(const struct screen *screen, const char *name);

// Ask the terminal's size anew, in cells, 1 .. LIMIT_ROWS and LIMIT_COLS. True when it is not what
// it was.
bool screen_measure(struct screen *screen, int *rows, int *cols);

// Show the grid: what differs from what was shown before is made ready for screen_send; nothing when
// nothing does. Not to be called while the screen is busy.
void screen_draw(struct screen *screen, const struct grid *grid);

// Send what is ready, as far as the terminal takes it at once: a terminal that stops reading holds
// nobody up. false when it is gone. Busy: some is left.
MUST_CHECK bool screen_send(struct screen *screen);
bool screen_is_busy(const struct screen *screen);

// The next draw sends every cell: the screen may have been written over.
void screen_spoil(struct screen *screen);

// Leave the terminal to somebody else for a while (a shell, an editor), and take it back.
void screen_suspend(struct screen *screen);
void screen_resume(struct screen *screen);

// Append the library: "ncurses 6.4.20221231".
void screen_library(struct buf *out);

#endif
