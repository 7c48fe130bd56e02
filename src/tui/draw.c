// The whole screen from the state: panes, borders, dialogs. Same state, same cells.
// Never changes the state, never keeps anything between two frames.
#include "tui/draw.h"

#include "text/glyph.h"
#include "tui/list.h"
#include "tui/margin.h"

// Upright borders look like the text: they are sent with every line that scrolls, and a change of
// looks before and after each of them would cost more than the text's own words.
#define ROLE_SIDE ROLE_TEXT

static void put_horizontal(struct grid *grid, const struct layout *layout, int row, enum role role)
{
    grid_fill(grid, (struct rect){ row, 0, 1, grid->cols }, "─", role);
    if (layout->is_framed) {
        grid_put(grid, row, 0, 1, SV("├"), role);
        grid_put(grid, row, grid->cols - 1, 1, SV("┤"), role);
    }
}

// What joins the border between text and margin: which of the areas above and below have one.
static void put_joint(struct grid *grid, const struct layout *layout, int row, bool is_above,
                      bool is_below, enum role role)
{
    struct sv joint = is_above ? (is_below ? SV("┼") : SV("┴")) : SV("┬");

    if (layout->sep_col >= 0 && (is_above || is_below))
        grid_put(grid, row, layout->sep_col, 1, joint, role);
}

static int put_border_text(struct grid *grid, int row, int col, int max_cols, struct sv text,
                           enum role role)
{
    int used;

    if (max_cols < 4)
        return 0;
    used = grid_put(grid, row, col, 1, SV(" "), role);
    used += grid_put_cut(grid, row, col + 1, max_cols - 2, text, role);
    return used + grid_put(grid, row, col + used, 1, SV(" "), role);
}

static void census_text(const struct census *census, struct buf *out)
{
    buf_addf(out, "claims %zu", census->claims);
    if (census->contested)
        buf_addf(out, "  !%zu", census->contested);
    if (census->disputed)
        buf_addf(out, "  ≠%zu", census->disputed);
    if (census->doubtful)
        buf_addf(out, "  ?%zu", census->doubtful);
}

static void draw_pane_border(struct app *app, const struct layout *layout, enum pane pane,
                             struct grid *grid)
{
    const struct pane_box *box = &layout->panes[pane];
    const struct view *view = &app->views[pane];
    bool has_focus = app->focus == pane && !layout->dialog;
    enum role role = has_focus ? ROLE_FRAME_ON : ROLE_FRAME;
    enum role text_role = has_focus ? ROLE_FRAME_ON : ROLE_LABEL;
    int left = 1 + layout->is_framed;
    int end = layout->sep_col >= 0 ? layout->sep_col : grid->cols - layout->is_framed;
    bool has_margin = box->margin.cols > 0;
    struct buf text = { 0 };
    int used = 0;

    put_horizontal(grid, layout, box->border_row, role);
    if (layout->is_framed && box->border_row == layout->title_row + 1) {
        grid_put(grid, box->border_row, 0, 1, SV("┌"), role);
        grid_put(grid, box->border_row, grid->cols - 1, 1, SV("┐"), role);
    }
    put_joint(grid, layout, box->border_row, pane == PANE_OTHER && layout->panes[0].is_shown, true,
              role);
    if (view->reading)
        used = put_border_text(grid, box->border_row, left, end - left,
                               article_name(view->reading->id), text_role);
    if (view->reading) {
        census_text(&app->census[pane], &text);

        int cols = glyph_cols(buf_sv(&text)) + 2, col = layout->sep_col + 2;

        if (!has_margin)
            col = end - 1 - cols; // at the right end of the title's own line
        if (has_margin || used + 2 < col - left)
            put_border_text(grid, box->border_row, col, grid->cols - col - 1, buf_sv(&text),
                            text_role);
    }
    buf_release(&text);
}

static void draw_pane(struct app *app, const struct layout *layout, enum pane pane,
                      struct grid *grid)
{
    const struct pane_box *box = &layout->panes[pane];
    const struct view *view = &app->views[pane];
    struct rect sep = { box->text.row, layout->sep_col, box->text.rows, 1 };
    const struct claim *current;
    struct page page;

    if (box->border_row >= 0)
        draw_pane_border(app, layout, pane, grid);
    if (layout->sep_col >= 0)
        grid_fill(grid, sep, "│", ROLE_SIDE);
    if (!view->reading)
        return;
    current = draw_current(app, pane);
    page_make(view, box->margin.cols ? MARGIN_ABOVE : 0, &page);
    draw_article(app, pane, box, &page, current, grid);
    if (box->margin.cols)
        margin_draw(app, view->reading, &page, current, box->margin, grid);
    page_release(&page);
}

