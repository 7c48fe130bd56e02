// Saved queries: found by name, and what is wrong with them.
#include "t.h"

#include "model/saved.h"

static const struct saved_query queries[] = {
    { .id = { "toll", 4 }, .query = { "topic:deaths", 12 } },
    { .id = { "Bad name", 8 }, .query = { "linked", 6 } },
    { .id = { "slip", 4 }, .query = { "type:evnet source:nobody", 24 } },
    { .id = { "round", 5 }, .query = { "@round", 6 } },
    { .id = { "-x", 2 }, .query = { "@tol", 4 } },
};
static const void *const items[] = { &queries[0], &queries[1], &queries[2], &queries[3],
                                     &queries[4] };
static const struct rec_list saved = { items, ARRAY_LEN(items) };

static void t_found_by_name(void **state)
{
    (void)state;
    assert_ptr_equal(saved_find(&saved, SV("toll")), &queries[0]);
    assert_null(saved_find(&saved, SV("tol")));
    assert_null(saved_find(NULL, SV("toll")));
    assert_ptr_equal(saved_nearest(&saved, SV("tol")), &queries[0]);
    assert_null(saved_nearest(&saved, SV("xyzzy")));
    assert_null(saved_nearest(NULL, SV("toll")));
}

static void t_check_names_what_is_wrong(void **state)
{
    static const struct {
        enum err_code code;
        enum severity severity;
        const char *text;
    } wanted[] = {
        { E_NAME, SEVERITY_ERROR,
          "'Bad name' cannot be asked for; use small letters, digits, . _ and -" },
        { E_WORD, SEVERITY_WARNING, "'evnet' is no type; did you mean 'event'?" },
        { E_DANGLING, SEVERITY_WARNING, "no source goes by 'nobody'" },
        { E_QUERY, SEVERITY_ERROR, "column 1: in '@round': column 1: '@round' asks for itself" },
        { E_NAME, SEVERITY_ERROR,
          "'-x' cannot be asked for; use small letters, digits, . _ and -" },
        { E_QUERY, SEVERITY_ERROR, "column 1: no saved query '@tol'; did you mean '@toll'" },
    };
    struct registry registry = { 0 };
    struct findings findings = { 0 };

    (void)state;
    check_saved(&saved, scheme_builtin(), &registry, "queries.yaml", NULL, NULL, &findings);
    assert_int_equal(findings.count, ARRAY_LEN(wanted));
    for (size_t i = 0; i < findings.count; i++) {
        assert_int_equal(findings.items[i].err.code, wanted[i].code);
        assert_int_equal(findings.items[i].severity, wanted[i].severity);
        assert_string_equal(buf_cstr(&findings.items[i].err.text), wanted[i].text);
    }
    findings_release(&findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_found_by_name),
        cmocka_unit_test(t_check_names_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
