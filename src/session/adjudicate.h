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

// May who decides do so? E_TEAM when the team names adjudicators, and not this one; or when it is blind and who
// looks may not see yet what was decided.
MUST_CHECK bool adjudicating_may_decide(const struct adjudicating *adjudicating, struct err *err);

struct reading *adjudicating_reading(struct adjudicating *adjudicating);
struct sv adjudicating_person(const struct adjudicating *adjudicating);
// The article with an index of the adjudication's.
struct reading *adjudicating_article(struct adjudicating *adjudicating, size_t index);
// Rows as they are now; valid until the next change of the session, or of a layer. Made anew only when one was.
const struct adjudication *adjudicating_now(struct adjudicating *adjudicating);
// Has an annotator's file changed under us? Loads it anew then; true when any did.
bool adjudicating_refresh(struct adjudicating *adjudicating);

// ---- verbs: each one step of undo in the adjudicated layers. Each names the records of all annotators it was held
// against, the one taken first. false with `err` set and nothing changed: E_TEAM when it is not for this person.
// A link that is taken brings the claims at its ends with it where they are not decided: what all agree on is decided
// by it, what differs stays open.

#define ADJUDICATE_FIELDS 32 // of a kind, at most: room for choices

// What an annotator says, all of it: several records when they cut one claim in pieces.
MUST_CHECK bool adjudicate_take(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                                size_t rater, struct err *err);
// Field by field: choice[f] is the member of the row whose value field f of the kind takes.
MUST_CHECK bool adjudicate_combine(struct adjudicating *adjudicating,
                                   const struct adjudicate_row *row, const size_t *choice,
                                   struct err *err);
// The choices to begin with: for each field what most say, else the first who says anything.
void adjudicate_propose(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                        size_t *choice);
// All rows there is no difference in; *count of them. E_SYSTEM, and none, while a layer of the article or a text of
// its event cannot be read.
MUST_CHECK bool adjudicate_agreed(struct adjudicating *adjudicating, size_t *count,
                                  struct err *err);
// None of it; the cause is asked for. A rejected claim's links go with it; a rejected link keeps the ends it had.
MUST_CHECK bool adjudicate_reject(struct adjudicating *adjudicating,
                                  const struct adjudicate_row *row, struct sv why, struct err *err);
// Every reading that differs as a record of its own.
MUST_CHECK bool adjudicate_stand(struct adjudicating *adjudicating,
                                 const struct adjudicate_row *row, struct err *err);
// What was decided holds for what is new or changed since.
MUST_CHECK bool adjudicate_confirm(struct adjudicating *adjudicating,
                                   const struct adjudicate_row *row, struct err *err);
// Not decided any more. A claim that links lead to stays, undecided.
MUST_CHECK bool adjudicate_reopen(struct adjudicating *adjudicating,
                                  const struct adjudicate_row *row, struct err *err);
// The reason of a decision; blank: none.
MUST_CHECK bool adjudicate_why(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                               struct sv why, struct err *err);

#endif
