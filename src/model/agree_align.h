// The alignment of units with least disorder: groups of at most one unit of each rater. For gamma.
#ifndef GAINSAY_MODEL_AGREE_ALIGN_H
#define GAINSAY_MODEL_AGREE_ALIGN_H

#include "model/agree_gamma.h"

struct alignment {
    size_t raters;
    const struct gamma_unit **slots; // `raters` for each group; NULL: that rater has none there
    size_t count;                    // groups
    double disorder;                 // sum of the groups' costs / mean number of units of a rater
    bool is_best;                    // proved
};

// Find it. A group costs the mean of the dissimilarities of all pairs of its places, `empty` where one
// or both are empty.
//   units  sorted by rater, then beginning; borrowed by the alignment; 1 at least
//   cost   two raters: one matching. More: a few matchings, and a search of GAMMA_STEPS at most
void align(const struct gamma_unit *units, size_t count, size_t raters,
           const struct gamma_options *options, struct alignment *out);
void alignment_release(struct alignment *alignment);

// The places of a group, `raters` of them.
const struct gamma_unit *const *alignment_group(const struct alignment *alignment, size_t group);

#endif
