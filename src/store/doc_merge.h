// Three versions of a file of records made into one: by record and field, as bytes. What the git merge driver
// and `gainsay resolve` do. Reads and writes no file.
//
// The result is our version with their changes spliced in: comments, order and keys not known stay. Where both
// sides decided differently on a field the lines of that field stand between conflict markers, so that each
// side of the result is a good file of its own.
#ifndef GAINSAY_STORE_DOC_MERGE_H
#define GAINSAY_STORE_DOC_MERGE_H

#include "store/doc.h"
#include "store/markers.h"

enum doc_decision { DECIDE_LATER, DECIDE_OURS, DECIDE_THEIRS };

// A point on which the sides differ.
struct doc_conflict {
    struct sv record; // its id; absent: a key of the file
    struct sv field;  // its key; absent: the record as a whole
    struct sv base, ours, theirs; // lines of the file; absent: the key or record is not there
    bool is_deletion;     // taken out on one side, changed on the other: the change is kept
    bool is_our_deletion;
    struct sv new_id; // the id stood in another section too: both records are kept, this one under this id
    enum doc_decision decision;
};

// Is there nothing to decide: is it only told what was kept?
static inline bool doc_conflict_is_told(const struct doc_conflict *conflict)
{
    return conflict->is_deletion || conflict->new_id.len;
}

struct doc_merge {
    const struct doc_shape *shape;
    const char *path;            // for messages
    struct sv sides[SIDE__N];    // bytes of the three versions; base may be blank, or have conflicts in it
    // What to do about a conflict on a field: record and field are set. NULL: later.
    enum doc_decision (*decide)(void *ctx, const struct doc_conflict *conflict);
    void *ctx;
};

struct doc_merged {
    struct arena arena;
    struct buf bytes;            // the result
    struct doc_conflict *items;  // in the order of the file, deletions last; in `arena`
    size_t count, cap;
    size_t open;                 // conflicts left between markers in `bytes`
    size_t taken;                // records that came, changed or went because of their side
};

// Merge. A side that is blank while the base is not was emptied by accident: the other is the result.
//   returns  false when a version cannot be read (err names it) or holds records that cannot, which would be
//            lost; or when the result would be refused (E_ID: an id twice)
//   cost     reading the three and the result, O(records)
MUST_CHECK bool doc_merge_run(const struct doc_merge *merge, struct doc_merged *out,
                              struct err *err);
void doc_merged_release(struct doc_merged *merged);

#endif
