// A layer: one annotator's reading of one article, in memory. Records are immutable and kept sorted by
// position, then id; an edit puts another pointer in a record's place, so undo is a swap.
#ifndef GAINSAY_MODEL_LAYER_H
#define GAINSAY_MODEL_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/env.h"
#include "base/mem.h"
#include "model/record.h"

enum section { SECTION_CLAIMS, SECTION_LINKS, SECTION_FURNITURE, SECTION_NOTES, SECTION_COMMENTS, SECTION__N };

struct section_info {
    const char *key;   // "claims"
    enum kind_id kind; // KIND_CLAIM
    char letter;       // first character of its ids
};
const struct section_info *section_get(enum section section);

struct layer {
    struct arena arena; // owns every record ever put in
    struct layer_head head;
    struct {
        const void **items; // sorted; valid until the next put
        size_t count, cap;
        struct id_index *index; // the same records by id; NULL while empty
    } sections[SECTION__N];
};

// One record of a layer that gave its place to another: what follows from records is brought up to date by these.
struct delta {
    const struct layer *layer;
    enum section section;
    const void *gone, *come; // of one id; either may be NULL, not both
};

void layer_release(struct layer *layer);

// Fill a section that holds nothing with records of different ids. O(n) when they come in order, as files have them;
// of links: when the claims are there.
void layer_fill(struct layer *layer, enum section section, struct rec_list records);

// Put `rec` into a section: in place of the record with its id, or as a new one. NULL `rec` is not allowed.
// Links follow the `from` claim that moved. O(log n) to find the place, O(n) pointers moved.
void layer_put(struct layer *layer, enum section section, const void *rec);
// Take the record with this id out; no effect if there is none.
void layer_drop(struct layer *layer, enum section section, struct sv id);
// Replace the read ranges (sorted, merged by the caller; see cp_spans_add).
void layer_set_read(struct layer *layer, struct cp_span_list read);

// The record with this id, or NULL. O(1).
const void *layer_find(const struct layer *layer, enum section section, struct sv id);
const struct claim *layer_claim(const struct layer *layer, struct sv id);              // or NULL
// The record with this id in any section, or NULL; *section is set when found.
const void *layer_find_any(const struct layer *layer, struct sv id, enum section *section);

// First code point of a record (a link: that of its `from` claim; a comment: seconds of its time, whatever months
// have), for sorting; SIZE_MAX if none.
size_t layer_position(const struct layer *layer, enum section section, const void *rec);

// The parts of a record, struct part; none for a link and a comment.
struct rec_list record_parts(enum section section, const void *rec);

// New id of a section's kind: letter and 7 Crockford base32 characters; not used in `layer`.
struct sv layer_new_id(const struct layer *layer, struct arena *arena, enum section section,
                       struct rng *rng);
bool id_is_valid(struct sv id, char letter);
// An id of the section's kind that is not in `taken`, made of another: with its seven characters where that is free.
// The same two give the same.
struct sv id_derive(struct arena *arena, enum section section, struct sv from,
                    const struct id_index *taken);

// `list` with [span) added / taken out: sorted, no two touching. In `arena`.
struct cp_span_list cp_spans_add(struct arena *arena, struct cp_span_list list, struct cp_span span);
struct cp_span_list cp_spans_cut(struct arena *arena, struct cp_span_list list, struct cp_span span);

// Whole extent of a record's parts: first beginning to last end.
struct cp_span parts_extent(struct rec_list parts);

#endif
