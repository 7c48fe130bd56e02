// Index of links by the claims they join, from both ends, and what the links make of these claims.
// Never stores its answers in a record.
#include "model/derive.h"

#include <stdint.h>
#include <string.h>

#include "model/decision.h"
#include "model/index.h"

struct entry { // a claim that some link joins
    const struct layer *layer;
    struct sv id;
    unsigned flags;      // those that links give it
    size_t first, count; // of its ends
};

struct joint { // an end before it is sorted to its claim
    size_t entry;
    struct end end;
};

struct tally {
    bool is_made;
    struct claim_counts counts;
};

struct derived {
    const struct layer **layers; // open hash by article; NULL: free
    struct tally *tallies;       // of the layer in the same slot
    size_t *order;               // its number among those given
    size_t layer_cap;            // a power of two, at most half full
    size_t missing;              // links of a claim that is not in its layer
    struct entry *entries;
    size_t entry_count, entry_cap;
    size_t *slots;   // open hash of entries by layer and claim id: 1 + index, 0: free
    size_t slot_cap; // a power of two, at most half full
    struct end *ends;
    size_t end_count, end_cap;
    size_t unused; // of the ends: their claims' ends were moved behind all others
    const struct scheme *scheme;
};

struct builder {
    struct derived *derived;
    struct joint *joints; // in the order of the links
    size_t count, cap;
};

// A link with what it takes to say what it does.
struct tie {
    const struct link *link;
    const struct layer *home, *far; // far: NULL when that article has no layer
    struct sv far_article;
    struct sv far_claim; // absent: one end
    unsigned flags;      // for both ends
};

static size_t power_over(size_t n)
{
    size_t power = 16;

    while (power < n)
        power *= 2;
    return power;
}

static size_t layer_slot(const struct derived *derived, struct sv article)
{
    size_t mask = derived->layer_cap - 1, i = hash_bytes(0, article) & mask;

    while (derived->layers[i] && !sv_eq(derived->layers[i]->head.article, article))
        i = (i + 1) & mask;
    return i;
}

const struct layer *derive_layer(const struct derived *derived, struct sv article)
{
    return derived->layers[layer_slot(derived, article)];
}

static size_t entry_slot(const struct derived *derived, const struct layer *layer, struct sv id)
{
    size_t mask = derived->slot_cap - 1;
    size_t i = hash_bytes((size_t)(uintptr_t)layer, id) & mask;

    for (; derived->slots[i]; i = (i + 1) & mask) {
        const struct entry *entry = &derived->entries[derived->slots[i] - 1];

        if (entry->layer == layer && sv_eq(entry->id, id))
            break;
    }
    return i;
}

static const struct entry *entry_find(const struct derived *derived, const struct layer *layer,
                                      struct sv id)
{
    size_t slot = entry_slot(derived, layer, id);

    return derived->slots[slot] ? &derived->entries[derived->slots[slot] - 1] : NULL;
}

// Index of the entry of a claim, made if there is none.
static size_t entry_get(struct derived *derived, const struct layer *layer, struct sv id)
{
    size_t slot = entry_slot(derived, layer, id);

    if (!derived->slots[slot]) {
        MEM_GROW(derived->entries, derived->entry_count, derived->entry_cap);
        derived->entries[derived->entry_count++] = (struct entry){ .layer = layer, .id = id };
        derived->slots[slot] = derived->entry_count;
    }
    return derived->slots[slot] - 1;
}

static unsigned flags_of(const struct word *type, bool is_joined, bool is_within)
{
    unsigned flags = CLAIM_LINKED;

    if (!type || !is_joined)
        return flags;
    if (type->disputes)
        flags |= is_within ? CLAIM_CONTESTED : CLAIM_CONTESTED | CLAIM_DISPUTED;
    if (sv_eq(type->id, SV("corroborates")) && !is_within)
        flags |= CLAIM_CORROBORATED;
    return flags;
}

static struct tie tie_of(const struct derived *derived, const struct layer *home,
                         const struct link *link)
{
    const struct word *type = scheme_find(derived->scheme, VOCAB_LINK, link->type);
    struct tie tie = { .link = link, .home = home, .far_article = home->head.article };
    bool is_one_end = type && type->one_end;

    if (link->to && link->to->article.len)
        tie.far_article = link->to->article;
    if (link->to && !is_one_end)
        tie.far_claim = link->to->claim;
    tie.far = derived->layers[layer_slot(derived, tie.far_article)];
    tie.flags =
        flags_of(type, !sv_is_absent(tie.far_claim), sv_eq(tie.far_article, home->head.article));
    if (is_one_end)
        tie.flags |= CLAIM_SILENT;
    return tie;
}

