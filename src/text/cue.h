// Proposals of the words that attribute: the cue near a claim. A proposal, never a fact.
#ifndef GAINSAY_TEXT_CUE_H
#define GAINSAY_TEXT_CUE_H

#include <stdbool.h>

#include "base/units.h"
#include "text/article.h"
#include "text/lexicon.h"

// The likeliest cue for a claim at `claim`: a reporting verb or phrase (cue.def) of the same sentence
// outside the claim, else inside it, else in the sentence before; among equals the nearest.
//   own      a team's reporting words; NULL: none
//   act      where the reporting word suggests one, that act's value ("denies"); else absent
//   returns  false when there is none
bool cue_propose(const struct article *article, struct byte_span claim, const struct cue_rows *own,
                 struct byte_span *cue, struct sv *act);

#endif
