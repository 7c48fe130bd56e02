// "Did you mean": which of several words a misspelt one is nearest to. One measure for all messages.
#ifndef GAINSAY_MODEL_NEAR_H
#define GAINSAY_MODEL_NEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"

// Edits a word of this length may be away and still count as meant, plus one: start value of `best`.
static inline size_t near_limit(struct sv typed)
{
    return typed.len < 4 ? 2 : typed.len < 8 ? 3 : 4;
}

// True when `word` is nearer to `typed` than *best, which then becomes its distance.
static inline bool near_is_better(struct sv typed, struct sv word, size_t *best)
{
    size_t distance = sv_distance(typed, word);

    if (distance >= *best)
        return false;
    *best = distance;
    return true;
}

#endif
