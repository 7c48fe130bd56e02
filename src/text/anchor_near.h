// The place of a text that is nearest to a quote which stands nowhere: what a person is shown.
#ifndef GAINSAY_TEXT_ANCHOR_NEAR_H
#define GAINSAY_TEXT_ANCHOR_NEAR_H

#include <stdbool.h>

#include "text/atom_index.h"

// Find the atoms [*beg, *end), at least one, that stand where the quote stood, judged by the words they
// share with it and by the context. They never are the quote: who calls this looked for it before.
//   *around  atoms of the context that stand there
//   returns  false when there is no place with half of the quote's atoms, and none where half of the
//            context stands around something of the same size
//   cost     O(atoms * (log + SEEDS)), see the .c
bool anchor_near(const struct atom_index *index, const struct atoms *before,
                 const struct atoms *quote, const struct atoms *after, size_t *beg, size_t *end,
                 size_t *around);

#endif
