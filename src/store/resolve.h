// Files of a workspace that a merge left in conflict: merged again by record and field, decided, written.
#ifndef GAINSAY_STORE_RESOLVE_H
#define GAINSAY_STORE_RESOLVE_H

#include "store/doc_merge.h"
#include "store/workspace.h"

enum resolve_state {
    RESOLVE_NOTHING, // there was no conflict in the file
    RESOLVE_DONE,    // all is decided: the file is good again
    RESOLVE_OPEN,    // conflicts are left between markers
    RESOLVE_GONE,    // one side took the file away, the other changed it; it stands as it was changed
};

struct resolve {
    const struct workspace *ws;
    const char *path; // relative to the root
    bool is_dry;      // write nothing
    enum doc_decision (*decide)(void *ctx, const struct doc_conflict *conflict); // NULL: later
    void *ctx;
};

struct resolved {
    enum resolve_state state;
    struct doc_merged merged; // of one that had conflicts
    bool is_anew;             // what stood in the file could not be read: merged from git's three versions
};

// The two sides of a file are what stands in it with the lines of either side, so that what was mended by hand stays
// as it is. Where one cannot be read, or nothing was marked because git had no driver to run, git's own three
// versions are merged.
//   returns  false when neither can be read; the file is then as it was
MUST_CHECK bool resolve_file(const struct resolve *resolve, struct resolved *out, struct err *err);
void resolved_release(struct resolved *resolved);

// Files of the workspace that git has in conflict, sorted, relative to the root; none outside git.
MUST_CHECK bool resolve_list(const struct workspace *ws, struct fs_names *out, struct err *err);

#endif
