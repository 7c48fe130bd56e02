// Errors: set, passed, printed, collected.
#include "t.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"

static void an_error_says_where_and_what(void **state)
{
    static const struct {
        struct err_at at;
        const char *want;
    } cases[] = {
        { { NULL, 0, 0 }, "text 7" },     { { "a.yaml", 0, 0 }, "a.yaml: text 7" },
        { { "a", 3, 0 }, "a:3: text 7" }, { { "a", 3, 9 }, "a:3:9: text 7" },
        { { "a", 0, 9 }, "a: text 7" },   { { "a\x1b[1m", 0, 0 }, "a^[[1m: text 7" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err = { 0 };
        struct buf out = { 0 };

        assert_false(err_set(&err, E_SHAPE, cases[i].at, "text %d", 7));
        err_print(&err, &out);
        assert_string_equal(buf_cstr(&out), cases[i].want);
        buf_release(&out);
        err_release(&err);
        assert_int_equal(err.code, E_NONE);
    }
}

static void a_later_error_may_quote_the_earlier_one(void **state)
{
    struct err err = { 0 };

    (void)state;
    (void)err_set(&err, E_YAML, (struct err_at){ "p", 1, 2 }, "inner");
    (void)err_set(&err, E_SHAPE, (struct err_at){ buf_cstr(&err.path), 3, 4 }, "outer: %s",
                  buf_cstr(&err.text));
    assert_string_equal(buf_cstr(&err.text), "outer: inner");
    assert_string_equal(buf_cstr(&err.path), "p");
    assert_int_equal(err.line, 3);
    err_release(&err);
}

static void the_reason_of_the_system_is_added(void **state)
{
    struct err err = { 0 };

    (void)state;
    errno = ENOSPC;
    assert_false(err_set_errno(&err, "file", "cannot be saved"));
    assert_int_equal(err.code, E_SYSTEM);
    assert_string_equal(buf_cstr(&err.text), "cannot be saved: No space left on device");
    err_release(&err);
}

static void bytes_that_a_terminal_obeys_are_not_printed(void **state)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    (void)state;
    (void)err_set(&err, E_WORD, ERR_NOWHERE, "'%s'", "a\nb\x9b\xff");
    err_print(&err, &out);
    assert_string_equal(buf_cstr(&out), "'a^Jb<9B><FF>'");
    buf_release(&out);
    err_release(&err);
}

static void every_code_has_a_name_a_meaning_and_a_status(void **state)
{
    (void)state;
    for (int code = E_NONE + 1; code < E__N; code++) {
        int status = err_status((enum err_code)code);

        assert_true(status == 0 || (status >= 2 && status <= 4));
        assert_true(strlen(err_meaning((enum err_code)code)) > 0);
        for (int other = E_NONE; other < code; other++)
            assert_string_not_equal(err_name((enum err_code)code), err_name((enum err_code)other));
    }
    assert_string_equal(err_name(E_UNKNOWN_KEY), "unknown-key");
}

static void findings_are_counted_and_sorted_in_place_order(void **state)
{
    static const struct {
        const char *path;
        int line, col;
    } places[] = { { "b", 1, 1 }, { "a", 2, 1 }, { "a", 1, 9 }, { "b", 1, 1 }, { "a", 1, 2 } };
    struct findings list = { 0 };
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        findings_add(&list, i % 2 ? SEVERITY_ERROR : SEVERITY_WARNING, E_SPAN,
                     (struct err_at){ places[i].path, places[i].line, places[i].col }, "%zu", i);
    (void)err_set(&err, E_YAML, ERR_NOWHERE, "moved");
    findings_take(&list, SEVERITY_ERROR, &err);
    assert_int_equal(err.code, E_NONE);
    assert_int_equal(list.count, 6);
    assert_int_equal(list.errors, 3);
    findings_sort(&list);

    static const char *const want[] = { "moved", "4", "2", "1", "0", "3" };

    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        assert_string_equal(buf_cstr(&list.items[i].err.text), want[i]);
    findings_release(&list);
    findings_release(&list);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_says_where_and_what),
        cmocka_unit_test(a_later_error_may_quote_the_earlier_one),
        cmocka_unit_test(the_reason_of_the_system_is_added),
        cmocka_unit_test(bytes_that_a_terminal_obeys_are_not_printed),
        cmocka_unit_test(every_code_has_a_name_a_meaning_and_a_status),
        cmocka_unit_test(findings_are_counted_and_sorted_in_place_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
