// Agreement on values given to units. Same numbers and seed, same results.
// Never guesses: where chance alone would agree as well, a measure is undefined.
#include "model/agree_coding.h"

#include <math.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/env.h"
#include "base/mem.h"

#define NEARLY_ZERO 1e-12 // of shares and disagreements that are sums of a few thousand terms

static const struct {
    const char *name, *text;
} whys[AGREE_WHY__N] = {
    [AGREE_DEFINED] = { "", "" },
    [AGREE_NO_UNITS] = { "no two values", "nothing was given a value by two of them" },
    [AGREE_ONE_VALUE] = { "one value only", "only one value was used: chance would agree as well" },
    [AGREE_NOT_TWO] = { "for two only", "it is for two annotators alone" },
    [AGREE_NO_NUMBERS] = { "no numbers", "the values are no numbers that it could take" },
    [AGREE_NO_SETS] = { "no sets", "the values are no sets" },
    [AGREE_NO_RECORDS] = { "nothing there", "there is nothing to compare" },
};

static const char *const names[CODING_MEASURE__N] = {
    [CODING_PERCENTAGE] = "percentage",
    [CODING_COHEN] = "cohen_kappa",
    [CODING_COHEN_MAXIMUM] = "cohen_kappa_maximum",
    [CODING_WEIGHTED_LINEAR] = "weighted_kappa_linear",
    [CODING_SCOTT] = "scott_pi",
    [CODING_BENNETT] = "bennett_s",
    [CODING_GWET] = "gwet_ac1",
    [CODING_FLEISS] = "fleiss_kappa",
    [CODING_ALPHA_NOMINAL] = "alpha_nominal",
    [CODING_ALPHA_ORDINAL] = "alpha_ordinal",
    [CODING_ALPHA_INTERVAL] = "alpha_interval",
    [CODING_ALPHA_RATIO] = "alpha_ratio",
    [CODING_ALPHA_SET] = "alpha_set_distance",
    [CODING_ALPHA_MASI] = "alpha_masi",
    [CODING_ALPHA_MASI_PRODUCT] = "alpha_masi_product",
};

// Which units are looked at: all, or those of a sample, some of them more than once.
struct units {
    const size_t *sample; // NULL: all
    size_t count;
};

// A coding about to be measured: what need not be found again for each sample.
struct work {
    const struct coding *coding;
    size_t *ranks; // ranks[i]: the value that comes i-th in their order; NULL: not needed
    double *apart; // distances of sets, values * values; NULL: not needed
};

const char *agree_why_text(enum agree_why why)
{
    return whys[why].text;
}

const char *agree_why_name(enum agree_why why)
{
    return whys[why].name;
}

const char *coding_measure_name(enum coding_measure measure)
{
    return names[measure];
}

static void undefined(struct measured *out, enum agree_why why)
{
    *out = (struct measured){ .why = why, .units = out->units };
}

static const size_t *unit_codes(const struct coding *coding, struct units units, size_t i)
{
    return coding->codes + (units.sample ? units.sample[i] : i) * coding->raters;
}

// (observed - expected) / (1 - expected)
static void beyond_chance(struct measured *out)
{
    if (1 - out->expected < NEARLY_ZERO)
        undefined(out, AGREE_ONE_VALUE);
    else
        out->value = (out->observed - out->expected) / (1 - out->expected);
}

// ---- any number of raters

// Pairs of values of one unit that are equal, of all of them; false when there is no pair.
static bool pairs_equal(const struct coding *coding, const size_t *codes, double *share)
{
    size_t pairs = 0, equal = 0;

    for (size_t i = 0; i < coding->raters; i++)
        for (size_t j = i + 1; j < coding->raters; j++) {
            if (codes[i] == CODING_NONE || codes[j] == CODING_NONE)
                continue;
            pairs++;
            equal += codes[i] == codes[j];
        }
    *share = pairs ? (double)equal / (double)pairs : 0;
    return pairs;
}

static void percentage(const struct coding *coding, struct units units, struct measured *out)
{
    double sum = 0, share;

    for (size_t i = 0; i < units.count; i++)
        if (pairs_equal(coding, unit_codes(coding, units, i), &share)) {
            sum += share;
            out->units++;
        }
    if (!out->units) {
        undefined(out, AGREE_NO_UNITS);
        return;
    }
    out->value = out->observed = sum / (double)out->units;
}

