// Krippendorff's alpha_U: agreement on where units of a text begin and end, and of which category they are.
#ifndef GAINSAY_MODEL_AGREE_UNITS_H
#define GAINSAY_MODEL_AGREE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/agree_coding.h"

struct text_unit {
    size_t rater, category; // 0 .. raters, 0 .. categories
    size_t beg, end;        // of the text; an empty one carries no weight
};

// Measure each category, and all of them together.
//   units   in any order; those of one rater and category that overlap count as one
//   beg, end  of the text that was read; units are cut to it
//   each    categories entries; observed and expected are disagreements
//   all     1 - the sum of what was observed / the sum of what is expected
//   merged  how many units were taken for one with another
//   cost    O(raters^2 * units + units of a category^2)
//   source  Krippendorff 1995, 2004
void units_alpha(const struct text_unit *units, size_t count, size_t raters, size_t categories,
                 size_t beg, size_t end, struct measured *each, struct measured *all,
                 size_t *merged);

#endif
