// Values swapped in the bytes of files, and renamed in all files of a workspace.
#include "space.h"

#include "base/attr.h"
#include "store/rename.h"

#define LAYER   "gainsay: 1\narticle: a\nannotator: ana\nclaims:\n\n- id: c0000001\n  span: []\n"
#define SOURCES "gainsay: 1\nsources:\n\n"

static void only_what_is_meant_is_swapped(void **state)
{
    const struct {
        const struct doc_shape *shape;
        struct swap swap;
        const char *old, *new;
        size_t count;
    } cases[] = {
        // voices, outer and inner, and who contests; never a word of another key
        { &doc_layer,
          { SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("united-nations") },
          LAYER "  says: un\n  topic: un\n  attributed_to:\n  - source: un # who\n    act: un\n"
                "    citing: { source: 'un', act: un }\n  contested:\n    by: [un, \"un\"]\n",
          LAYER "  says: un\n  topic: un\n  attributed_to:\n  - source: united-nations # who\n"
                "    act: un\n    citing: { source: united-nations, act: un }\n  contested:\n"
                "    by: [united-nations]\n",
          4 },
        { &doc_registry,
          { SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("b") },
          SOURCES "- {id: un, name: un, aliases: [un], part_of: un, merged: [un, x]}\n",
          SOURCES "- {id: b, name: un, aliases: [un], part_of: b, merged: [b, x]}\n",
          3 },
        { &doc_layer,
          { SWAP_TOPIC, VOCAB_NONE, SV("deaths"), SV("the dead: all") },
          LAYER "  topic:   deaths  # key point\n  tags: [deaths]\n",
          LAYER "  topic:   'the dead: all'  # key point\n  tags: [deaths]\n",
          1 },
        // written so that it is read as the same words
        { &doc_layer,
          { SWAP_TOPIC, VOCAB_NONE, SV("deaths"), SV("2024") },
          LAYER "  topic: \"deaths\"\n",
          LAYER "  topic: '2024'\n",
          1 },
        { &doc_layer,
          { SWAP_TAG, VOCAB_NONE, SV("a"), SV("x, y") },
          LAYER "  tags: [b, a, c]\n",
          LAYER "  tags: [b, 'x, y', c]\n",
          1 },
        // a list that has the new one already
        { &doc_layer,
          { SWAP_TAG, VOCAB_NONE, SV("a"), SV("b") },
          LAYER "  tags: [a, a, b, c, a]\n",
          LAYER "  tags: [b, c]\n",
          3 },
        { &doc_layer,
          { SWAP_TAG, VOCAB_NONE, SV("a"), SV("b") },
          LAYER "  tags:\n  - a # first\n  - b\n  - a\n",
          LAYER "  tags:\n  - b\n",
          2 },
        { &doc_layer,
          { SWAP_TAG, VOCAB_NONE, SV("b"), SV("a") },
          LAYER "  tags: [ a, b ] # tags\r\n",
          LAYER "  tags: [ a ] # tags\r\n",
          1 },
        { &doc_layer,
          { SWAP_WORD, VOCAB_ACT, SV("denies"), SV("rejects") },
          LAYER "  type: denies\n  attributed_to: [{act: denies, certainty: denies}]\n",
          LAYER "  type: denies\n  attributed_to: [{act: rejects, certainty: denies}]\n",
          1 },
        { &doc_registry,
          { SWAP_WORD, VOCAB_SOURCE_KIND, SV("office"), SV("post") },
          SOURCES "- id: office\n  kind: office\n",
          SOURCES "- id: office\n  kind: post\n",
          1 },
        { &doc_scheme,
          { SWAP_WORD, VOCAB_ACT, SV("hints"), SV("implies") },
          "vocabularies:\n- id: type\n  values: [{id: hints}]\n- id: act\n  values:\n"
          "  - id: hints # soft\n    key: h\n    definition: hints\n",
          "vocabularies:\n- id: type\n  values: [{id: hints}]\n- id: act\n  values:\n"
          "  - id: implies # soft\n    key: h\n    definition: hints\n",
          1 },
        // nothing there
        { &doc_layer,
          { SWAP_TAG, VOCAB_NONE, SV("zz"), SV("b") },
          LAYER "  tags: [a, ~]\n  topic: |\n    zz\n",
          LAYER "  tags: [a, ~]\n  topic: |\n    zz\n",
          0 },
        { &doc_layer, { SWAP_TAG, VOCAB_NONE, SV("zz"), SV("b") }, "", "", 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };
        struct err err = { 0 };
        size_t count = 99;

        assert_true(doc_swap(cases[i].shape, sv_from(cases[i].old), "x.yaml", &cases[i].swap, &out,
                             &count, &err));
        assert_string_equal(buf_cstr(&out), cases[i].new);
        assert_int_equal(count, cases[i].count);
        buf_release(&out);
    }
}

