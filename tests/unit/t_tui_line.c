// The line editor: clusters, kill and yank, pastes, scrolling.
#include "t.h"

#include <locale.h>

#include "tui/line.h"

static void type(struct line *line, const char *text)
{
    line_insert(line, sv_from(text));
}

static void keys(struct line *line, const enum command_id *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(line_command(line, ids[i]));
}

// Draw in `cols` cells of one row; returns the row's text.
static const char *drawn(struct line *line, int cols, struct buf *out, int *cursor)
{
    struct grid grid;

    grid_init(&grid, 1, cols);
    line_draw(line, &grid, 0, 0, cols, ROLE_EDIT);
    *cursor = grid.cursor_col;
    buf_clear(out);
    grid_row_text(&grid, 0, out);
    grid_release(&grid);
    return buf_cstr(out);
}

static void edits_by_table(void **state)
{
    static const struct {
        const char *before; // cursor at its end
        enum command_id ids[6];
        const char *after;
        size_t cursor;
    } rows[] = {
        { "abc", { COMMAND_LINE_RUBOUT }, "ab", 2 },
        { "e\xCC\x81x", { COMMAND_LINE_LEFT, COMMAND_LINE_RUBOUT }, "x", 0 },
        { "👩‍💻!", { COMMAND_LINE_LEFT, COMMAND_LINE_LEFT, COMMAND_LINE_DELETE }, "!", 0 },
        { "日本", { COMMAND_LINE_LEFT, COMMAND_LINE_RUBOUT }, "本", 0 },
        { "one two", { COMMAND_LINE_KILL_WORD }, "one ", 4 },
        { "one two  ", { COMMAND_LINE_KILL_WORD }, "one ", 4 },
        { "one two", { COMMAND_LINE_START, COMMAND_LINE_WORD, COMMAND_LINE_KILL }, "one ", 4 },
        { "one two", { COMMAND_LINE_WORD_BACK, COMMAND_LINE_KILL_ALL }, "two", 0 },
        { "one two",
          { COMMAND_LINE_KILL_WORD, COMMAND_LINE_START, COMMAND_LINE_YANK },
          "twoone ",
          3 },
        { "one two",
          { COMMAND_LINE_KILL_WORD, COMMAND_LINE_KILL_WORD, COMMAND_LINE_YANK },
          "one two",
          7 },
        { "ab", { COMMAND_LINE_RIGHT, COMMAND_LINE_DELETE }, "ab", 2 },
        { "", { COMMAND_LINE_RUBOUT, COMMAND_LINE_YANK, COMMAND_LINE_LEFT }, "", 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct line line = { 0 };
        size_t count = 0;

        line_set(&line, sv_from(rows[i].before));
        while (count < ARRAY_LEN(rows[i].ids) && rows[i].ids[count] != COMMAND_NONE)
            count++;
        keys(&line, rows[i].ids, count);

        assert_string_equal(buf_cstr(&line.text), rows[i].after);
        assert_int_equal(line.cursor, rows[i].cursor);
        line_release(&line);
    }
}

static void kill_after_a_move_starts_afresh(void **state)
{
    struct line line = { 0 };

    (void)state;
    line_set(&line, SV("a b c"));
    keys(&line,
         (enum command_id[]){ COMMAND_LINE_KILL_WORD, COMMAND_LINE_LEFT, COMMAND_LINE_KILL_WORD },
         3);
    assert_string_equal(buf_cstr(&line.killed), "b");
    line_release(&line);
}

static void mark_typed_alone_joins_the_letter_before(void **state)
{
    struct line line = { 0 };

    (void)state;
    type(&line, "e");
    type(&line, "\xCC\x81");
    assert_int_equal(line.cursor, 3);
    assert_true(line_command(&line, COMMAND_LINE_LEFT));
    assert_int_equal(line.cursor, 0);
    line_release(&line);
}

static void paste_is_text_whatever_it_holds(void **state)
{
    struct line line = { 0 };
    struct event paste = { .type = EVENT_PASTE, .paste = SV("a\r\nb\tc\x1B[2J\x9C\xC2\x85.\x7F") };

    (void)state;
    assert_true(line_event(&line, &paste));
    assert_string_equal(buf_cstr(&line.text), "a b c[2J\xEF\xBF\xBD.");
    line_release(&line);

    line = (struct line){ .is_multi = true };
    assert_true(line_event(&line, &paste));
    assert_string_equal(buf_cstr(&line.text), "a\nb c[2J\xEF\xBF\xBD.");
    line_release(&line);
}

static void control_and_named_keys_are_not_typed(void **state)
{
    static const key_num keys_refused[] = { 1, 9, 13, 27, 127, KEYCODE_UP };
    struct line line = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(keys_refused); i++)
        assert_false(
            line_event(&line, &(struct event){ .type = EVENT_KEY, .key = keys_refused[i] }));
    assert_true(line_event(&line, &(struct event){ .type = EVENT_KEY, .key = 0x2026 }));
    assert_string_equal(buf_cstr(&line.text), "…");
    line_release(&line);
}

static void draws_line_ends_as_signs(void **state)
{
    struct line line = { .is_multi = true };
    struct buf row = { 0 };
    int cursor;

    (void)state;
    line_set(&line, SV("one\ntwo"));
    assert_string_equal(drawn(&line, 20, &row, &cursor), "one⏎two");
    assert_int_equal(cursor, 7);
    buf_release(&row);
    line_release(&line);
}

static void scrolls_so_that_the_cursor_is_seen(void **state)
{
    struct line line = { 0 };
    struct buf row = { 0 };
    int cursor;

    (void)state;
    line_set(&line, SV("0123456789abcdefghij"));
    drawn(&line, 10, &row, &cursor);
    assert_int_equal(buf_cstr(&row)[0], '<');
    assert_int_equal(buf_cstr(&row)[row.len - 1], 'j');
    assert_int_equal(cursor, row.len);
    assert_true(cursor < 10);

    assert_true(line_command(&line, COMMAND_LINE_START));
    assert_string_equal(drawn(&line, 10, &row, &cursor), "012345678>");
    assert_int_equal(cursor, 0);

    for (int i = 0; i < 20; i++) { // every place in between
        assert_true(line_command(&line, COMMAND_LINE_RIGHT));
        drawn(&line, 10, &row, &cursor);
        assert_in_range(cursor, 0, 9);
        if (line.cursor < line.text.len)
            assert_int_equal(buf_cstr(&row)[cursor], buf_cstr(&line.text)[line.cursor]);
    }
    buf_release(&row);
    line_release(&line);
}

static void wide_characters_never_pass_the_edge(void **state)
{
    struct line line = { 0 };
    struct buf row = { 0 };
    int cursor;

    (void)state;
    line_set(&line, SV("日本語日本語"));
    for (int cols = 4; cols < 16; cols++) {
        drawn(&line, cols, &row, &cursor);
        assert_in_range(cursor, 0, cols - 1);
    }
    buf_release(&row);
    line_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_by_table),
        cmocka_unit_test(kill_after_a_move_starts_afresh),
        cmocka_unit_test(mark_typed_alone_joins_the_letter_before),
        cmocka_unit_test(paste_is_text_whatever_it_holds),
        cmocka_unit_test(control_and_named_keys_are_not_typed),
        cmocka_unit_test(draws_line_ends_as_signs),
        cmocka_unit_test(scrolls_so_that_the_cursor_is_seen),
        cmocka_unit_test(wide_characters_never_pass_the_edge),
    };

    if (!setlocale(LC_ALL, "C.UTF-8"))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
