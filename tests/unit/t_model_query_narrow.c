// Layers without what a query does not ask for: claims that match, and what links join to them.
#include "t.h"

#include <stdio.h>

#include "model/query_narrow.h"

#include "model_world.h"

struct narrowed {
    struct layer layers[WORLD_LAYERS];
    size_t count;
};

static void narrow(struct world *world, const char *text, struct narrowed *out)
{
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    struct query_ctx ctx = { .derived = derived, .registry = &world->registry };
    struct query *query;
    struct err err = { 0 };

    *out = (struct narrowed){ .count = world->count };
    assert_true(query_parse(sv_from(text), NULL, &query, &err));
    query_narrow(query, &ctx, world->list, world->count, out->layers);
    query_free(query);
    derive_free(derived);
}

static void release(struct narrowed *narrowed)
{
    for (size_t i = 0; i < narrowed->count; i++)
        layer_release(&narrowed->layers[i]);
}

// Ids of a section of all layers, each with a blank behind it.
static const char *ids(const struct narrowed *narrowed, enum section section, char *out)
{
    int end = 0;

    *out = '\0';
    for (size_t i = 0; i < narrowed->count; i++)
        for (size_t k = 0; k < narrowed->layers[i].sections[section].count; k++) {
            const struct record *record = narrowed->layers[i].sections[section].items[k];

            end += snprintf(out + end, 10, SV_FMT " ", SV_ARG(record->id));
        }
    return out;
}

static void two_layers(struct world *world)
{
    static const struct claim deaths = { .topic = { "deaths", 6 } },
                              scene = { .topic = { "scene", 5 } };

    world_layer(world, "e/one", "one two three four five");
    world_layer(world, "e/two", "six seven eight nine");
    world_claim(world, 0, "c0000001", 0, 3, deaths);
    world_claim(world, 0, "c0000002", 4, 7, scene);
    world_claim(world, 0, "c0000003", 8, 13, scene);
    world_claim(world, 1, "c0000004", 0, 3, scene);
    world_claim(world, 1, "c0000005", 4, 9, deaths);
    world_claim(world, 1, "c0000006", 10, 15, scene);
    world_link(world, 0, "l0000001", "c0000001", "e/two", "c0000004", "differs");
    world_link(world, 1, "l0000002", "c0000005", NULL, "c0000006", "differs");
    world_link(world, 0, "l0000003", "c0000002", "e/two", "c0000006", "differs");
    world_link(world, 0, "l0000004", "c0000003", "e/two", "c0000005", "corroborates");
    world_link(world, 0, "l0000005", "c0000001", "e/gone", "c0000009", "differs");
}

static void what_links_join_to_a_match_stays(void **state)
{
    static const struct {
        const char *query, *claims, *links;
    } cases[] = {
        { "topic:deaths", "c0000001 c0000003 c0000004 c0000005 c0000006 ",
          "l0000001 l0000005 l0000004 l0000002 " },
        { "id:c0000002", "c0000002 c0000006 ", "l0000003 " },
        { "id:c0000004", "c0000001 c0000004 ", "l0000001 " },
        { "article:two id:c0000005", "c0000003 c0000005 c0000006 ", "l0000004 l0000002 " },
        { "topic:nothing", "", "" },
    };
    struct world *world = *state;
    char text[400];

    two_layers(world);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct narrowed narrowed;

        narrow(world, cases[i].query, &narrowed);
        assert_string_equal(ids(&narrowed, SECTION_CLAIMS, text), cases[i].claims);
        assert_string_equal(ids(&narrowed, SECTION_LINKS, text), cases[i].links);
        release(&narrowed);
    }
}

static void notes_stay_where_layers_are_asked_for(void **state)
{
    struct world *world = *state;
    struct note *note = arena_new(&world->arena, sizeof(*note));
    struct narrowed narrowed;
    char text[400];

    two_layers(world);
    *note = (struct note){ .id = SV("n0000001"), .text = SV("odd") };
    layer_put(&world->layers[1], SECTION_NOTES, note);
    narrow(world, "topic:scene", &narrowed);
    assert_string_equal(ids(&narrowed, SECTION_NOTES, text), "");
    release(&narrowed);
    narrow(world, "article:two", &narrowed);
    assert_string_equal(ids(&narrowed, SECTION_NOTES, text), "n0000001 ");
    release(&narrowed);
    narrow(world, "not article:two", &narrowed);
    assert_string_equal(ids(&narrowed, SECTION_NOTES, text), "");
    release(&narrowed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_links_join_to_a_match_stays, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(notes_stay_where_layers_are_asked_for, world_setup,
                                        world_teardown),
    };

    return cmocka_run_group_tests_name("model_query_narrow", tests, NULL, NULL);
}