static void joint_add(struct builder *builder, const struct layer *layer, struct sv id,
                      unsigned flags, struct end end)
{
    size_t entry = entry_get(builder->derived, layer, id);

    builder->derived->entries[entry].flags |= flags;
    builder->derived->entries[entry].count++;
    MEM_GROW(builder->joints, builder->count, builder->cap);
    builder->joints[builder->count++] = (struct joint){ entry, end };
}

// A link as the claims at its ends see it, as far as these are there.
struct seen {
    struct tie tie;
    const struct claim *near, *far; // NULL: not there
    struct end here, there;         // as they see it
    bool is_missing;                // a claim that it names is not there
};

static struct seen link_see(const struct derived *derived, const struct layer *home,
                            const struct link *link)
{
    struct tie tie = tie_of(derived, home, link);
    struct seen seen = { .tie = tie, .near = layer_claim(home, link->from) };

    if (tie.far && !sv_is_absent(tie.far_claim))
        seen.far = layer_claim(tie.far, tie.far_claim);
    seen.is_missing = !seen.near || (!seen.far && !sv_is_absent(tie.far_claim));
    seen.here =
        (struct end){ link, home, true, seen.far, seen.far ? tie.far : NULL, tie.far_article };
    seen.there =
        (struct end){ link, home, false, seen.near, seen.near ? home : NULL, home->head.article };
    if (seen.far == seen.near)
        seen.far = NULL; // one end of it is enough
    return seen;
}

static void link_add(struct builder *builder, const struct layer *home, const struct link *link)
{
    struct seen seen = link_see(builder->derived, home, link);

    builder->derived->missing += seen.is_missing;
    if (seen.near)
        joint_add(builder, home, seen.near->id, seen.tie.flags, seen.here);
    if (seen.far)
        joint_add(builder, seen.tie.far, seen.far->id, seen.tie.flags, seen.there);
}

// Bring the joints to their claims; those of one claim keep their order.
static void ends_sort(struct builder *builder)
{
    struct derived *derived = builder->derived;
    size_t first = 0;

    derived->ends = mem_new(builder->count * sizeof(*derived->ends));
    derived->end_count = derived->end_cap = builder->count;
    for (size_t i = 0; i < derived->entry_count; i++) {
        derived->entries[i].first = first;
        first += derived->entries[i].count;
        derived->entries[i].count = 0;
    }
    for (size_t i = 0; i < builder->count; i++) {
        struct entry *entry = &derived->entries[builder->joints[i].entry];

        derived->ends[entry->first + entry->count++] = builder->joints[i].end;
    }
}

struct derived *derive_new(const struct layer *const *layers, size_t count,
                           const struct scheme *scheme)
{
    struct derived *derived = mem_new(sizeof(*derived));
    struct builder builder = { .derived = derived };
    size_t links = 0;

    derived->scheme = scheme;
    derived->layer_cap = power_over(count * 2);
    derived->layers = mem_new(derived->layer_cap * sizeof(*derived->layers));
    derived->tallies = mem_new(derived->layer_cap * sizeof(*derived->tallies));
    derived->order = mem_new(derived->layer_cap * sizeof(*derived->order));
    for (size_t i = count; i-- > 0;) { // of two with one article the first stays
        size_t slot = layer_slot(derived, layers[i]->head.article);

        derived->layers[slot] = layers[i];
        derived->order[slot] = i;
        links += layers[i]->sections[SECTION_LINKS].count;
    }
    derived->slot_cap = power_over(links * 4);
    derived->slots = mem_new(derived->slot_cap * sizeof(*derived->slots));
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < layers[i]->sections[SECTION_LINKS].count; j++)
            if (!decision_is_rejected(SECTION_LINKS, layers[i]->sections[SECTION_LINKS].items[j]))
                link_add(&builder, layers[i], layers[i]->sections[SECTION_LINKS].items[j]);
    ends_sort(&builder);
    mem_free(builder.joints);
    return derived;
}

void derive_free(struct derived *derived)
{
    if (!derived)
        return;
    mem_free(derived->layers);
    mem_free(derived->tallies);
    mem_free(derived->order);
    mem_free(derived->entries);
    mem_free(derived->slots);
    mem_free(derived->ends);
    mem_free(derived);
}

unsigned claim_flags(const struct claim *claim)
{
    if (decision_is_rejected(SECTION_CLAIMS, claim))
        return CLAIM_REJECTED;
    return (claim->contested ? CLAIM_CONTESTED : 0u) |
           (claim->attributed_to.count ? CLAIM_ATTRIBUTED : 0u);
}

