// Where the annotators of one article agree and differ, and what of it a team has decided: claims and links that are
// one put together, the differences between them by weight, and the records of the adjudicated layer that settle them.
//
// Calling sequence: adjudication_make; look at its rows; adjudication_release. Reads nothing and decides nothing.
#ifndef GAINSAY_MODEL_ADJUDICATE_H
#define GAINSAY_MODEL_ADJUDICATE_H

#include <stdint.h>

#include "model/decision.h"
#include "model/registry.h"
#include "model/scheme.h"

enum adjudicate_weight { // the weightiest first
#define ADJUDICATE_WEIGHT(id, name, help) ADJUDICATE_##id,
#include "model/adjudicate.def"
#undef ADJUDICATE_WEIGHT
    ADJUDICATE_WEIGHT__N
};
const char *adjudicate_weight_name(enum adjudicate_weight weight); // "missed dispute"
const char *adjudicate_weight_help(enum adjudicate_weight weight);

enum adjudicate_state {
    ADJUDICATE_OPEN,    // nothing is decided
    ADJUDICATE_NEW,     // decided before one of its records was there
    ADJUDICATE_CHANGED, // decided before one of its records said what it says, or was taken out
    ADJUDICATE_AGREED,  // no difference; not taken over yet
    ADJUDICATE_DECIDED,
    ADJUDICATE_FALLEN,  // a link of a claim that was rejected: there is nothing to decide
    ADJUDICATE_STATE__N
};
const char *adjudicate_state_name(enum adjudicate_state state); // "changed since"
bool adjudicate_is_open(enum adjudicate_state state); // wants a decision: OPEN, NEW, CHANGED

// An annotator's record.
struct adjudicate_member {
    size_t rater;    // index into names
    size_t article;  // index into the input's: a link may be stored at either of its ends
    const void *rec; // struct claim or struct link
    bool is_turned;  // of a link of an ordered type: it leads the other way than those that are not
    bool is_new;     // no decision names it
    bool is_changed; // says something else than when it was decided, and than what was decided
};

// A record of the adjudicated layer.
struct adjudicate_settled {
    const void *rec;
    size_t article;
};

struct adjudicate_row {
    enum section section;                     // CLAIMS or LINKS
    size_t article;                           // of a claim; of a link: that of its first end
    struct adjudicate_member *members;        // by annotator, place, id; may be none when `gone`
    size_t count;
    struct adjudicate_settled *settled;       // in the order of their layers; also one with no decision yet
    size_t settled_count;
    size_t gone;                              // records that a decision names and that are no more
    uint32_t differs;                         // bit n: field n of the section's kind (model/record.h)
    enum adjudicate_weight weight;
    enum adjudicate_state state;
    size_t marked;                            // annotators that have it, of those that read the article
    struct cp_span extent;                    // of the claim; of a link: of its end in the first article
    size_t ends[2];                           // of a link: rows of its ends; SIZE_MAX: none
    struct sv silent;                         // of an omission: the article that has nothing
};

struct adjudicate_input {
    size_t raters, articles;           // articles[0] is adjudicated; the rest are others of its event
    const struct sv *names;            // of annotators
    const struct sv *ids;              // of articles
    const struct layer *const *layers; // [article * raters + rater]; NULL: none. One text for an article
    const struct layer *const *settled; // adjudicated layer of each article; NULL: none
    const struct scheme *scheme;
    const struct registry *registry;
};

struct adjudication {
    size_t raters;
    const struct sv *names;      // sorted
    const bool *is_reader;       // of each: has a layer of the first article
    struct adjudicate_row *rows; // `count` of the first article, by weight and place; then claims of the others
    size_t count, all;
    size_t states[ADJUDICATE_STATE__N]; // how many of `count` there are of each
    const struct registry *registry; // the input's
    struct id_index **refs;      // of each annotator: rows by ids
    struct arena arena;
};

// Put together and compare. Claims are one when they share half of the longer one's words, or half of the shorter one's
// and say the same; one claim and several within it are one row too. Links are one by their ends. What a decision
// names together stays together, whatever has changed. The order of annotators changes nothing.
//   cost  O(claims * claims that overlap + links log links)
void adjudication_make(const struct adjudicate_input *input, struct adjudication *out);
void adjudication_release(struct adjudication *adjudication);

// The row of an annotator's claim or link; NULL: none.
const struct adjudicate_row *adjudication_find(const struct adjudication *adjudication, size_t rater, struct sv id);
// What a claim's row has become: the first record that a link may lead to; NULL: none, or rejected.
const struct adjudicate_settled *adjudicate_row_claim(const struct adjudicate_row *row);
bool adjudicate_row_is_rejected(const struct adjudicate_row *row); // all that settles it is

// ---- field by field
// Does a member say anything of a field? No voices and no contested mark are things said.
bool adjudicate_says(enum section section, const void *rec, size_t field);
// Do two members say the same, in all that can differ?
bool adjudicate_is_same(const struct adjudication *adjudication, const struct adjudicate_row *row, size_t a,
                        size_t b);
// The member whose value of a field most have, the first of those that say anything of it.
size_t adjudicate_proposed(const struct adjudication *adjudication, const struct adjudicate_row *row, size_t field);

#endif
