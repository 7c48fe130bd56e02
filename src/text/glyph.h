// What is drawn for each grapheme cluster, and how many cells it takes: the one place that asks widths.
// Cells are the sum of wcwidth over the cluster's code points, because terminals and ncurses move
// by that; utf8proc decides where clusters begin and end. Measuring and drawing cannot differ.
#ifndef GAINSAY_TEXT_GLYPH_H
#define GAINSAY_TEXT_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/sv.h"

#define GLYPH_DRAW_MAX 64 // bytes of the drawn form; a longer cluster is cut and ends in U+FFFD

struct glyph {
    size_t size;               // bytes of the cluster in the text, >= 1
    int cols;                  // cells, >= 1 (a lone zero-width mark is drawn on U+25CC)
    bool is_mark;              // drawn as a stand-in (^[, <9B>, <U+202E>, tab): use ROLE_HIDDEN
    bool is_blank;             // white space
    size_t draw_len;           // bytes of draw, 0 when `draw` would be the text itself
    char draw[GLYPH_DRAW_MAX]; // what to draw when it differs from the text
};

// The cluster at `pos` of `line` (pos < line.len). Invalid bytes and hidden code points stand alone.
//   col  cell where it will stand, 0-based: tab stops are every 8
void glyph_at(struct sv line, size_t pos, int col, struct glyph *out);

// Its cells and bytes alone: what glyph_at says in out->cols and out->size, and quicker.
int glyph_measure(struct sv line, size_t pos, int col, size_t *size);

// Where the cluster before / after `pos` begins; clamped to 0 and line.len. `line` is a source line
// or any string that begins on a cluster boundary.
size_t glyph_next(struct sv line, size_t pos);
size_t glyph_prev(struct sv line, size_t pos);

// Cells of one code point: 0 combining, 1 or 2; what wcwidth does not know counts 1 and is drawn as
// U+FFFD; ZWJ counts 0 and is not drawn.
int glyph_cp_cols(int32_t cp);

// Cells of the whole string drawn from column 0. ASCII runs by a fast path.
int glyph_cols(struct sv s);

// Longest prefix of `s` that fits in `cols` cells, in bytes; `*used` its cells (may be NULL).
size_t glyph_fit(struct sv s, int cols, int *used);

// Append the library behind clusters and its Unicode version, pairs of words: "utf8proc 2.8.0 Unicode 15.0.0".
void glyph_library(struct buf *out);

#endif
