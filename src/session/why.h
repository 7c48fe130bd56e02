// A reason for a link, offered from the words at its two ends.
#ifndef GAINSAY_SESSION_WHY_H
#define GAINSAY_SESSION_WHY_H

#include "session/verbs.h"

// The words at a place, line ends as blanks; appended.
void why_quote(const struct place *place, struct buf *out);

// What the two ends say, side by side: "herald: “four people”; tribune: “Six people”". Numbers in which
// they differ, else the words that they do not share, a dozen at most of each. One line, replaces `out`.
// Cost: O(words of one end * words of the other).
void why_propose(const struct place *from, const struct place *to, struct buf *out);

// The same for a link that is there, of a layer of `home`; empty when one end is not open.
void why_propose_link(struct session *s, struct reading *home, const struct link *link,
                      struct buf *out);

#endif
