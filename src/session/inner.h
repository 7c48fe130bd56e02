// Inside of a session: what session.c, change.c, undo.c and marks.c share. Nothing outside session/ includes it.
#ifndef GAINSAY_SESSION_INNER_H
#define GAINSAY_SESSION_INNER_H

#include "model/thread.h"
#include "session/session.h"
#include "store/list_file.h"
#include "store/team_file.h"

// A reading with what only the session needs; `pub` is first, so a struct reading * is one of these.
struct inner {
    struct reading pub;
    struct session *session;
    struct buf id;
    struct fs_text text;
    struct fs_stamp text_stamp; // of the text as last looked at
    struct buf old_text;        // that the positions count in; empty: the same, or not to be had
    struct meta_file meta;
    struct mark *marks;
    size_t mark_cap;
    struct misplaced *misplaced;
    size_t misplaced_cap;
    struct sv *settled;         // ids of records whose place a person accepted in this sitting
    size_t settled_count, settled_cap;
    char sha256[65];          // of the text; empty: not computed yet
    bool is_dirty;            // the last save failed
    size_t state;             // which bytes the file has: of each state there is but one number
    struct fs_stamp seen;     // of a file that could not be taken in, so that it is tried once
    struct peer **peers;      // layers of others that may be seen (peers.c), by name; owned
    size_t peer_count, peer_cap;
    const struct layer **peer_layers; // as last asked for; owned
    struct left *left;        // session/left.c; NULL: nobody asked yet
};

// What one step does to one thing. The two sides are swapped by undo and redo.
enum item_kind {
    ITEM_RECORD, // const struct record * of a section
    ITEM_SOURCE, // const struct source *; reading is NULL
    ITEM_READ,   // const struct cp_span_list *
    ITEM_TEXT,   // const struct text_state *: the article's hash, at the first save
    ITEM_STATE,  // const struct sv *: is the article finished?
    ITEM_GUIDELINE, // const struct sv *: version of the team's rules
};

struct item {
    enum item_kind kind;
    struct inner *reading;
    enum section section;
    struct sv id;
    const void *before, *after; // NULL: not there; live in the layer's or the registry's arena
};

// How the bytes of one file went from one state to another: undo gives back the very bytes, also where
// they were not written by this program.
struct trace {
    struct inner *reading; // NULL: the registry
    size_t before_state, after_state;
    struct splice there, back;
};

struct step {
    char *what;
    char *log_id;              // in the log of undo (past.c); NULL: not there
    struct trace *traces;
    size_t trace_count, trace_cap;
    struct item *items;
    size_t count, cap;
};

struct change {
    struct session *session;
    struct step *step;
};

struct steps { // a stack
    struct step **items;
    size_t count, cap;
};

struct session {
    struct workspace *ws;
    struct workspace *own_ws;     // of a sitting at a revision that another one opened; NULL: borrowed
    struct buf as_of;             // of a sitting at a revision; empty: of the present
    struct buf annotator;
    struct arena arena;           // last voice and the like
    struct registry_file registry;
    struct team_file team;
    struct fs_stamp team_seen;
    struct threads threads;       // as of threads_version (peers.c)
    bool has_threads;
    size_t threads_version;
    bool is_registry_dirty;
    size_t registry_state, last_state;
    struct fs_stamp registry_seen;
    struct inner **readings;      // by id
    size_t reading_count, reading_cap;
    struct steps undo, redo;
    struct derived *derived;      // NULL: to be made anew
    struct relation *relation;    // session/relation.c; NULL: nothing was compared yet
    struct uses *uses;            // session/rank.c; NULL: no source was offered yet
    struct shown *shown;          // session/board.c; NULL: no board was shown yet
    size_t version;
    struct delta *deltas;         // since version known_from, in order (deltas.c)
    size_t *delta_versions;       // from which on each counts
    size_t delta_count, known_from;
    struct findings findings;
    struct rng rng;
    const struct voice *last_voice; // given in this sitting; NULL: none yet
    const struct inner *last_voice_in;
    struct sv *used;              // ids of sources, the latest last
    size_t used_count, used_cap;
    struct past *past;            // undo beyond this sitting (past.c)
    struct list_file saved;       // queries.yaml as last looked at (saved.c)
    struct buf unopened;          // the first article beside another that could not be opened; empty: none
    struct buf unsaved_path;      // file of the text being typed (drafts.c); empty: none
    bool is_keeping_refused;      // it could not be written; said once
};

