// Commands that need two long articles compared.
// Never runs one twice, nor compares what nobody asked for.
#include "tui/comparing.h"

#include <string.h>

#include "session/relation.h"

bool comparing_puts_off(struct app *app, enum command_id id, const struct reading *reading,
                        const struct reading *other)
{
    if (session_has_relation(app->session, reading, other))
        return false;
    app->comparing = (struct comparing){ id, app->count, reading, other };
    app_say(app, ROLE_MESSAGE, "comparing with " SV_FMT " …", SV_ARG(article_name(other->id)));
    return true;
}

static void run(struct app *app)
{
    struct comparing put_off = app->comparing;

    comparing_leave(app);
    app_run(app, put_off.id, put_off.count, 0, (struct sv){ 0 });
}

void comparing_go_on(struct app *app)
{
    struct comparing *now = &app->comparing;

    if (comparing_is_on(app) && session_relate_step(app->session, now->reading, now->other))
        run(app);
}

void comparing_end(struct app *app)
{
    while (comparing_is_on(app))
        comparing_go_on(app);
}

void comparing_leave(struct app *app)
{
    memset(&app->comparing, 0, sizeof(app->comparing));
    buf_clear(&app->message);
}

bool comparing_is_on(const struct app *app)
{
    return app->comparing.reading != NULL;
}
