// Lines typed before, for the prompts of the reader: the screen does no I/O of its own.
// Never fails: a history that cannot be read is empty (store/state.h).
#ifndef GAINSAY_SESSION_HISTORY_H
#define GAINSAY_SESSION_HISTORY_H

#include "base/fs.h"
#include "session/session.h"

// Lines of the history `name` ("search", "command", "filter"), newest last; release with
// fs_names_release.
void session_history(struct session *session, const char *name, struct fs_names *out);
void session_history_add(struct session *session, const char *name, struct sv line);

#endif
