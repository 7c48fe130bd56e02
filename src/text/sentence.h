// Where sentences end, by rules of our own: a stop, what stands before it, what follows it.
#ifndef GAINSAY_TEXT_SENTENCE_H
#define GAINSAY_TEXT_SENTENCE_H

#include <stddef.h>

#include "base/sv.h"

// End of the sentence that begins at `beg` < block.len, closing marks included and blanks behind it
// not. `block` is a paragraph: a line, or several whose line ends count as blanks.
//   beg      its first sign that is not blank
//   returns  beg + 1 .. block.len; the next sentence begins at the next sign that is not blank
//   cost     O(sentence)
size_t sentence_end(struct sv block, size_t beg);

// Where the words of the sentence at `beg` begin: behind a bullet and the number of an item.
size_t sentence_words(struct sv block, size_t beg);

// First byte at or after `pos` that is not blank, else text.len.
size_t skip_blanks(struct sv text, size_t pos);

// Last byte boundary at or before `pos`, not before `beg`, behind which nothing but blanks stand.
size_t trim_blanks(struct sv text, size_t beg, size_t pos);

#endif
