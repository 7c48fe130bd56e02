// Scripts of keys, and recordings of a sitting as such scripts; on an app that only keeps a diary.
#include "term/script.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "term/recorder.h"
#include "t.h"

// The diary of all events; the app's functions below stand in for those of tui/app.c.
static struct buf diary;
static enum app_request next_request;

void app_event(struct app *app, const struct event *event)
{
    switch (event->type) {
    case EVENT_KEY:
        key_add_name(event->key, &diary);
        if (event->key == 'q')
            next_request = REQUEST_QUIT;
        if (event->key == 'e')
            next_request = REQUEST_EDIT;
        break;
    case EVENT_PASTE:
        buf_addf(&diary, "(paste %zu)", event->paste.len);
        buf_add(&diary, event->paste);
        break;
    case EVENT_RESIZE:
        buf_addf(&diary, "(resize %d %d)", event->rows, event->cols);
        app->rows = event->rows;
        break;
    case EVENT_MOUSE:
        buf_addf(&diary, "(mouse %d %d %d)", event->row, event->col, event->button);
        break;
    case EVENT_WAKE:
        buf_add_cstr(&diary, "(wake)");
        break;
    case EVENT_HANGUP:
        buf_add_cstr(&diary, "(hangup)");
        break;
    case EVENT_REST:
        buf_add_cstr(&diary, "(rest)");
        break;
    }
}

bool app_wants_rest(const struct app *app)
{
    return app->is_held;
}

void app_draw(struct app *app, struct grid *grid)
{
    grid_clear(grid);
    grid_putf(grid, 0, 0, grid->cols, ROLE_TITLE, "%d rows", app->rows);
    grid->cursor_row = 1;
    grid->cursor_col = 2;
    grid->is_cursor_visible = true;
}

enum app_request app_request(struct app *app, struct buf *edit_text)
{
    enum app_request request = next_request;

    (void)app, (void)edit_text;
    next_request = REQUEST_NONE;
    return request;
}

void app_edit_done(struct app *app, bool ok, struct sv text)
{
    (void)app;
    buf_addf(&diary, "(edited %d " SV_FMT ")", ok, SV_ARG(text));
}

void app_say_err(struct app *app, struct err *err)
{
    (void)app;
    err_release(err);
}

bool app_run(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)app;
    buf_addf(&diary, "(do %s %d ", command_get(id)->name, count);
    if (arg)
        key_add_name(arg, &diary);
    buf_addf(&diary, SV_FMT ")", SV_ARG(line));
    return id != COMMAND_UNDO;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&diary);
    next_request = REQUEST_NONE;
    return 0;
}

// Play a script; `said` is what the app was told after the first resize, `printed` what came out.
static void expect(const char *text, const char *said, const char *printed)
{
    struct app app = { 0 };
    struct buf out = { 0 };
    struct err err = { 0 };

    buf_clear(&diary);
    assert_true(script_run(&app, sv_from(text), "s.keys", 3, 10, &out, &err));
    assert_string_equal(buf_cstr(&diary) + sizeof("(resize 3 10)") - 1, said);
    assert_string_equal(buf_cstr(&out), printed);
    buf_release(&out);
}

static void expect_error(const char *text, const char *message)
{
    struct app app = { 0 };
    struct buf out = { 0 }, printed = { 0 };
    struct err err = { 0 };

    assert_false(script_run(&app, sv_from(text), "s.keys", 3, 10, &out, &err));
    assert_int_equal(err.code, E_USAGE);
    err_print(&err, &printed);
    assert_string_equal(buf_cstr(&printed), message);
    err_release(&err);
    buf_release(&printed);
    buf_release(&out);
    next_request = REQUEST_NONE;
}

static void t_script_sends_events(void **state)
{
    (void)state;
    expect("# comment\n\nkeys t c<Esc> <lt>\n", "tc<Esc><lt>", "");
    expect("type \"a \\\"b\\\\\\n\"", "a<Space>\"b\\<Enter>", "");
    expect("paste \"x\\ny\\x1B\\xFF\"", "(paste 5)x\ny\033\xFF", "");
    expect("mouse 3 4 1\nwake\nresize 80x24\nhangup\n", "(mouse 3 4 1)(wake)(resize 24 80)(hangup)",
           "");
    expect("keys e\nwake\nedit \"new\"\nkeys q", "e(wake)(edited 1 new)q", "");
}

static void t_script_runs_commands_by_name(void **state)
{
    (void)state;
    expect("do 3 down\ndo set-mark a\ndo filter contested not x", //
           "(do down 3 )(do set-mark 0 a)(do filter 0 contested not x)", "");
}

static void t_script_prints_snapshots(void **state)
{
    (void)state;
    expect("snap one\nresize 4x2\nsnap two", "(resize 2 4)",
           "== one 10x3\n3 rows\n\n\n-- roles\nTTTTTT\n\n\n-- cursor row 1 col 2\n"
           "== two 4x2\n2 ro\n\n-- roles\nTTTT\n\n-- cursor row 1 col 2\n");
}

