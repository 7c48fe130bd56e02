// Claims counted by what they have: "source,type" and the like.
//
// Keys are those of the query language (model/query.def) that one value answers, and its flags. A claim counts once for
// each combination of its values; values of one voice go together, and so do those of one link, so that
// `source,act` never pairs the act of one voice with the source of another. What has no value of a key counts
// under the absent one.
//
// Calling sequence: tally_init, tally_add for each, tally_finish, look at the rows, tally_release.
#ifndef GAINSAY_MODEL_TALLY_H
#define GAINSAY_MODEL_TALLY_H

#include "model/query.h"

#define TALLY_KEYS 8 // at once

struct query_key;
struct query_flag;

struct tally_row {
    const struct sv *values; // one for each key, absent: none; borrowed from the records
    size_t count;
    size_t rank; // by value
};

struct tally {
    const char *names[TALLY_KEYS]; // of the keys, as asked for
    const struct query_key *keys[TALLY_KEYS];   // either this
    const struct query_flag *flags[TALLY_KEYS]; // or that
    size_t key_count;
    struct tally_row *rows; // after tally_finish: the most first, then by value
    size_t row_count;
    size_t added;   // what was added
    bool is_many;   // something added counts in several rows
    struct tally_entry *entries;
    size_t entry_count, entry_cap;
    struct arena arena;
};

// false (E_USAGE): a name that nothing can be counted by; says which there are.
MUST_CHECK bool tally_init(struct tally *tally, struct sv keys, struct err *err);
// Count a claim; with `voice`, one of its own at any depth, only as far as it speaks. What it points to must outlive
// the tally.
void tally_add(struct tally *tally, const struct query_ctx *ctx, const struct layer *layer,
               const struct claim *claim, const struct voice *voice);
void tally_finish(struct tally *tally); // O(n log n)
void tally_release(struct tally *tally);

// Can claims be counted by this word of the language?
bool tally_takes(struct sv name);

#endif
