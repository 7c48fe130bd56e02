// Fewer bytes for the same picture: what curses says twice, or at more length than is needed.
#ifndef GAINSAY_TERM_THIN_H
#define GAINSAY_TERM_THIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

// Looks of text to come, as ECMA-48 numbers them: bit N of `attrs` is attribute N (1 bold .. 9).
struct pen {
    unsigned attrs;
    int fg, bg; // 30 .. 37, 40 .. 47, 90 .. 107; 0: the terminal's own
};

// What is known of the terminal between two sequences. Zero value: nothing, for a terminal that
// has none of the abilities.
struct thin {
    bool has_columns; // moves within a row (hpa)
    int rows;         // of the screen; 0: unknown
    bool has_charset; // the switch to ASCII is out
    bool is_foreign;  // looks are in force that `pen` does not hold, until a reset
    bool is_pen_known;
    struct pen pen;     // in force
    struct pen wanted;  // asked for
    int row;            // of the cursor, 1-based; 0: unknown
    bool is_forgotten;   // which rows scroll is not known
    bool is_region_full; // curses takes it that all rows scroll
    int region_beg, region_end; // the rows that do, 1-based; end 0: all
};

// Forget what is known: others have written to the terminal.
void thin_forget(struct thin *thin);

// Append to `out` bytes that have the effect of `bytes`, whole sequences of curses for a terminal
// with ECMA-48 colours whose cursor stays in a full row. Looks are said when something is drawn
// in them, and at the end. O(bytes).
void thin_add(struct thin *thin, struct sv bytes, struct buf *out);

// Rows that scroll stay set between pictures, for the next one to use. Before anybody else writes:
// append to `out` what lets all of them scroll again.
void thin_end(struct thin *thin, struct buf *out);

#endif
