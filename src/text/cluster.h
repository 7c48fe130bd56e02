// Grapheme clusters and their widths: the door to utf8proc and wcwidth for the rest of text/.
// Callers outside text/ use text/glyph.h.
#ifndef GAINSAY_TEXT_CLUSTER_H
#define GAINSAY_TEXT_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/sv.h"

// Bytes of the extended grapheme cluster (UAX 29) that begins at `pos` < s.len, which must be a
// cluster boundary. An invalid byte stands alone.
size_t cluster_uax29(struct sv s, size_t pos);

// What is shown as one unit: a UAX 29 cluster, cut before and after every hidden code point
// (base/visible.h) and invalid byte, so that each of these can be shown by its own mark.
struct cluster {
    size_t size;     // bytes, >= 1
    int32_t cp;      // the first code point; -1 for an invalid byte
    int cols;        // cells: sum over the code points, 0 for a lone zero-width one; unset when hidden
    bool is_hidden;  // hidden code point or invalid byte: `size` is that alone
    bool is_single;  // one code point
    bool is_altered; // holds a ZWJ or a code point of unknown width: not drawn as it stands
};

// The cluster at `pos` < s.len, a cluster boundary. O(cluster).
void cluster_at(struct sv s, size_t pos, struct cluster *out);

// Where the last cluster that begins before `pos` begins, 0 < pos <= s.len; s begins on a boundary.
// O(cluster), or the length of a run of emoji or flags.
size_t cluster_before(struct sv s, size_t pos);

// True when a cluster surely ends at `pos`, 0 < pos < s.len, whatever stands before it. O(1).
bool cluster_surely_ends(struct sv s, size_t pos);

// Cells of one code point: 0, 1, 2, or -1 when unknown.
int cp_width(int32_t cp);

// White space of any width, the kinds that do not break a line included.
bool cp_is_blank(int32_t cp);

// What searching and segmenting ask of a code point; -1 (an invalid byte) is CP_OTHER.
enum cp_kind {
    CP_OTHER, // signs, marks, unassigned
    CP_UPPER, // letters: capitals and title case
    CP_LOWER,
    CP_LETTER, // without case
    CP_DIGIT,
};
enum cp_kind cp_kind(int32_t cp);

bool cp_is_mark(int32_t cp);       // general category M
int cp_combining_class(int32_t cp); // canonical; 0 for all that begins a letter

// Canonical decomposition of a scalar value, case folded (in full) when `fold_case`.
//   returns  how many code points were written, 1 .. CP_DECOMPOSED_MAX
#define CP_DECOMPOSED_MAX 18
size_t cp_decompose(int32_t cp, bool fold_case, int32_t *out);

void cluster_library(struct buf *out); // glyph_library

#endif
