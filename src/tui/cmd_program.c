// Commands of the program: help, the command line, messages, saving, leaving.
// Changes no record.
#include "tui/app.h"

#include "base/attr.h"
#include "base/limits.h"
#include "tui/complete.h"
#include "tui/drafts.h"
#include "tui/help.h"
#include "tui/past.h"
#include "tui/prompt.h"

// What fingers type that know vi.
static const struct {
    const char *name;
    enum command_id id; // NONE: leave the program from wherever one is
} spellings[] = {
    { "w", COMMAND_SAVE },           { "wa", COMMAND_SAVE },
    { "write", COMMAND_SAVE },       { "wq", COMMAND_QUIT },
    { "x", COMMAND_QUIT },           { "exit", COMMAND_QUIT },
    { "qa", COMMAND_NONE },          { "wqa", COMMAND_NONE },
    { "xa", COMMAND_NONE },          { "e", COMMAND_OPEN }, // with a name behind it
    { "h", COMMAND_HELP },           { "$", COMMAND_LAST },
    { "noh", COMMAND_SEARCH_CLEAR }, { "nohlsearch", COMMAND_SEARCH_CLEAR },
};

static void save(struct app *app)
{
    struct err err = { 0 };

    if (session_save(app->session, &err))
        app_say(app, ROLE_MESSAGE, "everything is saved as you go");
    else
        app_say_err(app, &err);
}

// Leave the program from wherever one is.
static void leave(struct app *app, bool is_forced)
{
    struct err err = { 0 };

    while (past_close(app))
        ;
    if (session_is_saved(app->session) || session_save(app->session, &err) || is_forced) {
        err_release(&err);
        app->request = REQUEST_QUIT;
        return;
    }
    app_say_err(app, &err);
    buf_add_cstr(&app->message, "; q again leaves without saving");
    app->is_quit_asked = true;
}

// One step out: of the list, of the row that was looked at, of the revision, of the program.
static void quit(struct app *app)
{
    if (app->focus == PANE_LIST)
        app_run(app, COMMAND_LIST, 0, 0, (struct sv){ 0 });
    else if (!app_unpark(app) && !past_close(app))
        leave(app, app->is_quit_asked);
}

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

// "q!", "wq", "e NAME": true when it was one of them. Leaving never loses work that could be saved.
static bool run_spelling(struct app *app, struct sv name, struct sv rest)
{
    bool is_forced = name.len > 1 && sv_ends(name, SV("!"));

    name.len -= is_forced;
    if (is_forced && !rest.len && (sv_eq_cstr(name, "q") || sv_eq_cstr(name, "quit"))) {
        leave(app, true);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
        enum command_id id = spellings[i].id;

        if (!sv_eq_cstr(name, spellings[i].name) || (id == COMMAND_OPEN && !rest.len) ||
            (rest.len && !(command_get(id)->flags & COMMAND_LINE_ARG)))
            continue;
        if (id == COMMAND_NONE || (is_forced && id == COMMAND_QUIT))
            leave(app, is_forced);
        else
            app_run(app, id, 0, 0, rest.len ? rest : (struct sv){ 0 });
        return true;
    }
    return false;
}

// "12 down", "set topic deaths", "50%".
static void run_line(struct app *app, struct sv text)
{
    int count = cut_number(&text);
    struct sv name = sv_sub(text, 0, sv_find(text, SV(" "), 0));
    struct sv rest = sv_trim(sv_sub(text, name.len, text.len));
    enum command_id id;

    if (!count && run_spelling(app, name, rest))
        return;
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

bool cmd_program(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)count, (void)arg;
    if (id == COMMAND_HELP)
        help_open(app, line);
    else if (id == COMMAND_COMMAND_LINE)
        prompt_open(app, &(struct prompt){ .label = ":",
                                           .history = "command",
                                           .home = { .command = COMMAND_COMMAND_LINE },
                                           .done = command_done,
                                           .complete = complete_command });
    else if (drafts_command(app, id))
        return true;
    else if (id == COMMAND_MESSAGES)
        messages_open(app);
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
