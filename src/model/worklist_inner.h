// What finds the work left in records, and what brings it up to date. worklist*.c alone include this.
#ifndef GAINSAY_MODEL_WORKLIST_INNER_H
#define GAINSAY_MODEL_WORKLIST_INNER_H

#include "model/worklist.h"

struct work { // being looked for in one layer
    const struct worklist_input *in;
    struct worklist *out;
    struct anchors *anchors; // NULL: no text
};

// Begin to look; what comes back, or NULL, is to be freed behind it.
struct anchors *work_begin(struct work *work, const struct worklist_input *in, struct worklist *out);
// Append what a record of in->layer lacks, and the open threads; in no order.
void work_find_record(const struct work *work, enum section section, const void *rec);
void work_find_threads(const struct work *work);

// The order of items: by kind, place, record, words. Those that are alike are the same in every member.
int work_compare(const void *a, const void *b);
void work_sort(struct worklist *list);

#endif
