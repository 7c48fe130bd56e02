// Inside of adjudication: the records of all annotators, put together in sets. For model/adjudicate*.c alone.
#ifndef GAINSAY_MODEL_ADJUDICATE_UNIT_H
#define GAINSAY_MODEL_ADJUDICATE_UNIT_H

#include "model/adjudicate.h"
#include "model/index.h"

struct unit {     // a claim or link of an annotator
    struct sv id; // first: found by it
    enum section section;
    size_t rater, article;
    const void *rec;
    size_t set;     // number of its set: that of the first unit put into it
    size_t next;    // the ring of its set
    bool is_named;  // by a decision
    bool is_changed, is_turned;
};

struct settled { // a record of the adjudicated layer that rests on others
    const void *rec;
    enum section section;
    size_t article;
    size_t set;  // SIZE_MAX: all it names is gone
    size_t gone; // how many of what it names
};

struct sorting {
    const struct adjudicate_input *input;
    const struct layer *const *layers; // as the input's, annotators by name
    struct unit *units;  // by annotator, article, section, place
    size_t count;
    struct id_index **refs; // of each annotator: its units
    struct settled *settled;
    size_t settled_count;
};

#define NO_UNIT SIZE_MAX

size_t unit_find(const struct sorting *sorting, size_t rater, struct sv id); // or NO_UNIT
void units_join(struct sorting *sorting, size_t a, size_t b); // their sets; O(the smaller one)
bool set_has_rater(const struct sorting *sorting, size_t unit, size_t rater);
bool set_is_named(const struct sorting *sorting, size_t unit);
bool set_is_single(const struct sorting *sorting, size_t unit);

// Claims that no decision has put together: by overlap (adjudicate_pair.c).
void sorting_pair_claims(struct sorting *sorting);
// Links, when claims are: by their ends (adjudicate_link.c).
void sorting_pair_links(struct sorting *sorting);
// Where a link leads: the sets of its ends, or beyond all units a number for the article that is silent.
struct link_ends {
    size_t from, to;
};
struct link_ends link_ends(const struct sorting *sorting, const struct unit *unit);

// What the members of a row differ in: its `differs` and `weight` (adjudicate_differ.c).
void row_compare(const struct sorting *sorting, struct adjudicate_row *row);
// Does a record say, in all that can differ, what one of the adjudicated layer says?
bool says_what_was_decided(const struct sorting *sorting, enum section section, const void *rec,
                           const void *settled);
// Do two members say the same of a field?
bool members_agree(const struct registry *registry, enum section section, const void *a, const void *b,
                   size_t field);

#endif
