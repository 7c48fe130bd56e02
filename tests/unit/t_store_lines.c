// The line reader: it takes what we write, and whatever it takes is what libyaml reads in it.
#include <jansson.h>
#include <stdlib.h>

#include "t.h"

#include "base/fs.h"
#include "doc_make.h"
#include "doc_same.h"

static size_t rounds(size_t count)
{
    return getenv("GAINSAY_LONG") ? count * 10 : count;
}

// Print the bytes that differ, so that they can be kept as a case.
static void must_be_same(const struct doc_shape *shape, struct sv bytes)
{
    if (lines_and_load(shape, bytes) == SAME_NOT) {
        fprintf(stderr, "read otherwise than by libyaml:\n" SV_FMT "\n", SV_ARG(bytes));
        fail();
    }
}

static void must_be_taken(const struct doc_shape *shape, struct sv bytes)
{
    must_be_same(shape, bytes);
    if (lines_and_load(shape, bytes) == SAME_LEFT) {
        fprintf(stderr, "left to libyaml:\n" SV_FMT "\n", SV_ARG(bytes));
        fail();
    }
}

static void must_be_left(struct sv bytes)
{
    must_be_same(&doc_layer, bytes);
    assert_int_equal(lines_and_load(&doc_layer, bytes), SAME_LEFT);
}

#define HEAD  "gainsay: 1\narticle: a\nannotator: b\n"
#define TEXT  "text:\n  sha256: ab\n  length: 3\n"
#define CLAIM "- id: c1234567\n  span:\n  - at: [0, 3]\n    quote: abc\n"

static void t_canonical_files_are_taken(void **state)
{
    (void)state;
    must_be_taken(&doc_layer, SV(HEAD TEXT "claims:\n\n" CLAIM));
    must_be_taken(
        &doc_layer,
        SV(HEAD "claims:\n\n" CLAIM "  says: 'it''s: a \" # \\'\n  note: |\n    one\n\n"
                "    two\n\n- id: c2345678\n  span:\n  - at: [1, 2]\n    quote: \"\\tb\\u2028\"\n"
                "    before: 'x '\n  contested: {}\n  tags: [a, 'b, c', d e]\nread:\n- [0, 3]\n"));
    must_be_taken(
        &doc_layer,
        SV(HEAD "claims:\n\n" CLAIM "  note: |-\n    a\n    b\n  created: 2026-11-22T03:10:00Z\n"));
    must_be_taken(&doc_layer, SV(HEAD "claims:\n\n" CLAIM "  note: |2\n      a\n    b\n"));
    must_be_taken(
        &doc_layer,
        SV(HEAD
           "claims:\n\n" CLAIM "  attributed_to:\n  - source: a\n    cue:\n      at: [0, 1]\n"
           "      quote: a\n    unsure: true\n    citing:\n      source: b\n      act: asserts\n"));
    must_be_taken(&doc_registry,
                  SV("gainsay: 1\nsources:\n\n- id: a\n  name: A \xc3\xa9 b\n  aliases: [B, C]\n"));
    must_be_taken(&doc_team,
                  SV("gainsay: 1\nblind: true\nadjudicators: [a, b]\nannotators:\n\n- id: a\n"));
    must_be_taken(&doc_meta, SV("title: One\npublished: 2026-11-22\nnote: |\n  a\n  b\n"));
}

