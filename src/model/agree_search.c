// Branch and bound over groups of units: the first unit that no group has is put into each group
// that it could be in, cheapest first, while what is left can still be cheaper than the best known.
#include "model/agree_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define GROUPS_MOST 20000 // candidates; a continuum with more is not small
#define CLOSE       1e-9  // costs that differ by less are equal

struct group { // a candidate; its units are indices into the order of the search
    double cost;
    size_t first; // lowest index
    size_t slots; // place in `members`, `raters` entries, SIZE_MAX: empty
};

struct search {
    const struct gamma_unit **units; // in order of their beginnings
    size_t count, raters;
    const struct gamma_options *options;
    struct group *groups; // by first unit, then cost
    size_t group_count, group_cap;
    size_t *members;
    size_t member_count, member_cap;
    size_t *begin; // groups whose first unit is u: begin[u] .. begin[u + 1]
    double *least; // what each unit costs at least, in the cheapest group for its size
    bool *is_taken;
    size_t *chosen, *best; // indices of groups
    size_t depth, best_depth;
    double best_cost;
    size_t steps;
    bool is_over; // too much for a proof
};

static int compare_begins(const void *a, const void *b)
{
    const struct gamma_unit *x = *(const struct gamma_unit *const *)a;
    const struct gamma_unit *y = *(const struct gamma_unit *const *)b;

    if (x->beg < y->beg || x->beg > y->beg)
        return x->beg < y->beg ? -1 : 1;
    if (x->end < y->end || x->end > y->end)
        return x->end < y->end ? -1 : 1;
    return x->rater < y->rater ? -1 : x->rater > y->rater;
}

static int compare_groups(const void *a, const void *b)
{
    const struct group *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->cost < y->cost || x->cost > y->cost)
        return x->cost < y->cost ? -1 : 1;
    return x->slots < y->slots ? -1 : x->slots > y->slots;
}

// Add the group whose units are `slots`, unless they are cheaper one by one.
static void add_group(struct search *s, const size_t *slots, size_t first)
{
    const struct gamma_unit **group = mem_new(s->raters * sizeof(*group));
    double cost, share;
    size_t size = 0;

    for (size_t r = 0; r < s->raters; r++)
        if (slots[r] != SIZE_MAX) {
            group[r] = s->units[slots[r]];
            size++;
        }
    cost = align_group_cost(group, s->raters, s->options);
    mem_free(group);
    if (size > 1 && cost >= s->options->empty * (double)size - CLOSE)
        return;
    share = cost / (double)size;
    for (size_t r = 0; r < s->raters; r++) {
        if (slots[r] != SIZE_MAX && share < s->least[slots[r]])
            s->least[slots[r]] = share;
        MEM_GROW(s->members, s->member_count, s->member_cap);
        s->members[s->member_count++] = slots[r];
    }
    MEM_GROW(s->groups, s->group_count, s->group_cap);
    s->groups[s->group_count++] =
        (struct group){ .cost = cost, .first = first, .slots = s->member_count - s->raters };
}

// The groups that have the units of `slots`, the lowest of which is `first`, and any of those from
// `next` on. `sum` is the dissimilarity of the pairs so far: with more than all pairs can save,
// none of these groups is a candidate.
static void add_groups(struct search *s, size_t *slots, size_t first, size_t next, double sum)
{
    double pairs = (double)s->raters * (double)(s->raters - 1) / 2;
    double most = s->options->empty * (double)s->raters * pairs;

    add_group(s, slots, first);
    for (size_t u = next; u < s->count && s->group_count < GROUPS_MOST; u++) {
        const struct gamma_unit *unit = s->units[u];
        double more = sum;

        if (slots[unit->rater] != SIZE_MAX)
            continue;
        for (size_t r = 0; r < s->raters; r++)
            if (slots[r] != SIZE_MAX)
                more += align_pair_cost(s->units[slots[r]], unit, s->options);
        if (more >= most)
            continue;
        slots[unit->rater] = u;
        add_groups(s, slots, first, u + 1, more);
        slots[unit->rater] = SIZE_MAX;
    }
}

