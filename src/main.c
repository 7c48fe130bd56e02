// Entry: the wiring of command line and reader, which do not know each other.
// Nothing is decided here but where a sitting begins and that its place is kept.
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "cli/cli.h"
#include "session/adjudicate.h"
#include "store/names.h"
#include "store/state.h"
#include "term/screen.h"
#include "term/term.h"
#include "tui/adjudic.h"
#include "tui/drafts.h"
#include "tui/looks.h"
#include "tui/past.h"

// Where a sitting begins: as asked for, else where this annotator left off, else the first article.
struct beginning {
    struct reading *article, *other; // other NULL: the reader's choice
    size_t pos, other_pos;           // bytes
    bool is_guess;                   // one of several, nobody said which
};

static bool open_typed(struct session *session, const char *typed, struct reading **out,
                       struct err *err)
{
    struct sv id;

    return workspace_resolve(session_workspace(session), typed, &id, err) &&
           session_open(session, id, out, err);
}

static bool open_first(struct session *session, struct beginning *out, struct err *err)
{
    const struct workspace *ws = session_workspace(session);

    if (!workspace_articles(ws)->count)
        return err_set(err, E_NO_ARTICLE, (struct err_at){ .path = buf_cstr(&ws->root) },
                       "the corpus has no article yet; put one in with 'gainsay add FILE'");
    out->is_guess = workspace_articles(ws)->count > 1;
    return session_open(session, sv_from(workspace_articles(ws)->items[0]), &out->article, err);
}

// The place left off in, where its articles are still there; a lost place is no error.
static void take_place(struct session *session, const struct place *place, struct beginning *out)
{
    struct err err = { 0 };
    struct reading *article = out->article, *other = out->other;

    if (!article && !session_open(session, buf_sv(&place->article), &article, &err)) {
        err_release(&err);
        return;
    }
    out->article = article;
    out->pos = place->pos;
    if (other && !sv_eq(other->id, buf_sv(&place->other)))
        return;
    if (!other && place->other.len && !session_open(session, buf_sv(&place->other), &other, &err)) {
        err_release(&err);
        return;
    }
    out->other = other;
    out->other_pos = place->other_pos;
}

static bool begin(struct session *session, const struct cli_read *asked, struct beginning *out,
                  struct err *err)
{
    struct place place = { 0 };

    if (asked->article && !open_typed(session, asked->article, &out->article, err))
        return false;
    if (asked->other && !open_typed(session, asked->other, &out->other, err))
        return false;
    if (!session_as_of(session) &&
        state_place_load(session_workspace(session), session_annotator(session),
                         out->article ? out->article->id : sv_from(""), &place))
        take_place(session, &place, out);
    place_release(&place);
    return out->article || open_first(session, out, err);
}

// The panes as they stood at the end of the last sitting, whichever its articles were.
static void take_looks(struct session *session, struct app *app)
{
    struct place place = { 0 };

    if (state_place_load(session_workspace(session), session_annotator(session), SV(""), &place))
        looks_set(app, buf_sv(&place.looks));
    place_release(&place);
}

static void keep_place(struct session *session, const struct app *app)
{
    const struct view *article = &app->views[PANE_ARTICLE], *other = &app->views[PANE_OTHER];
    struct place place = { 0 };

    if (!article->reading)
        return;
    buf_add(&place.article, article->reading->id);
    place.pos = article->cursor;
    if (other->reading) {
        buf_add(&place.other, other->reading->id);
        place.other_pos = other->cursor;
    }
    looks_get(app, &place.looks);
    state_place_save(session_workspace(session), session_annotator(session), &place);
    place_release(&place);
}

// The layers of all annotators beside the adjudicated one.
static bool begin_adjudication(struct session *session, struct cli *cli, struct reading *reading,
                               struct adjudicating **out, struct err *err)
{
    struct adjudicator who = { cli_annotator(cli), sv_from(cli_read(cli)->viewer) };

    if (!adjudicating_new(session, reading, &who, out, err))
        return false;
    if (adjudicating_may_decide(*out, err))
        return true;
    adjudicating_free(*out);
    return false;
}

static bool sit(struct session *session, struct cli *cli, struct err *err)
{
    const struct cli_read *asked = cli_read(cli);
    struct adjudicating *adjudicating = NULL;
    struct beginning at = { 0 };

    if (!begin(session, asked, &at, err) ||
        (asked->is_adjudicating &&
         !begin_adjudication(session, cli, at.article, &adjudicating, err)))
        return false;

    if (!session_as_of(session))
        session_hint_driver(session);

    struct app *app = app_new(session, at.article, at.other, at.pos, at.other_pos);

    take_looks(session, app);
    if (at.is_guess)
        app_say(app, ROLE_MESSAGE, "the first of %zu articles; go opens another, ? shows the keys",
                workspace_articles(session_workspace(session))->count);

    if (adjudicating)
        adjudic_begin(app, adjudicating);
    if (!session_as_of(session))
        drafts_offer(app);

    bool ok = asked->script ? term_script(app, asked->script, asked->rows, asked->cols, err)
                            : term_run(app, asked->record, err);

    while (past_close(app)) // a script may end anywhere
        ;
    if (ok && !session_as_of(session))
        keep_place(session, app);
    app_free(app);
    return ok;
}

static int read_articles(struct cli *cli)
{
    struct session *session = NULL;
    struct err err = { 0 };
    struct sv annotator = cli_read(cli)->is_adjudicating ? SV(ADJUDICATED) : cli_annotator(cli);
    bool ok = session_new(cli_workspace(cli), annotator, &session, &err) && sit(session, cli, &err);
    struct findings findings = { 0 };
    int status = ok ? 0 : cli_fail(cli, &err);

    if (session) {
        if (!session_is_saved(session) && !session_save(session, &err))
            status = cli_fail(cli, &err);
        session_take_findings(session, &findings);

        int found = cli_report(cli, &findings);

        status = status ? status : found;
        if (!status && !session_was_read(session, &err))
            status = cli_fail(cli, &err);
    }
    session_free(session);
    return status;
}

// The name that is in force, as setlocale looks for it; NULL when none is set.
static const char *locale_name(void)
{
    const char *all = env_get("LC_ALL"), *ctype = env_get("LC_CTYPE");

    return all ? all : ctype ? ctype : env_get("LANG");
}

// The user's locale. Where none is set at all, and where one with UTF-8 in its name is not
// installed here, as happens on the other end of ssh, C.UTF-8, which every system of today has.
static void set_locale(void)
{
    const char *name = locale_name();
    bool is_known = setlocale(LC_CTYPE, "");

    if (!strcmp(nl_langinfo(CODESET), "UTF-8"))
        return;
    if (!name || (!is_known && (strstr(name, ".UTF-8") || strstr(name, ".utf8"))))
        setlocale(LC_CTYPE, "C.UTF-8");
}

// A standard stream that is closed is kept from becoming another file: its number would be given to
// the next one opened. What stands there cannot be read or written either.
static bool guard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return false;
    return true;
}

int main(int argc, char **argv)
{
    static const struct cli_hooks hooks = { read_articles, screen_library };

    if (!guard_streams())
        return 3; // of all that the system refuses
    set_locale();
    return cli_main(argc, argv, &hooks);
}