static bool is_coded_by_all(const struct coding *coding, const size_t *codes)
{
    for (size_t i = 0; i < coding->raters; i++)
        if (codes[i] == CODING_NONE)
            return false;
    return coding->raters > 1;
}

static void fleiss(const struct coding *coding, struct units units, struct measured *out)
{
    double *shares = mem_new(coding->value_count * sizeof(*shares));
    double sum = 0, share, all;

    for (size_t i = 0; i < units.count; i++) {
        const size_t *codes = unit_codes(coding, units, i);

        if (!is_coded_by_all(coding, codes) || !pairs_equal(coding, codes, &share))
            continue;
        out->units++;
        sum += share;
        for (size_t r = 0; r < coding->raters; r++)
            shares[codes[r]]++;
    }
    all = (double)(out->units * coding->raters);
    for (size_t v = 0; out->units && v < coding->value_count; v++)
        out->expected += shares[v] / all * (shares[v] / all);
    mem_free(shares);
    if (!out->units) {
        undefined(out, AGREE_NO_UNITS);
        return;
    }
    out->observed = sum / (double)out->units;
    beyond_chance(out);
}

void coding_fleiss_of(const struct coding *coding, size_t value, struct measured *out)
{
    double used = 0, mixed = 0, raters = (double)coding->raters;

    *out = (struct measured){ 0 };
    for (size_t i = 0; i < coding->units; i++) {
        const size_t *codes = coding->codes + i * coding->raters;
        double count = 0;

        if (!is_coded_by_all(coding, codes))
            continue;
        out->units++;
        for (size_t r = 0; r < coding->raters; r++)
            count += codes[r] == value;
        used += count;
        mixed += count * (raters - count);
    }
    if (!out->units) {
        undefined(out, AGREE_NO_UNITS);
        return;
    }

    double share = used / ((double)out->units * raters);

    out->observed = mixed / ((double)out->units * raters * (raters - 1));
    out->expected = share * (1 - share);
    if (out->expected < NEARLY_ZERO)
        undefined(out, AGREE_ONE_VALUE);
    else
        out->value = 1 - out->observed / out->expected;
}

void coding_unit(const struct coding *coding, size_t unit, struct measured *out)
{
    *out = (struct measured){ .units = 1 };
    if (pairs_equal(coding, coding->codes + unit * coding->raters, &out->value))
        out->observed = out->value;
    else
        undefined(out, AGREE_NO_UNITS);
}

// ---- two raters

struct pair_table {
    double *cells; // shares, [first * values + second]
    double *first, *second;
    size_t values;
};

static bool pair_table_make(const struct coding *coding, struct units units,
                            struct pair_table *table, struct measured *out)
{
    size_t n = coding->value_count;

    *table = (struct pair_table){ .values = n };
    if (coding->raters != 2) {
        undefined(out, AGREE_NOT_TWO);
        return false;
    }
    table->cells = mem_new(n * n * sizeof(*table->cells));
    table->first = mem_new(n * sizeof(*table->first));
    table->second = mem_new(n * sizeof(*table->second));
    for (size_t i = 0; i < units.count; i++) {
        const size_t *codes = unit_codes(coding, units, i);

        if (codes[0] == CODING_NONE || codes[1] == CODING_NONE)
            continue;
        out->units++;
        table->cells[codes[0] * n + codes[1]]++;
        table->first[codes[0]]++;
        table->second[codes[1]]++;
    }
    for (size_t i = 0; i < n * n && out->units; i++)
        table->cells[i] /= (double)out->units;
    for (size_t i = 0; i < n && out->units; i++) {
        table->first[i] /= (double)out->units;
        table->second[i] /= (double)out->units;
    }
    if (!out->units)
        undefined(out, AGREE_NO_UNITS);
    return out->units;
}

static void pair_table_release(struct pair_table *table)
{
    mem_free(table->cells);
    mem_free(table->first);
    mem_free(table->second);
}

static void cohen(const struct pair_table *t, struct measured *out)
{
    for (size_t i = 0; i < t->values; i++)
        out->expected += t->first[i] * t->second[i];
    beyond_chance(out);
}

