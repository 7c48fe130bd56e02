// What is marked in the other article when a link is made to a place without a claim.
#define WORLD_A "A blast in the port\n\nFive people died in the blast, local media said.\n"
#define WORLD_B "The port\n\nThe mayor, a former pilot, denied the blast. It rained.\n"
#include "app_world.h"

// The subject alone would say nothing: it is marked as c would mark it.
static void it_is_the_whole_clause(void **state)
{
    struct app_world *world = *state;
    struct layer *layer = &world->b->file.layer;
    const struct claim *claim;
    const struct part *part;

    at(world, "Five people");
    press(world, "C x <Tab>");
    press(world, "<Tab>");
    at(world, "The mayor");
    press(world, "<Enter> c <Enter>");
    assert_int_equal(claim_count(world->b), 1);
    claim = layer->sections[SECTION_CLAIMS].items[0];
    part = claim->span.items[0];
    assert_true(sv_eq_cstr(part->quote, "The mayor, a former pilot, denied the blast"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_the_whole_clause, app_world_setup,
                                        app_world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
