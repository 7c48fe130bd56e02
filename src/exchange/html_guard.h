// What of a page reaches the parser: nothing that costs more than it tells.
#ifndef GAINSAY_EXCHANGE_HTML_GUARD_H
#define GAINSAY_EXCHANGE_HTML_GUARD_H

#include "exchange/html.h"

// Append the page to `out` without comments, scripts, styles, pictures in text form, marks of emphasis and
// attributes that mean nothing here; tags nested deeper than LIMIT_PAGE_DEPTH, or that close nothing that is
// open here, go too. Texts of JSON-LD are collected in `html`.
//   returns  false with E_REFUSED after LIMIT_PAGE_TAGS tags or LIMIT_PAGE_TEXT bytes of what is kept
//   cost     O(page)
MUST_CHECK bool html_guard(struct sv page, struct html *html, struct buf *out, struct err *err);

#endif
