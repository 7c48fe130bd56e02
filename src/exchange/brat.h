// What reading and writing brat standoff share.
#ifndef GAINSAY_EXCHANGE_BRAT_H
#define GAINSAY_EXCHANGE_BRAT_H

#include "exchange/exchange.h"

// Types of text-bound annotations, and of the event of a voice.
#define BRAT_CLAIM       "Claim"
#define BRAT_FURNITURE   "Furniture"
#define BRAT_NOTE        "Note"
#define BRAT_ATTRIBUTION "Attribution"
#define BRAT_UNCUED      "uncued" // attribute of a voice whose words of attribution were not marked

// Stretches of a part that hold no line end, as code points: a span of brat must be one line.
struct brat_spans {
    struct cp_span *items;
    size_t count, cap;
};
// Add those of a quote that begins at `beg`.
void brat_spans_add(struct brat_spans *spans, struct sv quote, size_t beg);
void brat_spans_release(struct brat_spans *spans);
bool brat_spans_eq(const struct brat_spans *a, const struct brat_spans *b);

// Does any reader of lines end one here?
bool brat_is_line_end(int32_t cp);

// One line in place of any text: \n \t \r \\ \s (a blank at an end) \e (nothing) \uHHHH; and back.
void brat_escape(struct buf *out, struct sv text);
struct sv brat_unescape(struct arena *arena, struct sv text);

// May it stand as a type or value, between blanks?
bool brat_is_word(struct sv text);

#endif
