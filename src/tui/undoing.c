// One step back or forward in what was changed, and what is said of it.
// Changes data through the session's undo alone.
#include "tui/undoing.h"

void undoing_travel(struct app *app, int count, bool is_redo)
{
    const char *what = NULL;
    struct reading *where = NULL;
    struct err err = { 0 };
    int done = 0, wanted = count > 0 ? count : 1;

    while (done < wanted && (is_redo ? session_redo(app->session, &what, &where, &err)
                                     : session_undo(app->session, &what, &where, &err)))
        done++;
    if (err.code == E_USAGE) { // that there is no further step
        if (!done)
            app_say(app, ROLE_MESSAGE, "%s", buf_cstr(&err.text));
        err_release(&err);
    }
    if (err.code != E_NONE)
        app_say_err(app, &err);
    else if (done > 1)
        app_say(app, ROLE_MESSAGE, "%s %d steps, the last: %s", is_redo ? "redid" : "undid", done,
                what);
    else if (done && where && where != app_view(app)->reading)
        app_say(app, ROLE_MESSAGE, "%s: %s in " SV_FMT, is_redo ? "redid" : "undid", what,
                SV_ARG(article_name(where->id)));
    else if (done)
        app_say(app, ROLE_MESSAGE, "%s: %s", is_redo ? "redid" : "undid", what);
}
