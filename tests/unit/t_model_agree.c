// Agreement over layers: which claims and links go together, what their fields are as codings.
#include "t.h"

#include <math.h>

#include "model/agree_rows.h"

#include "model_world.h"

#define TEXT "0123456789012345678901234567890123456789"
#define ONE  "e/one"
#define TWO  "e/two"

// World layers are those of one annotator; here layer 0 and 1 are two readings of one article.
static void two_readings(struct world *world)
{
    static const struct text_state text = { .length = sizeof(TEXT) - 1 };

    world_layer(world, ONE, TEXT);
    world_layer(world, ONE, TEXT);
    for (size_t i = 0; i < 2; i++)
        world->layers[i].head.text = &text;
}

static struct agreement make(struct world *world, double least)
{
    struct agreement agreement;

    agreement_make(world->list, 2, 1, least, scheme_builtin(), &world->registry, &agreement);
    return agreement;
}

static struct claim like(const char *type, const char *says)
{
    return (struct claim){ .type = sv_from(type), .says = sv_from(says) };
}

static void is_near(double got, double want)
{
    if (fabs(got - want) > 1e-9)
        fail_msg("%.12f, not %.12f", got, want);
}

static struct sv partner(const struct agreement *agreement, const char *id)
{
    for (size_t g = 0; g < agreement->claims[0].count; g++) {
        const struct claim *const *slots = claim_group(&agreement->claims[0], g);

        if (slots[0] && sv_eq_cstr(slots[0]->id, id))
            return slots[1] ? slots[1]->id : SV("");
    }
    return (struct sv){ 0 };
}

static void t_a_share_is_of_the_longer_claim(void **state)
{
    struct world *world = *state;
    const struct claim *a, *b, *c;

    two_readings(world);
    a = world_claim(world, 0, "ca000001", 0, 10, like("event", ""));
    b = world_claim(world, 1, "cb000001", 6, 14, like("event", ""));
    c = world_claim(world, 1, "cb000002", 20, 30, like("event", ""));
    is_near(claims_share(a, b), .4);
    is_near(claims_share(b, a), .4);
    is_near(claims_share(a, a), 1);
    is_near(claims_share(a, c), 0);
}

static void t_pairs_are_those_that_overlap_most_in_sum(void **state)
{
    struct world *world = *state;
    struct agreement agreement;

    // a1 overlaps b1 best, but a2 can go with b1 alone: a1 goes with b2.
    two_readings(world);
    world_claim(world, 0, "ca000001", 0, 10, like("event", ""));
    world_claim(world, 0, "ca000002", 4, 14, like("event", ""));
    world_claim(world, 1, "cb000001", 2, 12, like("event", ""));
    world_claim(world, 1, "cb000002", 0, 6, like("event", ""));
    agreement = make(world, .5);
    assert_true(sv_eq_cstr(partner(&agreement, "ca000001"), "cb000002"));
    assert_true(sv_eq_cstr(partner(&agreement, "ca000002"), "cb000001"));
    assert_int_equal(agreement.group_count, 2);
    assert_int_equal(agreement.exact_count, 4);
    agreement_release(&agreement);
    agreement = make(world, .75); // then only a1 or a2 and b1 are near enough
    assert_int_equal(agreement.group_count, 3);
    agreement_release(&agreement);
}

static void t_of_equal_spans_those_go_together_that_say_the_same(void **state)
{
    struct world *world = *state;
    struct agreement agreement;

    two_readings(world);
    world_claim(world, 0, "ca000001", 0, 10, like("event", "five died"));
    world_claim(world, 0, "ca000002", 0, 10, like("cause", "a bomb went off"));
    world_claim(world, 1, "cb000001", 0, 10, like("event", "it was a bomb"));
    world_claim(world, 1, "cb000002", 0, 10, like("cause", "five were killed"));
    agreement = make(world, .5);
    assert_true(sv_eq_cstr(partner(&agreement, "ca000001"), "cb000002"));
    agreement_release(&agreement);
}

