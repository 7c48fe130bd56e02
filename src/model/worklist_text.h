// The part of the work left that is in the text: what nothing covers. worklist.c alone includes this.
#ifndef GAINSAY_MODEL_WORKLIST_TEXT_H
#define GAINSAY_MODEL_WORKLIST_TEXT_H

#include "model/worklist.h"

// Add to `out` a LEFT_TEXT for each sentence that no claim, cue or furniture touches, and for each clause
// of LEFT_WORDS words or more inside a sentence that is touched; and the coverage of each paragraph.
#define LEFT_WORDS 4
void worklist_find_text(const struct worklist_input *in, struct worklist *out);

#endif
