// Moving the ends of a record's part in the text.
// Changes nothing before Enter.
#include "tui/remark.h"

#include "session/verbs.h"
#include "tui/subject.h"

struct remark {
    struct reading *reading;
    enum section section;
    struct buf id;
    size_t part;
    void (*after)(struct app *app, void *ctx);
    void (*free)(void *ctx);
    void *ctx;
};

static void remark_free(void *ctx)
{
    struct remark *remark = ctx;

    if (remark->free)
        remark->free(remark->ctx);
    buf_release(&remark->id);
    mem_free(remark);
}

static void finish(struct app *app, struct remark *remark)
{
    view_unselect(app_view(app));
    if (remark->after)
        remark->after(app, remark->ctx);
    remark->free = NULL;
    remark_free(remark);
}

// All parts as they stand now, the one being moved replaced by `span`.
static size_t parts_with(const struct remark *remark, const void *rec, struct byte_span span,
                         struct byte_span *out, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; i < remark->reading->mark_count && count < max; i++) {
        const struct mark *mark = &remark->reading->marks[i];

        if (mark->rec == rec)
            out[count++] = mark->part == remark->part ? span : mark->span;
    }
    return count;
}

static bool keep(struct app *app, struct remark *remark, struct byte_span span)
{
    const void *rec =
        layer_find(&remark->reading->file.layer, remark->section, buf_sv(&remark->id));
    struct byte_span *parts = mem_new(sizeof(*parts) * (remark->reading->mark_count + 1));
    struct err err = { 0 };
    bool ok = false;

    if (!rec)
        app_say(app, ROLE_WARNING, "%s is gone", buf_cstr(&remark->id));
    else if (verb_set_span(app->session, remark->reading, buf_sv(&remark->id), parts,
                           parts_with(remark, rec, span, parts, remark->reading->mark_count), &err))
        ok = true;
    else
        app_say_err(app, &err);
    mem_free(parts);
    return ok;
}

static bool picked(struct app *app, void *ctx)
{
    struct remark *remark = ctx;
    struct view *view = app_view(app);
    struct byte_span span;

    if (view->reading != remark->reading || !view_selection(view, &span)) {
        app_say(app, ROLE_WARNING, "select the words it should cover, then <Enter>; <Esc> leaves");
        return false;
    }
    if (keep(app, remark, span))
        app_say(app, ROLE_MESSAGE, "moved the ends of %s", buf_cstr(&remark->id));
    finish(app, remark);
    return true;
}

static void cancelled(struct app *app, void *ctx)
{
    struct remark *remark = ctx;

    app_say(app, ROLE_MESSAGE, "left %s as it was", buf_cstr(&remark->id));
    finish(app, remark);
}

// The part that holds the cursor, else the first.
static bool find_part(const struct view *view, const void *rec, struct byte_span *span,
                      size_t *part)
{
    bool found = false;

    for (size_t i = 0; i < view->reading->mark_count; i++) {
        const struct mark *mark = &view->reading->marks[i];

        if (mark->rec != rec || (found && !byte_span_has(mark->span, view->cursor)))
            continue;
        found = true;
        *span = mark->span;
        *part = mark->part;
    }
    return found;
}

void remark_open(struct app *app, struct reading *reading, enum section section, struct sv id,
                 void (*after)(struct app *app, void *ctx), void (*free)(void *ctx), void *ctx)
{
    const void *rec = layer_find(&reading->file.layer, section, id);
    struct remark *remark;
    struct byte_span span;
    size_t part = 0;

    if (app_view(app)->reading != reading)
        subject_focus(app, reading, rec);
    if (!rec || !find_part(app_view(app), rec, &span, &part)) {
        app_say(app, ROLE_WARNING, "its words are not in the text any more");
        if (after)
            after(app, ctx);
        return;
    }
    remark = mem_new(sizeof(*remark));
    *remark = (struct remark){ reading, section, { 0 }, part, after, free, ctx };
    buf_add(&remark->id, id);
    view_select(app_view(app), span);
    app_choose(app, (struct choosing){
                        .prompt = "move the end, o the other one; <Enter> keeps, <Esc> does not",
                        .picked = picked,
                        .cancelled = cancelled,
                        .free = remark_free,
                        .ctx = remark,
                        .is_selection = true,
                    });
}
