// Files in canonical form read line by line, many times as quick as YAML of any form is.
// Takes only lines that it knows for sure; a file with any other is for libyaml (doc_load) to judge.
#ifndef GAINSAY_STORE_DOC_LINES_H
#define GAINSAY_STORE_DOC_LINES_H

#include "store/doc.h"

// The content of a file, if all its lines are such as our own writer makes them: then it is what doc_load_yaml gives,
// which would find nothing to remark. Records, texts and content->head are made in `arena`; `bytes` is borrowed for the
// call.
//   doc      its heads, and in its arena their runs (doc_impl.h), become those that doc_load_yaml makes;
//            NULL: not wanted
//   returns  false when libyaml is to be asked; *content is then empty, the doc has no heads, some of the arenas is
//            used up
//   cost     O(bytes), one pass
MUST_CHECK bool doc_read_lines(const struct doc_shape *shape, struct sv bytes, struct arena *arena,
                               struct doc_content *content, struct doc *doc);

#endif
