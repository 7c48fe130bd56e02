// What a command is about: the claim chosen in the list or under the cursor, the passage selected.
// Never changes data.
#ifndef GAINSAY_TUI_SUBJECT_H
#define GAINSAY_TUI_SUBJECT_H

#include "text/segment.h"
#include "tui/app.h"

struct subject {
    struct reading *reading;
    const struct claim *claim;
};

// The claim a command works on: of the chosen row of a list that fills the screen, of the claims
// list when it has the focus, else under the cursor. false, and says so on the status line, when
// there is none.
bool subject_claim(struct app *app, struct subject *out);

// The selection, else the unit under the cursor. false, and says so, when there is neither.
bool subject_passage(struct app *app, enum unit unit, struct byte_span *out);

// The claim that words outside of it belong to: the one marked last if it stands in the same
// paragraph, else the nearest one, else NULL.
const struct claim *subject_nearest(const struct app *app, const struct view *view,
                                    struct byte_span span);

// Whole extent of a record in its article, bytes; empty when it is placed nowhere.
struct byte_span subject_extent(const struct reading *reading, const void *rec);

// Move the cursor of the view that shows `reading` to the record (NULL: nowhere; remembered as a
// jump); an article shown in neither view is opened in the other one. The focus stays where it is.
struct view *subject_show(struct app *app, struct reading *reading, const void *rec);

// The same, and the focus goes to that view.
void subject_focus(struct app *app, struct reading *reading, const void *rec);

// Short name of a claim for titles: its `says`, else its words, cut at `cols` cells with an
// ellipsis.
void subject_title(const struct claim *claim, int cols, struct buf *out);

// `text` cut at `cols` cells with an ellipsis.
void subject_cut(struct sv text, int cols, struct buf *out);

// Say what a verb did, or why it did not: `what` when `ok`, else the error, which is released.
bool subject_report(struct app *app, bool ok, struct err *err, const char *what);

#endif