// What is good YAML yet not ours, or bad: each is left, whatever libyaml says of it.
static void t_other_lines_are_left(void **state)
{
    static const char *const says[] = {
        "a: b",
        "a:",
        "a #b",
        "#a",
        "- a",
        "? a",
        ": a",
        "[a]",
        "{a: b}",
        "&x a",
        "*x",
        "!t a",
        "|+\n    a\n    b",
        ">\n    a",
        "%a",
        "@a",
        "`a",
        "a ",
        " a",
        "a\tb",
        "\"a",
        "'a",
        "'a' b",
        "\"a\" b",
        "\"a\\q\"",
        "\"\\ud800\"",
        "\"a\n    b\"",
        "null",
        "~",
        "",
        "a\n    b",
        "a\r",
        "\x7f",
        "a\xc2\x85z",
        "a\xe2\x80\xa8z",
        "a\xef\xbb\xbfz",
        "a\xff",
        "|\n     a\n    b",
        "|\n    a\n   b",
        "|\n   a",
        "|\n    a\n    \n    b",
        "|\n    \ta",
        "|3\n     a",
        "|-2\n    a\n    b",
        "a\n  says: b",
        "a\n  id: c2345678",
        "a\n  odd: b",
        "a\n  tags: []",
        "a\n  tags: [a, ]",
        "a\n  tags: [a,b]",
        "a\n  tags: [a: b]",
        "a\n  tags: [~]",
        "a\n  tags: [a\n    , b]",
        "a\n  tags:\n  - a",
        "a\n  tags: [[a]]",
        "a\n  contested:",
        "a\n  values:",
        "a\n  values: []",
        "a\n  values:\n    - what: a",
        "a\n\n  type: event",
        "a\n   type: event",
        "a\n  # more",
        "a # more",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(says); i++) {
        struct buf bytes = { 0 };

        buf_addf(&bytes, HEAD "claims:\n\n" CLAIM "  says: %s\n", says[i]);
        must_be_left(buf_sv(&bytes));
        buf_release(&bytes);
    }
    must_be_left(SV(""));
    must_be_left(SV(HEAD "claims:\n\n" CLAIM "  says: a"));
    must_be_left(SV(HEAD "claims:\n\n" CLAIM "\n" CLAIM));
    must_be_left(SV(HEAD "claims:\n\n" CLAIM "notes:\n\n" CLAIM));
    must_be_left(SV(HEAD "claims:\n\n- id: c1234567\n  says: no span\n"));
    must_be_left(SV(HEAD "claims:\n\n- id: c1234567\n  span:\n  - at: [3, 0]\n    quote: a\n"));
    must_be_left(SV(
        HEAD
        "claims:\n\n- id: c1234567\n  span:\n  - at: [0, 99999999999999999999]\n    quote: a\n"));
    must_be_left(SV("gainsay: 2\narticle: a\n"));
    must_be_left(SV("article: a\ngainsay: 1\n"));
    must_be_left(SV("\xef\xbb\xbfgainsay: 1\narticle: a\n"));
    must_be_left(SV(HEAD "--- \n"));
    must_be_left(SV("%YAML 1.2\n---\n" HEAD));
    must_be_left(SV(HEAD "<<<<<<< ours\n"));
}

// Voices in voices: as deep as libyaml is let, and one deeper.
static void t_depth_is_that_of_libyaml(void **state)
{
    (void)state;
    for (size_t deep = 1; deep < 40; deep++) {
        struct buf bytes = { 0 };

        buf_add_cstr(&bytes, HEAD "claims:\n\n" CLAIM "  attributed_to:\n  - source: a\n");
        for (size_t i = 0, col = 4; i < deep; i++, col += 2) {
            buf_add_fill(&bytes, ' ', col);
            buf_add_cstr(&bytes, "citing:\n");
            buf_add_fill(&bytes, ' ', col + 2);
            buf_add_cstr(&bytes, "source: a\n");
        }
        must_be_same(&doc_layer, buf_sv(&bytes));
        assert_int_equal(lines_and_load(&doc_layer, buf_sv(&bytes)) == SAME_TAKEN, deep < 26);
        buf_release(&bytes);
    }
}

// ---- files of the tests

static void mutate(struct maker *m, struct buf *bytes);

