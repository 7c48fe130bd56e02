// A sitting without a terminal: a file of keys in, snapshots of the screen out. For tests and bug
// reports. Never reads a clock or a terminal: the same script on the same files prints the same
// bytes.
#include "term/script.h"

#include <stdio.h>

#include "base/fs.h"
#include "base/limits.h"
#include "base/visible.h"
#include "term/term.h"

#define SCRIPT_BYTES ((size_t)16 << 20) // a larger file is no script

struct script {
    struct app *app;
    struct grid grid;
    const char *path;
    int line;           // 1-based, being run
    int keys, commands; // since the last count
    bool is_editing;    // an editor was asked for: the next line must say what it gives back
    bool is_left;       // the reader was left
    struct buf *out;
};

static bool refuse(const struct script *script, struct err *err, const char *what,
                   struct sv subject, const char *right)
{
    struct err_at at = { .path = script->path, .line = script->line };

    return err_set(err, E_USAGE, at, "%s '" SV_FMT "'; %s", what, SV_ARG(subject), right);
}

static void take_request(struct script *script)
{
    struct buf text = { 0 };
    enum app_request request = app_request(script->app, &text);

    script->is_left = script->is_left || request == REQUEST_QUIT;
    script->is_editing = script->is_editing || request == REQUEST_EDIT;
    buf_release(&text);
}

static void hand_on(struct script *script, const struct event *event)
{
    app_event(script->app, event);
    while (app_wants_rest(script->app)) // nobody's keys are as far between as a script's
        app_event(script->app, &(struct event){ .type = EVENT_REST });
    take_request(script);
}

// Cut the next word off `rest`.
static struct sv next_word(struct sv *rest)
{
    struct sv word = { 0 };

    *rest = sv_trim(*rest);
    if (!sv_split(rest, ' ', &word))
        return sv_of("", 0);
    *rest = sv_trim(*rest);
    return word;
}