unsigned derive_flags(const struct derived *derived, const struct layer *layer,
                      const struct claim *claim)
{
    const struct entry *entry = entry_find(derived, layer, claim->id);
    unsigned flags = claim_flags(claim);

    return entry && !(flags & CLAIM_REJECTED) ? flags | entry->flags : flags;
}

static void tally_add(struct claim_counts *counts, unsigned flags, bool is_out)
{
    size_t by = is_out ? SIZE_MAX : 1; // minus one, or plus one

    counts->contested += flags & CLAIM_CONTESTED ? by : 0;
    counts->disputed += flags & CLAIM_DISPUTED ? by : 0;
    counts->rejected += flags & CLAIM_REJECTED ? by : 0;
}

// NULL: of two layers of one article the other.
static struct tally *tally_of(const struct derived *derived, const struct layer *layer)
{
    size_t slot = layer_slot(derived, layer->head.article);

    return derived->layers[slot] == layer ? &derived->tallies[slot] : NULL;
}

// ---- brought up to date

#define UNUSED_MOST 4096 // ends; with more the index is built anew

// The other ends of its links saw `gone`; they see `come` now.
static void ends_turn(struct derived *derived, const struct entry *entry, const struct claim *gone,
                      const struct claim *come)
{
    for (size_t i = 0; i < entry->count; i++) {
        const struct end *end = &derived->ends[entry->first + i];
        const struct entry *far =
            end->other ? entry_find(derived, end->other_layer, end->other->id) : NULL;

        for (size_t j = 0; far && j < far->count; j++)
            if (derived->ends[far->first + j].other == gone)
                derived->ends[far->first + j].other = come;
    }
}

static bool update_claim(struct derived *derived, const struct layer *layer,
                         const struct claim *gone, const struct claim *come)
{
    const struct claim *claim = gone ? gone : come;
    const struct entry *entry = entry_find(derived, layer, claim->id);
    struct tally *tally = tally_of(derived, layer);

    if (!gone && derived->missing)
        return false; // a link may have waited for it
    if (entry && entry->count && gone) {
        if (!come || layer_position(layer, SECTION_CLAIMS, gone) !=
                         layer_position(layer, SECTION_CLAIMS, come))
            return false; // links go, or stand in another order
        ends_turn(derived, entry, gone, come);
    }
    if (tally && gone)
        tally_add(&tally->counts, derive_flags(derived, layer, gone), true);
    if (tally && come)
        tally_add(&tally->counts, derive_flags(derived, layer, come), false);
    return true;
}

static void refresh_flags(struct derived *derived, struct entry *entry)
{
    entry->flags = 0;
    for (size_t i = 0; i < entry->count; i++) {
        const struct end *end = &derived->ends[entry->first + i];

        entry->flags |= tie_of(derived, end->home, end->link).flags;
    }
}

// Take a link out of the ends of a claim. false: it is not among them.
static bool end_drop(struct derived *derived, const struct layer *layer, struct sv id,
                     const struct link *link)
{
    size_t slot = entry_slot(derived, layer, id), at = 0;

    if (!derived->slots[slot])
        return false;

    struct entry *entry = &derived->entries[derived->slots[slot] - 1];
    struct end *ends = derived->ends + entry->first;

    while (at < entry->count && ends[at].link != link)
        at++;
    if (at == entry->count)
        return false;
    entry->count--;
    memmove(ends + at, ends + at + 1, (entry->count - at) * sizeof(*ends));
    derived->unused++;
    refresh_flags(derived, entry);
    return true;
}

// Does end `a` stand before `b` among those of a claim?
static bool is_end_before(const struct derived *derived, const struct end *a, const struct end *b)
{
    size_t x = derived->order[layer_slot(derived, a->home->head.article)];
    size_t y = derived->order[layer_slot(derived, b->home->head.article)];

    if (x == y) {
        x = layer_position(a->home, SECTION_LINKS, a->link);
        y = layer_position(b->home, SECTION_LINKS, b->link);
    }
    return x == y ? sv_cmp(a->link->id, b->link->id) < 0 : x < y;
}

// Put an end among those of a claim, which are moved behind all others for that.
static void end_put(struct derived *derived, const struct layer *layer, struct sv id,
                    struct end end)
{
    size_t index = entry_get(derived, layer, id), first = derived->end_count, at = 0;
    struct entry *entry = &derived->entries[index];

