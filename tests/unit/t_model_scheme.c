// The built-in vocabularies, and a team's scheme laid over them.
#include <string.h>

#include "t.h"

#include "model/scheme.h"

static void t_every_vocabulary_is_named_explained_and_filled(void **state)
{
    (void)state;
    for (enum vocab_id v = VOCAB_NONE + 1; v < VOCAB__N; v++) {
        assert_true(strlen(vocab_name(v)) > 0);
        assert_true(strlen(vocab_help(v)) > 0 && strlen(vocab_help(v)) <= 60);
        assert_int_equal(vocab_find(sv_from(vocab_name(v))), v);
        assert_true(scheme_builtin()->vocabs[v].count > 1);
    }
    assert_int_equal(vocab_find(SV("stance")), VOCAB_NONE);
    assert_int_equal(scheme_builtin()->vocabs[VOCAB_TYPE].count, 13);
    assert_int_equal(scheme_builtin()->vocabs[VOCAB_DECISION].count, 6);
}

static void t_every_value_has_a_definition_and_a_letter_of_its_own(void **state)
{
    (void)state;
    const struct scheme *scheme = scheme_builtin();

    for (enum vocab_id v = VOCAB_NONE + 1; v < VOCAB__N; v++)
        for (size_t i = 0; i < scheme->vocabs[v].count; i++) {
            const struct word *word = scheme->vocabs[v].items[i];

            assert_int_equal(word->key.len, 1);
            assert_in_range(word->key.ptr[0], 'a', 'z');
            assert_true(word->definition.len > 0);
            assert_ptr_equal(scheme_find(scheme, v, word->id), word);
            assert_ptr_equal(scheme_find_key(scheme, v, word->key), word);
        }
}

static void t_link_types_say_what_they_do(void **state)
{
    static const struct {
        const char *id;
        bool disputes, ordered, one_end;
    } cases[] = {
        { "contradicts", true, false, false },   { "differs", true, false, false },
        { "undercuts", true, true, false },      { "qualifies", false, true, false },
        { "reframes", false, false, false },     { "reattributes", false, false, false },
        { "corroborates", false, false, false }, { "repeats", false, false, false },
        { "omits", false, false, true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct word *word = scheme_find(scheme_builtin(), VOCAB_LINK, sv_from(cases[i].id));

        assert_non_null(word);
        assert_int_equal(word->disputes, cases[i].disputes);
        assert_int_equal(word->ordered, cases[i].ordered);
        assert_int_equal(word->one_end, cases[i].one_end);
    }
}

static void t_misspelt_value_names_the_nearest(void **state)
{
    (void)state;
    const struct word *word = scheme_nearest(scheme_builtin(), VOCAB_TYPE, SV("quantitty"));

    assert_true(sv_eq(word->id, SV("quantity")));
    assert_null(scheme_nearest(scheme_builtin(), VOCAB_TYPE, SV("elephant")));
    assert_null(scheme_find(scheme_builtin(), VOCAB_TYPE, SV("quantitty")));
    assert_null(scheme_find_key(scheme_builtin(), VOCAB_TYPE, SV("z")));
}

struct laid {
    struct arena arena;
    struct scheme scheme;
    struct findings findings;
};

static int laid_setup(void **state)
{
    *state = mem_new(sizeof(struct laid));
    return 0;
}

static int laid_teardown(void **state)
{
    struct laid *laid = *state;

    findings_release(&laid->findings);
    arena_release(&laid->arena);
    mem_free(laid);
    return 0;
}

// The built-in scheme with one vocabulary of one or two words laid over it.
static void lay(struct laid *laid, const char *name, bool replaces, const struct word *a,
                const struct word *b)
{
    const void *words[] = { a, b };
    struct vocabulary vocabulary = { .id = sv_from(name),
                                     .replaces = replaces,
                                     .values = { words, b ? 2 : 1 } };
    const void *vocabularies[] = { &vocabulary };

    scheme_extend(&laid->scheme, &laid->arena, SV("2"), (struct rec_list){ vocabularies, 1 }, NULL,
                  NULL, &laid->findings);
}

static void t_new_words_follow_the_built_in_ones(void **state)
{
    struct laid *laid = *state;
    struct word omen = { .id = SV("omen"), .key = SV("z"), .definition = SV("a sign") };

    lay(laid, "type", false, &omen, NULL);

    assert_int_equal(laid->findings.count, 0);
    assert_true(sv_eq(laid->scheme.version, SV("2")));
    assert_int_equal(laid->scheme.vocabs[VOCAB_TYPE].count, 14);
    assert_ptr_equal(laid->scheme.vocabs[VOCAB_TYPE].items[13], &omen);
    assert_ptr_equal(scheme_find_key(&laid->scheme, VOCAB_TYPE, SV("z")), &omen);
    assert_int_equal(scheme_builtin()->vocabs[VOCAB_TYPE].count, 13);
}

static void t_known_word_takes_what_is_given_and_keeps_the_rest(void **state)
{
    struct laid *laid = *state;
    struct word event = { .id = SV("event"), .color = SV("red"), .definition = SV("a deed") };
    struct word reframes = { .id = SV("reframes"), .disputes = true };

    lay(laid, "type", false, &event, NULL);
    const struct word *word = scheme_find(&laid->scheme, VOCAB_TYPE, SV("event"));

    assert_ptr_equal(laid->scheme.vocabs[VOCAB_TYPE].items[0], word);
    assert_true(sv_eq(word->key, SV("e")));
    assert_true(sv_eq(word->color, SV("red")));
    assert_true(sv_eq(word->definition, SV("a deed")));

    lay(laid, "link", false, &reframes, NULL);

    assert_true(scheme_find(&laid->scheme, VOCAB_LINK, SV("reframes"))->disputes);
    assert_false(scheme_find(scheme_builtin(), VOCAB_LINK, SV("reframes"))->disputes);
}

static void t_replaced_vocabulary_has_only_the_words_of_the_file(void **state)
{
    struct laid *laid = *state;
    struct word yes = { .id = SV("yes"), .key = SV("y") };
    struct word contradicts = { .id = SV("contradicts"), .key = SV("c") };

    lay(laid, "link", true, &yes, &contradicts);

    assert_int_equal(laid->scheme.vocabs[VOCAB_LINK].count, 2);
    assert_null(scheme_find(&laid->scheme, VOCAB_LINK, SV("differs")));
    assert_false(scheme_find(&laid->scheme, VOCAB_LINK, SV("contradicts"))->disputes);
}

static void t_keys_that_cannot_be_are_reported_and_taken_out(void **state)
{
    static const struct {
        struct sv key;
        const char *says;
    } cases[] = {
        { { "zz", 2 }, "key 'zz' of 'omen' in 'type' must be one letter" },
        { { "1", 1 }, "key '1' of 'omen' in 'type' must be one letter" },
        { { "", 0 }, "key '' of 'omen' in 'type' must be one letter" },
        { { "e", 1 },
          "key 'e' of 'omen' in 'type' is the key of 'event' already; give it another letter" },
    };
    struct laid *laid = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct word omen = { .id = SV("omen"), .key = cases[i].key };

        lay(laid, "type", false, &omen, NULL);

        assert_int_equal(laid->findings.count, i + 1);
        assert_string_equal(buf_cstr(&laid->findings.items[i].err.text), cases[i].says);
        assert_int_equal(laid->findings.items[i].severity, SEVERITY_ERROR);
        assert_true(sv_is_absent(scheme_find(&laid->scheme, VOCAB_TYPE, SV("omen"))->key));
        assert_true(sv_eq(scheme_find_key(&laid->scheme, VOCAB_TYPE, SV("e"))->id, SV("event")));
    }
}

