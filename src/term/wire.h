// What a terminal with ECMA-48 sequences is told, in as few bytes as can be, and what is known of it
// meanwhile: its looks, its cursor, what scrolls. Writes to memory only.
//
// Rows and columns are counted from 0 and lie on the screen. Nothing is known of a fresh terminal:
// wire_begin is the first call.
#ifndef GAINSAY_TERM_WIRE_H
#define GAINSAY_TERM_WIRE_H

#include <stdbool.h>

#include "base/buf.h"

// Looks as ECMA-48 numbers them: bit N of `attrs` is attribute N (1 bold .. 9).
struct pen {
    unsigned attrs;
    int fg, bg; // 30 .. 37, 40 .. 47, 90 .. 107; 0: the terminal's own
};

// What the terminal can do besides placing its cursor, erasing a row and looks.
struct wire_can {
    bool to_column;  // go to a column of the row (CHA)
    bool forward;    // go some columns on (CUF)
    bool blank;      // blank some cells (ECH)
    bool repeat;     // say an ASCII character again (REP)
    bool repeat_any; // and any other
    bool wraps;      // behind the last column the cursor goes on at once: am without xenl
    bool unwrap;     // not go on in the next row behind the last column (DECAWM)
    bool keep;       // keep the cursor's place and looks (DECSC, DECRC)
    bool scroll;     // scroll some of the rows (DECSTBM, LF, RI)
    bool scroll_by;  // by several rows at once (SU, SD)
    bool margins;    // scroll some of the columns (DECLRMM, DECSLRM)
};

struct wire {
    struct wire_can can;
    struct buf out;
    int rows, cols;
    bool is_look_known;
    struct pen look;
    int row, col;    // of the cursor; -1: unknown
    bool is_sure;    // of `col`: no character was written whose cells terminals disagree about
    int rest_row, rest_col; // where it was left last; -1: unknown
    bool is_kept;           // the terminal remembers that place, and with it plain looks
    int top, bottom; // rows that scroll
    int left, right; // columns that do
};

void wire_release(struct wire *wire);

// Others may have written to the terminal: blank it. `rows` x `cols` is its size.
void wire_begin(struct wire *wire, int rows, int cols);

// Leave scrolling and looks as others expect them.
void wire_end(struct wire *wire);

void wire_move(struct wire *wire, int row, int col);
// The same, for a place where the cursor stays until the next picture, and is likely to come back to.
void wire_rest(struct wire *wire, int row, int col);
// Bytes that wire_move would send within the row. Knows the terminal's cursor, sends nothing.
int wire_move_cost(const struct wire *wire, int from, int to);
// Bytes of a command for so many cells: wire_erase's, or of wire_repeat behind the cell.
int wire_count_cost(int count);

void wire_look(struct wire *wire, const struct pen *look);

// Text that all terminals take to have `cols` cells, at the cursor, in the look in force.
void wire_text(struct wire *wire, struct sv text, int cols);
// Text that they disagree about: its cells are right whatever this one takes, but for those behind
// them that it may have written over. is_filling: it takes that many at least.
void wire_unsure(struct wire *wire, struct sv text, int cols, bool is_filling);
// Cells from the cursor's place on to where the terminal would wrap.
int wire_room(const struct wire *wire);
// A character of one cell, `count` times, at most wire_room.
void wire_repeat(struct wire *wire, struct sv text, int count);
// Blank `count` cells from the cursor on, or (-1) all to the end of the row. The cursor stays; the
// look in force is one without background, reverse and underline.
void wire_erase(struct wire *wire, int count);

// Move what stands in rows top .. bottom, columns left .. right up by `by` rows (down: < 0). What
// comes in is blank. Only for a terminal that can; the whole width needs no margins.
void wire_scroll(struct wire *wire, int top, int bottom, int left, int right, int by);

#endif
