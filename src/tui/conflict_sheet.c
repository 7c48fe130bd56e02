// The conflicts that a merge left, side by side.
// Changes files only through session/conflicts.h; what was decided is gone from the list.
#include "tui/conflict_sheet.h"

#include "session/conflicts.h"
#include "tui/sheet.h"
#include "tui/sides.h"

#define NARROW_COLS 60 // below, the values stand one under the other
#define MARK_COLS   2

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

// Below each other theirs stand out from ours.
static struct sides sides_of(const struct doc_conflict *conflict, int cols, bool is_chosen)
{
    enum role role = is_chosen ? ROLE_VALUE : ROLE_TEXT;

    return (struct sides){ conflict->ours, conflict->theirs, role,
                           cols < NARROW_COLS ? ROLE_SOURCE : role };
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    struct sides sides = sides_of(row_of(sheet, row)->conflict, cols, false);

    (void)app;
    return begins_file(sheet, row) + 1 + sides_lines(&sides, cols - MARK_COLS);
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

    struct sides sides = sides_of(conflict, rect.cols, row == sheet->at);

    sides_draw(&sides, grid,
               (struct rect){ rect.row, rect.col + MARK_COLS, rect.rows, rect.cols - MARK_COLS });
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

static bool go(struct sheet *sheet, struct app *app, size_t row)
{
    (void)sheet, (void)row;
    app_say(app, ROLE_MESSAGE, "< takes the value on our side, > that on theirs");
    return false;
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
    if (id == COMMAND_TAKE_OURS)
        decide(sheet, app, DECIDE_OURS);
    else if (id == COMMAND_TAKE_THEIRS)
        decide(sheet, app, DECIDE_THEIRS);
    else
        return false;
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    (void)app;
    if (id == COMMAND_ROW_GO)
        return "";
    if (id == COMMAND_TAKE_OURS || id == COMMAND_TAKE_THEIRS)
        return !sheet->count ? "" : id == COMMAND_TAKE_OURS ? "ours" : "theirs";
    return NULL;
}

static void list_free(struct sheet *sheet)
{
    conflicts_release(&list_of(sheet)->conflicts);
}

static const struct sheet_ops ops = {
    .name = "conflicts",
    .own = COMMAND_CONFLICTS,
    .size = sizeof(struct conflict_sheet),
    .empty = "no conflict is left in the files of this workspace",
    .fill = fill,
    .title = title,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .go = go,
    .command = command,
    .word = word,
    .free = list_free,
};

void conflict_sheet_open(struct app *app)
{
    sheet_open(app, &ops);
}
