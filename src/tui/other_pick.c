// Choosing which article of an event is "the other" when it has more than two.
// Never changes data.
#include "tui/other_pick.h"

#include "model/name.h"
#include "tui/picker.h"

struct other_pick {
    void (*done)(struct app *app, struct reading *reading);
};

// Links between the two articles, whichever of them stores them.
static size_t links_between(struct app *app, const struct reading *a, const struct reading *b)
{
    const struct layer *layer = &a->file.layer;
    size_t links = 0;

    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        size_t count = 0;
        const struct end *ends = derive_ends(session_derived(app->session), layer,
                                             layer->sections[SECTION_CLAIMS].items[i], &count);

        for (size_t k = 0; k < count; k++)
            links += sv_eq(ends[k].other_article, b->id);
    }
    return links;
}

static void add_row(struct app *app, const struct reading *reading, struct picker_rows *rows)
{
    const struct reading *article = app->views[PANE_ARTICLE].reading;
    size_t claims = reading->file.layer.sections[SECTION_CLAIMS].count;
    size_t links = links_between(app, article, reading);
    struct buf detail = { 0 };

    buf_addf(&detail, "%zu %s, %zu %s", claims, claims == 1 ? "claim" : "claims", links,
             links == 1 ? "link" : "links");
    if (app->is_other_on && reading == app->views[PANE_OTHER].reading)
        buf_add_cstr(&detail, "  shown now");
    if (!sv_is_blank(reading->meta.title))
        buf_addf(&detail, "  " SV_FMT, SV_ARG(reading->meta.title));
    picker_add(rows, reading->id, article_name(reading->id), buf_sv(&detail));
    buf_release(&detail);
}

static void fill(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows)
{
    const struct reading *article = app->views[PANE_ARTICLE].reading, *other;
    struct sv none = SV("hide");

    (void)ctx;
    typed = sv_trim(typed);
    for (size_t i = 0; (other = session_other(app->session, article, i)); i++)
        if (name_starts(article_name(other->id), typed))
            add_row(app, other, rows);
    if (app->is_other_on && name_starts(none, typed))
        picker_add(rows, SV(""), none, SV("this article alone"));
}

static void picked(struct app *app, void *ctx, struct sv key, struct sv typed)
{
    struct other_pick *pick = ctx;

    (void)typed;
    pick->done(app, key.len ? session_find(app->session, key) : NULL);
    mem_free(pick);
}

static void cancelled(struct app *app, void *ctx)
{
    (void)app;
    mem_free(ctx);
}

void other_pick_open(struct app *app, void (*done)(struct app *app, struct reading *reading))
{
    struct other_pick *pick = mem_new(sizeof(*pick));

    pick->done = done;
    picker_open(app, &(struct picker){ .label = "the other article",
                                       .empty = "no other article in this event",
                                       .fill = fill,
                                       .picked = picked,
                                       .cancelled = cancelled,
                                       .free = mem_free,
                                       .ctx = pick });
}
