// Adjudication: which records of several annotators are one, what they differ in, what of it is
// decided.
#include "t.h"

#include "model/adjudicate.h"

#include "model_make.h"
#include "model_world.h"

#define TEXT                                                                                       \
    "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901" \
    "23456789"
#define ONE "e/one"
#define TWO "e/two"
#define ANA 0
#define BEN 1

// World layers 0 and 1: ana's and ben's of ONE; 2: the adjudicated layer of it.
static void two_readings(struct world *world)
{
    world_layer(world, ONE, TEXT);
    world_layer(world, ONE, TEXT);
    world_layer(world, ONE, TEXT);
}

static struct adjudication make(struct world *world)
{
    static const struct sv names[] = { { "ana", 3 }, { "ben", 3 } }, ids[] = { { ONE, 5 } };
    struct adjudication out;

    adjudication_make(&(struct adjudicate_input){ .raters = 2,
                                                  .articles = 1,
                                                  .names = names,
                                                  .ids = ids,
                                                  .layers = world->list,
                                                  .settled = world->list + 2,
                                                  .scheme = scheme_builtin(),
                                                  .registry = &world->registry },
                      &out);
    return out;
}

static struct claim like(const char *type, const char *says)
{
    return (struct claim){ .type = sv_from(type), .says = sv_from(says) };
}

static const struct adjudicate_row *row_of(const struct adjudication *it, size_t rater,
                                           const char *id)
{
    const struct adjudicate_row *row = adjudication_find(it, rater, sv_from(id));

    assert_non_null(row);
    return row;
}

static void weighs(const struct adjudication *it, size_t rater, const char *id,
                   enum adjudicate_weight weight)
{
    assert_string_equal(adjudicate_weight_name(row_of(it, rater, id)->weight),
                        adjudicate_weight_name(weight));
}

static void is_in(const struct adjudication *it, size_t rater, const char *id,
                  enum adjudicate_state state)
{
    assert_string_equal(adjudicate_state_name(row_of(it, rater, id)->state),
                        adjudicate_state_name(state));
}

// ---- what is one

static void t_claims_are_one_by_words_and_by_what_they_say(void **state)
{
    static const struct {
        size_t beg, end; // of ben's claim; ana's is 10-30
        const char *says;
        bool is_one;
    } cases[] = {
        { 10, 30, "", true },                 // the same words
        { 14, 40, "", true },                 // half of the longer one
        { 24, 50, "six people died", false }, // less, and not within
        { 10, 16, "", false },                // within, but nothing is said
        { 10, 16, "six people died", true },
        { 10, 16, "nobody came", false },
        { 30, 50, "six people died", false }, // apart
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct world *world;
        struct adjudication it;

        (void)state;
        world_setup((void **)&world);
        two_readings(world);
        world_claim(world, ANA, "ca000001", 10, 30, like("event", "six people died"));
        world_claim(world, BEN, "cb000001", cases[i].beg, cases[i].end, like("", cases[i].says));
        it = make(world);
        if ((row_of(&it, ANA, "ca000001") == row_of(&it, BEN, "cb000001")) != cases[i].is_one)
            fail_msg("case %zu", i);
        adjudication_release(&it);
        world_teardown((void **)&world);
    }
}

static void t_one_claim_and_its_pieces_are_one_row(void **state)
{
    struct world *world = *state;
    struct adjudication it;
    const struct adjudicate_row *row;

    two_readings(world);
    world_claim(world, ANA, "ca000001", 0, 40, like("event", ""));
    world_claim(world, BEN, "cb000001", 0, 18, like("event", ""));
    world_claim(world, BEN, "cb000002", 20, 38, like("event", ""));
    it = make(world);
    row = row_of(&it, ANA, "ca000001");
    assert_int_equal(row->count, 3);
    assert_int_equal(row->marked, 2);
    assert_int_equal(row->weight, ADJUDICATE_EDGES);
    assert_int_equal(it.count, 1);
    adjudication_release(&it);
}

static void t_a_claim_within_another_of_the_same_annotator_is_no_piece(void **state)
{
    struct world *world = *state;
    struct adjudication it;

    two_readings(world);
    world_claim(world, ANA, "ca000001", 0, 40, like("event", ""));
    world_claim(world, BEN, "cb000001", 0, 40, like("event", ""));
    world_claim(world, BEN, "cb000002", 5, 15, like("event", ""));
    world_claim(world, BEN, "cb000003", 20, 30, like("event", ""));
    it = make(world);
    assert_int_equal(row_of(&it, ANA, "ca000001")->count, 2);
    assert_int_equal(row_of(&it, BEN, "cb000002")->weight, ADJUDICATE_ALONE);
    assert_int_equal(it.count, 3);
    adjudication_release(&it);
}

