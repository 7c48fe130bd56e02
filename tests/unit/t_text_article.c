// Code points, lines and excerpts of an article; built with marks 8 bytes apart so that every text
// crosses them.
#define ARTICLE_STEP ((size_t)8)
#include "text/article.c"
#include "base/visible.h"
#include "text/utf8_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

// Code points that begin before `pos`, the slow and sure way.
static size_t count_slowly(struct sv text, size_t pos)
{
    size_t size, count = 0;

    for (size_t at = 0; at < pos && at < text.len; at += size) {
        utf8_decode(sv_sub(text, at, text.len), &size);
        count++;
    }
    return count;
}

static void positions_agree_with_a_plain_count(void **state)
{
    static const char *const pieces[] = {
        "a",
        "bc",
        "the quick brown fox jumps over the lazy dog again and again",
        "\u00e9",
        "\u201c",
        "\U0001f600",
        "\x80",
        "\xe2\x80",
        "\xf0\x9f\x98",
        "\xc0\xaf",
        "\xed\xa0\x80",
        "\r\n",
        "\u4e2d\u6587",
    };
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 300; round++) {
        struct buf text = { 0 };

        for (uint32_t n = next_random(&seed) % 12; n > 0; n--)
            buf_add_cstr(&text, pieces[next_random(&seed) % ARRAY_LEN(pieces)]);

        struct article *article = article_new(buf_sv(&text));

        for (int probe = 0; probe < 20; probe++) {
            size_t pos = text.len ? next_random(&seed) % (text.len + 1) : 0;

            assert_int_equal(article_cp(article, pos), count_slowly(buf_sv(&text), pos));
        }

        size_t size, cp = 0;

        for (size_t pos = 0; pos < text.len; pos += size, cp++) {
            assert_int_equal(article_pos(article, cp), pos);
            utf8_decode(sv_sub(buf_sv(&text), pos, text.len), &size);
        }
        assert_int_equal(article_cp_len(article), cp);
        assert_int_equal(article_pos(article, cp + 5), text.len);
        article_free(article);
        buf_release(&text);
    }
}

// Sixteen bytes at a time say what one code point at a time says, of valid text and of any other.
static void runs_of_utf8_are_those_of_decoding(void **state)
{
    static const int32_t last[] = { 0x7f, 0x7ff, 0xffff, 0x10ffff, 0x400, 0x7f };
    uint32_t seed = 31;
    size_t gone = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct buf buf = { 0 };
        size_t kind = next_random(&seed) % ARRAY_LEN(last), count, most = SIZE_MAX, beg = 0;

        while (buf.len < 120) {
            int32_t cp = (int32_t)(next_random(&seed) % (uint32_t)(last[kind] + 1));

            if (cp < 0xd800 || cp > 0xdfff)
                utf8_add(&buf, cp);
        }
        if (round % 2) // most likely no longer valid
            buf.ptr[next_random(&seed) % buf.len] = (char)next_random(&seed);
        if (round % 3 == 0)
            most = next_random(&seed) % 100;

        struct sv text = buf_sv(&buf);
        size_t size, end = text.len - next_random(&seed) % 8, cps = 0;

        for (int i = 0; i < 5 && i < (int)(next_random(&seed) % 8); i++, beg += size)
            utf8_decode(sv_sub(text, beg, text.len), &size);

        size_t stop = utf8_run(text, beg, end, most, &count);

        assert_true(stop >= beg && stop <= end && count <= most);
        for (size_t pos = beg; pos < stop; pos += size, cps++)
            assert_true(utf8_decode(sv_sub(text, pos, stop), &size) >= 0);
        assert_int_equal(cps, count);
        gone += stop - beg;
        buf_release(&buf);
    }
    assert_true(gone > 20000 * 30);
}

static void index_grows_no_further_than_asked(void **state)
{
    static char bytes[4096];
    struct article *article;

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    article = article_new(sv_of(bytes, sizeof(bytes)));
    assert_int_equal(article->count, 1);
    assert_int_equal(article_cp(article, 100), 100);
    assert_true(article->count <= 100 / ARTICLE_STEP + 2);
    article_free(article);
}

