// Growing byte strings.
#include "t.h"

#include <string.h>

#include "base/buf.h"

static void an_empty_buffer_is_an_empty_string(void **state)
{
    struct buf buf = { 0 };

    (void)state;
    assert_string_equal(buf_cstr(&buf), "");
    assert_false(sv_is_absent(buf_sv(&buf)));
    buf_clear(&buf);
    buf_add(&buf, (struct sv){ 0 });
    assert_string_equal(buf_cstr(&buf), "");
    buf_release(&buf);
    buf_release(&buf);
    assert_null(buf.ptr);
}

static void what_is_added_follows_what_is_there(void **state)
{
    struct buf buf = { 0 };

    (void)state;
    buf_add_cstr(&buf, "a");
    buf_add_char(&buf, '-');
    buf_add_fill(&buf, '.', 200);
    buf_addf(&buf, "%d%s", 7, "x");
    buf_add(&buf, sv_of("\0y", 2));
    assert_int_equal(buf.len, 206);
    assert_memory_equal(buf.ptr, "a-....", 6);
    assert_memory_equal(buf.ptr + 202, "7x\0y", 5); // the NUL behind included
    buf_release(&buf);
}

static void a_long_format_is_not_cut(void **state)
{
    struct buf buf = { 0 }, copy = { 0 };

    (void)state;
    buf_add_fill(&buf, 'z', 10000);
    buf_addf(&copy, "<%s>", buf_cstr(&buf));
    assert_int_equal(copy.len, 10002);
    assert_int_equal(copy.ptr[10001], '>');
    buf_release(&buf);
    buf_release(&copy);
}

static void a_splice_replaces_a_part(void **state)
{
    static const struct {
        size_t beg, end;
        const char *with, *want;
    } cases[] = {
        { 0, 0, "x", "xhello" },  { 5, 5, "x", "hellox" },
        { 1, 4, "", "ho" },       { 0, 5, "longer than it", "longer than it" },
        { 2, 3, "LL", "heLLlo" }, { 2, 2, "", "hello" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf buf = { 0 };

        buf_add_cstr(&buf, "hello");
        buf_splice(&buf, cases[i].beg, cases[i].end, sv_from(cases[i].with));
        assert_string_equal(buf_cstr(&buf), cases[i].want);
        assert_int_equal(buf.len, strlen(cases[i].want));
        buf_release(&buf);
    }
}

static void a_splice_into_nothing_adds(void **state)
{
    struct buf buf = { 0 };

    (void)state;
    buf_splice(&buf, 0, 0, SV("new"));
    assert_string_equal(buf_cstr(&buf), "new");
    buf_release(&buf);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_an_empty_string),
        cmocka_unit_test(what_is_added_follows_what_is_there),
        cmocka_unit_test(a_long_format_is_not_cut),
        cmocka_unit_test(a_splice_replaces_a_part),
        cmocka_unit_test(a_splice_into_nothing_adds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
