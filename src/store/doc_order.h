// Which record of a section goes where: the file's order, disturbed as little as the new content allows.
// Knows records by pointer and id alone.
#ifndef GAINSAY_STORE_DOC_ORDER_H
#define GAINSAY_STORE_DOC_ORDER_H

#include "store/doc_impl.h"

#define NOWHERE SIZE_MAX

enum move {
    MOVE_STAY, // where it stands in the file
    MOVE_AWAY, // from where it stands: taken out, or to a MOVE_HERE
    MOVE_HERE, // a record of the file that changed so that it belongs here now
    MOVE_NEW,  // a record that the file does not have
};

struct place {
    enum move move;
    bool is_changed; // `rec` is not what the file holds
    size_t old;      // index in the section's records, or NOWHERE
    const void *rec; // NULL: one that could not be read, or goes away
};

struct order {
    size_t head, tail; // that many records stay as they are before and behind those of `places`
    struct place *places;
    size_t count;
};

// Untouched records keep their order. A changed one moves only when the untouched ones stand in the order of
// `list` and it would break it. A new one goes behind the record before it in `list`.
//   was_sorted  asked when the untouched ones are not in the order of `list`: did they stand in the order of their
//               file before the change (a link stands where its claim does)? Then as few as possible move.
//   cost        O(n), all but a look at each for what lies between the first change and the last
struct order order_plan(const struct head_run *section, struct rec_list list,
                        bool (*was_sorted)(const void *ctx), const void *ctx, struct arena *arena);

#endif
