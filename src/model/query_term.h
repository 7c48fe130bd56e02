// The terms of a query: the table of keys and flags, and what each asks of a claim.
// model/query.h is the public face.
#ifndef GAINSAY_MODEL_QUERY_TERM_H
#define GAINSAY_MODEL_QUERY_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "model/query.h"
#include "text/find.h"

// What is asked, and of which claim.
struct subject {
    const struct query_ctx *ctx;
    const struct layer *layer;
    const struct claim *claim;
};

struct query_value {
    struct sv text;
    struct finder *finder; // keys that search a text; NULL otherwise
};

struct query_key {
    const char *name;
    const char *example; // a value, for messages
    bool is_search;      // its values are compiled to finders
    enum vocab_id vocab; // that its values are of; VOCAB_NONE: free
    bool (*is_valid)(struct sv value); // NULL: any
    bool (*matches)(const struct subject *subject, const struct query_value *value);
};

struct query_flag {
    const char *name;
    bool (*holds)(const struct subject *subject);
};

const struct query_key *query_key_find(struct sv name); // or NULL
// The key nearest to a misspelt one, or NULL.
const char *query_key_nearest(struct sv name);
const struct query_flag *query_flag_find(struct sv name); // or NULL

// Is there a source, or one merged away, that goes by this name?
bool query_source_is_known(const struct registry *registry, struct sv name);

// Every value of every key of a query, in no order.
void query_each_value(const struct query *query,
                      void (*each)(void *ctx, const struct query_key *key, struct sv value),
                      void *ctx);

// Does a word, phrase or regex stand in the claim's quote or in what it says?
bool query_text_matches(const struct subject *subject, struct finder *finder);

#endif
