// What a file of records may not hold: refused as a whole, or a record left out, each with its
// place; conflicts of git wherever they stand.
#include <stdlib.h>
#include <string.h>

#include "t.h"

#include "base/fs.h"
#include "doc_make.h"

#define HEAD  "gainsay: 1\narticle: a\nannotator: ana\n"
#define CLAIM "- id: c1\n  span:\n  - at: [1, 2]\n    quote: x\n"

struct loaded {
    struct arena arena;
    struct doc_content content;
    struct doc *doc;
    struct findings findings;
    struct err err;
    bool ok;
};

static void load(const struct doc_shape *shape, struct sv bytes, struct loaded *out)
{
    *out = (struct loaded){ 0 };
    out->ok = doc_load(shape, bytes, "a.yaml", &out->arena, &out->content, &out->doc,
                       &out->findings, &out->err);
}

static void release(struct loaded *loaded)
{
    doc_free(loaded->doc);
    findings_release(&loaded->findings);
    err_release(&loaded->err);
    arena_release(&loaded->arena);
}

static const struct refusal {
    const char *text;
    enum err_code code;
    int line, col;
    const char *says;
} refusals[] = {
    { "article: a\n", E_MISSING, 1, 1, "add the line 'gainsay: 1'" },
    { "# nothing\n", E_MISSING, 1, 1, "begin it with 'gainsay: 1'" },
    { "gainsay:\n", E_MISSING, 1, 1, "add the line 'gainsay: 1'" },
    { "gainsay: 2\nclaims: what\n", E_VERSION, 1, 10, "version 2" },
    { "gainsay: 99999999999999999999\n", E_VERSION, 1, 10, "install a newer one" },
    { "gainsay: one\n", E_SHAPE, 1, 10, "'gainsay: 1'" },
    { "gainsay: '1'\n", E_SHAPE, 1, 10, "'gainsay: 1'" },
    { "gainsay: 0\n", E_SHAPE, 1, 10, "'gainsay: 1'" },
    { "- gainsay\n", E_SHAPE, 1, 1, "must be a map" },
    { "just words\n", E_SHAPE, 1, 1, "must be a map" },
    { HEAD "claims: none\n", E_SHAPE, 4, 9, "'claims' must be a list" },
    { HEAD "claims: {a: b}\n", E_SHAPE, 4, 9, "'claims' must be a list" },
    { HEAD "text: here\n", E_SHAPE, 4, 7, "'text' must be a map" },
    { HEAD "text:\n  length: 5\n", E_MISSING, 5, 3, "this text_state has no 'sha256'" },
    { HEAD "read: [[5, 1]]\n", E_SHAPE, 4, 7, "'read' must be a list of ranges" },
    { HEAD "read: [1, 2]\n", E_SHAPE, 4, 7, "'read' must be a list of ranges" },
    { HEAD "claims:\n" CLAIM CLAIM, E_ID, 9, 3, "the id 'c1' is used twice, first in line 5" },
    { HEAD "claims:\n" CLAIM "notes:\n" CLAIM, E_ID, 10, 3, "first in line 5" },
};

static void t_files_are_refused_with_place_and_remedy(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        const struct refusal *row = &refusals[i];
        struct loaded got;

        load(&doc_layer, sv_from(row->text), &got);
        if (got.ok || got.err.code != row->code || got.err.line != row->line ||
            got.err.col != row->col || !strstr(buf_cstr(&got.err.text), row->says))
            fail_msg("%s\n%d:%d: %s", row->text, got.err.line, got.err.col,
                     buf_cstr(&got.err.text));
        assert_int_equal(got.findings.count, 0);
        release(&got);
    }
}

