// Changes of a text by one stretch; built with blocks of 4 bytes so that short texts cross them.
#define BLOCK 4
#include "base/splice.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void common_bytes_are_counted_from_either_end(void **state)
{
    static const struct {
        const char *a, *b;
        size_t beg, end;
    } cases[] = {
        { "", "", 0, 0 },
        { "", "abcde", 0, 0 },
        { "abcd", "abcd", 4, 4 },
        { "abcdefgh", "abcdefgh", 8, 8 },
        { "abcdefghi", "abcdefgh", 8, 0 },
        { "abcdefgh", "xabcdefgh", 0, 8 },
        { "abcdXfgh", "abcdYfgh", 4, 3 },
        { "abcXefghi", "abcYefghi", 3, 5 },
        { "aaaaaaaaa", "aaaaaaaaaaaaaa", 9, 9 },
        { "Xbcdefghijkl", "Ybcdefghijkl", 0, 11 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sv a = sv_from(cases[i].a), b = sv_from(cases[i].b);

        assert_int_equal(common_beg(a, b), cases[i].beg);
        assert_int_equal(common_beg(b, a), cases[i].beg);
        assert_int_equal(common_end(a, b), cases[i].end);
        assert_int_equal(common_end(b, a), cases[i].end);
    }
}

// `old` whole as the stretch, `new` as its text.
static struct splice whole(struct sv old, const char *new)
{
    struct splice splice = { 0, old.len, { 0 } };

    buf_add_cstr(&splice.text, new);
    return splice;
}

static void a_trimmed_one_holds_only_what_differs(void **state)
{
    static const struct {
        const char *old, *new;
        size_t beg, end;
        const char *text;
    } cases[] = {
        { "one two three", "one 2 three", 4, 7, "2" },
        { "aaaaaaaaa", "aaaaaaaaaaaaaa", 9, 9, "aaaaa" },
        { "aaaaaaaaaaaaaa", "aaaaaaaaa", 9, 14, "" },
        { "same, all of it", "same, all of it", 15, 15, "" },
        { "", "new", 0, 0, "new" },
        { "gone", "", 0, 4, "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sv old = sv_from(cases[i].old), pieces[3];
        struct splice splice = whole(old, cases[i].new);
        struct buf bytes = { 0 };

        splice_trim(&splice, old);
        assert_int_equal(splice.beg, cases[i].beg);
        assert_int_equal(splice.end, cases[i].end);
        assert_string_equal(buf_cstr(&splice.text), cases[i].text);
        assert_int_equal(splice_is_nothing(&splice), !strcmp(cases[i].old, cases[i].new));
        assert_int_equal(splice_len(&splice, old), strlen(cases[i].new));
        splice_pieces(&splice, old, pieces);
        for (size_t n = 0; n < 3; n++)
            buf_add(&bytes, pieces[n]);
        assert_string_equal(buf_cstr(&bytes), cases[i].new);
        buf_release(&bytes);
        splice_release(&splice);
    }
}

static void a_change_is_made_and_taken_back(void **state)
{
    struct buf bytes = { 0 };

    (void)state;
    buf_add_cstr(&bytes, "one two three");

    struct splice there = whole(buf_sv(&bytes), "one and twenty three");
    struct splice back;

    splice_trim(&there, buf_sv(&bytes));
    back = splice_inverse(&there, buf_sv(&bytes));
    splice_apply(&there, &bytes);
    assert_string_equal(buf_cstr(&bytes), "one and twenty three");
    splice_apply(&back, &bytes);
    assert_string_equal(buf_cstr(&bytes), "one two three");
    splice_release(&there);
    splice_release(&back);
    buf_release(&bytes);
}

// Which stretch is named does not matter, only what comes out.
static void the_same_text_by_other_stretches_is_the_same(void **state)
{
    struct sv old = SV("abcabcabc");
    struct splice a = { 0, 3, { 0 } }, b = { 6, 9, { 0 } }, c = { 1, 3, { 0 } };
    struct splice d = whole(old, "abcabc");

    (void)state;
    buf_add_cstr(&c.text, "b");
    assert_true(splice_eq(&a, &b, old)); // the first three gone, the last three gone
    assert_true(splice_eq(&a, &d, old));
    assert_true(splice_eq(&d, &b, old));
    assert_false(splice_eq(&a, &c, old));
    buf_add_cstr(&a.text, "bb");
    assert_false(splice_eq(&a, &c, old)); // as long, but not the same
    splice_release(&a);
    splice_release(&c);
    splice_release(&d);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_bytes_are_counted_from_either_end),
        cmocka_unit_test(a_trimmed_one_holds_only_what_differs),
        cmocka_unit_test(a_change_is_made_and_taken_back),
        cmocka_unit_test(the_same_text_by_other_stretches_is_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
