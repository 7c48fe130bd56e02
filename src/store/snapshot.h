// The files of a workspace as a revision of git has them: read from its objects, nothing is put on disk.
#ifndef GAINSAY_STORE_SNAPSHOT_H
#define GAINSAY_STORE_SNAPSHOT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/fs.h"

struct snapshot;

// Look up a revision of the repository that the workspace at `root` lies in, and list its files.
//   revision  whatever git takes for a commit: "HEAD~3", a tag, a date ("main@{yesterday}"), the name of a commit
//   returns   false with E_USAGE when there is no such commit or it holds no workspace, E_SYSTEM when there is no git
//   cost      two runs of git
MUST_CHECK bool snapshot_open(const char *root, const char *revision, struct snapshot **out,
                              struct err *err);
// The same of what is staged: the index. A file that is not staged anew is there as it was committed.
MUST_CHECK bool snapshot_open_index(const char *root, struct snapshot **out, struct err *err);
void snapshot_free(struct snapshot *snapshot); // NULL is allowed

const char *snapshot_commit(const struct snapshot *snapshot); // full name; "" of the index
const char *snapshot_day(const struct snapshot *snapshot);    // of the commit, "2026-11-25"
const char *snapshot_asked(const struct snapshot *snapshot);  // the revision as it was typed

// Paths of its files below corpus/ and annotations/, relative to the root, sorted.
const struct fs_names *snapshot_paths(const struct snapshot *snapshot);
bool snapshot_has(const struct snapshot *snapshot, const char *path);

// Append the bytes of a file, `most` at most. One run of git.
MUST_CHECK bool snapshot_read(const struct snapshot *snapshot, const char *path, size_t most,
                              struct buf *out, struct err *err);

#endif
