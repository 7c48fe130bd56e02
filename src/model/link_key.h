// What makes links of several annotators the same: the two ends, the type, the way it leads.
#ifndef GAINSAY_MODEL_LINK_KEY_H
#define GAINSAY_MODEL_LINK_KEY_H

#include "model/scheme.h"

struct link_key {
    size_t low, high; // ends, in the caller's numbers, whichever of them it is stored at
    struct sv type;   // borrowed
    bool is_turned;   // of a type with an order: it leads from the high end to the low one
};

// The key of a link between two ends.
struct link_key link_key_of(const struct scheme *scheme, struct sv type, size_t from, size_t to);

bool link_key_has_ends_of(const struct link_key *a, const struct link_key *b);

// By ends, then type, then direction: for qsort by callers that have more to compare. < 0, 0, > 0
int link_key_cmp(const struct link_key *a, const struct link_key *b);

#endif
