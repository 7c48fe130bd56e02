// The registry of sources: who speaks, under which names.
#ifndef GAINSAY_MODEL_REGISTRY_H
#define GAINSAY_MODEL_REGISTRY_H

#include "base/mem.h"
#include "model/record.h"

// Merging is a line in the source that stays: `merged: [old-id]`. The record of the old one stays in
// the file, so that taking the line out undoes it; nobody sees it but who asks for it by
// registry_record, and its id and names stand for the source that took it in.
struct registry {
    struct arena arena;
    struct list_head head;
    const struct source **items; // sorted by id; without those merged into others
    size_t count, cap;
    const struct source **records; // all, sorted by id: what the file holds
    size_t record_count, record_cap;
    size_t merged_count; // ids in `merged` of all records
};

void registry_release(struct registry *registry);
// A new record, or one in place of that with the same id. O(sources), or with merged sources
// O(sources * merged ids).
void registry_put(struct registry *registry, const struct source *source);
void registry_put_all(struct registry *registry, struct rec_list sources); // the same for many
void registry_drop(struct registry *registry, struct sv id);

// By id, also by an id merged into another source, then that one; or NULL.
const struct source *registry_find(const struct registry *registry, struct sv id);
// Its place among the items; their count when there is none.
size_t registry_index(const struct registry *registry, struct sv id);
// The record with this very id, merged into another or not; or NULL.
const struct source *registry_record(const struct registry *registry, struct sv id);
// Name if there is one, else the id itself (also of an unknown source).
struct sv registry_name(const struct registry *registry, struct sv id);
// True when `id` is `of` or belongs to it through part_of (cycles end the walk).
bool registry_is_part(const struct registry *registry, struct sv id, struct sv of);
// The id nearest to a misspelt one; absent when none is near.
struct sv registry_nearest(const struct registry *registry, struct sv id);

// Every name of a source: its name, its aliases, and those of the records merged into it (and their
// ids, where there is no name). A source without a name has its id with blanks for hyphens.
//   id     of the record that the name stands in
//   returns  how many calls were made
size_t registry_names(const struct registry *registry, const struct source *source,
                      void (*each)(void *ctx, struct sv name, struct sv id), void *ctx);

// A short name that stands in flow lists and on the command line without quotes.
bool source_id_is_valid(struct sv id);

// A free id made of a name: lower case ASCII letters and digits, hyphens between ("IS-K" -> "is-k"),
// "-2" and so on appended while taken. "source" when nothing is left of the name.
struct sv registry_new_id(const struct registry *registry, struct arena *arena, struct sv name);

// Does `source` match what was typed: every blank-separated piece begins a word of its id, name or an alias
// (case folded), or of those of a source merged into it? Smaller is better; negative: no match. Empty text matches
// with 0.
int registry_match(const struct registry *registry, const struct source *source, struct sv typed);

#endif
