// What a reader means who marks the beginning of a sentence: all up to the verb that belongs to it.
#ifndef GAINSAY_TEXT_PREDICATE_H
#define GAINSAY_TEXT_PREDICATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"
#include "text/article.h"

// The clause that holds `pos`. Where that begins its sentence and has no verb of its own, a name or a
// place parted from the rest by what is put in between ("Ane Brekke, who led the inquiry, resigned"),
// all from it to the end of the clause with its verb; of one that reports ("said that"), to the end of
// what it reports first. A guess by rules, as clauses are.
//   returns  false when there is no clause at or after `pos` on its line
//   cost     O(line)
bool predicate_at(const struct article *article, size_t pos, struct byte_span *out);

#endif
