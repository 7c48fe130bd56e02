// A list to choose from, filtered as you type.
// Never changes data: the caller makes the rows and gets the choice.
#include "tui/picker.h"

#include "text/glyph.h"
#include "tui/dock.h"
#include "tui/line.h"

#define TYPED_COLS 24 // left for what is typed, where there is room

struct picker_rows {
    struct arena arena;
    struct picker_row {
        struct sv key, text, detail;
    } * items;
    size_t count, cap;
};

struct picker_box {
    struct overlay overlay; // first: the box is its overlay
    struct picker picker;
    struct buf label;
    struct line line;
    struct picker_rows rows;
    size_t chosen, top; // rows
};

void picker_add(struct picker_rows *rows, struct sv key, struct sv text, struct sv detail)
{
    MEM_GROW(rows->items, rows->count, rows->cap);
    rows->items[rows->count++] = (struct picker_row){
        sv_copy(&rows->arena, key),
        sv_copy(&rows->arena, text),
        sv_copy(&rows->arena, detail),
    };
}

static struct picker_box *box_of(struct overlay *overlay)
{
    return (struct picker_box *)overlay;
}

static void fill(struct picker_box *box, struct app *app)
{
    arena_release(&box->rows.arena);
    box->rows.count = 0;
    box->chosen = box->top = 0;
    box->picker.fill(app, box->picker.ctx, sv_trim(buf_sv(&box->line.text)), &box->rows);
}

static void draw_row(const struct picker_box *box, struct grid *grid, struct rect rect,
                     size_t index)
{
    const struct picker_row *row = &box->rows.items[index];
    bool is_chosen = index == box->chosen;
    int col = rect.col + 3, end = rect.col + rect.cols;

    if (is_chosen)
        grid_put(grid, rect.row, rect.col + 1, 2, SV("▶ "), ROLE_KEY);
    col += grid_put_cut(grid, rect.row, col, end - col, row->text,
                        is_chosen ? ROLE_CHOSEN : ROLE_VALUE);
    if (row->detail.len && col + 3 < end)
        grid_put_cut(grid, rect.row, col + 2, end - col - 2, row->detail, ROLE_LABEL);
}

// Cells that the label may take: what is typed needs some.
static int label_cols(int cols)
{
    return cols > 2 * TYPED_COLS ? cols - TYPED_COLS : cols / 2;
}

// What is said when there is no row.
static struct sv empty_text(const struct picker_box *box)
{
    if (box->line.text.len || !box->picker.empty)
        return SV("nothing matches");
    return sv_from(box->picker.empty);
}

static void picker_draw(struct overlay *overlay, struct app *app, struct grid *grid,
                        struct rect rect)
{
    struct picker_box *box = box_of(overlay);
    int col = rect.col + 1;
    size_t shown = rect.rows > 1 ? (size_t)rect.rows - 1 : 0;

    (void)app;
    grid_fill(grid, rect, " ", ROLE_TEXT);
    grid_fill(grid, (struct rect){ rect.row, rect.col, 1, rect.cols }, "─", ROLE_FRAME_ON);
    col += grid_put(grid, rect.row, col, 1, SV(" "), ROLE_LABEL);
    col += grid_put_cut(grid, rect.row, col, label_cols(rect.cols) - 3, buf_sv(&box->label),
                        ROLE_LABEL);
    col += grid_put(grid, rect.row, col, 2, SV(": "), ROLE_LABEL);
    line_draw(&box->line, grid, rect.row, col, rect.col + rect.cols - col - 1, ROLE_EDIT);
    if (box->chosen < box->top)
        box->top = box->chosen;
    if (shown && box->chosen >= box->top + shown)
        box->top = box->chosen - shown + 1;
    for (size_t i = 0; i < shown && box->top + i < box->rows.count; i++)
        draw_row(box, grid, (struct rect){ rect.row + 1 + (int)i, rect.col, 1, rect.cols },
                 box->top + i);
    if (!box->rows.count && shown)
        grid_put(grid, rect.row + 1, rect.col + 3, rect.cols - 4, empty_text(box), ROLE_LABEL);
}

