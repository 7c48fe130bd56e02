// Rows of a text; built with lines cut at 64 bytes where that is said.
#include "text/wrap.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "text/glyph.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

// All rows, one a line: indent as '.', blanks as '_' at the end of a row.
static void show(const char *text, int cols, struct buf *out)
{
    struct article *article = article_new(sv_from(text));
    struct row row = wrap_at(article, 0, cols);

    do {
        struct sv s = article_sub(article, row.span);

        buf_add_fill(out, '.', (size_t)row.indent);
        while (s.len && s.ptr[s.len - 1] == ' ')
            s.len--;
        buf_add(out, s);
        buf_add_char(out, '\n');
    } while (wrap_next(article, &row, cols, &row));
    article_free(article);
}

static void rows_break_where_a_reader_would(void **state)
{
    static const struct {
        const char *text;
        int cols;
        const char *rows;
    } cases[] = {
        { "the quick brown fox", 10, "the quick\nbrown fox\n" },
        { "the quick brown fox", 9, "the quick\nbrown fox\n" },
        { "the quick brown fox", 8, "the\nquick\nbrown\nfox\n" },
        { "one  two", 4, "one\ntwo\n" },
        { "", 4, "\n" },
        { "a\n\nb\n", 4, "a\n\nb\n\n" },
        { "a\r\nb", 4, "a\nb\n" },
        { "Kabul-based group", 8, "Kabul-\nbased\ngroup\n" },
        { "from -5 to", 6, "from\n-5 to\n" },
        { "2019-20 season", 6, "2019-2\n0\nseason\n" },
        { "and/or both", 5, "and/\nor\nboth\n" },
        { "on 9/11 then", 5, "on\n9/11\nthen\n" },
        { "war\u2014peace", 6, "war\u2014\npeace\n" },
        { "1990\u20131995", 6, "1990\u2013\n1995\n" },
        { "he\u2014\u201dso", 5, "he\u2014\u201ds\no\n" },
        { "10\u00a0km away", 8, "10\u00a0km\naway\n" },
        { "in 10\u00a0km", 7, "in\n10\u00a0km\n" },
        { "abcdefgh", 3, "abc\ndef\ngh\n" },
        { "e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301\ne\u0301\n" },
        { "\u4e2d\u6587\u5b57\u3002\u4e2d", 6, "\u4e2d\u6587\n\u5b57\u3002\u4e2d\n" },
        { "\u4e2d\u6587", 1, "\u4e2d\n\u6587\n" },
        { "\ud55c\uad6d\uc5b4 \ub9d0", 6, "\ud55c\uad6d\uc5b4\n\ub9d0\n" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };

        show(cases[i].text, cases[i].cols, &out);
        assert_string_equal(buf_cstr(&out), cases[i].rows);
        buf_release(&out);
    }
}

static void list_items_hang(void **state)
{
    static const struct {
        const char *text;
        const char *rows;
    } cases[] = {
        { "\u2022 one two three four", "\u2022 one two\n..three four\n" },
        { "- one two three four", "- one two\n..three four\n" },
        { "1. one two three", "1. one two\n...three\n" },
        { "12) one two three", "12) one two\n....three\n" },
        { "iv. one two three", "iv. one two\n....three\n" },
        { "a. one two three", "a. one two\n...three\n" },
        { "  \u2022 one two three", "  \u2022 one two\n....three\n" },
        { "2024. one two three", "2024. one two\nthree\n" },
        { "well, one two three", "well, one two\nthree\n" },
        { "-5 is one two three", "-5 is one two\nthree\n" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };

        show(cases[i].text, 13, &out);
        assert_string_equal(buf_cstr(&out), cases[i].rows);
        buf_release(&out);
    }
}

static void hang_leaves_at_least_half_the_row(void **state)
{
    struct buf out = { 0 };

    (void)state;
    show("    1. one two", 8, &out);
    assert_string_equal(buf_cstr(&out), "    1.\n....one\n....two\n");
    buf_release(&out);
    out = (struct buf){ 0 };
    show("\u2022 ab", 1, &out);
    assert_string_equal(buf_cstr(&out), "\u2022\na\nb\n");
    buf_release(&out);
}

