// The pieces app_draw is made of. Each draws one area of the grid from the state, and changes neither.
#ifndef GAINSAY_TUI_DRAW_H
#define GAINSAY_TUI_DRAW_H

#include "tui/app.h"
#include "tui/layout.h"

// The rows of a view that are seen, some above them, whose cards may reach down into sight, and some
// below, whose cards decide how far those above them reach.
struct page {
    struct row *rows; // owned
    int count;        // of rows to the last one seen
    int above;        // rows[above] is the first one seen
    int below;        // rows behind the last one seen
};
void page_make(const struct view *view, int above, int below, struct page *out);
void page_release(struct page *page);
// Index of the row that shows byte `pos`; -1: before the first, count + below: behind the last.
int page_find(const struct page *page, size_t pos);

// The claim shown as current in a pane: under the cursor of the pane with the focus; in the other one its
// counterpart, or, while a place is being chosen, the claim it is chosen for. NULL: none.
const struct claim *draw_current(struct app *app, enum pane pane);

// Text and gutter of an article pane. `current` is the claim shown as the current one, or NULL.
void draw_article(struct app *app, enum pane pane, const struct pane_box *box,
                  const struct page *page, const struct claim *current, struct grid *grid);

void draw_title(struct app *app, const struct layout *layout, struct grid *grid);
void draw_status(struct app *app, const struct layout *layout, struct grid *grid);

#endif
