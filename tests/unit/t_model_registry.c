// Sources: found by id and by ids merged away, named, matched as typed, given ids of their own.
#include "t.h"

#include "model/registry.h"

static const struct sv iskp_aliases[] = { { "ISKP", 4 }, { "IS-K", 4 } };
static const struct sv merged_ids[] = { { "kabul-government", 16 } };

static const struct source sources[] = {
    { .id = { "islamic-state", 13 }, .name = { "Islamic State", 13 } },
    { .id = { "islamic-state-khorasan", 22 },
      .name = { "Islamic State Khorasan Province", 31 },
      .aliases = { iskp_aliases, 2 },
      .part_of = { "islamic-state", 13 } },
    { .id = { "afghan-interim-government", 25 }, .merged = { merged_ids, 1 } },
    { .id = { "haqqani-network", 15 }, .part_of = { "kabul-government", 16 } },
    { .id = { "loop-a", 6 }, .part_of = { "loop-b", 6 } },
    { .id = { "loop-b", 6 }, .part_of = { "loop-a", 6 } },
};

static int setup(void **state)
{
    struct registry *registry = mem_new(sizeof(*registry));

    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
        registry_put(registry, &sources[i]);
    *state = registry;
    return 0;
}

static int teardown(void **state)
{
    registry_release(*state);
    mem_free(*state);
    return 0;
}

static void t_sources_stand_by_id_and_are_replaced_by_id(void **state)
{
    struct registry *registry = *state;
    struct source twin = { .id = SV("islamic-state") };

    for (size_t i = 0; i + 1 < registry->count; i++)
        assert_true(sv_cmp(registry->items[i]->id, registry->items[i + 1]->id) < 0);

    registry_put(registry, &twin);

    assert_int_equal(registry->count, 6);
    assert_ptr_equal(registry_find(registry, SV("islamic-state")), &twin);

    registry_drop(registry, SV("islamic-state"));
    registry_drop(registry, SV("nobody"));

    assert_int_equal(registry->count, 5);
    assert_null(registry_find(registry, SV("islamic-state")));
}

static void t_merged_id_still_names_its_source(void **state)
{
    struct registry *registry = *state;

    assert_ptr_equal(registry_find(registry, SV("kabul-government")), &sources[2]);
    assert_null(registry_find(registry, SV("kabul")));
}

static void t_name_falls_back_to_the_id(void **state)
{
    struct registry *registry = *state;

    assert_true(sv_eq(registry_name(registry, SV("islamic-state")), SV("Islamic State")));
    assert_true(sv_eq(registry_name(registry, SV("haqqani-network")), SV("haqqani-network")));
    assert_true(sv_eq(registry_name(registry, SV("nobody")), SV("nobody")));
}

static void t_parts_belong_to_their_whole(void **state)
{
    static const struct {
        const char *id, *of;
        bool is_part;
    } cases[] = {
        { "islamic-state-khorasan", "islamic-state", true },
        { "islamic-state", "islamic-state-khorasan", false },
        { "islamic-state", "islamic-state", true },
        { "haqqani-network", "afghan-interim-government", true },
        { "haqqani-network", "kabul-government", true },
        { "kabul-government", "afghan-interim-government", true },
        { "nobody", "nobody", true },
        { "nobody", "islamic-state", false },
        { "loop-a", "loop-b", true },
        { "loop-a", "islamic-state", false },
    };
    struct registry *registry = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(registry_is_part(registry, sv_from(cases[i].id), sv_from(cases[i].of)),
                         cases[i].is_part);
}

static void t_new_id_is_made_of_the_name_and_free(void **state)
{
    static const struct {
        const char *name, *id;
    } cases[] = {
        { "IS-K", "is-k" },
        { "Ministry of Refugees (Kabul)", "ministry-of-refugees-kabul" },
        { "  Amaq, 2024 ", "amaq-2024" },
        { "Islamic State", "islamic-state-2" },
        { "Jos\xC3\xA9 Mart\xC3\xAD", "jose-marti" },
        { "Kabul government", "kabul-government-2" },
        { "...", "source" },
        { "", "source" },
    };
    struct registry *registry = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct sv id = registry_new_id(registry, &registry->arena, sv_from(cases[i].name));

        assert_string_equal(id.ptr, cases[i].id);
    }
}

