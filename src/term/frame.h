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
#include "term/thin.h"

struct frame {
    FILE *stream;    // writes to a descriptor of its own: the terminal or, while held, memory
    int memory;      // -1: the system has none, nothing is held
    bool is_ansi;    // thin what it holds
    struct thin thin;
    struct buf bytes, thinned; // of the last picture; memory kept
};

// Zero-valued `frame`, for standard output. E_SYSTEM when there are no descriptors.
MUST_CHECK bool frame_open(struct frame *frame, struct err *err);
void frame_close(struct frame *frame); // zero value is allowed

void frame_hold(struct frame *frame);
void frame_send(struct frame *frame);

// Before others write to the terminal: leave it as they expect it.
void frame_leave(struct frame *frame);

#endif
