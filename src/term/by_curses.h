// Pictures by curses, on terminals that term/wire.h does not describe.
// One at a time; never decides what is drawn.
#ifndef GAINSAY_TERM_BY_CURSES_H
#define GAINSAY_TERM_BY_CURSES_H

#include <stdbool.h>

#include "base/err.h"
#include "tui/grid.h"

struct by_curses;

// Take the terminal of this type: raw mode at once, its other screen with the first picture.
// E_TERMINAL when it cannot. `out` is to be closed.
MUST_CHECK bool by_curses_open(const char *type, struct by_curses **out, struct err *err);
void by_curses_close(struct by_curses *by); // after leave; NULL is allowed

void by_curses_resize(struct by_curses *by, int rows, int cols); // what was told is forgotten
// Show `grid`, of the size last told, where `shown` is what it was told before.
//   is_spoilt  the screen may have been written over: every cell is sent
void by_curses_draw(struct by_curses *by, const struct grid *shown, const struct grid *grid,
                    bool is_spoilt);

// Give the terminal to others, and take it back.
void by_curses_leave(struct by_curses *by);
void by_curses_return(struct by_curses *by);

void by_curses_library(struct buf *out); // append "ncurses 6.4.20221231"

#endif
