// Source lines in pieces of bounded length: what wrapping and segmenting work on, so that a text
// without line ends costs no more than another.
#ifndef GAINSAY_TEXT_PIECE_H
#define GAINSAY_TEXT_PIECE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"

// A source line, or part of one of more than 64 KiB. The cuts do not depend on `pos`: all pieces of a
// line together are the line.
struct piece {
    size_t beg, end;        // bytes of the text, without the line end
    bool is_first, is_last; // of its line
};

// The piece that holds byte `pos`; a line end belongs to the piece before it, the end of the text to
// the last line. O(128 KiB) at most.
struct piece piece_at(struct sv text, size_t pos);

// Set `end` and `is_last` of the piece that holds `pos` and begins at piece->beg.
void piece_find_end(struct sv text, size_t pos, struct piece *piece);

// True when a very long line was cut at `pos`.
bool piece_is_cut(struct sv text, size_t pos);

#endif
