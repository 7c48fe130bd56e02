// A literal as a search sees it (text/fold.h), and its matches with something other than ASCII in them:
// those of plain ASCII are found by bytes, quicker.
#ifndef GAINSAY_TEXT_NEEDLE_H
#define GAINSAY_TEXT_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

struct needle; // learns about the text's code points while it is searched

// NULL when nothing is left of the pattern: accents or invisible characters alone.
struct needle *needle_new(struct sv pattern, bool fold_case);
void needle_free(struct needle *needle); // NULL is allowed

// The folded pattern when it is ASCII, else empty. Valid as long as the needle.
struct sv needle_ascii(const struct needle *needle);

// Does it stand at `pos`, a code point boundary? Only whole units match, and the marks behind them go
// along: *end is set on true.
bool needle_at(const struct needle *needle, struct sv text, size_t pos, size_t *end);

// First match that begins in [from, to) with something other than ASCII in it.
//   cost  O(to - from): ASCII at the speed of reading it; the same again where letters of the needle
//         stand beside other scripts
bool needle_next(struct needle *needle, struct sv text, size_t from, size_t to,
                 struct byte_span *out);

#endif
