// Rows cover every byte of hostile texts at every width; built with very long lines cut at 64
// bytes.
#define PIECE_MAX ((size_t)64)
#include "text/piece.c"
#include "text/wrap.c"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buf.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void add_hostile(struct buf *text, uint32_t *seed, bool has_lines)
{
    static const char *const pieces[] = {
        "a",      "word ",   "Kabul-based ", "e\u0301",    "\u0301",     "\u200d",
        "\x1b",   "\xff",    "\xe2\x80",     "\u202e",     "\u4e2d",     "\U0001f1f5",
        "\u3002", "\u201c",  "\u2014",       "\u00a0",     "  ",         "\t",
        "\r",     "     ",   "/and",         "\U0001f468", "\U0001f3fd", "x.",
        "1. ",    "\u2022 ", "\r\n",         "\n",         "\n\n",
    };
    size_t count = ARRAY_LEN(pieces) - (has_lines ? 0 : 3);

    for (uint32_t n = next_random(seed) % 120; n > 0; n--)
        buf_add_cstr(text, pieces[next_random(seed) % count]);
}

static bool rows_are_equal(struct row a, struct row b)
{
    return a.span.beg == b.span.beg && a.span.end == b.span.end && a.indent == b.indent &&
           a.is_first == b.is_first && a.is_last == b.is_last;
}

// True when the row fits, but for blanks at its end or a single cluster that is wider than it.
static bool row_fits(struct sv text, const struct row *row, int cols)
{
    struct sv line = sv_sub(text, 0, row->span.end);
    int col = row->indent;
    struct glyph glyph;

    for (size_t pos = row->span.beg; pos < line.len; pos += glyph.size) {
        glyph_at(line, pos, col, &glyph);
        col += glyph.cols;

        bool is_blank = glyph.is_blank && line.ptr[pos] != '\xc2'; // not the no-break space

        if (col > cols && !is_blank && pos > row->span.beg)
            return false;
    }
    return true;
}

static void check_rows(struct sv text, int cols)
{
    struct article *article = article_new(text);
    struct row row = wrap_at(article, 0, cols), next, back;
    size_t covered = 0;

    for (;;) {
        // the line end is the only thing between two rows
        assert_true(row.span.beg >= covered && row.span.end >= row.span.beg);
        for (; covered < row.span.beg; covered++)
            assert_true(row.is_first && strchr("\r\n", text.ptr[covered]));
        covered = row.span.end;
        assert_true(row.indent < cols);
        assert_true(row_fits(text, &row, cols));
        assert_true(rows_are_equal(row, wrap_at(article, row.span.beg, cols)));
        if (row.span.end > row.span.beg)
            assert_true(rows_are_equal(row, wrap_at(article, row.span.end - 1, cols)));
        if (!wrap_next(article, &row, cols, &next))
            break;
        assert_true(next.span.beg > row.span.beg);
        assert_int_equal(next.is_first, row.is_last);
        assert_true(wrap_prev(article, &next, cols, &back));
        assert_true(rows_are_equal(row, back));
        row = next;
    }
    assert_int_equal(covered, text.len);
    assert_true(row.is_last);
    article_free(article);
}

static void check_random(uint32_t seed, bool has_lines)
{
    for (int round = 0; round < 800; round++) {
        struct buf text = { 0 };

        add_hostile(&text, &seed, has_lines);
        check_rows(buf_sv(&text), 1 + (int)(next_random(&seed) % (round % 2 ? 12 : 90)));
        buf_release(&text);
    }
}

static void rows_cover_hostile_texts_at_any_width(void **state)
{
    (void)state;
    check_random(11, true);
}

static void rows_cover_lines_longer_than_a_piece(void **state)
{
    (void)state;
    check_random(12, false);
}

static void long_line_is_cut_behind_a_blank(void **state)
{
    struct buf text = { 0 };

    (void)state;
    while (text.len < 1000)
        buf_add_cstr(&text, "it was ");

    struct article *article = article_new(buf_sv(&text));
    struct row row = wrap_at(article, 0, 500);
    size_t rows = 1;

    for (; wrap_next(article, &row, 500, &row); rows++)
        assert_true(row.is_first || text.ptr[row.span.beg - 1] == ' ' ||
                    row.span.beg % PIECE_MAX == 0);
    assert_true(rows > text.len / PIECE_MAX - 2);
    article_free(article);
    buf_release(&text);
}

static void line_shorter_than_a_piece_is_not_cut(void **state)
{
    struct buf text = { 0 };

    (void)state;
    buf_add_fill(&text, 'x', 40);
    buf_add_char(&text, '\n');
    buf_add_fill(&text, 'y', 60); // lies across byte 64

    struct article *article = article_new(buf_sv(&text));
    struct row row = wrap_at(article, 70, 100);

    assert_int_equal(row.span.beg, 41);
    assert_int_equal(row.span.end, 101);
    article_free(article);
    buf_release(&text);
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_cover_hostile_texts_at_any_width),
        cmocka_unit_test(rows_cover_lines_longer_than_a_piece),
        cmocka_unit_test(long_line_is_cut_behind_a_blank),
        cmocka_unit_test(line_shorter_than_a_piece_is_not_cut),
    };

    return cmocka_run_group_tests(tests, set_locale, NULL);
}
