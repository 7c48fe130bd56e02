// The table of who reads what. Reads in the rows it shows alone; never changes another's reading.
#include "tui/status_sheet.h"

#include <limits.h>
#include <stdlib.h>

#include "session/peers.h"
#include "session/roster.h"
#include "session/verbs.h"
#include "text/glyph.h"
#include "tui/sheet.h"
#include "tui/subject.h"

#define WIDE_COLS                                                                                  \
    64 // from here a row has its annotator and its article; below, one heads the others
#define NAME_MOST  16 // cells of an annotator
#define STATE_COLS 12
#define LEFT_COLS  2 // the sign of the chosen row, and a blank

struct status_box {
    struct sheet sheet; // first: the box is its sheet
    struct roster roster;
    size_t *rows;                // numbers of rows of the roster, as they are shown
    int name_cols, article_cols; // the longest of those shown
    bool is_by_article, is_event, is_begun;
};

// Columns at the right end of a row. Where the guideline has no room, a sign says that it is an old
// one.
enum column { CELL_OLD, CELL_READ, CELL_CLAIMS, CELL_LINKS, CELL_GUIDELINE, CELL__N };
static const struct {
    const char *name;
    int cols;
} cells[] = { [CELL_OLD] = { "", 2 },
              [CELL_READ] = { "read", 6 },
              [CELL_CLAIMS] = { "claims", 7 },
              [CELL_LINKS] = { "links", 6 },
              [CELL_GUIDELINE] = { "guideline", 11 } };

#define CELL(name) (1U << CELL_##name)

// What is shown in a width.
struct shape {
    unsigned cells; // bits of enum column
    bool is_wide;
    int name, state; // cells of the annotator; column of the state, from the left end
};

static struct status_box *box_of(struct sheet *sheet)
{
    return (struct status_box *)sheet;
}

static struct roster_row *row_of(const struct sheet *sheet, size_t at)
{
    const struct status_box *box = (const struct status_box *)sheet;

    return &box->roster.rows[box->rows[at]];
}

// ---- rows

static int by_article(const void *a, const void *b)
{
    const struct roster_row *x = a, *y = b;
    int diff = sv_cmp(x->article, y->article);

    return diff ? diff : sv_cmp(x->annotator, y->annotator);
}

static bool is_seen(const struct status_box *box, struct app *app, const struct roster_row *row)
{
    const struct reading *reading = app_view(app)->reading;
    struct sv filter = buf_sv(&box->sheet.filter);

    if (box->is_event && reading && !sv_eq(article_event(reading->id), article_event(row->article)))
        return false;
    return !filter.len || sv_find(row->annotator, filter, 0) != SIZE_MAX ||
           sv_find(row->article, filter, 0) != SIZE_MAX;
}

static int longer(int cols, struct sv text, int most)
{
    int own = glyph_cols(text) < most ? glyph_cols(text) : most;

    return own > cols ? own : cols;
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct status_box *box = box_of(sheet);
    const struct reading *reading = app_view(app)->reading;

    roster_release(&box->roster);
    mem_free(box->rows);
    roster_find(app->session, &box->roster);
    if (box->is_by_article && box->roster.count)
        qsort(box->roster.rows, box->roster.count, sizeof(*box->roster.rows), by_article);
    box->rows = mem_new((box->roster.count + 1) * sizeof(*box->rows));
    box->name_cols = glyph_cols(SV("annotator"));
    box->article_cols = glyph_cols(SV("article"));
    for (size_t i = 0; i < box->roster.count; i++) {
        const struct roster_row *row = &box->roster.rows[i];

        if (!is_seen(box, app, row))
            continue;
        if (!box->is_begun && reading && row->is_own && sv_eq(row->article, reading->id)) {
            sheet->at = sheet->count;
            buf_clear(&sheet->chosen);
        }
        box->rows[sheet->count++] = i;
        box->name_cols = longer(box->name_cols, row->annotator, NAME_MOST);
        box->article_cols = longer(box->article_cols, row->article, INT_MAX);
    }
    box->is_begun = true;
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct team *team = session_team(app->session);
    const struct status_box *box = box_of(sheet);

    buf_addf(out, "status  %zu", sheet->count);
    if (box->is_event)
        buf_add_cstr(out, " of this event");
    if (team->head.guideline.len)
        buf_addf(out, "  guideline " SV_FMT, SV_ARG(team->head.guideline));
    if (team->head.blind)
        buf_add_cstr(out, "  blind");
    if (box->sheet.filter.len)
        buf_addf(out, "  f: %s", buf_cstr(&box->sheet.filter));
}

