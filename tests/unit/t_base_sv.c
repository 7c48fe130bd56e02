// String views.
#include "t.h"

#include <string.h>

#include "base/sv.h"

#define ABSENT ((struct sv){ 0 })

static void absent_is_not_empty(void **state)
{
    (void)state;
    assert_true(sv_is_absent(sv_from(NULL)));
    assert_false(sv_is_absent(SV("")));
    assert_false(sv_eq(ABSENT, SV("")));
    assert_true(sv_eq(ABSENT, ABSENT));
    assert_true(sv_is_blank(ABSENT));
    assert_true(sv_is_blank(SV(" \t\r\n")));
    assert_false(sv_is_blank(SV(" x ")));
    assert_true(sv_is_absent(sv_sub(ABSENT, 0, 5)));
    assert_true(sv_is_absent(sv_trim(ABSENT)));
    assert_true(sv_eq_cstr(ABSENT, NULL));
}

static void order_is_by_bytes_then_length(void **state)
{
    static const struct {
        const char *a, *b;
        int want;
    } cases[] = {
        { "a", "a", 0 },  { "a", "b", -1 },  { "a", "aa", -1 },       { "", "a", -1 },
        { NULL, "", -1 }, { NULL, NULL, 0 }, { "a", "\xc3\xa9", -1 }, { "b", "aa", 1 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int got = sv_cmp(sv_from(cases[i].a), sv_from(cases[i].b));
        int back = sv_cmp(sv_from(cases[i].b), sv_from(cases[i].a));

        assert_int_equal((got > 0) - (got < 0), cases[i].want);
        assert_int_equal((back > 0) - (back < 0), -cases[i].want);
    }
}

static void starts_ends_and_parts(void **state)
{
    (void)state;
    assert_true(sv_starts(SV("abc"), SV("ab")));
    assert_true(sv_starts(SV("abc"), SV("")));
    assert_false(sv_starts(SV("a"), SV("ab")));
    assert_true(sv_ends(SV("abc"), SV("bc")));
    assert_false(sv_ends(SV("c"), SV("bc")));
    assert_true(sv_eq_cstr(sv_sub(SV("abc"), 1, 99), "bc"));
    assert_true(sv_eq_cstr(sv_sub(SV("abc"), 2, 1), ""));
    assert_true(sv_eq_cstr(sv_sub(SV("abc"), 9, 12), ""));
    assert_true(sv_eq_cstr(sv_trim(SV(" \ta b\n ")), "a b"));
}

static void find_gives_the_first_at_or_after(void **state)
{
    (void)state;
    assert_int_equal(sv_find(SV("abcabc"), SV("bc"), 0), 1);
    assert_int_equal(sv_find(SV("abcabc"), SV("bc"), 2), 4);
    assert_true(sv_find(SV("abcabc"), SV("bc"), 5) == SIZE_MAX);
    assert_int_equal(sv_find(SV("abc"), SV(""), 3), 3);
    assert_true(sv_find(SV("abc"), SV(""), 4) == SIZE_MAX);
    assert_true(sv_find(ABSENT, SV(""), 0) == SIZE_MAX);
}

static void split_gives_every_piece(void **state)
{
    static const struct {
        const char *text, *want; // pieces between bars
    } cases[] = {
        { "a,b", "a|b|" }, { "a", "a|" }, { "", "|" }, { ",", "||" }, { "a,,b,", "a||b||" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sv rest = sv_from(cases[i].text), piece;
        char got[32] = "";
        size_t len = 0;

        while (sv_split(&rest, ',', &piece)) {
            memcpy(got + len, piece.ptr, piece.len);
            len += piece.len;
            got[len++] = '|';
        }
        assert_string_equal(got, cases[i].want);
    }
}

static void distance_counts_edits(void **state)
{
    static const struct {
        const char *a, *b;
        size_t want;
    } cases[] = {
        { "", "", 0 },
        { "a", "", 1 },
        { "", "abc", 3 },
        { "kitten", "sitting", 3 },
        { "differs", "difers", 1 },
        { "ab", "ba", 1 },
        { "contested", "contsted", 1 },
        { "abcd", "badc", 2 },
        { "same", "same", 0 },
    };
    char long_text[80];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(sv_distance(sv_from(cases[i].a), sv_from(cases[i].b)), cases[i].want);
        assert_int_equal(sv_distance(sv_from(cases[i].b), sv_from(cases[i].a)), cases[i].want);
    }
    memset(long_text, 'x', sizeof(long_text));
    assert_true(sv_distance(sv_of(long_text, 65), SV("x")) == SIZE_MAX);
    assert_int_equal(sv_distance(sv_of(long_text, 64), sv_of(long_text, 63)), 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_is_not_empty),
        cmocka_unit_test(order_is_by_bytes_then_length),
        cmocka_unit_test(starts_ends_and_parts),
        cmocka_unit_test(find_gives_the_first_at_or_after),
        cmocka_unit_test(split_gives_every_piece),
        cmocka_unit_test(distance_counts_edits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
