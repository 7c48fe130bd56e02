// What follows from the links: flags of both ends, and the links as each claim sees them.
#include <stdio.h>

#include "t.h"

#include "model/derive.h"

#include "model_edits.h"

#define BLAST "haqqani-2024/kabul-blast"
#define FALL  "haqqani-2024/fall-of-haqqani"

// Two articles with three claims each: c00000a1 .. c00000a3, c00000b1 .. c00000b3.
static void two_articles(struct world *world)
{
    world_layer(world, BLAST, "one two three four five");
    world_layer(world, FALL, "six seven eight nine ten");
    world_claim(world, 0, "c00000a1", 0, 3, (struct claim){ 0 });
    world_claim(world, 0, "c00000a2", 4, 7, (struct claim){ 0 });
    world_claim(world, 0, "c00000a3", 8, 13, (struct claim){ 0 });
    world_claim(world, 1, "c00000b1", 0, 3, (struct claim){ 0 });
    world_claim(world, 1, "c00000b2", 4, 9, (struct claim){ 0 });
    world_claim(world, 1, "c00000b3", 10, 15, (struct claim){ 0 });
}

static unsigned flags_of(struct world *world, size_t layer, const char *id)
{
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    const struct claim *claim = layer_claim(&world->layers[layer], sv_from(id));
    unsigned flags = derive_flags(derived, &world->layers[layer], claim);

    derive_free(derived);
    return flags;
}

static void t_a_link_gives_flags_to_both_ends(void **state)
{
    static const struct {
        const char *type, *article, *to;
        size_t to_layer;
        unsigned from_flags, to_flags;
    } cases[] = {
        { "contradicts", FALL, "c00000b1", 1, CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED,
          CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED },
        { "differs", FALL, "c00000b1", 1, CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED,
          CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED },
        { "undercuts", FALL, "c00000b1", 1, CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED,
          CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED },
        { "contradicts", NULL, "c00000a2", 0, CLAIM_LINKED | CLAIM_CONTESTED,
          CLAIM_LINKED | CLAIM_CONTESTED },
        { "contradicts", BLAST, "c00000a2", 0, CLAIM_LINKED | CLAIM_CONTESTED,
          CLAIM_LINKED | CLAIM_CONTESTED },
        { "qualifies", FALL, "c00000b1", 1, CLAIM_LINKED, CLAIM_LINKED },
        { "reframes", FALL, "c00000b1", 1, CLAIM_LINKED, CLAIM_LINKED },
        { "repeats", FALL, "c00000b1", 1, CLAIM_LINKED, CLAIM_LINKED },
        { "corroborates", FALL, "c00000b1", 1, CLAIM_LINKED | CLAIM_CORROBORATED,
          CLAIM_LINKED | CLAIM_CORROBORATED },
        { "corroborates", NULL, "c00000a2", 0, CLAIM_LINKED, CLAIM_LINKED },
        { "omits", FALL, NULL, 1, CLAIM_LINKED | CLAIM_SILENT, 0 },
        { "omits", FALL, "c00000b1", 1, CLAIM_LINKED | CLAIM_SILENT, 0 },
        { "no-such-type", FALL, "c00000b1", 1, CLAIM_LINKED, CLAIM_LINKED },
        { "contradicts", FALL, "c00000b9", 1, CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED, 0 },
        { "contradicts", "e/closed", "c00000b1", 1, CLAIM_LINKED | CLAIM_CONTESTED | CLAIM_DISPUTED,
          0 },
    };
    struct world *world = *state;

    two_articles(world);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        world_link(world, 0, "l0000001", "c00000a1", cases[i].article, cases[i].to, cases[i].type);

        assert_int_equal(flags_of(world, 0, "c00000a1"), cases[i].from_flags);
        assert_int_equal(
            flags_of(world, cases[i].to_layer, cases[i].to_layer ? "c00000b1" : "c00000a2"),
            cases[i].to_flags);
        assert_int_equal(flags_of(world, 0, "c00000a3"), 0);
    }
}

