// Words, clauses, sentences, quotations and paragraphs: the units a reader moves and marks by.
// Own rules (FORMAT and reference figures in gainsay-keys(7)); never changes the text, never asks the
// locale. A unit never crosses a line end, and its span has no white space at either end.
#ifndef GAINSAY_TEXT_SEGMENT_H
#define GAINSAY_TEXT_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"
#include "text/article.h"

enum unit {
    UNIT_CLUSTER,
    UNIT_WORD,      // letters, digits, inner apostrophes and hyphens; or a run of other signs
    UNIT_CLAUSE,    // part of a sentence between commas, dashes, semicolons, colons, conjunctions, cues
    UNIT_WHOLE,     // the same, and unit_at takes in what is put in: "The mayor, who knew, left"
    UNIT_SENTENCE,
    UNIT_QUOTATION, // the words between quotation marks, marks left out; unclosed: to the sentence's end
    UNIT_PARAGRAPH, // one source line
    UNIT__N
};

// The unit that holds `pos`; between two units, the one that follows; past the last, the last.
//   returns  false when the text has no such unit at or after pos on its line (UNIT_QUOTATION: when
//            pos is not inside one), or the text is empty
//   cost     O(line)
bool unit_at(const struct article *article, enum unit unit, size_t pos, struct byte_span *out);

// Beginning of the first unit that begins after `pos`, else the length of the text. Crosses lines.
size_t unit_next(const struct article *article, enum unit unit, size_t pos);
// Beginning of the last unit that begins before `pos`, else 0.
size_t unit_prev(const struct article *article, enum unit unit, size_t pos);
// Last cluster of the unit that ends after `pos` (vim's `e`): byte where that cluster begins.
size_t unit_end(const struct article *article, enum unit unit, size_t pos);

// All units of one kind in order, in one walk from the beginning of the text.
//   hard_wrapped  joins single line ends (paragraphs are parted by empty lines); only for
//                 UNIT_SENTENCE and UNIT_CLAUSE
//   cost          units_next until it returns false: O(text)
// The article must outlive the walk.
struct units;
struct units *units_new(const struct article *article, enum unit unit, bool hard_wrapped);
bool units_next(struct units *units, struct byte_span *out); // false: that was the last
void units_free(struct units *units);                        // NULL is allowed

#endif
