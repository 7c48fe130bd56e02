// A text's atoms by what they are: where a few words stand in it, at the cost of their rarest one.
#ifndef GAINSAY_TEXT_ATOM_INDEX_H
#define GAINSAY_TEXT_ATOM_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/atom.h"

struct atom_index {
    struct atoms atoms;
    size_t *heads, *nexts; // chains of places with the same hash bits, in order; SIZE_MAX ends one
    uint32_t *counts;      // places in each chain
    size_t mask;
};

// Read `text` and index it. O(text). atom_index_release frees it; the zero value is no index.
void atom_index_fill(struct atom_index *index, struct sv text);
void atom_index_release(struct atom_index *index);

// At most so many places hold an atom with this hash; and a walk over them, SIZE_MAX past the last.
size_t atom_index_count(const struct atom_index *index, uint64_t hash);
size_t atom_index_first(const struct atom_index *index, uint64_t hash);
size_t atom_index_next(const struct atom_index *index, size_t at);

// Place (number of its first atom) of the next copy of `count` atoms, count > 0.
//   *walk   zero-initialised before the first call
//   returns false when there is no further one, or the walk gave up: is_cut
struct atom_walk {
    size_t at, rarest;
    size_t work; // atoms compared so far
    bool is_begun, is_cut;
};
bool atom_index_find(const struct atom_index *index, const struct atom *atoms, size_t count,
                     struct atom_walk *walk, size_t *place);

// The first atom that ends after byte `pos`; the number of atoms when there is none. O(log n).
size_t atoms_at(const struct atoms *atoms, size_t pos);

#endif
