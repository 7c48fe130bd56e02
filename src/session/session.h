// One sitting: open articles and this annotator's layers, changes with undo, every change saved at once.
// The screen and scripts change data only through here.
#ifndef GAINSAY_SESSION_SESSION_H
#define GAINSAY_SESSION_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/units.h"
#include "model/derive.h"
#include "model/layer.h"
#include "model/query.h"
#include "model/registry.h"
#include "store/files.h"
#include "store/workspace.h"
#include "text/anchor.h"
#include "text/article.h"

struct session;

// One part of a record's span, as bytes of the open text: what panes draw and jump to.
struct mark {
    struct byte_span span;
    enum section section; // CLAIMS, FURNITURE or NOTES
    const void *rec;
    size_t part;          // which part of the record
    size_t reach;         // largest span.end of this mark and all before it: bounds a search backwards
};

// One open article with this annotator's layer. Owned by the session.
struct reading {
    struct sv id;                // of the article
    struct article *article;
    struct anchors *anchors;     // finds quotes in it, from the old text too when that is to be had
    struct meta meta;
    struct layer_file file;      // file.layer is the layer
    bool is_writable;            // false: refused file, other's layer, or read-only place
    bool is_text_changed;        // sha256 differs from the layer's
    const struct mark *marks;    // sorted by span.beg, longer first; valid until the next change
    size_t mark_count;
    // Records with a part or cue that is no longer at its position: found elsewhere (drawn there),
    // doubtful (drawn at the likeliest place) or lost; the worst of what they have.
    const struct misplaced {
        const void *rec;
        enum section section;
        enum anchor anchor;      // MOVED, DOUBT, LOST
    } *misplaced;
    size_t misplaced_count;
};

// Open a sitting. `ws` is borrowed. Loads the registry.
MUST_CHECK bool session_new(struct workspace *ws, struct sv annotator, struct session **out,
                            struct err *err);
// A sitting of the same annotator in the same workspace as a revision of git has it: nothing can be changed in it.
//   returns  false (E_USAGE, E_SYSTEM) as workspace_open_at
MUST_CHECK bool session_new_at(struct session *present, const char *revision, struct session **out,
                               struct err *err);
// "a1b2c3d4 (2026-11-20)" in a sitting that looks at a revision; NULL: at the files as they stand.
const char *session_as_of(const struct session *session);
// Refuse to change anything in such a sitting. true: it is none.
MUST_CHECK bool session_is_present(const struct session *session, struct err *err);
// Add a warning to the findings in a clone that merges by lines what .gitattributes would have merged by record.
void session_hint_driver(struct session *session);
void session_free(struct session *session);

// Append the time, as records have it: "2026-03-01T12:00:00Z".
void session_now(struct buf *out);

struct workspace *session_workspace(struct session *session);
struct sv session_annotator(const struct session *session);
const struct scheme *session_scheme(const struct session *session);
struct registry *session_registry(struct session *session);

// Open an article (again: the same reading). The other articles of its event are opened with it, so that
// links can be seen from both ends; one that cannot be read is reported and left out.
MUST_CHECK bool session_open(struct session *session, struct sv article, struct reading **out,
                             struct err *err);
struct reading *session_find(struct session *session, struct sv article); // open already, or NULL
// Open articles of the same event, `reading` left out, in order of id.
struct reading *session_other(struct session *session, const struct reading *reading, size_t index);

// All open articles, in order of id; NULL past the last.
struct reading *session_reading(struct session *session, size_t index);

// Parse a query, which may ask for those saved in the workspace, as they stand now (queries_parse).
MUST_CHECK bool session_query(const struct session *session, struct sv text, struct query **out,
                              struct err *err);
// The saved queries as they stand now, struct saved_query; none of a file that is refused. Valid until the next call.
const struct rec_list *session_saved(struct session *session);

// What follows from the open layers; valid until the next change.
const struct derived *session_derived(struct session *session);

// How many claims of `reading` are contested and disputed. O(1) but after links changed.
struct claim_counts session_counts(struct session *session, const struct reading *reading);

// Findings since the last call: load warnings, merges, save failures. Moves them to the caller.
void session_take_findings(struct session *session, struct findings *out);

// ---- changes -------------------------------------------------------------------------------------
// Calling sequence: change_begin, any of put/drop/..., change_commit. A commit is one step of undo: it
// updates the layers, saves the files it touched and makes marks and derived anew.

struct change;

struct change *change_begin(struct session *session, const char *what); // "mark claim": for messages
void change_put(struct change *change, struct reading *reading, enum section section,
                const void *rec); // record in change_arena(reading)
void change_drop(struct change *change, struct reading *reading, enum section section, struct sv id);
void change_set_read(struct change *change, struct reading *reading, struct cp_span_list read);
// The positions of the layer count in the text as it is from now on.
void change_set_text(struct change *change, struct reading *reading);
// Head keys of a layer: `state` (STATE_FINISHED, or absent) and `guideline`.
void change_set_state(struct change *change, struct reading *reading, struct sv state);
void change_set_guideline(struct change *change, struct reading *reading, struct sv version);
void change_put_source(struct change *change, const struct source *source);
void change_drop_source(struct change *change, struct sv id);
// The record with this id as it will be after the change, or NULL.
const void *change_get(const struct change *change, const struct reading *reading,
                       enum section section, struct sv id);
struct arena *change_arena(struct reading *reading);     // for new records of this layer
struct arena *change_source_arena(struct session *session);

// Apply, save, forget `change`. false when the change is refused (read-only: nothing changed) — a save that fails
// does not refuse: the change stands in memory, session_is_saved is false, findings say why, and
// every later commit or session_save tries again.
MUST_CHECK bool change_commit(struct change *change, struct err *err);
void change_abort(struct change *change);

// Undo or redo one commit, of this sitting or, when there is none left, of an earlier one of this
// annotator on this machine. false with E_USAGE when there is none; with E_MERGED when the one of an
// earlier sitting does not fit what stands there now: it is passed over, and the next call takes the one
// before it. *what names it; *where is where it was (NULL: the
// registry, or several articles).
bool session_undo(struct session *session, const char **what, struct reading **where,
                  struct err *err);
bool session_redo(struct session *session, const char **what, struct reading **where,
                  struct err *err);
bool session_has_undo(const struct session *session); // is there one of this sitting?

// Counts up with every commit, undo, redo, refresh and open that changed anything: who keeps figures
// made from records or marks makes them anew when it differs.
size_t session_version(const struct session *session);
// The records that changed since it had this version, in order; valid until the next change.
//   returns  false when more than records did, or too much: everything is to be looked at anew
bool session_deltas(const struct session *session, size_t version, const struct delta **out,
                    size_t *count);

bool session_is_saved(const struct session *session);
// Could a file that was to be read not be: this layer (NULL: none is asked for), or the registry?
bool session_is_refused(const struct session *session, const struct reading *reading);
// Is there none among the open layers, nor the registry? False (E_REFUSED) names one.
MUST_CHECK bool session_was_read(const struct session *session, struct err *err);
MUST_CHECK bool session_save(struct session *session, struct err *err); // try again what failed
// Has a file changed under us? Loads and merges it then; true when anything changed. What could not be saved is
// tried again, a refused file that was mended is read anew.
bool session_refresh(struct session *session);
// What can wait until the answer to a key is shown: files that saves have replaced, to be given back to the system.
bool session_holds(const struct session *session);
void session_let_go(struct session *session);

#endif
