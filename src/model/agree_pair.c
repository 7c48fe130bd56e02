// Pairing of claims by overlap.
// Looks at spans, and at `says` where spans leave it open.
#include "model/agree_pair.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/agree_match.h"

#define SAYS_WEIGHT 1e-4 // of equal `says`: decides only where shares are equal, or nearly
#define SAYS_WORDS  64   // more are not compared

// One claim as it is being put into groups.
struct end {
    const struct claim *claim;
    struct cp_span extent;
};

// The claims of a layer, by their beginnings.
struct side {
    struct end *ends;
    size_t count;
};

static size_t length_of(const struct claim *claim)
{
    size_t sum = 0;

    for (size_t i = 0; i < claim->span.count; i++) {
        const struct part *part = claim->span.items[i];

        sum += part->at.end - part->at.beg;
    }
    return sum;
}

// Code points that both have. Parts are in text order and apart.
static size_t shared(const struct claim *a, const struct claim *b)
{
    size_t i = 0, j = 0, sum = 0;

    while (i < a->span.count && j < b->span.count) {
        const struct part *x = a->span.items[i], *y = b->span.items[j];
        size_t beg = x->at.beg > y->at.beg ? x->at.beg : y->at.beg;
        size_t end = x->at.end < y->at.end ? x->at.end : y->at.end;

        if (beg < end)
            sum += end - beg;
        if (x->at.end < y->at.end)
            i++;
        else
            j++;
    }
    return sum;
}

double claims_share(const struct claim *a, const struct claim *b)
{
    size_t x = length_of(a), y = length_of(b), longer = x > y ? x : y;

    return longer ? (double)shared(a, b) / (double)longer : 0;
}

double claims_within(const struct claim *a, const struct claim *b)
{
    size_t length = length_of(a);

    return length ? (double)shared(a, b) / (double)length : 0;
}

static size_t words_of(struct sv text, struct sv *words)
{
    struct sv rest = text, word;
    size_t count = 0;

    while (count < SAYS_WORDS && sv_split(&rest, ' ', &word))
        if (word.len)
            words[count++] = word;
    return count;
}

double claims_say_alike(const struct claim *a, const struct claim *b)
{
    struct sv x[SAYS_WORDS], y[SAYS_WORDS];
    size_t x_count = words_of(a->says, x), y_count = words_of(b->says, y), both = 0;

    for (size_t i = 0; i < x_count; i++)
        for (size_t j = 0; j < y_count; j++)
            if (sv_eq(x[i], y[j])) {
                both++;
                y[j] = (struct sv){ 0 };
                break;
            }
    return x_count + y_count ? 2 * (double)both / (double)(x_count + y_count) : 0;
}

static int compare_ends(const void *a, const void *b)
{
    const struct end *x = a, *y = b;

    if (x->extent.beg != y->extent.beg)
        return x->extent.beg < y->extent.beg ? -1 : 1;
    if (x->extent.end != y->extent.end)
        return x->extent.end < y->extent.end ? -1 : 1;
    return sv_cmp(x->claim->id, y->claim->id);
}

static void side_init(struct side *side, const struct layer *layer)
{
    size_t count = layer ? layer->sections[SECTION_CLAIMS].count : 0;

    *side = (struct side){ .ends = mem_new((count + 1) * sizeof(*side->ends)), .count = count };
    for (size_t i = 0; i < count; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];

        side->ends[i] = (struct end){ claim, parts_extent(claim->span) };
    }
    qsort(side->ends, count, sizeof(*side->ends), compare_ends);
}

// What a claim weighs in a group that has none of its annotator; 0: it cannot go there.
static double weigh(const struct claim_groups *groups, size_t group, const struct claim *claim,
                    const struct pair_rule *rule)
{
    const struct claim *const *slots = claim_group(groups, group);
    double sum = 0, alike = 0;
    size_t met = 0;
    bool fits = false;

    for (size_t r = 0; r < groups->raters; r++) {
        double share;

        if (!slots[r])
            continue;
        share = claims_share(slots[r], claim);
        fits = fits || (share > 0 &&
                        (share >= rule->least || (rule->is_one && rule->is_one(slots[r], claim))));
        sum += share;
        alike += share > 0 ? claims_say_alike(slots[r], claim) : 0;
        met++;
    }
    return fits ? (sum + SAYS_WEIGHT * alike) / (double)met : 0;
}

