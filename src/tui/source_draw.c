// The rows of the list of sources: sources, and below an open one its names, those merged into it,
// what it says. Changes nothing.
#include "tui/source_box.h"

#include "text/glyph.h"
#include "tui/subject.h"

#define WIDE_COLS  72 // from here the articles stand over their counts
#define WIDE_CELL  13
#define CELL       5
#define TITLE_COLS 200 // more than a row holds; the row cuts it

static int cell_cols(const struct rect *rect, size_t cell)
{
    return rect->cols >= WIDE_COLS && cell < 2 ? WIDE_CELL : CELL;
}

// Column where the cells at the right begin: names in both articles, claims in both.
static int cells_col(const struct rect *rect)
{
    int col = rect->col + rect->cols - 1;

    for (size_t i = 0; i < 4; i++)
        col -= cell_cols(rect, i);
    return col;
}

static void put_cell(struct grid *grid, const struct rect *rect, size_t cell, struct sv text,
                     enum role role)
{
    int col = cells_col(rect), cols = cell_cols(rect, cell), used = glyph_cols(text);

    for (size_t i = 0; i < cell; i++)
        col += cell_cols(rect, i);
    used = used < cols ? used : cols - 1;
    grid_put_cut(grid, rect->row, col + cols - used, used, text, role);
}

static void put_count(struct grid *grid, const struct rect *rect, size_t cell, size_t count,
                      bool is_doubtful)
{
    struct buf text = { 0 };

    buf_addf(&text, "%zu%s", count, is_doubtful ? "?" : "");
    put_cell(grid, rect, cell, count ? buf_sv(&text) : SV("-"),
             is_doubtful ? ROLE_WARNING
             : count     ? ROLE_VALUE
                         : ROLE_LABEL);
    buf_release(&text);
}

// How often a name stands in an article, once that is known.
static void put_mentions(const struct source_sheet *list, struct grid *grid,
                         const struct rect *rect, size_t pane, size_t count, bool is_doubtful)
{
    if (pane < list->mentions.text || !list->mentions.names)
        put_count(grid, rect, pane, count, is_doubtful);
    else
        put_cell(grid, rect, pane, SV("..."), ROLE_LABEL);
}

void source_head(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect)
{
    (void)sheet;
    grid_put(grid, rect.row, rect.col + 4, rect.cols, SV("source"), ROLE_LABEL);
    for (size_t pane = 0; pane < 2; pane++) {
        const struct reading *reading = app->views[pane].reading;

        if (!reading)
            continue;
        if (rect.cols >= WIDE_COLS)
            put_cell(grid, &rect, pane, article_name(reading->id), ROLE_LABEL);
        else
            put_cell(grid, &rect, pane, pane ? SV("2nd") : SV("1st"), ROLE_LABEL);
        put_cell(grid, &rect, 2 + pane, SV("says"), ROLE_LABEL);
    }
}

int source_lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    (void)sheet, (void)app, (void)row, (void)cols;
    return 1;
}

static void draw_source(const struct source_sheet *list, struct app *app,
                        const struct source_row *row, bool is_chosen, struct grid *grid,
                        struct rect rect)
{
    int col = rect.col + 2 + 2 * (int)row->depth, end = cells_col(&rect);
    bool is_open = list->is_all_open || sv_eq(row->source->id, buf_sv(&list->open));

    col += grid_put(grid, rect.row, col, 2, is_open ? SV("▾ ") : SV("▸ "), ROLE_LABEL);
    col += grid_put_cut(grid, rect.row, col, end - col,
                        registry_name(session_registry(app->session), row->source->id),
                        is_chosen ? ROLE_CHOSEN : ROLE_SOURCE);
    if (end - col > 4)
        grid_put_cut(grid, rect.row, col + 2, end - col - 2, row->source->kind, ROLE_LABEL);
    for (size_t pane = 0; pane < 2; pane++) {
        if (!app->views[pane].reading)
            continue;
        put_mentions(list, grid, &rect, pane, mentions_of(&list->mentions, row->source, pane),
                     false);
        put_count(grid, &rect, 2 + pane, row->says[pane], false);
    }
}

static void draw_name(const struct source_sheet *list, struct app *app,
                      const struct source_row *row, bool is_chosen, struct grid *grid,
                      struct rect rect)
{
    int col = rect.col + 6 + 2 * (int)row->depth, end = cells_col(&rect);
    const struct mention *mention = row->mention;

    col += grid_put_cut(grid, rect.row, col, end - col, mention->name,
                        is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
    if (mention->rival && end - col > 4)
        grid_putf(grid, rect.row, col, end - col, ROLE_WARNING, "  also " SV_FMT,
                  SV_ARG(mention->rival->id));
    for (size_t pane = 0; pane < 2; pane++)
        if (app->views[pane].reading)
            put_mentions(list, grid, &rect, pane,
                         mention->doubtful[pane] ? mention->doubtful[pane] : mention->counts[pane],
                         mention->doubtful[pane] > 0);
}

static void draw_merged(const struct source_row *row, bool is_chosen, struct grid *grid,
                        struct rect rect)
{
    int col = rect.col + 6 + 2 * (int)row->depth;

    col += grid_put(grid, rect.row, col, rect.cols, SV("merged: "), ROLE_LABEL);
    grid_put_cut(grid, rect.row, col, rect.col + rect.cols - col, row->merged,
                 is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
}

static void draw_saying(struct app *app, const struct source_row *row, bool is_chosen,
                        struct grid *grid, struct rect rect)
{
    int col = rect.col + 6 + 2 * (int)row->depth, end = rect.col + rect.cols - 1;
    struct sv where = article_name(app->views[row->pane].reading->id);
    struct buf title = { 0 };

    col += grid_put_cut(grid, rect.row, col, end - col,
                        row->voice->act.len ? row->voice->act : SV("says"), ROLE_VALUE);
    if (row->voice->unsure)
        col += grid_put(grid, rect.row, col, end - col, SV("?"), ROLE_WARNING);
    if (rect.cols >= WIDE_COLS) {
        int cols = glyph_cols(where) < rect.cols / 4 ? glyph_cols(where) : rect.cols / 4;

        end -= cols + 2;
        grid_put_cut(grid, rect.row, end + 2, cols, where, ROLE_LABEL);
    }
    subject_title(row->claim, TITLE_COLS, &title);
    grid_put_cut(grid, rect.row, col + 2, end - col - 2, buf_sv(&title),
                 is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
    buf_release(&title);
}

void source_draw(struct sheet *sheet, struct app *app, size_t at, struct grid *grid,
                 struct rect rect)
{
    const struct source_sheet *list = (const struct source_sheet *)sheet;
    const struct source_row *row = &list->rows[at];
    bool is_chosen = at == sheet->at;

    grid_put(grid, rect.row, rect.col, 1, is_chosen ? SV("▶") : SV(" "), ROLE_KEY);
    switch (row->kind) {
    case ROW_SOURCE:
        draw_source(list, app, row, is_chosen, grid, rect);
        break;
    case ROW_NAME:
        draw_name(list, app, row, is_chosen, grid, rect);
        break;
    case ROW_MERGED:
        draw_merged(row, is_chosen, grid, rect);
        break;
    case ROW_SAYING:
        draw_saying(app, row, is_chosen, grid, rect);
        break;
    }
}
