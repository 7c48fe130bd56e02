// A list that fills the screen: moving in it, drawing what is seen of it, going to the text and
// back. Never looks at a row it does not show, so that ten thousand are as quick as ten.
#include "tui/sheet.h"

#include <string.h>

#include "tui/prompt.h"
#include "tui/row_move.h"
#include "tui/wrapped.h"

#define BUTTON_LEFT 1
#define WHEEL_UP    4
#define WHEEL_DOWN  5
#define WHEEL_ROWS  3
#define DETAIL_ROWS 4 // at most, of what is said below the rows
#define DETAIL_FROM 7 // rows: where there are fewer it has one

static struct sheet *sheet_of(struct overlay *overlay)
{
    return (struct sheet *)overlay;
}

static void remember(struct sheet *sheet)
{
    buf_clear(&sheet->chosen);
    if (sheet->at < sheet->count)
        sheet->ops->key(sheet, sheet->at, &sheet->chosen);
}

// The row with this key; `count` when there is none. It is looked for from the chosen row on, since
// it mostly stands where it stood.
static size_t find_row(const struct sheet *sheet, struct sv wanted)
{
    struct buf key = { 0 };
    size_t found = sheet->count;

    for (size_t i = 0; wanted.len && i < sheet->count && found == sheet->count; i++) {
        size_t row = (sheet->at + i) % sheet->count;

        buf_clear(&key);
        sheet->ops->key(sheet, row, &key);
        if (sv_eq(buf_sv(&key), wanted))
            found = row;
    }
    buf_release(&key);
    return found;
}

// The row that was chosen before; when it is gone, the one in its place, until it comes back.
static void find_chosen(struct sheet *sheet)
{
    size_t row = find_row(sheet, buf_sv(&sheet->gone));

    if (row == sheet->count) {
        row = find_row(sheet, buf_sv(&sheet->chosen));
        if (row == sheet->count && !sheet->gone.len)
            buf_add(&sheet->gone, buf_sv(&sheet->chosen));
    } else {
        buf_clear(&sheet->gone);
    }
    if (row < sheet->count)
        sheet->at = row;
    if (sheet->at >= sheet->count)
        sheet->at = sheet->count ? sheet->count - 1 : 0;
    remember(sheet);
}

static bool is_current(const struct sheet *sheet, const struct app *app)
{
    return !sheet->is_stale && sheet->version == session_version(app->session);
}

static void look(struct sheet *sheet, struct app *app)
{
    if (is_current(sheet, app))
        return;
    sheet->is_stale = false;
    sheet->is_behind = false;
    sheet->version = session_version(app->session);
    sheet->count = 0;
    sheet->ops->fill(sheet, app);
    find_chosen(sheet);
}

void sheet_choose(struct sheet *sheet, size_t row)
{
    sheet->at = row < sheet->count ? row : sheet->count ? sheet->count - 1 : 0;
    buf_clear(&sheet->gone);
    remember(sheet);
}

void sheet_stale(struct sheet *sheet)
{
    sheet->is_stale = true;
}

// ---- drawing

// The lines of the rows from `first` to the last, counted up to `most`.
static int lines_from(struct sheet *sheet, struct app *app, size_t first, int most, int cols)
{
    int lines = 0;

    for (size_t i = first; i < sheet->count && lines < most; i++)
        lines += sheet->ops->lines(sheet, app, i, cols);
    return lines;
}

// Scroll as little as brings all of the chosen row into `rows` lines, and leaves none of them
// empty.
static void scroll(struct sheet *sheet, struct app *app, int rows, int cols)
{
    size_t first = sheet->at;
    int used;

    if (sheet->top > sheet->at || sheet->top >= sheet->count)
        sheet->top = sheet->at;
    used = sheet->ops->lines(sheet, app, first, cols);
    while (first > sheet->top) {
        used += sheet->ops->lines(sheet, app, first - 1, cols);
        if (used > rows)
            break;
        first--;
    }
    used = lines_from(sheet, app, first, rows, cols);
    while (first > 0 && used < rows) {
        used += sheet->ops->lines(sheet, app, first - 1, cols);
        if (used > rows)
            break;
        first--;
    }
    sheet->top = first;
}

