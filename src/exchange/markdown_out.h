// Markdown as GitHub reads it, written so that what comes from outside stays text: no markup, no link, no
// mention of a person or an issue comes out of it.
#ifndef GAINSAY_EXCHANGE_MARKDOWN_OUT_H
#define GAINSAY_EXCHANGE_MARKDOWN_OUT_H

#include "base/buf.h"

// Append text to a line that something else has begun, or to a cell of a table: line ends and tabs as blanks,
// hidden characters made visible (text_shown), every sign that could mean something escaped.
void markdown_text(struct sv text, struct buf *out);
// Append an id or a hash as code. What is no letter, digit or one of -_./:+ becomes "?".
void markdown_code(struct sv text, struct buf *out);

#endif