static void try_file(const char *path)
{
    struct maker m = { .seed = 7 };
    struct buf bytes = { 0 };
    struct err err = { 0 };

    assert_true(fs_read(path, (size_t)1 << 22, &bytes, &err));
    for (size_t s = 0; s < ARRAY_LEN(all_shapes); s++)
        must_be_same(all_shapes[s], buf_sv(&bytes));
    for (size_t i = 0; i < rounds(20) && bytes.len && bytes.len < 20000; i++) {
        struct buf changed = { 0 };

        buf_add(&changed, buf_sv(&bytes));
        mutate(&m, &changed);
        must_be_same(doc_shape_of(path, buf_sv(&bytes)), buf_sv(&changed));
        buf_release(&changed);
    }
    buf_release(&bytes);
}

static size_t try_folder(const char *dir)
{
    struct fs_entries entries;
    struct err err = { 0 };
    size_t count = 0;

    assert_true(fs_list_entries(dir, &entries, &err));
    for (size_t i = 0; i < entries.count; i++) {
        struct buf path = { 0 };

        fs_join(&path, dir, entries.items[i].name);
        if (entries.items[i].type == FS_DIR) {
            count += try_folder(buf_cstr(&path));
        } else if (sv_ends(buf_sv(&path), SV(".yaml"))) {
            try_file(buf_cstr(&path));
            count++;
        }
        buf_release(&path);
    }
    fs_entries_release(&entries);
    return count;
}

static void t_files_of_the_tests_are_read_alike(void **state)
{
    (void)state;
    assert_true(try_folder("tests/data") > 10);
    assert_true(try_folder("annotations") > 2);
    assert_true(try_folder("corpus") > 1);
}

// Every case of the YAML test suite as a file, and as a value in one.
static void t_suite_is_read_alike(void **state)
{
    const char *extra = getenv("GAINSAY_EXTRA");
    struct buf path = { 0 };
    json_t *list, *test;
    size_t i;

    (void)state;
    if (!extra) {
        print_message("skipped: GAINSAY_EXTRA is not set\n");
        skip();
    }
    buf_addf(&path, "%s/conformance/yaml-test-suite/cases.json", extra);
    list = json_load_file(buf_cstr(&path), JSON_ALLOW_NUL, NULL);
    buf_release(&path);
    assert_non_null(list);
    assert_true(json_array_size(list) > 100);
    json_array_foreach(list, i, test)
    {
        const json_t *text = json_object_get(test, "yaml");
        struct sv yaml = sv_of(json_string_value(text), json_string_length(text));

        for (size_t s = 0; s < ARRAY_LEN(all_shapes); s++)
            must_be_same(all_shapes[s], yaml);
        for (int in_lines = 0; in_lines < 2; in_lines++) {
            struct buf bytes = { 0 };
            struct sv rest = yaml, line;

            buf_add_cstr(&bytes, HEAD "claims:\n\n" CLAIM "  says:");
            while (sv_split(&rest, '\n', &line))
                buf_addf(&bytes, "%s" SV_FMT "\n", in_lines ? "    " : " ", SV_ARG(line));
            must_be_same(&doc_layer, buf_sv(&bytes));
            buf_release(&bytes);
        }
    }
    json_decref(list);
}

// ---- files made up

static void make_head(struct maker *m, struct doc_content *content)
{
    struct layer_head *head = arena_new(&m->arena, sizeof(*head));
    struct text_state *text = arena_new(&m->arena, sizeof(*text));
    struct cp_span *read = arena_new(&m->arena, 2 * sizeof(*read));

    *text = (struct text_state){ .sha256 = make_text(m), .length = 1 + maker_random(m, 1000) };
    read[0] = (struct cp_span){ 0, 10 };
    read[1] = (struct cp_span){ 20, 30 };
    *head = (struct layer_head){
        .gainsay = 1, .article = make_text(m), .annotator = SV("ana"), .text = text
    };
    if (maker_random(m, 2))
        head->read = (struct cp_span_list){ read, 2 };
    content->head = head;
}

