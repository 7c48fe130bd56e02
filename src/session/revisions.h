// What git knows of a record or an article of the sitting: its revisions, each with what it changed.
#ifndef GAINSAY_SESSION_REVISIONS_H
#define GAINSAY_SESSION_REVISIONS_H

#include "session/session.h"
#include "store/git_log.h"

struct revision_change {
    enum { REVISION_ADDED, REVISION_REMOVED, REVISION_CHANGED } what;
    struct sv record;   // "claim c7k2q9wm", "text", "the file"
    struct sv field;    // its key; absent: the record as a whole
    struct sv old, new; // in one line of words; empty: nothing
};

struct revision {
    const char *name;                    // 8 characters of the commit's name; "": not committed yet
    const char *hash;                    // of the commit; NULL likewise
    const char *date, *author, *subject; // date: "2026-11-25T12:00"
    struct sv article;                   // the id that it had then
    struct revision_change *changes;
    size_t count, cap;
    bool is_read;                        // `changes` are known
    const struct git_commit *commit;
};

struct revisions {
    struct session *session; // borrowed
    struct reading *reading;
    struct buf record;       // id; empty: the article
    struct git_log log;
    struct arena arena;
    struct revision *items; // newest first
    size_t count;
};

// Find the revisions of a record of this annotator's layer, or with an absent `record` those of the article: of its
// text, its metadata and that layer. Files and folders that had other names are followed.
//   returns  false with E_SYSTEM: not in git, or no git
//   cost     a run of git or two; for a record the bytes of each version of the layer are read
MUST_CHECK bool revisions_find(struct session *session, struct reading *reading, struct sv record,
                               struct revisions *out, struct err *err);

// What a revision changed, read when it is first asked for. What cannot be read changed nothing.
const struct revision *revisions_get(struct revisions *revisions, size_t index);
void revisions_release(struct revisions *revisions); // the zero value is allowed

#endif
