// Times as others write them, in our form.
#include "t.h"

#include "exchange/iso_time.h"

static void times_are_put_into_utc(void **state)
{
    static const struct {
        const char *text, *want; // NULL: no time
    } cases[] = {
        { "2026-11-22T03:10:00Z", "2026-11-22T03:10:00Z" },
        { "2026-11-22T03:10:00.123456+00:00", "2026-11-22T03:10:00Z" },
        { "2026-11-22T03:10Z", "2026-11-22T03:10:00Z" },
        { "2026-11-22 03:10:05", "2026-11-22T03:10:05Z" },
        { "2026-01-01T00:30:00+02:00", "2025-12-31T22:30:00Z" },
        { "2024-02-28T23:30:00-0100", "2024-02-29T00:30:00Z" },
        { "2023-02-28T23:30:00-01", "2023-03-01T00:30:00Z" },
        { "2026-12-31T20:00:00-05:30", "2027-01-01T01:30:00Z" },
        { "2026-02-29T00:00:00Z", NULL },
        { "2026-13-01T00:00:00Z", NULL },
        { "2026-11-22T24:00:00Z", NULL },
        { "2026-11-22", NULL },
        { "2026-11-22T03", NULL },
        { "2026-11-22T03:10:00Zx", NULL },
        { "22 November 2026", NULL },
        { "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena arena = { 0 };
        struct sv got = iso_time_read(&arena, sv_from(cases[i].text));

        if (!cases[i].want)
            assert_true(sv_is_absent(got));
        else
            assert_string_equal(got.ptr, cases[i].want);
        arena_release(&arena);
    }
}

static void only_our_form_is_ours(void **state)
{
    (void)state;
    assert_true(iso_time_is_ours(SV("2026-11-22T03:10:00Z")));
    assert_false(iso_time_is_ours(SV("2026-11-22T03:10Z")));
    assert_false(iso_time_is_ours(SV("soon")));
    assert_false(iso_time_is_ours((struct sv){ 0 }));
}

static void a_day_is_the_moment_it_begins(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    assert_string_equal(iso_day_read(&arena, SV("2024-12-12")).ptr, "2024-12-12T00:00:00Z");
    assert_true(sv_is_absent(iso_day_read(&arena, SV("December 2024"))));
    arena_release(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_put_into_utc),
        cmocka_unit_test(only_our_form_is_ours),
        cmocka_unit_test(a_day_is_the_moment_it_begins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
