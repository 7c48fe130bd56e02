// Claims of several annotators for the same words of an article, put together: by the overlap of their parts,
// at most one claim of each annotator, so that all overlaps add up to most. Ids and equal offsets play no part.
#ifndef GAINSAY_MODEL_AGREE_PAIR_H
#define GAINSAY_MODEL_AGREE_PAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "model/layer.h"

#define PAIR_HALF 0.5

// How much of the longer one of two claims lies in the other: 0 (apart) .. 1 (the same code points).
double claims_share(const struct claim *a, const struct claim *b);

// How much of claim `a` lies in `b`: 0 (nothing) .. 1 (all of it).
double claims_within(const struct claim *a, const struct claim *b);

// Share of words that the `says` of two claims have in common: 0 .. 1.
double claims_say_alike(const struct claim *a, const struct claim *b);

// When two claims that overlap are one.
struct pair_rule {
    double least; // share that they must have, 0 (any overlap) .. 1 (the same words)
    // Are those with a smaller share one all the same? NULL: never.
    bool (*is_one)(const struct claim *a, const struct claim *b);
};

struct claim_groups {
    size_t raters;
    const struct claim **slots; // `raters` for each group, borrowed; NULL: that one has no such claim
    size_t count;               // every claim is in one group; sorted by where they begin
};

// Group the claims of one article.
//   layers   one for each annotator, of the same article; NULL: none
//   least    share that two claims must have, 0 (any overlap) .. 1 (the same words)
//   cost     O(claims * claims that overlap) for two annotators. Further ones are put to the groups there
//            are, one after the other: by the mean of the shares with the claims of a group
//   Of claims that overlap alike, those whose `says` have more words in common go together; type, voices
//   and the like are what will be compared, and decide nothing.
void claim_groups_make(const struct layer *const *layers, size_t raters, double least,
                       struct claim_groups *out);
// The same by a rule.
void claim_groups_make_by(const struct layer *const *layers, size_t raters,
                          const struct pair_rule *rule, struct claim_groups *out);
void claim_groups_release(struct claim_groups *groups);

// The claims of a group, `raters` of them.
const struct claim *const *claim_group(const struct claim_groups *groups, size_t group);

#endif
