// Comments put to the nodes they belong to, so that the writer carries them along when keys change places.
// Never drops one: what has no node behind it comes back as the tail.
#ifndef GAINSAY_STORE_DOC_ATTACH_H
#define GAINSAY_STORE_DOC_ATTACH_H

#include "store/yaml.h"

// Set `before` of keys and items and `beside` of values in the tree of `piece`. A comment inside a value that will
// stand on one line goes before its key or item.
//   returns  comment lines behind the last node, in `arena`; absent when there are none
struct sv comments_attach(struct sv piece, struct ynode *root, struct arena *arena);

#endif
