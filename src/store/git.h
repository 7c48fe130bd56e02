// What git knows of the files of a workspace: objects, history, unmerged files, configuration.
//
// Every call runs `git` with an argument vector, without optional locks, with literal paths, and with
// nothing on standard input; its messages are dropped. Paths are relative to `dir`.
#ifndef GAINSAY_STORE_GIT_H
#define GAINSAY_STORE_GIT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"

#define GIT_ARGS 80 // words a call may have, `git` and its own options not counted

// Run `git ARGS` in `dir` and append what it prints.
//   args     NULL-terminated, at most GIT_ARGS words; whoever takes one from outside sees to it that it
//            is no option (git_is_revision) or stands behind `--`
//   returns  false (E_SYSTEM) when git cannot be run or says no; `out` then holds what it printed
MUST_CHECK bool git_read(const char *dir, const char *const *args, struct buf *out,
                         struct err *err);
// The same where a no is an answer: true when git ran and ended with 0.
bool git_try(const char *dir, const char *const *args, struct buf *out);

// Could this word be a revision: not empty, no option, no control character?
bool git_is_revision(struct sv word);

// Is `dir` inside the working tree of a repository?
bool git_has_tree(const char *dir);

// Append where in the work tree `dir` lies: "", or "some/folder/". false: in none.
bool git_prefix(const char *dir, struct buf *out);

// Append the bytes of a file as a revision had it: "HEAD", "main~3", a commit; or as the index has it: "" (and
// ":1", ":2", ":3" for the three stages of one that is unmerged).
//   path     relative to `dir`
//   returns  false (E_SYSTEM) when there is none
MUST_CHECK bool git_blob(const char *dir, const char *revision, const char *path, struct buf *out,
                         struct err *err);

// Files below `dir` that a merge left in conflict, sorted, relative to `dir`.
MUST_CHECK bool git_unmerged(const char *dir, struct fs_names *out, struct err *err);

// Files below corpus/ and annotations/ of the workspace at `dir` that differ between two revisions, sorted, relative
// to `dir`. `to` NULL: the files as they stand, also those git does not know yet.
MUST_CHECK bool git_changed(const char *dir, const char *from, const char *to,
                            struct fs_names *out, struct err *err);

// Files below corpus/ and annotations/ that are staged and differ from HEAD, those taken out not among them; sorted,
// relative to `dir`.
MUST_CHECK bool git_staged(const char *dir, struct fs_names *out, struct err *err);

// Is it a commit, or the name of one, in this repository?
bool git_has_commit(const char *dir, const char *revision);

// Make this clone use gainsay for the files that .gitattributes gives to it, in the configuration of the repository
// alone. What is set already stays.
//   report  takes a line for each thing done
MUST_CHECK bool git_set_up(const char *dir, struct buf *report, struct err *err);

// What is to be said then.
#define GIT_DRIVER_HINT \
    "this clone merges annotations by lines; run 'gainsay init' once to merge them by record and field"

// Does .gitattributes of the workspace at `root` want gainsay to merge, in a clone that does not know how?
bool git_lacks_driver(const char *root);

// Call `each` for the commits, newest first, that changed `path`, as full hashes. What `each` returns false for
// ends the walk.
//   returns  false (E_SYSTEM) when git has no history here
MUST_CHECK bool git_commits(const char *dir, const char *path,
                            bool (*each)(void *ctx, const char *commit), void *ctx,
                            struct err *err);

#endif
