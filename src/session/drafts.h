// What is being typed, kept outside the workspace while it is saved nowhere, and what earlier sittings left so.
//
// Calling sequence: session_keep whenever there is enough new, session_keep_done when the text is accepted or
// dropped. A file that is left by a sitting that broke off comes back by session_kept.
#ifndef GAINSAY_SESSION_DRAFTS_H
#define GAINSAY_SESSION_DRAFTS_H

#include "session/session.h"
#include "store/journal.h"

// Keep a text (its place, the text, the cursor; the rest is set here). A failure is a finding, once; then the
// text is in memory alone.
//   is_durable  wait for the disk
//   returns     is it kept?
bool session_keep(struct session *session, struct unsaved *unsaved, bool is_durable);
void session_keep_done(struct session *session);

// What was left, the dropped ones last if they are wanted: a list for the caller to release. Damaged files become
// findings.
void session_kept(struct session *session, bool with_dropped, struct kept_list *out);
// Drop one, or bring it back.
MUST_CHECK bool session_drop_kept(struct session *session, struct kept *kept, bool is_dropped,
                                  struct err *err);
// One that is kept elsewhere now, or saved.
void session_forget_kept(struct session *session, const struct buf *path);

#endif
