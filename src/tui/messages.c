// What the status line said in this sitting: kept, and listed with the time of each.
// Never says anything itself, so that looking at the list does not change it.
#include "tui/messages.h"

#include <stdint.h>
#include <string.h>

#include "tui/sheet.h"
#include "tui/wrapped.h"

#define KEPT_MOST  500
#define TIME_AT    11 // in 2026-03-01T12:00:00Z
#define TIME_CHARS 8
#define LINES_MOST 8 // of one message
#define ROOMY_COLS 60

struct message {
    struct buf text, when;
    enum role role;
    size_t times; // said one after the other, the last of them `when`
};

struct messages_list {
    struct sheet sheet; // first: the list is its sheet
    struct messages *messages;
};

static void message_release(struct message *message)
{
    buf_release(&message->text);
    buf_release(&message->when);
}

void messages_release(struct messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        message_release(&messages->items[i]);
    mem_free(messages->items);
    memset(messages, 0, sizeof(*messages));
}

static void drop_oldest(struct messages *messages)
{
    message_release(&messages->items[0]);
    messages->count--;
    messages->dropped++;
    memmove(messages->items, messages->items + 1, messages->count * sizeof(*messages->items));
}

static bool is_last(const struct messages *messages, struct sv text)
{
    return messages->count && sv_eq(buf_sv(&messages->items[messages->count - 1].text), text);
}

static struct message *add(struct messages *messages, struct sv text, enum role role)
{
    struct message *last;

    if (is_last(messages, text))
        return &messages->items[messages->count - 1];
    if (messages->count == KEPT_MOST)
        drop_oldest(messages);
    MEM_GROW(messages->items, messages->count, messages->cap);
    last = &messages->items[messages->count++];
    *last = (struct message){ .role = role };
    buf_add(&last->text, text);
    return last;
}

void messages_note(struct app *app)
{
    struct messages *messages = &app->messages;
    struct message *message;

    if (!app->message.len)
        messages->is_noted = false;
    if (!app->message.len || (messages->is_noted && is_last(messages, buf_sv(&app->message))))
        return;
    messages->is_noted = true;
    message = add(messages, buf_sv(&app->message), app->message_role);
    message->times++;
    buf_clear(&message->when);
    session_now(&message->when);
    if (messages->list)
        sheet_stale(messages->list);
}

// ---- the list

static struct messages_list *list_of(struct sheet *sheet)
{
    return (struct messages_list *)sheet;
}

static const struct message *row_of(struct sheet *sheet, size_t row)
{
    return &list_of(sheet)->messages->items[row];
}

static void fill(struct sheet *sheet, struct app *app)
{
    (void)app;
    sheet->count = list_of(sheet)->messages->count;
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    (void)app;
    buf_addf(out, "messages %zu  (times in UTC)", sheet->count);
}

// Before the text stand the mark of the chosen row, the time and the sign of an error.
static int text_col(int cols)
{
    return cols < ROOMY_COLS ? 4 : 4 + TIME_CHARS + 1;
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    (void)app;
    return wrapped_rows(buf_sv(&row_of(sheet, row)->text), cols - text_col(cols), LINES_MOST);
}

static void draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                 struct rect rect)
{
    const struct message *message = row_of(sheet, row);
    int col = text_col(rect.cols);

    (void)app;
    if (row == sheet->at)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    if (rect.cols >= ROOMY_COLS)
        grid_put(grid, rect.row, rect.col + 2, TIME_CHARS,
                 sv_sub(buf_sv(&message->when), TIME_AT, TIME_AT + TIME_CHARS), ROLE_LABEL);
    if (message->role == ROLE_ERROR)
        grid_put(grid, rect.row, rect.col + col - 2, 1, SV("!"), ROLE_ERROR);
    wrapped_draw(grid, (struct rect){ rect.row, rect.col + col, rect.rows, rect.cols - col },
                 buf_sv(&message->text), message->role);
}

// What there is no room for in the row.
static void detail(struct sheet *sheet, struct app *app, size_t row, struct buf *out)
{
    const struct message *message = row_of(sheet, row);

    if (app->cols < ROOMY_COLS)
        buf_addf(out, "at %.*s", TIME_CHARS, buf_cstr(&message->when) + TIME_AT);
    if (message->times > 1)
        buf_addf(out, "%ssaid %zu times", out->len ? ", " : "", message->times);
}

static void key(const struct sheet *sheet, size_t row, struct buf *out)
{
    buf_addf(out, "%zu", ((const struct messages_list *)sheet)->messages->dropped + row);
}

static bool go(struct sheet *sheet, struct app *app, size_t row)
{
    (void)sheet, (void)row;
    app_say(app, ROLE_MESSAGE, "a message leads nowhere; q leaves the list");
    return false;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    (void)sheet, (void)app;
    return id == COMMAND_ROW_GO ? "" : NULL;
}

static void list_free(struct sheet *sheet)
{
    list_of(sheet)->messages->list = NULL;
}

static const struct sheet_ops ops = {
    .name = "messages",
    .own = COMMAND_MESSAGES,
    .size = sizeof(struct messages_list),
    .is_over = true,
    .empty = "nothing was said in this sitting yet",
    .fill = fill,
    .title = title,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .go = go,
    .word = word,
    .free = list_free,
};

void messages_open(struct app *app)
{
    struct sheet *sheet = sheet_open(app, &ops);

    if (!sheet)
        return;
    list_of(sheet)->messages = &app->messages;
    app->messages.list = sheet;
    sheet->at = SIZE_MAX; // the last one, when they are counted
}
