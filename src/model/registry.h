// The registry of sources: who speaks, under which names.
#ifndef GAINSAY_MODEL_REGISTRY_H
#define GAINSAY_MODEL_REGISTRY_H

#include "base/mem.h"
#include "model/record.h"

struct registry {
    struct arena arena;
    struct list_head head;
    const struct source **items; // sorted by id
    size_t count, cap;
};

void registry_release(struct registry *registry);
void registry_put(struct registry *registry, const struct source *source); // new, or same id replaced
void registry_drop(struct registry *registry, struct sv id);

// By id, also by an id merged into another source; or NULL.
const struct source *registry_find(const struct registry *registry, struct sv id);
// Name if there is one, else the id itself (also of an unknown source).
struct sv registry_name(const struct registry *registry, struct sv id);
// True when `id` is `of` or belongs to it through part_of (cycles end the walk).
bool registry_is_part(const struct registry *registry, struct sv id, struct sv of);

// A free id made of a name: lower case ASCII letters and digits, hyphens between ("IS-K" -> "is-k"),
// "-2" and so on appended while taken. "source" when nothing is left of the name.
struct sv registry_new_id(const struct registry *registry, struct arena *arena, struct sv name);

// Does `source` match what was typed: every blank-separated piece begins a word of its id, name or an alias
// (case folded)? Smaller is better; negative: no match. Empty text matches with 0.
int registry_match(const struct source *source, struct sv typed);

#endif