static void draw_rows(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect)
{
    int row = 0;

    sheet->area = rect;
    scroll(sheet, app, rect.rows, rect.cols);
    sheet->page = 0;
    for (size_t i = sheet->top; i < sheet->count && row < rect.rows; i++) {
        int lines = sheet->ops->lines(sheet, app, i, rect.cols), left = rect.rows - row;

        sheet->ops->draw(
            sheet, app, i, grid,
            (struct rect){ rect.row + row, rect.col, lines < left ? lines : left, rect.cols });
        sheet->page += lines <= left;
        row += lines;
    }
    if (!sheet->page)
        sheet->page = 1;
}

static void draw_title(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect)
{
    struct buf title = { 0 };
    int col = rect.col + 1;

    grid_fill(grid, (struct rect){ rect.row, rect.col, 1, rect.cols }, "─", ROLE_FRAME_ON);
    buf_add_char(&title, ' ');
    sheet->ops->title(sheet, app, &title);
    buf_add_char(&title, ' ');
    grid_put_cut(grid, rect.row, col, rect.cols - 2, buf_sv(&title), ROLE_LABEL);
    buf_release(&title);
}

// What more is known of the chosen row, at the bottom of `rect`: returns the rows it takes, one at
// least.
static int draw_detail(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect)
{
    struct rect at = { .col = rect.col + 2, .cols = rect.cols - 3 };
    struct buf text = { 0 };

    if (sheet->count)
        sheet->ops->detail(sheet, app, sheet->at, &text);
    at.rows = wrapped_rows(buf_sv(&text), at.cols, rect.rows > DETAIL_FROM ? DETAIL_ROWS : 1);
    at.row = rect.row + rect.rows - at.rows;
    wrapped_draw(grid, at, buf_sv(&text), ROLE_LABEL);
    buf_release(&text);
    return at.rows ? at.rows : 1;
}

static void sheet_draw(struct overlay *overlay, struct app *app, struct grid *grid,
                       struct rect rect)
{
    struct sheet *sheet = sheet_of(overlay);
    struct rect inner = { rect.row + 1, rect.col, rect.rows - 1, rect.cols };
    int head = sheet->ops->head_rows;

    look(sheet, app);
    grid_fill(grid, rect, " ", ROLE_TEXT);
    grid->is_cursor_visible = false;
    draw_title(sheet, app, grid, rect);
    if (!sheet->count) {
        inner.col += 2;
        inner.cols -= 3;
        wrapped_draw(grid, inner, sheet->is_behind ? SV("...") : sv_from(sheet->ops->empty),
                     ROLE_LABEL);
        return;
    }
    inner.rows -= draw_detail(sheet, app, grid, inner);
    if (head && inner.rows > head + 2) {
        sheet->ops->head(sheet, app, grid, (struct rect){ inner.row, inner.col, head, inner.cols });
        inner.row += head;
        inner.rows -= head;
    }
    draw_rows(sheet, app, grid, inner);
}

static int sheet_height(const struct overlay *overlay, const struct app *app, int rows, int cols)
{
    (void)overlay, (void)app, (void)rows, (void)cols;
    return 0; // the whole middle
}

// ---- commands

static void go(struct sheet *sheet, struct app *app)
{
    if (sheet->count && sheet->ops->go(sheet, app, sheet->at))
        app_park(app);
}

static bool move(struct sheet *sheet, enum command_id id, int count)
{
    size_t at = sheet->at;

    if (!row_move(id, count, sheet->page ? sheet->page : 1, &at))
        return false;
    sheet_choose(sheet, at);
    return true;
}

static bool sheet_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct sheet *sheet = sheet_of(overlay);

    look(sheet, app);
    if (move(sheet, id, app->count) || (sheet->ops->command && sheet->ops->command(sheet, app, id)))
        return true;
    if (id == COMMAND_QUIT || id == COMMAND_LEAVE || id == sheet->ops->own)
        app_pop(app);
    else if (id == COMMAND_ROW_GO)
        go(sheet, app);
    else if (id == COMMAND_ROW_FILTER && sheet->ops->filter)
        sheet->ops->filter(sheet, app);
    else if (id == COMMAND_ROW_FILTER)
        app_say(app, ROLE_MESSAGE, "this list has no filter");
    else
        return sheet_edit(sheet, app, id);
    return true;
}

static bool sheet_word(struct overlay *overlay, struct app *app, enum command_id id,
                       struct buf *out)
{
    struct sheet *sheet = sheet_of(overlay);
    const char *word;

