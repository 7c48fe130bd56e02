// A team's own words that report, out of scheme.yaml.
#ifndef GAINSAY_STORE_REPORTING_H
#define GAINSAY_STORE_REPORTING_H

#include "model/scheme.h"
#include "store/doc.h"

// Put `words` (struct reporting) into scheme->reporting, as rows in `arena`.
//   doc       the file they were loaded from: for the places of what is wrong
//   findings  a way to report that there is none of (E_WORD), an act that the scheme does not have
//             (E_WORD); such a word is left out
void reporting_load(struct scheme *scheme, struct arena *arena, const struct doc *doc,
                    struct rec_list words, struct findings *findings);

#endif
