// What two articles quote alike, and what each leaves out of it.
#ifndef GAINSAY_TEXT_QUOTED_ALIKE_H
#define GAINSAY_TEXT_QUOTED_ALIKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"
#include "text/article.h"

#define QUOTED_ALIKE_LEAST 5 // words in a row that two quotations share

// Two quotations with a run of words in common. What each has besides is what the other leaves out.
struct quoted_alike {
    struct byte_span quotation[2]; // of either article, marks left out
    struct byte_span shared[2];    // the longest run of the same words in them
    size_t words[2];               // of the quotations
    size_t shared_words;
    bool is_same;                  // both are cut alike: nothing besides the run
};

struct quoted_alikes {
    struct quoted_alike *items; // in order of the first article, then of the second
    size_t count, cap;
};

// Find them; words are compared folded (text/fold.h), punctuation aside. Only the first `limit` bytes of
// either article are looked at.
//   cost  O(words inside quotation marks), times how often the same five words come again
void quoted_alike_find(const struct article *a, const struct article *b, size_t limit,
                       struct quoted_alikes *out);
void quoted_alikes_release(struct quoted_alikes *found);

#endif
