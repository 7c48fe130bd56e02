// Choosing a claim of one article from a list filtered as you type.
// Never changes data.
#include "tui/claim_pick.h"

#include "model/query.h"
#include "session/verbs.h"
#include "tui/picker.h"
#include "tui/subject.h"

struct claim_pick {
    struct reading *reading;
    struct buf except;
    void (*done)(struct app *app, struct sv id);
};

static void pick_free(void *ctx)
{
    struct claim_pick *pick = ctx;

    buf_release(&pick->except);
    mem_free(pick);
}

static void add_row(struct app *app, const struct claim_pick *pick, const struct claim *claim,
                    struct picker_rows *rows)
{
    struct buf title = { 0 }, detail = { 0 };

    subject_title(claim, 200, &title);
    buf_addf(&detail, SV_FMT " ", SV_ARG(claim->type));
    verbs_chain(app->session, pick->reading, claim, &detail);
    picker_add(rows, claim->id, buf_sv(&title), buf_sv(&detail));
    buf_release(&title);
    buf_release(&detail);
}

// What is typed is a query; while it is none yet (an open quotation mark), every claim matches.
static void fill(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows)
{
    struct claim_pick *pick = ctx;
    const struct layer *layer = &pick->reading->file.layer;
    struct query_ctx where = { .derived = session_derived(app->session),
                               .registry = session_registry(app->session) };
    struct query *query = NULL;
    struct err err = { 0 };

    if (typed.len && !session_query(app->session, typed, &query, &err))
        err_release(&err);
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];

        if (!sv_eq(claim->id, buf_sv(&pick->except)) && query_matches(query, &where, layer, claim))
            add_row(app, pick, claim, rows);
    }
    query_free(query);
}

static void picked(struct app *app, void *ctx, struct sv key, struct sv typed)
{
    struct claim_pick *pick = ctx;

    (void)typed;
    pick->done(app, key);
    pick_free(pick);
}

static void cancelled(struct app *app, void *ctx)
{
    (void)app;
    pick_free(ctx);
}

void claim_pick_open(struct app *app, const char *label, struct reading *reading, struct sv except,
                     void (*done)(struct app *app, struct sv id))
{
    struct claim_pick *pick = mem_new(sizeof(*pick));

    pick->reading = reading;
    pick->done = done;
    buf_add(&pick->except, except);
    picker_open(app, &(struct picker){ .label = label,
                                       .empty = "no other claim in this article",
                                       .fill = fill,
                                       .picked = picked,
                                       .cancelled = cancelled,
                                       .free = pick_free,
                                       .ctx = pick });
}
