// Alignments: raters are matched one after the other to the groups there are; then each is taken
// out and matched again while that helps. Two raters are done at once, and exactly.
#include "model/agree_align.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "model/agree_match.h"
#include "model/agree_search.h"

#define ROUNDS_MOST 20 // of taking raters out; two or three are usual

struct aligning {
    const struct gamma_unit *units; // sorted by rater
    size_t count, raters;
    size_t *first; // of each rater
    const struct gamma_options *options;
    double reach; // units further apart than this many lengths never go together
};

double align_pair_cost(const struct gamma_unit *a, const struct gamma_unit *b,
                       const struct gamma_options *options)
{
    if (!a || !b)
        return options->empty;
    return options->alpha * gamma_positional(a, b, options) +
           options->beta * gamma_categorical(a, b, options);
}

double align_group_cost(const struct gamma_unit *const *group, size_t raters,
                        const struct gamma_options *options)
{
    double sum = 0;

    for (size_t i = 0; i < raters; i++)
        for (size_t j = i + 1; j < raters; j++)
            sum += align_pair_cost(group[i], group[j], options);
    return sum / ((double)raters * (double)(raters - 1) / 2);
}

const struct gamma_unit *const *alignment_group(const struct alignment *alignment, size_t group)
{
    return alignment->slots + group * alignment->raters;
}

static bool is_empty(const struct gamma_unit *const *group, size_t raters)
{
    for (size_t r = 0; r < raters; r++)
        if (group[r])
            return false;
    return true;
}

static double cost_of(const struct aligning *a, const struct alignment *alignment)
{
    double sum = 0;

    for (size_t t = 0; t < alignment->count; t++)
        sum += align_group_cost(alignment_group(alignment, t), a->raters, a->options);
    return sum;
}

// Whether a unit is so far from one of the group that they cannot go together.
static bool is_out_of_reach(const struct aligning *a, const struct gamma_unit *const *group,
                            const struct gamma_unit *unit)
{
    for (size_t r = 0; r < a->raters; r++)
        if (group[r] && fabs(group[r]->beg - unit->beg) >
                            a->reach * (group[r]->end - group[r]->beg + unit->end - unit->beg))
            return true;
    return false;
}

// What is won when a unit joins a group that has none of its rater, and is not one of its own.
static double gain(const struct aligning *a, const struct gamma_unit **group, size_t rater,
                   const struct gamma_unit *unit)
{
    double alone = align_group_cost(group, a->raters, a->options), together;

    group[rater] = unit;
    together = align_group_cost(group, a->raters, a->options);
    group[rater] = NULL;
    return alone + a->options->empty - together;
}

// Match the units of a rater, who is in no group, to the groups.
static void add_rater(const struct aligning *a, struct alignment *alignment, size_t rater)
{
    const struct gamma_unit *units = a->units + a->first[rater];
    size_t rows = a->first[rater + 1] - a->first[rater], cols = alignment->count;
    size_t *columns = mem_new((rows + 1) * sizeof(*columns)), count = 0, cap = 0;
    struct match_edge *edges = NULL;

    for (size_t i = 0; i < rows; i++)
        for (size_t t = 0; t < cols; t++) {
            const struct gamma_unit **group = alignment->slots + t * a->raters;
            double won;

            if (is_out_of_reach(a, group, &units[i]))
                continue;
            won = gain(a, group, rater, &units[i]);
            if (won <= 0)
                continue;
            MEM_GROW(edges, count, cap);
            edges[count++] = (struct match_edge){ i, t, won };
        }
    match_best(edges, count, rows, cols, columns);
    for (size_t i = 0; i < rows; i++) {
        size_t t = columns[i] == MATCH_NONE ? alignment->count++ : columns[i];

        alignment->slots[t * a->raters + rater] = &units[i];
    }
    mem_free(edges);
    mem_free(columns);
}

static void take_rater(struct alignment *alignment, size_t rater)
{
    size_t kept = 0, size = alignment->raters * sizeof(*alignment->slots);

    for (size_t t = 0; t < alignment->count; t++) {
        alignment->slots[t * alignment->raters + rater] = NULL;
        if (is_empty(alignment_group(alignment, t), alignment->raters))
            continue;
        if (kept != t)
            memcpy(alignment->slots + kept * alignment->raters,
                   alignment->slots + t * alignment->raters, size);
        kept++;
    }
    memset(alignment->slots + kept * alignment->raters, 0, (alignment->count - kept) * size);
    alignment->count = kept;
}

static void improve(const struct aligning *a, struct alignment *alignment)
{
    double cost = cost_of(a, alignment), before;
    int rounds = 0;

    do {
        before = cost;
        for (size_t r = 0; r < a->raters; r++) {
            take_rater(alignment, r);
            add_rater(a, alignment, r);
        }
        cost = cost_of(a, alignment);
    } while (cost < before - 1e-9 && ++rounds < ROUNDS_MOST);
}

void align(const struct gamma_unit *units, size_t count, size_t raters,
           const struct gamma_options *options, struct alignment *out)
{
    struct aligning a = { units, count, raters, NULL, options, HUGE_VAL };
    double pairs = (double)raters * (double)(raters - 1) / 2;

    *out = (struct alignment){ .raters = raters };
    // A unit that joins a group saves `empty` for each pair of places at most, and twice for its
    // own.
    if (options->alpha > 0)
        a.reach = sqrt((pairs + 2 * (double)raters) / options->alpha);
    a.first = mem_new((raters + 1) * sizeof(*a.first));
    for (size_t i = 0; i < count; i++)
        a.first[units[i].rater + 1] = i + 1;
    for (size_t r = 0; r < raters; r++)
        if (a.first[r + 1] < a.first[r])
            a.first[r + 1] = a.first[r];
    out->slots = mem_new((count + 1) * raters * sizeof(*out->slots));
    for (size_t r = 0; r < raters; r++)
        add_rater(&a, out, r);
    out->is_best = raters == 2;
    if (raters > 2) {
        improve(&a, out);
        search_alignment(units, count, options, out);
    }
    out->disorder = cost_of(&a, out) / ((double)count / (double)raters);
    mem_free(a.first);
}

void alignment_release(struct alignment *alignment)
{
    mem_free(alignment->slots);
    *alignment = (struct alignment){ 0 };
}