struct place { // a group and where it begins
    size_t group;
    struct cp_span extent;
};

static struct cp_span group_extent(const struct claim_groups *groups, size_t group)
{
    const struct claim *const *slots = claim_group(groups, group);
    struct cp_span extent = { SIZE_MAX, 0 };

    for (size_t r = 0; r < groups->raters; r++) {
        struct cp_span own;

        if (!slots[r])
            continue;
        own = parts_extent(slots[r]->span);
        extent.beg = own.beg < extent.beg ? own.beg : extent.beg;
        extent.end = own.end > extent.end ? own.end : extent.end;
    }
    return extent;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->extent.beg != y->extent.beg)
        return x->extent.beg < y->extent.beg ? -1 : 1;
    if (x->extent.end != y->extent.end)
        return x->extent.end < y->extent.end ? -1 : 1;
    return x->group < y->group ? -1 : x->group > y->group;
}

// The groups by their beginnings; the caller frees the list.
static struct place *places_of(const struct claim_groups *groups)
{
    struct place *places = mem_new((groups->count + 1) * sizeof(*places));

    for (size_t g = 0; g < groups->count; g++)
        places[g] = (struct place){ g, group_extent(groups, g) };
    qsort(places, groups->count, sizeof(*places), compare_places);
    return places;
}

static void add_side(struct claim_groups *groups, const struct side *side, size_t rater,
                     const struct pair_rule *rule)
{
    struct place *places = places_of(groups);
    size_t *columns = mem_new((side->count + 1) * sizeof(*columns)), count = 0, cap = 0, first = 0;
    struct match_edge *edges = NULL;
    size_t longest = 0;

    for (size_t g = 0; g < groups->count; g++)
        if (places[g].extent.end - places[g].extent.beg > longest)
            longest = places[g].extent.end - places[g].extent.beg;
    for (size_t i = 0; i < side->count; i++) {
        struct cp_span extent = side->ends[i].extent;

        while (first < groups->count && places[first].extent.beg + longest <= extent.beg)
            first++;
        for (size_t p = first; p < groups->count && places[p].extent.beg < extent.end; p++) {
            double weight = weigh(groups, places[p].group, side->ends[i].claim, rule);

            if (weight <= 0)
                continue;
            MEM_GROW(edges, count, cap);
            edges[count++] = (struct match_edge){ i, places[p].group, weight };
        }
    }
    match_best(edges, count, side->count, groups->count, columns);
    for (size_t i = 0; i < side->count; i++) {
        size_t group = columns[i] == MATCH_NONE ? groups->count++ : columns[i];

        groups->slots[group * groups->raters + rater] = side->ends[i].claim;
    }
    mem_free(edges);
    mem_free(columns);
    mem_free(places);
}

static void sort_groups(struct claim_groups *groups)
{
    size_t raters = groups->raters;
    struct place *places = places_of(groups);
    const struct claim **sorted = mem_new((groups->count + 1) * raters * sizeof(*sorted));

    for (size_t g = 0; g < groups->count; g++)
        for (size_t r = 0; r < raters; r++)
            sorted[g * raters + r] = groups->slots[places[g].group * raters + r];
    mem_free(groups->slots);
    groups->slots = sorted;
    mem_free(places);
}

void claim_groups_make_by(const struct layer *const *layers, size_t raters,
                          const struct pair_rule *rule, struct claim_groups *out)
{
    struct side *sides = mem_new((raters + 1) * sizeof(*sides));
    size_t all = 0;

    for (size_t r = 0; r < raters; r++) {
        side_init(&sides[r], layers[r]);
        all += sides[r].count;
    }
    *out = (struct claim_groups){ .raters = raters };
    out->slots = mem_new((all + 1) * raters * sizeof(*out->slots));
    for (size_t r = 0; r < raters; r++) {
        add_side(out, &sides[r], r, rule);
        mem_free(sides[r].ends);
    }
    sort_groups(out);
    mem_free(sides);
}

void claim_groups_make(const struct layer *const *layers, size_t raters, double least,
                       struct claim_groups *out)
{
    claim_groups_make_by(layers, raters, &(struct pair_rule){ .least = least }, out);
}

void claim_groups_release(struct claim_groups *groups)
{
    mem_free(groups->slots);
    *groups = (struct claim_groups){ 0 };
}

const struct claim *const *claim_group(const struct claim_groups *groups, size_t group)
{
    return groups->slots + group * groups->raters;
}
