// Who reads what, as a list that is read in row by row: a workspace of ten thousand articles is not opened for the
// rows of a screen.
#ifndef GAINSAY_SESSION_ROSTER_H
#define GAINSAY_SESSION_ROSTER_H

#include "model/team.h"
#include "session/session.h"

struct roster_row {
    struct sv annotator, article; // in the roster's arena
    bool is_own, is_assigned;
    // Known after roster_look:
    bool is_known;
    bool is_hidden; // the team works blind, and one's own reading is not finished
    bool is_there;  // there is a layer
    bool is_refused;
    bool is_finished, is_old; // made under another guideline than the team's
    size_t read;              // per cent of the text
    size_t claims, links;
    struct sv guideline;
};

struct roster {
    struct roster_row *rows; // by annotator, then article
    size_t count, cap;
    struct arena arena;
};

// Every annotator by every article that they read or are to read; oneself by the articles that are open, too. Looks for
// files, reads none.
//   cost  O(annotators * articles) looks
void roster_find(struct session *session, struct roster *out);
// Read what is to be said of a row, once. Nothing is counted of what may not be seen.
void roster_look(struct session *session, struct roster *roster, size_t row);
void roster_release(struct roster *roster);

#endif