// Dialogs and lists draw their title line themselves: join it to the frame around them.
static void join_frame(const struct layout *layout, int row, bool is_above, enum role role,
                       struct grid *grid)
{
    bool is_top = row == layout->title_row + 1;

    if (layout->is_framed) {
        grid_put(grid, row, 0, 1, is_top ? SV("┌") : SV("├"), role);
        grid_put(grid, row, grid->cols - 1, 1, is_top ? SV("┐") : SV("┤"), role);
    }
    if (is_above && layout->sep_col >= 0 &&
        sv_eq_cstr(SV("─"), grid_cell(grid, row, layout->sep_col)->text))
        grid_put(grid, row, layout->sep_col, 1, SV("┴"), role);
}

// The list beside the text covers what the panes' borders drew there: join it to them.
static void join_beside(const struct layout *layout, enum role role, struct grid *grid)
{
    const struct rect *list = &layout->list;
    const struct pane_box *lower = &layout->panes[PANE_OTHER];
    bool is_top = list->row == layout->title_row + 1;

    if (layout->panes[PANE_ARTICLE].is_shown && lower->is_shown)
        grid_put(grid, lower->border_row, layout->sep_col, 1, SV("┤"), role);
    if (layout->is_framed)
        grid_fill(grid, (struct rect){ list->row, grid->cols - 1, list->rows, 1 }, "│", ROLE_SIDE);
    grid_put(grid, list->row, layout->sep_col, 1, SV("┬"), role);
    if (layout->is_framed)
        grid_put(grid, list->row, grid->cols - 1, 1, is_top ? SV("┐") : SV("┤"), role);
}

static void draw_list(struct app *app, const struct layout *layout, struct grid *grid)
{
    bool has_focus = app->focus == PANE_LIST && !layout->dialog;

    enum role role = has_focus ? ROLE_FRAME_ON : ROLE_FRAME;

    claim_list_draw(app->list, app, grid, layout->list);
    if (layout->is_list_beside)
        join_beside(layout, role, grid);
    else
        join_frame(layout, layout->list.row, layout->panes[0].is_shown, role, grid);
}

static void draw_sides(const struct layout *layout, struct grid *grid)
{
    int beg = layout->title_row + 1, rows = layout->status_row - beg;

    if (!layout->is_framed)
        return;
    grid_fill(grid, (struct rect){ beg, 0, rows, 1 }, "│", ROLE_SIDE);
    grid_fill(grid, (struct rect){ beg, grid->cols - 1, rows, 1 }, "│", ROLE_SIDE);
}

static void draw_dialog(struct app *app, const struct layout *layout, struct grid *grid)
{
    if (!layout->dialog)
        return;
    layout->dialog->ops->draw(layout->dialog, app, grid, layout->dialog_rect);
    join_frame(layout, layout->dialog_rect.row,
               layout->panes[0].is_shown || layout->panes[1].is_shown, ROLE_FRAME_ON, grid);
}

const struct claim *draw_current(struct app *app, enum pane pane)
{
    const struct view *view = &app->views[pane], *focus = app_view(app);
    const struct claim *from = view_claim(app_heeded(app));
    const struct claim *claim = view == focus ? from : view_claim(view);
    const struct end *ends;
    size_t count;

    if (view == focus || app->choosing.prompt)
        return claim;
    if (!claim || !from)
        return NULL;
    ends = derive_ends(session_derived(app->session), &focus->reading->file.layer, from, &count);
    for (size_t i = 0; i < count; i++) {
        if (ends[i].other == claim)
            return claim;
    }
    return NULL;
}

void app_draw(struct app *app, struct grid *grid)
{
    struct layout layout;

    grid_clear(grid);
    layout_make(app, &layout);
    if (layout.is_too_small) {
        grid_put(grid, 0, 0, grid->cols, SV("too small"), ROLE_WARNING);
        return;
    }
    draw_sides(&layout, grid);
    if (layout.title_row >= 0)
        draw_title(app, &layout, grid);
    for (enum pane pane = PANE_ARTICLE; pane <= PANE_OTHER; pane++) {
        if (layout.panes[pane].is_shown)
            draw_pane(app, &layout, pane, grid);
    }
    if (layout.list.rows > 0)
        draw_list(app, &layout, grid);
    draw_dialog(app, &layout, grid);
    draw_status(app, &layout, grid);
}