// ---- what they differ in

// Ana's and ben's claims at 0-10, 10-20 ... in pairs.
static struct claim *both(struct world *world, size_t n)
{
    static char ids[2][10][9];
    struct claim *last = NULL;

    for (size_t r = 0; r < 2; r++) {
        snprintf(ids[r][n], sizeof(ids[r][n]), "c%c%06zu", r ? 'b' : 'a', n);
        last = world_claim(world, r, ids[r][n], n * 10, n * 10 + 10, like("event", ""));
    }
    return last;
}

static void t_differences_have_a_weight(void **state)
{
    struct world *world = *state;
    struct adjudication it;
    struct claim *ben;
    struct voice *un, *inner;

    two_readings(world);
    both(world, 0);
    ben = both(world, 1);
    ben->contested = arena_new(&world->arena, sizeof(*ben->contested));
    ben = both(world, 2);
    un = world_voice(world, "un", "reports");
    inner = world_voice(world, "amaq", "");
    un->citing = inner;
    ben->attributed_to = world_list(world, un);
    both(world, 3)->type = SV("quantity");
    both(world, 4)->certainty = SV("open"); // ana says nothing of it
    ben = both(world, 5);
    ben->span = world_list(world, world_part(world, BEN, 50, 59));
    world_claim(world, BEN, "cb000009", 90, 95, like("event", ""));
    it = make(world);
    weighs(&it, ANA, "ca000000", ADJUDICATE_NONE);
    is_in(&it, ANA, "ca000000", ADJUDICATE_AGREED);
    weighs(&it, ANA, "ca000001", ADJUDICATE_CONTESTED);
    weighs(&it, ANA, "ca000002", ADJUDICATE_ATTRIBUTION);
    weighs(&it, ANA, "ca000003", ADJUDICATE_TYPE);
    weighs(&it, ANA, "ca000004", ADJUDICATE_NONE);
    weighs(&it, ANA, "ca000005", ADJUDICATE_EDGES);
    weighs(&it, BEN, "cb000009", ADJUDICATE_ALONE);
    assert_int_equal(it.states[ADJUDICATE_OPEN], 5);
    assert_int_equal(it.states[ADJUDICATE_AGREED], 2);
    for (size_t i = 1; i < it.count; i++)
        assert_true(it.rows[i - 1].weight <= it.rows[i].weight);
    adjudication_release(&it);
}

static void t_a_chain_differs_at_any_depth(void **state)
{
    struct world *world = *state;
    struct adjudication it;
    const char *inner[] = { "amaq", "nobody" };

    two_readings(world);
    for (size_t r = 0; r < 2; r++) {
        struct claim *claim =
            world_claim(world, r, r ? "cb000001" : "ca000001", 0, 10, like("event", ""));
        struct voice *un = world_voice(world, "un", "reports");
        struct voice *media = world_voice(world, "media", "says");

        media->citing = world_voice(world, inner[r], "");
        un->citing = media;
        claim->attributed_to = world_list(world, un);
    }
    it = make(world);
    weighs(&it, ANA, "ca000001", ADJUDICATE_ATTRIBUTION);
    adjudication_release(&it);
}

static void t_sources_merged_into_one_are_no_difference(void **state)
{
    struct world *world = *state;
    struct adjudication it;

    two_readings(world);
    world_source(world, "un", (struct source){ .merged = world_strs(world, "united-nations") });
    world_source(world, "united-nations", (struct source){ .name = SV("United Nations") });
    for (size_t r = 0; r < 2; r++) {
        struct claim *claim =
            world_claim(world, r, r ? "cb000001" : "ca000001", 0, 10, like("event", ""));

        claim->attributed_to =
            world_list(world, world_voice(world, r ? "united-nations" : "un", "reports"));
    }
    it = make(world);
    weighs(&it, ANA, "ca000001", ADJUDICATE_NONE);
    adjudication_release(&it);
}