static void t_f1_counts_what_is_in_common(void **state)
{
    struct world *world = *state;
    struct agreement agreement;
    struct agree_common exact, overlap;

    // One the same, one that overlaps, one of each alone.
    two_readings(world);
    world_claim(world, 0, "ca000001", 0, 4, like("event", ""));
    world_claim(world, 0, "ca000002", 10, 20, like("event", ""));
    world_claim(world, 0, "ca000003", 30, 32, like("event", ""));
    world_claim(world, 1, "cb000001", 0, 4, like("event", ""));
    world_claim(world, 1, "cb000002", 11, 19, like("event", ""));
    world_claim(world, 1, "cb000003", 35, 38, like("event", ""));
    agreement = make(world, .5);
    agreement_common(&agreement, AGREE_MATCH_EXACT, 1, &exact);
    agreement_common(&agreement, AGREE_MATCH_OVERLAP, 1, &overlap);
    is_near(exact.f1, 2 * 1.0 / 6);
    is_near(overlap.f1, 2 * 2.0 / 6);
    assert_int_equal(overlap.common, 2);
    assert_true(overlap.has_range && overlap.range.low <= overlap.f1);
    agreement_release(&agreement);
}

static void t_links_go_by_their_ends_whichever_they_are_stored_at(void **state)
{
    struct world *world = *state;
    struct agreement agreement;
    struct agree_common ends, typed;

    two_readings(world);
    for (int rater = 0; rater < 2; rater++)
        for (size_t i = 0; i < 3; i++) {
            static const char *const ids[2][3] = { { "ca000001", "ca000002", "ca000003" },
                                                   { "cb000001", "cb000002", "cb000003" } };

            world_claim(world, (size_t)rater, ids[rater][i], i * 10, i * 10 + 5, like("event", ""));
        }
    world_claim(world, 0, "ca000004", 35, 39, like("event", ""));
    world_link(world, 0, "la000001", "ca000001", NULL, "ca000002", "contradicts");
    world_link(world, 1, "lb000001", "cb000002", NULL, "cb000001", "contradicts"); // no direction
    world_link(world, 0, "la000002", "ca000002", NULL, "ca000003", "undercuts");
    world_link(world, 1, "lb000002", "cb000003", NULL, "cb000002", "undercuts"); // the other way
    world_link(world, 0, "la000003", "ca000003", NULL, "ca000004", "differs");   // ben has no 4
    world_link(world, 0, "la000004", "ca000001", ONE, NULL, "omits");
    world_link(world, 1, "lb000004", "cb000001", ONE, NULL, "omits");
    agreement = make(world, .5);
    agreement_common(&agreement, AGREE_MATCH_ENDS, 1, &ends);
    agreement_common(&agreement, AGREE_MATCH_TYPED, 1, &typed);
    is_near(ends.f1, 2 * 3.0 / 7);
    is_near(typed.f1, 2 * 2.0 / 7);
    assert_int_equal(agreement.loose_of[0], 1);
    assert_int_equal(agreement.loose_of[1], 0);
    agreement_release(&agreement);
}

static void t_voices_are_sets_and_merged_sources_are_one(void **state)
{
    static struct sv merged[] = { { "isk", 3 } };
    struct source khorasan = { .id = SV("iskp"), .merged = { merged, 1 } };
    struct world *world = *state;
    struct agreement agreement;
    struct claim *a, *b;
    struct coding coding;

    two_readings(world);
    registry_put(&world->registry, &khorasan);
    a = world_claim(world, 0, "ca000001", 0, 4, like("event", ""));
    b = world_claim(world, 1, "cb000001", 0, 4, like("event", ""));
    world_claim(world, 0, "ca000002", 10, 14, like("event", ""));
    world_claim(world, 1, "cb000002", 10, 14, like("event", ""));
    a->attributed_to = world_list(world, world_voice(world, "isk", "alleges"));
    b->attributed_to = world_list(world, world_voice(world, "iskp", "denies"));
    agreement = make(world, .5);
    agreement_coding(&agreement, AGREE_FIELD_SOURCE, &coding);
    assert_int_equal(coding.units, 2);
    assert_int_equal(coding.codes[0], coding.codes[1]); // iskp
    assert_int_equal(coding.codes[2], coding.codes[3]); // the article
    assert_int_equal(coding.values[coding.codes[2]].member_count, 0);
    coding_release(&coding);
    agreement_coding(&agreement, AGREE_FIELD_CHAIN, &coding);
    assert_int_not_equal(coding.codes[0], coding.codes[1]);
    assert_true(sv_eq_cstr(coding.values[coding.codes[0]].name, "iskp:alleges"));
    coding_release(&coding);
    agreement_release(&agreement);
}

