// Finding quoted passages in a text that may have changed.
//
// Calling sequence: anchors_new; anchors_changed when the positions count in another text than this
// one; any number of anchors_find, anchors_kept; anchors_free.
#ifndef GAINSAY_TEXT_ANCHOR_H
#define GAINSAY_TEXT_ANCHOR_H

#include "base/sv.h"
#include "base/units.h"
#include "text/article.h"

enum anchor {
    ANCHOR_HERE,  // the quote stands at its position
    ANCHOR_MOVED, // the same text stands at another place, or there in other spaces, quotation marks or
                  // dashes; the old text or its context leaves no doubt that it is that one
    ANCHOR_DOUBT, // several places, another context, or other words: for a person to look at
    ANCHOR_LOST,  // nowhere
};

// What is looked for.
struct quoted {
    struct cp_span at;
    struct sv quote;         // valid UTF-8, U+FFFD stands for an invalid byte
    struct sv before, after; // context, may be absent or empty
    // Where something stood that it belongs to (the claim of a cue), and where that stands now: decides
    // between copies where there is no context. Empty: nothing.
    struct cp_span near, near_now;
};

struct anchors;

// O(1); what the search needs is made when the first quote is not where it should be. `article` must
// outlive it.
struct anchors *anchors_new(struct article *article);
void anchors_free(struct anchors *anchors); // NULL is allowed

// The article changed since the positions were made: a quote at its position is believed only when
// its context is there too.
//   old   the text they count in, borrowed; absent when it is not to be had
void anchors_changed(struct anchors *anchors, struct sv old);
bool anchors_has_old(const struct anchors *anchors);

// Look for a quote: at its position, then where the old text's words went, then everywhere.
//   found    the place; set for HERE, MOVED and DOUBT (the best one)
//   cost     O(quote) when it stands where it should; the first other one O(text) (40 ms per MB,
//            170 with an old text), each further one O(quote * copies of its rarest word)
// For HERE and MOVED the text at `found` is alike (text/atom.h); a changed figure, a negation, any
// other word is DOUBT at best.
enum anchor anchors_find(struct anchors *anchors, const struct quoted *quoted,
                         struct cp_span *found);

// What of the old text's `at` is there still, in order, each stretch as long as possible.
// Without an old text: nothing.
void anchors_kept(struct anchors *anchors, struct cp_span at,
                  void (*each)(void *ctx, struct cp_span kept), void *ctx);

#endif
