// The others of the team: what they made of the open articles, as far as it may be seen, and the threads of
// comments over all layers that may.
//
// In a team that works blind nothing of theirs is loaded before one's own reading of the article is finished;
// it comes at once then, and goes when that is taken back.
#ifndef GAINSAY_SESSION_PEERS_H
#define GAINSAY_SESSION_PEERS_H

#include "model/team.h"
#include "model/thread.h"
#include "session/session.h"

const struct team *session_team(const struct session *session);
// Is work of others on the article hidden now from whoever sits here?
bool session_is_blind(const struct session *session, const struct reading *reading);

// The layers of others on the article that may be seen, by name of the annotator. Reads them in at the first call
// and when they changed outside; valid until the next change or refresh. A file that is refused is left out, and
// said once (session_take_findings).
size_t session_peers(struct session *session, struct reading *reading,
                     const struct layer *const **out);

// The threads of the open articles, of one's own layers and of those of others that have comments or were asked for by
// session_peers. Valid until the next change.
const struct threads *session_threads(struct session *session);

#endif
