// What the next keys may ask for, made ready at rest.
// Never draws, says or changes anything.
#include "tui/ahead.h"

#include "session/relation.h"

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

static const struct task {
    bool (*is_done)(const struct app *app);
    void (*go_on)(struct app *app); // a slice of it
} tasks[] = {
    { is_compared, compare },
};

static bool is_worked_on(const struct app *app)
{
    size_t bytes = 0, claims = 0;

    for (int i = 0; i < 2; i++) {
        const struct reading *reading = app->views[i].reading;

        if (!reading)
            continue;
        bytes += article_bytes(reading->article).len;
        claims += reading->file.layer.sections[SECTION_CLAIMS].count;
    }
    return claims && bytes <= AHEAD_BYTES;
}

static const struct task *next(const struct app *app)
{
    for (size_t i = 0; app->views[0].reading && i < ARRAY_LEN(tasks) && is_worked_on(app); i++)
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