static void t_links_are_one_by_their_ends(void **state)
{
    struct world *world = *state;
    struct adjudication it;

    two_readings(world);
    for (size_t i = 0; i < 8; i++)
        both(world, i);
    world_link(world, ANA, "la000001", "ca000000", NULL, "ca000001", "contradicts");
    world_link(world, BEN, "lb000001", "cb000001", NULL, "cb000000", "contradicts");
    world_link(world, ANA, "la000002", "ca000002", NULL, "ca000003", "contradicts");
    world_link(world, BEN, "lb000002", "cb000002", NULL, "cb000003", "corroborates");
    world_link(world, ANA, "la000003", "ca000004", NULL, "ca000005", "undercuts");
    world_link(world, BEN, "lb000003", "cb000005", NULL, "cb000004", "undercuts");
    world_link(world, ANA, "la000004", "ca000006", NULL, "ca000007", "contradicts");
    world_link(world, BEN, "lb000005", "cb000006", NULL, "cb000005", "reframes");
    world_link(world, BEN, "lb000006", "cb000006", TWO, NULL, "omits");
    it = make(world);
    weighs(&it, ANA, "la000001", ADJUDICATE_NONE); // an unordered type, from the other end
    weighs(&it, BEN, "lb000002", ADJUDICATE_OPPOSITE);
    weighs(&it, BEN, "lb000003", ADJUDICATE_LINK); // an ordered type, turned
    weighs(&it, ANA, "la000004", ADJUDICATE_MISSED);
    weighs(&it, BEN, "lb000005", ADJUDICATE_LINK);
    weighs(&it, BEN, "lb000006", ADJUDICATE_OMISSION);
    assert_int_equal(it.rows[0].weight, ADJUDICATE_OPPOSITE);
    adjudication_release(&it);
}

// ---- what is decided

static struct claim decided(struct world *world, const char *word, const char *from)
{
    struct claim claim = { .decision = sv_from(word), .decided_by = SV("eva") };

    claim.origin = world_strs(world, from);
    return claim;
}

// The digests of what it names, as they are now.
static void see(struct world *world, struct claim *claim)
{
    struct sv *seen = arena_new(&world->arena, claim->origin.count * sizeof(*seen));

    for (size_t i = 0; i < claim->origin.count; i++) {
        struct origin origin;

        assert_true(origin_parse(claim->origin.items[i], &origin));
        seen[i] = decision_digest(
            &world->arena, SECTION_CLAIMS,
            layer_claim(world->list[sv_eq_cstr(origin.annotator, "ben")], origin.id));
    }
    claim->seen = (struct sv_list){ seen, claim->origin.count };
}

static void t_a_decision_holds_until_something_changes(void **state)
{
    struct world *world = *state;
    struct adjudication it;
    struct claim *ben, *other, *cc, *settled;

    two_readings(world);
    both(world, 0)->type = SV("time");
    ben = both(world, 1);
    ben->type = SV("time");
    other = both(world, 2);
    both(world, 3);
    see(world, world_claim(world, 2, "cc000000", 0, 10,
                           decided(world, "same", "ana/ca000000 ben/cb000000")));
    settled = world_claim(world, 2, "cc000001", 10, 20,
                          decided(world, "same", "ana/ca000001 ben/cb000001"));
    see(world, settled);
    cc = world_claim(world, 2, "cc000002", 20, 30, decided(world, "only-one", "ana/ca000002"));
    see(world, cc);
    world_claim(world, 2, "cc000003", 30, 40, decided(world, "", "ana/ca000003 ben/cb000003"));
    it = make(world);
    is_in(&it, ANA, "ca000001", ADJUDICATE_DECIDED);
    is_in(&it, ANA, "ca000002", ADJUDICATE_NEW);
    assert_ptr_equal(row_of(&it, BEN, "cb000002"), row_of(&it, ANA, "ca000002"));
    is_in(&it, ANA, "ca000003", ADJUDICATE_AGREED); // it is there for a link, and not decided
    adjudication_release(&it);

    ben->type = SV("place");
    other->note = SV("nothing of the reading");
    it = make(world);
    is_in(&it, ANA, "ca000000", ADJUDICATE_DECIDED);
    is_in(&it, ANA, "ca000001", ADJUDICATE_CHANGED);
    adjudication_release(&it);

    settled->type = SV("place"); // what ben says now was decided
    it = make(world);
    is_in(&it, ANA, "ca000001", ADJUDICATE_DECIDED);
    adjudication_release(&it);
    settled->type = (struct sv){ 0 };

    layer_drop(&world->layers[BEN], SECTION_CLAIMS, SV("cb000000"));
    it = make(world);
    is_in(&it, ANA, "ca000000", ADJUDICATE_CHANGED);
    assert_int_equal(row_of(&it, ANA, "ca000000")->gone, 1);
    layer_drop(&world->layers[ANA], SECTION_CLAIMS, SV("ca000000"));
    adjudication_release(&it);
    it = make(world); // all it rests on is gone: a row of its own says so
    assert_int_equal(it.states[ADJUDICATE_CHANGED], 2);
    adjudication_release(&it);
}

