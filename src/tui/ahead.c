// What the next keys may ask for, made ready at rest.
// Never draws, says or changes anything.
#include "tui/ahead.h"

#include "session/left.h"
#include "session/relation.h"
#include "tui/board.h"

// The two articles in view, compared: for x, =, g=, # and what both quote.
static bool is_compared(const struct app *app)
{
    const struct reading *here = app->views[0].reading, *there = app->views[1].reading;

    return !there || here == there || session_is_relation_ready(app->session, here, there);
}

static void compare(struct app *app)
{
    session_relation_prepare(app->session, app->views[0].reading, app->views[1].reading);
}

// The work left in all articles of the event, for gw.
static struct reading *unlooked(const struct app *app)
{
    struct reading *reading = app->views[0].reading;

    for (size_t i = 0; reading; i++) {
        if (session_left_stage(app->session, reading) != LEFT_STAGE_DONE)
            return reading;
        reading = session_other(app->session, app->views[0].reading, i);
    }
    return NULL;
}

static bool is_looked_through(const struct app *app)
{
    return !unlooked(app);
}

static void look_through(struct app *app)
{
    struct reading *reading = unlooked(app);

    (void)session_left(app->session, reading); // may be all there is to do
    if (session_left_stage(app->session, reading) != LEFT_STAGE_DONE)
        session_left_go_on(app->session, reading);
}

static const struct task {
    bool (*is_done)(const struct app *app);
    void (*go_on)(struct app *app); // a slice of it
} tasks[] = {
    { is_compared, compare },
    { board_is_ready, board_prepare },
    { is_looked_through, look_through },
};

static bool is_worked_on(const struct app *app)
{
    const struct reading *reading = app->views[0].reading;
    size_t bytes = 0, claims = 0;

    for (size_t i = 0; reading; i++) {
        bytes += article_bytes(reading->article).len;
        claims += reading->file.layer.sections[SECTION_CLAIMS].count;
        reading = session_other(app->session, app->views[0].reading, i);
    }
    return claims && bytes <= AHEAD_BYTES;
}

static const struct task *next(const struct app *app)
{
    for (size_t i = 0; i < ARRAY_LEN(tasks) && is_worked_on(app); i++)
        if (!tasks[i].is_done(app))
            return &tasks[i];
    return NULL;
}

bool ahead_is_due(const struct app *app)
{
    return next(app) != NULL;
}

void ahead_go_on(struct app *app)
{
    const struct task *task = next(app);

    if (task)
        task->go_on(app);
}
