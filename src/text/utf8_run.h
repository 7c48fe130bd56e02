// Code points of valid UTF-8 counted sixteen bytes at a time.
#ifndef GAINSAY_TEXT_UTF8_RUN_H
#define GAINSAY_TEXT_UTF8_RUN_H

#include <stddef.h>

#include "base/sv.h"

// Go over valid UTF-8 from the code point boundary `beg` on, as far as that is quick: not all that is
// valid need be gone over, and what is not valid never is.
//   end      the result is at most that; beg <= end <= text.len
//   most     code points to go over at most
//   count    how many lie before the result
//   returns  a boundary
//   cost     O(result - beg), some three instructions a byte
size_t utf8_run(struct sv text, size_t beg, size_t end, size_t most, size_t *count);

#endif
