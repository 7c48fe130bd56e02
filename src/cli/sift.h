// Which claims a command needs that asks for those of a query: the ones that match it, and the ones that a link names,
// since what a claim is may hang on them. The others need not be made of what the cache holds.
// Reads nothing; cli/library.h does, and says here which links there are before it asks.
#ifndef GAINSAY_CLI_SIFT_H
#define GAINSAY_CLI_SIFT_H

#include "model/derive.h"
#include "model/index.h"
#include "model/query_trait.h"
#include "store/pack.h"

// A word that each claim has that is kept, and where in the texts of the layer it stands next.
struct sift_word {
    struct finder *finder;
    const char *run;  // where those texts begin; NULL: not looked for yet
    size_t next;      // of them; SIZE_MAX: nowhere any more
};
#define SIFT_WORDS 4

struct sift {
    struct sieve sieve; // of claims, for a struct layer_reader; its ctx is this
    struct query *query;
    unsigned flags;     // enum claim_flag that a claim must have
    const struct registry *registry;
    struct derived *derived; // of no layer: what claims have that no link names
    struct arena arena;      // of links that were read for the names alone
    struct arena scratch;    // of the sieve
    struct id_index *named;  // ids that links name
    uint64_t *named_bits;    // a bit for the hash of each; NULL: there are none
    struct layer layer;      // head of the layer that is read
    const void *head;        // that it was taken from
    struct sift_word words[SIFT_WORDS];
    size_t word_count;
    struct claim_need need;  // of a claim in it that no link names
    struct sv annotator, article;
};

// Takes the query. `registry` and `scheme` must outlive it; it must not be moved.
void sift_begin(struct sift *sift, struct query *query, unsigned flags,
                const struct registry *registry, const struct scheme *scheme);
// Links of any layer; all must be known before a claim is asked about, and outlive it.
void sift_add_links(struct sift *sift, struct rec_list links);
// The layer whose claims come next.
void sift_turn(struct sift *sift, struct sv annotator, struct sv article);
void sift_end(struct sift *sift);

#endif