static void cohen_maximum(const struct pair_table *t, struct measured *out)
{
    out->observed = 0;
    for (size_t i = 0; i < t->values; i++)
        out->observed += t->first[i] < t->second[i] ? t->first[i] : t->second[i];
    cohen(t, out);
}

static void scott(const struct pair_table *t, struct measured *out)
{
    for (size_t i = 0; i < t->values; i++) {
        double share = (t->first[i] + t->second[i]) / 2;

        out->expected += share * share;
    }
    beyond_chance(out);
}

static void bennett(const struct pair_table *t, struct measured *out)
{
    out->expected = 1 / (double)t->values;
    beyond_chance(out);
}

static void gwet(const struct pair_table *t, struct measured *out)
{
    if (t->values < 2) {
        undefined(out, AGREE_ONE_VALUE);
        return;
    }
    for (size_t i = 0; i < t->values; i++) {
        double share = (t->first[i] + t->second[i]) / 2;

        out->expected += share * (1 - share) / (double)(t->values - 1);
    }
    beyond_chance(out);
}

static void pairs_measure(const struct coding *coding, struct units units, struct measured *out,
                          void (*measure)(const struct pair_table *t, struct measured *out))
{
    struct pair_table table;

    if (pair_table_make(coding, units, &table, out)) {
        for (size_t i = 0; i < table.values; i++)
            out->observed += table.cells[i * table.values + i];
        measure(&table, out);
    }
    pair_table_release(&table);
}

static bool has_order(const struct coding *coding)
{
    return coding->scale == CODING_NUMBERS || (coding->scale == CODING_WORDS && coding->is_ordered);
}

// Kappa with weights that grow with the steps between two values.
static void weighted(const struct work *work, struct units units, struct measured *out)
{
    const struct coding *coding = work->coding;
    size_t n = coding->value_count;
    struct pair_table t;
    double most = n > 1 ? (double)(n - 1) : 1;

    if (!has_order(coding)) {
        undefined(out, AGREE_NO_NUMBERS);
        return;
    }
    if (pair_table_make(coding, units, &t, out)) {
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                size_t a = work->ranks[i], b = work->ranks[j];
                double weight = (double)(i > j ? i - j : j - i) / most;

                out->observed += weight * t.cells[a * n + b];
                out->expected += weight * t.first[a] * t.second[b];
            }
        if (out->expected < NEARLY_ZERO)
            undefined(out, AGREE_ONE_VALUE);
        else
            out->value = 1 - out->observed / out->expected;
    }
    pair_table_release(&t);
}

// ---- alpha

static double set_distance(const struct coding_value *a, const struct coding_value *b,
                           enum coding_measure measure)
{
    size_t both = 0, i = 0, j = 0, either;
    double apart, jaccard;

    while (i < a->member_count && j < b->member_count) {
        if (a->members[i] == b->members[j]) {
            both++;
            i++;
            j++;
        } else if (a->members[i] < b->members[j]) {
            i++;
        } else {
            j++;
        }
    }
    either = a->member_count + b->member_count - both;
    jaccard = either ? (double)both / (double)either : 1;
    if (both == either)
        apart = 0;
    else if (both == a->member_count || both == b->member_count)
        apart = 1.0 / 3;
    else
        apart = both ? 2.0 / 3 : 1;
    if (measure == CODING_ALPHA_MASI)
        return 1 - jaccard * (1 - apart);
    return measure == CODING_ALPHA_MASI_PRODUCT ? (1 - jaccard) * apart : apart;
}

struct distance {
    const struct work *work;
    enum coding_measure measure;
    double
        *below; // ordinal: how many values come before each in the order, its own half counted in
};

static double distance_of(const struct distance *distance, size_t a, size_t b)
{
    const struct coding_value *values = distance->work->coding->values;
    double x, y;

    if (a == b)
        return 0;
    if (distance->measure == CODING_ALPHA_NOMINAL)
        return 1;
    if (distance->work->apart)
        return distance->work->apart[a * distance->work->coding->value_count + b];
    x = distance->below ? distance->below[a] : values[a].number;
    y = distance->below ? distance->below[b] : values[b].number;
    if (distance->measure == CODING_ALPHA_RATIO)
        return x + y > 0 ? (x - y) / (x + y) * ((x - y) / (x + y)) : 0;
    return (x - y) * (x - y);
}

