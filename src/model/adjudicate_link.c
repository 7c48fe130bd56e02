// Links of several annotators that are one: by their ends, those of one type first. Declared in
// model/adjudicate_unit.h. Never parts what a decision has put together.
#include <stdlib.h>

#include "base/mem.h"
#include "model/adjudicate_unit.h"

struct link_key {
    size_t low, high; // ends
    size_t unit;
    struct sv type;
    bool is_turned;
};

static size_t claim_set(const struct sorting *sorting, size_t rater, struct sv id)
{
    size_t unit = unit_find(sorting, rater, id);

    return unit == NO_UNIT ? NO_UNIT : sorting->units[unit].set;
}

static size_t article_end(const struct sorting *sorting, struct sv article)
{
    for (size_t a = 0; a < sorting->input->articles; a++)
        if (sv_eq(sorting->input->ids[a], article))
            return sorting->count + a;
    return NO_UNIT;
}

struct link_ends link_ends(const struct sorting *sorting, const struct unit *unit)
{
    const struct link *link = unit->rec;
    struct link_ends ends = { claim_set(sorting, unit->rater, link->from), NO_UNIT };

    if (link->to && !sv_is_absent(link->to->claim))
        ends.to = claim_set(sorting, unit->rater, link->to->claim);
    else if (link->to)
        ends.to = article_end(sorting, link->to->article);
    return ends;
}

static int compare_keys(const void *a, const void *b)
{
    const struct link_key *x = a, *y = b;
    int diff;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    diff = sv_cmp(x->type, y->type);
    if (diff)
        return diff;
    if (x->is_turned != y->is_turned)
        return x->is_turned ? 1 : -1;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

// Could the sets of two links be one: of no annotator in both, and not both decided already?
static bool are_apart(const struct sorting *sorting, size_t a, size_t b)
{
    size_t unit = a;

    if (sorting->units[a].set == sorting->units[b].set ||
        (set_is_named(sorting, a) && set_is_named(sorting, b)))
        return false;
    do {
        if (set_has_rater(sorting, b, sorting->units[unit].rater))
            return false;
        unit = sorting->units[unit].next;
    } while (unit != a);
    return true;
}

// The links of one pair of ends: those of one type together, then what is left over, type or not.
static void join_run(struct sorting *sorting, const struct link_key *keys, size_t count)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < i; j++) {
                bool is_same =
                    sv_eq(keys[i].type, keys[j].type) && keys[i].is_turned == keys[j].is_turned;

                if ((round || is_same) && are_apart(sorting, keys[j].unit, keys[i].unit)) {
                    units_join(sorting, keys[j].unit, keys[i].unit);
                    break;
                }
            }
}

static bool is_ordered(const struct sorting *sorting, const struct link *link)
{
    const struct word *type = scheme_find(sorting->input->scheme, VOCAB_LINK, link->type);

    return type && type->ordered;
}

void sorting_pair_links(struct sorting *sorting)
{
    struct link_key *keys = mem_new((sorting->count + 1) * sizeof(*keys));
    size_t count = 0;

    for (size_t i = 0; i < sorting->count; i++) {
        struct unit *unit = &sorting->units[i];
        struct link_ends ends;

        if (unit->section != SECTION_LINKS)
            continue;
        ends = link_ends(sorting, unit);
        unit->is_turned = is_ordered(sorting, unit->rec) && ends.from > ends.to;
        if (ends.from == NO_UNIT || ends.to == NO_UNIT)
            continue; // it leads nowhere: nobody can have the same
        keys[count++] = (struct link_key){
            .low = ends.from < ends.to ? ends.from : ends.to,
            .high = ends.from < ends.to ? ends.to : ends.from,
            .unit = i,
            .type = ((const struct link *)unit->rec)->type,
            .is_turned = unit->is_turned,
        };
    }
    if (count)
        qsort(keys, count, sizeof(*keys), compare_keys);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i;
             next < count && keys[next].low == keys[i].low && keys[next].high == keys[i].high;)
            next++;
        join_run(sorting, keys + i, next - i);
    }
    mem_free(keys);
}
