// YAML as the format allows it: places of nodes, every refusal with its line, strings written so
// that they come back.
#include <stdlib.h>
#include <string.h>

#include "t.h"

#include "base/limits.h"
#include "doc_make.h"
#include "store/yaml_scalar.h"
#include "store/yaml_write.h"

static struct ynode *parse(struct sv bytes, struct arena *arena)
{
    struct ynode *root = NULL;
    struct err err = { 0 };
    bool ok = yaml_parse(bytes, "t.yaml", arena, &root, &err);

    if (!ok)
        print_message("%s\n%.*s\n", buf_cstr(&err.text), SV_ARG(bytes));
    assert_true(ok);
    return root;
}

static void t_nodes_know_their_bytes_lines_and_columns(void **state)
{
    (void)state;
    static const char text[] =
        "\xef\xbb\xbf# caf\xc3\xa9\na: \xc3\xa9t\xc3\xa9 b\n\xc3\xa9: [x, 'y z', {k: \"v\"}]\n"
        "c: |\n  one\n  two\n\n\nd:\n  - e\n  -\n  - f: g # h\nn\xc2\x85: \n";
    static const struct {
        const char *path, *bytes;
        int line, col;
    } rows[] = {
        { "a", "\xc3\xa9t\xc3\xa9 b", 2, 4 },
        { "\xc3\xa9", "[x, 'y z', {k: \"v\"}]", 3, 4 },
        { "c", "|\n  one\n  two", 4, 4 },
        { "d", "- e\n  -\n  - f: g", 10, 3 },
    };
    struct arena arena = { 0 };
    struct ynode *root = parse(sv_of(text, sizeof(text) - 1 - sizeof("n\xc2\x85: \n") + 1), &arena);

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct ynode *node = ynode_get(root, rows[i].path);

        assert_non_null(node);

        struct sv got = sv_of(text + node->bytes.beg, node->bytes.end - node->bytes.beg);

        if (!sv_eq_cstr(got, rows[i].bytes))
            print_message("got '%.*s'\n", SV_ARG(got));
        assert_true(sv_eq_cstr(got, rows[i].bytes));
        assert_int_equal(node->line, rows[i].line);
        assert_int_equal(node->col, rows[i].col);
    }

    const struct ynode *list = ynode_get(root, "d");

    assert_int_equal(list->count, 3);
    assert_true(ynode_is_null(list->items[1]));
    assert_int_equal(list->items[1]->line, 11);
    assert_int_equal(list->items[2]->line, 12);
    assert_int_equal(list->items[2]->col, 5);
    arena_release(&arena);
}

static void t_line_ends_of_yaml_1_1_do_not_shift_lines(void **state)
{
    (void)state;
    struct arena arena = { 0 };
    struct ynode *root = parse(SV("a: \"x\xe2\x80\xa8 y\xc2\x85 z\"\nb: 1\n"), &arena);

    assert_int_equal(ynode_get(root, "b")->line, 2);
    assert_int_equal(ynode_get(root, "b")->col, 4);
    arena_release(&arena);
}

