// Search in a text. Literal by default with smart case (a capital in the pattern makes it exact);
// accents are folded, and a plain ' " or - finds its curly or long relatives. `/…/` is a PCRE2 regex.
// The only file that knows PCRE2.
#ifndef GAINSAY_TEXT_FIND_H
#define GAINSAY_TEXT_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/sv.h"
#include "base/units.h"

struct finder;

// Compile a pattern. false (E_QUERY, col = code point in the pattern) when it is no valid regex.
MUST_CHECK bool finder_new(struct sv pattern, struct finder **out, struct err *err);
void finder_free(struct finder *finder); // NULL is allowed

// First match that begins at or after `from`; last match that begins before `before`.
// Empty matches are skipped. A pattern that takes too long, at one place or in the whole search (some
// seconds), stops there: returns false and finder_was_limited is true. A regex whose match takes more
// than 64 KiB to tell may miss it.
bool finder_next(struct finder *finder, struct sv text, size_t from, struct byte_span *out);
// finder_next_until takes no match that begins at or after `to`: for a caller who stops between
// stretches of a long text.
bool finder_next_until(struct finder *finder, struct sv text, size_t from, size_t to,
                       struct byte_span *out);
bool finder_prev(struct finder *finder, struct sv text, size_t before, struct byte_span *out);
bool finder_was_limited(const struct finder *finder);

// Append the library behind regular expressions: "PCRE2 10.42".
void finder_library(struct buf *out);

#endif