static const struct flaw {
    const char *claim; // behind HEAD "claims:\n" CLAIM: from line 9 on
    enum severity severity;
    enum err_code code;
    int line, col;
    const char *says;
} flaws[] = {
    { "- id: c2\n", SEVERITY_ERROR, E_MISSING, 9, 3, "this claim has no 'span'; add it: " },
    { "- id: c2\n  span: []\n", SEVERITY_ERROR, E_MISSING, 9, 3, "this claim has no 'span'" },
    { "- id: c2\n  span: x\n", SEVERITY_ERROR, E_SHAPE, 10, 9, "'span' must be a list of maps" },
    { "- id: c2\n  span:\n  - at: [1]\n    quote: x\n", SEVERITY_ERROR, E_SHAPE, 11, 9,
      "'at' must be two positions" },
    { "- id: c2\n  span:\n  - at: [2, 1]\n    quote: x\n", SEVERITY_ERROR, E_SHAPE, 11, 9,
      "the first not behind the second" },
    { "- id: c2\n  span:\n  - at: [-1, 1]\n    quote: x\n", SEVERITY_ERROR, E_SHAPE, 11, 9,
      "'at'" },
    { "- id: c2\n  span:\n  - at: [0, 99999999999999999999]\n    quote: x\n", SEVERITY_ERROR,
      E_SHAPE, 11, 9, "'at'" },
    { "- id: c2\n  span:\n  - at: [0, 1.5]\n    quote: x\n", SEVERITY_ERROR, E_SHAPE, 11, 9,
      "'at'" },
    { "- id: c2\n  span:\n  - at: [0, 1]\n", SEVERITY_ERROR, E_MISSING, 11, 5,
      "this part has no 'quote'" },
    { "- just words\n", SEVERITY_ERROR, E_SHAPE, 9, 3, "begins with 'id'" },
    { "-\n", SEVERITY_ERROR, E_SHAPE, 9, 2, "begins with 'id'" },
    { "- span:\n  - at: [0, 1]\n    quote: x\n", SEVERITY_ERROR, E_MISSING, 9, 3, "has no 'id'" },
    { "- id: [c2]\n  span:\n  - at: [0, 1]\n    quote: x\n", SEVERITY_ERROR, E_SHAPE, 9, 7,
      "'id' must be an id" },
    { "- id: c2\n  span:\n  - at: [0, 1]\n    quote: x\n  tags: a\n", SEVERITY_ERROR, E_SHAPE, 13,
      9, "as in [one, two]" },
    { "- id: c2\n  span:\n  - at: [0, 1]\n    quote: x\n  contested: true\n", SEVERITY_ERROR,
      E_SHAPE, 13, 14, "'contested' must be a map" },
    { "- id: c2\n  span:\n  - at: [0, 1]\n    quote: x\n  contested:\n", SEVERITY_WARNING,
      E_INCOMPLETE, 13, 13, "'contested: {}'" },
    { "- id: c2\n  span:\n  - at: [0, 1]\n    quote: x\n  attributed_to:\n  - unsure: yes\n",
      SEVERITY_ERROR, E_SHAPE, 14, 13, "'unsure' must be true or false" },
    { "- id: c2\n  span:\n  - at: [0, 1]\n    quote: x\n  sayz: y\n", SEVERITY_WARNING,
      E_UNKNOWN_KEY, 13, 3, "'sayz' is not known in a claim; it is kept (did you mean 'says'?)" },
    { "x-own: 1\n", SEVERITY_WARNING, E_UNKNOWN_KEY, 9, 1, "'x-own' is not known in a file" },
};

static void t_flaws_of_a_record_are_named_and_the_others_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(flaws); i++) {
        const struct flaw *row = &flaws[i];
        struct buf text = { 0 }, out = { 0 };
        struct loaded got;

        buf_addf(&text, "%sclaims:\n%s%s", HEAD, CLAIM, row->claim);
        load(&doc_layer, buf_sv(&text), &got);
        assert_true(got.ok);
        assert_int_equal(got.findings.count, 1);

        const struct finding *f = &got.findings.items[0];

        if (f->severity != row->severity || f->err.code != row->code || f->err.line != row->line ||
            f->err.col != row->col || !strstr(buf_cstr(&f->err.text), row->says))
            fail_msg("%s\n%d:%d: %s", row->claim, f->err.line, f->err.col, buf_cstr(&f->err.text));

        bool is_second = row->severity == SEVERITY_WARNING && row->claim[0] == '-';

        assert_int_equal(got.content.sections[0].count, is_second ? 2 : 1);
        doc_render(got.doc, &got.content, &out);
        assert_string_equal(buf_cstr(&out), buf_cstr(&text));
        buf_release(&text);
        buf_release(&out);
        release(&got);
    }
}

