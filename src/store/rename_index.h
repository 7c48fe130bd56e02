// What a renaming makes of the file that says what a value is: the registry for a source, the scheme for a word of a
// vocabulary. For store/rename.c alone.
#ifndef GAINSAY_STORE_RENAME_INDEX_H
#define GAINSAY_STORE_RENAME_INDEX_H

#include "store/doc_swap.h"

// Can the new value be a name of its kind? E_SOURCE, E_WORD or E_SHAPE otherwise.
MUST_CHECK bool rename_check(const struct swap *swap, struct err *err);

// The registry or scheme with the new name in place of the old one.
//   bytes    empty: there is no such file
//   out      in: empty; out: what it is to be in the end; the same bytes where it needs no change (another run was
//            cut off, or the old name stands in records alone)
//   bridge   in: empty; out: what it is to be while the layers change, with both names; empty: as it is
//   returns  false: E_DANGLING or E_WORD where there is no old name, E_SOURCE or E_WORD where the new one is taken
MUST_CHECK bool rename_index(const struct swap *swap, const struct doc_shape *shape, struct sv bytes,
                             const char *path, struct buf *out, struct buf *bridge, size_t *count,
                             struct err *err);

#endif