// ---- change.c
// change_get of a record of the layer, without looking it up: O(records of the change).
const void *change_get_of(const struct change *change, const struct reading *reading,
                          enum section section, const void *rec);
void step_free(struct step *step);
void steps_push(struct steps *steps, struct step *step);
void steps_clear(struct steps *steps);
// What an item's thing is now.
const void *item_now(struct session *session, const struct item *item);
bool item_eq(const struct item *item, const void *a, const void *b);
// Make every item's thing what `goals[i]` says, then marks and derived, then save what was touched.
enum direction { FIRST_TIME, UNDO, REDO };
//   direction  UNDO: items are taken, and files saved, last first
void step_apply(struct session *session, struct step *step, const void *const *goals,
                enum direction direction);

// ---- session.c
// Marks anew, by the old text when the layer's positions count in another text than this.
void session_place_records(struct session *session, struct inner *reading);
// Load this annotator's layer of the article, in place of a refused one; marks follow.
void session_load_layer(struct session *session, struct inner *reading);
void session_load_registry(struct session *session);

// ---- peers.c
void session_load_team(struct session *session);
// See what others have of the article, and what may be seen of it. true when that changed.
bool peers_look(struct session *session, struct inner *reading);
void peers_release(struct inner *reading);

// ---- deltas.c
// The records that `version`, which has just counted up, is different by; or all that was known holds no more.
void deltas_add(struct session *session, const struct delta *deltas, size_t count);
void deltas_forget(struct session *session);
void deltas_release(struct session *session);

void session_drop_derived(struct session *session); // made anew at the next question

// ---- saving.c
// `exact` and `report` as in layer_file_save. What the report says is taken in and said; it is to be released.
void session_save_reading(struct session *session, struct inner *reading,
                          const struct splice *exact, struct save_report *report);
void session_save_registry(struct session *session, const struct splice *exact,
                           struct save_report *report);
void session_changed(struct session *session); // derived is out of date, the version counts up
const char *inner_sha256(struct inner *reading); // of its text; O(text) the first time

// ---- trace.c
// Save a file (NULL: the registry) that `step` touched; the bytes it had before, or had after, come back.
void trace_save(struct session *session, struct step *step, struct inner *reading,
                enum direction direction);
void traces_release(struct step *step);

// ---- past.c
struct past *past_new(const struct workspace *ws, struct sv annotator); // touches no file
void past_free(struct past *past);
// A step is about to be done: into the log with it. One that cannot be written is undone in this sitting alone.
void past_add(struct session *session, struct step *step);
void past_mark(struct session *session, const struct step *step, bool is_undone);
// The next step of an earlier sitting, with its sides as they stand here, for take_step. NULL and E_USAGE when there is
// none; NULL and E_MERGED, passed over, when it does not fit what stands here now.
struct step *past_take(struct session *session, bool is_undo, struct err *err);

// ---- marks.c
// Where a part, and a cue of a claim whose first part stands at `first`, stand now (text/anchor.h).
enum anchor part_find(const struct reading *reading, const struct part *part,
                      struct cp_span *found);
enum anchor cue_find(const struct reading *reading, const struct claim *claim, struct cp_span first,
                     const struct cue *cue, struct cp_span *found);
// The voices of a claim, cues that moved for sure at their new places.
struct rec_list voices_now(struct reading *r, const struct claim *claim);
struct mark_delta {
    enum section section;
    const void *gone, *come; // either may be NULL
};
void marks_build(struct inner *reading);
// O(marks) for a few deltas.
void marks_update(struct inner *reading, const struct mark_delta *deltas, size_t count);
void marks_release(struct inner *reading);

// ---- left.c
void left_free(struct left *left); // NULL is allowed

// ---- board.c
void shown_free(struct shown *shown); // NULL is allowed

// ---- rank.c
void uses_free(struct uses *uses); // NULL is allowed

// ---- verbs_link.c
// Do two links say the same: type and ends, for an unordered type from either end?
bool link_is_double(const struct session *s, const struct reading *a_home, const struct link *a,
                    const struct reading *b_home, const struct link *b);
// Can `link` stand in `home`? E_LINK or E_WORD otherwise: type, ends, doubles in any open layer.
MUST_CHECK bool link_check(struct session *s, const struct reading *home, const struct link *link,
                           struct err *err);

#endif