static void t_script_counts_keys(void **state)
{
    (void)state;
    expect("keys abc\ncount one\ntype \"de\"\ndo down\ncount two\ncount three", "abcde(do down 0 )",
           "== one: 3 keys\n== two: 2 keys, 1 commands by name\n== three: 0 keys\n");
}

static void t_script_errors_name_the_line(void **state)
{
    (void)state;
    expect_error("\nfoo x",
                 "s.keys:2: unknown step 'foo'; use keys, type, paste, edit, do, resize, "
                 "mouse, wake, hangup, snap, count");
    expect_error("keys <Foo>", "s.keys:1: no key at '<Foo>'; write a character or a name as <Esc>");
    expect_error("type x", "s.keys:1: no text in double quotes: 'x'; write \"text\"");
    expect_error("type \"\\q\"", "s.keys:1: unknown escape in '\"\\q\"'; use \\n \\\" \\\\ \\xHH");
    expect_error("do fly", "s.keys:1: no command 'fly'; 'gainsay dump keys' lists them");
    expect_error("do set-mark", "s.keys:1: no key after 'set-mark'; the command takes one");
    expect_error("do undo",
                 "s.keys:1: not possible here: 'undo'; see where gainsay-keys(7) has it");
    expect_error("resize 0x3", "s.keys:1: no size '0x3'; write columns x rows, as 80x24");
    expect_error("resize 10", "s.keys:1: no size '10'; write columns x rows, as 80x24");
    expect_error("keys qx", "s.keys:1: nothing reads the keys 'x'; the reader was left");
    expect_error("keys q\nwake", "s.keys:2: the reader was left before 'wake'; nothing can follow");
    expect_error("keys e\nkeys x",
                 "s.keys:2: nothing reads the keys 'x'; an 'edit' line must come first");
    expect_error("edit \"x\"",
                 "s.keys:1: no editor was asked for: '\"x\"'; a key must ask for it before");
}

static void t_recording_plays_back_as_the_same_events(void **state)
{
    static const struct event events[] = {
        { .type = EVENT_KEY, .key = 'j' },
        { .type = EVENT_KEY, .key = '<' },
        { .type = EVENT_KEY, .key = ' ' },
        { .type = EVENT_KEY, .key = 0xE9 },
        { .type = EVENT_PASTE, .paste = { "a\"\\\n\r\xFF", 6 } },
        { .type = EVENT_RESIZE, .rows = 5, .cols = 20 },
        { .type = EVENT_MOUSE, .row = 1, .col = 2, .button = 4 },
        { .type = EVENT_WAKE },
        { .type = EVENT_KEY, .key = 'e' },
    };
    struct recorder recorder;
    struct app app = { 0 };
    struct buf path = { 0 }, text = { 0 }, out = { 0 }, direct = { 0 };
    struct err err = { 0 };

    (void)state;
    buf_clear(&diary);
    assert_true(fs_temp(".keys", SV(""), &path, &err));
    assert_true(recorder_open(&recorder, buf_cstr(&path), 3, 10, &err));
    for (size_t i = 0; i < ARRAY_LEN(events); i++) {
        recorder_event(&recorder, &events[i]);
        app_event(&app, &events[i]);
    }
    next_request = REQUEST_NONE;
    recorder_edit(&recorder, SV("new\ntext"));
    app_edit_done(&app, true, SV("new\ntext"));
    for (int i = 0; i < 200; i++) {
        recorder_event(&recorder, &(struct event){ .type = EVENT_KEY, .key = 'k' });
        app_event(&app, &(struct event){ .type = EVENT_KEY, .key = 'k' });
    }
    recorder_close(&recorder);
    buf_add(&direct, buf_sv(&diary));
    buf_clear(&diary);

    assert_true(fs_read(buf_cstr(&path), 1 << 20, &text, &err));
    assert_true(script_run(&app, buf_sv(&text), "r", 3, 10, &out, &err));

    const char twice[] =
        "(resize 3 10)(resize 3 10)"; // the start, and the first line of the recording

    assert_memory_equal(buf_cstr(&diary), twice, sizeof(twice) - 1);
    assert_string_equal(buf_cstr(&diary) + sizeof(twice) - 1, buf_cstr(&direct));
    fs_unlink(buf_cstr(&path));
    buf_release(&path);
    buf_release(&text);
    buf_release(&out);
    buf_release(&direct);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_script_sends_events),
        cmocka_unit_test(t_script_runs_commands_by_name),
        cmocka_unit_test(t_script_prints_snapshots),
        cmocka_unit_test(t_script_counts_keys),
        cmocka_unit_test(t_script_errors_name_the_line),
        cmocka_unit_test(t_recording_plays_back_as_the_same_events),
    };

    return cmocka_run_group_tests(tests, NULL, tear_down);
}