static void t_a_file_of_nothing_readable_is_refused_without_a_flood(void **state)
{
    struct buf text = { 0 };
    struct loaded got;

    (void)state;
    buf_add_cstr(&text, HEAD "claims: [");
    for (int i = 0; i < 200000; i++)
        buf_add_cstr(&text, "a,");
    buf_add_cstr(&text, "a]\n");
    load(&doc_layer, buf_sv(&text), &got);
    assert_false(got.ok);
    assert_int_equal(got.err.code, E_SHAPE);
    release(&got);
    buf_clear(&text);
    buf_add_cstr(&text, HEAD);
    for (int i = 0; i < 5000; i++)
        buf_addf(&text, "x%d: 1\n", i);
    load(&doc_layer, buf_sv(&text), &got);
    assert_true(got.ok);
    assert_true(got.findings.count <= 1000);
    release(&got);
    buf_release(&text);
}

static struct sv read_data(struct arena *arena, const char *name)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };

    buf_addf(&path, "tests/data/yaml/%s", name);
    assert_true(fs_read(buf_cstr(&path), (size_t)1 << 20, &bytes, &err));

    struct sv copy = sv_copy(arena, buf_sv(&bytes));

    buf_release(&path);
    buf_release(&bytes);
    return copy;
}

// The conflict that git would leave for this line.
static void add_conflict(struct buf *out, struct sv line, int style, const char *eol)
{
    buf_addf(out, "<<<<<<< HEAD%s" SV_FMT "\n", eol, SV_ARG(line));
    if (style)
        buf_addf(out, "||||||| %s%s" SV_FMT "\n",
                 style == 1 ? "merged common ancestors" : "4f2a1b0", eol, SV_ARG(line));
    buf_addf(out, "=======%s" SV_FMT "\n>>>>>>> theirs%s", eol, SV_ARG(line), eol);
}

static void t_conflicts_are_refused_at_every_line(void **state)
{
    static const struct {
        const char *name;
        const struct doc_shape *shape;
    } files[] = {
        { "example-layer.yaml", &doc_layer },  { "example-sources.yaml", &doc_registry },
        { "layer-comments.yaml", &doc_layer }, { "layer-crlf.yaml", &doc_layer },
        { "layer-indented.yaml", &doc_layer }, { "layer-keep.yaml", &doc_layer },
    };
    int tried = 0;

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct arena arena = { 0 };
        struct sv bytes = read_data(&arena, files[f].name), rest = bytes, line;

        for (int number = 1; sv_split(&rest, '\n', &line) && rest.ptr; number++) {
            for (int style = 0; style < 3; style++) {
                struct buf text = { 0 };
                struct loaded got;
                size_t beg = (size_t)(line.ptr - bytes.ptr);

                buf_add(&text, sv_sub(bytes, 0, beg));
                add_conflict(&text, line, style, sv_ends(line, SV("\r")) ? "\r\n" : "\n");
                buf_add(&text, sv_sub(bytes, beg + line.len + 1, bytes.len));
                load(files[f].shape, buf_sv(&text), &got);
                assert_false(got.ok);
                assert_int_equal(got.err.code, E_CONFLICT);
                assert_int_equal(got.err.line, number);
                assert_non_null(strstr(buf_cstr(&got.err.text), "conflict"));
                release(&got);
                buf_release(&text);
                tried++;
            }
        }
        arena_release(&arena);
    }
    assert_true(tried >= 500);
}