// Breaking plain ASCII takes a quicker way; a text with other letters must break alike.
static void ascii_breaks_like_any_other_text(void **state)
{
    static const char *const words[] = {
        "e",    "seen",  "there-e", "we/they", "-e",  " ",    "e-",
        "me, ", "end. ", "9-e",     "5/6",     "1. ", "(see", "e) "
    };
    uint32_t seed = 3;

    (void)state;
    for (int round = 0; round < 1500; round++) {
        struct buf plain = { 0 }, marked = { 0 };

        buf_add_char(&plain, '='); // no list item
        for (int i = 0; i < 30; i++) {
            buf_add_cstr(&plain, words[next_random(&seed) % ARRAY_LEN(words)]);
            if (next_random(&seed) % 3)
                buf_add_char(&plain, ' ');
        }
        for (size_t i = 0; i < plain.len; i++)
            buf_add(&marked, plain.ptr[i] == 'e' ? SV("\u00e9") : sv_of(plain.ptr + i, 1));

        struct article *a = article_new(buf_sv(&plain));
        struct article *b = article_new(buf_sv(&marked));
        int cols = 1 + (int)(next_random(&seed) % 30);
        struct row ra = wrap_at(a, 0, cols), rb = wrap_at(b, 0, cols);
        bool more;

        do {
            assert_int_equal(ra.span.beg, article_cp(b, rb.span.beg));
            assert_int_equal(ra.span.end, article_cp(b, rb.span.end));
            more = wrap_next(a, &ra, cols, &ra);
            assert_int_equal(more, wrap_next(b, &rb, cols, &rb));
        } while (more);
        article_free(a);
        article_free(b);
        buf_release(&plain);
        buf_release(&marked);
    }
}

static void columns_and_bytes_answer_each_other(void **state)
{
    struct article *article = article_new(SV("1. a\u4e2d\tb one two"));
    struct row row = wrap_at(article, 0, 12);

    (void)state;
    assert_int_equal(wrap_col(article, &row, 0), 0);
    assert_int_equal(wrap_col(article, &row, 4), 4);
    assert_int_equal(wrap_col(article, &row, 7), 6);
    assert_int_equal(wrap_col(article, &row, 8), 8);
    assert_int_equal(wrap_pos(article, &row, 5), 4);
    assert_int_equal(wrap_pos(article, &row, 7), 7);
    assert_int_equal(wrap_pos(article, &row, 99), 9);
    assert_true(wrap_next(article, &row, 12, &row));
    assert_int_equal(row.indent, 3);
    assert_int_equal(wrap_col(article, &row, row.span.beg), 3);
    assert_int_equal(wrap_pos(article, &row, 0), row.span.beg);
    article_free(article);
}

static void strings_are_cut_into_rows(void **state)
{
    static const char *const expected[] = { "one two", "three", "", "four" };
    struct sv rest = SV("one two three\n\nfour "), row;
    size_t count = 0;

    (void)state;
    while (wrap_string(&rest, 7, &row)) {
        assert_true(count < ARRAY_LEN(expected));
        assert_true(sv_eq_cstr(row, expected[count]));
        count++;
    }
    assert_int_equal(count, ARRAY_LEN(expected));
    rest = (struct sv){ 0 };
    assert_false(wrap_string(&rest, 7, &row));
}

// Going on from row to row has ways of its own for plain rows; asking for one row has none.
static void quick_rows_are_those_that_are_asked_for(void **state)
{
    static const char *const pieces[] = {
        "a",   "word ",  "Kabul-based ", "and/or ", "x, ",  "(so) ", "19-20 ", "- ",     "  ",
        "end", "it's ",  "\n",           "\r\n",    "\n\n", "1. ",   "\n- ",   "\ta",    "--",
        "i. ", "\n\"I ", "e\u0301",      "\u00a0",  "\r",   "\x7f",  "\xff",   "\u4e2d", "\u2014",
    };
    uint32_t seed = 3;

    (void)state;
    for (int round = 0; round < 1500; round++) {
        struct buf text = { 0 };
        size_t count = round % 3 ? ARRAY_LEN(pieces) - 9 : ARRAY_LEN(pieces);
        int cols = 1 + (int)(next_random(&seed) % 80);

        for (uint32_t n = next_random(&seed) % 200; n > 0; n--)
            buf_add_cstr(&text, pieces[next_random(&seed) % count]);

        struct article *article = article_new(buf_sv(&text));
        struct row row = wrap_at(article, 0, cols);

        while (wrap_next(article, &row, cols, &row)) {
            struct row asked = wrap_at(article, row.span.beg, cols);

            assert_int_equal(row.span.beg, asked.span.beg);
            assert_int_equal(row.span.end, asked.span.end);
            assert_int_equal(row.indent, asked.indent);
            assert_int_equal(row.is_first, asked.is_first);
            assert_int_equal(row.is_last, asked.is_last);
        }
        assert_int_equal(row.span.end, text.len);
        article_free(article);
        buf_release(&text);
    }
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_break_where_a_reader_would),
        cmocka_unit_test(list_items_hang),
        cmocka_unit_test(hang_leaves_at_least_half_the_row),
        cmocka_unit_test(ascii_breaks_like_any_other_text),
        cmocka_unit_test(columns_and_bytes_answer_each_other),
        cmocka_unit_test(strings_are_cut_into_rows),
        cmocka_unit_test(quick_rows_are_those_that_are_asked_for),
    };

    return cmocka_run_group_tests(tests, set_locale, NULL);
}