static void t_own_mark_and_voices_are_flags_too(void **state)
{
    struct world *world = *state;
    static const struct contested bare = { 0 };

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, (struct claim){ .contested = &bare });
    world_claim(
        world, 0, "c00000a2", 4, 7,
        (struct claim){ .attributed_to = world_list(world, world_voice(world, "amaq", NULL)) });

    assert_int_equal(flags_of(world, 0, "c00000a1"), CLAIM_CONTESTED);
    assert_int_equal(flags_of(world, 0, "c00000a2"), CLAIM_ATTRIBUTED);
}

static void t_scheme_says_which_types_dispute(void **state)
{
    struct world *world = *state;
    const struct word reframes = { .id = { "reframes", 8 }, .disputes = true };
    const void *items[] = { &reframes };
    struct scheme scheme = *scheme_builtin();

    scheme.vocabs[VOCAB_LINK] = (struct rec_list){ items, 1 };
    two_articles(world);
    world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000b1", "reframes");
    struct derived *derived = derive_new(world->list, world->count, &scheme);

    assert_true(derive_flags(derived, world->list[1], layer_claim(world->list[1], SV("c00000b1"))) &
                CLAIM_DISPUTED);
    derive_free(derived);
}

static void t_each_end_sees_the_link_and_the_far_claim(void **state)
{
    struct world *world = *state;
    size_t count;

    two_articles(world);
    const struct link *link =
        world_link(world, 1, "l0000001", "c00000b2", BLAST, "c00000a1", "differs");
    const struct claim *a = layer_claim(world->list[0], SV("c00000a1"));
    const struct claim *b = layer_claim(world->list[1], SV("c00000b2"));
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    const struct end *end = derive_ends(derived, world->list[0], a, &count);

    assert_int_equal(count, 1);
    assert_ptr_equal(end->link, link);
    assert_ptr_equal(end->home, world->list[1]);
    assert_false(end->is_from);
    assert_ptr_equal(end->other, b);
    assert_ptr_equal(end->other_layer, world->list[1]);
    assert_true(sv_eq(end->other_article, SV(FALL)));

    end = derive_ends(derived, world->list[1], b, &count);

    assert_int_equal(count, 1);
    assert_true(end->is_from);
    assert_ptr_equal(end->other, a);
    assert_true(sv_eq(end->other_article, SV(BLAST)));
    derive_free(derived);
}

static void t_missing_far_ends_are_named_but_empty(void **state)
{
    struct world *world = *state;
    size_t count;

    two_articles(world);
    world_link(world, 0, "l0000001", "c00000a1", FALL, NULL, "omits");
    world_link(world, 0, "l0000002", "c00000a1", "e/closed", "c00000z1", "differs");
    world_link(world, 0, "l0000003", "c00000z9", FALL, "c00000b1", "differs");
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    const struct end *ends =
        derive_ends(derived, world->list[0], layer_claim(world->list[0], SV("c00000a1")), &count);

    assert_int_equal(count, 2);
    assert_null(ends[0].other);
    assert_true(sv_eq(ends[0].other_article, SV(FALL)));
    assert_null(ends[1].other_layer);
    assert_true(sv_eq(ends[1].other_article, SV("e/closed")));

    ends =
        derive_ends(derived, world->list[1], layer_claim(world->list[1], SV("c00000b1")), &count);

    assert_int_equal(count, 1);
    assert_null(ends[0].other);
    assert_true(sv_eq(ends[0].other_article, SV(BLAST)));
    derive_free(derived);
}

