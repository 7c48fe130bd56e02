// Texts with conflict markers taken apart and put together.
#include "t.h"

#include <string.h>

#include "base/attr.h"
#include "store/doc.h"
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

// Files with scalars of every style, in which markers would be good YAML.
static const char *const files[] = {
    "gainsay: 1\narticle: a\nannotator: b\nclaims:\n\n- id: c0000001\n  span:\n  - at: [0, 3]\n"
    "    quote: |\n      one\n\n      two\n  says: \"a\n    folded\n    text\"\n  note: |+\n"
    "    kept\n\n  tags: [a, b]\nlinks:\n\n- id: l0000001\n  from: c0000001\n  to:\n"
    "    claim: c0000001\n  type: differs\nread:\n- [0, 3]\n",
    "# what\ngainsay: 1\nclaims:\n- id: c0000001\n  says: 'a\n\n    b'\n  span:\n  - {at: [0, 1], "
    "quote: x}\n- id: c0000002\n  note: >-\n    folded\n    too\n  span: []\nnotes: []\n",
    "gainsay: 1\nsources:\n\n- id: a\n  name: A\n  aliases: [x,\n    y]\n\n- id: b\n  note: |\n"
    "    some\n      more\n    lines\n",
};

static const char *const styles[] = {
    "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n",
    "<<<<<<< HEAD\n||||||| 1234567\nbase\n=======\n>>>>>>> 89abcde (subject)\n",
    "<<<<<<<\n  a: b\n=======\n  a: c\n>>>>>>>\n",
    ">>>>>>> left over\n",
};

// A conflict in front of line `at` of a file, with the line ends asked for.
static void insert(const char *file, int at, const char *conflict, bool is_crlf, struct buf *out)
{
    struct sv rest = sv_from(file), line;

    buf_clear(out);
    for (int i = 0; sv_split(&rest, '\n', &line); i++) {
        if (i == at)
            buf_add_cstr(out, conflict);
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
    for (size_t i = 0; is_crlf && i < out->len; i++)
        if (out->ptr[i] == '\n') {
            buf_splice(out, i, i, SV("\r"));
            i++;
        }
}

static void a_conflict_at_any_line_is_refused(void **state)
{
    struct buf text = { 0 };
    size_t count = 0;

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++)
        for (size_t s = 0; s < ARRAY_LEN(styles); s++)
            for (int is_crlf = 0; is_crlf < 2; is_crlf++)
                for (int at = 0; at < 100; at++) {
                    struct doc_content content;
                    struct arena arena = { 0 };
                    struct findings findings = { 0 };
                    struct err err = { 0 };
                    struct doc *doc;

                    insert(files[f], at, styles[s], is_crlf, &text);
                    if (!strstr(buf_cstr(&text), ">>>>>>>"))
                        break;
                    assert_false(doc_load(f == 2 ? &doc_registry : &doc_layer, buf_sv(&text), "a",
                                          &arena, &content, &doc, &findings, &err));
                    assert_int_equal(err.code, E_CONFLICT);
                    assert_int_equal(err.line, at + 1);
                    assert_non_null(strstr(buf_cstr(&err.text), "conflict"));
                    err_release(&err);
                    findings_release(&findings);
                    arena_release(&arena);
                    count++;
                }
    assert_true(count >= 400);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_are_told_apart),
        cmocka_unit_test(what_is_marked_is_told_apart_again),
        cmocka_unit_test(a_conflict_at_any_line_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
