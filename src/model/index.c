// Hash of records by id, for layers of ten thousand records and look-ups in every frame.
// Never owns a record, and knows nothing of one but that it begins with its id.
#include "model/index.h"

#include <stdint.h>
#include <string.h>

#include "model/types.h"

struct id_index {
    const void **slots; // linear probing; NULL: free
    size_t count, cap;  // cap is a power of two, at most three quarters full
};

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

// Eight bytes at a time: an id is looked up for each voice of each claim.
static size_t hash_id(struct sv id)
{
    const uint64_t odd = 0x9e3779b97f4a7c15U;
    uint64_t hash = id.len * odd, word;

    for (; id.len > sizeof(word); id = sv_sub(id, sizeof(word), id.len)) {
        memcpy(&word, id.ptr, sizeof(word));
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
    }
    word = 0;
    if (id.len)
        memcpy(&word, id.ptr, id.len);
    hash = (hash ^ word) * odd;
    return (size_t)(hash ^ hash >> 32);
}

static size_t home_of(const struct id_index *index, struct sv id)
{
    return hash_id(id) & (index->cap - 1);
}

// Slot that holds `id`, or the free one where it belongs.
static size_t slot_of(const struct id_index *index, struct sv id)
{
    size_t i = home_of(index, id);

    while (index->slots[i] && !sv_eq(id_of(index->slots[i]), id))
        i = (i + 1) & (index->cap - 1);
    return i;
}

static void grow(struct id_index *index)
{
    struct id_index bigger = { .count = index->count, .cap = index->cap ? index->cap * 2 : 16 };

    bigger.slots = mem_new(bigger.cap * sizeof(*bigger.slots));
    for (size_t i = 0; i < index->cap; i++)
        if (index->slots[i])
            bigger.slots[slot_of(&bigger, id_of(index->slots[i]))] = index->slots[i];
    mem_free(index->slots);
    *index = bigger;
}

size_t hash_bytes(size_t seed, struct sv bytes)
{
    uint64_t hash = seed ? seed : 0xcbf29ce484222325U;

    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.ptr[i]) * 0x100000001b3U;
    return (size_t)(hash ^ hash >> 32);
}

void id_index_put(struct id_index **index, const void *rec)
{
    if (!*index)
        *index = mem_new(sizeof(**index));
    if (((*index)->count + 1) * 4 > (*index)->cap * 3)
        grow(*index);

    size_t slot = slot_of(*index, id_of(rec));

    if (!(*index)->slots[slot])
        (*index)->count++;
    (*index)->slots[slot] = rec;
}

void id_index_drop(struct id_index *index, struct sv id)
{
    if (!index)
        return;

    size_t hole = slot_of(index, id), mask = index->cap - 1;

    if (!index->slots[hole])
        return;
    // Move back each follower that may stand in the hole, so that no probe ends too early.
    for (size_t i = (hole + 1) & mask; index->slots[i]; i = (i + 1) & mask) {
        size_t home = home_of(index, id_of(index->slots[i]));

        if (((i - home) & mask) >= ((i - hole) & mask)) {
            index->slots[hole] = index->slots[i];
            hole = i;
        }
    }
    index->slots[hole] = NULL;
    index->count--;
}

const void *id_index_find(const struct id_index *index, struct sv id)
{
    return index ? index->slots[slot_of(index, id)] : NULL;
}

void id_index_free(struct id_index *index)
{
    if (!index)
        return;
    mem_free(index->slots);
    mem_free(index);
}
