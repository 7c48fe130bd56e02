// Two sources that are one: merging them, and undoing that.
#ifndef GAINSAY_MODEL_REGISTRY_MERGE_H
#define GAINSAY_MODEL_REGISTRY_MERGE_H

#include "base/err.h"
#include "model/registry.h"

// `keep` as it is once it has taken in `drop`: with one more id in `merged`; the other record stays as it is. Both are
// ids of sources; the new record is in `arena`.
//   returns  NULL: E_DANGLING when one is none, E_SOURCE when the two are one, or `keep` belongs to `drop`
MUST_CHECK const struct source *registry_merge(const struct registry *registry, struct arena *arena,
                                               struct sv keep, struct sv drop, struct err *err);

// The source that took in `drop` as it is once it lets go of it.
//   bare     a new record for `drop` where the registry holds none any more, else NULL
//   returns  NULL (E_SOURCE) when `drop` was not merged into `keep`
MUST_CHECK const struct source *registry_unmerge(const struct registry *registry,
                                                 struct arena *arena, struct sv keep,
                                                 struct sv drop, const struct source **bare,
                                                 struct err *err);

#endif