static void t_typed_pieces_begin_words_of_id_name_or_alias(void **state)
{
    static const struct {
        const char *typed;
        int score;
    } cases[] = {
        { "", 0 },         { "is-k", 0 },    { "iskp", 0 },
        { "isk", 1 },      { "khor", 2 },    { "islamic prov", 3 },
        { "  STATE ", 2 }, { "orasan", -1 }, { "islamic afghan", -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(registry_match(*state, &sources[1], sv_from(cases[i].typed)),
                         cases[i].score);
}

static void note_name(void *ctx, struct sv name, struct sv id)
{
    buf_addf(ctx, SV_FMT "=" SV_FMT ";", SV_ARG(id), SV_ARG(name));
}

// Merged sources keep their records: unseen, but all their names lead to the source that took them
// in; a list of ids is all there is to it, so leaving one out undoes it.
static void t_merged_records_stand_for_another(void **state)
{
    static const struct sv into[] = { { "islamic-state-khorasan", 22 } };
    static const struct sv chain[] = { { "islamic-state", 13 } };
    struct registry *registry = *state;
    struct source keep = { .id = SV("islamic-state"), .merged = { into, 1 } };
    struct source top = { .id = SV("a-source"), .merged = { chain, 1 } };
    struct buf names = { 0 };

    registry_put(registry, &keep);
    assert_int_equal(registry->count, 5);
    assert_int_equal(registry->record_count, 6);
    assert_ptr_equal(registry_find(registry, into[0]), &keep);
    assert_ptr_equal(registry_record(registry, into[0]), &sources[1]);
    assert_int_equal(registry_match(registry, &keep, SV("iskp")), 0);
    assert_int_equal(registry_names(registry, &keep, note_name, &names), 4);
    assert_string_equal(buf_cstr(&names),
                        "islamic-state=islamic state;"
                        "islamic-state-khorasan=Islamic State Khorasan Province;"
                        "islamic-state-khorasan=ISKP;islamic-state-khorasan=IS-K;");

    registry_put(registry, &top); // merged again, with all that it took in
    assert_int_equal(registry->count, 5);
    assert_ptr_equal(registry_find(registry, into[0]), &top);
    assert_ptr_equal(registry_find(registry, chain[0]), &top);

    registry_drop(registry, SV("a-source"));
    registry_put(registry, &sources[0]); // undone
    assert_int_equal(registry->count, 6);
    assert_ptr_equal(registry_find(registry, into[0]), &sources[1]);
    buf_release(&names);
}

static void t_merging_in_a_circle_hides_nobody(void **state)
{
    static const struct sv a_ids[] = { { "b", 1 } }, b_ids[] = { { "a", 1 }, { "b", 1 } };
    struct registry *registry = *state;
    struct source a = { .id = SV("a"), .merged = { a_ids, 1 } };
    struct source b = { .id = SV("b"), .merged = { b_ids, 2 } };

    registry_put(registry, &a);
    registry_put(registry, &b);

    assert_int_equal(registry->count, 8);
    assert_ptr_equal(registry_find(registry, SV("a")), &a);
    assert_ptr_equal(registry_find(registry, SV("b")), &b);
}

static void t_nearest_source_and_valid_ids(void **state)
{
    struct registry *registry = *state;

    assert_true(sv_eq(registry_nearest(registry, SV("islamic-stat")), SV("islamic-state")));
    assert_true(sv_is_absent(registry_nearest(registry, SV("xyz"))));
    assert_true(source_id_is_valid(SV("a-b.c_9")));
    assert_false(source_id_is_valid(SV("-a")));
    assert_false(source_id_is_valid(SV("a b")));
    assert_false(source_id_is_valid(SV("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(t_sources_stand_by_id_and_are_replaced_by_id, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(t_merged_id_still_names_its_source, setup, teardown),
        cmocka_unit_test_setup_teardown(t_name_falls_back_to_the_id, setup, teardown),
        cmocka_unit_test_setup_teardown(t_parts_belong_to_their_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(t_new_id_is_made_of_the_name_and_free, setup, teardown),
        cmocka_unit_test_setup_teardown(t_typed_pieces_begin_words_of_id_name_or_alias, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(t_merged_records_stand_for_another, setup, teardown),
        cmocka_unit_test_setup_teardown(t_merging_in_a_circle_hides_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(t_nearest_source_and_valid_ids, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