// The values that raters gave to units coded by two at least.
static double count_values(const struct coding *coding, struct units units, double *counts,
                           size_t *unit_count)
{
    double all = 0;

    for (size_t i = 0; i < units.count; i++) {
        const size_t *codes = unit_codes(coding, units, i);
        size_t given = 0;

        for (size_t r = 0; r < coding->raters; r++)
            given += codes[r] != CODING_NONE;
        if (given < 2)
            continue;
        *unit_count += 1;
        all += (double)given;
        for (size_t r = 0; r < coding->raters; r++)
            if (codes[r] != CODING_NONE)
                counts[codes[r]]++;
    }
    return all;
}

static double observed_distance(const struct distance *distance, const size_t *codes)
{
    size_t raters = distance->work->coding->raters, given = 0;
    double sum = 0;

    for (size_t i = 0; i < raters; i++) {
        if (codes[i] == CODING_NONE)
            continue;
        given++;
        for (size_t j = i + 1; j < raters; j++)
            if (codes[j] != CODING_NONE)
                sum += 2 * distance_of(distance, codes[i], codes[j]);
    }
    return given > 1 ? sum / (double)(given - 1) : 0;
}

static double expected_distance(const struct distance *distance, const double *counts)
{
    size_t n = distance->work->coding->value_count;
    double sum = 0, all = 0, squares = 0;

    for (size_t i = 0; i < n; i++) {
        all += counts[i];
        squares += counts[i] * counts[i];
    }
    if (distance->measure == CODING_ALPHA_NOMINAL)
        return all * all - squares;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; counts[i] > 0 && j < n; j++)
            if (counts[j] > 0)
                sum += 2 * counts[i] * counts[j] * distance_of(distance, i, j);
    return sum;
}

// Whether the values are such as the measure takes.
static enum agree_why fits(const struct coding *coding, enum coding_measure measure)
{
    bool is_of_sets = measure == CODING_ALPHA_SET || measure == CODING_ALPHA_MASI ||
                      measure == CODING_ALPHA_MASI_PRODUCT;

    if (is_of_sets)
        return coding->scale == CODING_SETS ? AGREE_DEFINED : AGREE_NO_SETS;
    if (measure == CODING_ALPHA_NOMINAL)
        return AGREE_DEFINED;
    if (measure == CODING_ALPHA_ORDINAL)
        return has_order(coding) ? AGREE_DEFINED : AGREE_NO_NUMBERS;
    if (coding->scale != CODING_NUMBERS)
        return AGREE_NO_NUMBERS;
    for (size_t i = 0; measure == CODING_ALPHA_RATIO && i < coding->value_count; i++)
        if (coding->values[i].number < 0)
            return AGREE_NO_NUMBERS;
    return AGREE_DEFINED;
}

static void alpha(const struct work *work, enum coding_measure measure, struct units units,
                  struct measured *out)
{
    const struct coding *coding = work->coding;
    size_t n = coding->value_count;
    struct distance distance = { work, measure, NULL };
    double *counts, all, before = 0;

    if (fits(coding, measure) != AGREE_DEFINED) {
        undefined(out, fits(coding, measure));
        return;
    }
    counts = mem_new(n * sizeof(*counts));
    all = count_values(coding, units, counts, &out->units);
    if (measure == CODING_ALPHA_ORDINAL) {
        distance.below = mem_new(n * sizeof(*distance.below));
        for (size_t i = 0; i < n; i++) {
            distance.below[work->ranks[i]] = before + counts[work->ranks[i]] / 2;
            before += counts[work->ranks[i]];
        }
    }
    for (size_t i = 0; i < units.count; i++)
        out->observed += observed_distance(&distance, unit_codes(coding, units, i));
    out->expected = expected_distance(&distance, counts);
    if (!out->units) {
        undefined(out, AGREE_NO_UNITS);
    } else if (out->expected < NEARLY_ZERO) {
        undefined(out, AGREE_ONE_VALUE);
    } else {
        out->observed /= all;
        out->expected /= all * (all - 1);
        out->value = 1 - out->observed / out->expected;
    }
    mem_free(distance.below);
    mem_free(counts);
}

// ---- all of them

