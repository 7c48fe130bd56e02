// Merging two readings that grew out of one: records by id, each by field. One engine for a file that
// changed underneath, two sessions of one annotator, and the git merge driver. Reads nothing.
#ifndef GAINSAY_MODEL_MERGE_H
#define GAINSAY_MODEL_MERGE_H

#include "model/layer.h"
#include "model/registry.h"

// A point on which both sides decided, differently. What was kept is in the merged records.
struct merge_conflict {
    enum section section;      // SECTION__N: the registry of sources
    const void *ours;          // the record as it was merged; never NULL
    const void *theirs;        // the same with the decision that was not kept; NULL: deleted
    const struct field *field; // NULL: deletion against edit
    bool is_our_deletion;      // field NULL: we deleted, the other side edited
};

// A record that got another id, because one of another section has its own.
struct merge_rename {
    enum section section;
    struct sv old;
    const void *rec; // with the new one
};

struct merge {
    struct arena *arena; // for merged records; those of base, ours and theirs must live as long
    struct merge_conflict *conflicts;
    size_t conflict_count, conflict_cap;
    struct merge_rename *renames;
    size_t rename_count, rename_cap;
    size_t taken; // records that came, changed or went because of the other side
};
void merge_release(struct merge *merge); // its lists; records belong to the arena

// Merge one section. Where both changed a field differently ours is kept; a deletion against an edit keeps the edit.
//   out     pointers in `merge->arena`, in no order; a record equal to theirs is their pointer
//   cost    O(records)
void merge_records(struct merge *merge, enum kind_id kind, enum section section,
                   struct rec_list base, struct rec_list ours, struct rec_list theirs,
                   struct rec_list *out);

// After claims and links of a layer were merged: put a claim back that one side took out while a link or a claim
// that the other side made or changed names it. Each is reported as a deletion against an edit.
//   article       of the layer: links to it name claims of the same file
//   ours, theirs  claims and links of either side
//   from          the first of merge->conflicts that is about this layer
//   links         merged; claims: merged, gets them added
void merge_restore(struct merge *merge, struct sv article, const struct rec_list ours[2],
                   const struct rec_list theirs[2], size_t from, struct rec_list links,
                   struct rec_list *claims);

// After all sections of a layer were merged: where one side has an id among the claims, say, and the other among the
// notes, both records stay. A claim keeps it, since links name it, else the record whose letter it has; the other gets
// the letter of its section and the same characters, or where those are taken some made of them: the same from either
// side. O(records).
void merge_ids(struct merge *merge, struct rec_list sections[SECTION__N]);

// Tell of one of them, as a warning about the file `path`.
void merge_say_rename(const struct merge_rename *rename, const char *path,
                      struct findings *findings);

// Merge ranges as sets: what either side added is in, what either took out is gone.
struct cp_span_list merge_spans(struct arena *arena, struct cp_span_list base,
                                struct cp_span_list ours, struct cp_span_list theirs);

#endif
