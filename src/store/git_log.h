// The history that git keeps: commits, each with the files it changed and where their bytes are.
#ifndef GAINSAY_STORE_GIT_LOG_H
#define GAINSAY_STORE_GIT_LOG_H

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"

// One file of a commit. Paths are relative to the folder that was asked about; NULL: it was not there before, is not
// there after. A file that got another name has two different ones.
struct git_file {
    const char *old, *new;
    const char *old_id, *new_id; // of the blobs (store/git_objects.h)
    const char *also_id; // of a merge: the blob in the other parent, from which it differs too; else NULL
};

struct git_commit {
    const char *hash;                    // full
    const char *author, *date, *subject; // date: as ISO 8601 has it, with the author's zone
    struct git_file *files;
    size_t file_count;
};

struct git_log {
    struct arena arena;
    struct git_commit *commits; // newest first; of a merge the files that are as in neither parent
    size_t count;
};

// Read the history of what lies below `paths` (at most GIT_LOG_PATHS, NULL-terminated).
//   returns  false (E_SYSTEM) when git has no history here
//   cost     one run of git; memory some 200 bytes a file and commit
#define GIT_LOG_PATHS 8
MUST_CHECK bool git_log_read(const char *dir, const char *const *paths, struct git_log *out,
                             struct err *err);
void git_log_release(struct git_log *log);

// Keep only what is about these files, under whatever names they had: a commit's other files go, commits without any
// too. A name that another file has now counts for one of these only before they gave it up.
void git_log_follow(struct git_log *log, const struct fs_names *paths);

// Files below annotations/ that hold the record with this id at HEAD; when there is none, those in which its id ever
// came or went. Sorted, relative to `dir`.
MUST_CHECK bool git_find_record(const char *dir, const char *id, struct fs_names *out,
                                struct err *err);

#endif
