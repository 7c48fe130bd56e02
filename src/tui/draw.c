// The whole screen from the state: panes, borders, dialogs. Same state, same cells.
// Never changes the state, never keeps anything between two frames.
#include "tui/draw.h"

#include "text/glyph.h"
#include "tui/bound.h"
#include "tui/list.h"
#include "tui/margin.h"

// Upright borders look like the text: they are sent with every line that scrolls, and a change of
// looks before and after each of them would cost more than the text's own words.
#define ROLE_SIDE ROLE_TEXT

// What joins an upright border at `col`: which of the areas above and below have one.
static void put_joint(struct grid *grid, int row, int col, bool is_above, bool is_below,
                      enum role role)
{
    struct sv joint = is_above ? (is_below ? SV("┼") : SV("┴")) : SV("┬");

    if (col >= 0 && (is_above || is_below))
        grid_put(grid, row, col, 1, joint, role);
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

// The pane's name at the left of its border, its claims counted at the right or above the margin.
static void put_title(struct app *app, const struct pane_box *box, enum pane pane, enum role role,
                      struct grid *grid)
{
    const struct view *view = &app->views[pane];
    int left = box->left + 1, right = box->left + box->cols;
    int end = box->sep_col >= 0 ? box->sep_col : right, used, cols, col;
    struct buf text = { 0 };

    used = put_border_text(grid, box->border_row, left, end - left, article_name(view->reading->id),
                           role);
    census_text(&app->census[pane], &text);
    cols = glyph_cols(buf_sv(&text)) + 2;
    col = box->sep_col >= 0 ? box->sep_col + 2 : right - 1 - cols;
    if (box->sep_col >= 0 || used + 2 < col - left)
        put_border_text(grid, box->border_row, col, right - col, buf_sv(&text), role);
    buf_release(&text);
}

// Is there a border between text and margin? An empty margin needs none, and a border is sent with
// every row that scrolls.
static bool has_sep(const struct app *app, const struct layout *layout, enum pane pane)
{
    return layout->panes[pane].sep_col >= 0 && app->census[pane].claims > 0;
}

// The upper pane's title stands below the title bar and needs no line: three bytes for each cell.
static void draw_pane_border(struct app *app, const struct layout *layout, enum pane pane,
                             struct grid *grid)
{
    const struct pane_box *box = &layout->panes[pane];
    bool has_focus = app->focus == pane && !layout->dialog, is_top;
    enum role role = has_focus ? ROLE_FRAME_ON : ROLE_FRAME;

    is_top = box->border_row == layout->title_row + 1;
    grid_fill(grid, (struct rect){ box->border_row, box->left, 1, box->cols }, is_top ? " " : "─",
              role);
    if (!is_top)
        put_joint(grid, box->border_row, box->sep_col, has_sep(app, layout, PANE_ARTICLE),
                  has_sep(app, layout, pane), role);
    else if (has_sep(app, layout, pane))
        grid_put(grid, box->border_row, box->sep_col, 1, SV("│"), role);
    if (app->views[pane].reading)
        put_title(app, box, pane, has_focus ? ROLE_FRAME_ON : ROLE_LABEL, grid);
}

// The card below a pane beside another.
static void draw_card(struct app *app, const struct pane_box *box, enum pane pane,
                      const struct claim *current, struct grid *grid)
{
    grid_fill(grid, (struct rect){ box->card.row - 1, box->left, 1, box->cols }, "─", ROLE_FRAME);
    if (current)
        margin_draw_card(app, app->views[pane].reading, current, box->card, grid);
}

static void draw_pane(struct app *app, const struct layout *layout, enum pane pane,
                      struct grid *grid)
{
    const struct pane_box *box = &layout->panes[pane];
    const struct view *view = &app->views[pane];
    struct rect sep = { box->text.row, box->sep_col, box->text.rows, 1 };
    const struct claim *current;
    struct page page;

