// Where the records of a file that is imported stand in the article here.
#ifndef GAINSAY_EXCHANGE_PLACING_H
#define GAINSAY_EXCHANGE_PLACING_H

#include "exchange/exchange.h"

struct placed {
    size_t here, moved;     // records; moved: found by quote and context at another place
    size_t doubtful, lost;  // records left out
    size_t cues;            // cues that were left out while their claims came in
};

// Do records of this section stand in the text?
bool section_has_parts(enum section section);

// Find every record whose `article` is `id`, by position when its quote stands there, else by quote and context; the
// record is replaced by one with the positions of this text. What is in doubt or lost is marked as left out, and a
// warning in in->findings names it and the likeliest place. Links and comments have no
// place and stay.
void incoming_place(struct incoming *in, struct sv id, struct article *article, struct placed *out);

#endif
