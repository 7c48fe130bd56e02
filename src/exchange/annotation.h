// What Web Annotations and those of Hypothesis have in common: names of records and articles as IRIs, targets with
// selectors, people, comments and tags.
#ifndef GAINSAY_EXCHANGE_ANNOTATION_H
#define GAINSAY_EXCHANGE_ANNOTATION_H

#include "exchange/json_place.h"

#define URN_RECORD  "urn:x-gainsay:"
#define URN_ARTICLE "urn:x-gainsay:article:"

// Append `prefix` and `name`, what no IRI may hold as %XX.
void urn_add(struct buf *out, const char *prefix, struct sv name);
// The name behind `prefix`; absent when the IRI does not begin so.
struct sv urn_read(struct arena *arena, const char *prefix, struct sv iri);

// Read the targets of an annotation (one or a list) into parts of a span, in the order they come. What has no quote
// or stands elsewhere than the first is counted as left.
//   source  IRI of the first target that has one
//   returns  how many parts
size_t targets_read(const struct json_in *json, const struct jnode *target, struct rec_list *span,
                    struct sv *source);

// A claim out of what others wrote beside a quote; says, tags and note are added to.
void claim_add_comment(struct arena *arena, struct claim *claim, struct sv text);

#endif
