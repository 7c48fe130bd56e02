// The top line (which article, who, saved, how far) and the bottom line (message, keys to press,
// search). Never says anything of a key that commands.def does not say.
#include "tui/draw.h"

#include <limits.h>

#include "session/verbs.h"
#include "text/glyph.h"
#include "text/wrap.h"
#include "tui/hints.h"
#include "tui/margin.h"

// Do cards, or the list in their place, say what is known of the claims?
static bool has_cards(const struct layout *layout)
{
    if (layout->is_list_beside)
        return true;
    for (int i = 0; i < 2; i++)
        if (layout->panes[i].margin.cols || layout->panes[i].card.rows)
            return true;
    return false;
}

// Where no margin is shown, the bottom line says what is known of the claim under the cursor.
static bool draw_claim(struct app *app, struct grid *grid, int row, int col, int end)
{
    const struct view *view = app_heeded(app);
    const struct claim *claim = view_claim(view);
    struct buf signs = { 0 }, text = { 0 };

    if (!claim || app->top || app->focus == PANE_LIST)
        return false;
    margin_signs(app, view->reading, claim, &signs);
    verbs_chain(app->session, view->reading, claim, &text);
    if (!text.len && !sv_is_blank(claim->says))
        buf_add(&text, claim->says);
    if (!text.len)
        buf_add_cstr(&text, "in the article's own voice");
    col += grid_putf(grid, row, col, end - col, ROLE_VALUE, "%zu ",
                     margin_number(view->reading, claim));
    col += grid_put(grid, row, col, end - col, buf_sv(&signs), ROLE_CONTESTED);
    grid_put_cut(grid, row, signs.len ? col + 1 : col, end - col - 1, buf_sv(&text), ROLE_SOURCE);
    buf_release(&signs);
    buf_release(&text);
    return true;
}

// What stands at the right end: keys typed so far, else where the search is.
static int draw_right(struct app *app, struct grid *grid, int row, int col, int end)
{
    struct buf text = { 0 };
    int cols;

    if (app->keymap.count || app->keymap.key_count)
        keymap_pending(&app->keymap, &text);
    else if (app->is_match_shown && app->match_count && app->match_index && !app->top &&
             !app->choosing.prompt)
        buf_addf(&text, "match %zu of %zu", app->match_index, app->match_count);
    cols = glyph_cols(buf_sv(&text));
    if (app->message.len && glyph_cols(buf_sv(&app->message)) > end - col - cols - 2)
        cols = 0; // what is said comes first
    if (cols && cols < end - 10)
        grid_put(grid, row, end - cols, cols, buf_sv(&text), ROLE_VALUE);
    else
        cols = 0;
    buf_release(&text);
    return cols ? cols + 2 : 0;
}

static void percent_text(const struct view *view, struct buf *out)
{
    size_t len = article_bytes(view->reading->article).len;
    struct row row = view_row(view, view->cursor), next;

    if (!view_next_row(view, &row, &next))
        buf_add_cstr(out, "end");
    else
        buf_addf(out, "%zu%%",
                 len > 100 ? view->cursor / (len / 100) % 101 : view->cursor * 100 / len);
}

// "ana  saved  41%", as much of it as `cols` allow; returns the cells used from the right.
static int draw_facts(struct app *app, const struct view *view, struct grid *grid, int row)
{
    struct buf who = { 0 }, percent = { 0 }, as_of = { 0 };
    bool is_refused = session_is_refused(app->session, view->reading);
    bool is_saved = session_is_saved(app->session);

    if (session_as_of(app->session)) // where there is little room without the day
        buf_addf(&as_of, "as of %.*s, read only", grid->cols < 80 ? 8 : INT_MAX,
                 session_as_of(app->session));

    struct sv state = !view->reading                ? SV("")
                      : as_of.len                   ? buf_sv(&as_of)
                      : is_refused && is_saved      ? SV("NOT READ")
                      : !view->reading->is_writable ? SV("read only")
                      : is_saved                    ? SV("saved")
                                                    : SV("NOT SAVED");
    int end = grid->cols - 1, col = end;

    if (view->reading)
        percent_text(app_heeded(app), &percent);
    buf_add(&who, session_annotator(app->session));
    col -= 4;
    grid_put(grid, row, end - glyph_cols(buf_sv(&percent)), 4, buf_sv(&percent), ROLE_TITLE);
    col -= 2 + glyph_cols(state);
    grid_put(grid, row, col, glyph_cols(state), state,
             is_saved && !is_refused ? ROLE_TITLE : ROLE_ERROR);
    if (grid->cols >= 40 && glyph_cols(buf_sv(&who)) < grid->cols / 4) {
        col -= 2 + glyph_cols(buf_sv(&who));
        grid_put(grid, row, col, glyph_cols(buf_sv(&who)), buf_sv(&who), ROLE_TITLE);
    }
    buf_release(&who);
    buf_release(&percent);
    buf_release(&as_of);
    return col;
}

