// What differs between two versions of a list of records: by id, or where two people read one text by place; then by
// field. Reads nothing.
#ifndef GAINSAY_MODEL_DIFF_H
#define GAINSAY_MODEL_DIFF_H

#include "base/mem.h"
#include "model/record.h"

struct record_change {
    enum kind_id kind;
    const void *old, *new;     // NULL: added, taken out
    const struct field *field; // of a record that both have: what differs; the first of its kind: keys not known
};

// Call `each` for every record that one list has alone, and for every field that differs, in the order of `new`, those
// taken out last. O(records).
void diff_records(enum kind_id kind, struct rec_list old, struct rec_list new,
                  void (*each)(void *ctx, const struct record_change *change), void *ctx);

// The same for two readings of one text: claims are the same when their words overlap by half of what both cover or
// more, the best pairs first come; ids and times do not count. Other kinds have no place and are left out.
// O(claims * claims that overlap).
void diff_claims_by_place(struct arena *arena, struct rec_list old, struct rec_list new,
                          void (*each)(void *ctx, const struct record_change *change), void *ctx);

#endif
