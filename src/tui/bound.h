// Two articles that go together: what moves in one carries the other, row by row side by side, and
// by the links wherever they stand.
#ifndef GAINSAY_TUI_BOUND_H
#define GAINSAY_TUI_BOUND_H

#include "tui/app.h"

// After a motion in `view` (one of the app's): the other article goes as many rows, when the two are
// side by side. `top`: where the first row began before. Jumps of more than a screen are left to the
// links. Cost: that of the rows gone.
void bound_carry(struct app *app, struct view *view, size_t top);

// At rest: the counterpart of the claim under the cursor comes into view; in plain text, after
// scrolling, that of the nearest linked claim in sight. A counterpart in sight already does not
// move. Never touches a view with a selection. Cost: the claims on the screen.
void bound_follow(struct app *app, bool has_scrolled);

// To the claim `to` of `reading`, as subject_show does; where its view has to scroll and stands beside
// the one that `claim` is in, the two come to the same height. Returns its view.
struct view *bound_show(struct app *app, const struct claim *claim, struct reading *reading,
                        const struct claim *to);

// The link by which `claim` of `view` meets the article of `other`: the one whose far claim is
// current there, else the first; NULL: none.
const struct end *bound_end(struct app *app, const struct view *view, const struct claim *claim,
                            const struct view *other);

// Are the two articles seen side by side?
bool bound_is_beside(const struct app *app);

#endif
