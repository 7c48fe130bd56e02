// Conflicts that a merge left in files of the workspace, and deciding them. A file is written at once, each time; to
// undo is git's business, which still has all three versions.
#ifndef GAINSAY_SESSION_CONFLICTS_H
#define GAINSAY_SESSION_CONFLICTS_H

#include "session/session.h"
#include "store/resolve.h"

struct conflict_row {
    const char *path;                    // relative to the root
    const struct doc_conflict *conflict; // never a deletion
};

struct conflicts {
    struct conflict_row *items; // by file, in its order
    size_t count, cap;
    struct fs_names files;
    struct resolved *resolved;  // one for each file
};

// All that are left in files git has in conflict, and in those of open articles. A file that cannot be read is told
// of by session_take_findings. The old content of `out` is released.
void conflicts_find(struct session *session, struct conflicts *out);
void conflicts_release(struct conflicts *conflicts);

// Decide one, and read what is good again because of it.
//   left  conflicts left in the file
MUST_CHECK bool conflicts_decide(struct session *session, const struct conflict_row *row,
                                 enum doc_decision decision, size_t *left, struct err *err);

#endif