// Texts that only quote markers, in our own output, in every field that holds text.
static void t_quoted_markers_are_no_conflict(void **state)
{
    static const char *const quotes[] = {
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> theirs",
        "||||||| base",
        "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> d\n",
        "=======\n",
        "\n=======\n",
        "a\n=======",
        "<<<<<<< HEAD\n",
        "a\r\n=======\r\n",
    };
    int tried = 0;

    (void)state;
    for (size_t q = 0; q < ARRAY_LEN(quotes); q++) {
        for (int field = 0; field < 6; field++) {
            struct sv text = sv_from(quotes[q]);
            struct part part = { .at = { 1, 2 }, .quote = SV("x") };
            struct sv list[] = { text };
            const void *parts[] = { &part };
            struct claim claim = { .id = SV("c1"), .span = { parts, 1 } };
            struct layer_head head = { .gainsay = 1 };
            const void *claims[] = { &claim };
            struct doc_content content = { .head = &head, .sections = { { claims, 1 } } };
            struct loaded none, got;
            struct buf out = { 0 };

            if (field == 0)
                part.quote = text;
            else if (field == 1)
                claim.says = text;
            else if (field == 2)
                claim.note = text;
            else if (field == 3)
                claim.tags = (struct sv_list){ list, 1 };
            else if (field == 4)
                head.article = text;
            else
                part.before = text;
            load(&doc_layer, SV(""), &none);
            doc_render(none.doc, &content, &out);
            load(&doc_layer, buf_sv(&out), &got);
            if (!got.ok)
                fail_msg("%s\n%s", buf_cstr(&out), buf_cstr(&got.err.text));
            assert_true(record_eq(KIND_CLAIM, got.content.sections[0].items[0], &claim));
            release(&got);
            release(&none);
            buf_release(&out);
            tried++;
        }
    }
    assert_true(tried >= 50);
}

static void t_places_of_fields_before_and_after_a_save(void **state)
{
    static const char text[] =
        HEAD "claims:\n\n- id: c1\n  says: \xc3\xa9\n  span:\n  - at: [1, 2]\n    quote: x\n"
             "read:\n- [0, 5]\n";
    const struct kind *kind = kind_get(KIND_CLAIM), *part = kind_get(KIND_PART);
    const struct field *says = kind_find(kind, SV("says")), *span = kind_find(kind, SV("span"));
    struct loaded got;
    struct buf out = { 0 };

    (void)state;
    load(&doc_layer, sv_from(text), &got);
    assert_true(got.ok);

    const struct claim *old = got.content.sections[0].items[0];

    assert_int_equal(doc_place(got.doc, old, NULL).line, 6);
    assert_int_equal(doc_place(got.doc, old, NULL).col, 3);
    assert_int_equal(doc_place(got.doc, old, says).line, 7);
    assert_int_equal(doc_place(got.doc, old, span).line, 8);
    assert_int_equal(doc_place(got.doc, NULL, &doc_layer.head[doc_layer.head_count - 1]).line, 11);
    assert_string_equal(doc_place(got.doc, old, span).path, "a.yaml");
    assert_int_equal(doc_place(got.doc, old->span.items[0], NULL).line, 9);
    assert_int_equal(doc_place(got.doc, old->span.items[0], NULL).col, 5);
    assert_int_equal(doc_place(got.doc, old->span.items[0], kind_find(part, SV("quote"))).line, 10);

    struct claim first = { .id = SV("c0"), .span = old->span }, changed = *old;
    const void *items[] = { &first, &changed };

    changed.says = SV("two\nlines\n");
    got.content.sections[0] = (struct rec_list){ items, 2 };
    doc_render(got.doc, &got.content, &out);
    doc_adopt(got.doc, doc_draft(got.doc, &got.content));
    assert_int_equal(doc_place(got.doc, &first, NULL).line, 6);
    assert_int_equal(doc_place(got.doc, &changed, says).line, 12);
    assert_int_equal(doc_place(got.doc, &changed, span).line, 15);
    assert_int_equal(doc_place(got.doc, old, NULL).line, 0);
    buf_release(&out);
    release(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_files_are_refused_with_place_and_remedy),
        cmocka_unit_test(t_flaws_of_a_record_are_named_and_the_others_are_read),
        cmocka_unit_test(t_a_file_of_nothing_readable_is_refused_without_a_flood),
        cmocka_unit_test(t_conflicts_are_refused_at_every_line),
        cmocka_unit_test(t_quoted_markers_are_no_conflict),
        cmocka_unit_test(t_places_of_fields_before_and_after_a_save),
    };

    return cmocka_run_group_tests_name("store_doc_refuse", tests, NULL, NULL);
}
