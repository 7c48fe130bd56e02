// The terms of a query: the table of keys and flags, and what each asks of a claim.
// model/query.h is the public face.
#ifndef GAINSAY_MODEL_QUERY_TERM_H
#define GAINSAY_MODEL_QUERY_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/query.h"
#include "text/find.h"

// What is asked, and of which claim.
struct subject {
    const struct query_ctx *ctx; // NULL: only what neither links nor the registry bear on
    const struct layer *layer;
    const struct claim *claim;
};

struct query_value {
    struct sv text;
    struct finder *finder; // keys that search a text; NULL otherwise
    bool is_any;           // `*`: there is one
    bool is_literal;       // `finder` is of a word or phrase, not of an expression
    uint32_t sources;      // by query_know_sources: of a voice that it may be true of; 0: of any
};

// What of a claim has a value, and what is counted by it.
enum query_unit { UNIT_CLAIM, UNIT_VOICE, UNIT_LINK, UNIT_TAG };

// A claim seen through one voice, one link and one tag of it.
struct facet {
    const struct subject *subject;
    const struct voice *voice; // at any depth of a chain; NULL: none
    const struct end *end;     // NULL: none
    struct sv tag;             // absent: none
};

struct query_key {
    const char *name;
    const char *example; // a value, for messages
    enum query_unit unit;
    bool is_search;      // its values are compiled to finders
    bool is_counted;     // claims can be grouped by it
    enum vocab_id vocab; // that its values are of; VOCAB_NONE: free
    bool (*is_valid)(struct sv value); // NULL: any
    // Either what one facet has and how it is compared, or the whole question.
    struct sv (*value)(const struct facet *facet); // absent: none
    bool (*is)(struct sv own, const struct facet *facet, const struct query_value *value);
    bool (*matches)(const struct subject *subject, const struct query_value *value);
};

struct query_flag {
    const char *name;
    bool (*holds)(const struct subject *subject);
};

enum query_flag_id {
#define QUERY_KEY(name, form, unit, vocab, example, help)
#define QUERY_FLAG(name, help) FLAG_##name,
#include "model/query.def"
#undef QUERY_KEY
#undef QUERY_FLAG
};

// A query is a tree of these.
enum node_type { NODE_AND, NODE_OR, NODE_NOT, NODE_FLAG, NODE_TEXT, NODE_KEY };

struct node {
    enum node_type type;
    const struct node *left, *right; // AND, OR; NOT has `left` alone
    const struct query_flag *flag;   // FLAG
    const struct query_key *key;     // KEY: one of its values matches
    struct query_value *values;      // TEXT: one, with a finder
    size_t value_count;
};

const struct query_key *query_key_find(struct sv name); // or NULL
// The key nearest to a misspelt one, or NULL.
const char *query_key_nearest(struct sv name);
const struct query_flag *query_flag_find(struct sv name); // or NULL
const struct query_flag *query_flag_get(enum query_flag_id id);

bool query_key_matches(const struct query_key *key, const struct subject *subject,
                       const struct query_value *value);
// The links that keys and flags see: all of the claim, or the one that is asked about.
const struct end *query_ends(const struct subject *subject, size_t *count);

// Is there a source, or one merged away, that goes by this name?
bool query_source_is_known(const struct registry *registry, struct sv name);

// Every value of every key of a query, in no order.
void query_each_value(const struct query *query,
                      void (*each)(void *ctx, const struct query_key *key, struct sv value),
                      void *ctx);

const struct node *query_root(const struct query *query); // NULL: everything
bool query_node_holds(const struct node *node, const struct subject *subject);

struct sv query_text(const struct query *query); // as it was parsed; values are views of it

// Does a word, phrase or regex stand in the claim's quote or in what it says?
bool query_text_matches(const struct subject *subject, struct finder *finder);

#endif