static void pick(struct picker_box *box, struct app *app)
{
    struct picker picker = box->picker;
    struct buf key = { 0 }, typed = { 0 };

    if (!box->rows.count) {
        app_say(app, ROLE_WARNING, "nothing to take; <Backspace> widens the search, <Esc> leaves");
        return;
    }
    buf_add(&key, box->rows.items[box->chosen].key);
    buf_add(&typed, sv_trim(buf_sv(&box->line.text)));
    box->picker.free = NULL;
    app_pop(app);
    picker.picked(app, picker.ctx, buf_sv(&key), buf_sv(&typed));
    buf_release(&key);
    buf_release(&typed);
}

static void cancel(struct picker_box *box, struct app *app)
{
    struct picker picker = box->picker;

    box->picker.free = NULL;
    app_pop(app);
    if (picker.cancelled)
        picker.cancelled(app, picker.ctx);
}

static bool picker_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct picker_box *box = box_of(overlay);
    size_t count = box->rows.count;

    if (id == COMMAND_PICK) {
        pick(box, app);
    } else if (id == COMMAND_PICK_CANCEL) {
        cancel(box, app);
    } else if (id == COMMAND_PICK_NEXT || id == COMMAND_PICK_BACK) {
        if (count)
            box->chosen = (box->chosen + (id == COMMAND_PICK_NEXT ? 1 : count - 1)) % count;
    } else if (line_command(&box->line, id)) {
        fill(box, app);
    } else {
        return false;
    }
    return true;
}

static bool picker_word(struct overlay *overlay, struct app *app, enum command_id id,
                        struct buf *out)
{
    size_t least = id == COMMAND_PICK ? 1 : id == COMMAND_PICK_CANCEL ? 0 : 2;

    (void)app;
    if (box_of(overlay)->rows.count < least)
        return false;
    buf_add_cstr(out, id == COMMAND_PICK          ? "take"
                      : id == COMMAND_PICK_NEXT   ? "next"
                      : id == COMMAND_PICK_BACK   ? "before"
                      : id == COMMAND_PICK_CANCEL ? "leave"
                                                  : command_get(id)->name);
    return true;
}

static bool picker_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    struct picker_box *box = box_of(overlay);

    if (!line_event(&box->line, event))
        return false;
    fill(box, app);
    return true;
}

// A click chooses the row, on the chosen one it takes it.
static void picker_click(struct overlay *overlay, struct app *app, struct rect rect, int row,
                         int col)
{
    struct picker_box *box = box_of(overlay);
    size_t at = box->top + (size_t)(row - rect.row - 1);

    (void)col;
    if (row <= rect.row || at >= box->rows.count)
        return;
    if (at == box->chosen)
        pick(box, app);
    else
        box->chosen = at;
}

static void picker_free(struct overlay *overlay)
{
    struct picker_box *box = box_of(overlay);

    if (box->picker.free)
        box->picker.free(box->picker.ctx);
    buf_release(&box->label);
    line_release(&box->line);
    arena_release(&box->rows.arena);
    mem_free(box->rows.items);
    mem_free(box);
}

static const struct overlay_ops picker_ops = {
    .context = CONTEXT_PICKER,
    .height = dock_height,
    .draw = picker_draw,
    .command = picker_command,
    .word = picker_word,
    .event = picker_event,
    .free = picker_free,
    .click = picker_click,
};

void picker_open(struct app *app, const struct picker *picker)
{
    struct picker_box *box = mem_new(sizeof(*box));

    box->overlay.ops = &picker_ops;
    box->picker = *picker;
    buf_add_cstr(&box->label, picker->label);
    if (!sv_is_absent(picker->initial))
        line_set(&box->line, picker->initial);
    box->picker.initial = (struct sv){ 0 };
    fill(box, app);
    app_push(app, &box->overlay);
}
