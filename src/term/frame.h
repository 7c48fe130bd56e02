// One picture as one write: what curses sends is held back, thinned and handed to the terminal
// whole, so that no half-drawn screen is seen and a far terminal gets as few bytes as can be.
//
// Calling sequence: frame_open, then its stream to curses; for each picture frame_hold, let curses
// write, frame_send. Between pictures the stream writes straight to the terminal.
#ifndef GAINSAY_TERM_FRAME_H
#define GAINSAY_TERM_FRAME_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

struct frame {
    FILE *stream;    // writes to a descriptor of its own: the terminal or, while held, memory
    int memory;      // -1: the system has none, nothing is held
    bool is_ansi;    // thin what it holds
    bool is_thinned; // the first switch of character sets is out
    struct buf bytes, thin; // of the last picture; memory kept
};

// Zero-valued `frame`, for standard output. E_SYSTEM when there are no descriptors.
MUST_CHECK bool frame_open(struct frame *frame, struct err *err);
void frame_close(struct frame *frame); // zero value is allowed

void frame_hold(struct frame *frame);
void frame_send(struct frame *frame);

// Append `bytes` to `out` without what has no effect: switches to the character set that is in
// force, but for the first when *is_first, and resets of colours in front of a reset of everything.
// O(bytes).
void frame_thin(struct sv bytes, bool *is_first, struct buf *out);

#endif
