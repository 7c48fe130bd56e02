// A hook of git that checks what is about to be committed.
#ifndef GAINSAY_STORE_HOOK_H
#define GAINSAY_STORE_HOOK_H

#include "base/buf.h"
#include "base/err.h"

// Put a pre-commit hook for the workspace at `root` where this clone looks for its hooks, or add the workspace to one
// that was made here before. A hook of somebody else's stays as it is.
//   report   takes a line for what was done; none when all is there already
//   returns  false (E_SYSTEM): not in git, cannot be written, somebody else's hook (err says what to add to it), or a
//            folder of hooks that is not this repository's
MUST_CHECK bool hook_install(const char *root, struct buf *report, struct err *err);

#endif
