// What board_base.c keeps and board.c shows. Nothing else includes this.
#ifndef GAINSAY_MODEL_BOARD_INNER_H
#define GAINSAY_MODEL_BOARD_INNER_H

#include "model/board.h"

struct known_topic {
    struct sv name;   // as written first; absent: claims without topic
    struct sv folded; // the same, folded
    size_t forms;     // ways it was ever written
    size_t *claims;   // of each layer, counted; all may be 0 by now
};

struct board_base {
    struct arena arena;
    struct board_row *rows; // by place; `topic` is an index of the topics here
    size_t count, cap;
    struct known_topic *topics; // in no order, and never taken out
    size_t topic_count, topic_cap;
    size_t *sorted; // the same by their folded names, that of claims without topic last
    size_t sorted_count, sorted_cap;
    struct id_index *folds, *names; // topics by folded name, and by each name as it was written
    size_t untitled;                // topic of claims that have none; SIZE_MAX: not needed yet
    size_t layer_count;
    enum { BASE_CLAIMS, BASE_LINKS, BASE_SORT, BASE_DONE } stage; // what comes next
    size_t column, next;                                          // of the layers, of their records
};

// The topic of claims with this one; it is known.
size_t board_base_topic(const struct board_base *base, struct sv name);

#endif