static void t_unknown_vocabulary_is_a_warning_with_the_nearest(void **state)
{
    struct laid *laid = *state;
    struct word word = { .id = SV("x") };

    lay(laid, "tipe", false, &word, NULL);
    lay(laid, "mood-of-day", false, &word, NULL);

    assert_int_equal(laid->findings.count, 2);
    assert_int_equal(laid->findings.errors, 0);
    assert_string_equal(buf_cstr(&laid->findings.items[0].err.text),
                        "no field takes its values from vocabulary 'tipe'; did you mean 'type'");
    assert_string_equal(buf_cstr(&laid->findings.items[1].err.text),
                        "no field takes its values from vocabulary 'mood-of-day'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_every_vocabulary_is_named_explained_and_filled),
        cmocka_unit_test(t_every_value_has_a_definition_and_a_letter_of_its_own),
        cmocka_unit_test(t_link_types_say_what_they_do),
        cmocka_unit_test(t_misspelt_value_names_the_nearest),
        cmocka_unit_test_setup_teardown(t_new_words_follow_the_built_in_ones, laid_setup,
                                        laid_teardown),
        cmocka_unit_test_setup_teardown(t_known_word_takes_what_is_given_and_keeps_the_rest,
                                        laid_setup, laid_teardown),
        cmocka_unit_test_setup_teardown(t_replaced_vocabulary_has_only_the_words_of_the_file,
                                        laid_setup, laid_teardown),
        cmocka_unit_test_setup_teardown(t_keys_that_cannot_be_are_reported_and_taken_out,
                                        laid_setup, laid_teardown),
        cmocka_unit_test_setup_teardown(t_unknown_vocabulary_is_a_warning_with_the_nearest,
                                        laid_setup, laid_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
