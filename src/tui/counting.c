// How many matches a text has.
// Never reads more of it at once than a key could wait for.
#include "tui/counting.h"

#include <string.h>

#define STEP_BYTES   ((size_t)1 << 20)
#define STEP_MATCHES 10000 // each costs what a stretch without any does

static bool is_seen(const struct app *app, const struct reading *reading)
{
    return reading && (app->views[0].reading == reading || app->views[1].reading == reading);
}

static void count_stretch(struct app *app, struct sv text)
{
    struct counting *counting = &app->counting;
    size_t to = counting->from + STEP_BYTES < text.len ? counting->from + STEP_BYTES : text.len;
    struct byte_span found;

    for (int i = 0; i < STEP_MATCHES; i++) {
        if (!finder_next_until(app->finder, text, counting->from, to, &found)) {
            counting->from = to;
            break;
        }
        counting->count++;
        if (found.beg == counting->beg)
            counting->index = counting->count;
        counting->from = found.end;
    }
    if (finder_was_limited(app->finder)) {
        counting_end(app);
    } else if (counting->from >= text.len) {
        app->match_count = counting->count;
        app->match_index = counting->index;
        counting->reading = NULL;
    }
}

void counting_begin(struct app *app, const struct view *view, size_t beg)
{
    struct sv text = article_bytes(view->reading->article);

    counting_end(app);
    app->counting.reading = view->reading;
    app->counting.beg = beg;
    while (text.len <= COUNTING_BYTES && app->counting.reading &&
           app->counting.count < STEP_MATCHES)
        count_stretch(app, text);
}

void counting_end(struct app *app)
{
    memset(&app->counting, 0, sizeof(app->counting));
    app->match_index = app->match_count = 0;
}

void counting_go_on(struct app *app)
{
    if (counting_is_on(app))
        count_stretch(app, article_bytes(app->counting.reading->article));
}

bool counting_is_on(const struct app *app)
{
    return app->finder && app->is_match_shown && is_seen(app, app->counting.reading);
}
