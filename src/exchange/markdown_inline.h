// The text of one paragraph of Markdown without its marks.
#ifndef GAINSAY_EXCHANGE_MARKDOWN_INLINE_H
#define GAINSAY_EXCHANGE_MARKDOWN_INLINE_H

#include "base/buf.h"

// Append `text` without marks of emphasis, addresses of links and pictures, tags; escapes and the commonest
// entities become what they stand for; a break that is asked for becomes a line end, any other a blank.
//   is_picture  set to whether the paragraph is nothing but pictures: what is appended are their captions
//   cost        O(text)
void markdown_add_inline(struct buf *out, struct sv text, bool *is_picture);

#endif