static void make_file(struct maker *m, struct buf *out)
{
    static const enum kind_id kinds[] = { KIND_CLAIM, KIND_LINK, KIND_FURNITURE, KIND_NOTE };
    struct doc_content content = { 0 }, empty;
    struct findings findings = { 0 };
    struct doc *doc = NULL;
    struct err err = { 0 };

    make_head(m, &content);
    for (size_t s = 0; s < ARRAY_LEN(kinds); s++) {
        size_t count = maker_random(m, 4);
        const void **items = arena_new(&m->arena, 4 * sizeof(*items));

        for (size_t i = 0; i < count; i++)
            items[i] = make_record(m, kinds[s], 0);
        content.sections[s] = (struct rec_list){ items, count };
    }
    assert_true(doc_load(&doc_layer, SV(""), "f.yaml", &m->arena, &empty, &doc, &findings, &err));
    doc_render(doc, &content, out);
    doc_free(doc);
}

static void t_what_we_write_is_taken(void **state)
{
    size_t count = rounds(300);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct maker m = { .seed = 1000 + i, .is_strict = true };
        struct buf bytes = { 0 };

        make_file(&m, &bytes);
        must_be_taken(&doc_layer, buf_sv(&bytes));
        buf_release(&bytes);
        arena_release(&m.arena);
    }
}

// A few bytes changed, put in or taken out, or whole lines.
static void mutate(struct maker *m, struct buf *bytes)
{
    static const char signs[] =
        "\n\n\n   :#-'\"\\|[]{},?&*!>%@`~ax01\t\r\x7f\x85\xa0\xc2\xe2\x80\xa8\xef\xff";

    for (unsigned n = 1 + maker_random(m, 3); n && bytes->len; n--) {
        size_t at = maker_random(m, (unsigned)bytes->len), end = at;
        char sign[1] = { signs[maker_random(m, sizeof(signs) - 1)] };

        switch (maker_random(m, 6)) {
        case 0:
            buf_splice(bytes, at, at + 1, sv_of(sign, 1));
            break;
        case 1:
            buf_splice(bytes, at, at, sv_of(sign, 1));
            break;
        case 2:
            buf_splice(bytes, at, at + 1, SV(""));
            break;
        case 3: {
            size_t piece = maker_random(m, (unsigned)ARRAY_LEN(nasty_pieces));

            buf_splice(bytes, at, at, sv_from(nasty_pieces[piece]));
            break;
        }
        default: { // a line twice, elsewhere, or not at all
            struct buf line = { 0 };

            while (at && bytes->ptr[at - 1] != '\n')
                at--;
            while (end < bytes->len && bytes->ptr[end++] != '\n')
                ;
            buf_add(&line, sv_sub(buf_sv(bytes), at, end));
            if (maker_random(m, 2))
                buf_splice(bytes, at, end, SV(""));
            at = bytes->len ? maker_random(m, (unsigned)bytes->len) : 0;
            while (at && bytes->ptr[at - 1] != '\n')
                at--;
            if (maker_random(m, 3))
                buf_splice(bytes, at, at, buf_sv(&line));
            buf_release(&line);
        }
        }
    }
}

static void t_changed_bytes_are_read_alike(void **state)
{
    size_t taken = 0, count = rounds(3000);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct maker m = { .seed = 90000 + i, .is_strict = i % 8 != 0 };
        struct buf bytes = { 0 };

        make_file(&m, &bytes);
        mutate(&m, &bytes);
        must_be_same(&doc_layer, buf_sv(&bytes));
        taken += lines_and_load(&doc_layer, buf_sv(&bytes)) == SAME_TAKEN;
        buf_release(&bytes);
        arena_release(&m.arena);
    }
    assert_true(taken > count / 20 && taken < count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_canonical_files_are_taken),
        cmocka_unit_test(t_other_lines_are_left),
        cmocka_unit_test(t_depth_is_that_of_libyaml),
        cmocka_unit_test(t_files_of_the_tests_are_read_alike),
        cmocka_unit_test(t_suite_is_read_alike),
        cmocka_unit_test(t_what_we_write_is_taken),
        cmocka_unit_test(t_changed_bytes_are_read_alike),
    };

    return cmocka_run_group_tests_name("store_lines", tests, NULL, NULL);
}
