// What the layers say of the passages of two articles: topics of claims, furniture.
#ifndef GAINSAY_CLI_PAIR_KNOWN_H
#define GAINSAY_CLI_PAIR_KNOWN_H

#include "cli/library.h"
#include "cli/pair.h"

struct pair_known {
    struct library sides[2]; // the layers of either article
};

// Load the layers of both articles: those of --as NAME, else of every annotator. Call pair_known_release
// whatever it returns.
//   returns  false (E_USAGE, E_SYSTEM) when there is nothing to go on with
MUST_CHECK bool pair_known_load(struct cli *cli, const struct pair *pair, struct pair_known *out,
                                struct err *err);
void pair_known_release(struct pair_known *known);

// Sentences of the second article in which a claim begins that has a topic of a claim over `query`, bytes
// of the first; each once, at most `max`. O(claims over the query * claims of the second).
size_t pair_known_hints(const struct pair_known *known, const struct pair *pair,
                        struct byte_span query, struct relate_hint *out, size_t max);

// Is `passage` of the second article, or a piece of it, marked as furniture? O(furniture).
bool pair_known_furniture(const struct pair_known *known, const struct pair *pair,
                          struct byte_span passage);

#endif