struct rank {
    double number;
    size_t value;
};

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;

    if (x->number < y->number || x->number > y->number)
        return x->number < y->number ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static void work_begin(struct work *work, const struct coding *coding, enum coding_measure measure)
{
    size_t n = coding->value_count;
    bool is_ranked = measure == CODING_ALPHA_ORDINAL || measure == CODING_WEIGHTED_LINEAR;

    *work = (struct work){ .coding = coding };
    if (is_ranked && has_order(coding)) {
        struct rank *ranks = mem_new(n * sizeof(*ranks));

        for (size_t i = 0; i < n; i++)
            ranks[i] = (struct rank){ coding->values[i].number, i };
        if (n)
            qsort(ranks, n, sizeof(*ranks), compare_ranks);
        work->ranks = mem_new(n * sizeof(*work->ranks));
        for (size_t i = 0; i < n; i++)
            work->ranks[i] = ranks[i].value;
        mem_free(ranks);
    }
    if (measure >= CODING_ALPHA_SET && coding->scale == CODING_SETS) {
        work->apart = mem_new(n * n * sizeof(*work->apart));
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                work->apart[i * n + j] =
                    set_distance(&coding->values[i], &coding->values[j], measure);
    }
}

static void work_end(struct work *work)
{
    mem_free(work->ranks);
    mem_free(work->apart);
}

static void measure_units(const struct work *work, enum coding_measure measure, struct units units,
                          struct measured *out)
{
    const struct coding *coding = work->coding;

    *out = (struct measured){ 0 };
    switch (measure) {
    case CODING_PERCENTAGE:
        percentage(coding, units, out);
        return;
    case CODING_COHEN:
        pairs_measure(coding, units, out, cohen);
        return;
    case CODING_COHEN_MAXIMUM:
        pairs_measure(coding, units, out, cohen_maximum);
        return;
    case CODING_WEIGHTED_LINEAR:
        weighted(work, units, out);
        return;
    case CODING_SCOTT:
        pairs_measure(coding, units, out, scott);
        return;
    case CODING_BENNETT:
        pairs_measure(coding, units, out, bennett);
        return;
    case CODING_GWET:
        pairs_measure(coding, units, out, gwet);
        return;
    case CODING_FLEISS:
        fleiss(coding, units, out);
        return;
    case CODING_ALPHA_NOMINAL:
    case CODING_ALPHA_ORDINAL:
    case CODING_ALPHA_INTERVAL:
    case CODING_ALPHA_RATIO:
    case CODING_ALPHA_SET:
    case CODING_ALPHA_MASI:
    case CODING_ALPHA_MASI_PRODUCT:
        alpha(work, measure, units, out);
        return;
    case CODING_MEASURE__N:
        break;
    }
    BUG("no such measure");
}

void coding_measure(const struct coding *coding, enum coding_measure measure, struct measured *out)
{
    struct work work;

    work_begin(&work, coding, measure);
    measure_units(&work, measure, (struct units){ NULL, coding->units }, out);
    work_end(&work);
}

double *coding_table(const struct coding *coding, size_t first, size_t second)
{
    double *table = mem_new(coding->value_count * coding->value_count * sizeof(*table));

    for (size_t i = 0; i < coding->units; i++) {
        const size_t *codes = coding->codes + i * coding->raters;

        if (codes[first] != CODING_NONE && codes[second] != CODING_NONE)
            table[codes[first] * coding->value_count + codes[second]]++;
    }
    return table;
}

// ---- intervals

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

bool interval_of(size_t units, uint64_t seed,
                 bool (*take)(void *ctx, const size_t *sample, size_t count, double *value),
                 void *ctx, struct interval *out)
{
    size_t *sample = mem_new(units * sizeof(*sample));
    double *values = mem_new(INTERVAL_ROUNDS * sizeof(*values));
    struct rng rng;

    *out = (struct interval){ .seed = seed };
    rng_seed(&rng, seed);
    for (size_t round = 0; units > 1 && round < INTERVAL_ROUNDS; round++) {
        for (size_t i = 0; i < units; i++)
            sample[i] = (size_t)(rng_next(&rng) % units);
        if (take(ctx, sample, units, &values[out->rounds]))
            out->rounds++;
    }

    bool ok = out->rounds >= INTERVAL_ROUNDS / 2;

    if (ok) {
        qsort(values, out->rounds, sizeof(*values), compare_doubles);
        out->low = values[out->rounds * 25 / 1000];
        out->high = values[out->rounds - 1 - out->rounds * 25 / 1000];
    }
    mem_free(values);
    mem_free(sample);
    return ok;
}

