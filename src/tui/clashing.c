// Numbers that two articles give differently.
// Marks and moves; which number is right it cannot know.
#include "tui/clashing.h"

#include "session/relation.h"
#include "tui/comparing.h"
#include "tui/linking.h"
#include "tui/subject.h"

static const struct reading *other_of(const struct app *app, const struct view *view)
{
    const struct view *other = view == &app->views[0] ? &app->views[1] : &app->views[0];

    return view->reading && other->reading != view->reading ? other->reading : NULL;
}

const struct clashes *clashing_known(struct app *app, const struct view *view, int *side)
{
    const struct reading *other = other_of(app, view);

    if (!other || !session_has_clashes(app->session, view->reading, other))
        return NULL;
    return session_clashes(app->session, view->reading, other, side);
}

bool clashing_has(const struct clashes *clashes, int side, struct byte_span span)
{
    for (size_t i = 0; i < clashes->count; i++) {
        if (byte_span_has(span, clashes->items[i].ends[side].span.beg))
            return true;
    }
    return false;
}

// The clash whose number begins next behind `pos`; at one place, in order; else the first of all.
static size_t next_clash(const struct clashes *clashes, int side, size_t pos, size_t last)
{
    size_t best = SIZE_MAX, first = 0;

    if (last < clashes->count && clashes->items[last].ends[side].span.beg == pos) {
        for (size_t i = last + 1; i < clashes->count; i++) { // the same number clashes with several
            if (clashes->items[i].ends[side].span.beg == pos)
                return i;
        }
    }
    for (size_t i = 0; i < clashes->count; i++) {
        size_t beg = clashes->items[i].ends[side].span.beg;

        if (beg > pos && (best == SIZE_MAX || beg < clashes->items[best].ends[side].span.beg))
            best = i;
        if (beg < clashes->items[first].ends[side].span.beg)
            first = i;
    }
    return best == SIZE_MAX ? first : best;
}

// The number with the word it counts.
static struct sv words_of(const struct reading *reading, const struct clash_end *end)
{
    struct byte_span span = end->span;

    if (end->head.beg >= span.end)
        span.end = end->head.end;
    return article_sub(reading->article, span);
}

void clashing_next(struct app *app, int count)
{
    struct view *view = app_view(app);
    const struct clashes *clashes;
    const struct clash *clash;
    struct reading *other;
    size_t at = SIZE_MAX;
    int side;

    if (!view->reading)
        return;
    other = linking_other(app, view->reading);
    if (!other || comparing_puts_off(app, COMMAND_CLASH, view->reading, other))
        return;
    clashes = session_clashes(app->session, view->reading, other, &side);
    if (!clashes->count) {
        app_say(app, ROLE_MESSAGE, "no numbers of related sentences differ");
        return;
    }
    at = app->lookup.clash;
    for (int i = 0; i < (count > 0 ? count : 1); i++) {
        at = next_clash(clashes, side, i ? clashes->items[at].ends[side].span.beg : view->cursor,
                        at);
    }
    clash = &clashes->items[at];
    view_jump(view, clash->ends[side].span.beg);
    view_jump(subject_show(app, other, NULL), clash->ends[!side].span.beg);
    app->lookup = (struct lookup){ .other = other, .shown = clash->ends[!side].span, .clash = at };
    app_say(app, ROLE_MESSAGE,
            SV_FMT " here, " SV_FMT " there; clash %zu of %zu, sentences %s %.2f",
            SV_ARG(words_of(view->reading, &clash->ends[side])),
            SV_ARG(words_of(other, &clash->ends[!side])), at + 1, clashes->count,
            relate_grade(clash->score), clash->score);
}
