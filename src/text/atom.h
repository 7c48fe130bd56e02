// Words and signs as a text that may have been set anew is compared: what is the same text in other
// spaces, quotation marks, dashes or code points, and what is not.
#ifndef GAINSAY_TEXT_ATOM_H
#define GAINSAY_TEXT_ATOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"
#include "base/units.h"

// A word (letters, marks, digits; figures such as "1,000", "9:30" whole; one ideograph or kana), or one
// other sign; dashes in a row are one. White space, soft hyphens and zero-width spaces are between.
// Two atoms are the same when they are canonically equivalent (NFC, NFD), any two dashes, any two
// single or any two double quotation marks. Case, accents and every other sign count.
struct atom {
    struct byte_span span;
    uint64_t hash; // same atoms have the same
    bool is_word;
};

struct atoms {
    struct atom *items;
    size_t count, cap;
};

// The next atom at or after *pos, a code point boundary, which moves behind it; false at the end.
bool atom_next(struct sv text, size_t *pos, struct atom *out);

// All of a text, appended. O(text), some 12 ms per MB. atoms_release frees them.
void atoms_read(struct sv text, struct atoms *out);
void atoms_release(struct atoms *atoms);

// Do both say the same, atom for atom? Compares the texts themselves, never only hashes.
bool text_is_alike(struct sv a, struct sv b);

// `pos` lies inside an atom of `a`, `span`: the byte as far inside the same atom of `b`, in letters.
size_t atom_inside(struct sv a, struct byte_span span, size_t pos, struct sv b,
                   struct byte_span other);

#endif
