// The dispute board: one row for each link of an event, and for each claim of weight that no other article
// answers; heaviest first, grouped by topic. Made of the records alone; keeps nothing, changes nothing.
#ifndef GAINSAY_MODEL_BOARD_H
#define GAINSAY_MODEL_BOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "model/query.h"

enum board_weight {  // heaviest first
    BOARD_STRICT,    // a disputing link marked strict: both cannot be true
    BOARD_NUMBER,    // a disputing link, point number
    BOARD_SCENE,     // place, time, sequence
    BOARD_ACTOR,     // who did it
    BOARD_SPEAKER,   // a disputing link of two claims in which one source speaks
    BOARD_DISPUTE,   // any other disputing link
    BOARD_REFRAMING, // neither disputes nor agrees: reframes, reattributes, qualifies
    BOARD_AGREEMENT, // corroborates, repeats
    BOARD_ALONE,     // what only one has: omits, or a claim of weight without counterpart
    BOARD_WEIGHT__N
};

enum board_order {
    BOARD_BY_TOPIC,  // the topic with the heaviest row first; in it by weight
    BOARD_BY_WEIGHT, // by weight; of one weight, by place
    BOARD_BY_PLACE,  // as the claims stand in the articles
    BOARD_ORDER__N
};

// One end of a row. `claim` NULL: the article says nothing of it, or the claim is missing.
struct board_side {
    const struct layer *layer; // NULL: the article has no layer here
    const struct claim *claim;
    struct sv article; // absent: no single one
};

struct board_row {
    enum board_weight weight;
    size_t topic;             // index into the board's topics
    const struct link *link;  // NULL: a claim without counterpart
    const struct layer *home; // that stores `link`
    struct board_side left, right; // left: of the layer given first
    bool is_turned;           // the link leads from right to left
    bool disputes;            // the link's type does
    size_t column, place;     // of the leftmost claim: index of its layer, code point
};

struct board_topic {
    struct sv name;            // as written first in the layers; absent: claims without topic
    size_t first, count;       // its rows, in BOARD_BY_TOPIC; elsewhere first means nothing
    size_t links, disputes;    // of them: rows with a link, with a disputing one
    enum board_weight weight;  // of the heaviest; BOARD_WEIGHT__N: no row
    size_t *claims;            // claims of each layer, counted
};

struct board {
    struct arena arena;
    struct board_row *rows;
    size_t count, cap;
    struct board_topic *topics; // heaviest first
    size_t topic_count, topic_cap;
};

struct board_input {
    const struct layer *const *layers; // of one annotator and event, in the order of the columns
    size_t count;
    const struct derived *derived; // of these layers, at least
    const struct scheme *scheme;
    const struct registry *registry;
    const struct query *query; // NULL: all. A row is kept when a claim of it matches; `link:`, `point:`
                               // and `id:` see the row's own link alone
};

// Every row there is, whatever is asked for, kept and brought up to date: what is shown of it for a query and in an
// order is made quickly. `in` is the same each time but for records that changed; its query is not looked at.
struct board_base;
struct board_base *board_base_begin(const struct board_input *in);
void board_base_free(struct board_base *base); // NULL is allowed
// Look at some `most` records more. true: that was the last, or all are looked at.
bool board_base_go_on(struct board_base *base, const struct board_input *in, size_t most);
// These records changed: bring it in line. false: it must be begun anew. O(rows), most of it moving pointers.
MUST_CHECK bool board_base_update(struct board_base *base, const struct board_input *in,
                                  const struct delta *deltas, size_t count);
// Fill `out`, which is empty, from what is whole; as board_make does.
//   cost  O(rows), and the query for each claim
void board_view(const struct board_base *base, const struct board_input *in, enum board_order order,
                struct board *out);

// Fill `out`, which is empty; board_release frees it. Records and layers are borrowed.
//   cost  O(n log n), n = claims and links of the layers
void board_make(const struct board_input *in, enum board_order order, struct board *out);
void board_release(struct board *board);

// "strict", "numbers": what TSV and JSON call a weight, and what it means, at most 60 columns.
const char *board_weight_name(enum board_weight weight);
const char *board_weight_help(enum board_weight weight);

// Of weight is a claim that can be looked for elsewhere: its type is none of judgement,
// recommendation, prediction, speech, background, question; or it is marked as contested. One without a
// type is not known to be, and one that repeats another has that one's counterparts.
bool claim_has_weight(const struct claim *claim);

// The two values that a row sets against each other: those of one `what` if there are such, else the
// first ones. NULL where a side has none. Returns whether both are there and count the same.
bool board_values(const struct board_row *row, const struct value **left,
                  const struct value **right);
// Append a value as a figure: "5", "≥ 40", "≈ 1000".
void value_figure(const struct value *value, struct buf *out);

#endif