    for (size_t i = 0; i <= entry->count; i++) {
        MEM_GROW(derived->ends, derived->end_count, derived->end_cap);
        derived->end_count++;
    }
    derived->unused += entry->count;
    memcpy(derived->ends + first, derived->ends + entry->first,
           entry->count * sizeof(*derived->ends));
    while (at < entry->count && is_end_before(derived, &derived->ends[first + at], &end))
        at++;
    memmove(derived->ends + first + at + 1, derived->ends + first + at,
            (entry->count - at) * sizeof(*derived->ends));
    derived->ends[first + at] = end;
    entry->first = first;
    entry->count++;
    refresh_flags(derived, entry);
}

static void link_drop(struct derived *derived, const struct layer *home, const struct link *link)
{
    struct tie tie = tie_of(derived, home, link);
    bool has_far = tie.far && !sv_is_absent(tie.far_claim);
    bool is_one = has_far && tie.far == home && sv_eq(tie.far_claim, link->from);
    bool was_near = end_drop(derived, home, link->from, link);
    bool was_far = is_one ? was_near : has_far && end_drop(derived, tie.far, tie.far_claim, link);

    derived->missing -= !was_near || (!was_far && !sv_is_absent(tie.far_claim));
}

static void link_put(struct derived *derived, const struct layer *home, const struct link *link)
{
    struct seen seen = link_see(derived, home, link);

    derived->missing += seen.is_missing;
    if (seen.near)
        end_put(derived, home, seen.near->id, seen.here);
    if (seen.far)
        end_put(derived, seen.tie.far, seen.far->id, seen.there);
}

// Count the claims at the ends of a link in, or out.
static void tally_ends(struct derived *derived, const struct layer *home, const struct link *link,
                       bool is_out)
{
    struct seen seen = link_see(derived, home, link);
    struct tally *near = tally_of(derived, home),
                 *far = seen.far ? tally_of(derived, seen.tie.far) : NULL;

    if (near && seen.near)
        tally_add(&near->counts, derive_flags(derived, home, seen.near), is_out);
    if (far)
        tally_add(&far->counts, derive_flags(derived, seen.tie.far, seen.far), is_out);
}

static bool is_indexed(const struct link *link)
{
    return link && !decision_is_rejected(SECTION_LINKS, link);
}

static void update_link(struct derived *derived, const struct layer *home, const struct link *gone,
                        const struct link *come)
{
    if (is_indexed(gone)) {
        tally_ends(derived, home, gone, true);
        link_drop(derived, home, gone);
        tally_ends(derived, home, gone, false);
    }
    if (is_indexed(come)) {
        tally_ends(derived, home, come, true);
        link_put(derived, home, come);
        tally_ends(derived, home, come, false);
    }
}

// Where claims change with links, which flags they had is not known any more.
static void forget_tallies(struct derived *derived, const struct delta *deltas, size_t count)
{
    bool has_links = false, has_claims = false;

    for (size_t i = 0; i < count; i++) {
        has_links |= deltas[i].section == SECTION_LINKS;
        has_claims |= deltas[i].section == SECTION_CLAIMS;
    }
    for (size_t i = 0; has_links && has_claims && i < derived->layer_cap; i++)
        derived->tallies[i].is_made = false;
}

bool derive_update(struct derived *derived, const struct delta *deltas, size_t count)
{
    bool ok = derived->unused <= UNUSED_MOST &&
              (derived->entry_count + 2 * count) * 2 <= derived->slot_cap;

    forget_tallies(derived, deltas, count);
    for (size_t i = 0; ok && i < count; i++)
        ok = derive_layer(derived, deltas[i].layer->head.article) == deltas[i].layer;
    for (size_t i = 0; ok && i < count; i++)
        if (deltas[i].section == SECTION_LINKS)
            update_link(derived, deltas[i].layer, deltas[i].gone, deltas[i].come);
    for (size_t i = 0; ok && i < count; i++)
        if (deltas[i].section == SECTION_CLAIMS)
            ok = update_claim(derived, deltas[i].layer, deltas[i].gone, deltas[i].come);
    return ok;
}

struct claim_counts derive_counts(struct derived *derived, const struct layer *layer)
{
    struct tally *tally = tally_of(derived, layer);
    struct claim_counts counts = { 0 };

    if (tally && tally->is_made)
        return tally->counts;
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++)
        tally_add(&counts, derive_flags(derived, layer, layer->sections[SECTION_CLAIMS].items[i]),
                  false);
    if (tally)
        *tally = (struct tally){ true, counts };
    return counts;
}

const struct end *derive_ends(const struct derived *derived, const struct layer *layer,
                              const struct claim *claim, size_t *count)
{
    const struct entry *entry = entry_find(derived, layer, claim->id);

    *count = entry ? entry->count : 0;
    return *count ? derived->ends + entry->first : NULL;
}
