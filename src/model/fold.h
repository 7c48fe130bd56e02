// Comparing names without regard to the case of ASCII letters: ids, aliases, topics, tags.
#ifndef GAINSAY_MODEL_FOLD_H
#define GAINSAY_MODEL_FOLD_H

#include <stdbool.h>

#include "base/sv.h"

static inline char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool starts_folded(struct sv s, struct sv prefix)
{
    if (s.len < prefix.len)
        return false;
    for (size_t i = 0; i < prefix.len; i++)
        if (fold(s.ptr[i]) != fold(prefix.ptr[i]))
            return false;
    return true;
}

static inline bool eq_folded(struct sv a, struct sv b)
{
    return a.len == b.len && !sv_is_absent(a) && starts_folded(a, b);
}

#endif
