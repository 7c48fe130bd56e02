// What a page says of its article.
#ifndef GAINSAY_EXCHANGE_METADATA_PAGE_H
#define GAINSAY_EXCHANGE_METADATA_PAGE_H

#include "exchange/html.h"
#include "exchange/metadata.h"

// Read what the page says, most trusted first: JSON-LD, Open Graph, other <meta>, marks in the text (itemprop,
// <time>, a byline), <title>. What `metadata` holds already stays.
//   page  the page as it came, for the address that browsers note in it when they save
//   body  the article's text as JSON-LD gives it, a paragraph a line, is appended
void metadata_from_page(const struct html *html, struct sv page, struct metadata *metadata,
                        struct buf *body);

// The same for one text of JSON-LD; one that cannot be read says nothing.
void metadata_from_data(struct sv data, struct metadata *metadata, struct buf *body);

#endif
