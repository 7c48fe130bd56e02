// Adjudication in the reader: one lane for each annotator beside the text, and below it what each says of the
// difference at hand, field by field; keys take, combine, reject, let both stand.
//
//   text, with a lane for each annotator in the gutter: its number where a claim begins, a line where it goes on
//   ─ type  open  3 of 12 ───────────────
//               1 ana         2 ben
//   ▶ type     ● event          quantity
//     words    ● “died in …”    “died in …”
#ifndef GAINSAY_TUI_ADJUDIC_H
#define GAINSAY_TUI_ADJUDIC_H

#include "session/adjudicate.h"
#include "tui/app.h"

// Begin: the first difference that is open. Takes `adjudicating`, which is freed with the app.
void adjudic_begin(struct app *app, struct adjudicating *adjudicating);
void adjudic_free(struct adjudic *adjudic); // NULL is allowed
// Take up the lanes again (gA); says so when this is no adjudication.
void adjudic_open(struct app *app);
// Files changed outside: have those of the annotators? true when any has.
bool adjudic_refresh(struct app *app);

// ---- adjudic_lanes.c: the text beside its lanes
// Lanes to be drawn; 0: none, this is plain reading.
size_t adjudic_lanes(const struct app *app);
// Give `add` the words of `seen` that annotators marked, and those of the difference at hand.
void adjudic_paint(struct app *app, const struct reading *reading, struct byte_span seen,
                   void (*add)(void *ctx, struct byte_span span, enum role role), void *ctx);
void adjudic_draw_lanes(struct app *app, const struct reading *reading, struct byte_span row,
                        struct rect gutter, int at_row, struct grid *grid);

#endif
