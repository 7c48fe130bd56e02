// Measures on values: by hand where the numbers are small, by properties where they are not.
#include "t.h"

#include <math.h>

#include "base/env.h"
#include "base/mem.h"
#include "model/agree_coding.h"
#include "model/agree_units.h"

#define NOBODY CODING_NONE

// Values are their own indices; `codes` is rater by rater.
static struct coding make(enum coding_scale scale, size_t raters, size_t units, size_t values,
                          const size_t *codes)
{
    static const char *const names[] = { "a", "b", "c", "d", "e" };
    struct coding coding;

    coding_init(&coding, scale, raters, units);
    coding.is_ordered = true;
    for (size_t v = 0; v < values; v++)
        assert_int_equal(coding_value_add(&coding, sv_from(names[v]), (double)(v + 1)), v);
    for (size_t r = 0; r < raters; r++)
        for (size_t u = 0; u < units; u++)
            if (codes[r * units + u] != NOBODY)
                coding_set(&coding, r, u, codes[r * units + u]);
    return coding;
}

static double value_of(const struct coding *coding, enum coding_measure measure)
{
    struct measured m;

    coding_measure(coding, measure, &m);
    assert_int_equal(m.why, AGREE_DEFINED);
    return m.value;
}

static void is_near(double got, double want)
{
    if (fabs(got - want) > 1e-9)
        fail_msg("%.12f, not %.12f", got, want);
}

// 10 units: 4 times a a, 3 times b b, twice a b, once b a.
static const size_t two_raters[] = { 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0 };

static void t_measures_of_two_raters_are_those_done_by_hand(void **state)
{
    // Both agree on 7 of 10; a: 6 and 5 times, so chance is .6*.5 + .4*.5 = .5; together .55 and
    // .45.
    static const struct {
        enum coding_measure measure;
        double value;
    } cases[] = {
        { CODING_PERCENTAGE, .7 },
        { CODING_COHEN, (.7 - .5) / (1 - .5) },
        { CODING_COHEN_MAXIMUM, (.9 - .5) / (1 - .5) },
        { CODING_WEIGHTED_LINEAR, (.7 - .5) / (1 - .5) }, // with two values there is one step
        { CODING_SCOTT, (.7 - .505) / (1 - .505) },
        { CODING_BENNETT, (.7 - .5) / (1 - .5) },
        { CODING_GWET, (.7 - .495) / (1 - .495) },
        { CODING_FLEISS, (.7 - .505) / (1 - .505) },
        { CODING_ALPHA_NOMINAL, 1 - .3 / (2.0 * 11 * 9 / (20 * 19)) },
    };
    struct coding coding = make(CODING_WORDS, 2, 10, 2, two_raters);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        is_near(value_of(&coding, cases[i].measure), cases[i].value);
    coding_release(&coding);
}

static void t_alpha_takes_missing_values(void **state)
{
    // Units: a a -, a b b, - c -, c c c. The third has one value only and is left out.
    static const size_t codes[] = { 0, 0, NOBODY, 2, 0, 1, 2, 2, NOBODY, 1, NOBODY, 2 };
    struct coding coding = make(CODING_WORDS, 3, 4, 3, codes);
    struct measured m;

    (void)state;
    coding_measure(&coding, CODING_ALPHA_NOMINAL, &m);
    assert_int_equal(m.units, 3);
    is_near(m.observed, (2.0 * 2 / 2) / 8); // two unequal pairs, each way, in a unit of three
    is_near(m.expected, (64.0 - 9 - 4 - 9) / (8 * 7));
    coding_measure(&coding, CODING_FLEISS, &m);
    assert_int_equal(m.units, 2); // those that all three coded
    coding_release(&coding);
}

