// Sizes and places of panes and dialogs.
// Decides by rows, columns and what is open alone.
#include "tui/layout.h"

#include <string.h>

#include "tui/adjudic.h"

#define STACKED_ROWS  20 // from here two panes share the screen
#define BORDERED_ROWS 14 // from here panes have a border with their title
#define TITLED_ROWS   8
#define MARGIN_COLS   76 // from here there is a margin
#define MARGIN_LEAST  26
#define WIDE_COLS     100 // from here it has more
#define MARGIN_WIDE   32
#define MARGIN_MOST   64
#define MEASURE       80 // cells of text that can be read with ease
#define TEXT_ROWS     3  // what a docked dialog leaves to the text if it can

// Side by side.
#define BESIDE_ROWS        5  // fewer are for one pane
#define BESIDE_MARGIN_COLS 84 // of a pane: from here it has a margin, and text enough
#define BESIDE_LIST_ROWS   16 // from here the list finds room below
#define BESIDE_CARD_ROWS   18 // from here cards do
#define CARD_LEAST         4
#define CARD_MOST          8

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

static int gutter_cols(const struct app *app, int cols)
{
    int lanes = (int)adjudic_lanes(app);

    if (lanes)
        return lanes + 1 < cols / 2 ? lanes + 1 : cols / 2;
    return cols >= 60 ? 3 : cols >= 30 ? 2 : 1;
}

static bool is_list_pinned(const struct app *app)
{
    return app->list && app->is_list_beside;
}

// The columns of an article pane: `proto` gets those of gutter, text and margin, in `cols` from
// `left`. A margin of `least` columns must fit beside the text; 0: none is wanted. On a wide screen
// nothing stands in the last column: terminals inside others send more bytes behind it.
static void lay_columns(const struct app *app, struct pane_box *proto, int left, int cols,
                        int least)
{
    int gutter = gutter_cols(app, cols), room = cols - gutter, margin = 0, text;

    if (least) {
        room -= 2; // a blank and the border
        margin = clamp(room - MEASURE, least, MARGIN_MOST);
    }
    text = clamp(room - margin, 1, MEASURE);
    *proto = (struct pane_box){ .left = left, .cols = cols, .border_row = -1, .sep_col = -1 };
    proto->gutter = (struct rect){ .col = left, .cols = gutter };
    proto->text = (struct rect){ .col = left + gutter, .cols = text };
    if (margin) {
        proto->sep_col = left + gutter + text + 1;
        margin -= app->cols >= WIDE_COLS && left + cols == app->cols;
        proto->margin = (struct rect){ .col = proto->sep_col + 1, .cols = margin };
    }
}

// The list takes the columns from `col` on, behind a border, as high as the panes.
static void pin_list(const struct app *app, struct layout *out, int col, int top, int rows)
{
    out->is_list_beside = true;
    out->list = (struct rect){ top, col, rows, app->cols - col };
}

// An article pane over the whole width, but for what the list takes in place of the margin.
static void lay_wide(const struct app *app, struct layout *out, int top, int rows,
                     struct pane_box *proto)
{
    bool is_pinned = is_list_pinned(app);
    int least = app->cols >= WIDE_COLS ? MARGIN_WIDE : MARGIN_LEAST;

    lay_columns(app, proto, 0, app->cols,
                (app->is_margin_on || is_pinned) && !adjudic_lanes(app) && app->cols >= MARGIN_COLS
                    ? least
                    : 0);
    if (!is_pinned || !proto->margin.cols)
        return;
    pin_list(app, out, proto->margin.col, top, rows);
    proto->cols = proto->sep_col - proto->left;
    proto->sep_col = -1;
    proto->margin = (struct rect){ 0 };
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
    int height;

    if (overlay && overlay->ops->height(overlay, app, rows, app->cols) == 1) {
        out->line = overlay;
        overlay = overlay->below;
    }
    while (overlay && overlay->ops->height(overlay, app, rows, app->cols) == 1)
        overlay = overlay->below;
    if (!overlay)
        return 0;
    out->dialog = overlay;
    height = overlay->ops->height(overlay, app, rows, app->cols);
    out->is_dialog_full = height <= 0 || height >= rows - 1;
    if (out->is_dialog_full) {
        out->dialog_rect = (struct rect){ top, 0, rows, app->cols };
        return 0;
    }

    if (height > rows - TEXT_ROWS)
        height = rows - TEXT_ROWS > 1 ? rows - TEXT_ROWS : rows - 1;
    out->dialog_rect = (struct rect){ top + rows - height, 0, height, app->cols };
    return height;
}

static bool is_lower_list(const struct app *app, const struct layout *out)
{
    return app->list && !out->is_list_beside &&
           (app->focus == PANE_LIST || app->lower == PANE_LIST);
}

