// The reader on a revision. Declared in tui/past.h.
// Never touches what was put aside: it comes back as it was, but for the size of the screen.
#include "tui/past.h"

#include "tui/looks.h"
#include "tui/subject.h"

// Commands that change data, or lead to a dialog that does, without saying so in their table.
static const enum command_id refused[] = {
    COMMAND_EDIT,    COMMAND_ROW_EDIT, COMMAND_ROW_TYPE, COMMAND_ROW_POINT, COMMAND_ROW_STRICT,
    COMMAND_ROW_WHY, COMMAND_ROW_TURN, COMMAND_ROW_MARK, COMMAND_CONFLICTS, COMMAND_DRAFTS,
};

bool past_forbids(const struct app *app, enum command_id id)
{
    if (!session_as_of(app->session))
        return false;
    if (command_get(id)->flags & COMMAND_WRITE)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (refused[i] == id)
            return true;
    return false;
}

bool past_refuses(struct app *app, enum command_id id)
{
    bool is_refused = past_forbids(app, id);

    if (is_refused)
        app_say(app, ROLE_ERROR, "'%s' changes data; this is read only, as of %s",
                command_get(id)->name, session_as_of(app->session));
    return is_refused;
}

static void show_claim(struct app *app, struct reading *reading, struct sv id)
{
    enum section section;
    const void *rec = sv_is_absent(id) ? NULL : layer_find_any(&reading->file.layer, id, &section);

    if (rec)
        subject_show(app, reading, rec);
}

// What `app` shows goes into a struct of its own, and `other`'s comes in its place. Messages are of
// both.
static void change_places(struct app *app, struct app *other)
{
    struct app kept = *app;
    struct messages others = other->messages;

    *app = *other;
    *other = kept;
    app->messages = kept.messages;
    other->messages = others;
}

void past_open(struct app *app, const char *revision, struct sv article, struct sv claim)
{
    struct session *session;
    struct reading *reading;
    struct buf looks = { 0 };
    struct err err = { 0 };
    struct app *past;

    if (!session_new_at(app->session, revision, &session, &err)) {
        app_say_err(app, &err);
        return;
    }
    if (!session_open(session, article, &reading, &err)) {
        session_free(session);
        app_say_err(app, &err);
        return;
    }
    past = app_new(session, reading, NULL, 0, 0);
    looks_get(app, &looks);
    looks_set(past, buf_sv(&looks));
    buf_release(&looks);
    past->rows = app->rows;
    past->cols = app->cols;
    app_event(past, &(struct event){ .type = EVENT_RESIZE, .rows = app->rows, .cols = app->cols });
    show_claim(past, reading, claim);
    change_places(app, past);
    app->present = past;
    app_say(app, ROLE_MESSAGE, "as of %s, read only; q comes back", session_as_of(app->session));
}

bool past_close(struct app *app)
{
    struct app *past = app->present;
    struct session *session = app->session;

    if (!past)
        return false;
    change_places(app, past);
    past->present = NULL;
    app->rows = past->rows;
    app->cols = past->cols;
    app_free(past);
    session_free(session);
    return true;
}
