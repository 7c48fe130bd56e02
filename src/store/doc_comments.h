// Comments of a piece of YAML, found between its nodes.
// Never takes a `#` inside a value for a comment.
#ifndef GAINSAY_STORE_DOC_COMMENTS_H
#define GAINSAY_STORE_DOC_COMMENTS_H

#include "base/buf.h"
#include "store/yaml.h"

// From `#` to the end of the line, blanks at its end not counted.
struct comment_list {
    struct byte_span *items; // in order of the text
    size_t count;
};

// Comments of `bytes`, whose tree `root` is (NULL: no node). In `arena`.
struct comment_list comments_find(struct sv bytes, const struct ynode *root, struct arena *arena);

// Comments of a piece that is parsed for it, as two texts: the one on the first line (`beside`), and the
// others, a line each (`above`). In `arena`; absent when there is none. Cheap without a `#` in it.
void comments_of_piece(struct sv piece, struct arena *arena, struct sv *beside, struct sv *above);

#endif
