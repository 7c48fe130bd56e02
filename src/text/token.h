// Words as comparing texts sees them: folded, cut at hyphens, with a light stem.
#ifndef GAINSAY_TEXT_TOKEN_H
#define GAINSAY_TEXT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"
#include "base/units.h"

#define TOKEN_MAX 48 // bytes of a folded word; what is longer is cut there

struct token {
    struct byte_span span; // bytes of the text it was read from
    char word[TOKEN_MAX];  // folded (text/fold.h), without apostrophes and a final 's
    size_t len;
    bool is_capital; // begins with a capital letter
    bool is_digit;   // begins with a digit
};

// The next word of letters or digits at or after *pos, which moves behind it. Parts of words with
// hyphens come one by one; figures ("1,000", "9:30", "2024-12-11") stay whole.
//   returns  false at the end of the text
//   cost     O(word)
bool token_next(struct sv text, size_t *pos, struct token *out);

// Bytes of the token's word that are its stem: endings of number, tense and manner are left out. A final
// y may become i in the word, so that "family" and "families" have one stem.
size_t token_stem(struct token *token);

// Words that say nothing about what a text is about: function words, and those that only report.
bool token_is_common(const struct token *token);

// A hash of bytes, for terms: FNV-1a, `seed` tells kinds of terms apart.
uint64_t token_hash(uint64_t seed, const char *ptr, size_t len);

#endif
