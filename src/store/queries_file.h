// annotations/queries.yaml: the queries that are saved.
#ifndef GAINSAY_STORE_QUERIES_FILE_H
#define GAINSAY_STORE_QUERIES_FILE_H

#include "model/query.h"
#include "store/doc_swap.h"
#include "store/list_file.h"

#define QUERIES_FILE "queries.yaml"

// Parse a query; where it asks for saved ones, those of the workspace as they stand now.
//   returns  false with E_QUERY, or with what the file of saved queries is refused for when one is asked for
MUST_CHECK bool queries_parse(const struct workspace *ws, struct sv text, struct query **out,
                              struct err *err);

// The bytes of a file of saved queries with a value swapped in what they ask, as doc_swap does it elsewhere. A query
// that cannot be understood stays as it is.
MUST_CHECK bool queries_swap(struct sv bytes, const char *path, const struct swap *swap,
                             struct buf *out, size_t *count, struct err *err);

#endif
