// Saved queries: the way from the screen to the workspace. Declared in session/session.h.
// Keeps none from one question to the next: the file is small, and others write it.
#include "session/inner.h"
#include "store/queries_file.h"

bool session_query(const struct session *session, struct sv text, struct query **out,
                   struct err *err)
{
    return queries_parse(session->ws, text, out, err);
}

const struct rec_list *session_saved(struct session *session)
{
    struct findings findings = { 0 };
    struct err err = { 0 };

    list_file_release(&session->saved);
    if (!list_file_load(session->ws, &doc_queries, QUERIES_FILE, &session->saved, &findings, &err))
        err_release(&err); // said when one is asked for
    findings_release(&findings);
    return &session->saved.records;
}
