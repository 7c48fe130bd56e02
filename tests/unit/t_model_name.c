// Names compared as a search sees them.
#include "t.h"

#include "model/name.h"

static void t_case_and_accents_do_not_count(void **state)
{
    static const struct {
        const char *a, *b;
        bool are_equal, starts;
    } cases[] = {
        { "Taliban", "taliban", true, true },
        { "Jos\xC3\xA9", "JOSE", true, true },
        { "Jose\xCC\x81", "jos\xC3\xA9", true, true }, // combining accent
        { "Taliban", "tali", false, true },
        { "Taliban", "", false, true },
        { "tali", "Taliban", false, false },
        { "", "", true, true },
        { "IS-K", "ISK", false, false },
        { "a\xFF", "a\xFF", true, true },
        { "a\xFF", "a\xFE", false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct sv a = sv_from(cases[i].a), b = sv_from(cases[i].b);

        assert_int_equal(name_eq(a, b), cases[i].are_equal);
        assert_int_equal(name_eq(b, a), cases[i].are_equal);
        assert_int_equal(name_starts(a, b), cases[i].starts);
        assert_int_equal(name_cmp(a, b) == 0, cases[i].are_equal);
        assert_int_equal(name_cmp(a, b), -name_cmp(b, a));
    }
}

static void t_absent_name_equals_none(void **state)
{
    (void)state;
    assert_false(name_eq((struct sv){ 0 }, (struct sv){ 0 }));
    assert_false(name_eq((struct sv){ 0 }, SV("")));
}

static void t_folded_form_is_plain_text(void **state)
{
    (void)state;
    struct arena arena = { 0 };

    assert_string_equal(name_fold(&arena, SV("\xC3\x89MIR")).ptr, "emir");
    assert_string_equal(name_fold(&arena, SV("a\xFF"
                                             "B"))
                            .ptr,
                        "a\xFF"
                        "b");
    assert_int_equal(name_fold(&arena, SV("")).len, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_case_and_accents_do_not_count),
        cmocka_unit_test(t_absent_name_equals_none),
        cmocka_unit_test(t_folded_form_is_plain_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
