// Index of links by the claims they join, from both ends, and what the links make of these claims.
// Never stores its answers in a record.
#include "model/derive.h"

#include <stdint.h>

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
    size_t layer_cap;            // a power of two, at most half full
    size_t missing;              // links of a claim that is not in its layer
    struct entry *entries;
    size_t entry_count, entry_cap;
    size_t *slots;   // open hash of entries by layer and claim id: 1 + index, 0: free
    size_t slot_cap; // a power of two, at most half full
    struct end *ends;
};

struct builder {
    struct derived *derived;
    const struct scheme *scheme;
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

static struct tie tie_of(const struct builder *builder, const struct layer *home,
                         const struct link *link)
{
    const struct word *type = scheme_find(builder->scheme, VOCAB_LINK, link->type);
    struct tie tie = { .link = link, .home = home, .far_article = home->head.article };
    bool is_one_end = type && type->one_end;

    if (link->to && link->to->article.len)
        tie.far_article = link->to->article;
    if (link->to && !is_one_end)
        tie.far_claim = link->to->claim;
    tie.far = builder->derived->layers[layer_slot(builder->derived, tie.far_article)];
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

static void link_add(struct builder *builder, const struct layer *home, const struct link *link)
{
    struct tie tie = tie_of(builder, home, link);
    const struct claim *near = layer_claim(home, link->from);
    const struct claim *far = NULL;

    if (tie.far && !sv_is_absent(tie.far_claim))
        far = layer_claim(tie.far, tie.far_claim);
    builder->derived->missing += !near || (!far && !sv_is_absent(tie.far_claim));
    if (near)
        joint_add(builder, home, near->id, tie.flags,
                  (struct end){ link, home, true, far, far ? tie.far : NULL, tie.far_article });
    if (far && far != near)
        joint_add(builder, tie.far, far->id, tie.flags,
                  (struct end){ link, home, false, near, near ? home : NULL, home->head.article });
}

// Bring the joints to their claims; those of one claim keep their order.
static void ends_sort(struct builder *builder)
{
    struct derived *derived = builder->derived;
    size_t first = 0;

    derived->ends = mem_new(builder->count * sizeof(*derived->ends));
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
    struct builder builder = { .derived = derived, .scheme = scheme };
    size_t links = 0;

    derived->layer_cap = power_over(count * 2);
    derived->layers = mem_new(derived->layer_cap * sizeof(*derived->layers));
    derived->tallies = mem_new(derived->layer_cap * sizeof(*derived->tallies));
    for (size_t i = count; i-- > 0;) { // of two with one article the first stays
        derived->layers[layer_slot(derived, layers[i]->head.article)] = layers[i];
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

bool derive_update(struct derived *derived, const struct layer *layer, const struct claim *gone,
                   const struct claim *come)
{
    const struct claim *claim = gone ? gone : come;
    const struct entry *entry = entry_find(derived, layer, claim->id);
    struct tally *tally = tally_of(derived, layer);

    if (!gone && derived->missing)
        return false; // a link may have waited for it
    if (entry && (!come || layer_position(layer, SECTION_CLAIMS, gone) !=
                               layer_position(layer, SECTION_CLAIMS, come)))
        return false; // links go, or stand in another order
    if (entry)
        ends_turn(derived, entry, gone, come);
    if (tally && gone)
        tally_add(&tally->counts, derive_flags(derived, layer, gone), true);
    if (tally && come)
        tally_add(&tally->counts, derive_flags(derived, layer, come), false);
    return true;
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
    return entry ? derived->ends + entry->first : NULL;
}
