// Words: what a reader moves by.
#ifndef GAINSAY_TEXT_WORD_H
#define GAINSAY_TEXT_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"

// End of the word that begins at `pos` < text.len, which is not blank: letters and digits with the
// apostrophes, hyphens and (between digits) stops and commas inside them, or a run of one kind of
// other signs. Ideographs and kana make words of their own kind.
size_t word_end(struct sv text, size_t pos);

// True when the word at `pos` is one of letters or digits.
bool word_is_text(struct sv text, size_t pos);

#endif
