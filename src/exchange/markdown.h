// Markdown as prose: what the marks of CommonMark set apart, without the marks.
#ifndef GAINSAY_EXCHANGE_MARKDOWN_H
#define GAINSAY_EXCHANGE_MARKDOWN_H

#include "exchange/metadata.h"
#include "exchange/prose.h"

// Append the pieces of a text in Markdown (UTF-8, LF).
//   prose     paragraphs with their lines joined, headings, items, quotations, code as lines, rows of tables;
//             emphasis, addresses of links and pictures, comments and tags of HTML are left out
//   metadata  what the lines of "key: value" between two "---" at the top say
//   cost      O(text)
void markdown_read(struct sv text, struct prose *prose, struct metadata *metadata);

#endif
