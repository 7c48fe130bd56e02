// Two versions of a file compared by record.
#ifndef GAINSAY_STORE_VERSIONS_H
#define GAINSAY_STORE_VERSIONS_H

#include "model/diff.h"
#include "store/doc.h"

struct versions {
    const char *path;   // which kind of file it is, and for messages
    struct sv old, new; // bytes; one that is blank has no records
    struct sv also;     // of a merge: the other parent; only what is new against it too is told. Absent: no merge
    struct sv only;     // id of the one record that is asked for; absent: all, and the keys of the file
    bool is_by_place;   // two people's readings of one text (diff_claims_by_place)
};

// Call `each` for what differs; a change of a key of the file has KIND_NONE. Records live until it returns. A file that
// is none of a workspace has no records.
//   returns  false when a version cannot be read (err names the file)
//   cost     reading both; of one record only where its lines differ
MUST_CHECK bool versions_compare(const struct versions *versions,
                                 void (*each)(void *ctx, const struct record_change *change),
                                 void *ctx, struct err *err);

#endif
