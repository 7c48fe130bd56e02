// What was looked for in which article, as lines "ARTICLE<tab>PATTERN".
// Never grows beyond a sitting's last few dozen searches.
#include "tui/trail.h"

#define TRAIL_BYTES 2048 // the oldest lines go when there are more

// The pattern of a line when that is of the article.
static bool is_of(struct sv line, const struct reading *reading, struct sv *pattern)
{
    struct sv id;

    if (!sv_split(&line, '\t', &id) || !sv_eq(id, reading->id))
        return false;
    *pattern = line;
    return true;
}

void trail_add(struct app *app, const struct reading *reading, struct sv pattern)
{
    struct sv rest = buf_sv(&app->trail), line, known;

    pattern = sv_trim(pattern);
    if (!pattern.len || sv_find(pattern, SV(","), 0) != SIZE_MAX ||
        sv_find(pattern, SV("\n"), 0) != SIZE_MAX)
        return; // a list of words could not hold it
    while (sv_split(&rest, '\n', &line))
        if (is_of(line, reading, &known) && sv_eq(known, pattern))
            return;
    buf_add(&app->trail, reading->id);
    buf_add_char(&app->trail, '\t');
    buf_add(&app->trail, pattern);
    buf_add_char(&app->trail, '\n');
    while (app->trail.len > TRAIL_BYTES)
        buf_splice(&app->trail, 0, sv_find(buf_sv(&app->trail), SV("\n"), 0) + 1, SV(""));
}

void trail_list(const struct app *app, const struct reading *reading, struct buf *out)
{
    struct sv rest = buf_sv(&app->trail), line, pattern;
    bool is_first = true;

    while (sv_split(&rest, '\n', &line)) {
        if (!is_of(line, reading, &pattern))
            continue;
        buf_add_cstr(out, is_first ? "" : ", ");
        buf_add(out, pattern);
        is_first = false;
    }
}

void trail_forget(struct app *app, const struct reading *reading)
{
    struct buf kept = { 0 };
    struct sv rest = buf_sv(&app->trail), line, pattern;

    while (sv_split(&rest, '\n', &line)) {
        if (!line.len || is_of(line, reading, &pattern))
            continue;
        buf_add(&kept, line);
        buf_add_char(&kept, '\n');
    }
    buf_release(&app->trail);
    app->trail = kept;
}