    look(sheet, app);
    word = sheet->ops->word ? sheet->ops->word(sheet, app, id) : NULL;
    if (!word && (id == COMMAND_QUIT || id == COMMAND_LEAVE || id == sheet->ops->own))
        word = "leave";
    else if (!word && id == COMMAND_ROW_FILTER)
        word = sheet->ops->filter ? "filter" : NULL;
    else if (!word && id == COMMAND_ROW_GO)
        word = sheet->count ? "show" : NULL;
    else if (!word)
        word = sheet_edit_word(sheet, app, id);
    if (!word || !*word)
        return false;
    buf_add_cstr(out, word);
    return true;
}

// Choose the row at a row of the screen.
static void click(struct sheet *sheet, struct app *app, int row)
{
    int end = sheet->area.row;

    for (size_t i = sheet->top; i < sheet->count && end < sheet->area.row + sheet->area.rows; i++) {
        int beg = end;

        end += sheet->ops->lines(sheet, app, i, sheet->area.cols);
        if (row >= beg && row < end) {
            sheet_choose(sheet, i);
            return;
        }
    }
}

static bool sheet_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    struct sheet *sheet = sheet_of(overlay);
    if (event->type != EVENT_MOUSE)
        return false;
    look(sheet, app);
    if (event->button == BUTTON_LEFT)
        click(sheet, app, event->row);
    else if (event->button == WHEEL_UP || event->button == WHEEL_DOWN)
        move(sheet, event->button == WHEEL_UP ? COMMAND_LIST_UP : COMMAND_LIST_DOWN, WHEEL_ROWS);
    return true;
}

static bool sheet_is_behind(const struct overlay *overlay, const struct app *app)
{
    const struct sheet *sheet = (const struct sheet *)overlay;

    return sheet->ops->go_on && (sheet->is_behind || !is_current(sheet, app));
}

static void sheet_rest(struct overlay *overlay, struct app *app)
{
    struct sheet *sheet = sheet_of(overlay);

    look(sheet, app);
    if (sheet->is_behind && sheet->ops->go_on(sheet, app))
        find_chosen(sheet);
}

static void sheet_free(struct overlay *overlay)
{
    struct sheet *sheet = sheet_of(overlay);

    sheet->ops->free(sheet);
    buf_release(&sheet->filter);
    buf_release(&sheet->chosen);
    buf_release(&sheet->gone);
    mem_free(sheet);
}

static const struct overlay_ops overlay_ops = {
    .context = CONTEXT_BOARD,
    .height = sheet_height,
    .draw = sheet_draw,
    .command = sheet_command,
    .word = sheet_word,
    .event = sheet_event,
    .is_behind = sheet_is_behind,
    .rest = sheet_rest,
    .free = sheet_free,
};

// Take up the sheet of this kind that was put aside, in place of one on top. false: it was another,
// or none.
static bool resume(struct app *app, const struct sheet_ops *ops)
{
    const struct sheet *sheet = app->parked ? sheet_of(app->parked) : NULL;

    while (app->top && app->top->ops == &overlay_ops && !ops->is_over) // one at a time
        app_pop(app);
    return sheet && sheet->ops == ops && app_unpark(app);
}

struct sheet *sheet_open(struct app *app, const struct sheet_ops *ops)
{
    struct reading *reading = app_view(app)->reading;
    struct sheet *sheet;

    if (ops->of_article && !reading) {
        app_say(app, ROLE_WARNING, "no article is open; go opens one");
        return NULL;
    }
    if (resume(app, ops))
        return NULL;
    sheet = mem_new(ops->size);
    sheet->overlay.ops = &overlay_ops;
    sheet->ops = ops;
    sheet->reading = ops->of_article ? reading : NULL;
    sheet->is_stale = true;
    app_push(app, &sheet->overlay);
    return sheet;
}

struct sheet *sheet_on_top(struct app *app)
{
    if (!app->top || app->top->ops != &overlay_ops)
        return NULL;
    look(sheet_of(app->top), app); // the files may have changed while a prompt was open
    return sheet_of(app->top);
}

static void filter_typed(struct app *app, struct sv text, bool ok)
{
    struct sheet *sheet = sheet_on_top(app);

    if (!ok || !sheet)
        return;
    buf_clear(&sheet->filter);
    buf_add(&sheet->filter, sv_trim(text));
    sheet_stale(sheet);
}

void sheet_ask_filter(struct sheet *sheet, struct app *app, const char *label)
{
    prompt_open(app, &(struct prompt){
                         .label = label, .initial = buf_sv(&sheet->filter), .done = filter_typed });
}