static void detail(struct sheet *sheet, struct app *app, size_t at, struct buf *out)
{
    struct roster_row *row = row_of(sheet, at);

    roster_look(app->session, &box_of(sheet)->roster, box_of(sheet)->rows[at]);
    if (row->is_hidden)
        buf_add_cstr(out, "hidden until your own reading of the article is finished");
    else if (row->is_refused)
        buf_add_cstr(out, "the file could not be read; gainsay check says why");
    else if (!row->is_own)
        buf_addf(out, "<Enter> opens " SV_FMT " in your own layer", SV_ARG(row->article));
    else if (session_as_of(app->session))
        buf_add_cstr(out, "as it was then");
    else if (row->is_old && row->is_there)
        buf_addf(out, "made under %s" SV_FMT "; V when you have gone through it by " SV_FMT,
                 row->guideline.len ? "guideline " : "no guideline", SV_ARG(row->guideline),
                 SV_ARG(session_team(app->session)->head.guideline));
    else
        buf_addf(out, "D %s", row->is_finished ? "takes it up again" : "marks it as finished");
    if (session_team(app->session)->is_there && !row->is_assigned)
        buf_add_cstr(out, "; not assigned");
}

static void key(const struct sheet *sheet, size_t at, struct buf *out)
{
    const struct roster_row *row = row_of(sheet, at);

    buf_addf(out, SV_FMT " " SV_FMT, SV_ARG(row->annotator), SV_ARG(row->article));
}

// ---- drawing

static int cells_cols(unsigned shown)
{
    int sum = 0;

    for (int i = 0; i < CELL__N; i++)
        sum += shown >> i & 1 ? cells[i].cols : 0;
    return sum;
}

// As many columns as leave the ids of the articles whole; where none does, the ids are cut.
static struct shape find_shape(const struct status_box *box, const struct app *app, int cols)
{
    static const unsigned choices[] = {
        CELL(READ) | CELL(CLAIMS) | CELL(LINKS) | CELL(GUIDELINE),
        CELL(OLD) | CELL(READ) | CELL(CLAIMS) | CELL(LINKS),
        CELL(OLD) | CELL(READ) | CELL(CLAIMS),
        CELL(OLD) | CELL(READ),
    };
    bool has_guideline = session_team(app->session)->head.guideline.len;
    struct shape shape = { .is_wide = cols >= WIDE_COLS, .name = box->name_cols };
    int need = LEFT_COLS + box->name_cols + 1 + box->article_cols + 1 + STATE_COLS + 1;

    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        shape.cells = has_guideline ? choices[i] : choices[i] & ~(CELL(OLD) | CELL(GUIDELINE));
        if (shape.is_wide && need + cells_cols(shape.cells) <= cols)
            break;
    }
    shape.state = cols - 1 - cells_cols(shape.cells) - STATE_COLS;
    return shape;
}

static struct sv group_of(const struct status_box *box, const struct roster_row *row)
{
    return box->is_by_article ? row->article : row->annotator;
}

// In a narrow list: does a row begin a group of those about the same annotator, or article?
static bool begins_group(const struct sheet *sheet, size_t at)
{
    const struct status_box *box = (const struct status_box *)sheet;

    return !at || !sv_eq(group_of(box, row_of(sheet, at)), group_of(box, row_of(sheet, at - 1)));
}

static void put_right(struct grid *grid, int row, int col, int cols, struct sv text, enum role role)
{
    int used = glyph_cols(text) < cols ? glyph_cols(text) : cols - 1;

    grid_put_cut(grid, row, col + cols - used, used, text, role);
}

static void draw_head(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect)
{
    const struct status_box *box = box_of(sheet);
    struct shape shape = find_shape(box, app, rect.cols);
    int col = rect.col + LEFT_COLS, right = rect.col + shape.state + STATE_COLS;

    if (shape.is_wide) {
        grid_put(grid, rect.row, col, shape.name, SV("annotator"), ROLE_LABEL);
        col += shape.name + 1;
    }
    grid_put_cut(grid, rect.row, col, rect.col + shape.state - col - 1,
                 shape.is_wide || !box->is_by_article ? SV("article") : SV("annotator"),
                 ROLE_LABEL);
    grid_put(grid, rect.row, rect.col + shape.state, STATE_COLS, SV("state"), ROLE_LABEL);
    for (int i = 0; i < CELL__N; i++) {
        if (!(shape.cells >> i & 1))
            continue;
        put_right(grid, rect.row, right, cells[i].cols, sv_from(cells[i].name), ROLE_LABEL);
        right += cells[i].cols;
    }
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    (void)app;
    return 1 + (cols < WIDE_COLS && begins_group(sheet, row));
}

