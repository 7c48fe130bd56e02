// Making a link: its ends, then the relation, then the point.
#ifndef GAINSAY_TUI_LINKING_H
#define GAINSAY_TUI_LINKING_H

#include "tui/app.h"

// Link what the command is about (the selection, else the claim under the cursor or of the list) to
// a place that is chosen next: in the other article, or in the same one (`is_within`). With words
// selected in the other pane the link goes from those to the selection, the claim or the clause
// here, and no place is asked for. Nothing is made before the last answer.
void linking_begin(struct app *app, bool is_within);

// The article a command on `reading` means by "the other": that of the other view, or of the event.
// NULL, and says so, when there is none.
struct reading *linking_other(struct app *app, const struct reading *reading);

#endif
