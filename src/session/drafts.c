// What is being typed: the way from the screen to the state folder.
// Never disturbs the typing: a text that cannot be kept is said so once.
#include "session/drafts.h"

#include "session/inner.h"

bool session_keep(struct session *session, struct unsaved *unsaved, bool is_durable)
{
    struct err err = { 0 };

    if (journal_write(session->ws, buf_sv(&session->annotator), unsaved, is_durable,
                      &session->unsaved_path, &err)) {
        session->is_keeping_refused = false;
        return true;
    }
    if (!session->is_keeping_refused)
        findings_add(&session->findings, SEVERITY_WARNING, E_SYSTEM,
                     (struct err_at){ .path = buf_cstr(&err.path) },
                     "what is being typed cannot be kept until it is saved: %s",
                     buf_cstr(&err.text));
    session->is_keeping_refused = true;
    err_release(&err);
    return false;
}

void session_keep_done(struct session *session)
{
    if (!session->unsaved_path.len)
        return;
    journal_forget(buf_cstr(&session->unsaved_path));
    buf_clear(&session->unsaved_path);
}

void session_kept(struct session *session, bool with_dropped, struct kept_list *out)
{
    journal_list(session->ws, buf_sv(&session->annotator), buf_cstr(&session->unsaved_path), out,
                 &session->findings);
    while (!with_dropped && out->count && out->items[out->count - 1].is_dropped)
        kept_release(&out->items[--out->count]);
}

bool session_drop_kept(struct session *session, struct kept *kept, bool is_dropped, struct err *err)
{
    (void)session;
    return journal_drop(kept, is_dropped, err);
}

void session_forget_kept(struct session *session, const struct buf *path)
{
    (void)session;
    journal_forget(buf_cstr(path));
}
