// Places where the counterpart of a claim or passage may be, likeliest first, each with its reasons.
#ifndef GAINSAY_TUI_CANDIDATES_H
#define GAINSAY_TUI_CANDIDATES_H

#include "session/verbs.h"
#include "tui/app.h"

struct candidates;

// Rank the passages of `other` (it may be the place's own article) for `from`; poor ones are left
// out, and claims linked to it already. Free with candidates_free. Cost: relate_new.
struct candidates *candidates_new(struct app *app, const struct place *from, struct reading *other);
void candidates_free(struct candidates *candidates); // NULL is allowed

// Go to the next one, after the last to the first, in the view that shows the article, and append why
// it is one: "2 of 8, fair: Rahman 30 %, refugees 18 %". false: there is none.
bool candidates_show_next(struct candidates *candidates, struct app *app, struct buf *why);

#endif
