// Rules for the registry of sources.
#include <stdio.h>

#include "t.h"

#include "model/check.h"

#include "model_world.h"

static void assert_found(struct world *world, enum severity severity, enum err_code code,
                         const char *text)
{
    struct findings findings = { 0 };

    check_registry(&world->registry, scheme_builtin(), "sources.yaml", NULL, NULL, &findings);
    if (!text) {
        assert_int_equal(findings.count, 0);
        return;
    }
    assert_true(findings.count > 0);
    assert_string_equal(buf_cstr(&findings.items[0].err.text), text);
    assert_string_equal(buf_cstr(&findings.items[0].err.path), "sources.yaml");
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].severity, severity);
    assert_int_equal(findings.items[0].err.code, code);
    findings_release(&findings);
}

static void t_good_registry_has_no_findings(void **state)
{
    struct world *world = *state;

    world_source(world, "islamic-state", (struct source){ .name = SV("Islamic State") });
    world_source(world, "islamic-state-khorasan",
                 (struct source){ .name = SV("IS Khorasan"),
                                  .kind = SV("armed-group"),
                                  .aliases = world_strs(world, "ISKP IS-K"),
                                  .part_of = SV("islamic-state"),
                                  .merged = world_strs(world, "iskp") });

    assert_found(world, SEVERITY_ERROR, E_NONE, NULL);
}

static void t_ids_that_would_need_quotes(void **state)
{
    static const char *const bad[] = { "local media", "", "a,b", "-a", "a:b", "m\xC3\xA9" };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char text[128];

        world_source(world, bad[i], (struct source){ 0 });
        snprintf(text, sizeof(text),
                 "id '%s' of a source must be letters and digits, with - . _ inside", bad[i]);
        assert_found(world, SEVERITY_ERROR, E_ID, text);
        registry_drop(&world->registry, sv_from(bad[i]));
    }
}

static void t_kind_not_in_the_scheme(void **state)
{
    struct world *world = *state;

    world_source(world, "amaq", (struct source){ .kind = SV("outlets") });

    assert_found(world, SEVERITY_ERROR, E_WORD,
                 "'kind' is 'outlets'; did you mean 'outlet'; use one of: person, office, "
                 "organisation, government, armed-group, outlet, document, collective, anonymous, "
                 "unknown");
}

static void t_part_of_nothing(void **state)
{
    struct world *world = *state;

    world_source(world, "amaq", (struct source){ .part_of = SV("islamic-state") });

    assert_found(world, SEVERITY_ERROR, E_DANGLING,
                 "'amaq' is part of 'islamic-state', which is no source; add it or name another");
}

static void t_cycle_is_reported_once_and_not_from_outside(void **state)
{
    struct world *world = *state;

    world_source(world, "c", (struct source){ .part_of = SV("a") });
    world_source(world, "b", (struct source){ .part_of = SV("c") });
    world_source(world, "a", (struct source){ .part_of = SV("b") });
    world_source(world, "z", (struct source){ .part_of = SV("a") });
    world_source(world, "0", (struct source){ .part_of = SV("a") });

    assert_found(world, SEVERITY_ERROR, E_SOURCE,
                 "'a' is part of itself through part_of; take one of these out");
}

static void t_source_part_of_itself(void **state)
{
    struct world *world = *state;

    world_source(world, "a", (struct source){ .part_of = SV("a") });

    assert_found(world, SEVERITY_ERROR, E_SOURCE,
                 "'a' is part of itself through part_of; take one of these out");
}

static void t_merging_in_a_circle(void **state)
{
    struct world *world = *state;

    world_source(world, "a", (struct source){ .merged = world_strs(world, "b") });
    world_source(world, "b", (struct source){ .merged = world_strs(world, "a") });

    assert_found(
        world, SEVERITY_ERROR, E_SOURCE,
        "'b' cannot be merged into 'a', which was merged into it; take one of the two out");
}

static void t_id_merged_into_two_sources(void **state)
{
    struct world *world = *state;

    world_source(world, "a", (struct source){ .merged = world_strs(world, "x") });
    world_source(world, "b", (struct source){ .merged = world_strs(world, "x") });

    assert_found(world, SEVERITY_ERROR, E_SOURCE,
                 "'x' was merged into 'a' and into 'b'; keep one of these");
}

static void t_name_of_two_sources(void **state)
{
    struct world *world = *state;

    world_source(world, "afghan-taliban",
                 (struct source){ .aliases = world_strs(world, "Taliban Taliban") });
    world_source(world, "pakistani-taliban", (struct source){ .name = SV("taliban") });

    assert_found(world, SEVERITY_WARNING, E_SOURCE,
                 "'taliban' is a name of 'afghan-taliban' and of 'pakistani-taliban'");
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORLD(t_good_registry_has_no_findings),
        WITH_WORLD(t_ids_that_would_need_quotes),
        WITH_WORLD(t_kind_not_in_the_scheme),
        WITH_WORLD(t_part_of_nothing),
        WITH_WORLD(t_cycle_is_reported_once_and_not_from_outside),
        WITH_WORLD(t_source_part_of_itself),
        WITH_WORLD(t_merging_in_a_circle),
        WITH_WORLD(t_id_merged_into_two_sources),
        WITH_WORLD(t_name_of_two_sources),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
