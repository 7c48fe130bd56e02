// The margin: a card for each claim, at the height of the claim's first row.
//
// Cards move in step with the text when it scrolls, so that a terminal can scroll whole lines. Where
// they would overlap, a card is pushed down; a crowded one shows fewer of its rows.
//
//   ▶ 2 ≠ Five others died         marker, number in the article, signs, says or quote
//       afghan-gov › confirms      voices
//       ≠ fall-of-haqqani: six …   links, from either end
#ifndef GAINSAY_TUI_MARGIN_H
#define GAINSAY_TUI_MARGIN_H

#include "tui/draw.h"

#define MARGIN_ABOVE 24 // rows above the screen whose cards are placed too
#define MARGIN_BELOW 6  // and below it: no card reaches further, unless it is the current one

// Draw the cards of the claims on `page` into `rect`. `current` (may be NULL) is shown in full.
void margin_draw(struct app *app, const struct reading *reading, const struct page *page,
                 const struct claim *current, struct rect rect, struct grid *grid);

// One claim's card in full at the top of `rect`, cut where that ends.
void margin_draw_card(struct app *app, const struct reading *reading, const struct claim *claim,
                      struct rect rect, struct grid *grid);

// The claim whose card covers row `row` (from the first one) of such a margin, or NULL.
const struct claim *margin_claim_at(struct app *app, const struct reading *reading,
                                    const struct page *page, const struct claim *current,
                                    struct rect rect, int row);

// The number of a claim in its article, 1-based.
size_t margin_number(const struct reading *reading, const struct claim *claim);

// True when a record's place was found in doubt, or not at all, since the text changed.
bool margin_is_doubtful(const struct reading *reading, const void *rec);

// "!" contested, "≠" disputed, "?" its place is in doubt: what gutter, cards and lists show. Up to two.
void margin_signs(struct app *app, const struct reading *reading, const struct claim *claim,
                  struct buf *out);

// The sign of a link's type: "≠" disputes, "∅" silent, "→" ordered, "=" the others.
const char *margin_link_sign(const struct scheme *scheme, struct sv type);

#endif
