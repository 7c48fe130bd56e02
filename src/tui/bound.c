// Two articles that go together: what moves in one carries the other.
// Never changes the focus, a selection or a record.
#include "tui/bound.h"

#include "tui/layout.h"
#include "tui/subject.h"

static bool is_carried(const struct app *app, const struct view *other)
{
    return app->is_bound && other->reading && !other->has_selection && !app->top &&
           !app->choosing.prompt;
}

static struct view *partner(struct app *app, const struct view *view)
{
    return view == &app->views[PANE_OTHER] ? &app->views[PANE_ARTICLE] : &app->views[PANE_OTHER];
}

bool bound_is_beside(const struct app *app)
{
    struct layout layout;

    layout_make(app, &layout);
    return layout.split_col >= 0;
}

void bound_carry(struct app *app, struct view *view, size_t top)
{
    struct view *other = partner(app, view);
    int rows;

    if (!view->reading || view->top == top || !is_carried(app, other) || !bound_is_beside(app))
        return;
    rows = view_rows_between(view, top, view->top, view->rows);
    if (rows)
        view_scroll(other, rows);
}

const struct end *bound_end(struct app *app, const struct view *view, const struct claim *claim,
                            const struct view *other)
{
    const struct claim *now = other->reading ? view_claim(other) : NULL;
    const struct end *ends, *found = NULL;
    size_t count;

    if (!claim || !other->reading || other->reading == view->reading)
        return NULL;
    ends = derive_ends(session_derived(app->session), &view->reading->file.layer, claim, &count);
    for (size_t i = 0; i < count; i++) {
        if (!ends[i].other || ends[i].other_layer != &other->reading->file.layer)
            continue;
        if (ends[i].other == now)
            return &ends[i];
        if (!found)
            found = &ends[i];
    }
    return found;
}

// Is the row where the claim begins on the screen of `view`?
static bool is_in_sight(const struct view *view, size_t pos)
{
    struct row row = view_row(view, pos);

    return row.span.beg == view->top ||
           view_rows_between(view, view->top, row.span.beg, view->rows - 1) > 0;
}

// Screen row of a claim's beginning, or 0 when that is out of sight above.
static int row_of(const struct view *view, size_t pos)
{
    int row = view_rows_between(view, view->top, view_row(view, pos).span.beg, view->rows);

    return row > 0 ? row : 0;
}

// What the links bring into view: nothing to come back to with the list of jumps.
static void bring(struct app *app, const struct view *view, size_t from, struct view *other,
                  const struct claim *to)
{
    struct byte_span span;

    if (!app_place(other->reading, to, &span))
        return;
    if (!bound_is_beside(app) || is_in_sight(other, span.beg))
        view_show(other, span.beg);
    else
        view_show_at(other, span.beg, row_of(view, from));
    other->picked = to->id;
}

struct view *bound_show(struct app *app, const struct claim *claim, struct reading *reading,
                        const struct claim *to)
{
    struct view *view = app_view(app), *other = partner(app, view), *shown;
    size_t top = other->top;
    struct byte_span span;

    shown = subject_show(app, reading, to);
    if (shown == other && other->top != top && bound_is_beside(app) &&
        app_place(view->reading, claim, &span))
        view_show_at(other, other->cursor, row_of(view, span.beg));
    return shown;
}

static size_t distance(struct byte_span span, size_t pos)
{
    return pos < span.beg ? span.beg - pos : pos >= span.end ? pos - span.end + 1 : 0;
}

// The mark on the screen nearest to the cursor whose claim is linked to the article of `other`.
static const struct mark *nearest_linked(struct app *app, const struct view *view,
                                         const struct view *other)
{
    const struct reading *reading = view->reading;
    const struct mark *nearest = NULL;
    struct row row = view_row(view, view->top);
    size_t end;

    for (int i = 1; i < view->rows; i++)
        if (!view_next_row(view, &row, &row))
            break;
    end = view_mark_from(reading, row.span.end);
    for (size_t i = view_mark_over(reading, view->top); i < end; i++) {
        const struct mark *mark = &reading->marks[i];

        if (mark->section != SECTION_CLAIMS || mark->span.end <= view->top ||
            !bound_end(app, view, mark->rec, other))
            continue;
        if (!nearest || distance(mark->span, view->cursor) < distance(nearest->span, view->cursor))
            nearest = mark;
    }
    return nearest;
}

void bound_follow(struct app *app, bool has_scrolled)
{
    struct view *view = app_view(app), *other = partner(app, view);
    const struct claim *claim = view->reading ? view_claim(view) : NULL;
    const struct end *end;
    size_t from = view->cursor;
    bool is_current = claim != NULL;

    if (!is_carried(app, other))
        return;
    if (!claim && has_scrolled) {
        const struct mark *mark = nearest_linked(app, view, other);

        claim = mark ? mark->rec : NULL;
        from = mark ? mark->span.beg : 0;
    }
    if (!claim)
        app->followed = (struct sv){ 0 };
    if (!claim || sv_eq(claim->id, app->followed))
        return;
    app->followed = claim->id;
    end = bound_end(app, view, claim, other);
    if (end) {
        struct byte_span span;

        if (is_current ||
            (app_place(other->reading, end->other, &span) && !is_in_sight(other, span.beg)))
            bring(app, view, from, other, end->other);
    }
}