// A whole number off the front; -1 when there is none.
static int next_number(struct sv *rest)
{
    int number = -1;

    while (rest->len && rest->ptr[0] >= '0' && rest->ptr[0] <= '9' && number <= LIMIT_COUNT) {
        number = (number < 0 ? 0 : number * 10) + (rest->ptr[0] - '0');
        *rest = sv_sub(*rest, 1, rest->len);
    }
    return number;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// One escape behind a backslash at the front of `rest`: \n \" \\ \xHH.
static bool read_escape(struct sv *rest, struct buf *out)
{
    if (!rest->len)
        return false;

    char c = rest->ptr[0];
    size_t size = 1;

    if (c == 'x' && rest->len >= 3 && hex_digit(rest->ptr[1]) >= 0 &&
        hex_digit(rest->ptr[2]) >= 0) {
        buf_add_char(out, (char)(hex_digit(rest->ptr[1]) * 16 + hex_digit(rest->ptr[2])));
        size = 3;
    } else if (c == 'n') {
        buf_add_char(out, '\n');
    } else if (c == '"' || c == '\\') {
        buf_add_char(out, c);
    } else {
        return false;
    }
    *rest = sv_sub(*rest, size, rest->len);
    return true;
}

static bool read_quoted(const struct script *script, struct sv rest, struct buf *out,
                        struct err *err)
{
    if (rest.len < 2 || !sv_starts(rest, SV("\"")) || !sv_ends(rest, SV("\"")))
        return refuse(script, err, "no text in double quotes:", rest, "write \"text\"");

    struct sv inner = sv_sub(rest, 1, rest.len - 1);

    while (inner.len) {
        char c = inner.ptr[0];

        inner = sv_sub(inner, 1, inner.len);
        if (c != '\\')
            buf_add_char(out, c);
        else if (!read_escape(&inner, out))
            return refuse(script, err, "unknown escape in", rest, "use \\n \\\" \\\\ \\xHH");
    }
    return true;
}

static bool run_keys(struct script *script, struct sv rest, struct err *err)
{
    while (rest.len) {
        struct sv left = rest;
        key_num key;

        if (rest.ptr[0] == ' ') {
            rest = sv_sub(rest, 1, rest.len);
            continue;
        }
        if (script->is_left || script->is_editing)
            return refuse(script, err, "nothing reads the keys", rest,
                          script->is_left ? "the reader was left"
                                          : "an 'edit' line must come first");
        if (!key_parse(&rest, &key))
            return refuse(script, err, "no key at", left, "write a character or a name as <Esc>");
        script->keys++;
        hand_on(script, &(struct event){ .type = EVENT_KEY, .key = key });
    }
    return true;
}

static bool run_type(struct script *script, struct sv rest, struct err *err)
{
    struct buf text = { 0 };
    bool ok = read_quoted(script, rest, &text, err);

    for (struct sv left = buf_sv(&text); ok && left.len;) {
        size_t size;
        int32_t cp = utf8_decode(left, &size);

        left = sv_sub(left, size, left.len);
        script->keys++;
        hand_on(script, &(struct event){ .type = EVENT_KEY, .key = cp == '\n' ? '\r' : cp });
    }
    buf_release(&text);
    return ok;
}

static bool run_paste(struct script *script, struct sv rest, struct err *err)
{
    struct buf text = { 0 };
    bool ok = read_quoted(script, rest, &text, err);

    if (ok)
        hand_on(script, &(struct event){ .type = EVENT_PASTE, .paste = buf_sv(&text) });
    buf_release(&text);
    return ok;
}

static bool run_edit(struct script *script, struct sv rest, struct err *err)
{
    struct buf text = { 0 };

    if (!script->is_editing)
        return refuse(script, err, "no editor was asked for:", rest,
                      "a key must ask for it before");

    bool ok = read_quoted(script, rest, &text, err);

    script->is_editing = false;
    app_edit_done(script->app, ok, buf_sv(&text));
    buf_release(&text);
    return ok;
}

// do [COUNT] NAME [KEY | REST]
static bool run_do(struct script *script, struct sv rest, struct err *err)
{
    int count = next_number(&rest);
    struct sv name = next_word(&rest);
    enum command_id id = command_find(name);
    key_num arg = 0;

    if (id == COMMAND_NONE)
        return refuse(script, err, "no command", name, "'gainsay dump keys' lists them");
    if ((command_get(id)->flags & COMMAND_ARG) && !key_parse(&rest, &arg))
        return refuse(script, err, "no key after", name, "the command takes one");
    script->commands++;
    if (!app_run(script->app, id, count < 0 ? 0 : count, arg, rest))
        return refuse(script, err, "not possible here:", name, "see where gainsay-keys(7) has it");
    take_request(script);
    return true;
}

static bool run_resize(struct script *script, struct sv rest, struct err *err)
{
    struct sv left = rest;
    int cols = next_number(&left);
    bool has_x = sv_starts(left, SV("x"));

    left = sv_sub(left, 1, left.len);

    int rows = next_number(&left);

    if (cols < 1 || !has_x || rows < 1 || left.len || cols > LIMIT_COLS || rows > LIMIT_ROWS)
        return refuse(script, err, "no size", rest, "write columns x rows, as 80x24");
    grid_release(&script->grid);
    grid_init(&script->grid, rows, cols);
    hand_on(script, &(struct event){ .type = EVENT_RESIZE, .rows = rows, .cols = cols });
    return true;
}

static bool run_mouse(struct script *script, struct sv rest, struct err *err)
{
    struct sv left = rest;
    int row = next_number(&left), col, button;

    left = sv_trim(left);
    col = next_number(&left);
    left = sv_trim(left);
    button = next_number(&left);
    if (row < 0 || col < 0 || button < 0)
        return refuse(script, err, "no row, column and button in", rest, "write as 5 10 1");
    hand_on(script,
            &(struct event){ .type = EVENT_MOUSE, .row = row, .col = col, .button = button });
    return true;
}

static bool run_wake(struct script *script, struct sv rest, struct err *err)
{
    (void)rest, (void)err;
    hand_on(script, &(struct event){ .type = EVENT_WAKE });
    return true;
}

static bool run_hangup(struct script *script, struct sv rest, struct err *err)
{
    (void)rest, (void)err;
    hand_on(script, &(struct event){ .type = EVENT_HANGUP });
    script->is_left = true;
    return true;
}

static void print_rows(struct script *script, char blank,
                       void (*row_text)(const struct grid *grid, int row, struct buf *out))
{
    for (int row = 0; row < script->grid.rows; row++) {
        row_text(&script->grid, row, script->out);
        while (script->out->len && script->out->ptr[script->out->len - 1] == blank)
            buf_splice(script->out, script->out->len - 1, script->out->len, sv_of("", 0));
        buf_add_char(script->out, '\n');
    }
}

static bool run_snap(struct script *script, struct sv rest, struct err *err)
{
    struct grid *grid = &script->grid;

    (void)err;
    app_draw(script->app, grid);
    buf_addf(script->out, "== " SV_FMT " %dx%d\n", SV_ARG(rest), grid->cols, grid->rows);
    print_rows(script, ' ', grid_row_text);
    buf_add_cstr(script->out, "-- roles\n");
    print_rows(script, '.', grid_row_roles);
    if (grid->is_cursor_visible)
        buf_addf(script->out, "-- cursor row %d col %d\n", grid->cursor_row, grid->cursor_col);
    else
        buf_add_cstr(script->out, "-- no cursor\n");
    return true;
}

static bool run_count(struct script *script, struct sv rest, struct err *err)
{
    (void)err;
    buf_addf(script->out, "== " SV_FMT ": %d keys", SV_ARG(rest), script->keys);
    if (script->commands)
        buf_addf(script->out, ", %d commands by name", script->commands);
    buf_add_char(script->out, '\n');
    script->keys = script->commands = 0;
    return true;
}

static const struct {
    const char *word;
    bool (*run)(struct script *script, struct sv rest, struct err *err);
} steps[] = {
    { "keys", run_keys },   { "type", run_type },   { "paste", run_paste },
    { "edit", run_edit },   { "do", run_do },       { "resize", run_resize },
    { "mouse", run_mouse }, { "wake", run_wake },   { "hangup", run_hangup },
    { "snap", run_snap },   { "count", run_count },
};

static bool run_line(struct script *script, struct sv line, struct err *err)
{
    struct sv rest = sv_trim(line);
    struct sv word;

    if (!rest.len || rest.ptr[0] == '#')
        return true;
    word = next_word(&rest);
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        if (!sv_eq_cstr(word, steps[i].word))
            continue;
        if (script->is_left && steps[i].run != run_count)
            return refuse(script, err, "the reader was left before", word, "nothing can follow");
        return steps[i].run(script, rest, err);
    }
    return refuse(script, err, "unknown step", word,
                  "use keys, type, paste, edit, do, resize, mouse, wake, hangup, snap, count");
}

bool script_run(struct app *app, struct sv text, const char *path, int rows, int cols,
                struct buf *out, struct err *err)
{
    struct script script = { .app = app, .path = path, .out = out };
    bool ok = true;

    grid_init(&script.grid, rows, cols);
    hand_on(&script, &(struct event){ .type = EVENT_RESIZE, .rows = rows, .cols = cols });
    for (struct sv rest = text, line; ok && sv_split(&rest, '\n', &line);) {
        script.line++;
        ok = run_line(&script, line, err);
    }
    grid_release(&script.grid);
    return ok;
}

bool term_script(struct app *app, const char *path, int rows, int cols, struct err *err)
{
    struct buf text = { 0 }, out = { 0 };
    bool ok = fs_read(path, SCRIPT_BYTES, &text, err) &&
              script_run(app, buf_sv(&text), path, rows, cols, &out, err);

    if ((fwrite(buf_cstr(&out), 1, out.len, stdout) < out.len || fflush(stdout)) && ok)
        ok = err_set_errno(err, NULL, "standard output cannot be written");
    buf_release(&out);
    buf_release(&text);
    return ok;
}
