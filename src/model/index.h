// Records by id: an open hash of pointers to structs that begin with their id.
#ifndef GAINSAY_MODEL_INDEX_H
#define GAINSAY_MODEL_INDEX_H

#include <stddef.h>

#include "base/sv.h"

struct id_index;

// FNV-1a over the bytes, going on from `seed` (0 to begin).
size_t hash_bytes(size_t seed, struct sv bytes);

// Add `rec`, or put it in the place of the one with its id. *index NULL: a new index. O(1).
void id_index_put(struct id_index **index, const void *rec);
void id_index_drop(struct id_index *index, struct sv id);              // no effect if there is none
const void *id_index_find(const struct id_index *index, struct sv id); // or NULL
void id_index_free(struct id_index *index);                            // NULL is allowed

#endif