static void no_yaml_is_refused(void **state)
{
    struct swap swap = { SWAP_TAG, VOCAB_NONE, SV("a"), SV("b") };
    struct buf out = { 0 };
    struct err err = { 0 };
    size_t count;

    (void)state;
    assert_false(doc_swap(&doc_layer, SV("claims: [\n"), "x.yaml", &swap, &out, &count, &err));
    assert_int_equal(err.code, E_YAML);
    err_release(&err);
    buf_release(&out);
}

// ---- whole workspaces

#define ANA    "annotations/ana/ev/blast.yaml"
#define BEN    "annotations/ben/ev/blast.yaml"
#define INDEX  "annotations/sources.yaml"
#define SCHEME "annotations/scheme.yaml"

static const char ana[] = "# Ana's\ngainsay: 1\narticle: ev/blast\nannotator: ana\nclaims:\n"
                          "- id: c0000001   # odd style\n  span:\n  - at: [0, 6]\n"
                          "    quote: \"Khalil\"\n  topic: un\n  attributed_to:\n"
                          "  - {source: un, act: reports}\n  - source: amaq\n";
static const char ben[] = "gainsay: 1\narticle: ev/blast\nannotator: ben\nclaims:\n\n"
                          "- id: c0000002\n  span:\n  - at: [0, 6]\n    quote: Khalil\n"
                          "  contested:\n    by: [un]\n";
static const char registry[] = "gainsay: 1\nsources:\n\n- id: amaq\n  part_of: un\n\n"
                               "# since 1945\n- id: un\n  name: \"UN\"\n";

static struct rename_file files[] = {
    { NULL, &doc_layer }, { NULL, &doc_layer }, { NULL, &doc_registry }, { NULL, &doc_scheme }
};
static const char *const names[] = { ANA, BEN, INDEX, SCHEME };

static int setup(void **state)
{
    struct space *space;

    if (space_setup(state) != 0)
        return -1;
    space = *state;
    space_write(space, ANA, ana);
    space_write(space, BEN, ben);
    space_write(space, INDEX, registry);
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        const char *path = space_path(space, names[i]);

        files[i].path = mem_copy(path, strlen(path));
    }
    return 0;
}

static int teardown(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        mem_free((void *)(uintptr_t)files[i].path);
        files[i].path = NULL;
    }
    return space_teardown(state);
}

static bool rename_in(struct space *space, struct swap swap, struct err *err)
{
    struct rename_report report = { 0 };
    bool ok = rename_run(&space->ws, &swap, files, ARRAY_LEN(files), false, &report, err);

    rename_report_release(&report);
    return ok;
}

static void assert_file(struct space *space, const char *name, const char *want)
{
    char *text = space_read(space, name);

    assert_string_equal(text, want);
    mem_free(text);
}

static void assert_untouched(struct space *space)
{
    assert_file(space, ANA, ana);
    assert_file(space, BEN, ben);
    assert_file(space, INDEX, registry);
}

static void a_source_is_renamed_everywhere_and_back(void **state)
{
    struct space *space = *state;
    struct err err = { 0 };

    assert_true(
        rename_in(space, (struct swap){ SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("an") }, &err));

    assert_file(space, ANA,
                "# Ana's\ngainsay: 1\narticle: ev/blast\nannotator: ana\nclaims:\n"
                "- id: c0000001   # odd style\n  span:\n  - at: [0, 6]\n    quote: \"Khalil\"\n"
                "  topic: un\n  attributed_to:\n  - {source: an, act: reports}\n"
                "  - source: amaq\n");
    assert_file(space, INDEX,
                "gainsay: 1\nsources:\n\n- id: amaq\n  part_of: an\n\n# since 1945\n- id: an\n"
                "  name: \"UN\"\n");
    assert_false(fs_is_file(space_path(space, SCHEME)));

    assert_true(
        rename_in(space, (struct swap){ SWAP_SOURCE, VOCAB_NONE, SV("an"), SV("un") }, &err));

    assert_untouched(space);
}