static void t_ends_keep_the_order_of_layers_and_links(void **state)
{
    struct world *world = *state;
    size_t count;

    two_articles(world);
    world_link(world, 1, "l0000001", "c00000b3", BLAST, "c00000a2", "differs");
    world_link(world, 1, "l0000002", "c00000b1", BLAST, "c00000a2", "differs");
    world_link(world, 0, "l0000004", "c00000a2", FALL, "c00000b1", "repeats");
    world_link(world, 0, "l0000003", "c00000a2", FALL, "c00000b2", "reframes");
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    const struct end *ends =
        derive_ends(derived, world->list[0], layer_claim(world->list[0], SV("c00000a2")), &count);

    assert_int_equal(count, 4);
    assert_true(sv_eq(ends[0].link->id, SV("l0000003")));
    assert_true(sv_eq(ends[1].link->id, SV("l0000004")));
    assert_true(sv_eq(ends[2].link->id, SV("l0000002")));
    assert_true(sv_eq(ends[3].link->id, SV("l0000001")));
    derive_free(derived);
}

static void t_a_claim_linked_to_itself_has_one_end(void **state)
{
    struct world *world = *state;
    size_t count;

    two_articles(world);
    world_link(world, 0, "l0000001", "c00000a1", NULL, "c00000a1", "differs");
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());

    derive_ends(derived, world->list[0], layer_claim(world->list[0], SV("c00000a1")), &count);

    assert_int_equal(count, 1);
    derive_free(derived);
}

static void t_claims_of_no_indexed_layer_have_their_own_flags_only(void **state)
{
    struct world *world = *state;
    struct claim draft = { .id = SV("c00000a1") };
    size_t count = 9;

    two_articles(world);
    world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000b1", "differs");
    struct derived *derived = derive_new(world->list + 1, 1, scheme_builtin());

    assert_int_equal(derive_flags(derived, world->list[0], &draft), 0);
    assert_null(derive_ends(derived, world->list[0], &draft, &count));
    assert_int_equal(count, 0);
    derive_free(derived);

    derived = derive_new(NULL, 0, scheme_builtin());
    assert_int_equal(derive_flags(derived, world->list[0], &draft), 0);
    derive_free(derived);
    derive_free(NULL);
}

static const char *const articles[] = { "e/a", "e/b", "e/c" };

// Three articles of twenty claims each, c0000000 .. c0000019, and 150 links at random between
// claims with numbers below `ids`.
static void random_world(struct world *world, struct made *made, unsigned ids)
{
    static const char *const types[] = { "differs", "corroborates", "omits", "qualifies" };
    char id[16];

    for (size_t i = 0; i < 3; i++)
        world_layer(world, articles[i], "0123456789");
    for (unsigned i = 0; i < 60; i++) {
        snprintf(id, sizeof(id), "c%07u", i % 20);
        world_claim(world, i / 20, sv_copy(&world->arena, sv_from(id)).ptr, i % 7, i % 7 + 2,
                    (struct claim){ 0 });
    }
    for (unsigned i = 0; i < 150; i++) {
        char from[16], to[16];
        const char *type = types[made_random(made, 4)];

        snprintf(id, sizeof(id), "l%07u", i);
        snprintf(from, sizeof(from), "c%07u", made_random(made, ids));
        snprintf(to, sizeof(to), "c%07u", made_random(made, ids));
        world_link(world, made_random(made, 3), sv_copy(&world->arena, sv_from(id)).ptr,
                   sv_copy(&world->arena, sv_from(from)).ptr, articles[made_random(made, 3)],
                   type[0] == 'o' ? NULL : sv_copy(&world->arena, sv_from(to)).ptr, type);
    }
}

