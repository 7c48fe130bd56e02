// Where two texts begin and cease to differ; built with blocks of 4 bytes so that short texts cross
// them.
#define BLOCK 4
#include "session/trace.c"

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

static void a_step_keeps_only_what_differs(void **state)
{
    struct step step = { 0 };

    (void)state;
    trace_add(&step, (struct trace){ 0 }, SV("one two three"), SV("one 2 three"));
    trace_add(&step, (struct trace){ 0 }, SV("aaaaaaaaa"), SV("aaaaaaaaaaaaaa"));
    assert_int_equal(step.trace_count, 2);
    assert_int_equal(step.traces[0].at, 4);
    assert_true(sv_eq(buf_sv(&step.traces[0].before), SV("two")));
    assert_true(sv_eq(buf_sv(&step.traces[0].after), SV("2")));
    assert_int_equal(step.traces[1].at, 9);
    assert_int_equal(step.traces[1].before.len, 0);
    assert_true(sv_eq(buf_sv(&step.traces[1].after), SV("aaaaa")));
    traces_release(&step);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_bytes_are_counted_from_either_end),
        cmocka_unit_test(a_step_keeps_only_what_differs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