// Marks of the index are far apart in the program: records are asked for in the order of the text.
static void a_question_begins_at_the_one_before(void **state)
{
    struct article *article =
        article_new(SV("\u201cna\u00efve\u201d caf\u00e9 au lait, caf\u00e9"));
    size_t len = article_bytes(article).len;

    (void)state;
    assert_int_equal(article_cp(article, 9), 6);
    assert_int_equal(article->last.pos, 9);
    assert_int_equal(article->last.cp, 6);
    article->last.cp++; // a wrong answer there shows where the next one began
    assert_int_equal(article_cp(article, 12), 8);
    article->last = (struct mark){ 0 };
    assert_int_equal(article_cp(article, 12), 7);
    for (size_t far = len; far > 0; far--) {
        assert_int_equal(article_cp(article, far), count_slowly(article_bytes(article), far));
        assert_true(article_pos(article, article_cp(article, far / 2)) >= far / 2);
    }
    article_free(article);
}

static void spans_go_to_code_points_and_back(void **state)
{
    struct article *article = article_new(SV("\u201cna\u00efve\u201d caf\u00e9"));
    struct cp_span cps = article_to_cp(article, (struct byte_span){ 3, 9 });
    struct byte_span bytes = article_to_bytes(article, cps);

    (void)state;
    assert_int_equal(cps.beg, 1);
    assert_int_equal(cps.end, 6);
    assert_int_equal(bytes.beg, 3);
    assert_int_equal(bytes.end, 9);
    article_free(article);
}

static void lines_end_before_lf_and_crlf(void **state)
{
    struct article *article = article_new(SV("one\r\ntwo\n\nlast"));
    static const struct {
        size_t pos, beg, end, next, number;
    } cases[] = {
        { 0, 0, 3, 5, 1 }, { 3, 0, 3, 5, 1 },  { 4, 0, 3, 5, 1 },     { 5, 5, 8, 9, 2 },
        { 8, 5, 8, 9, 2 }, { 9, 9, 9, 10, 3 }, { 10, 10, 14, 14, 4 }, { 14, 10, 14, 14, 4 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(article_line_beg(article, cases[i].pos), cases[i].beg);
        assert_int_equal(article_line_end(article, cases[i].pos), cases[i].end);
        assert_int_equal(article_line_next(article, cases[i].pos), cases[i].next);
        assert_int_equal(article_line_number(article, cases[i].pos), cases[i].number);
    }
    article_free(article);
}

static void line_after_a_final_line_end_is_empty(void **state)
{
    struct article *article = article_new(SV("one\n"));

    (void)state;
    assert_int_equal(article_line_beg(article, 4), 4);
    assert_int_equal(article_line_end(article, 4), 4);
    assert_int_equal(article_line_next(article, 0), 4);
    article_free(article);
}

static void empty_text_has_no_code_point(void **state)
{
    struct article *article = article_new((struct sv){ 0 });

    (void)state;
    assert_int_equal(article_cp_len(article), 0);
    assert_int_equal(article_pos(article, 7), 0);
    assert_int_equal(article_line_end(article, 0), 0);
    article_free(article);
}

static void sha256_is_that_of_the_standard(void **state)
{
    char hex[65];

    (void)state;
    article_sha256(SV("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    article_sha256((struct sv){ 0 }, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void excerpt_is_valid_utf8_with_context(void **state)
{
    struct article *article = article_new(SV("0123456789012345678901234567890123456789"
                                             "bad \xff byte"
                                             "\u00e9\u00e9"));
    struct arena arena = { 0 };
    struct excerpt excerpt = article_excerpt(article, (struct byte_span){ 40, 46 }, &arena);

    (void)state;
    assert_int_equal(excerpt.at.beg, 40);
    assert_int_equal(excerpt.at.end, 46);
    assert_string_equal(excerpt.quote.ptr, "bad \ufffd ");
    assert_string_equal(excerpt.before.ptr, "89012345678901234567890123456789");
    assert_string_equal(excerpt.after.ptr, "byte\u00e9\u00e9");
    excerpt = article_excerpt(article, (struct byte_span){ 0, 1 }, &arena);
    assert_false(sv_is_absent(excerpt.before));
    assert_int_equal(excerpt.before.len, 0);
    arena_release(&arena);
    article_free(article);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_agree_with_a_plain_count),
        cmocka_unit_test(runs_of_utf8_are_those_of_decoding),
        cmocka_unit_test(index_grows_no_further_than_asked),
        cmocka_unit_test(a_question_begins_at_the_one_before),
        cmocka_unit_test(spans_go_to_code_points_and_back),
        cmocka_unit_test(lines_end_before_lf_and_crlf),
        cmocka_unit_test(line_after_a_final_line_end_is_empty),
        cmocka_unit_test(empty_text_has_no_code_point),
        cmocka_unit_test(sha256_is_that_of_the_standard),
        cmocka_unit_test(excerpt_is_valid_utf8_with_context),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
