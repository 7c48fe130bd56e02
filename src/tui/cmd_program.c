// Commands of the program: help, the command line, undo, saving, leaving.
// Changes data through the session's undo alone.
#include "tui/app.h"

#include "base/limits.h"
#include "tui/complete.h"
#include "tui/drafts.h"
#include "tui/help.h"
#include "tui/past.h"
#include "tui/prompt.h"

// A number off the front of `*text`; 0: none.
static int cut_number(struct sv *text)
{
    int number = 0;
    size_t i;

    for (i = 0; i < text->len && text->ptr[i] >= '0' && text->ptr[i] <= '9'; i++) {
        if (number <= LIMIT_COUNT)
            number = number * 10 + (text->ptr[i] - '0');
    }
    *text = sv_trim(sv_sub(*text, i, text->len));
    return number > LIMIT_COUNT ? LIMIT_COUNT : number;
}

static void say_which(struct app *app, struct sv name)
{
    struct buf names = { 0 };
    unsigned context = app_context(app);

    for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
        const struct command *command = command_get((enum command_id)i);

        if (command->contexts & context && sv_starts(sv_from(command->name), name))
            buf_addf(&names, "%s%s", names.len ? ", " : "", command->name);
    }
    if (names.len)
        app_say(app, ROLE_WARNING, "'" SV_FMT "' can be %s", SV_ARG(name), buf_cstr(&names));
    else
        app_say(app, ROLE_ERROR, "no command '" SV_FMT "'; ? shows all", SV_ARG(name));
    buf_release(&names);
}

// "12 down", "set topic deaths", "50%", "q!".
static void run_line(struct app *app, struct sv text)
{
    int count = cut_number(&text);
    struct sv name = sv_sub(text, 0, sv_find(text, SV(" "), 0));
    struct sv rest = sv_trim(sv_sub(text, name.len, text.len));
    enum command_id id;

    if (name.len > 1 &&
        sv_ends(name, SV("!"))) { // "q!": leaving never loses work that could be saved
        name.len--;
        app->is_quit_asked = true;
    }
    if (count && (!name.len || sv_eq_cstr(name, "%"))) {
        app_run(app, COMMAND_PERCENT, count, 0, (struct sv){ 0 });
        return;
    }
    id = complete_find(app_context(app), name);
    if (id == COMMAND_NONE) {
        say_which(app, name);
        return;
    }

    const struct command *command = command_get(id);
    struct sv number = rest;

    if (command->flags & COMMAND_COUNT && !count && rest.len) {
        count = cut_number(&number);
        rest = number;
    }
    if (rest.len && !(command->flags & (COMMAND_LINE_ARG | COMMAND_ARG)))
        app_say(app, ROLE_WARNING, "'%s' takes nothing after it", command->name);
    else
        app_run(app, id, count, 0, rest.len ? rest : (struct sv){ 0 });
}

static void command_done(struct app *app, struct sv text, bool ok)
{
    text = sv_trim(text);
    if (ok && text.len)
        run_line(app, text);
}

static void undo(struct app *app, bool is_redo, int count)
{
    const char *what = NULL;
    struct reading *where = NULL;
    struct err err = { 0 };
    int done = 0;

    while (done < (count > 0 ? count : 1)) {
        if (is_redo ? !session_redo(app->session, &what, &where, &err)
                    : !session_undo(app->session, &what, &where, &err))
            break;
        done++;
    }
    if (err.code != E_NONE)
        app_say_err(app, &err);
    else if (!done)
        app_say(app, ROLE_MESSAGE, is_redo ? "nothing to redo" : "nothing to undo");
    else if (done == 1)
        app_say(app, ROLE_MESSAGE, "%s: %s", is_redo ? "done again" : "undone", what);
    else
        app_say(app, ROLE_MESSAGE, "%d changes %s, the last: %s", done,
                is_redo ? "done again" : "undone", what);
}

static void save(struct app *app)
{
    struct err err = { 0 };

    if (session_save(app->session, &err))
        app_say(app, ROLE_MESSAGE, "everything is saved");
    else
        app_say_err(app, &err);
}

static void quit(struct app *app)
{
    struct err err = { 0 };

    if (app->focus == PANE_LIST) {
        app_run(app, COMMAND_LIST, 0, 0, (struct sv){ 0 });
        return;
    }
    if (app_unpark(app)) // back to the list of which a row was looked at
        return;
    if (past_close(app))
        return;
    if (session_is_saved(app->session) || session_save(app->session, &err) || app->is_quit_asked) {
        err_release(&err);
        app->request = REQUEST_QUIT;
        return;
    }
    app_say_err(app, &err);
    buf_add_cstr(&app->message, "; q again leaves without saving");
    app->is_quit_asked = true;
}

bool cmd_program(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)arg;
    if (id == COMMAND_HELP)
        help_open(app, line);
    else if (id == COMMAND_COMMAND_LINE)
        prompt_open(app, &(struct prompt){ .label = ":",
                                           .history = "command",
                                           .home = { .command = COMMAND_COMMAND_LINE },
                                           .done = command_done,
                                           .complete = complete_command });
    else if (id == COMMAND_UNDO || id == COMMAND_REDO)
        undo(app, id == COMMAND_REDO, count);
    else if (drafts_command(app, id))
        return true;
    else if (id == COMMAND_SAVE)
        save(app);
    else if (id == COMMAND_REDRAW)
        app->request = REQUEST_REDRAW;
    else if (id == COMMAND_SUSPEND)
        app->request = REQUEST_SUSPEND;
    else if (id == COMMAND_QUIT)
        quit(app);
    else
        return false;
    return true;
}