static void add_cell(const struct roster_row *row, enum column cell, struct buf *out)
{
    if (cell == CELL_READ)
        buf_addf(out, "%zu %%", row->read);
    else if (cell == CELL_CLAIMS || cell == CELL_LINKS)
        buf_addf(out, "%zu", cell == CELL_CLAIMS ? row->claims : row->links);
    else if (row->is_old && cell == CELL_OLD)
        buf_add_char(out, 'V');
    else if (cell == CELL_GUIDELINE && (row->guideline.len || row->is_old))
        buf_add(out, row->guideline.len ? row->guideline : SV("none"));
}

static void draw_cells(const struct roster_row *row, const struct shape *shape, struct grid *grid,
                       int at_row, int col)
{
    for (int i = 0; i < CELL__N; i++) {
        bool is_old = row->is_old && (i == CELL_OLD || i == CELL_GUIDELINE);
        struct buf text = { 0 };

        if (!(shape->cells >> i & 1))
            continue;
        add_cell(row, (enum column)i, &text);
        put_right(grid, at_row, col, cells[i].cols, buf_sv(&text),
                  is_old ? ROLE_WARNING : ROLE_TEXT);
        col += cells[i].cols;
        buf_release(&text);
    }
}

static struct sv state_of(const struct roster_row *row)
{
    return row->is_hidden     ? SV("hidden")
           : row->is_refused  ? SV("not read")
           : row->is_finished ? SV(STATE_FINISHED)
           : row->is_there    ? SV("in progress")
                              : SV("new");
}

// The id of an article, or its name alone where that has no room.
static void put_article(struct grid *grid, int row, int col, int cols, struct sv article,
                        enum role role)
{
    grid_put_cut(grid, row, col, cols,
                 glyph_cols(article) <= cols ? article : article_name(article), role);
}

// Who reads what, before the state.
static void draw_names(const struct status_box *box, const struct roster_row *row,
                       const struct shape *shape, struct grid *grid, struct rect rect,
                       bool is_chosen)
{
    int col = rect.col + LEFT_COLS, end = rect.col + shape->state - 1;
    enum role name = row->is_own ? ROLE_VALUE : ROLE_SOURCE;
    enum role article = is_chosen ? ROLE_CHOSEN : ROLE_TEXT;

    if (shape->is_wide) {
        grid_put_cut(grid, rect.row, col, shape->name, row->annotator, name);
        col += shape->name + 1;
    }
    if (shape->is_wide || !box->is_by_article)
        put_article(grid, rect.row, col, end - col, row->article, article);
    else
        grid_put_cut(grid, rect.row, col, end - col, row->annotator, name);
}

static void draw(struct sheet *sheet, struct app *app, size_t at, struct grid *grid,
                 struct rect rect)
{
    struct status_box *box = box_of(sheet);
    struct roster_row *row = row_of(sheet, at);
    struct shape shape = find_shape(box, app, rect.cols);

    roster_look(app->session, &box->roster, box->rows[at]);
    if (!shape.is_wide && begins_group(sheet, at)) {
        grid_put_cut(grid, rect.row++, rect.col + 1, rect.cols - 1, group_of(box, row), ROLE_LABEL);
        if (--rect.rows < 1)
            return;
    }
    if (at == sheet->at)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    draw_names(box, row, &shape, grid, rect, at == sheet->at);
    grid_put(grid, rect.row, rect.col + shape.state, STATE_COLS, state_of(row),
             row->is_finished ? ROLE_VALUE : ROLE_LABEL);
    if (!row->is_hidden && row->is_there && !row->is_refused)
        draw_cells(row, &shape, grid, rect.row, rect.col + shape.state + STATE_COLS);
}

// ---- commands