static void find_groups(struct search *s)
{
    size_t *slots = mem_new(s->raters * sizeof(*slots));

    for (size_t u = 0; u < s->count; u++)
        s->least[u] = s->options->empty;
    for (size_t u = 0; u < s->count && s->group_count < GROUPS_MOST; u++) {
        for (size_t r = 0; r < s->raters; r++)
            slots[r] = SIZE_MAX;
        slots[s->units[u]->rater] = u;
        add_groups(s, slots, u, u + 1, 0);
    }
    s->is_over = s->group_count >= GROUPS_MOST;
    mem_free(slots);
}

static bool is_free(const struct search *s, const struct group *group)
{
    for (size_t r = 0; r < s->raters; r++) {
        size_t u = s->members[group->slots + r];

        if (u != SIZE_MAX && s->is_taken[u])
            return false;
    }
    return true;
}

static double mark(struct search *s, const struct group *group, bool is_taken)
{
    double least = 0;

    for (size_t r = 0; r < s->raters; r++) {
        size_t u = s->members[group->slots + r];

        if (u != SIZE_MAX) {
            s->is_taken[u] = is_taken;
            least += s->least[u];
        }
    }
    return least;
}

// Put what is left, from unit `from` on, into groups. `bound`: what is left costs at least.
static void branch(struct search *s, size_t from, double cost, double bound)
{
    while (from < s->count && s->is_taken[from])
        from++;
    if (from == s->count) {
        s->best_cost = cost;
        s->best_depth = s->depth;
        memcpy(s->best, s->chosen, s->depth * sizeof(*s->best));
        return;
    }
    for (size_t g = s->begin[from]; g < s->begin[from + 1] && !s->is_over; g++) {
        const struct group *group = &s->groups[g];
        double least;

        if (!is_free(s, group))
            continue;
        least = mark(s, group, true);
        s->chosen[s->depth++] = g;
        s->is_over = ++s->steps >= GAMMA_STEPS;
        if (cost + group->cost + bound - least < s->best_cost - CLOSE)
            branch(s, from + 1, cost + group->cost, bound - least);
        s->depth--;
        (void)mark(s, group, false);
    }
}

static void run(struct search *s)
{
    double bound = 0;

    if (s->group_count)
        qsort(s->groups, s->group_count, sizeof(*s->groups), compare_groups);
    for (size_t g = 0; g < s->group_count; g++)
        s->begin[s->groups[g].first + 1] = g + 1;
    for (size_t u = 0; u < s->count; u++) {
        if (s->begin[u + 1] < s->begin[u])
            s->begin[u + 1] = s->begin[u];
        bound += s->least[u];
    }
    branch(s, 0, 0, bound);
}

static void adopt(const struct search *s, struct alignment *alignment)
{
    memset(alignment->slots, 0, alignment->count * s->raters * sizeof(*alignment->slots));
    alignment->count = s->best_depth;
    for (size_t t = 0; t < s->best_depth; t++) {
        const struct group *group = &s->groups[s->best[t]];

        for (size_t r = 0; r < s->raters; r++) {
            size_t u = s->members[group->slots + r];

            alignment->slots[t * s->raters + r] = u == SIZE_MAX ? NULL : s->units[u];
        }
    }
}

void search_alignment(const struct gamma_unit *units, size_t count,
                      const struct gamma_options *options, struct alignment *alignment)
{
    struct search s = { .count = count, .raters = alignment->raters, .options = options };

    s.units = mem_new(count * sizeof(*s.units));
    s.begin = mem_new((count + 1) * sizeof(*s.begin));
    s.least = mem_new(count * sizeof(*s.least));
    s.is_taken = mem_new(count * sizeof(*s.is_taken));
    s.chosen = mem_new(count * sizeof(*s.chosen));
    s.best = mem_new(count * sizeof(*s.best));
    for (size_t i = 0; i < count; i++)
        s.units[i] = &units[i];
    qsort(s.units, count, sizeof(*s.units), compare_begins);
    for (size_t t = 0; t < alignment->count; t++)
        s.best_cost += align_group_cost(alignment_group(alignment, t), s.raters, options);
    find_groups(&s);
    if (!s.is_over) {
        run(&s);
        alignment->is_best = !s.is_over;
        if (s.best_depth)
            adopt(&s, alignment);
    }
    mem_free(s.units);
    mem_free(s.begin);
    mem_free(s.least);
    mem_free(s.is_taken);
    mem_free(s.chosen);
    mem_free(s.best);
    mem_free(s.groups);
    mem_free(s.members);
}
