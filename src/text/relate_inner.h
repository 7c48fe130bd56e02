// Inside of text/relate.c and relate_explain.c. Nothing else includes it.
#ifndef GAINSAY_TEXT_RELATE_INNER_H
#define GAINSAY_TEXT_RELATE_INNER_H

#include <stdint.h>

#include "base/mem.h"
#include "text/quoted_alike.h"
#include "text/relate.h"
#include "text/terms.h"

#define QUOTATION_WEIGHT 0.5 // of what is left to 1, where both passages quote the same words

// A term of either article.
struct entry {
    uint64_t hash; // 0: the slot is free
    size_t df;     // passages of both articles that have it
    size_t last;   // passage, counted over both, that was counted last
    size_t id;
    size_t count; // its place among the counts of passage `last`
};

// How often a term stands in a passage.
struct count {
    uint32_t id, times;
    bool is_gram; // where it stands there first
};

// A term in a passage, with its part in the passage's unit length.
struct weight {
    uint32_t id; // UNKNOWN: in neither article
    float value;
};

#define UNKNOWN UINT32_MAX

struct vector {
    struct weight *items; // by id
    size_t count;
};

struct post { // a passage that has a term
    uint32_t passage;
    float value;
    bool is_gram;
};

struct side {
    const struct article *article;
    struct byte_span *passages;
    struct count *counts; // of one passage after another, until they are weighed; else NULL
    size_t count_count, count_cap;
    size_t *ends;         // of each passage's counts
    struct vector *vectors; // of each
    struct weight *weights; // of all vectors
    size_t count, cap;
    size_t *first;          // posts[first[id]] .. posts[first[id + 1]]: of a term
    struct post *posts;
    bool is_cut;
};

enum stage { STAGE_QUOTED, STAGE_PASSAGES, STAGE_COUNT, STAGE_WEIGH, STAGE_DONE };

struct relate {
    struct side sides[2];
    enum stage stage; // what is done next
    size_t at;        // and of which side or passage
    struct terms terms; // of the passage counted last
    struct alias_set *names; // NULL: none
    struct quoted_alikes quoted;
    struct entry *table; // open addressing
    size_t *df;          // by id
    size_t term_count, table_size; // a power of two
};

// The slot of a term, or the free one where it would be.
struct entry *relate_slot(const struct relate *r, uint64_t hash);

// The vector of any passage; release with mem_free(out->items).
void relate_weigh(const struct relate *r, const struct article *article, struct byte_span span,
                  struct vector *out);

// The terms of what is asked about, with those of the rest of its sentences, which count CONTEXT.
#define CONTEXT 0.3
void relate_query_terms(const struct relate *r, int side, struct byte_span query,
                        struct terms *out);
void relate_weigh_query(const struct relate *r, int side, struct byte_span query,
                        struct vector *out);

// That of a sentence of the side. O(log sentences).
const struct vector *relate_passage_vector(const struct side *side, struct byte_span passage);

double vector_product(const struct vector *a, const struct vector *b);

#endif
