// Merging the maps of a list three ways, element by element. Reads nothing.
#ifndef GAINSAY_MODEL_ELEMENTS_H
#define GAINSAY_MODEL_ELEMENTS_H

#include "base/mem.h"
#include "model/record.h"

// Merge lists of maps of `kind`. Two elements are the same when the keys that tell such maps apart are: a voice's
// source and act, a part's place, what a value counts, the id of all that have one.
//   out      what the sides left in, in the order that either gave it, then what they added, by those keys: the
//            same from either side. Elements are those of the versions, or merged ones in `arena`
//   returns  false when the list has to be taken as one value: an element is there twice, changed here and taken
//            out there, or changed on both sides in one field; both sides put another in the place of one; both
//            ordered them anew; parts of the result overlap; a list has over 1,000 elements
//   cost     O(elements²)
MUST_CHECK bool elements_merge(struct arena *arena, enum kind_id kind, struct rec_list base, struct rec_list ours,
                    struct rec_list theirs, struct rec_list *out);

#endif
