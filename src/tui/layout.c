// Sizes and places of panes and dialogs.
// Decides by rows, columns and what is open alone.
#include "tui/layout.h"

#include <string.h>

#define FRAMED_COLS   100 // from here a border at either side is worth its cells
#define FRAMED_ROWS   20
#define STACKED_ROWS  20 // from here two panes share the screen
#define BORDERED_ROWS 14 // from here panes have a border with their title
#define TITLED_ROWS   8
#define MARGIN_COLS   76 // from here there is a margin
#define MARGIN_LEAST  26
#define MARGIN_WIDE   32 // the least on a framed screen
#define MARGIN_MOST   64
#define MEASURE       80 // cells of text that can be read with ease
#define TEXT_ROWS     3  // what a docked dialog leaves to the text if it can

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

static int gutter_cols(int cols)
{
    return cols >= 60 ? 3 : cols >= 30 ? 2 : 1;
}

static bool is_list_pinned(const struct app *app)
{
    return app->list && app->is_list_beside;
}

// The columns of an article pane: `proto` gets those of gutter, text and margin
// (or the list those of the margin).
static void lay_columns(const struct app *app, struct layout *out, struct pane_box *proto)
{
    int left = out->is_framed, cols = app->cols - 2 * left;
    int gutter = gutter_cols(cols), room = cols - gutter, margin = 0, text;

    if ((app->is_margin_on || is_list_pinned(app)) && app->cols >= MARGIN_COLS) {
        int least = out->is_framed ? MARGIN_WIDE : MARGIN_LEAST;

        room -= 2; // a blank and the border
        margin = clamp(room - MEASURE, least, MARGIN_MOST);
    }
    text = clamp(room - margin, 1, MEASURE);
    proto->gutter = (struct rect){ .col = left, .cols = gutter };
    proto->text = (struct rect){ .col = left + gutter, .cols = text };
    out->sep_col = -1;
    if (!margin)
        return;
    out->sep_col = left + gutter + text + 1;
    out->is_list_beside = is_list_pinned(app);
    if (out->is_list_beside)
        out->list = (struct rect){ .col = out->sep_col + 1, .cols = margin };
    else
        proto->margin = (struct rect){ .col = out->sep_col + 1, .cols = margin };
}

static void place_pane(struct pane_box *box, const struct pane_box *proto, int border_row, int row,
                       int rows)
{
    *box = *proto;
    box->is_shown = true;
    box->border_row = border_row;
    box->gutter.row = box->text.row = box->margin.row = row;
    box->gutter.rows = box->text.rows = box->margin.rows = rows;
}

// The dialogs: a one-row one takes the status row, the next below it (if any) is docked or full.
// Returns the rows it takes off the middle.
static int lay_dialogs(const struct app *app, struct layout *out, int top, int rows)
{
    struct overlay *overlay = app->top;
    int left = out->is_framed, height;

    if (overlay && overlay->ops->height(overlay, app, rows, app->cols - 2 * left) == 1) {
        out->line = overlay;
        overlay = overlay->below;
    }
    while (overlay && overlay->ops->height(overlay, app, rows, app->cols - 2 * left) == 1)
        overlay = overlay->below;
    if (!overlay)
        return 0;
    out->dialog = overlay;
    height = overlay->ops->height(overlay, app, rows, app->cols - 2 * left);
    out->is_dialog_full = height <= 0 || height >= rows - 1;
    if (out->is_dialog_full) {
        out->dialog_rect = (struct rect){ top, left, rows, app->cols - 2 * left };
        return 0;
    }

    if (height > rows - TEXT_ROWS)
        height = rows - TEXT_ROWS > 1 ? rows - TEXT_ROWS : rows - 1;
    out->dialog_rect = (struct rect){ top + rows - height, left, height, app->cols - 2 * left };
    return height;
}

static bool is_lower_list(const struct app *app, const struct layout *out)
{
    return app->list && !out->is_list_beside &&
           (app->focus == PANE_LIST || app->lower == PANE_LIST);
}

static void place_list(const struct app *app, struct layout *out, int row, int rows)
{
    int left = out->is_framed;

    out->list = (struct rect){ row, left, rows, app->cols - 2 * left };
}

void layout_make(const struct app *app, struct layout *out)
{
    struct pane_box proto = { .border_row = -1 };
    int top = 0, rows = app->rows - 1, border;
    bool is_list, has_lower;

    memset(out, 0, sizeof(*out));
    out->title_row = out->sep_col = -1;
    out->panes[0].border_row = out->panes[1].border_row = -1;
    out->is_too_small = app->rows < LAYOUT_MIN_ROWS || app->cols < LAYOUT_MIN_COLS;
    if (out->is_too_small)
        return;
    out->is_framed = app->cols >= FRAMED_COLS && app->rows >= FRAMED_ROWS;
    out->status_row = app->rows - 1;
    border = app->rows >= BORDERED_ROWS;
    if (app->rows >= TITLED_ROWS) {
        out->title_row = 0;
        top++;
        rows--;
    }
    lay_columns(app, out, &proto);
    rows -= lay_dialogs(app, out, top, rows);
    if (out->is_dialog_full)
        return;
    if (out->is_list_beside) {
        out->list.row = top;
        out->list.rows = rows;
    }
    is_list = is_lower_list(app, out);
    has_lower = is_list || (app->is_other_on && app->views[PANE_OTHER].reading);

    if (!has_lower || rows < STACKED_ROWS - 6 || app->rows < STACKED_ROWS) { // one at a time
        enum pane shown = app->focus == PANE_LIST && !is_list ? PANE_ARTICLE : app->focus;

        if (shown == PANE_LIST)
            place_list(app, out, top, rows);
        else
            place_pane(&out->panes[shown], &proto, border ? top : -1, top + border, rows - border);
        return;
    }

    int lower = (rows - 2) * 2 / 5, upper = rows - 2 - lower;

    place_pane(&out->panes[PANE_ARTICLE], &proto, top, top + 1, upper);
    if (is_list && app->focus != PANE_OTHER)
        place_list(app, out, top + 1 + upper, lower + 1);
    else
        place_pane(&out->panes[PANE_OTHER], &proto, top + 1 + upper, top + 2 + upper, lower);
}

void layout_apply(struct app *app, const struct layout *layout)
{
    for (int i = 0; i < 2; i++) {
        const struct pane_box *box = &layout->panes[i];
        struct view *view = &app->views[i];

        if (box->is_shown)
            view_resize(view, box->text.rows, box->text.cols);
        else if (view->rows <= 0)
            view_resize(view, app->rows > 4 ? app->rows - 4 : 1,
                        app->cols > 10 ? app->cols - 10 : 1); // until it is first seen
    }
}
