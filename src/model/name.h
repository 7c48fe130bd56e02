// Comparing names as a search sees them: without regard to case and accents.
#ifndef GAINSAY_MODEL_NAME_H
#define GAINSAY_MODEL_NAME_H

#include <stdbool.h>

#include "base/sv.h"

bool name_eq(struct sv a, struct sv b); // an absent name equals none
bool name_starts(struct sv name, struct sv prefix);
int name_cmp(struct sv a, struct sv b); // an order in which equal names stand together

// `name` in its folded form, as UTF-8.
struct sv name_fold(struct arena *arena, struct sv name);

#endif