static void t_a_decision_keeps_together_what_drifts_apart(void **state)
{
    struct world *world = *state;
    struct adjudication it;

    two_readings(world);
    world_claim(world, ANA, "ca000001", 0, 10, like("event", ""));
    world_claim(world, BEN, "cb000001", 50, 60, like("event", "")); // was at 0-10 once
    world_claim(world, BEN, "cb000002", 0, 10, like("event", ""));
    world_claim(world, ANA, "ca000002", 50, 60, like("event", ""));
    world_claim(world, 2, "cc000001", 0, 10, decided(world, "same", "ana/ca000001 ben/cb000001"));
    it = make(world);
    assert_ptr_equal(row_of(&it, ANA, "ca000001"), row_of(&it, BEN, "cb000001"));
    assert_int_equal(row_of(&it, ANA, "ca000001")->count, 2);
    is_in(&it, ANA, "ca000001", ADJUDICATE_DECIDED);
    is_in(&it, BEN, "cb000002", ADJUDICATE_OPEN);
    adjudication_release(&it);
}

static void t_links_of_a_rejected_claim_fall(void **state)
{
    struct world *world = *state;
    struct adjudication it;

    two_readings(world);
    both(world, 0);
    both(world, 1);
    world_link(world, ANA, "la000001", "ca000000", NULL, "ca000001", "contradicts");
    world_claim(world, 2, "cc000000", 0, 10,
                decided(world, "rejected", "ana/ca000000 ben/cb000000"));
    it = make(world);
    is_in(&it, ANA, "la000001", ADJUDICATE_FALLEN);
    adjudication_release(&it);
}

static void t_what_was_rejected_is_no_claim(void **state)
{
    struct world *world = *state;

    two_readings(world);
    world_claim(world, 2, "cc000000", 0, 10, decided(world, "rejected", "ana/ca000000"));
    world_claim(world, 2, "cc000001", 10, 20, decided(world, "only-one", "ana/ca000001"));
    world_link(world, 2, "lc000001", "cc000001", NULL, "cc000000", "contradicts");
    world_link(world, 2, "lc000002", "cc000001", TWO, NULL, "omits");
    layer_drop_rejected(&world->layers[2]);
    assert_int_equal(world->layers[2].sections[SECTION_CLAIMS].count, 1);
    assert_int_equal(world->layers[2].sections[SECTION_LINKS].count, 1);
    assert_null(layer_claim(&world->layers[2], SV("cc000000")));
}

static void t_links_to_what_was_rejected_elsewhere_go(void **state)
{
    struct world *world = *state;
    struct layer *const layers[] = { &world->layers[0], &world->layers[1] };

    world_layer(world, ONE, TEXT);
    world_layer(world, TWO, TEXT);
    world_claim(world, 0, "cc000000", 0, 10, decided(world, "rejected", "ana/ca000000"));
    world_claim(world, 1, "cc000001", 0, 10, decided(world, "only-one", "ana/ca000001"));
    world_link(world, 1, "lc000001", "cc000001", ONE, "cc000000", "contradicts");
    world_link(world, 1, "lc000002", "cc000001", ONE, NULL, "omits");
    world_link(world, 1, "lc000003", "cc000001", ONE, "cc00none", "differs");

    layers_drop_rejected(layers, ARRAY_LEN(layers));

    assert_int_equal(world->layers[0].sections[SECTION_CLAIMS].count, 0);
    assert_int_equal(world->layers[1].sections[SECTION_LINKS].count, 2);
    assert_null(layer_find(&world->layers[1], SECTION_LINKS, SV("lc000001")));
}

// ---- properties

static void t_digests_change_with_all_that_is_said(void **state)
{
    static const char *const passed_over[] = { "id",       "note",       "tags", "created", "from",
                                               "decision", "decided_by", "why",  "seen" };
    struct made made = { .seed = 11 };
    const struct kind *kind = kind_get(KIND_CLAIM);

    (void)state;
    for (size_t f = 0; f < kind->field_count; f++) {
        void *claim = make_any(&made, KIND_CLAIM, 0, 4);
        struct sv before = decision_digest(&made.arena, SECTION_CLAIMS, claim), after;
        bool counts = true;

        for (size_t i = 0; i < ARRAY_LEN(passed_over); i++)
            counts = counts && strcmp(passed_over[i], kind->fields[f].key) != 0;
        change_field(&made, claim, &kind->fields[f]);
        after = decision_digest(&made.arena, SECTION_CLAIMS, claim);
        assert_int_equal(before.len, 8);
        if (sv_eq(before, after) == counts)
            fail_msg("'%s'", kind->fields[f].key);
    }
    arena_release(&made.arena);
}

