// The conflicts that a merge left, side by side.
// Changes files only through session/conflicts.h; what was decided is gone from the list.
#include "tui/conflict_sheet.h"

#include "session/conflicts.h"
#include "text/wrap.h"
#include "tui/sheet.h"

#define WIDE_COLS  60 // from here the values stand side by side, below: one under the other
#define MARK_COLS  2
#define VALUE_MOST 12 // lines of a value

struct conflict_sheet {
    struct sheet sheet; // first: the list is a sheet
    struct conflicts conflicts;
};

static struct conflict_sheet *list_of(struct sheet *sheet)
{
    return (struct conflict_sheet *)sheet;
}

static const struct conflict_row *row_of(struct sheet *sheet, size_t row)
{
    return &list_of(sheet)->conflicts.items[row];
}

static void fill(struct sheet *sheet, struct app *app)
{
    conflicts_find(app->session, &list_of(sheet)->conflicts);
    sheet->count = list_of(sheet)->conflicts.count;
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    (void)app;
    buf_addf(out, "conflicts  %zu left  < takes ours, > theirs", sheet->count);
}

static bool begins_file(struct sheet *sheet, size_t row)
{
    return row == 0 || row_of(sheet, row)->path != row_of(sheet, row - 1)->path;
}

// Lines of a value in `cols` columns; drawn when there is a grid, from `row` on.
static int value_lines(struct sv value, int cols, struct grid *grid, int row, int col, int most,
                       enum role role)
{
    struct sv text = value.len ? value : SV("(nothing)"), line, piece;
    int count = 0;

    while (count < most && sv_split(&text, '\n', &line)) {
        do {
            piece = SV("");
            if (line.len && !wrap_string(&line, cols, &piece))
                break;
            if (grid)
                grid_put(grid, row + count, col, cols, piece, role);
            count++;
        } while (line.len && count < most);
    }
    return count;
}

// Columns of a value, and how many lines both take.
static int value_cols(int cols)
{
    return cols < WIDE_COLS ? cols - MARK_COLS : (cols - MARK_COLS - 3) / 2;
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    const struct doc_conflict *conflict = row_of(sheet, row)->conflict;
    int width = value_cols(cols);
    int ours = value_lines(conflict->ours, width, NULL, 0, 0, VALUE_MOST, ROLE_TEXT);
    int theirs = value_lines(conflict->theirs, width, NULL, 0, 0, VALUE_MOST, ROLE_TEXT);
    int both = cols < WIDE_COLS ? ours + theirs : ours > theirs ? ours : theirs;

    (void)app;
    return begins_file(sheet, row) + 1 + both;
}

static void draw_values(const struct doc_conflict *conflict, struct grid *grid, struct rect rect,
                        bool is_chosen)
{
    int width = value_cols(rect.cols), col = rect.col + MARK_COLS;
    enum role role = is_chosen ? ROLE_VALUE : ROLE_TEXT;
    int most = rect.rows < VALUE_MOST ? rect.rows : VALUE_MOST;
    int used = value_lines(conflict->ours, width, grid, rect.row, col, most, role);

    if (rect.cols < WIDE_COLS) {
        most = rect.rows - used < VALUE_MOST ? rect.rows - used : VALUE_MOST;
        value_lines(conflict->theirs, width, grid, rect.row + used, col, most, ROLE_SOURCE);
        return;
    }

    int theirs = value_lines(conflict->theirs, width, grid, rect.row, col + width + 3, most, role);

    for (int i = 0; i < (used > theirs ? used : theirs); i++)
        grid_put(grid, rect.row + i, col + width + 1, 1, SV("│"), ROLE_FRAME);
}

static void draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                 struct rect rect)
{
    const struct conflict_row *it = row_of(sheet, row);
    const struct doc_conflict *conflict = it->conflict;
    int col = rect.col + MARK_COLS, end = rect.col + rect.cols;

    (void)app;
    if (begins_file(sheet, row)) {
        grid_put_cut(grid, rect.row, rect.col, rect.cols, sv_from(it->path), ROLE_VALUE);
        rect.row++;
        rect.rows--;
    }
    if (rect.rows < 1)
        return;
    if (row == sheet->at)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    col += grid_put_cut(grid, rect.row, col, end - col,
                        conflict->field.len ? conflict->field : SV("the whole record"), ROLE_LABEL);
    if (conflict->record.len) {
        col += grid_put(grid, rect.row, col, end - col, SV(" of "), ROLE_LABEL);
        grid_put_cut(grid, rect.row, col, end - col, conflict->record, ROLE_LABEL);
    }
    rect.row++;
    rect.rows--;
    draw_values(conflict, grid, rect, row == sheet->at);
}

static void detail(struct sheet *sheet, struct app *app, size_t row, struct buf *out)
{
    struct sv base = sv_trim(row_of(sheet, row)->conflict->base);

    (void)app;
    buf_add_cstr(out, "was: ");
    if (!base.len)
        buf_add_cstr(out, "(nothing)");
    for (size_t i = 0; i < base.len; i++)
        buf_add_char(out, base.ptr[i] == '\n' ? ' ' : base.ptr[i]);
}

static void key(const struct sheet *sheet, size_t row, struct buf *out)
{
    const struct conflict_row *it = &((const struct conflict_sheet *)sheet)->conflicts.items[row];

    buf_addf(out, "%s\t" SV_FMT "\t" SV_FMT, it->path, SV_ARG(it->conflict->record),
             SV_ARG(it->conflict->field));
}

static struct sheet_subject subject(struct sheet *sheet, struct app *app, size_t row)
{
    (void)sheet, (void)app, (void)row;
    return (struct sheet_subject){ 0 };
}

static bool go(struct sheet *sheet, struct app *app, size_t row)
{
    (void)sheet, (void)row;
    app_say(app, ROLE_MESSAGE, "< takes the value on our side, > that on theirs");
    return false;
}

static void filter(struct sheet *sheet, struct app *app)
{
    go(sheet, app, sheet->at);
}

static void decide(struct sheet *sheet, struct app *app, enum doc_decision decision)
{
    struct buf path = { 0 };
    struct err err = { 0 };
    size_t left;

    if (sheet->at >= sheet->count)
        return;
    buf_add_cstr(&path, row_of(sheet, sheet->at)->path);
    if (!conflicts_decide(app->session, row_of(sheet, sheet->at), decision, &left, &err))
        app_say_err(app, &err);
    else if (left)
        app_say(app, ROLE_MESSAGE, "%s: %zu left", buf_cstr(&path), left);
    else
        app_say(app, ROLE_MESSAGE, "%s is merged; git add it when you leave", buf_cstr(&path));
    sheet_stale(sheet);
    buf_release(&path);
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    if (id == COMMAND_CONFLICTS)
        app_pop(app);
    else if (id == COMMAND_TAKE_OURS)
        decide(sheet, app, DECIDE_OURS);
    else if (id == COMMAND_TAKE_THEIRS)
        decide(sheet, app, DECIDE_THEIRS);
    else
        return false;
    return true;
}

static void list_free(struct sheet *sheet)
{
    conflicts_release(&list_of(sheet)->conflicts);
}

static const struct sheet_ops ops = {
    .name = "conflicts",
    .size = sizeof(struct conflict_sheet),
    .empty = "no conflict is left in the files of this workspace",
    .fill = fill,
    .title = title,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .subject = subject,
    .go = go,
    .filter = filter,
    .command = command,
    .free = list_free,
};

void conflict_sheet_open(struct app *app)
{
    sheet_open(app, &ops);
}
