// What follows from the records and is never stored: contested, disputed, corroborated, silent, and
// the links of a claim seen from both ends.
#ifndef GAINSAY_MODEL_DERIVE_H
#define GAINSAY_MODEL_DERIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/layer.h"
#include "model/scheme.h"

enum claim_flag {
    CLAIM_CONTESTED = 1 << 0,    // own mark, or a disputing link within the article, or disputed
    CLAIM_DISPUTED = 1 << 1,     // a disputing link joins it to a claim of another article
    CLAIM_CORROBORATED = 1 << 2, // a `corroborates` link to another article
    CLAIM_SILENT = 1 << 3,       // an `omits` link
    CLAIM_ATTRIBUTED = 1 << 4,   // has a voice
    CLAIM_LINKED = 1 << 5,       // has any link
    CLAIM_REJECTED = 1 << 6,     // a team looked at it and dropped it: none of the others
};

// One link as a claim sees it.
struct end {
    const struct link *link;
    const struct layer *home;   // layer that stores the link
    bool is_from;               // the claim is the link's `from`
    const struct claim *other;  // claim at the far end; NULL: `omits`, or it is missing
    const struct layer *other_layer; // layer of `other`; NULL with it
    struct sv other_article;    // id of the far end's article, also when the claim is missing
};

struct derived; // index over the layers of one annotator

// Index the links of `layers`, all of one annotator, one per article. O(links). Borrowed: build anew after
// a change of a layer, or bring it in line by derive_update.
struct derived *derive_new(const struct layer *const *layers, size_t count,
                           const struct scheme *scheme);
void derive_free(struct derived *derived); // NULL is allowed

// These claims and links (records of other sections are passed over) have given their places to others: bring the
// index in line. All layers are as they are behind the last of them.
//   returns  false when it must be built anew: then it says nothing any more. O(links of the claims)
MUST_CHECK bool derive_update(struct derived *derived, const struct delta *deltas, size_t count);

// enum claim_flag of a claim, also of an edited copy that is not in its layer yet. O(1). A link whose
// far claim is missing still disputes: it may stand in a file that could not be read.
unsigned derive_flags(const struct derived *derived, const struct layer *layer,
                      const struct claim *claim);
// Those it has of itself, whatever links there are.
unsigned claim_flags(const struct claim *claim);
// How many claims of a layer have each of these flags. O(claims of the layer) at the first call, then O(1).
struct claim_counts {
    size_t contested, disputed, rejected;
};
struct claim_counts derive_counts(struct derived *derived, const struct layer *layer);

// The layer of an article among those indexed, or NULL. O(1).
const struct layer *derive_layer(const struct derived *derived, struct sv article);

// The links of a claim in a fixed order (home layer, position, id); NULL when *count is 0. O(1). Valid as
// long as `derived`.
const struct end *derive_ends(const struct derived *derived, const struct layer *layer,
                              const struct claim *claim, size_t *count);

#endif