static const struct refusal {
    const char *text;
    enum err_code code;
    int line, col;
    const char *says;
} refusals[] = {
    { "a: &x 1\n", E_REFUSED, 1, 4, "anchors" },
    { "a: 1\nb: *x\n", E_REFUSED, 2, 4, "aliases" },
    { "a: !!str 1\n", E_REFUSED, 1, 4, "tags" },
    { "a: ! b\n", E_REFUSED, 1, 4, "tags" },
    { "a: &x [*x]\n", E_REFUSED, 1, 4, "anchors" },
    { "%TAG ! tag:x,2026:\n---\na: 1\n", E_REFUSED, 1, 1, "tags" },
    { "a: 1\nb: 2\na: 3\n", E_REFUSED, 3, 1, "'a' stands twice in one map, first in line 1" },
    { "x:\n- k: {b: 1, c: 2, \"b\": 3}\n", E_REFUSED, 2, 19, "'b' stands twice" },
    { "a: 1\n---\nb: 1\n", E_REFUSED, 2, 1, "more than one document" },
    { "a: 1\n...\ngarbage\n", E_YAML, 3, 1, "one document" },
    { "a: 1\n...\n---\nb: 1\n", E_REFUSED, 3, 1, "more than one document" },
    { "? [a]\n: b\n", E_REFUSED, 1, 3, "cannot be a key" },
    { "? {a: b}\n: b\n", E_REFUSED, 1, 3, "cannot be a key" },
    { "a: b: c\n", E_YAML, 1, 5, "in quotes" },
    { "a: 1\n\tb: 2\n", E_YAML, 2, 1, "tab" },
    { "a:\n  - b\n c: d\n", E_YAML, 3, 2, "indent" },
    { "a: 'open\nb: c\n", E_YAML, 3, 1, "close the quote" },
    { "a: [1, 2\nb: 3\n", E_YAML, 2, 2, "close the list" },
    { "a: \"\\q\"\n", E_YAML, 1, 5, "backslash" },
    { "a: x\xff\n", E_YAML, 1, 5, "UTF-8" },
    { "a: x\n# \xc3\xa9\nb: y\x1b[0m\n", E_YAML, 3, 5, "escape" },
    { "\xff\xfe"
      "a\0",
      E_YAML, 1, 1, "UTF-8" },
    { "a: @b\n", E_YAML, 1, 4, "in quotes" },
    { "a: 1\n<<<<<<< HEAD\nb: 2\n", E_CONFLICT, 2, 1, "conflict" },
};

static void t_refusals_name_place_and_remedy(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        const struct refusal *row = &refusals[i];
        struct arena arena = { 0 };
        struct ynode *root = NULL;
        struct err err = { 0 };
        bool ok = yaml_parse(sv_from(row->text), "t.yaml", &arena, &root, &err);

        if (ok || err.code != row->code || err.line != row->line || err.col != row->col ||
            !strstr(buf_cstr(&err.text), row->says))
            fail_msg("%s\n%s:%d:%d: %s (%s)", row->text, buf_cstr(&err.path), err.line, err.col,
                     buf_cstr(&err.text), ok ? "accepted" : err_name(err.code));
        assert_string_equal(buf_cstr(&err.path), "t.yaml");
        err_release(&err);
        arena_release(&arena);
    }
}

static bool is_accepted(struct sv bytes, enum err_code *code)
{
    struct arena arena = { 0 };
    struct ynode *root = NULL;
    struct err err = { 0 };
    bool ok = yaml_parse(bytes, "t.yaml", &arena, &root, &err);

    *code = err.code;
    err_release(&err);
    arena_release(&arena);
    return ok;
}

static void t_depth_32_is_accepted_and_33_refused(void **state)
{
    (void)state;
    enum err_code code;

    for (size_t depth = 1; depth <= 40; depth++) {
        struct buf flow = { 0 }, block = { 0 };

        for (size_t i = 0; i < depth; i++) {
            buf_add_char(&flow, '[');
            buf_add_cstr(&block, "- ");
        }
        buf_add_char(&block, 'x');
        buf_add_fill(&flow, ']', depth);
        assert_int_equal(is_accepted(buf_sv(&flow), &code), depth <= LIMIT_YAML_DEPTH);
        assert_int_equal(code, depth <= LIMIT_YAML_DEPTH ? E_NONE : E_REFUSED);
        assert_int_equal(is_accepted(buf_sv(&block), &code), depth <= LIMIT_YAML_DEPTH);
        buf_release(&flow);
        buf_release(&block);
    }
}

static void fill(struct buf *buf, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_cstr(buf, piece);
}

// Each would take libyaml or a tree of nodes minutes or gigabytes: refused at once.
static void t_bombs_are_refused_early(void **state)
{
    (void)state;
    static const struct {
        const char *head, *piece;
        size_t count;
    } rows[] = {
        { "", "[", 1000000 },        { "", "{a: ", 1000000 },      { "", "- ", 1000000 },
        { "a: [", "x,", 5000000 },   { "a: [", "[],", 3000000 },   { "", "? ", 100000 },
        { "a: {", "b: {", 1000000 }, { "a:\n", "- [\n", 1000000 },
    };
    enum err_code code;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf text = { 0 };

        buf_add_cstr(&text, rows[i].head);
        fill(&text, rows[i].piece, rows[i].count);
        assert_false(is_accepted(buf_sv(&text), &code));
        buf_release(&text);
    }

    struct buf large = { 0 };

    buf_add_fill(&large, '#', LIMIT_YAML_BYTES + 1);
    assert_false(is_accepted(buf_sv(&large), &code));
    assert_int_equal(code, E_REFUSED);
    assert_true(is_accepted(sv_sub(buf_sv(&large), 1, large.len), &code));
    buf_release(&large);
}

