// Gamma: alignments by matching rater after rater, improved by taking one rater out and in again.
// Random only through the seed given.
#include "model/agree_gamma.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/env.h"
#include "base/mem.h"
#include "model/agree_align.h"

double gamma_positional(const struct gamma_unit *a, const struct gamma_unit *b,
                        const struct gamma_options *options)
{
    double apart = fabs(a->beg - b->beg) + fabs(a->end - b->end);
    double share = apart / (a->end - a->beg + b->end - b->beg);

    return share * share * options->empty;
}

double gamma_categorical(const struct gamma_unit *a, const struct gamma_unit *b,
                         const struct gamma_options *options)
{
    return a->category == b->category ? 0 : options->empty;
}

// ---- samples

struct continuum {
    const struct gamma_unit *units; // sorted by rater
    size_t count, raters;
    size_t *first; // of each rater; first[raters] = count
    double beg, end, mean_length;
};

static void continuum_init(struct continuum *c, const struct gamma_unit *units, size_t count,
                           size_t raters)
{
    double sum = 0;

    *c = (struct continuum){ .units = units, .count = count, .raters = raters };
    c->first = mem_new((raters + 1) * sizeof(*c->first));
    c->beg = HUGE_VAL;
    c->end = -HUGE_VAL;
    for (size_t i = 0; i < count; i++) {
        c->first[units[i].rater + 1] = i + 1;
        c->beg = fmin(c->beg, units[i].beg);
        c->end = fmax(c->end, units[i].end);
        sum += units[i].end - units[i].beg;
    }
    for (size_t r = 0; r < raters; r++)
        if (c->first[r + 1] < c->first[r])
            c->first[r + 1] = c->first[r];
    c->mean_length = count ? sum / (double)count : 0;
}

static double random_share(struct rng *rng)
{
    return (double)(rng_next(rng) >> 11) / 9007199254740992.0; // 2^53
}

#define PIVOT_TRIES 64 // then a text is too short for pivots that are apart

// A place to turn at that is half a mean length from those before.
static double pick_pivot(const struct continuum *c, const double *pivots, size_t count,
                         struct rng *rng)
{
    double pivot = c->beg;

    for (int tries = 0; tries < PIVOT_TRIES; tries++) {
        bool is_apart = true;

        pivot = c->beg + random_share(rng) * (c->end - c->beg);
        for (size_t i = 0; i < count; i++)
            if (fabs(pivots[i] - pivot) < c->mean_length / 2)
                is_apart = false;
        if (is_apart)
            break;
    }
    return pivot;
}

// Units of raters picked at random, each rater's turned at a pivot. `out` has room for raters *
// count.
static size_t shuffle(const struct continuum *c, struct rng *rng, double *pivots,
                      struct gamma_unit *out)
{
    size_t count = 0;

    for (size_t r = 0; r < c->raters; r++) {
        size_t picked = (size_t)(rng_next(rng) % c->raters);

        pivots[r] = pick_pivot(c, pivots, r, rng);
        for (size_t i = c->first[picked]; i < c->first[picked + 1]; i++) {
            double move = c->units[i].beg >= pivots[r] ? c->beg - pivots[r] : c->end - pivots[r];

            out[count] = c->units[i];
            out[count].rater = r;
            out[count].beg += move;
            out[count++].end += move;
        }
    }
    return count;
}

static int compare_units(const void *a, const void *b)
{
    const struct gamma_unit *x = a, *y = b;

    if (x->rater != y->rater)
        return x->rater < y->rater ? -1 : 1;
    if (x->beg < y->beg || x->beg > y->beg)
        return x->beg < y->beg ? -1 : 1;
    if (x->end < y->end || x->end > y->end)
        return x->end < y->end ? -1 : 1;
    return x->category < y->category ? -1 : x->category > y->category;
}

struct sampling {
    double sum, squares; // of disorders
    size_t count;
};

static bool is_precise(const struct sampling *s)
{
    double n = (double)s->count, mean = s->sum / n;
    double variance = (s->squares - s->sum * mean) / (n - 1);
    double error = 1.96 * sqrt(fmax(variance, 0) / n);

    return error <= GAMMA_PRECISION * mean;
}

static void sample(const struct continuum *c, const struct gamma_options *options,
                   struct sampling *s)
{
    struct gamma_unit *units = mem_new((c->raters * c->count + 1) * sizeof(*units));
    double *pivots = mem_new((c->raters + 1) * sizeof(*pivots));
    struct rng rng;

    rng_seed(&rng, options->seed);
    for (int tries = 0; tries < 2 * GAMMA_SAMPLES_MOST && s->count < GAMMA_SAMPLES_MOST; tries++) {
        size_t count = shuffle(c, &rng, pivots, units);
        struct alignment alignment;

        if (!count)
            continue; // all were given the units of one who has none
        qsort(units, count, sizeof(*units), compare_units);
        align(units, count, c->raters, options, &alignment);
        s->count++;
        s->sum += alignment.disorder;
        s->squares += alignment.disorder * alignment.disorder;
        alignment_release(&alignment);
        if (s->count >= GAMMA_SAMPLES && is_precise(s))
            break;
    }
    mem_free(pivots);
    mem_free(units);
}

static void compare_with_chance(const struct continuum *c, const struct gamma_options *options,
                                struct gamma_result *out)
{
    struct sampling s = { 0 };

    sample(c, options, &s);
    out->samples = s.count;
    out->expected = s.count ? s.sum / (double)s.count : 0;
    if (out->expected > 0)
        out->gamma = 1 - out->disorder / out->expected;
    else
        out->why = AGREE_ONE_VALUE;
}

void gamma_measure(const struct gamma_unit *units, size_t count, size_t raters,
                   const struct gamma_options *options, bool is_sampled, struct gamma_result *out)
{
    struct gamma_unit *sorted = mem_new((count + 1) * sizeof(*sorted));
    struct continuum continuum;
    struct alignment alignment;

    *out = (struct gamma_result){ 0 };
    if (count)
        memcpy(sorted, units, count * sizeof(*units));
    if (!count || raters < 2) {
        out->why = AGREE_NO_RECORDS;
        mem_free(sorted);
        return;
    }
    qsort(sorted, count, sizeof(*sorted), compare_units);
    align(sorted, count, raters, options, &alignment);
    out->disorder = alignment.disorder;
    out->alignments = alignment.count;
    out->is_best = alignment.is_best;
    if (is_sampled) {
        continuum_init(&continuum, sorted, count, raters);
        compare_with_chance(&continuum, options, out);
        mem_free(continuum.first);
    }
    alignment_release(&alignment);
    mem_free(sorted);
}
