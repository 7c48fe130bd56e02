// What a command is about: the claim chosen in the list or under the cursor, the passage selected.
// Never changes data.
#include "tui/subject.h"

#include <stdint.h>

#include "session/verbs.h"
#include "text/glyph.h"
#include "tui/list.h"
#include "tui/sheet.h"

bool subject_claim(struct app *app, struct subject *out)
{
    struct view *view = app_view(app);

    if (sheet_claim(app, &out->reading, &out->claim))
        return true;
    if (app->focus == PANE_LIST && app->list) {
        out->claim = claim_list_current(app->list, app, &out->reading);
        if (!out->claim)
            app_say(app, ROLE_WARNING, "the list is empty; f changes its filter");
        return out->claim != NULL;
    }
    out->reading = view->reading;
    out->claim = view->reading ? view_claim(view) : NULL;
    if (!out->claim)
        app_say(app, ROLE_WARNING, "no claim under the cursor; c marks one");
    return out->claim != NULL;
}

bool subject_passage(struct app *app, enum unit unit, struct byte_span *out)
{
    struct view *view = app_view(app);

    if (view->reading && view_selection(view, out))
        return true;
    if (view->reading && unit_at(view->reading->article, unit, view->cursor, out))
        return true;
    app_say(app, ROLE_WARNING, "there is no text here; v starts a selection");
    return false;
}

static size_t distance(struct byte_span a, struct byte_span b)
{
    if (byte_spans_overlap(a, b))
        return 0;
    return a.end <= b.beg ? b.beg - a.end : a.beg - b.end;
}

struct byte_span subject_extent(const struct reading *reading, const void *rec)
{
    struct byte_span extent = { SIZE_MAX, 0 };

    for (size_t i = 0; i < reading->mark_count; i++) {
        const struct mark *mark = &reading->marks[i];

        if (mark->rec != rec)
            continue;
        extent.beg = mark->span.beg < extent.beg ? mark->span.beg : extent.beg;
        extent.end = mark->span.end > extent.end ? mark->span.end : extent.end;
    }
    return extent.beg == SIZE_MAX ? (struct byte_span){ 0 } : extent;
}

static const struct claim *touched_in_paragraph(const struct app *app, const struct view *view,
                                                size_t pos)
{
    const struct article *article = view->reading->article;
    const struct claim *claim = layer_claim(&view->reading->file.layer, app->touched);

    if (!claim || article_line_beg(article, subject_extent(view->reading, claim).beg) !=
                      article_line_beg(article, pos))
        return NULL;
    return claim;
}

const struct claim *subject_nearest(const struct app *app, const struct view *view,
                                    struct byte_span span)
{
    const struct claim *nearest = touched_in_paragraph(app, view, span.beg);
    size_t best = SIZE_MAX;

    if (nearest)
        return nearest;
    for (size_t i = 0; i < view->reading->mark_count; i++) {
        const struct mark *mark = &view->reading->marks[i];

        if (mark->section == SECTION_CLAIMS && distance(mark->span, span) < best) {
            best = distance(mark->span, span);
            nearest = mark->rec;
        }
    }
    return nearest;
}

struct view *subject_show(struct app *app, struct reading *reading, const void *rec)
{
    struct view *view = NULL;
    struct byte_span extent = rec ? subject_extent(reading, rec) : (struct byte_span){ 0 };

    for (int i = 0; i < 2 && !view; i++)
        if (app->views[i].reading == reading)
            view = &app->views[i];
    if (!view) {
        view = app_other_view(app);
        view_open(view, reading, extent.beg);
    }
    if (view == &app->views[PANE_OTHER]) {
        app->is_other_on = true;
        app->lower = PANE_OTHER;
    }
    view_unselect(view);
    if (!byte_span_is_empty(extent)) {
        view_jump(view, extent.beg);
        view->picked = ((const struct record *)rec)->id;
    }
    return view;
}

void subject_focus(struct app *app, struct reading *reading, const void *rec)
{
    app->focus =
        subject_show(app, reading, rec) == &app->views[PANE_OTHER] ? PANE_OTHER : PANE_ARTICLE;
}

void subject_cut(struct sv text, int cols, struct buf *out)
{
    if (glyph_cols(text) <= cols) {
        buf_add(out, text);
        return;
    }
    buf_add(out, sv_trim(sv_sub(text, 0, glyph_fit(text, cols - 1, NULL))));
    buf_add_cstr(out, "…");
}

void subject_title(const struct claim *claim, int cols, struct buf *out)
{
    struct buf words = { 0 };

    if (sv_is_blank(claim->says))
        verbs_quote(claim, &words);
    else
        buf_add(&words, claim->says);
    subject_cut(buf_sv(&words), cols, out);
    buf_release(&words);
}

bool subject_report(struct app *app, bool ok, struct err *err, const char *what)
{
    if (ok)
        app_say(app, ROLE_MESSAGE, "%s", what);
    else
        app_say_err(app, err);
    return ok;
}
