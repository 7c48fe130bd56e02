// Keys of links, by which those of several annotators are put together.
// Knows nothing of what the ends are.
#include "model/link_key.h"

struct link_key link_key_of(const struct scheme *scheme, struct sv type, size_t from, size_t to)
{
    const struct word *word = scheme_find(scheme, VOCAB_LINK, type);

    return (struct link_key){
        .low = from < to ? from : to,
        .high = from < to ? to : from,
        .type = type,
        .is_turned = word && word->ordered && from > to,
    };
}

bool link_key_has_ends_of(const struct link_key *a, const struct link_key *b)
{
    return a->low == b->low && a->high == b->high;
}

int link_key_cmp(const struct link_key *a, const struct link_key *b)
{
    int diff;

    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    diff = sv_cmp(a->type, b->type);
    return diff ? diff : a->is_turned - b->is_turned;
}
