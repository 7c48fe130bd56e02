// The work left in an open article, found in steps and kept: a change of records brings it up to date.
#ifndef GAINSAY_SESSION_LEFT_H
#define GAINSAY_SESSION_LEFT_H

#include "model/worklist.h"
#include "session/session.h"

#define LEFT_BYTES ((size_t)4 << 20) // of a text; what is behind is not looked at

// What the next step does.
enum left_stage {
    LEFT_STAGE_RECORDS, // some records
    LEFT_STAGE_CUT,     // a stretch of the text into sentences: once, whatever changes
    LEFT_STAGE_LINES,   // some lines of the text
    LEFT_STAGE_DONE
};

// What was found so far, in order whenever the stage changes. Brought up to date by a few records that changed; begun
// anew when more did. Valid until the next change.
const struct worklist *session_left(struct session *session, struct reading *reading);
// How far it is, as of now; LEFT_STAGE_RECORDS before session_left, and while that has to begin anew.
enum left_stage session_left_stage(const struct session *session, const struct reading *reading);
// The next step, about a ms. Behind session_left of the same version.
void session_left_go_on(struct session *session, struct reading *reading);
// Byte up to which the text is cut.
size_t session_left_cut(const struct reading *reading);

#endif
