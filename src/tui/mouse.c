// Mouse events to places in the panes.
// Never reaches through a dialog: while one is open only it, and the wheel of the panes beside it,
// work.
#include "tui/mouse.h"

#include "base/attr.h"
#include "tui/bound.h"
#include "tui/draw.h"
#include "tui/list.h"
#include "tui/margin.h"

#define WHEEL_ROWS  3
#define BUTTON_LEFT 1
#define WHEEL_UP    4
#define WHEEL_DOWN  5

static bool is_in(struct rect rect, int row, int col)
{
    return row >= rect.row && row < rect.row + rect.rows && col >= rect.col &&
           col < rect.col + rect.cols;
}

static void click(struct app *app, enum pane pane, const struct rect *text,
                  const struct event *event)
{
    struct view *view = &app->views[pane];
    struct row row = view_row(view, view->top), next;
    int col = event->col > text->col ? event->col - text->col : 0;

    for (int i = text->row; i < event->row && view_next_row(view, &row, &next); i++)
        row = next;
    app->focus = pane;
    view_show(view, wrap_pos(view->reading->article, &row, col));
}

// A click on a card goes to its claim. false: there is no card.
static bool click_card(struct app *app, enum pane pane, const struct rect *margin,
                       const struct event *event)
{
    struct view *view = &app->views[pane];
    const struct claim *claim;
    struct byte_span span;
    struct page page;

    if (!margin->cols || event->col < margin->col)
        return false;
    page_make(view, MARGIN_ABOVE, MARGIN_BELOW, &page);
    claim = margin_claim_at(app, view->reading, &page, draw_current(app, pane), *margin,
                            event->row - margin->row);
    page_release(&page);
    if (!claim || !app_place(view->reading, claim, &span))
        return false;
    app->focus = pane;
    view_show(view, span.beg);
    view->picked = claim->id;
    return true;
}

// A click chooses a claim of the list, on the chosen one it goes there.
static void list_event(struct app *app, const struct layout *layout, const struct event *event)
{
    struct reading *reading;
    const struct claim *before = claim_list_current(app->list, app, &reading);
    bool was_here = app->focus == PANE_LIST;

    app->focus = PANE_LIST;
    if (event->button == WHEEL_UP || event->button == WHEEL_DOWN)
        app_run(app, event->button == WHEEL_UP ? COMMAND_LIST_UP : COMMAND_LIST_DOWN, WHEEL_ROWS, 0,
                (struct sv){ 0 });
    else if (event->button == BUTTON_LEFT && event->row > layout->list.row &&
             claim_list_click(app->list, app, layout->list.cols,
                              event->row - layout->list.row - 1) &&
             was_here && before == claim_list_current(app->list, app, &reading))
        app_run(app, COMMAND_LIST_GO, 0, 0, (struct sv){ 0 });
}

// What the wheel does in each kind of dialog.
static const struct {
    unsigned context;
    enum command_id up, down;
} wheel_commands[] = {
    { CONTEXT_FORM, COMMAND_FORM_BACK, COMMAND_FORM_NEXT },
    { CONTEXT_PICKER, COMMAND_PICK_BACK, COMMAND_PICK_NEXT },
    { CONTEXT_HELP, COMMAND_HELP_UP, COMMAND_HELP_DOWN },
};

static void dialog_event(struct app *app, const struct layout *layout, const struct event *event)
{
    struct overlay *dialog = layout->dialog;

    if (!dialog->ops->click && layout->is_dialog_full && dialog->ops->event &&
        dialog->ops->event(dialog, app, event))
        return; // a sheet that knows the mouse itself
    if (event->button == BUTTON_LEFT && dialog->ops->click)
        dialog->ops->click(dialog, app, layout->dialog_rect, event->row, event->col);
    for (size_t i = 0; i < ARRAY_LEN(wheel_commands) && event->button != BUTTON_LEFT; i++)
        if (wheel_commands[i].context == dialog->ops->context)
            dialog->ops->command(dialog, app,
                                 event->button == WHEEL_UP ? wheel_commands[i].up
                                                           : wheel_commands[i].down);
}

static void wheel(struct app *app, struct view *view, const struct event *event)
{
    size_t top = view->top;

    view_scroll(view, event->button == WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
    bound_carry(app, view, top);
}

void mouse_event(struct app *app, const struct event *event)
{
    struct layout layout;

    layout_make(app, &layout);
    if (layout.dialog && layout.dialog == app->top &&
        (layout.is_dialog_full || is_in(layout.dialog_rect, event->row, event->col))) {
        dialog_event(app, &layout, event);
        return;
    }
    if (layout.list.rows && !app->top && is_in(layout.list, event->row, event->col)) {
        list_event(app, &layout, event);
        return;
    }
    for (enum pane pane = PANE_ARTICLE; pane <= PANE_OTHER; pane++) {
        const struct pane_box *box = &layout.panes[pane];
        struct view *view = &app->views[pane];
        struct rect rows = { box->text.row, box->left, box->text.rows, box->cols };

        if (!box->is_shown || !view->reading || !is_in(rows, event->row, event->col))
            continue;
        if (event->button == WHEEL_UP || event->button == WHEEL_DOWN)
            wheel(app, view, event);
        else if (event->button == BUTTON_LEFT && !app->top &&
                 !click_card(app, pane, &box->margin, event))
            click(app, pane, &box->text, event);
        return;
    }
}