static void t_alpha_weighs_distances_by_the_scale(void **state)
{
    // Two units: 1 and 2, 1 and 4. Values 1 1 2 4.
    static const size_t codes[] = { 0, 0, 1, 3 };
    struct coding coding = make(CODING_NUMBERS, 2, 2, 4, codes);
    double below[] = { 1, 2.5, 3, 3.5 }; // of a b c d: half of their own counted in

    (void)state;
    is_near(value_of(&coding, CODING_ALPHA_INTERVAL),
            1 - (2.0 * (1 + 9) / 4) / (2.0 * (2 * 1 + 2 * 9 + 4) / 12));
    is_near(value_of(&coding, CODING_ALPHA_RATIO),
            1 - (2.0 * (1.0 / 9 + 9.0 / 25) / 4) / (2.0 * (2.0 / 9 + 18.0 / 25 + 4.0 / 36) / 12));
    is_near(value_of(&coding, CODING_ALPHA_ORDINAL),
            1 - (2.0 * (pow(below[1] - below[0], 2) + pow(below[3] - below[0], 2)) / 4) /
                    (2.0 *
                     (2 * pow(below[1] - below[0], 2) + 2 * pow(below[3] - below[0], 2) +
                      pow(below[3] - below[1], 2)) /
                     12));
    coding_release(&coding);
}

static void t_sets_are_compared_by_what_they_share(void **state)
{
    static const size_t members[] = { 0, 1, 2 };
    static const size_t codes[] = { 0, 1, 1, 2 };
    struct coding coding = make(CODING_SETS, 2, 2, 3, codes);

    (void)state;
    for (size_t v = 0; v < 3; v++) {
        coding.values[v].members = members;
        coding.values[v].member_count = v + 1;
    }
    // Units: {a} against {a b}, {a b} against {a b c}: both one within the other.
    is_near(value_of(&coding, CODING_ALPHA_SET), 1 - (1.0 / 3) / (10.0 / 12 * (1.0 / 3)));

    // Distances of MASI: 1 - 1/2 * 2/3, 1 - 2/3 * 2/3, and of {a} and {a b c} 1 - 1/3 * 2/3.
    double near = 1 - 1.0 / 3, next = 1 - 4.0 / 9, far = 1 - 2.0 / 9;

    is_near(value_of(&coding, CODING_ALPHA_MASI),
            1 - ((near + next) / 2) / (2.0 * (2 * near + 2 * next + far) / 12));
    coding_release(&coding);
}

static void t_undefined_says_why(void **state)
{
    static const size_t same[] = { 0, 0, 0, 0 }, alone[] = { 0, NOBODY, NOBODY, 1 };
    static const enum coding_measure measures[] = { CODING_COHEN, CODING_SCOTT, CODING_FLEISS,
                                                    CODING_ALPHA_NOMINAL };
    struct coding one = make(CODING_WORDS, 2, 2, 2, same);
    struct coding none = make(CODING_WORDS, 2, 2, 2, alone);
    struct coding three = make(CODING_WORDS, 3, 1, 2, same);
    struct measured m;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(measures); i++) {
        coding_measure(&one, measures[i], &m);
        assert_int_equal(m.why, AGREE_ONE_VALUE);
        coding_measure(&none, measures[i], &m);
        assert_int_equal(m.why, AGREE_NO_UNITS);
    }
    coding_measure(&three, CODING_COHEN, &m);
    assert_int_equal(m.why, AGREE_NOT_TWO);
    coding_measure(&one, CODING_ALPHA_INTERVAL, &m);
    assert_int_equal(m.why, AGREE_NO_NUMBERS);
    coding_measure(&one, CODING_ALPHA_MASI, &m);
    assert_int_equal(m.why, AGREE_NO_SETS);
    for (int why = AGREE_DEFINED + 1; why < AGREE_WHY__N; why++)
        assert_true(*agree_why_text((enum agree_why)why));
    coding_release(&one);
    coding_release(&none);
    coding_release(&three);
}

static void t_an_interval_holds_the_value_and_repeats(void **state)
{
    struct coding coding = make(CODING_WORDS, 2, 10, 2, two_raters);
    struct interval first, again, other;
    double value = value_of(&coding, CODING_ALPHA_NOMINAL);

    (void)state;
    assert_true(coding_interval(&coding, CODING_ALPHA_NOMINAL, 1, &first));
    assert_true(coding_interval(&coding, CODING_ALPHA_NOMINAL, 1, &again));
    assert_true(coding_interval(&coding, CODING_ALPHA_NOMINAL, 2, &other));
    assert_true(first.low < value && value < first.high);
    assert_memory_equal(&first, &again, sizeof(first));
    assert_true(fabs(first.low - other.low) < .3);
    coding.units = 1;
    assert_false(coding_interval(&coding, CODING_ALPHA_NOMINAL, 1, &first));
    coding_release(&coding);
}

