// Files that git has and a sparse checkout leaves out of the working tree: they are not gone, and what would be
// written in their place would read as their end.
#ifndef GAINSAY_STORE_CHECKOUT_H
#define GAINSAY_STORE_CHECKOUT_H

#include "store/workspace.h"

// Paths below corpus/ and annotations/ that are left out, relative to the root, sorted. None where the checkout is
// whole, or git does not tell. One run of git in a sparse checkout, none in any other.
void checkout_left_out(const struct workspace *ws, struct fs_names *out);
bool checkout_has_left_out(const struct fs_names *left_out, const char *path);

// The same for the layer of an article.
bool checkout_has_left_out_layer(const struct fs_names *left_out, struct sv annotator,
                                 struct sv article);

// Refuse what is asked of a file that is left out, with the way to have it: false with E_REFUSED. true for any other
// file. `path` as above.
MUST_CHECK bool checkout_holds(const struct workspace *ws, const char *path, struct err *err);

#endif
