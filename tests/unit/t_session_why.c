// Reasons offered from the words at the two ends of a link.
#include "sitting.h"

#include "session/why.h"

static void reason_sets_the_words_side_by_side(void **state)
{
    struct sitting *t = *state;
    const struct place dead = { .reading = t->blast, .claim = t->dead };
    const struct place five = { .reading = t->blast, .claim = t->five };
    const struct place six = { .reading = t->fall, .claim = t->six };
    const struct place named = { .reading = t->blast,
                                 .span = sitting_span(t->blast, "Nobody was named.") };
    const struct {
        const struct place *from, *to;
        const char *reason;
    } cases[] = {
        { &five, &six, "blast: “Five others died too”; fall: “Six more people died”" },
        { &dead, &six, "blast: “Khalil Haqqani died in Kabul”; fall: “Six more people died”" },
        { &five, &named, "“Five others died too”; “Nobody was named.”" }, // one article
    };
    struct buf out = { 0 };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        why_propose(cases[i].from, cases[i].to, &out);
        assert_string_equal(buf_cstr(&out), cases[i].reason);
    }
    buf_release(&out);
}

static void a_link_that_is_there_gets_the_same(void **state)
{
    struct sitting *t = *state;
    const struct link *link = layer_find(&t->blast->file.layer, SECTION_LINKS, t->link);
    const struct place five = { .reading = t->blast, .claim = t->five };
    const struct place six = { .reading = t->fall, .claim = t->six };
    struct buf offered = { 0 }, out = { 0 };

    why_propose(&five, &six, &offered);
    why_propose_link(t->session, t->blast, link, &out);
    assert_string_equal(buf_cstr(&out), buf_cstr(&offered));
    buf_release(&offered);
    buf_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sitting_setup, sitting_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reason_sets_the_words_side_by_side),
        TEST(a_link_that_is_there_gets_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