static void t_double_keys_are_found_in_large_maps(void **state)
{
    (void)state;
    enum err_code code;

    for (unsigned count = 2; count < 3000; count = count * 3 / 2 + 1) {
        struct buf text = { 0 };

        for (unsigned i = 0; i < count; i++)
            buf_addf(&text, "k%u: 1\n", i);
        assert_true(is_accepted(buf_sv(&text), &code));
        buf_addf(&text, "k%u: 1\n", count / 2);
        assert_false(is_accepted(buf_sv(&text), &code));
        assert_int_equal(code, E_REFUSED);
        buf_release(&text);
    }
}

static void t_keys_have_a_limit(void **state)
{
    (void)state;
    struct buf text = { 0 };
    enum err_code code;

    buf_add_fill(&text, 'k', LIMIT_YAML_KEY);
    buf_add_cstr(&text, ": 1\n");
    assert_true(is_accepted(buf_sv(&text), &code));
    buf_splice(&text, 0, 0, SV("k"));
    assert_false(is_accepted(buf_sv(&text), &code));
    assert_int_equal(code, E_REFUSED);
    buf_release(&text);
}

// Of a file cut anywhere, the parser says something or gives a tree; it never hangs.
static void t_every_cut_of_a_file_ends(void **state)
{
    (void)state;
    static const char text[] =
        "a: 'x'\nb: [1, {c: \"d\\n\"}]\nc: |-\n  t\xc3\xa9xt\n  more\nd: >\n  f\n\n"
        "? e\n: f\ng:\n- h: i\n  j: k # l\n-\n- ? m\n";
    enum err_code code;

    for (size_t len = 0; len < sizeof(text); len++)
        is_accepted(sv_of(text, len), &code);
}

static const char *const words_of_other_loaders[] = {
    "",
    "~",
    "null",
    "Null",
    "y",
    "Y",
    "yes",
    "NO",
    "on",
    "off",
    "true",
    "FALSE",
    "1",
    "-1",
    "+1",
    "0",
    "012",
    "0o14",
    "0x1F",
    "0b101",
    "1_000",
    "1.5",
    ".5",
    "1.",
    "1e3",
    "1E+3",
    "-.inf",
    ".nan",
    "12:30",
    "190:20:30.5",
    "2026-11-22",
    "2026-11-22T03:10:00Z",
    "=",
    "<<",
    "2001-12-14 21:59:43.10 -5",
};

static void t_words_of_other_loaders_are_quoted(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words_of_other_loaders); i++) {
        struct buf out = { 0 };

        yaml_scalar_write(sv_from(words_of_other_loaders[i]), false, &out);
        if (out.ptr[0] != '\'')
            fail_msg("%s is not quoted", words_of_other_loaders[i]);
        buf_release(&out);
    }
}

static void t_styles_of_strings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
        bool in_flow;
    } rows[] = {
        { "plain words", "plain words", false },
        { "5 others", "5 others", false },
        { "it's", "it's", false },
        { "'tis", "'''tis'", false },
        { "a, b", "a, b", false },
        { "a, b", "'a, b'", true },
        { "a [b]", "'a [b]'", true },
        { "a: b", "'a: b'", false },
        { "a:b", "a:b", false },
        { "a:", "'a:'", false },
        { "a #b", "'a #b'", false },
        { "a#b", "a#b", false },
        { " a", "' a'", false },
        { "a ", "'a '", false },
        { "- a", "'- a'", false },
        { "-a", "-a", false },
        { "-a", "'-a'", true },
        { "a:?b", "'a:?b'", true },
        { "a:?b", "a:?b", false },
        { "http://x.org/a", "http://x.org/a", true },
        { "*a", "'*a'", false },
        { "@a", "'@a'", false },
        { "\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9", false },
        { "a\tb", "\"a\\tb\"", false },
        { "a\x1b[0m", "\"a\\e[0m\"", false },
        { "a\xc2\x85", "\"a\\x85\"", false },
        { "a\xe2\x80\xa8", "\"a\\u2028\"", false },
        { "\xef\xbb\xbf", "\"\\uFEFF\"", false },
        { "say \"x\"", "say \"x\"", false },
        { "\"x\" said", "'\"x\" said'", false },
        { "a\nb", "\"a\\nb\"", true },
        { "c:\\d", "c:\\d", false },
        { "x\xff", "\"x\xef\xbf\xbd\"", false },
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = { 0 };

        yaml_scalar_write(sv_from(rows[i].text), rows[i].in_flow, &out);
        assert_string_equal(buf_cstr(&out), rows[i].want);
        buf_release(&out);
    }
}