struct taking {
    struct work work;
    enum coding_measure measure;
};

static bool take_coding(void *ctx, const size_t *sample, size_t count, double *value)
{
    struct taking *taking = ctx;
    struct measured measured;

    measure_units(&taking->work, taking->measure, (struct units){ sample, count }, &measured);
    *value = measured.value;
    return measured.why == AGREE_DEFINED;
}

bool coding_interval(const struct coding *coding, enum coding_measure measure, uint64_t seed,
                     struct interval *out)
{
    struct taking taking = { .measure = measure };
    bool ok;

    work_begin(&taking.work, coding, measure);
    ok = interval_of(coding->units, seed, take_coding, &taking, out);
    work_end(&taking.work);
    return ok;
}

// ---- making one

void coding_init(struct coding *coding, enum coding_scale scale, size_t raters, size_t units)
{
    *coding = (struct coding){ .scale = scale, .raters = raters, .units = units };
    BUG_ON(units && raters > SIZE_MAX / sizeof(*coding->codes) / units);
    coding->codes = mem_new(raters * units * sizeof(*coding->codes));
    for (size_t i = 0; i < raters * units; i++)
        coding->codes[i] = CODING_NONE;
}

void coding_release(struct coding *coding)
{
    mem_free(coding->codes);
    mem_free(coding->values);
    mem_free(coding->labels);
    *coding = (struct coding){ 0 };
}

size_t coding_value_add(struct coding *coding, struct sv name, double number)
{
    for (size_t i = 0; i < coding->value_count; i++)
        if (sv_eq(coding->values[i].name, name))
            return i;
    MEM_GROW(coding->values, coding->value_count, coding->value_cap);
    coding->values[coding->value_count] = (struct coding_value){ .name = name, .number = number };
    return coding->value_count++;
}

void coding_set(struct coding *coding, size_t rater, size_t unit, size_t value)
{
    BUG_ON(rater >= coding->raters || unit >= coding->units || value >= coding->value_count);
    coding->codes[unit * coding->raters + rater] = value;
}

static int compare_svs(const void *a, const void *b)
{
    return sv_cmp(*(const struct sv *)a, *(const struct sv *)b);
}

static int compare_ids(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return x < y ? -1 : x > y;
}

static size_t label_id(struct coding *coding, struct sv label)
{
    for (size_t i = 0; i < coding->label_count; i++)
        if (sv_eq(coding->labels[i], label))
            return i;
    MEM_GROW(coding->labels, coding->label_count, coding->label_cap);
    coding->labels[coding->label_count] = label;
    return coding->label_count++;
}

size_t coding_set_add(struct coding *coding, struct arena *arena, struct sv *labels, size_t count,
                      const char *between)
{
    size_t *ids = arena_new(arena, (count + 1) * sizeof(*ids)), kept = 0, value;
    struct buf name = { 0 };

    if (count)
        qsort(labels, count, sizeof(*labels), compare_svs);
    for (size_t i = 0; i < count; i++) {
        if (i && sv_eq(labels[i], labels[i - 1]))
            continue;
        buf_addf(&name, "%s" SV_FMT, kept ? between : "", SV_ARG(labels[i]));
        ids[kept++] = label_id(coding, labels[i]);
    }
    qsort(ids, kept, sizeof(*ids), compare_ids);
    value = coding_value_add(coding, sv_copy(arena, buf_sv(&name)), 0);
    coding->values[value].members = ids;
    coding->values[value].member_count = kept;
    buf_release(&name);
    return value;
}

static bool has_label(const struct coding *coding, size_t value, size_t label)
{
    const struct coding_value *set = &coding->values[value];

    if (coding->scale != CODING_SETS)
        return value == label;
    for (size_t i = 0; i < set->member_count; i++)
        if (set->members[i] == label)
            return true;
    return false;
}

void coding_of_label(const struct coding *coding, size_t label, struct coding *out)
{
    coding_init(out, CODING_WORDS, coding->raters, coding->units);
    (void)coding_value_add(out, SV("no"), 0);
    (void)coding_value_add(out, SV("yes"), 1);
    for (size_t i = 0; i < coding->raters * coding->units; i++)
        if (coding->codes[i] != CODING_NONE)
            out->codes[i] = has_label(coding, coding->codes[i], label);
}
