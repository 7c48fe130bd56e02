// A file of annotations/ that holds one list of records and is written by hand: team.yaml, queries.yaml.
#ifndef GAINSAY_STORE_LIST_FILE_H
#define GAINSAY_STORE_LIST_FILE_H

#include "store/doc.h"
#include "store/workspace.h"

struct list_file {
    struct arena arena;
    struct buf name;         // path for messages
    const void *head;        // the shape's head struct; NULL: there is no such file, or it is refused
    struct rec_list records; // in the order of the file
    struct doc *doc;         // NULL with `head`
    bool is_there;
};

// Load it; a file that is not there is an empty list.
//   name     of the file in annotations/
//   returns  false when the file is refused
MUST_CHECK bool list_file_load(const struct workspace *ws, const struct doc_shape *shape,
                               const char *name, struct list_file *out, struct findings *findings,
                               struct err *err);
void list_file_release(struct list_file *file);

#endif
