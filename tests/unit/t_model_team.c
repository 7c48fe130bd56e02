// The team: who reads what, who may see whose work, what is wrong with team.yaml.
#include "t.h"

#include "model/team.h"

static struct sv events[] = { { "flood", 5 }, { "fire/north", 10 } };
static struct sv unknown[] = { { "flod", 4 } };
static struct sv deciders[] = { { "eva", 3 }, { "zoe", 3 } };
static const struct member ana = { .id = { "ana", 3 }, .articles = { events, 2 } };
static const struct member ben = { .id = { "Ben", 3 }, .articles = { unknown, 1 } };
static const struct member eva = { .id = { "eva", 3 } };
static const void *const members[] = { &ana, &ben, &eva };
static const struct team blind = {
    .head = { .blind = true, .adjudicators = { deciders, 2 } },
    .members = { members, 3 },
    .is_there = true,
};

static void t_articles_are_assigned_by_name_or_event(void **state)
{
    static const struct {
        const char *annotator, *article;
        bool is_assigned;
    } cases[] = {
        { "ana", "flood/dam", true },   { "ana", "flood", true },
        { "ana", "floods/dam", false }, { "ana", "fire/north", true },
        { "ana", "fire/south", false }, { "eva", "fire/south", true },
        { "zoe", "fire/north", false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(
            team_is_assigned(&blind, sv_from(cases[i].annotator), sv_from(cases[i].article)),
            cases[i].is_assigned);
}

static void t_a_blind_team_shows_own_work_until_it_is_finished(void **state)
{
    static const struct team open = { .is_there = true };

    (void)state;
    assert_true(team_shows(&blind, SV("ana"), SV("ana"), false));
    assert_false(team_shows(&blind, SV("ana"), SV("ben"), false));
    assert_false(team_shows(&blind, SV("ana"), SV("adjudicated"), false));
    assert_true(team_shows(&blind, SV("ana"), SV("ben"), true));
    assert_true(team_shows(&blind, SV("eva"), SV("ben"), false)); // decides
    assert_false(team_shows(&blind, SV(""), SV("ben"), false));
    assert_true(team_shows(&open, SV("ana"), SV("ben"), false));
}

static void t_check_names_what_is_wrong(void **state)
{
    static const char *const articles[] = { "flood/dam", "fire/north" };
    static const enum err_code codes[] = { E_DANGLING, E_NAME, E_DANGLING };
    struct findings findings = { 0 };

    (void)state;
    check_team(&blind, articles, 2, "team.yaml", NULL, NULL, &findings);
    assert_int_equal(findings.count, ARRAY_LEN(codes));
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        assert_int_equal(findings.items[i].err.code, codes[i]);
    findings_release(&findings);
}

static void t_a_layer_is_finished_when_it_says_so(void **state)
{
    struct layer layer = { 0 };

    (void)state;
    assert_false(layer_is_finished(&layer));
    layer.head.state = SV("finished");
    assert_true(layer_is_finished(&layer));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_articles_are_assigned_by_name_or_event),
        cmocka_unit_test(t_a_blind_team_shows_own_work_until_it_is_finished),
        cmocka_unit_test(t_check_names_what_is_wrong),
        cmocka_unit_test(t_a_layer_is_finished_when_it_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
