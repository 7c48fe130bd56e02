// The sources of a registry as a tree: each below the one that it is part of.
#ifndef GAINSAY_MODEL_SOURCE_TREE_H
#define GAINSAY_MODEL_SOURCE_TREE_H

#include "model/registry.h"

struct source_node {
    const struct source *source;
    size_t depth; // 0: part of none that the registry has
};

// All sources, each once, wholes before their parts, by id at each depth; where part_of goes in a circle it is cut.
// O(n log n).
//   returns  their number, registry->count; `*out` is to be freed with mem_free
size_t source_tree(const struct registry *registry, struct source_node **out);

#endif
