// Saved queries: those of annotations/queries.yaml, asked by name as `@name` in any query.
#ifndef GAINSAY_MODEL_SAVED_H
#define GAINSAY_MODEL_SAVED_H

#include "model/check.h"

// By name, or NULL; `saved` holds struct saved_query, NULL none.
const struct saved_query *saved_find(const struct rec_list *saved, struct sv name);
// The one with the nearest name to a misspelt one, or NULL when none is near.
const struct saved_query *saved_nearest(const struct rec_list *saved, struct sv name);

// What is wrong with them: names that cannot be asked (E_NAME), queries that cannot be understood, ask for themselves
// or for one that is not there (E_QUERY), values that nothing can have (warnings).
//   registry  NULL: sources are not looked up
//   place     as in struct check_input
void check_saved(const struct rec_list *saved, const struct scheme *scheme,
                 const struct registry *registry, const char *path,
                 struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                 void *place_ctx, struct findings *findings);

#endif
