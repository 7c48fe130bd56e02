// The query language of CLI.md: one parser for the sidebar's filter and every command.
#ifndef GAINSAY_MODEL_QUERY_H
#define GAINSAY_MODEL_QUERY_H

#include "base/err.h"
#include "model/derive.h"
#include "model/registry.h"

struct query; // parsed, immutable

// Empty text matches everything. false (E_QUERY, col in code points) says what could stand there.
MUST_CHECK bool query_parse(struct sv text, struct query **out, struct err *err);
void query_free(struct query *query); // NULL is allowed

struct query_ctx {
    const struct derived *derived;
    const struct registry *registry; // for `source:`, which takes ids, names and aliases
};

// NULL query matches everything.
bool query_matches(const struct query *query, const struct query_ctx *ctx,
                   const struct layer *layer, const struct claim *claim);

#endif
