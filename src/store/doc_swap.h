// One value swapped for another in the bytes of a file, wherever the schema says that it is meant.
// Every other byte stays: comments, styles, order of keys, keys unknown to this version.
#ifndef GAINSAY_STORE_DOC_SWAP_H
#define GAINSAY_STORE_DOC_SWAP_H

#include "store/doc.h"

enum swap_kind {
    SWAP_SOURCE, // id of a source: voices, contested.by, and in the registry id, part_of, merged
    SWAP_TOPIC,  // topics of claims
    SWAP_TAG,    // tags of claims
    SWAP_WORD,   // a value of a vocabulary: in records, in the registry, and its own entry in the scheme
};

struct swap {
    enum swap_kind kind;
    enum vocab_id vocab; // of SWAP_WORD
    struct sv old, new;
};

// Swap `old` for `new` in a file of this shape. A list that has `new` already only loses `old`.
//   out      in: empty; out: the new bytes, the old ones where nothing is swapped
//   count    how many places
//   returns  false when the file is no YAML, or not of the shape; where records cannot be read at all, the
//            caller finds out by doc_load
MUST_CHECK bool doc_swap(const struct doc_shape *shape, struct sv bytes, const char *path,
                         const struct swap *swap, struct buf *out, size_t *count, struct err *err);

#endif
