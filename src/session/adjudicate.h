// Adjudicating an article: a sitting of the adjudicated layer, with the layers of all annotators beside it, which are
// only read. Differences as model/adjudicate.h has them, and the verbs that settle them.
//
//   session_new(ws, "adjudicated") and session_open; adjudicating_new; then rows, verbs; adjudicating_free
#ifndef GAINSAY_SESSION_ADJUDICATE_H
#define GAINSAY_SESSION_ADJUDICATE_H

#include "model/adjudicate.h"
#include "session/session.h"

struct adjudicating;

struct adjudicator {
    struct sv name;   // who decides: `decided_by`
    struct sv viewer; // who looks, for a blind team; absent: nobody, who sees nothing there
};

// Load what the annotators made of `reading` and of the other articles of its event. Layers that a blind team hides
// from who looks, and those that count in another text, are left out and told of by session_take_findings.
//   session  of the annotator `adjudicated`; borrowed
//   returns  false when the team or the annotators cannot be read
MUST_CHECK bool adjudicating_new(struct session *session, struct reading *reading,
                                 const struct adjudicator *who, struct adjudicating **out,
                                 struct err *err);
void adjudicating_free(struct adjudicating *adjudicating); // NULL is allowed

// May who decides do so? E_TEAM when the team names adjudicators, and not this one; or when nobody's layer is to be
// seen by who looks.
MUST_CHECK bool adjudicating_may_decide(const struct adjudicating *adjudicating, struct err *err);

struct reading *adjudicating_reading(struct adjudicating *adjudicating);
struct sv adjudicating_person(const struct adjudicating *adjudicating);
// The article with an index of the adjudication's.
struct reading *adjudicating_article(struct adjudicating *adjudicating, size_t index);
// Rows as they are now; valid until the next change of the session, or of a layer. Made anew only when one was.
const struct adjudication *adjudicating_now(struct adjudicating *adjudicating);
// Has an annotator's file changed under us? Loads it anew then; true when any did.
bool adjudicating_refresh(struct adjudicating *adjudicating);

#endif
