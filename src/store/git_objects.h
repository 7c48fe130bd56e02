// Many objects of a repository read through one `git cat-file`, as fast as it can give them.
#ifndef GAINSAY_STORE_GIT_OBJECTS_H
#define GAINSAY_STORE_GIT_OBJECTS_H

#include "base/err.h"
#include "base/proc.h"

struct git_objects {
    struct proc_talk talk;
};

// Calling sequence: git_objects_open, any of git_object_read, git_objects_close.
//   dir  paths in names are relative to it where they begin with "./"
MUST_CHECK bool git_objects_open(const char *dir, struct git_objects *out, struct err *err);

// Append the bytes of a blob.
//   name     "REVISION:./PATH" or the name of an object; holds no control character
//   most     bytes; a larger one is not taken
//   returns  false (E_SYSTEM) when there is no such blob, or git no longer answers
MUST_CHECK bool git_object_read(struct git_objects *objects, const char *name, size_t most,
                                struct buf *out, struct err *err);
void git_objects_close(struct git_objects *objects); // the zero value is allowed

#endif
