// What was looked for in which article: offered when one of them is said to be silent.
#ifndef GAINSAY_TUI_TRAIL_H
#define GAINSAY_TUI_TRAIL_H

#include "tui/app.h"

// Remember that `pattern` was looked for in the article; once, however often.
void trail_add(struct app *app, const struct reading *reading, struct sv pattern);

// Append the patterns looked for in the article, oldest first, with commas between.
void trail_list(const struct app *app, const struct reading *reading, struct buf *out);

// They were used: the next omission begins anew.
void trail_forget(struct app *app, const struct reading *reading);

#endif
