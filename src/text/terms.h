// The terms of a passage: what two passages are compared by.
#ifndef GAINSAY_TEXT_TERMS_H
#define GAINSAY_TEXT_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"
#include "base/units.h"
#include "text/alias.h"

enum term_kind {
    TERM_STEM,
    TERM_NUMBER,
    TERM_SOURCE, // one of the names of somebody
    TERM_GRAM,   // four letters in a row of a word, its ends as blanks
};

// A term where it stands.
struct term {
    uint64_t hash; // the same for the same term, of whatever passage
    enum term_kind kind;
    bool is_capital;
    bool is_context;       // stands beside what was asked about
    struct byte_span span; // of the word or words it was made of
};

struct terms {
    struct term *items; // in order, but grams behind the stem of their word
    size_t count, cap;
};

// Append the terms of text[span]; spans are bytes of `text`. Function words have none, and a name that
// several have is nobody's.
//   names  whose owners are somebody; NULL: none
//   cost   O(letters)
void terms_add(struct sv text, struct byte_span span, const struct alias_set *names,
               struct terms *out);
void terms_release(struct terms *terms);

#endif
