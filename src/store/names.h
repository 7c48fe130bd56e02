// Names that a workspace can hold: article ids, annotators; and making sense of what a user typed.
// Looks at the disk only to see whether a typed path is a file.
#ifndef GAINSAY_STORE_NAMES_H
#define GAINSAY_STORE_NAMES_H

#include "store/workspace.h"

#define ADJUDICATED "adjudicated" // the layer a team agreed on; no annotator's name

// Could this article id stand in a workspace, whatever else is there: no empty part, no "..", no leading
// dot or dash, no control or hidden character, valid UTF-8, at most LIMIT_NAME bytes?
//   returns  false with E_NAME saying which of these it is
MUST_CHECK bool id_check_form(struct sv id, struct err *err);

// Names of articles and of what lies in annotations/ that some file systems take for one: an error each.
//   returns  false when annotations/ cannot be listed
MUST_CHECK bool workspace_check_names(const struct workspace *ws, struct findings *findings,
                                      struct err *err);

// [a-z0-9][a-z0-9._-]* without a dot at the end, at most LIMIT_NAME bytes.
bool annotator_is_name(struct sv name);

// Make a name of `text` (a login, the local part of an address): lower case, other characters become a
// hyphen; "reader" when nothing is left.
void annotator_make_name(struct sv text, struct buf *out);

#endif
