// What in one article tells of the same as a passage of another: sentences ranked by the words, names,
// numbers, spellings and quotations they share, each with its part in the score.
// The score is half the cosine of weighted stems and half that of four letters in a row, 0 .. 1; what both
// quote alike, and hints of the caller, close part of what is left to 1. Words of both articles that
// stand in few sentences weigh most. Nothing is learned and nothing is looked up: the same texts give
// the same figures.
#ifndef GAINSAY_TEXT_RELATE_H
#define GAINSAY_TEXT_RELATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"
#include "text/alias.h"
#include "text/article.h"

#define RELATE_BYTES ((size_t)128 << 10) // of an article; what is behind is not compared

// Lines drawn through the scores of news.
#define RELATE_SAME 0.30    // mostly the same statement
#define RELATE_FAIR 0.20    // mostly the same matter
#define RELATE_FLOOR 0.08   // below it hardly ever related

struct relate; // two articles, compared

// Compare two articles, which must outlive the result; they may be one and the same.
//   names  those of one owner count as one word; taken, NULL: none
//   cost   O(bytes of both up to RELATE_BYTES), about 20 ms per 100 KB
struct relate *relate_new(const struct article *a, const struct article *b,
                          struct alias_set *names);
void relate_free(struct relate *relate); // NULL is allowed

// The same in steps of a few ms, so that nobody has to wait: go on until it is true. Nothing but
// relate_quoted and relate_free may be called before.
struct relate *relate_begin(const struct article *a, const struct article *b,
                            struct alias_set *names);
bool relate_go_on(struct relate *relate);

// Sentences of a side (0 or 1), in order.
const struct byte_span *relate_passages(const struct relate *relate, int side, size_t *count);
// Is the article too long to be compared as a whole?
bool relate_is_cut(const struct relate *relate, int side);

struct quoted_alikes;
// What both articles quote alike; side 0 is its first article. Known behind the first step already, and
// NULL before it.
const struct quoted_alikes *relate_quoted(const struct relate *relate);

// A passage of the other article for which something else speaks: it closes `weight` (0 .. 1) of what
// its score lacks.
struct relate_hint {
    struct byte_span there;
    double weight;
};

struct related {
    struct byte_span passage; // a sentence
    struct byte_span best;    // its clause with the best score of its own, or all of it
    double score;             // 0 .. 1
};

// Rank the sentences of the other side for `query` of `side`: best first, equals in order of the text,
// those that share nothing left out. The other words of the query's sentence count a third.
//   returns  how many are in `out`, at most `max`
//   cost     O(sentences that share a term with it)
size_t relate_rank(const struct relate *relate, int side, struct byte_span query,
                   const struct relate_hint *hints, size_t hint_count, struct related *out,
                   size_t max);

// The same in two halves: what is ranked has no `best` yet, which costs the most. relate_best gives it
// to those that are kept.
//   cost  O(words of the passages)
size_t relate_rank_whole(const struct relate *relate, int side, struct byte_span query,
                         const struct relate_hint *hints, size_t hint_count, struct related *out,
                         size_t max);
void relate_best(const struct relate *relate, int side, struct byte_span query,
                 struct related *items, size_t count);

// The scores of all sentences of the other side, in order; `out` has room for each.
//   cost  O(sentences), and as relate_rank
void relate_scores(const struct relate *relate, int side, struct byte_span query,
                   const struct relate_hint *hints, size_t hint_count, double *out);

// The score of two passages, hints aside. O(words of both).
double relate_score(const struct relate *relate, int side, struct byte_span here,
                    struct byte_span there);

enum reason_kind {
    REASON_WORD,
    REASON_NAME,      // a word with a capital in both
    REASON_NUMBER,    // the same number, in words or figures
    REASON_SOURCE,    // two names of the same somebody
    REASON_SPELLING,  // two words that are written alike in part
    REASON_QUOTATION, // both quote it
    REASON_HINT,      // the caller's
    REASON__N
};

struct reason {
    enum reason_kind kind;
    struct byte_span here, there; // REASON_HINT: empty
    double share;                 // of the score; all reasons add up to it
};

// Why `related` has its score: the weightiest reasons first, at most `max`. Same query and hints as in
// relate_rank.
size_t relate_explain(const struct relate *relate, int side, struct byte_span query,
                      const struct relate_hint *hints, size_t hint_count,
                      const struct related *related, struct reason *out, size_t max);

const char *reason_name(enum reason_kind kind); // "word", "name", ...
// How good a score is, in a word: "strong", "fair", "poor".
const char *relate_grade(double score);

#endif
