// The text that a layer's positions count in, after the article changed: as git has it.
#ifndef GAINSAY_STORE_OLD_TEXT_H
#define GAINSAY_STORE_OLD_TEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "model/types.h"
#include "store/workspace.h"
#include "text/anchor.h"

// Look through the history of corpus/ARTICLE.txt, on any branch, for the text with this hash.
//   out      its bytes, appended; as they were in the working tree (CR LF, if the hash says so)
//   returns  false when there is no git, no history, or no such text in its latest OLD_TEXT_MOST states
//   cost     one run of git, and one for each state looked at
#define OLD_TEXT_MOST 64
bool old_text_find(const struct workspace *ws, struct sv article, struct sv sha256,
                   struct buf *out);

// Make `anchors` of an article ready for positions that count in the text `state` names (may be NULL):
// nothing is done when that is the text it has.
//   sha256  of the text it has, 64 digits; empty: computed here
//   old     empty; keeps the old text, and must outlive `anchors`
//   returns true when the article has changed
bool old_text_use(const struct workspace *ws, struct sv article, const struct text_state *state,
                  struct sv bytes, const char *sha256, struct anchors *anchors, struct buf *old);

#endif
