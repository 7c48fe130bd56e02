// Which records changed since a version of the session, so that what was made of all of them can be
// brought up to date by a few. Declared in session/session.h. Never holds a record that may be
// gone: what was read anew begins a new list.
#include "session/inner.h"

#define DELTAS_MOST 1000 // with more, looking at everything anew costs no more

void deltas_forget(struct session *session)
{
    session->delta_count = 0;
    session->known_from = session->version;
}

void deltas_add(struct session *session, const struct delta *deltas, size_t count)
{
    if (session->delta_count + count > DELTAS_MOST) {
        deltas_forget(session);
        return;
    }
    if (!session->deltas) {
        session->deltas = mem_new(DELTAS_MOST * sizeof(*session->deltas));
        session->delta_versions = mem_new(DELTAS_MOST * sizeof(*session->delta_versions));
    }
    for (size_t i = 0; i < count; i++) {
        session->deltas[session->delta_count] = deltas[i];
        session->delta_versions[session->delta_count++] = session->version;
    }
}

bool session_deltas(const struct session *session, size_t version, const struct delta **out,
                    size_t *count)
{
    size_t from = session->delta_count;

    if (version < session->known_from || version > session->version)
        return false;
    while (from && session->delta_versions[from - 1] > version)
        from--;
    *count = session->delta_count - from;
    *out = *count ? session->deltas + from : NULL;
    return true;
}

void deltas_release(struct session *session)
{
    mem_free(session->deltas);
    mem_free(session->delta_versions);
}