// The same answers as asking every link anew; some links lead to claims that are not there.
static void t_index_agrees_with_a_search_of_all_links(void **state)
{
    struct world *world = *state;
    struct made made = { .seed = 42 };

    random_world(world, &made, 22);

    struct derived *derived = derive_new(world->list, 3, scheme_builtin());

    for (size_t l = 0; l < 3; l++)
        for (size_t c = 0; c < world->list[l]->sections[SECTION_CLAIMS].count; c++) {
            const struct claim *claim = world->list[l]->sections[SECTION_CLAIMS].items[c];
            size_t want = 0, count;
            bool is_disputed = false;

            for (size_t h = 0; h < 3; h++)
                for (size_t k = 0; k < world->list[h]->sections[SECTION_LINKS].count; k++) {
                    const struct link *link = world->list[h]->sections[SECTION_LINKS].items[k];
                    bool is_from = h == l && sv_eq(link->from, claim->id);
                    bool is_to = sv_eq_cstr(link->to->article, articles[l]) &&
                                 sv_eq(link->to->claim, claim->id);

                    want += is_from || is_to;
                    is_disputed |= (is_from || is_to) && sv_eq(link->type, SV("differs")) &&
                                   !sv_eq_cstr(link->to->article, articles[h]);
                }
            derive_ends(derived, world->list[l], claim, &count);
            assert_int_equal(count, want);
            assert_int_equal((derive_flags(derived, world->list[l], claim) & CLAIM_DISPUTED) != 0,
                             is_disputed);
        }
    derive_free(derived);
}

static void assert_same_index(const struct derived *a, const struct derived *b,
                              const struct layer *layer)
{
    for (size_t c = 0; c < layer->sections[SECTION_CLAIMS].count; c++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[c];
        size_t a_count, b_count;
        const struct end *a_ends = derive_ends(a, layer, claim, &a_count);
        const struct end *b_ends = derive_ends(b, layer, claim, &b_count);

        assert_int_equal(derive_flags(a, layer, claim), derive_flags(b, layer, claim));
        assert_int_equal(a_count, b_count);
        for (size_t i = 0; i < a_count; i++) {
            assert_ptr_equal(a_ends[i].link, b_ends[i].link);
            assert_ptr_equal(a_ends[i].other, b_ends[i].other);
        }
    }
}

static void assert_same_counts(struct derived *a, struct derived *b, const struct layer *layer)
{
    struct claim_counts x = derive_counts(a, layer), y = derive_counts(b, layer);

    assert_int_equal(x.contested, y.contested);
    assert_int_equal(x.disputed, y.disputed);
    assert_int_equal(x.rejected, y.rejected);
}

static void t_an_updated_index_agrees_with_one_built_anew(void **state)
{
    static const char *const texts[] = { "one two three four", "five six seven", "eight nine ten" };
    struct world *world = *state;
    struct made made = { .seed = 11 };
    size_t updated = 0;

    edit_world(world, &made, texts);

    struct derived *derived = derive_new(world->list, 3, scheme_builtin());

    (void)derive_counts(derived, world->list[0]);
    for (unsigned i = 0; i < 2000; i++) {
        struct delta deltas[EDITS_MOST];
        size_t count = edit_some(world, &made, deltas);

        if (derive_update(derived, deltas, count)) {
            updated++;
        } else {
            derive_free(derived);
            derived = derive_new(world->list, 3, scheme_builtin());
        }

        struct derived *anew = derive_new(world->list, 3, scheme_builtin());

        for (size_t n = 0; n < 3; n++) {
            assert_same_index(derived, anew, world->list[n]);
            if (i % 3)
                assert_same_counts(derived, anew, world->list[n]);
        }
        derive_free(anew);
    }
    assert_true(updated > 500);
    derive_free(derived);
    arena_release(&made.arena);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORLD(t_a_link_gives_flags_to_both_ends),
        WITH_WORLD(t_own_mark_and_voices_are_flags_too),
        WITH_WORLD(t_scheme_says_which_types_dispute),
        WITH_WORLD(t_each_end_sees_the_link_and_the_far_claim),
        WITH_WORLD(t_missing_far_ends_are_named_but_empty),
        WITH_WORLD(t_ends_keep_the_order_of_layers_and_links),
        WITH_WORLD(t_a_claim_linked_to_itself_has_one_end),
        WITH_WORLD(t_claims_of_no_indexed_layer_have_their_own_flags_only),
        WITH_WORLD(t_index_agrees_with_a_search_of_all_links),
        WITH_WORLD(t_an_updated_index_agrees_with_one_built_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
