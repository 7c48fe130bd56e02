// The picture of the threads: records, and what was said of each. Changes nothing.
#include "tui/talk_box.h"

#include "text/glyph.h"
#include "text/wrap.h"
#include "tui/subject.h"

#define WHEN_CHARS 16  // 2026-11-25T21:14
#define TEXT_COL   6   // of what is said
#define TEXT_ROWS  12  // of one comment
#define TITLE_COLS 200 // more than a row holds; the row cuts it

// The words of the record, or what it says; a link by its type.
static void add_words(const struct app *app, const struct talk_row *row, struct buf *out)
{
    struct rec_list parts;

    if (!row->rec) {
        bool is_hidden = row->reading && session_is_blind(app->session, row->reading) &&
                         !sv_eq(row->about.annotator, session_annotator(app->session));

        buf_addf(out, SV_FMT " is %s", SV_ARG(row->about.id),
                 is_hidden ? "hidden" : "not there any more");
    } else if (row->section == SECTION_CLAIMS) {
        subject_title(row->rec, TITLE_COLS, out);
    } else if (row->section == SECTION_LINKS) {
        const struct link *link = row->rec;

        buf_addf(out, "link: " SV_FMT " " SV_FMT, SV_ARG(link->type), SV_ARG(link->why));
    } else {
        parts = record_parts(row->section, row->rec);
        buf_addf(out, "%s: ", kind_get(section_get(row->section)->kind)->name);
        if (parts.count)
            buf_add(out, ((const struct part *)parts.items[0])->quote);
    }
}

static int text_rows(struct sv text, int cols)
{
    struct sv rest = sv_trim(text), piece;
    int rows = 0;

    while (rows < TEXT_ROWS && rest.len && wrap_string(&rest, cols, &piece))
        rows++;
    return rows;
}

int talk_lines(struct sheet *sheet, struct app *app, size_t at, int cols)
{
    const struct talk_row *row = &((const struct talk_box *)sheet)->rows[at];

    (void)app;
    return 1 + (row->said ? text_rows(row->said->comment->text, cols - TEXT_COL - 1) : 0);
}

static void draw_record(const struct app *app, const struct talk_row *row, bool is_chosen,
                        struct grid *grid, struct rect rect)
{
    int col = rect.col + 2, end = rect.col + rect.cols - 1;
    struct buf words = { 0 };

    col += grid_put_cut(grid, rect.row, col, end - col, row->about.annotator, ROLE_SOURCE) + 2;
    if (row->thread && !row->thread->is_open) {
        end -= 10;
        grid_put(grid, rect.row, end + 1, 9, SV("resolved"), ROLE_LABEL);
    }
    add_words(app, row, &words);
    if (end > col)
        grid_put_cut(grid, rect.row, col, end - col, buf_sv(&words),
                     is_chosen     ? ROLE_CHOSEN
                     : row->thread ? ROLE_VALUE
                                   : ROLE_TEXT);
    buf_release(&words);
}

static void draw_said(const struct talk_row *row, bool is_chosen, struct grid *grid,
                      struct rect rect)
{
    const struct comment *comment = row->said->comment;
    int col = rect.col + 4, end = rect.col + rect.cols - 1;
    struct sv rest = sv_trim(comment->text), piece;

    col += grid_put_cut(grid, rect.row, col, end - col, row->said->layer->head.annotator,
                        is_chosen ? ROLE_CHOSEN : ROLE_SOURCE);
    col += 2 + grid_put_cut(grid, rect.row, col + 2, end - col - 2,
                            sv_sub(comment->created, 0, WHEN_CHARS), ROLE_LABEL);
    grid_put_cut(grid, rect.row, col + 2, end - col - 2, comment->kind,
                 comment_resolves(comment) ? ROLE_LABEL : ROLE_WARNING);
    for (int i = 1; i < rect.rows && rest.len; i++) {
        if (!wrap_string(&rest, rect.cols - TEXT_COL - 1, &piece))
            break;
        grid_put(grid, rect.row + i, rect.col + TEXT_COL, rect.cols - TEXT_COL - 1, piece,
                 ROLE_TEXT);
        if (i == TEXT_ROWS && rest.len)
            grid_put(grid, rect.row + i, end, 1, SV("…"), ROLE_LABEL);
    }
}

void talk_draw(struct sheet *sheet, struct app *app, size_t at, struct grid *grid, struct rect rect)
{
    const struct talk_row *row = &((const struct talk_box *)sheet)->rows[at];
    bool is_chosen = at == sheet->at;

    (void)app;
    if (is_chosen)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    if (row->said)
        draw_said(row, is_chosen, grid, rect);
    else
        draw_record(app, row, is_chosen, grid, rect);
}