static void finish(struct app *app, struct reading *reading)
{
    const struct team *team = session_team(app->session);
    bool is_finished = !layer_is_finished(&reading->file.layer);
    struct err err = { 0 };

    if (!verb_finish(app->session, reading, is_finished, &err))
        app_say_err(app, &err);
    else if (is_finished && team->head.blind)
        app_say(app, ROLE_MESSAGE,
                "finished: what others made of it is shown from now on; u takes it back");
    else if (is_finished && team_guideline_is_old(team, &reading->file.layer))
        app_say(app, ROLE_WARNING, "finished, under another guideline than " SV_FMT "; V mends it",
                SV_ARG(team->head.guideline));
    else if (is_finished)
        app_say(app, ROLE_MESSAGE, "finished; u takes it back");
    else if (session_is_blind(app->session, reading))
        app_say(app, ROLE_MESSAGE, "taken up again: what others made of it is hidden");
    else
        app_say(app, ROLE_MESSAGE, "taken up again");
}

static void update(struct app *app, struct reading *reading)
{
    struct err err = { 0 };

    if (!team_guideline_is_old(session_team(app->session), &reading->file.layer) &&
        session_team(app->session)->head.guideline.len)
        app_say(app, ROLE_MESSAGE, "it is as guideline " SV_FMT " has it already",
                SV_ARG(session_team(app->session)->head.guideline));
    else if (!verb_guideline(app->session, reading, &err))
        app_say_err(app, &err);
    else
        app_say(app, ROLE_MESSAGE, "your reading is as guideline " SV_FMT " has it now",
                SV_ARG(reading->file.layer.head.guideline));
}

// Elsewhere they would show a blind annotator what they did not mean to see.
bool status_command(struct app *app, enum command_id id)
{
    if (id != COMMAND_FINISH && id != COMMAND_GUIDELINE)
        return false;
    app_say(app, ROLE_WARNING, "gS lists who reads what; there it is said what is finished");
    return true;
}

static bool open_row(struct sheet *sheet, struct app *app, size_t at, struct reading **out)
{
    struct err err = { 0 };

    if (session_open(app->session, row_of(sheet, at)->article, out, &err))
        return true;
    app_say_err(app, &err);
    return false;
}

static void change_row(struct sheet *sheet, struct app *app, enum command_id id)
{
    struct reading *reading;

    if (!sheet->count)
        return;
    if (!row_of(sheet, sheet->at)->is_own)
        app_say(app, ROLE_WARNING, "this is the reading of another; only they can say so");
    else if (!open_row(sheet, app, sheet->at, &reading))
        return;
    else if (id == COMMAND_FINISH)
        finish(app, reading);
    else
        update(app, reading);
}

static bool go(struct sheet *sheet, struct app *app, size_t at)
{
    struct reading *reading;

    if (!open_row(sheet, app, at, &reading))
        return false;
    subject_focus(app, reading, NULL);
    app_say(app, ROLE_MESSAGE, "q goes back to the table");
    return true;
}

static void filter(struct sheet *sheet, struct app *app)
{
    sheet_ask_filter(sheet, app, "annotators and articles with: ");
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    struct status_box *box = box_of(sheet);

    if (id == COMMAND_FINISH || id == COMMAND_GUIDELINE)
        change_row(sheet, app, id);
    else if (id == COMMAND_ROW_SORT)
        box->is_by_article = !box->is_by_article;
    else if (id == COMMAND_MATRIX)
        box->is_event = !box->is_event;
    else
        return false;
    if (id == COMMAND_ROW_SORT || id == COMMAND_MATRIX)
        sheet_stale(sheet);
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct status_box *box = box_of(sheet);
    const struct roster_row *row = sheet->count ? row_of(sheet, sheet->at) : NULL;

    (void)app;
    if (id == COMMAND_ROW_SORT)
        return box->is_by_article ? "by annotator" : "by article";
    if (id == COMMAND_MATRIX)
        return box->is_event ? "all events" : "this event";
    if (id == COMMAND_ROW_GO)
        return row ? "open" : "";
    if (id == COMMAND_FINISH)
        return !row || !row->is_own ? "" : row->is_finished ? "take up again" : "finish";
    if (id == COMMAND_GUIDELINE)
        return row && row->is_own && row->is_old && row->is_there ? "as guideline" : "";
    return NULL;
}

static void box_free(struct sheet *sheet)
{
    struct status_box *box = box_of(sheet);

    roster_release(&box->roster);
    mem_free(box->rows);
}

static const struct sheet_ops ops = {
    .name = "status",
    .own = COMMAND_STATUS,
    .size = sizeof(struct status_box),
    .empty = "nobody reads anything here, or f leaves it out",
    .fill = fill,
    .title = title,
    .head_rows = 1,
    .head = draw_head,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .go = go,
    .filter = filter,
    .command = command,
    .word = word,
    .free = box_free,
};

void status_sheet_open(struct app *app)
{
    (void)sheet_open(app, &ops);
}
