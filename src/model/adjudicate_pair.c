// Claims of several annotators that are one. Declared in model/adjudicate_unit.h.
// Never parts what a decision has put together.
#include "model/adjudicate_unit.h"

#include "base/mem.h"
#include "model/agree_pair.h"

#define ALIKE_LEAST 0.5 // words in common that `says` must have where the words of the text are few

// One claim within another that says the same: by its plain words, or by type and voices.
static bool is_one(const struct claim *a, const struct claim *b)
{
    const struct voice *x, *y;

    if (claims_within(a, b) < PAIR_HALF && claims_within(b, a) < PAIR_HALF)
        return false;
    if (claims_say_alike(a, b) >= ALIKE_LEAST)
        return true;
    if (sv_is_blank(a->type) || !sv_eq(a->type, b->type) || !a->attributed_to.count ||
        !b->attributed_to.count)
        return false;
    x = a->attributed_to.items[0];
    y = b->attributed_to.items[0];
    return !sv_is_blank(x->source) && sv_eq(x->source, y->source) && sv_eq(x->act, y->act);
}

// ---- groups of at most one claim of each annotator

// The set that a claim comes to, of those that decisions have made in its group; NO_UNIT: none.
static size_t best_set(const struct sorting *sorting, const size_t *group, size_t raters,
                       const struct unit *unit)
{
    size_t best = NO_UNIT;
    double most = 0;

    for (size_t r = 0; r < raters; r++) {
        double share;

        if (group[r] == NO_UNIT || !set_is_named(sorting, group[r]) ||
            set_has_rater(sorting, group[r], unit->rater))
            continue;
        share = claims_share(unit->rec, sorting->units[group[r]].rec);
        if (share > most) {
            most = share;
            best = group[r];
        }
    }
    return best;
}

static void join_group(struct sorting *sorting, const size_t *group, size_t raters)
{
    size_t first = NO_UNIT; // of those that come to no decided set

    for (size_t r = 0; r < raters; r++) {
        const struct unit *unit;
        size_t set;

        if (group[r] == NO_UNIT || sorting->units[group[r]].is_named)
            continue;
        unit = &sorting->units[group[r]];
        set = best_set(sorting, group, raters, unit);
        if (set == NO_UNIT)
            set = first;
        if (set != NO_UNIT)
            units_join(sorting, set, group[r]);
        else
            first = group[r];
    }
}

static void pair_article(struct sorting *sorting, size_t article)
{
    static const struct pair_rule rule = { PAIR_HALF, is_one };
    size_t raters = sorting->input->raters, *units = mem_new((raters + 1) * sizeof(*units));
    struct claim_groups groups;

    claim_groups_make_by(sorting->layers + article * raters, raters, &rule, &groups);
    for (size_t g = 0; g < groups.count; g++) {
        const struct claim *const *group = claim_group(&groups, g);

        for (size_t r = 0; r < raters; r++)
            units[r] = group[r] ? unit_find(sorting, r, group[r]->id) : NO_UNIT;
        join_group(sorting, units, raters);
    }
    claim_groups_release(&groups);
    mem_free(units);
}

// ---- one claim against several within it

struct within { // units of one annotator within a claim of another
    size_t *items;
    size_t count, cap;
};

// May a unit stand with others as the pieces of `whole`?
static bool is_piece(const struct sorting *sorting, size_t whole, size_t piece)
{
    const struct unit *unit = &sorting->units[piece];

    return (unit->set == sorting->units[whole].set ||
            (!unit->is_named && set_is_single(sorting, piece))) &&
           claims_within(unit->rec, sorting->units[whole].rec) >= PAIR_HALF;
}

static bool are_apart(const struct sorting *sorting, const struct within *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        for (size_t j = 0; j < i; j++)
            if (claims_share(sorting->units[pieces->items[i]].rec,
                             sorting->units[pieces->items[j]].rec) > 0)
                return false;
    return true;
}

// First and behind the last unit of an annotator's claims of an article.
static void find_range(const struct sorting *sorting, size_t rater, size_t article, size_t *beg,
                       size_t *end)
{
    const struct layer *layer = sorting->layers[article * sorting->input->raters + rater];

    *beg = *end = 0;
    if (!layer || !layer->sections[SECTION_CLAIMS].count)
        return;
    *beg = unit_find(sorting, rater,
                     ((const struct record *)layer->sections[SECTION_CLAIMS].items[0])->id);
    *end = *beg + layer->sections[SECTION_CLAIMS].count;
}

// Join to `whole` what of the units [beg, end), in the order of the text, are its pieces, if there
// are several.
static void join_pieces(struct sorting *sorting, size_t whole, size_t beg, size_t end,
                        struct within *pieces)
{
    struct cp_span extent = parts_extent(((const struct claim *)sorting->units[whole].rec)->span);

    pieces->count = 0;
    for (size_t i = beg; i < end; i++) {
        const struct claim *claim = sorting->units[i].rec;

        if (parts_extent(claim->span).beg >= extent.end)
            break;
        if (!is_piece(sorting, whole, i))
            continue;
        MEM_GROW(pieces->items, pieces->count, pieces->cap);
        pieces->items[pieces->count++] = i;
    }
    if (pieces->count < 2 || !are_apart(sorting, pieces))
        return;
    for (size_t i = 0; i < pieces->count; i++)
        units_join(sorting, whole, pieces->items[i]);
}

static void pair_pieces(struct sorting *sorting, size_t article, size_t rater, size_t other,
                        struct within *pieces)
{
    size_t beg, end, from, to, longest = 0;

    find_range(sorting, rater, article, &beg, &end);
    find_range(sorting, other, article, &from, &to);
    for (size_t i = from; i < to; i++) {
        struct cp_span own = parts_extent(((const struct claim *)sorting->units[i].rec)->span);

        longest = own.end - own.beg > longest ? own.end - own.beg : longest;
    }
    for (size_t whole = beg; whole < end; whole++) {
        struct cp_span own = parts_extent(((const struct claim *)sorting->units[whole].rec)->span);

        while (from < to &&
               parts_extent(((const struct claim *)sorting->units[from].rec)->span).beg + longest <=
                   own.beg)
            from++;
        join_pieces(sorting, whole, from, to, pieces);
    }
}

void sorting_pair_claims(struct sorting *sorting)
{
    size_t raters = sorting->input->raters;
    struct within pieces = { 0 };

    for (size_t a = 0; a < sorting->input->articles; a++) {
        pair_article(sorting, a);
        for (size_t r = 0; r < raters; r++)
            for (size_t other = 0; other < raters; other++)
                if (other != r)
                    pair_pieces(sorting, a, r, other, &pieces);
    }
    mem_free(pieces.items);
}
