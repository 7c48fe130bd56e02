// Numbers that two articles give differently.
#include "text/clash.h"

#include "t.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"

// Clashes of two texts as "six sailors|5 sailors; ...".
static void show(const char *here, const char *there, struct buf *out)
{
    struct article *a = article_new(sv_from(here)), *b = article_new(sv_from(there));
    struct relate *relate = relate_new(a, b, NULL);
    struct clashes found;

    clashes_find(relate, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct clash *clash = &found.items[i];

        assert_true(clash->score >= RELATE_FLOOR);
        buf_addf(out, "%s" SV_FMT "|" SV_FMT, i ? "; " : "",
                 SV_ARG(article_sub(a, clash->ends[0].span)),
                 SV_ARG(article_sub(b, clash->ends[1].span)));
    }
    clashes_release(&found);
    relate_free(relate);
    article_free(a);
    article_free(b);
}

static void other_numbers_of_the_same_clash(void **state)
{
    static const struct {
        const char *here, *there, *want;
    } cases[] = {
        // counts of the same thing
        { "Six sailors died on the ferry Aurora.", "Five sailors of the ferry Aurora died.",
          "Six|Five" },
        { "The fire killed him and six others.", "The fire killed him, along with five others.",
          "six|five" },
        { "A blast in the mill killed nine.", "A blast in the mill killed eleven.", "nine|eleven" },
        { "The bank lost $5 million in the raid.", "In the raid the bank lost $7m.",
          "$5 million|$7m" },
        { "Turnout fell to 40 % in the vote.", "Turnout in the vote fell to 45 percent.",
          "40 %|45 percent" },
        { "Over 300 raids hit the coast.", "Just 200 raids hit the coast.", "Over 300|200" },
        { "Up to 20 raids hit the coast.", "At least 30 raids hit the coast.",
          "Up to 20|At least 30" },
        { "At least 16 raids hit the coast.", "At least 4 raids hit the coast.",
          "At least 16|At least 4" },
        { "A bomb kills 15 in the old mill.", "A bomb kills 13 at a party in the old mill.",
          "15|13" },
        // no clash: the same, or what may be the same
        { "Six sailors died on the ferry.", "6 sailors of the ferry died.", "" },
        { "Over 300 raids hit the coast.", "Some 350 raids hit the coast.", "" },
        { "Nearly 1,000 raids hit the coast.", "The coast was hit by 960 raids.", "" },
        { "10 to 20 raids hit the coast.", "The coast was hit by 15 raids.", "" },
        { "2.5 million people fled the flood.", "The flood drove out 2,500,000 people.", "" },
        { "Six sailors and five sailors died.", "Five sailors died on Friday.", "" },
        // other things, or none
        { "Six sailors died on the ferry.", "Five boats left the ferry with sailors.", "" },
        { "In 2021 six sailors died.", "In 2020 sailors died.", "" },
        { "On 11 May sailors died there.", "On 12 May sailors died there.", "" },
        { "It was the third raid on the coast.", "It was the fifth raid on the coast.", "" },
        { "The raid cost $5 in all.", "The raid took 5 % of €7 in all.", "" },
        { "Six sailors died.", "", "" },
    };
    struct buf got = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_clear(&got);
        show(cases[i].here, cases[i].there, &got);
        if (strcmp(buf_cstr(&got), cases[i].want))
            print_message("'%s' '%s'\n", cases[i].here, cases[i].there);
        assert_string_equal(buf_cstr(&got), cases[i].want);
    }
    buf_release(&got);
}

// In sentences that have nothing else in common the same word is no alarm.
static void unrelated_sentences_do_not_clash(void **state)
{
    struct buf here = { 0 }, there = { 0 }, got = { 0 };

    (void)state;
    for (int i = 0; i < 30; i++) {
        buf_addf(&here, "People of village%d built bridge%d.\n", i, i);
        buf_addf(&there, "People in town%d sang song%d.\n", i, i);
    }
    buf_add_cstr(&here, "Late that year some of the villagers who wanted a longer bridge told six "
                        "people about masonry, gravel, timber and rope.\n");
    buf_add_cstr(&there, "Choirs practised harmonies, rhythm and melody while forty people "
                         "listened under chestnut trees near fountains.\n");
    show(buf_cstr(&here), buf_cstr(&there), &got);
    assert_string_equal(buf_cstr(&got), "");
    buf_release(&here);
    buf_release(&there);
    buf_release(&got);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_numbers_of_the_same_clash),
        cmocka_unit_test(unrelated_sentences_do_not_clash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
