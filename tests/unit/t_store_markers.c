// Texts with conflict markers taken apart and put together.
#include "t.h"

#include <string.h>

#include "base/attr.h"
#include "store/markers.h"

static const struct {
    const char *text, *base, *ours, *theirs;
    size_t count;
    bool has_base;
    int line; // 0: it pairs
} cases[] = {
    { "", "", "", "", 0, true, 0 },
    { "a\nb", "a\nb", "a\nb", "a\nb", 0, true, 0 },
    { "<<<<<<< x\no\n=======\nt\n>>>>>>> y\n", "", "o\n", "t\n", 1, false, 0 },
    { "a\n<<<<<<< x\no\n||||||| b\nb\n=======\nt\n>>>>>>> y\nz", "a\nb\nz", "a\no\nz", "a\nt\nz", 1,
      true, 0 },
    { "<<<<<<<\r\no\r\n=======\r\n>>>>>>>\r\n", "", "o\r\n", "", 1, false, 0 },
    { "<<<<<<< 1\n=======\n>>>>>>> 1\n<<<<<<< 2\n||||||| 2\n=======\n>>>>>>> 2", "", "", "", 2, false,
      0 },
    { "<<<<<<<< eight\n======= no\n", "<<<<<<<< eight\n======= no\n", "<<<<<<<< eight\n======= no\n",
      "<<<<<<<< eight\n======= no\n", 0, true, 0 },
    { "a\n=======\n", 0, 0, 0, 0, false, 2 },
    { "<<<<<<< x\na\n<<<<<<< y\n", 0, 0, 0, 0, false, 3 },
    { "a\n<<<<<<< x\na\n=======\nb\n", 0, 0, 0, 0, false, 2 },
    { ">>>>>>> x\n", 0, 0, 0, 0, false, 1 },
    { "<<<<<<< x\n>>>>>>> x\n", 0, 0, 0, 0, false, 2 },
};

static void sides_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct marked marked;
        int line;
        bool ok = markers_split(sv_from(cases[i].text), &marked, &line);

        assert_int_equal(ok, cases[i].line == 0);
        if (ok) {
            assert_string_equal(buf_cstr(&marked.sides[SIDE_BASE]), cases[i].base);
            assert_string_equal(buf_cstr(&marked.sides[SIDE_OURS]), cases[i].ours);
            assert_string_equal(buf_cstr(&marked.sides[SIDE_THEIRS]), cases[i].theirs);
            assert_int_equal(marked.count, cases[i].count);
            assert_int_equal(marked.has_base, cases[i].has_base);
        } else {
            assert_int_equal(line, cases[i].line);
        }
        marked_release(&marked);
    }
}

static void what_is_marked_is_told_apart_again(void **state)
{
    static const struct sv sides[SIDE__N] = {
        [SIDE_BASE] = { "b", 1 }, [SIDE_OURS] = { "", 0 }, [SIDE_THEIRS] = { "t\nu\n", 4 }
    };
    struct buf text = { 0 };
    struct marked marked;
    int line;

    (void)state;
    markers_add(sides, SV("says of c1"), false, &text);
    assert_true(markers_split(buf_sv(&text), &marked, &line));
    assert_string_equal(buf_cstr(&marked.sides[SIDE_BASE]), "b\n");
    assert_string_equal(buf_cstr(&marked.sides[SIDE_OURS]), "");
    assert_string_equal(buf_cstr(&marked.sides[SIDE_THEIRS]), "t\nu\n");
    assert_true(marked.has_base);
    marked_release(&marked);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_are_told_apart),
        cmocka_unit_test(what_is_marked_is_told_apart_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