    if (box->border_row >= 0)
        draw_pane_border(app, layout, pane, grid);
    if (has_sep(app, layout, pane))
        grid_fill(grid, sep, "│", ROLE_SIDE);
    if (!view->reading)
        return;
    grid_add_band(grid, (struct rect){ box->text.row, box->left, box->text.rows, box->cols });
    current = draw_current(app, pane);
    page_make(view, box->margin.cols ? MARGIN_ABOVE : 0, box->margin.cols ? MARGIN_BELOW : 0,
              &page);
    draw_article(app, pane, box, &page, current, grid);
    if (box->margin.cols)
        margin_draw(app, view->reading, &page, current, box->margin, grid);
    if (box->card.rows)
        draw_card(app, box, pane, current, grid);
    page_release(&page);
}

// The border between two panes side by side.
static void draw_split(const struct layout *layout, struct grid *grid)
{
    const struct pane_box *box = &layout->panes[PANE_ARTICLE];
    int top = box->border_row,
        end = box->card.rows ? box->card.row + box->card.rows : box->text.row + box->text.rows;

    if (layout->split_col < 0)
        return;
    grid_fill(grid, (struct rect){ top, layout->split_col, end - top, 1 }, "│", ROLE_SIDE);
    grid_tint(grid, (struct rect){ top, layout->split_col, 1, 1 }, ROLE_FRAME);
    if (box->card.rows)
        put_joint(grid, box->card.row - 1, layout->split_col, true, true, ROLE_FRAME);
}

static void join_up(struct grid *grid, int row, int col, enum role role)
{
    if (col >= 0 && sv_eq_cstr(SV("─"), grid_cell(grid, row, col)->text) &&
        sv_eq_cstr(SV("│"), grid_cell(grid, row - 1, col)->text))
        grid_put(grid, row, col, 1, SV("┴"), role);
}

// Dialogs and lists draw their title line themselves: join it to the borders above.
static void join_above(const struct layout *layout, int row, enum role role, struct grid *grid)
{
    for (int i = 0; i < 2; i++)
        join_up(grid, row, layout->panes[i].sep_col, role);
    join_up(grid, row, layout->split_col, role);
    if (layout->is_list_beside)
        join_up(grid, row, layout->list.col - 1, role);
}

// The list beside the text covers what the panes' borders drew there: join it to them.
static void join_beside(const struct layout *layout, enum role role, struct grid *grid)
{
    const struct rect *list = &layout->list;
    const struct pane_box *lower = &layout->panes[PANE_OTHER];
    int sep = list->col - 1;

    grid_fill(grid, (struct rect){ list->row, sep, list->rows, 1 }, "│", ROLE_SIDE);
    grid_tint(grid, (struct rect){ list->row, sep, 1, 1 }, role);
    if (layout->panes[PANE_ARTICLE].is_shown && lower->is_shown)
        grid_put(grid, lower->border_row, sep, 1, SV("┤"), role);
    if (lower->card.rows)
        grid_put(grid, lower->card.row - 1, sep, 1, SV("┤"), role);
}

static void draw_list(struct app *app, const struct layout *layout, struct grid *grid)
{
    bool has_focus = app->focus == PANE_LIST && !layout->dialog;

    enum role role = has_focus ? ROLE_FRAME_ON : ROLE_FRAME;

    claim_list_draw(app->list, app, grid, layout->list);
    if (layout->is_list_beside)
        join_beside(layout, role, grid);
    else
        join_above(layout, layout->list.row, role, grid);
}

static void draw_dialog(struct app *app, const struct layout *layout, struct grid *grid)
{
    if (!layout->dialog)
        return;
    layout->dialog->ops->draw(layout->dialog, app, grid, layout->dialog_rect);
    join_above(layout, layout->dialog_rect.row, ROLE_FRAME_ON, grid);
}

const struct claim *draw_current(struct app *app, enum pane pane)
{
    const struct view *view = &app->views[pane], *focus = app_view(app);
    const struct claim *from = view_claim(app_heeded(app));
    const struct end *end;

    if (view == focus)
        return from;
    if (app->choosing.prompt)
        return view_claim(view);
    end = bound_end(app, focus, from, view);
    return end ? end->other : NULL;
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
    if (layout.is_list_beside && app->is_moving) // its rows would be sent with each row of the text
        grid->waits = (struct rect){ layout.list.row, layout.list.col, layout.list.rows,
                                     grid->cols - layout.list.col };
    if (layout.title_row >= 0)
        draw_title(app, &layout, grid);
    for (enum pane pane = PANE_ARTICLE; pane <= PANE_OTHER; pane++) {
        if (layout.panes[pane].is_shown)
            draw_pane(app, &layout, pane, grid);
    }
    draw_split(&layout, grid);
    if (layout.list.rows > 0)
        draw_list(app, &layout, grid);
    draw_dialog(app, &layout, grid);
    draw_status(app, &layout, grid);
}