static void t_tables_count_pairs(void **state)
{
    struct coding coding = make(CODING_WORDS, 2, 10, 2, two_raters);
    double *table = coding_table(&coding, 0, 1);

    (void)state;
    is_near(table[0], 4);
    is_near(table[1], 2);
    is_near(table[2], 1);
    is_near(table[3], 3);
    mem_free(table);
    coding_release(&coding);
}

// ---- alpha_U

static void t_units_that_are_equal_agree_wholly(void **state)
{
    static const struct text_unit units[] = {
        { 0, 0, 10, 20 }, { 1, 0, 10, 20 }, { 0, 1, 15, 30 }, { 1, 1, 15, 30 }, { 1, 1, 40, 40 },
    };
    struct measured each[2], all;
    size_t merged;

    (void)state;
    units_alpha(units, ARRAY_LEN(units), 2, 2, 0, 100, each, &all, &merged);
    is_near(all.value, 1);
    is_near(each[0].value, 1);
    is_near(each[1].value, 1);
    assert_int_equal(merged, 0);
}

static void t_units_differ_by_the_squares_of_their_ends(void **state)
{
    // Rater 0: [0, 4); rater 1: [1, 3) and [6, 8), of ten.
    static const struct text_unit units[] = { { 1, 0, 6, 8 }, { 0, 0, 0, 4 }, { 1, 0, 1, 3 } };
    struct measured each[1], all;
    size_t merged;

    (void)state;
    units_alpha(units, ARRAY_LEN(units), 2, 1, 0, 10, each, &all, &merged);
    is_near(all.observed, 2 * (1.0 + 1 + 4) / (2 * 100));
    // Gaps 6, and 1 3 2. Lengths 4, 2, 2.
    is_near(
        all.expected,
        .2 * (2 * (128.0 - 48 + 4) / 3 + 16 * 3 + 2 * (2 * (16.0 - 12 + 2) / 3 + 4 * (5 + 2 + 1))) /
            (20 * 19 - (12 + 2 + 2)));
}

static void t_units_of_one_rater_that_overlap_are_one(void **state)
{
    static const struct text_unit units[] = { { 0, 0, 0, 4 }, { 0, 0, 2, 6 }, { 1, 0, 0, 6 } };
    struct measured each[1], all;
    size_t merged;

    (void)state;
    units_alpha(units, ARRAY_LEN(units), 2, 1, 0, 10, each, &all, &merged);
    assert_int_equal(merged, 1);
    is_near(all.value, 1);
}

static void t_no_unit_is_undefined(void **state)
{
    struct measured each[1], all;
    size_t merged;

    (void)state;
    units_alpha(NULL, 0, 3, 1, 0, 10, each, &all, &merged);
    assert_int_equal(all.why, AGREE_NO_RECORDS);
    assert_int_equal(each[0].why, AGREE_NO_RECORDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_measures_of_two_raters_are_those_done_by_hand),
        cmocka_unit_test(t_alpha_takes_missing_values),
        cmocka_unit_test(t_alpha_weighs_distances_by_the_scale),
        cmocka_unit_test(t_sets_are_compared_by_what_they_share),
        cmocka_unit_test(t_undefined_says_why),
        cmocka_unit_test(t_an_interval_holds_the_value_and_repeats),
        cmocka_unit_test(t_tables_count_pairs),
        cmocka_unit_test(t_units_that_are_equal_agree_wholly),
        cmocka_unit_test(t_units_differ_by_the_squares_of_their_ends),
        cmocka_unit_test(t_units_of_one_rater_that_overlap_are_one),
        cmocka_unit_test(t_no_unit_is_undefined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
