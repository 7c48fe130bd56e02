// Where the clauses of a sentence begin and end: a guess by rules, good enough to move and mark by.
#ifndef GAINSAY_TEXT_CLAUSE_H
#define GAINSAY_TEXT_CLAUSE_H

#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

// Growing list of spans; zero value is empty.
struct spans {
    struct byte_span *items;
    size_t count, cap;
};

void spans_release(struct spans *spans);

// Append the clauses of the sentence block[beg, end) in order: parts between commas, dashes,
// semicolons, colons, brackets; parts that begin with a conjunction or a relative pronoun and have a
// verb; what is said apart from who says it. Signs at the edges, a leading conjunction and the final
// full stop are left out, so clauses do not touch.
//   spans    bytes of block; at least one for a sentence with a word in it
//   wholes   for each of these the whole that it is an end of, else the same again: of "The mayor,
//            who opened it, was there" all for the first and the last. May be NULL
//   cost     O(sentence): one of more than 512 words and signs is cut into such stretches first
void clauses_of(struct sv block, size_t beg, size_t end, struct spans *spans, struct spans *wholes);

#endif
