// Keys of a record that this version does not know, kept with their YAML.
// Must never look into that YAML.
#ifndef GAINSAY_MODEL_EXTRA_H
#define GAINSAY_MODEL_EXTRA_H

#include "model/record.h"
#include "model/types.h"

const struct extra *extra_of(enum kind_id kind, const void *rec); // of a record; NULL: none
void extra_set(enum kind_id kind, void *rec, const struct extra *extra); // borrowed
const struct extra *extra_find(const struct extra *extra, struct sv key); // NULL: not there
// Append a key with its YAML, both borrowed, behind *tail; returns the new tail.
const struct extra **extra_add(struct arena *arena, const struct extra **tail, struct sv key,
                               struct sv yaml);

#endif
