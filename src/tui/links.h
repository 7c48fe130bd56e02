// The links of a claim: a picker of them, leading to the form of one.
// Never changes data.
#ifndef GAINSAY_TUI_LINKS_H
#define GAINSAY_TUI_LINKS_H

#include "tui/app.h"

// Pick one of the claim's links, of either article, to open its form; says so when there is none.
void links_open(struct app *app, struct reading *reading, struct sv claim);

// Append how a link looks from one of its claims: "≠ differs number  fall-of-haqqani: six more".
void links_show(struct app *app, const struct reading *reading, const struct end *end,
                struct buf *out);

#endif
