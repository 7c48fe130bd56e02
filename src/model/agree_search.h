// The search for a better alignment of three raters and more, or for the proof that there is none.
#ifndef GAINSAY_MODEL_AGREE_SEARCH_H
#define GAINSAY_MODEL_AGREE_SEARCH_H

#include "model/agree_align.h"

// Dissimilarity of two places of a group (NULL: empty), and the mean over all pairs of its places.
double align_pair_cost(const struct gamma_unit *a, const struct gamma_unit *b,
                       const struct gamma_options *options);
double align_group_cost(const struct gamma_unit *const *group, size_t raters,
                        const struct gamma_options *options);

// Improve a whole alignment of `units`, sorted by rater. Sets `is_best` when all others were ruled out within
// GAMMA_STEPS; leaves the best that was found.
void search_alignment(const struct gamma_unit *units, size_t count,
                      const struct gamma_options *options, struct alignment *alignment);

#endif
