// The sources of a registry as a tree.
// Never leaves a source out, whatever its part_of says.
#include "model/source_tree.h"

#include <stdint.h>

#define NONE SIZE_MAX

struct branch {         // of the source at this index
    size_t first, next; // child, sibling
    bool is_done;
};

struct growth {
    const struct registry *registry;
    struct branch *branches;
    struct source_node *nodes;
    size_t count;
};

static size_t whole_of(const struct registry *registry, size_t index)
{
    struct sv id = registry->items[index]->part_of;
    const struct source *whole = id.len ? registry_find(registry, id) : NULL;

    return whole && whole != registry->items[index] ? registry_index(registry, whole->id) : NONE;
}

// The source with all below it. `path` is room for one index for each source.
static void grow(struct growth *growth, size_t root, size_t *path)
{
    size_t depth = 0;

    path[0] = root;
    for (;;) {
        size_t at = path[depth], next;

        if (!growth->branches[at].is_done) {
            growth->branches[at].is_done = true;
            growth->nodes[growth->count++] =
                (struct source_node){ growth->registry->items[at], depth };
            next = growth->branches[at].first;
            if (next != NONE && !growth->branches[next].is_done) {
                path[++depth] = next;
                continue;
            }
        }
        for (next = growth->branches[at].next; next != NONE && growth->branches[next].is_done;)
            next = growth->branches[next].next;
        if (depth == 0)
            return;
        if (next == NONE)
            depth--;
        else
            path[depth] = next;
    }
}

size_t source_tree(const struct registry *registry, struct source_node **out)
{
    size_t count = registry->count;
    struct growth growth = {
        .registry = registry,
        .branches = mem_new((count + 1) * sizeof(*growth.branches)),
        .nodes = mem_new((count + 1) * sizeof(*growth.nodes)),
    };
    size_t *path = mem_new((count + 1) * sizeof(*path));

    for (size_t i = 0; i < count; i++)
        growth.branches[i] = (struct branch){ NONE, NONE, false };
    for (size_t i = count; i > 0; i--) { // so that siblings come out in order
        size_t whole = whole_of(registry, i - 1);

        if (whole == NONE)
            continue;
        growth.branches[i - 1].next = growth.branches[whole].first;
        growth.branches[whole].first = i - 1;
    }
    for (size_t i = 0; i < count; i++)
        if (whole_of(registry, i) == NONE)
            grow(&growth, i, path);
    for (size_t i = 0; i < count; i++) // circles
        if (!growth.branches[i].is_done)
            grow(&growth, i, path);
    mem_free(path);
    mem_free(growth.branches);
    *out = growth.nodes;
    return growth.count;
}