// The rows that a message takes in `cols` columns, up to `most`.
static int message_rows(struct sv text, int cols, int most)
{
    struct sv piece;
    int rows = 0;

    while (rows < most && wrap_string(&text, cols, &piece))
        rows++;
    return rows;
}

// A message, all of it: in `rows` rows from `row` on, over what is there until the next key. What
// the whole screen cannot hold is cut at its end.
static void put_message(const struct app *app, struct grid *grid, int row, int col, int end,
                        int rows)
{
    struct sv text = buf_sv(&app->message), piece;
    int cols = end - col;

    for (int i = 0; i < rows; i++) {
        struct sv left = text;

        if (rows > 1)
            grid_fill(grid, (struct rect){ row + i, col / 2, 1, grid->cols - col }, " ", ROLE_TEXT);
        if (!wrap_string(&text, cols, &piece))
            break;
        grid_put_cut(grid, row + i, col, cols, i == rows - 1 ? left : piece, app->message_role);
    }
}

// At the bottom, the last row on `row`.
static void draw_message(struct app *app, const struct layout *layout, struct grid *grid, int row,
                         int col, int end)
{
    int rows = message_rows(buf_sv(&app->message), end - col, row - layout->title_row);

    put_message(app, grid, row - rows + 1, col, end, rows);
}

// At the top, while a line is typed at the bottom.
static void draw_message_above(const struct app *app, const struct layout *layout,
                               struct grid *grid)
{
    int top = layout->title_row >= 0 ? layout->title_row : 0;
    int rows = message_rows(buf_sv(&app->message), grid->cols, layout->status_row - top);

    put_message(app, grid, top, 0, grid->cols, rows);
}

void draw_title(struct app *app, const struct layout *layout, struct grid *grid)
{
    const struct view *view = app_view(app);
    int row = layout->title_row, col = 1, end;
    struct sv id, title;

    grid_fill(grid, (struct rect){ row, 0, 1, grid->cols }, " ", ROLE_TITLE);
    end = draw_facts(app, view, grid, row) - 2;
    if (!view->reading) {
        grid_put_cut(grid, row, col, end - col, SV("gainsay"), ROLE_TITLE);
        return;
    }
    id = view->reading->id;
    title = view->reading->meta.title;
    if (sv_is_blank(title) ||
        end - col < glyph_cols(id) + 12) { // the name says most in a narrow line
        grid_put_cut(grid, row, col, end - col, end - col < glyph_cols(id) ? article_name(id) : id,
                     ROLE_TITLE);
        return;
    }
    col += grid_put(grid, row, col, end - col, id, ROLE_TITLE) + 2;
    grid_put_cut(grid, row, col, end - col, title, ROLE_TITLE);
}

void draw_status(struct app *app, const struct layout *layout, struct grid *grid)
{
    int row = layout->status_row, end = grid->cols;

    if (layout->line) {
        layout->line->ops->draw(layout->line, app, grid, (struct rect){ row, 0, 1, end });
        if (app->message.len)
            draw_message_above(app, layout, grid);
        return;
    }
    end -= draw_right(app, grid, row, 0, end);
    if (app->keymap.key_count)
        hints_draw(app, grid, row, 0, end);
    else if (app->message.len)
        draw_message(app, layout, grid, row, 0, end);
    else if (app->choosing.prompt && !app->top)
        grid_put_cut(grid, row, 0, end, sv_from(app->choosing.prompt), ROLE_WARNING);
    else if (app->top && app->top->ops->hint)
        grid_put_cut(grid, row, 0, end, sv_from(app->top->ops->hint), ROLE_LABEL);
    else if (has_cards(layout) || !draw_claim(app, grid, row, 0, end))
        hints_draw(app, grid, row, 0, end);
}
