// Inside of a merge of three versions. For doc_merge.c, doc_carry.c, doc_remark.c and doc_marked.c alone.
#ifndef GAINSAY_STORE_DOC_MERGE_IMPL_H
#define GAINSAY_STORE_DOC_MERGE_IMPL_H

#include "model/merge.h"
#include "store/doc_impl.h"
#include "store/doc_merge.h"

struct version {
    struct doc *doc;
    struct doc_content content;
    struct findings findings;
    struct buf name; // for messages: "PATH (theirs)"
};

// A conflict that nobody decided, to stand between markers.
struct open_point {
    const struct field *section; // NULL: a key of the file
    const struct field *field;   // the first of its kind: the whole record; NULL: `key`
    const void *ours, *theirs;   // records of a section as the sides of the result have them
    const void *base;            // record or head; NULL: none
    struct sv key;               // not known to this version
    struct sv base_yaml, their_yaml; // of `key`; absent: it is not there
};

struct merging {
    const struct doc_merge *in;
    struct doc_merged *out;
    bool is_coarse; // conflicts are marked by the record
    struct version versions[SIDE__N];
    struct merge merge;
    void *heads[SIDE__N];          // of the result's two sides
    struct id_index *ours, *theirs; // records of the result that the sides have differently
    struct {
        const void **items; // of our side, in order
        size_t count;
    } lists[DOC_SECTIONS];
    struct open_point *points; // owned
    size_t point_count, point_cap;
};

// Note a conflict and ask what is to become of it. Valid until the next one.
const struct doc_conflict *merging_add(struct merging *m, struct doc_conflict conflict);
void merging_open(struct merging *m, struct open_point point);

// Our bytes with the comments that they changed beside values that they did not; `out` stays empty where there are
// none (doc_remark.c).
void merging_remark(struct merging *m, struct buf *out);

// What the records do not hold: their changes of keys that this version does not know, and of the comment at
// the beginning of the file. `out` gets our version with them, or stays empty where there are none.
MUST_CHECK bool merging_carry(struct merging *m, struct buf *out, struct err *err);

// The result as bytes, read again and found to say what was merged.
MUST_CHECK bool merging_write(struct merging *m, struct err *err);

#endif
