// The main text of a page: the article without the page around it.
#ifndef GAINSAY_EXCHANGE_EXTRACT_H
#define GAINSAY_EXCHANGE_EXTRACT_H

#include "exchange/html.h"
#include "exchange/prose.h"

// Append the pieces of a page in their order. Those that are not the article's are there too, with why.
//   title     the article's headline as the page gives it elsewhere, which the text begins with; absent: none
//   is_whole  take all that can be seen instead
//   returns   code points of the main text
//   cost      O(page), up to four times
size_t extract_prose(const struct html *html, struct sv title, bool is_whole, struct prose *prose);

#endif