static void place_list(const struct app *app, struct layout *out, int row, int rows)
{
    out->list = (struct rect){ row, 0, rows, app->cols };
}

// Columns that a list beside two articles takes off them, its border with it.
static int pinned_cols(const struct app *app)
{
    return is_list_pinned(app) ? MARGIN_WIDE + 1 : 0;
}

static bool is_beside(const struct app *app, const struct layout *out, int rows)
{
    bool has_list = !is_list_pinned(app) && is_lower_list(app, out);

    return app->is_beside && app->is_other_on && app->views[PANE_OTHER].reading &&
           app->cols - pinned_cols(app) >= LAYOUT_BESIDE_COLS && app->rows >= BORDERED_ROWS &&
           rows >= (has_list ? BESIDE_LIST_ROWS : BESIDE_ROWS);
}

// Two panes side by side in `rows` from `top`, the list below or beside them when it is called up.
static void lay_beside(const struct app *app, struct layout *out, int top, int rows)
{
    int cols = app->cols - pinned_cols(app);
    int half = (cols - 1) / 2, cards = 0;
    int least =
        app->is_margin_on && !adjudic_lanes(app) && half >= BESIDE_MARGIN_COLS ? MARGIN_LEAST : 0;

    out->split_col = half;
    if (is_list_pinned(app))
        pin_list(app, out, cols + 1, top, rows);
    if (is_lower_list(app, out)) {
        int lower = rows * 2 / 5;

        place_list(app, out, top + rows - lower, lower);
        rows -= lower;
    } else if (app->is_margin_on && !least && !out->dialog && rows >= BESIDE_CARD_ROWS) {
        cards = clamp(rows / 5, CARD_LEAST, CARD_MOST) + 1; // and their border
    }
    for (int i = PANE_ARTICLE; i <= PANE_OTHER; i++) {
        struct pane_box *box = &out->panes[i], proto;
        int from = i == PANE_ARTICLE ? 0 : out->split_col + 1;

        lay_columns(app, &proto, from, i == PANE_ARTICLE ? half : cols - half - 1, least);
        place_pane(box, &proto, top, top + 1, rows - 1 - cards);
        if (cards)
            box->card =
                (struct rect){ top + rows - cards + 1, from + 1, cards - 1, proto.cols - 1 };
    }
}

// One pane over the whole width: the one with the focus.
static void lay_single(const struct app *app, struct layout *out, const struct pane_box *proto,
                       int top, int rows)
{
    int border = app->rows >= BORDERED_ROWS;
    enum pane shown = app->focus;

    if (shown == PANE_LIST && is_lower_list(app, out)) {
        place_list(app, out, top, rows);
        return;
    }
    if (shown == PANE_LIST)
        shown = PANE_ARTICLE;
    place_pane(&out->panes[shown], proto, border ? top : -1, top + border, rows - border);
}

// The article, and below it the other one or the list; or one of them where they have no room.
static void lay_stacked(const struct app *app, struct layout *out, int top, int rows)
{
    int lower = (rows - 2) * 2 / 5, upper = rows - 2 - lower;
    struct pane_box proto;
    bool is_list;

    lay_wide(app, out, top, rows, &proto);
    is_list = is_lower_list(app, out);
    if ((!is_list && (!app->is_other_on || !app->views[PANE_OTHER].reading)) ||
        rows < STACKED_ROWS - 6 || app->rows < STACKED_ROWS) {
        lay_single(app, out, &proto, top, rows);
        return;
    }
    place_pane(&out->panes[PANE_ARTICLE], &proto, top, top + 1, upper);
    if (is_list && app->focus != PANE_OTHER)
        place_list(app, out, top + 1 + upper, lower + 1);
    else
        place_pane(&out->panes[PANE_OTHER], &proto, top + 1 + upper, top + 2 + upper, lower);
}

void layout_make(const struct app *app, struct layout *out)
{
    int top = 0, rows = app->rows - 1;

    memset(out, 0, sizeof(*out));
    out->title_row = out->split_col = -1;
    for (int i = 0; i < 2; i++)
        out->panes[i].border_row = out->panes[i].sep_col = -1;
    out->is_too_small = app->rows < LAYOUT_MIN_ROWS || app->cols < LAYOUT_MIN_COLS;
    if (out->is_too_small)
        return;
    out->status_row = app->rows - 1;
    if (app->rows >= TITLED_ROWS) {
        out->title_row = 0;
        top++;
        rows--;
    }
    rows -= lay_dialogs(app, out, top, rows);
    if (out->is_dialog_full)
        return;
    if (is_beside(app, out, rows))
        lay_beside(app, out, top, rows);
    else
        lay_stacked(app, out, top, rows);
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
