// Matchings and alignments against every other one there is, on made-up lists.
#include "t.h"

#include <math.h>

#include "base/env.h"
#include "base/mem.h"
#include "model/agree_align.h"
#include "model/agree_gamma.h"
#include "model/agree_match.h"

static void is_near(double got, double want)
{
    if (fabs(got - want) > 1e-9)
        fail_msg("%.12f, not %.12f", got, want);
}

// ---- matching

#define SIDE 6

// The weight of the best matching of the rows from `row` on, by trying all.
static double best_of(double weights[SIDE][SIDE], size_t row, unsigned used)
{
    double best;

    if (row == SIDE)
        return 0;
    best = best_of(weights, row + 1, used);
    for (size_t col = 0; col < SIDE; col++)
        if (weights[row][col] > 0 && !(used & 1U << col))
            best = fmax(best, weights[row][col] + best_of(weights, row + 1, used | 1U << col));
    return best;
}

static void t_a_matching_weighs_as_much_as_any(void **state)
{
    struct rng rng;

    (void)state;
    rng_seed(&rng, 7);
    for (int round = 0; round < 300; round++) {
        double weights[SIDE][SIDE] = { 0 }, sum = 0;
        struct match_edge edges[SIDE * SIDE];
        size_t count = 0, columns[SIDE];
        unsigned used = 0;

        for (size_t i = 0; i < SIDE; i++)
            for (size_t j = 0; j < SIDE; j++)
                if (rng_next(&rng) % 3) {
                    weights[i][j] = 1 + (double)(rng_next(&rng) % 9);
                    edges[count++] = (struct match_edge){ i, j, weights[i][j] };
                }
        match_best(edges, count, SIDE, SIDE, columns);
        for (size_t i = 0; i < SIDE; i++) {
            if (columns[i] == MATCH_NONE)
                continue;
            assert_true(weights[i][columns[i]] > 0);
            assert_false(used & 1U << columns[i]);
            used |= 1U << columns[i];
            sum += weights[i][columns[i]];
        }
        is_near(sum, best_of(weights, 0, 0));
    }
}

static void t_nothing_matches_nothing(void **state)
{
    size_t columns[2] = { 0, 0 };

    (void)state;
    match_best(NULL, 0, 2, 0, columns);
    assert_true(columns[0] == MATCH_NONE && columns[1] == MATCH_NONE);
    match_best(NULL, 0, 0, 2, columns);
}

// ---- alignments

#define UNITS 7 // of all raters

static double pair_cost(const struct gamma_unit *a, const struct gamma_unit *b)
{
    struct gamma_options options = GAMMA_DEFAULT;

    return a && b ? gamma_positional(a, b, &options) + gamma_categorical(a, b, &options) : 1;
}

// Cost of the cheapest partition of the units into groups, by trying all. `groups` are those so
// far.
static double cheapest(const struct gamma_unit *units, size_t count, size_t raters, size_t next,
                       const struct gamma_unit *groups[UNITS + 1][3], size_t group_count)
{
    double best = HUGE_VAL;

    if (next == count) {
        double sum = 0;

        for (size_t g = 0; g < group_count; g++)
            for (size_t i = 0; i < raters; i++)
                for (size_t j = i + 1; j < raters; j++)
                    sum += pair_cost(groups[g][i], groups[g][j]);
        return sum / ((double)(raters * (raters - 1)) / 2);
    }
    for (size_t g = 0; g <= group_count; g++) {
        if (groups[g][units[next].rater])
            continue;
        groups[g][units[next].rater] = &units[next];
        best = fmin(best, cheapest(units, count, raters, next + 1, groups,
                                   group_count + (g == group_count)));
        groups[g][units[next].rater] = NULL;
    }
    return best;
}

static void alignments_cost_as_little_as_any(size_t raters)
{
    struct gamma_options options = GAMMA_DEFAULT;
    struct rng rng;

    rng_seed(&rng, 11);
    for (int round = 0; round < 60; round++) {
        struct gamma_unit units[UNITS];
        const struct gamma_unit *groups[UNITS + 1][3] = { 0 };
        struct alignment alignment;
        size_t placed = 0;

        for (size_t r = 0; r < raters; r++) {
            double from = 0;

            for (size_t i = r; i < UNITS; i += raters) {
                units[placed].rater = r;
                units[placed].category = (size_t)(rng_next(&rng) % 2);
                units[placed].beg = from + (double)(rng_next(&rng) % 6);
                units[placed].end = units[placed].beg + 1 + (double)(rng_next(&rng) % 6);
                from = units[placed++].beg + 1;
            }
        }
        align(units, UNITS, raters, &options, &alignment);
        assert_true(alignment.is_best);
        is_near(alignment.disorder * UNITS / (double)raters,
                cheapest(units, UNITS, raters, 0, groups, 0));
        alignment_release(&alignment);
    }
}

static void t_an_alignment_of_two_is_the_best(void **state)
{
    (void)state;
    alignments_cost_as_little_as_any(2);
}

static void t_an_alignment_of_three_is_the_best(void **state)
{
    (void)state;
    alignments_cost_as_little_as_any(3);
}

static void t_gamma_of_equal_units_is_one(void **state)
{
    static const struct gamma_unit units[] = {
        { 1, 0, 10, 20 },
        { 0, 1, 30, 50 },
        { 0, 0, 10, 20 },
        { 1, 1, 30, 50 },
    };
    struct gamma_options options = GAMMA_DEFAULT;
    struct gamma_result first, again;

    (void)state;
    gamma_measure(units, ARRAY_LEN(units), 2, &options, true, &first);
    gamma_measure(units, ARRAY_LEN(units), 2, &options, true, &again);
    assert_int_equal(first.why, AGREE_DEFINED);
    is_near(first.gamma, 1);
    assert_int_equal(first.alignments, 2);
    assert_true(first.samples >= GAMMA_SAMPLES && first.expected > 0);
    is_near(first.expected, again.expected);
}

static void t_gamma_without_units_is_undefined(void **state)
{
    struct gamma_options options = GAMMA_DEFAULT;
    struct gamma_result result;

    (void)state;
    gamma_measure(NULL, 0, 2, &options, true, &result);
    assert_int_equal(result.why, AGREE_NO_RECORDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_a_matching_weighs_as_much_as_any),
        cmocka_unit_test(t_nothing_matches_nothing),
        cmocka_unit_test(t_an_alignment_of_two_is_the_best),
        cmocka_unit_test(t_an_alignment_of_three_is_the_best),
        cmocka_unit_test(t_gamma_of_equal_units_is_one),
        cmocka_unit_test(t_gamma_without_units_is_undefined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
