// Lines typed before: the way from the screen to the state folder.
// Never fails: a history that cannot be read is empty.
#include "session/history.h"

#include "store/state.h"

void session_history(struct session *session, const char *name, struct fs_names *out)
{
    (void)session;
    state_history_load(name, out);
}

void session_history_add(struct session *session, const char *name, struct sv line)
{
    (void)session;
    state_history_add(name, line);
}
