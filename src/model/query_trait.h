// What a claim is like, in one word of bits: enough to tell most claims that a query does not want from what an index
// holds, without a look at them.
#ifndef GAINSAY_MODEL_QUERY_TRAIT_H
#define GAINSAY_MODEL_QUERY_TRAIT_H

#include <stdint.h>

#include "model/query.h"
#include "text/find.h"

// Of the record alone, the same on every machine. Two values of a key may share a bit.
uint64_t claim_traits(const struct claim *claim);
// The same of the sources that its voices name: which of 31 kinds by their ids, or that there is none.
uint32_t claim_sources(const struct claim *claim);
#define CLAIM_TRAITS_FORM 2 // raised when the same claim has other bits

#define NEEDS_MAX 8

// A claim has of each of these one bit at least of its traits or of its sources.
struct claim_need {
    struct trait_bits {
        uint64_t traits;
        uint32_t sources;
    } any[NEEDS_MAX];
    size_t count;
};

// Tell the values of a query which sources go by them; before query_need, which without this takes any source for
// possible. O(values * sources).
void query_know_sources(struct query *query, const struct registry *registry);

// What a claim of `layer` has that no link joins to anything, if it matches and has all of `flags` (enum claim_flag).
// More than that may have it: who has it must be asked itself. Of the layer the head counts alone.
//   query  NULL: everything
void query_need(const struct query *query, unsigned flags, const struct layer *layer,
                struct claim_need *out);

// Words that stand in one of its texts (FIELD_TEXT) each, if a claim that no link joins to anything matches: their
// finders, which live as long as the query. Returns how many, `most` at most; there may be more such words.
size_t query_words_needed(const struct query *query, struct finder **out, size_t most);

// The fields of a claim that tell whether it matches when no link joins it to anything, and what claim_flags asks for
// `flags`: a bit for each field of KIND_CLAIM, in their order.
uint64_t query_fields_needed(const struct query *query, unsigned flags);

static inline bool claim_need_is_met(const struct claim_need *need, uint64_t traits,
                                     uint32_t sources)
{
    for (size_t i = 0; i < need->count; i++)
        if (!(traits & need->any[i].traits) && !(sources & need->any[i].sources))
            return false;
    return true;
}

#endif
