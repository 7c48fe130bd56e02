// Inside of an adjudication, for session/adjudicate*.c alone.
#ifndef GAINSAY_SESSION_ADJUDICATE_INNER_H
#define GAINSAY_SESSION_ADJUDICATE_INNER_H

#include "session/adjudicate.h"
#include "store/team_file.h"

struct annotator_layer {
    struct layer_file file;
    bool is_there; // the annotator has one, it may be seen and counts in the text as it is
};

struct adjudicating {
    struct session *session;
    struct reading **articles; // [0] is adjudicated; of the session
    size_t article_count;
    struct fs_names names;     // of annotators
    struct annotator_layer *layers; // [article * annotators + annotator]
    struct team_file team;
    struct buf person, viewer;
    size_t hidden;             // layers of the article that are not to be seen
    struct buf unread;         // the first layer or text of the event that could not be read; empty: none
    bool is_settled_hidden;    // nor is what the team agreed on
    struct adjudication adjudication;
    bool is_made;
    size_t version;            // of the session, when it was
};

// ---- adjudicate_settle.c

// One decision being made; of all that is agreed, many rows in one change.
struct deciding {
    struct adjudicating *adjudicating;
    const struct adjudication *rows;
    struct change *change;
    struct sv *made; // of each row: the id of its first record in this change; absent: none
    bool is_linked;  // note_link
    struct err *err;
};

// What a record will be.
struct outcome {
    const struct adjudicate_row *row;
    const size_t *choice; // of each field: the member whose value it takes
    size_t first;         // the member named first, whose record it is a copy of
    struct sv word, why;  // word absent: it is not decided
};

MUST_CHECK bool deciding_begin(struct adjudicating *adjudicating, const char *what,
                               struct deciding *out, struct err *err);
// Commit when `ok`, else forget it all. Returns whether it was done.
MUST_CHECK bool deciding_finish(struct deciding *deciding, bool ok);
// Put outcomes of one row, 1 at least, in the place of what it had; ids and links are kept where they can be.
MUST_CHECK bool deciding_settle(struct deciding *deciding, const struct outcome *outcomes,
                                size_t count);
void deciding_propose(const struct deciding *deciding, const struct adjudicate_row *row,
                      size_t *choice);
// The word for one record out of all the members of a row.
struct sv deciding_word(const struct adjudicate_row *row);
// The members of a row with their digests, outcome->first before the others.
void deciding_origins(const struct deciding *deciding, const struct outcome *outcome,
                      struct arena *arena, struct decision *decision);
struct reading *deciding_home(const struct deciding *deciding, size_t article);
// Every link of the adjudicated layers that joins a claim of theirs; those rejected join none.
void deciding_each_link(struct deciding *deciding, size_t article, struct sv id,
                        void (*each)(struct deciding *deciding, struct reading *home,
                                     const struct link *link, struct sv id, struct sv other),
                        struct sv other);
void deciding_drop_link(struct deciding *deciding, struct reading *home, const struct link *link,
                        struct sv id, struct sv other);
size_t kind_index(enum kind_id kind, const char *key); // place of a field in its kind

#endif
