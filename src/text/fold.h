// Text as a search sees it: letters without accents, marks in canonical order, case folded.
#ifndef GAINSAY_TEXT_FOLD_H
#define GAINSAY_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"

#define FOLD_MAX 40 // folded code points of one unit; marks beyond are left out

// A code point with the marks and ignorable characters (soft hyphen, zero-width space, variation
// selectors) that follow it.
struct fold {
    size_t size;          // bytes of the text it covers, >= 1
    size_t count;         // folded code points; 0 for a lone accent or ignorable character
    int32_t cp[FOLD_MAX]; // an invalid byte B is 0x110000 + B
};

// Fold the unit at `pos` < text.len, a code point boundary. Accents of Latin, Greek, Cyrillic, Hebrew
// and Arabic are left out; signs that make other letters (virama, nukta, kana voicing) stay.
// Two canonically equivalent texts fold to the same code points.
void fold_at(struct sv text, size_t pos, bool fold_case, struct fold *out);

// True when `plain`, as typed on a keyboard, stands for `cp` too: ' for the curly, " for theirs,
// - for dashes, a space for other spaces. Not true of equals.
bool fold_is_relative(int32_t plain, int32_t cp);

// True for what a unit takes in behind its first code point.
bool fold_is_follower(int32_t cp);

#endif