// Claims and links at random places.
static void fill_layer(struct world *world, struct made *made, size_t layer, const char *letter)
{
    static const char *const types[] = { "event", "quantity", "time" };
    static const char *const links[] = { "contradicts", "corroborates", "undercuts" };
    char id[9], from[9], to[9];

    for (unsigned i = 0; i < 12; i++) {
        size_t beg = made_random(made, 80);

        snprintf(id, sizeof(id), "c%s%06u", letter, i);
        world_claim(world, layer, sv_copy(&world->arena, sv_from(id)).ptr, beg,
                    beg + 4 + made_random(made, 16),
                    like(types[made_random(made, 3)], made_random(made, 2) ? "it fell" : ""));
    }
    for (unsigned i = 0; i < 6; i++) {
        snprintf(id, sizeof(id), "l%s%06u", letter, i);
        snprintf(from, sizeof(from), "c%s%06u", letter, i);
        snprintf(to, sizeof(to), "c%s%06u", letter, i + 1 + made_random(made, 5));
        world_link(world, layer, sv_copy(&world->arena, sv_from(id)).ptr,
                   sv_copy(&world->arena, sv_from(from)).ptr, NULL,
                   sv_copy(&world->arena, sv_from(to)).ptr, links[made_random(made, 3)]);
    }
}

static void describe(const struct adjudication *it, struct buf *out)
{
    for (size_t i = 0; i < it->count; i++) {
        const struct adjudicate_row *row = &it->rows[i];

        buf_addf(out, "%s %s %x", adjudicate_weight_name(row->weight),
                 adjudicate_state_name(row->state), row->differs);
        for (size_t m = 0; m < row->count; m++)
            buf_addf(out, " " SV_FMT "/" SV_FMT, SV_ARG(it->names[row->members[m].rater]),
                     SV_ARG(((const struct record *)row->members[m].rec)->id));
        buf_add_char(out, '\n');
    }
}

static void t_the_order_of_annotators_changes_nothing(void **state)
{
    static const size_t orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 2, 0 }, { 0, 2, 1 } };
    static const char *const names[] = { "ana", "ben", "eva" };
    static const struct sv ids[] = { { ONE, 5 } };

    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct world *world;
        struct made made = { .seed = seed * 7919 };
        struct buf first = { 0 };
        const struct layer *none = NULL;

        world_setup((void **)&world);
        for (size_t i = 0; i < 3; i++) {
            world_layer(world, ONE, TEXT);
            fill_layer(world, &made, i, i == 0 ? "a" : i == 1 ? "b" : "e");
        }
        for (size_t o = 0; o < ARRAY_LEN(orders); o++) {
            const struct layer *layers[3];
            struct sv order[3];
            struct adjudication it;
            struct buf text = { 0 };
            size_t members = 0;

            for (size_t i = 0; i < 3; i++) {
                layers[i] = world->list[orders[o][i]];
                order[i] = sv_from(names[orders[o][i]]);
            }
            adjudication_make(&(struct adjudicate_input){ .raters = 3,
                                                          .articles = 1,
                                                          .names = order,
                                                          .ids = ids,
                                                          .layers = layers,
                                                          .settled = &none,
                                                          .scheme = scheme_builtin(),
                                                          .registry = &world->registry },
                              &it);
            describe(&it, &text);
            for (size_t i = 0; i < it.count; i++)
                members += it.rows[i].count;
            assert_int_equal(members, 3 * 18); // every record is in one row
            if (!o)
                buf_add(&first, buf_sv(&text));
            assert_string_equal(buf_cstr(&text), buf_cstr(&first));
            buf_release(&text);
            adjudication_release(&it);
        }
        buf_release(&first);
        arena_release(&made.arena);
        world_teardown((void **)&world);
    }
}

#define WORLD(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_claims_are_one_by_words_and_by_what_they_say),
        WORLD(t_one_claim_and_its_pieces_are_one_row),
        WORLD(t_a_claim_within_another_of_the_same_annotator_is_no_piece),
        WORLD(t_differences_have_a_weight),
        WORLD(t_a_chain_differs_at_any_depth),
        WORLD(t_sources_merged_into_one_are_no_difference),
        WORLD(t_links_are_one_by_their_ends),
        WORLD(t_a_decision_holds_until_something_changes),
        WORLD(t_a_decision_keeps_together_what_drifts_apart),
        WORLD(t_links_of_a_rejected_claim_fall),
        WORLD(t_what_was_rejected_is_no_claim),
        WORLD(t_links_to_what_was_rejected_elsewhere_go),
        cmocka_unit_test(t_digests_change_with_all_that_is_said),
        cmocka_unit_test(t_the_order_of_annotators_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
