// A change of a text: one stretch of the old bytes, and what stands in its place in the new ones.
#ifndef GAINSAY_BASE_SPLICE_H
#define GAINSAY_BASE_SPLICE_H

#include <stdbool.h>

#include "base/buf.h"

struct splice { // zero value: nothing changes
    size_t beg, end; // bytes of the old text, half-open
    struct buf text; // owned
};

void splice_release(struct splice *splice);

// Take off both ends of `splice` what it has in common with `old`. O(splice->text).
void splice_trim(struct splice *splice, struct sv old);

// Nothing changes? Of a trimmed one.
bool splice_is_nothing(const struct splice *splice);

// Length of the new text.
size_t splice_len(const struct splice *splice, struct sv old);

// Do both make the same text of `old`? O(what either changes, and what lies between).
bool splice_eq(const struct splice *a, const struct splice *b, struct sv old);

// The new text of `old`, as up to three pieces one after another, borrowed from both.
void splice_pieces(const struct splice *splice, struct sv old, struct sv pieces[3]);

// Make the change in `bytes`, the old text. Moves what stands behind it at most.
void splice_apply(const struct splice *splice, struct buf *bytes);

// The way back from the new text to `old`.
struct splice splice_inverse(const struct splice *splice, struct sv old);

#endif
