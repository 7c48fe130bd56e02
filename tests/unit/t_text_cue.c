// Proposals of the words that attribute a claim.
#include "text/cue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"

static void nearest_reporting_words_are_proposed(void **state)
{
    static const struct {
        const char *text, *claim;
        const char *cue, *act; // NULL: none
    } cases[] = {
        { "The mayor said that the bridge was old.", "the bridge was old", "said that", "" },
        { "The bridge was old, officials reported.", "The bridge was old", "reported", "reports" },
        { "According to Anna, the bridge was old.", "the bridge was old", "According to",
          "reports" },
        { "He denied that it was old, and she confirmed it.", "it was old", "denied that",
          "denies" },
        { "The firm has repeatedly denied the charge.", "the charge", "has repeatedly denied",
          "denies" },
        { "Rebels claimed responsibility for the fire.", "the fire", "claimed responsibility for",
          "claims-responsibility" },
        { "The council condemned the fire.", "The council condemned the fire.", "condemned",
          "condemns" },
        { "Anna said so. It was old.", "It was old", "said", "" },
        { "The town called it a shame.", "a shame", "called", "asserts" },
        { "Anna added that it was old.", "it was old", "added that", "" },
        { "\u201cIt is old,\u201d Anna wrote.", "It is old,", "wrote", "" },
        // words that only look like it
        { "The alleged role of the mayor was small.", "was small", NULL, NULL },
        { "The report was old.", "was old", NULL, NULL },
        { "Its claims of victory were empty.", "were empty", NULL, NULL },
        { "The bridge was old.", "The bridge", NULL, NULL },
        { "Anna said so.\nIt was old.", "It was old", NULL, NULL },
        { "They added two lanes to it.", "two lanes", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct article *article = article_new(sv_from(cases[i].text));
        size_t beg = (size_t)(strstr(cases[i].text, cases[i].claim) - cases[i].text);
        struct byte_span cue = { 0, 0 };
        struct sv act = { 0 };
        bool found = cue_propose(article, (struct byte_span){ beg, beg + strlen(cases[i].claim) },
                                 NULL, &cue, &act);

        if (found != !!cases[i].cue ||
            (found && !sv_eq_cstr(article_sub(article, cue), cases[i].cue)))
            print_message("'%s': '" SV_FMT "'\n", cases[i].text, SV_ARG(article_sub(article, cue)));
        assert_int_equal(found, cases[i].cue != NULL);
        if (found) {
            assert_true(sv_eq_cstr(article_sub(article, cue), cases[i].cue));
            assert_true(sv_is_absent(act) ? !cases[i].act[0] : sv_eq_cstr(act, cases[i].act));
        }
        article_free(article);
    }
}

static void empty_text_has_no_cue(void **state)
{
    struct article *article = article_new(SV(""));
    struct byte_span cue;
    struct sv act;

    (void)state;
    assert_false(cue_propose(article, (struct byte_span){ 0, 0 }, NULL, &cue, &act));
    article_free(article);
}

// The acts named in cue.def are values of the built-in scheme.
static void acts_are_those_of_the_scheme(void **state)
{
    static const char *const scheme[] = {
#define VOCAB(id, name, help)
#define VALUE(id, value, key, flags, help) #id " " value,
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
    };
    static const char *const acts[] = {
#define VERB(base, third, past, ing, how, act) act,
#define PHRASE(words, how, act)                act,
#include "text/cue.def"
#undef VERB
#undef PHRASE
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        bool found = !acts[i][0];

        for (size_t j = 0; j < ARRAY_LEN(scheme); j++)
            found |= !strncmp(scheme[j], "ACT ", 4) && !strcmp(scheme[j] + 4, acts[i]);
        assert_true(found);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_reporting_words_are_proposed),
        cmocka_unit_test(acts_are_those_of_the_scheme),
        cmocka_unit_test(empty_text_has_no_cue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
