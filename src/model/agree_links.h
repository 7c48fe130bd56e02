// Grouping the links of several annotators by their ends. For model/agree.h.
#ifndef GAINSAY_MODEL_AGREE_LINKS_H
#define GAINSAY_MODEL_AGREE_LINKS_H

#include "model/agree.h"

// Fill `links` and `loose_of` of an agreement whose claims are grouped. O(links log links + claims).
void agree_links_group(struct agreement *agreement);

#endif