static void t_rows_tell_what_was_left_out(void **state)
{
    struct world *world = *state;
    struct agree_choice choice = agree_choice_usual(2);
    struct agree_rows rows = { 0 };
    struct agreement agreement;

    two_readings(world);
    world_claim(world, 0, "ca000001", 0, 4, like("event", ""));
    world_claim(world, 1, "cb000001", 0, 4, like("cause", ""));
    world_claim(world, 0, "ca000002", 10, 14, like("event", ""));
    world_claim(world, 1, "cb000002", 10, 14, like(NULL, ""));
    world_claim(world, 1, "cb000003", 20, 24, like("event", ""));
    agreement = make(world, .5);
    choice.field = AGREE_FIELD_TYPE;
    agree_rows_make(&agreement, &choice, &rows);
    assert_string_equal(rows.items[0].measure, "percentage");
    is_near(rows.items[0].value, 0);
    assert_int_equal(rows.items[0].units, 1);
    assert_int_equal(rows.items[0].alone, 1);
    assert_int_equal(rows.items[0].blank, 1);
    agree_rows_release(&rows);
    agreement_release(&agreement);
}

static void t_labels_and_tables_count_pairs(void **state)
{
    static const struct {
        const char *ana, *ben;
    } types[] = { { "event", "event" }, { "event", "cause" }, { "cause", "cause" } };
    struct world *world = *state;
    struct agreement agreement;
    struct agree_labels labels;
    struct agree_table table;

    two_readings(world);
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        static const char *const ids[2][3] = { { "ca000001", "ca000002", "ca000003" },
                                               { "cb000001", "cb000002", "cb000003" } };

        world_claim(world, 0, ids[0][i], i * 10, i * 10 + 5, like(types[i].ana, ""));
        world_claim(world, 1, ids[1][i], i * 10, i * 10 + 5, like(types[i].ben, ""));
    }
    agreement = make(world, .5);
    agree_labels_make(&agreement, AGREE_FIELD_TYPE, &labels);
    assert_int_equal(labels.count, 2);
    assert_true(sv_eq_cstr(labels.items[1].name, "event"));
    assert_int_equal(labels.items[1].used[0], 2);
    assert_int_equal(labels.items[1].used[1], 1);
    assert_int_equal(labels.items[1].common, 1);
    is_near(labels.items[1].f1, 2 * 1.0 / 3);
    agree_labels_release(&labels);
    agree_table_make(&agreement, AGREE_FIELD_TYPE, &table);
    assert_int_equal(table.count, 2);
    assert_true(sv_eq_cstr(table.names[0], "event"));
    assert_int_equal(table.cells[1], 1); // event by ana, cause by ben
    assert_int_equal(table.cells[2], 0);
    agree_table_release(&table);
    agreement_release(&agreement);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(t_a_share_is_of_the_longer_claim),
        WORLD_TEST(t_pairs_are_those_that_overlap_most_in_sum),
        WORLD_TEST(t_of_equal_spans_those_go_together_that_say_the_same),
        WORLD_TEST(t_f1_counts_what_is_in_common),
        WORLD_TEST(t_links_go_by_their_ends_whichever_they_are_stored_at),
        WORLD_TEST(t_voices_are_sets_and_merged_sources_are_one),
        WORLD_TEST(t_rows_tell_what_was_left_out),
        WORLD_TEST(t_labels_and_tables_count_pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
