// Finding a quoted passage in a text that may have changed.
#ifndef GAINSAY_TEXT_ANCHOR_H
#define GAINSAY_TEXT_ANCHOR_H

#include "base/sv.h"
#include "base/units.h"
#include "text/article.h"

enum anchor {
    ANCHOR_HERE,  // the quote stands at its position
    ANCHOR_MOVED, // it stands, unchanged, at one other place that its context singles out
    ANCHOR_DOUBT, // several places, or the only one has another context
    ANCHOR_LOST,  // nowhere
};

// Look for `quote` (valid UTF-8, U+FFFD stands for an invalid byte) at `at`, then everywhere.
//   before, after  context, may be absent or empty
//   found          the place; set for HERE, MOVED and DOUBT (the best one)
//   cost           O(quote) when it stands where it should, else O(text)
enum anchor anchor_find(struct article *article, struct cp_span at, struct sv quote,
                        struct sv before, struct sv after, struct cp_span *found);

#endif
