// Links of several annotators that are one: by their ends, those of one type first. Declared in
// model/adjudicate_unit.h. Never parts what a decision has put together.
#include <stdlib.h>

#include "base/mem.h"
#include "model/adjudicate_unit.h"
#include "model/link_key.h"

struct keyed {
    struct link_key key;
    size_t unit;
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
    const struct keyed *x = a, *y = b;
    int diff = link_key_cmp(&x->key, &y->key);

    if (diff)
        return diff;
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
static void join_run(struct sorting *sorting, const struct keyed *keys, size_t count)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < i; j++) {
                bool is_same = !link_key_cmp(&keys[i].key, &keys[j].key);

                if ((round || is_same) && are_apart(sorting, keys[j].unit, keys[i].unit)) {
                    units_join(sorting, keys[j].unit, keys[i].unit);
                    break;
                }
            }
}

void sorting_pair_links(struct sorting *sorting)
{
    struct keyed *keys = mem_new((sorting->count + 1) * sizeof(*keys));
    size_t count = 0;

    for (size_t i = 0; i < sorting->count; i++) {
        struct unit *unit = &sorting->units[i];
        struct link_ends ends;
        struct link_key key;

        if (unit->section != SECTION_LINKS)
            continue;
        ends = link_ends(sorting, unit);
        key = link_key_of(sorting->input->scheme, ((const struct link *)unit->rec)->type, ends.from,
                          ends.to);
        unit->is_turned = key.is_turned;
        if (ends.from == NO_UNIT || ends.to == NO_UNIT)
            continue; // it leads nowhere: nobody can have the same
        keys[count++] = (struct keyed){ key, i };
    }
    if (count)
        qsort(keys, count, sizeof(*keys), compare_keys);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && link_key_has_ends_of(&keys[next].key, &keys[i].key);)
            next++;
        join_run(sorting, keys + i, next - i);
    }
    mem_free(keys);
}
