// The workspace on disk: where corpus and annotations are, which articles, which annotators.
#ifndef GAINSAY_STORE_WORKSPACE_H
#define GAINSAY_STORE_WORKSPACE_H

#include <stdbool.h>

#include "base/env.h"
#include "base/err.h"
#include "base/fs.h"
#include "model/layer.h"
#include "model/registry.h"
#include "model/scheme.h"

struct workspace {
    struct buf root;          // absolute path, no slash at the end
    struct arena arena;       // scheme and its words
    struct scheme scheme;     // in force
    struct article_list *list; // articles known so far: workspace_articles
    struct snapshot *at;       // the revision it is looked at in; NULL: its files as they stand
};

// Find the workspace at or above `dir` (NULL: the working directory); load scheme.yaml; list the articles.
//   findings  what is wrong with scheme.yaml (the built-in scheme holds then) and with names in corpus/
//   returns   false with E_NO_SPACE: says where it looked and how to make one
MUST_CHECK bool workspace_open(const char *dir, struct workspace *out, struct findings *findings,
                               struct err *err);
// The same for who wants one article of many: the corpus is looked at when it is asked for, a folder at a time.
// `findings` then holds what is wrong with the scheme; workspace_take_findings gives the rest as it comes up.
MUST_CHECK bool workspace_open_quick(const char *dir, struct workspace *out,
                                     struct findings *findings, struct err *err);
void workspace_take_findings(const struct workspace *ws, struct findings *out);
// Could all of the corpus be looked at that was? False (E_SYSTEM) says what could not.
MUST_CHECK bool workspace_was_listed(const struct workspace *ws, struct err *err);
// The same as a revision of git has it (store/snapshot.h): nothing of it can be written.
//   returns   false also with E_USAGE (no such revision) or E_SYSTEM (not in git)
MUST_CHECK bool workspace_open_at(const char *dir, const char *revision, struct workspace *out,
                                  struct findings *findings, struct err *err);
// The same as it is staged for the next commit.
MUST_CHECK bool workspace_open_staged(const char *dir, struct workspace *out,
                                      struct findings *findings, struct err *err);
void workspace_release(struct workspace *ws);

// Append the bytes of a file of the workspace, by its absolute path: as it stands, or as the revision has it.
//   most      bytes; a larger file is an error
//   is_there  false: there is no such file, which is no error
MUST_CHECK bool workspace_read(const struct workspace *ws, const char *path, size_t most,
                               bool *is_there, struct buf *out, struct err *err);

// Ids of all articles, sorted ("haqqani-2024/kabul-blast"). Of a workspace opened quickly, the first call lists the
// corpus. Valid until the next article is added; the ids themselves as long as the workspace.
const struct fs_names *workspace_articles(const struct workspace *ws);

// Make an empty workspace in `dir` (made when missing): corpus/, annotations/, sources.yaml with no source.
// What is there already is left alone. Inside git, .gitattributes and .gitignore get the lines they lack, and this
// clone's configuration the merge driver.
MUST_CHECK bool workspace_init(const char *dir, struct buf *report, struct err *err);

// Resolve what a user typed to an article id: the id, its last part where that is unique, a path to the file.
// false (E_NO_ARTICLE) names the nearest ids, or all that match.
MUST_CHECK bool workspace_resolve(const struct workspace *ws, const char *typed, struct sv *id,
                                  struct err *err);

struct sv article_event(struct sv id); // "haqqani-2024"; empty for an article at the top
struct sv article_name(struct sv id);  // "kabul-blast"
// The other articles of the same event, in order of id; calls `each` for every one.
void workspace_others(const struct workspace *ws, struct sv id,
                      void (*each)(void *ctx, struct sv other), void *ctx);

// The id as the workspace holds it, when there is such an article.
bool workspace_find_article(const struct workspace *ws, struct sv id, struct sv *out);
// An article that was just added to the corpus: in the list from now on.
void workspace_add_article(struct workspace *ws, struct sv id);

// Paths, absolute. `rel` forms are relative to the root, for messages.
void workspace_text_path(const struct workspace *ws, struct sv id, struct buf *out);
void workspace_meta_path(const struct workspace *ws, struct sv id, struct buf *out);
void workspace_layer_path(const struct workspace *ws, struct sv annotator, struct sv id,
                          struct buf *out);
void workspace_sources_path(const struct workspace *ws, struct buf *out);
// `path` relative to the root when it lies below it, for messages; else `path` itself.
const char *workspace_relative(const struct workspace *ws, const char *path);

// Does no symbolic link on the way to `path` lead out of the workspace? E_NAME names the one that does. To be
// asked before anything below the root is opened: what somebody else's checkout links to is not ours to read.
MUST_CHECK bool workspace_holds(const struct workspace *ws, const char *path, struct err *err);

// Annotators that have a folder, sorted, "adjudicated" last.
MUST_CHECK bool workspace_annotators(const struct workspace *ws, struct fs_names *out,
                                     struct err *err);

// Who annotates: `as` (may be NULL), $GAINSAY_ANNOTATOR, git config gainsay.annotator, git user.email, login.
// E_NAME when the name is not [a-z0-9][a-z0-9._-]*, or is "adjudicated".
MUST_CHECK bool workspace_annotator(const struct workspace *ws, const char *as, struct buf *out,
                                    struct err *err);

// Check a new article id (or annotator): no empty part, no "..", no control or leading dash, no name
// that has a twin (store/twins.h). E_NAME says why.
MUST_CHECK bool workspace_check_id(const struct workspace *ws, struct sv id, struct err *err);

#endif