static void a_run_that_was_cut_off_is_finished(void **state)
{
    struct space *space = *state;
    struct swap swap = { SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("an") };
    struct err err = { 0 };
    char *whole;

    assert_true(rename_in(space, swap, &err));
    whole = space_read(space, BEN);
    space_write(space, BEN, ben); // as when the program died before it came to this file
    space_write(space, INDEX,
                "gainsay: 1\nsources:\n\n- id: amaq\n  part_of: an\n\n# since 1945\n- id: an\n"
                "  name: \"UN\"\n  merged: [un]\n");

    assert_true(rename_in(space, swap, &err));

    assert_file(space, BEN, whole);
    assert_file(space, INDEX,
                "gainsay: 1\nsources:\n\n- id: amaq\n  part_of: an\n\n# since 1945\n- id: an\n"
                "  name: \"UN\"\n");
    mem_free(whole);
}

static void what_cannot_be_renamed_changes_nothing(void **state)
{
    const struct {
        struct swap swap;
        enum err_code code;
    } cases[] = {
        { { SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("amaq") }, E_SOURCE },
        { { SWAP_SOURCE, VOCAB_NONE, SV("um"), SV("new") }, E_DANGLING },
        { { SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("two words") }, E_SOURCE },
        { { SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("") }, E_SOURCE },
        { { SWAP_TOPIC, VOCAB_NONE, SV("un"), SV(" a") }, E_SHAPE },
        { { SWAP_TOPIC, VOCAB_NONE, SV("un"), SV("a\nb") }, E_SHAPE },
        { { SWAP_TAG, VOCAB_NONE, SV("un"), SV("\xff") }, E_SHAPE },
        { { SWAP_WORD, VOCAB_ACT, SV("reports"), SV("denies") }, E_WORD },
        { { SWAP_WORD, VOCAB_ACT, SV("reprots"), SV("tells") }, E_WORD },
        { { SWAP_WORD, VOCAB_LINK, SV("corroborates"), SV("backs") }, E_WORD },
    };
    struct space *space = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err = { 0 };

        assert_false(rename_in(space, cases[i].swap, &err));
        assert_int_equal(err.code, cases[i].code);
        assert_untouched(space);
        err_release(&err);
    }
}

static void a_record_that_cannot_be_read_stops_all(void **state)
{
    struct space *space = *state;
    struct err err = { 0 };

    space_write(space, BEN,
                "gainsay: 1\narticle: ev/blast\nannotator: ben\nclaims:\n- id: c0000002\n"
                "  span: nowhere\n");

    assert_false(
        rename_in(space, (struct swap){ SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("an") }, &err));
    assert_int_equal(err.code, E_SHAPE);
    assert_int_equal(err.line, 6);
    assert_file(space, ANA, ana);
    assert_file(space, INDEX, registry);
    err_release(&err);
}

static void a_file_that_is_being_written_stops_all(void **state)
{
    struct space *space = *state;
    struct fs_lock lock = { 0 };
    struct err err = { 0 };

    assert_true(fs_lock(space_path(space, BEN), 0, &lock, &err));
    assert_false(
        rename_in(space, (struct swap){ SWAP_SOURCE, VOCAB_NONE, SV("un"), SV("an") }, &err));
    assert_int_equal(err.code, E_LOCKED);
    fs_unlock(&lock);
    assert_untouched(space);
    err_release(&err);
}

static void a_built_in_word_goes_into_the_scheme(void **state)
{
    struct space *space = *state;
    struct err err = { 0 };
    char *scheme;

    assert_true(
        rename_in(space, (struct swap){ SWAP_WORD, VOCAB_ACT, SV("reports"), SV("tells") }, &err));

    scheme = space_read(space, SCHEME);
    assert_non_null(
        strstr(scheme, "- id: act\n  replaces: true\n  values:\n  - id: tells\n    key: "));
    assert_null(strstr(scheme, "reports"));
    mem_free(scheme);

    // and a word of the scheme's own stays where it is
    assert_true(
        rename_in(space, (struct swap){ SWAP_WORD, VOCAB_ACT, SV("tells"), SV("reports") }, &err));
    assert_file(space, ANA, ana);
    scheme = space_read(space, SCHEME);
    assert_non_null(
        strstr(scheme, "- id: act\n  replaces: true\n  values:\n  - id: reports\n    key: "));
    mem_free(scheme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_meant_is_swapped),
        cmocka_unit_test(no_yaml_is_refused),
        cmocka_unit_test_setup_teardown(a_source_is_renamed_everywhere_and_back, setup, teardown),
        cmocka_unit_test_setup_teardown(a_run_that_was_cut_off_is_finished, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_renamed_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_record_that_cannot_be_read_stops_all, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_being_written_stops_all, setup, teardown),
        cmocka_unit_test_setup_teardown(a_built_in_word_goes_into_the_scheme, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
