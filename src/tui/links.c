// The links of a claim: a picker of them, leading to the form of one.
// Never changes data.
#include "tui/links.h"

#include "session/verbs.h"
#include "tui/form.h"
#include "tui/picker.h"
#include "tui/subject.h"

#define TITLE_COLS 200 // more than a row holds; the row cuts it

struct links {
    struct reading *reading;
    struct buf claim;
};

static void links_free(void *ctx)
{
    struct links *links = ctx;

    buf_release(&links->claim);
    mem_free(links);
}

void links_show(struct app *app, const struct reading *reading, const struct end *end,
                struct buf *out)
{
    const struct link *link = end->link;
    const struct word *word = scheme_find(session_scheme(app->session), VOCAB_LINK, link->type);

    if (word && word->disputes)
        buf_add_cstr(out, "≠ ");
    if (word && word->ordered && !end->is_from)
        buf_add_cstr(out, "← ");
    buf_add(out, link->type);
    if (!sv_is_absent(link->point))
        buf_addf(out, " " SV_FMT, SV_ARG(link->point));
    if (link->strict)
        buf_add_cstr(out, " strictly");
    buf_add_cstr(out, "  ");
    if (!sv_eq(end->other_article, reading->id))
        buf_addf(out, SV_FMT ": ", SV_ARG(article_name(end->other_article)));
    if (end->other)
        subject_title(end->other, TITLE_COLS, out);
    else if (!sv_is_absent(link->to->claim))
        buf_addf(out, SV_FMT " (missing)", SV_ARG(link->to->claim));
}

static bool matches(struct sv text, struct sv typed) // every piece is in it, ASCII case aside
{
    struct sv piece;

    while (sv_split(&typed, ' ', &piece))
        if (piece.len && sv_find(text, piece, 0) == SIZE_MAX)
            return false;
    return true;
}

static void fill(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows)
{
    struct links *links = ctx;
    const struct layer *layer = &links->reading->file.layer;
    const struct claim *claim = layer_claim(layer, buf_sv(&links->claim));
    struct buf text = { 0 };
    size_t count = 0;
    const struct end *ends =
        claim ? derive_ends(session_derived(app->session), layer, claim, &count) : NULL;

    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        links_show(app, links->reading, &ends[i], &text);
        if (matches(buf_sv(&text), typed))
            picker_add(rows, ends[i].link->id, buf_sv(&text), ends[i].link->why);
    }
    buf_release(&text);
}

// Reading whose layer holds the link; NULL when it is gone.
static struct reading *home_of(struct app *app, struct reading *reading, struct sv link)
{
    struct reading *home = reading;

    for (size_t i = 0; home; i++) {
        if (layer_find(&home->file.layer, SECTION_LINKS, link))
            return home;
        home = session_other(app->session, reading, i);
    }
    return NULL;
}

static void picked(struct app *app, void *ctx, struct sv key, struct sv typed)
{
    struct links *links = ctx;
    struct reading *home = home_of(app, links->reading, key);

    (void)typed;
    if (home)
        form_open(app, home, SECTION_LINKS, key, "type");
    else
        app_say(app, ROLE_WARNING, "the link is gone");
    links_free(links);
}

static void cancelled(struct app *app, void *ctx)
{
    (void)app;
    links_free(ctx);
}

void links_open(struct app *app, struct reading *reading, struct sv claim_id)
{
    const struct claim *claim = layer_claim(&reading->file.layer, claim_id);
    struct links *links;
    size_t count = 0;

    if (claim)
        derive_ends(session_derived(app->session), &reading->file.layer, claim, &count);
    if (!count) {
        app_say(app, ROLE_MESSAGE,
                "no links yet; x makes one to the other article, X within this one");
        return;
    }
    links = mem_new(sizeof(*links));
    links->reading = reading;
    buf_add(&links->claim, claim_id);
    picker_open(app, &(struct picker){ .label = "links",
                                       .fill = fill,
                                       .picked = picked,
                                       .cancelled = cancelled,
                                       .free = links_free,
                                       .ctx = links });
}
