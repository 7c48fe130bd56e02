// Cells: wide characters are never split, nothing leaves its area, controls are shown.
// Draws no pane.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/attr.h"
#include "tui/grid.h"
#include "tui/theme.h"

static void assert_row(const struct grid *grid, int row, const char *text)
{
    struct buf out = { 0 };

    grid_row_text(grid, row, &out);
    assert_string_equal(buf_cstr(&out), text);
    buf_release(&out);
}

static void text_is_cut_at_its_cells(void **state)
{
    static const struct {
        const char *text;
        int max_cols, used;
        const char *row;
    } cases[] = {
        { "abcdef", 4, 4, "abcd" },
        { "abcdef", 99, 5, "abcde" }, // the grid is 5 wide
        { "日本語", 5, 4, "日本" },   // no half of the third
        { "日本語", 1, 0, "" },
        { "a\tb", 5, 5, "a" }, // tab stops are every 8: cut, and nothing behind it
        { "e\xCC\x81", 5, 1, "e\xCC\x81" },
        { "a\x1b[1m", 5, 5, "a^[[1" },
        { "", 5, 0, "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct grid grid;

        grid_init(&grid, 1, 5);

        int used = grid_put(&grid, 0, 0, cases[i].max_cols, sv_from(cases[i].text), ROLE_TEXT);

        if (!strchr(cases[i].text, '\t'))
            assert_int_equal(used, cases[i].used);
        assert_row(&grid, 0, cases[i].row);
        grid_release(&grid);
    }
}

static void a_long_text_ends_in_an_ellipsis(void **state)
{
    static const struct {
        const char *text;
        int max_cols;
        const char *row;
    } cases[] = {
        { "abc", 3, "abc" },    { "abcd", 3, "ab…" },  { "日本語", 5, "日本…" },
        { "日本語", 4, "日…" }, { "日本", 4, "日本" }, { "abc", 0, "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct grid grid;

        grid_init(&grid, 1, 8);
        grid_put_cut(&grid, 0, 0, cases[i].max_cols, sv_from(cases[i].text), ROLE_TEXT);
        assert_row(&grid, 0, cases[i].row);
        grid_release(&grid);
    }
}

static void half_a_wide_character_becomes_a_blank(void **state)
{
    static const struct {
        int col;
        const char *row;
    } cases[] = { { 0, "x 本" }, { 1, " x本" }, { 2, "日x" }, { 3, "日 x" } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct grid grid;

        grid_init(&grid, 1, 4);
        grid_put(&grid, 0, 0, 4, SV("日本"), ROLE_TEXT);
        grid_put(&grid, 0, cases[i].col, 1, SV("x"), ROLE_TEXT);
        assert_row(&grid, 0, cases[i].row);
        grid_release(&grid);
    }
}

static void nothing_is_drawn_outside(void **state)
{
    struct grid grid;

    (void)state;
    grid_init(&grid, 2, 4);
    assert_int_equal(grid_put(&grid, 2, 0, 4, SV("x"), ROLE_TEXT), 0);
    assert_int_equal(grid_put(&grid, -1, 0, 4, SV("x"), ROLE_TEXT), 0);
    assert_int_equal(grid_put(&grid, 0, 4, 4, SV("x"), ROLE_TEXT), 0);
    grid_fill(&grid, (struct rect){ 1, 2, 9, 9 }, "#", ROLE_FRAME);
    grid_tint(&grid, (struct rect){ -3, -3, 4, 4 }, ROLE_MATCH);

    assert_row(&grid, 0, "");
    assert_row(&grid, 1, "  ##");
    assert_int_equal(grid_cell(&grid, 0, 0)->role, ROLE_MATCH);
    assert_int_equal(grid_cell(&grid, 0, 1)->role, ROLE_TEXT);
    assert_null(grid_cell(&grid, 0, 4));
    grid_release(&grid);
}

static void roles_are_printed_by_letter(void **state)
{
    struct grid grid;
    struct buf out = { 0 };

    (void)state;
    grid_init(&grid, 1, 6);
    grid_put(&grid, 0, 0, 6, SV("ab"), ROLE_CLAIM);
    grid_put(&grid, 0, 2, 6, SV("日"), ROLE_CURRENT);
    grid_row_roles(&grid, 0, &out);

    assert_string_equal(buf_cstr(&out), "ccCC..");
    buf_release(&out);
    grid_release(&grid);
}

static void letters_of_roles_are_unique(void **state)
{
    (void)state;
    for (int a = 0; a < ROLE__N; a++) {
        assert_true(sv_from(theme_get((enum role)a)->help).len > 0);
        for (int b = 0; b < a; b++)
            assert_int_not_equal(theme_get((enum role)a)->letter, theme_get((enum role)b)->letter);
    }
}

static void a_cluster_of_many_marks_stays_one_cell(void **state)
{
    struct grid grid;
    struct buf text = { 0 };

    (void)state;
    buf_add_char(&text, 'a');
    for (int i = 0; i < 40; i++)
        buf_add_cstr(&text, "\xCC\x81");
    buf_add_char(&text, 'b');
    grid_init(&grid, 1, 5);
    grid_put(&grid, 0, 0, 5, buf_sv(&text), ROLE_TEXT);

    assert_int_equal(grid_cell(&grid, 0, 0)->text[0], 'a');
    buf_release(&text);
    grid_release(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_at_its_cells),
        cmocka_unit_test(a_long_text_ends_in_an_ellipsis),
        cmocka_unit_test(half_a_wide_character_becomes_a_blank),
        cmocka_unit_test(nothing_is_drawn_outside),
        cmocka_unit_test(roles_are_printed_by_letter),
        cmocka_unit_test(letters_of_roles_are_unique),
        cmocka_unit_test(a_cluster_of_many_marks_stays_one_cell),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
