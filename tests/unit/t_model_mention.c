// Names counted in texts, and the tree of sources.
#include "t.h"

#include "model/mention.h"
#include "model/source_tree.h"

static const struct sv is_aliases[] = { { "IS", 2 }, { "Daesh", 5 }, { "daesh", 5 } };
static const struct sv iskp_aliases[] = { { "IS-K", 4 }, { "the group", 9 } };
static const struct sv taliban_aliases[] = { { "the group", 9 } };
static const struct sv taken[] = { { "isil", 4 } };

static const struct source sources[] = {
    { .id = { "is", 2 },
      .name = { "Islamic State", 13 },
      .aliases = { is_aliases, 3 },
      .merged = { taken, 1 } },
    { .id = { "isil", 4 }, .name = { "ISIL", 4 } },
    { .id = { "iskp", 4 }, .aliases = { iskp_aliases, 2 }, .part_of = { "isil", 4 } },
    { .id = { "local-media", 11 } },
    { .id = { "taliban", 7 }, .name = { "Taliban", 7 }, .aliases = { taliban_aliases, 1 } },
};

static void put_all(struct registry *registry)
{
    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
        registry_put(registry, &sources[i]);
}

static const struct mention *find(const struct mentions *mentions, const char *name,
                                  const struct source *source)
{
    for (size_t i = 0; i < mentions->count; i++)
        if (sv_eq_cstr(mentions->items[i].name, name) && mentions->items[i].source == source)
            return &mentions->items[i];
    fail_msg("no name %s", name);
    return NULL;
}

static void t_names_are_counted_for_each_text(void **state)
{
    static const struct byte_span skip[] = { { 60, 90 } };
    const struct mention_text texts[] = {
        { SV("IS said: Islamic State, ISIL and IS-K are one; Local media agree. IS, IS, IS."), skip,
          1 },
        { SV("The group, Daesh and DAESH. Is it the Taliban?"), NULL, 0 },
    };
    struct registry registry = { 0 };
    struct mentions mentions;

    (void)state;
    put_all(&registry);
    mentions_count(&registry, texts, 2, &mentions);

    assert_int_equal(find(&mentions, "IS", &sources[0])->counts[0], 1); // three in furniture
    assert_int_equal(find(&mentions, "Islamic State", &sources[0])->counts[0], 1);
    assert_int_equal(find(&mentions, "ISIL", &sources[0])->counts[0], 1);
    assert_true(sv_eq(find(&mentions, "ISIL", &sources[0])->id, SV("isil")));
    assert_int_equal(mentions_of(&mentions, &sources[0], 0), 3);
    assert_int_equal(mentions_of(&mentions, &sources[0], 1), 2);
    assert_int_equal(find(&mentions, "local media", &sources[3])->counts[0], 1);
    assert_int_equal(find(&mentions, "IS-K", &sources[2])->counts[0], 1);
    mentions_release(&mentions);
    registry_release(&registry);
}

// Wherever the stretches of a text are cut, in a name or a character, the same is counted.
static void t_counted_a_stretch_at_a_time(void **state)
{
    const struct byte_span skip[] = { { 70, 80 } };
    const struct mention_text texts[] = {
        { SV("“IS” said: Islamic State, ISIL and IS-K are one; Local  media agree. IS, IS, IS."),
          skip, 1 },
        { SV(""), NULL, 0 },
        { SV("The group, Daesh and DAESH. Is it the Taliban?"), NULL, 0 },
    };
    struct registry registry = { 0 };
    struct mentions whole;

    (void)state;
    put_all(&registry);
    mentions_count(&registry, texts, 3, &whole);
    for (size_t bytes = 1; bytes < 40; bytes++) {
        struct mentions mentions;

        mentions_begin(&registry, 3, &mentions);
        while (mentions_go_on(&mentions, texts, bytes))
            ;
        assert_int_equal(mentions.count, whole.count);
        for (size_t i = 0; i < whole.count; i++)
            for (size_t j = 0; j < 3; j++) {
                assert_int_equal(mentions.items[i].counts[j], whole.items[i].counts[j]);
                assert_int_equal(mentions.items[i].doubtful[j], whole.items[i].doubtful[j]);
            }
        mentions_release(&mentions);
    }
    mentions_release(&whole);
    registry_release(&registry);
}

static void t_name_of_two_sources_counts_for_neither(void **state)
{
    const struct mention_text text = { SV("The group and the group."), NULL, 0 };
    struct registry registry = { 0 };
    struct mentions mentions;

    (void)state;
    put_all(&registry);
    mentions_count(&registry, &text, 1, &mentions);

    assert_int_equal(mentions_of(&mentions, &sources[2], 0), 0);
    assert_int_equal(find(&mentions, "the group", &sources[2])->doubtful[0], 2);
    assert_ptr_equal(find(&mentions, "the group", &sources[2])->rival, &sources[4]);
    assert_int_equal(find(&mentions, "the group", &sources[4])->doubtful[0], 2);
    assert_ptr_equal(find(&mentions, "the group", &sources[4])->rival, &sources[2]);
    mentions_release(&mentions);
    registry_release(&registry);
}

static void assert_tree(const struct registry *registry, const char *want)
{
    struct source_node *nodes;
    struct buf got = { 0 };
    size_t count = source_tree(registry, &nodes);

    assert_int_equal(count, registry->count);
    for (size_t i = 0; i < count; i++)
        buf_addf(&got, "%zu" SV_FMT " ", nodes[i].depth, SV_ARG(nodes[i].source->id));
    assert_string_equal(buf_cstr(&got), want);
    buf_release(&got);
    mem_free(nodes);
}

static void t_parts_stand_below_their_wholes(void **state)
{
    static const struct source more[] = {
        { .id = { "a", 1 }, .part_of = { "z", 1 } },
        { .id = { "b", 1 }, .part_of = { "a", 1 } },
        { .id = { "c", 1 }, .part_of = { "a", 1 } },
        { .id = { "d", 1 }, .part_of = { "none", 4 } },
        { .id = { "x", 1 }, .part_of = { "y", 1 } },
        { .id = { "y", 1 }, .part_of = { "x", 1 } },
        { .id = { "xx", 2 }, .part_of = { "x", 1 } },
        { .id = { "z", 1 } },
        { .id = { "w", 1 }, .part_of = { "w", 1 } },
    };
    struct registry registry = { 0 };

    (void)state;
    assert_tree(&registry, "");
    put_all(&registry);
    assert_tree(&registry, "0is 1iskp 0local-media 0taliban ");
    registry_release(&registry);
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
        registry_put(&registry, &more[i]);
    assert_tree(&registry, "0d 0w 0z 1a 2b 2c 0x 1xx 1y ");
    registry_release(&registry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_names_are_counted_for_each_text),
        cmocka_unit_test(t_name_of_two_sources_counts_for_neither),
        cmocka_unit_test(t_counted_a_stretch_at_a_time),
        cmocka_unit_test(t_parts_stand_below_their_wholes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