static void t_texts_of_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "a\nb\n", "k: |\n  a\n  b\n" },
        { "a\nb", "k: |-\n  a\n  b\n" },
        { "a\n\nb\n", "k: |\n  a\n\n  b\n" },
        { "  a\nb\n", "k: |2\n    a\n  b\n" },
        { "a\n\n", "k: \"a\\n\\n\"\n" },
        { "\na", "k: \"\\na\"\n" },
        { "\n", "k: \"\\n\"\n" },
        { "a\n \nb\n", "k: \"a\\n \\nb\\n\"\n" },
        { "a\n  ", "k: \"a\\n  \"\n" },
        { "a\r\nb\n", "k: \"a\\r\\nb\\n\"\n" },
        { "a\nb\x1b\n", "k: \"a\\nb\\e\\n\"\n" },
        { "# a\n- b: c\n", "k: |\n  # a\n  - b: c\n" },
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct ynode node = { .type = YNODE_SCALAR, .text = sv_from(rows[i].text) };
        struct buf out = { 0 };

        yaml_write_pair(SV("k"), &node, 0, &out);
        assert_string_equal(buf_cstr(&out), rows[i].want);
        buf_release(&out);
    }
}

// Any text in any place where the writer puts one.
static void t_any_string_comes_back(void **state)
{
    (void)state;
    struct maker m = { .seed = 42 };

    for (int i = 0; i < 20000; i++) {
        struct ynode text = { .type = YNODE_SCALAR, .text = make_text(&m) };
        struct ynode *one[] = { &text, &text }, *pair[] = { &text, &text };
        struct ynode flow = { .type = YNODE_LIST, .items = one, .count = 2 };
        struct ynode word = { .type = YNODE_SCALAR, .text = SV("k") };
        struct ynode map = { .type = YNODE_MAP, .items = pair, .count = 2 };
        struct ynode *all[] = { &flow, &map, &text };
        struct ynode list = { .type = YNODE_LIST, .items = all, .count = 3 };
        struct arena arena = { 0 };
        struct buf out = { 0 };

        pair[0] = &word;
        yaml_write_pair(SV("k"), &list, 0, &out);

        struct ynode *back = ynode_get(parse(buf_sv(&out), &arena), "k");
        bool is_same = back && back->count == 3 && back->items[0]->count == 2 &&
                       sv_eq(back->items[0]->items[1]->text, text.text) &&
                       sv_eq(back->items[1]->items[1]->text, text.text) &&
                       sv_eq(back->items[2]->text, text.text);

        if (!is_same)
            fail_msg("%s", buf_cstr(&out));
        buf_release(&out);
        arena_release(&arena);
        if (m.arena.used > 1 << 20)
            arena_release(&m.arena);
    }
    arena_release(&m.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_nodes_know_their_bytes_lines_and_columns),
        cmocka_unit_test(t_line_ends_of_yaml_1_1_do_not_shift_lines),
        cmocka_unit_test(t_refusals_name_place_and_remedy),
        cmocka_unit_test(t_depth_32_is_accepted_and_33_refused),
        cmocka_unit_test(t_bombs_are_refused_early),
        cmocka_unit_test(t_double_keys_are_found_in_large_maps),
        cmocka_unit_test(t_keys_have_a_limit),
        cmocka_unit_test(t_every_cut_of_a_file_ends),
        cmocka_unit_test(t_words_of_other_loaders_are_quoted),
        cmocka_unit_test(t_styles_of_strings),
        cmocka_unit_test(t_texts_of_lines),
        cmocka_unit_test(t_any_string_comes_back),
    };

    return cmocka_run_group_tests_name("store_yaml", tests, NULL, NULL);
}
