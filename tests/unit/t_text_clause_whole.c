// Clauses that something is put into.
#include "text/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"

struct wanted {
    const char *text;
    const char *at; // where the cursor is: the beginning of these words
    const char *wanted;
};

static void check(const struct wanted *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sv text = sv_from(cases[i].text);
        struct article *article = article_new(text);
        struct byte_span span;

        assert_true(unit_at(article, UNIT_WHOLE, sv_find(text, sv_from(cases[i].at), 0), &span));
        if (!sv_eq_cstr(article_sub(article, span), cases[i].wanted))
            fail_msg("'%s' at '%s': '" SV_FMT "', not '%s'", cases[i].text, cases[i].at,
                     SV_ARG(article_sub(article, span)), cases[i].wanted);
        article_free(article);
    }
}

static void a_name_is_taken_with_its_verb(void **state)
{
    static const struct wanted cases[] = {
        { "Ane Brekke, who led the inquiry, resigned on Friday, the ministry said.", "Ane",
          "Ane Brekke, who led the inquiry, resigned on Friday" },
        { "The ship, a ferry built in 1984, was lost in the storm.", "ship",
          "The ship, a ferry built in 1984, was lost in the storm" },
        { "Ane Brekke, elected in May, spoke first, and left.", "Ane",
          "Ane Brekke, elected in May, spoke first" },
        { "The owners, the union says, ignored every warning.", "The owners",
          "The owners, the union says, ignored every warning" },
        { "In the north, where it rained, roads were closed.", "north",
          "In the north, where it rained, roads were closed" },
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

// What stands between can be one thing or several, and the subject anywhere.
static void what_is_put_in_may_be_long(void **state)
{
    static const struct wanted cases[] = {
        { "The old mill (the one that the army built) collapsed.", "The",
          "The old mill (the one that the army built) collapsed" },
        { "The old mill \u2014 a ruin \u2014 is sold.", "The",
          "The old mill \u2014 a ruin \u2014 is sold" },
        { "Anna Berg, who has led it since May, and who knows the river, left.", "Anna",
          "Anna Berg, who has led it since May, and who knows the river, left" },
        { "Berg said the mayor, a clerk once, had left the town.", "the mayor",
          "the mayor, a clerk once, had left the town" },
        { "It rained, but towns like Oslo and Bergen, which have walls, must help.", "towns",
          "towns like Oslo and Bergen, which have walls, must help" },
        { "Wheat for the mills, already scarce, is running short.", "Wheat",
          "Wheat for the mills, already scarce, is running short" },
        { "The men, tired and wet, went home, ate, and slept.", "The",
          "The men, tired and wet, went home" },
        { "In doing so he broke it.", "In", "In doing so he broke it" },
        { "However, the mill, built in 1920, burned.", "However",
          "However, the mill, built in 1920, burned" },
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void what_a_report_reports_is_taken_too(void **state)
{
    static const struct wanted cases[] = {
        { "Ane Brekke, the harbour master, said the doors were open, and left.", "Ane",
          "Ane Brekke, the harbour master, said the doors were open" },
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void other_clauses_stand_alone(void **state)
{
    static const struct wanted cases[] = {
        { "The doors were open, and nobody saw it.", "The", "The doors were open" },
        { "The doors were open, and nobody saw it.", "nobody", "nobody saw it" },
        { "Ane Brekke, who led the inquiry, resigned on Friday.", "who", "who led the inquiry" },
        { "Ane Brekke, who led the inquiry, resigned on Friday.", "resigned",
          "resigned on Friday" },
        { "Four missing; a feud among owners?", "Four", "Four missing" },
        { "Read also: the doors were open.", "Read", "Read also" },
        { "Rain. The doors were open.", "Rain", "Rain" },
        { "They blamed the mayor, the man behind the dam.", "They", "They blamed the mayor" },
        { "They blamed the mayor, the man behind the dam.", "the man", "the man behind the dam" },
        { "They came, they saw, left.", "They", "They came" },
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_taken_with_its_verb),
        cmocka_unit_test(what_is_put_in_may_be_long),
        cmocka_unit_test(what_a_report_reports_is_taken_too),
        cmocka_unit_test(other_clauses_stand_alone),
    };

    return cmocka_run_group_tests_name("text/clause_whole", tests, NULL, NULL);
}
