// Layers without what a query does not ask for.
#ifndef GAINSAY_MODEL_QUERY_NARROW_H
#define GAINSAY_MODEL_QUERY_NARROW_H

#include "model/query.h"

// Of layers of one annotator the claims that match, their links, and the claims at the other ends of these; furniture;
// and of a query that is of layers alone (query_is_of_layers) notes and comments too.
//   ctx  of these layers and perhaps more
//   out  for each layer one of zeros; its records are those of the layer, which must outlive it (layer_release)
void query_narrow(const struct query *query, const struct query_ctx *ctx,
                  const struct layer *const *layers, size_t count, struct layer *out);

#endif
