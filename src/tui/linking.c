// Making a link: a place in the other article, the likeliest first, then the relation, then the
// point. Never makes a record before the last answer; Esc goes one answer back.
#include "tui/linking.h"

#include "session/verbs.h"
#include "session/why.h"
#include "text/glyph.h"
#include "tui/candidates.h"
#include "tui/choice.h"
#include "tui/comparing.h"
#include "tui/links.h"
#include "tui/subject.h"

// What is known of the new link so far; handed from dialog to dialog.
struct linking {
    struct place from, to;     // their claims are those of the bufs
    struct buf from_id, to_id; // empty: a passage
    struct buf type, why;      // why: offered
    struct buf prompt;
    struct candidates *candidates; // where to look
    struct view views[2];          // as they were, for Esc
    enum pane focus;
    bool is_within, is_why_taken;
    bool is_place_chosen; // the far end was asked for, and can be again
};

static void linking_free(void *ctx)
{
    struct linking *new = ctx;

    buf_release(&new->from_id);
    buf_release(&new->to_id);
    buf_release(&new->type);
    buf_release(&new->why);
    buf_release(&new->prompt);
    candidates_free(new->candidates);
    mem_free(new);
}

// Back to where the linking began; the counterpart stays in view when a link was made.
static void go_back(struct app *app, struct linking *new, bool is_made)
{
    for (int i = 0; i < 2; i++) {
        struct view *view = &app->views[i];
        int rows = view->rows, cols = view->cols;

        if (is_made)
            view_unselect(view);
        if (is_made && !new->is_within && view->reading == new->to.reading)
            continue;
        *view = new->views[i];
        if (is_made)
            view_unselect(view);
        if (view->reading)
            view_resize(view, rows, cols);
    }
    app->focus = new->focus;
}

static void no_link(struct app *app, void *ctx)
{
    go_back(app, ctx, false);
    app_say(app, ROLE_MESSAGE, "no link made");
    linking_free(ctx);
}

// ---- the record

// The layer's claims have both ends by now, so that the link can be shown as its card does.
static void say_linked(struct app *app, const struct linking *new, struct sv id)
{
    const struct layer *layer = &new->from.reading->file.layer;
    const struct link *link = layer_find(layer, SECTION_LINKS, id);
    const struct claim *claim = link ? layer_claim(layer, link->from) : NULL;
    struct buf text = { 0 };
    const struct end *ends;
    size_t count;

    if (!claim)
        return;
    ends = derive_ends(session_derived(app->session), layer, claim, &count);
    for (size_t i = 0; i < count; i++)
        if (sv_eq(ends[i].link->id, id))
            links_show(app, new->from.reading, &ends[i], &text);
    app_say(app, ROLE_MESSAGE, "linked: %s", buf_cstr(&text));
    buf_release(&text);
}

static void point_chosen(struct app *app, void *ctx, struct sv point, bool is_strict)
{
    struct linking *new = ctx;
    struct new_link link = { .type = buf_sv(&new->type), .point = point, .strict = is_strict };
    struct err err = { 0 };
    struct sv id;
    bool ok;

    if (new->is_why_taken)
        link.why = buf_sv(&new->why);
    ok = verb_link_places(app->session, &new->from, &new->to, &link, &id, &err);
    go_back(app, new, ok);
    if (ok)
        say_linked(app, new, id);
    else
        app_say_err(app, &err);
    linking_free(new);
}

// ---- relation and point

static void ask_type(struct app *app, struct linking *new);

static void back_to_type(struct app *app, void *ctx)
{
    ask_type(app, ctx);
}

static void type_chosen(struct app *app, void *ctx, struct sv type, bool is_toggled)
{
    struct linking *new = ctx;
    struct buf label = { 0 };

    (void)is_toggled;
    buf_clear(&new->type);
    buf_add(&new->type, type);
    buf_clear(&new->why);
    why_propose(&new->from, &new->to, &new->why);
    buf_addf(&label, SV_FMT ": on which point?", SV_ARG(type));
    choice_open(app, &(struct choice){ .label = buf_cstr(&label),
                                       .vocab = VOCAB_POINT,
                                       .toggle = "both cannot be true",
                                       .offer_label = "why",
                                       .offer = buf_sv(&new->why),
                                       .is_taken = &new->is_why_taken,
                                       .is_step = true,
                                       .done = point_chosen,
                                       .cancelled = back_to_type,
                                       .free = linking_free,
                                       .ctx = new });
    buf_release(&label);
}

static bool has_one_end(const struct word *word)
{
    return word->one_end;
}

// An end in the question: two of them share the dialog's border.
static void add_end(const struct app *app, const struct place *place, struct buf *out)
{
    const struct claim *claim = layer_claim(&place->reading->file.layer, place->claim);
    struct buf words = { 0 };

    buf_add_cstr(out, "“");
    if (claim) {
        subject_title(claim, app->cols / 2 - 7, out);
    } else {
        why_quote(place, &words);
        subject_cut(buf_sv(&words), app->cols / 2 - 7, out);
    }
    buf_add_cstr(out, "”");
    buf_release(&words);
}

static void choose_far_end(struct app *app, struct linking *new);

static void back_to_place(struct app *app, void *ctx)
{
    struct linking *new = ctx;

    if (new->is_place_chosen)
        choose_far_end(app, new);
    else
        no_link(app, new);
}

// The relation chosen before is offered again.
static void ask_type(struct app *app, struct linking *new)
{
    struct buf label = { 0 };

    add_end(app, &new->from, &label);
    buf_add_cstr(&label, " … ");
    add_end(app, &new->to, &label);
    choice_open(app, &(struct choice){ .label = buf_cstr(&label),
                                       .vocab = VOCAB_LINK,
                                       .initial = buf_sv(&new->type),
                                       .must_choose = true,
                                       .skip = has_one_end,
                                       .is_step = new->is_place_chosen,
                                       .done = type_chosen,
                                       .cancelled = back_to_place,
                                       .free = linking_free,
                                       .ctx = new });
    buf_release(&label);
}

// ---- the ends

static void set_claim(struct place *place, struct buf *id, struct sv claim)
{
    buf_clear(id);
    buf_add(id, claim);
    place->claim = id->len ? buf_sv(id) : (struct sv){ 0 };
}

static bool is_same_place(const struct place *a, const struct place *b)
{
    if (a->reading != b->reading)
        return false;
    if (a->claim.len || b->claim.len)
        return sv_eq(a->claim, b->claim);
    return a->span.beg == b->span.beg && a->span.end == b->span.end;
}

// The end at the cursor of the focus view: what is selected; else the claim; else the clause, as c
// would mark it.
static bool set_far_end(struct app *app, struct linking *new)
{
    struct view *view = app_view(app);
    const struct claim *claim;

    if (!view->reading)
        return false;
    new->to.reading = view->reading;
    claim = view->has_selection ? NULL : view_claim(view);
    set_claim(&new->to, &new->to_id, claim ? claim->id : (struct sv){ 0 });
    if (!claim && !subject_passage(app, UNIT_WHOLE, &new->to.span))
        return false;
    if (!is_same_place(&new->from, &new->to))
        return true;
    app_say(app, ROLE_WARNING, "that is the %s itself; ] goes to the next one",
            new->to.claim.len ? "claim" : "passage");
    return false;
}

static bool place_picked(struct app *app, void *ctx)
{
    struct linking *new = ctx;

    if (!set_far_end(app, new))
        return false;
    new->is_place_chosen = true;
    ask_type(app, new);
    return true;
}

static void choose_far_end(struct app *app, struct linking *new)
{
    app_choose(app, (struct choosing){
                        .prompt = buf_cstr(&new->prompt),
                        .picked = place_picked,
                        .cancelled = no_link,
                        .free = linking_free,
                        .ctx = new,
                        .proposal = new->is_within ? new->from.span : (struct byte_span){ 0 },
                    });
}

static bool set_near_end(struct app *app, struct linking *new)
{
    struct view *view = app_view(app);
    struct subject on;

    if (app->focus != PANE_LIST && view->reading && view_selection(view, &new->from.span)) {
        new->from.reading = view->reading;
        return true;
    }
    if (app->focus != PANE_LIST && view->reading && !view_claim(view)) {
        app_say(app, ROLE_WARNING, "no claim here; select the words that the link begins with");
        return false;
    }
    if (!subject_claim(app, &on))
        return false;
    if (app->focus == PANE_LIST || view->reading != on.reading)
        subject_focus(app, on.reading, on.claim);
    new->from.reading = on.reading;
    set_claim(&new->from, &new->from_id, on.claim->id);
    return true;
}

static struct linking *linking_new(struct app *app, bool is_within)
{
    struct linking *new = mem_new(sizeof(*new));

    *new = (struct linking){ .is_within = is_within };
    new->views[0] = app->views[0];
    new->views[1] = app->views[1];
    return new;
}

// From the words selected in the other pane to the place here.
static void link_selected(struct app *app)
{
    const struct view *other = app_other_view(app);
    struct linking *new = linking_new(app, false);

    new->focus = app->focus;
    new->from.reading = other->reading;
    view_selection(other, &new->from.span);
    if (set_far_end(app, new))
        ask_type(app, new);
    else
        linking_free(new);
}

// To the next likely place; the prompt says why it is one.
static void look_on(struct app *app, struct linking *new)
{
    struct buf why = { 0 };

    buf_clear(&new->prompt);
    if (candidates_show_next(new->candidates, app, &why))
        buf_addf(&new->prompt, "<Enter> links  <Esc> leaves  x next  (%s)", buf_cstr(&why));
    else
        buf_add_cstr(&new->prompt, "<Enter> links  <Esc> leaves  (nothing there is much like it)");
    if (glyph_cols(buf_sv(&new->prompt)) > app->cols - 4)
        app_say(app, ROLE_WARNING, "%s", buf_cstr(&new->prompt)); // whole, once
    buf_release(&why);
}

static void choose_place(struct app *app, bool is_within)
{
    struct linking *new = linking_new(app, is_within);
    struct reading *other;

    if (!set_near_end(app, new)) {
        linking_free(new);
        return;
    }
    other = is_within ? new->from.reading : linking_other(app, new->from.reading);
    if (!other) {
        linking_free(new);
        return;
    }
    if (comparing_puts_off(app, is_within ? COMMAND_LINK_WITHIN : COMMAND_DISPUTE,
                           new->from.reading, other)) {
        go_back(app, new, false);
        linking_free(new);
        return;
    }
    new->focus = app->focus;
    new->candidates = candidates_new(app, &new->from, other);
    if (is_within)
        view_unselect(app_view(app));
    subject_focus(app, other, NULL);
    look_on(app, new);
    choose_far_end(app, new);
}

struct reading *linking_other(struct app *app, const struct reading *reading)
{
    struct reading *other = app_other_view(app)->reading;

    if (!other || other == reading)
        other = session_other(app->session, reading, 0);
    if (!other)
        app_say(app, ROLE_WARNING, "there is no other article in this event");
    return other;
}

void linking_begin(struct app *app, bool is_within)
{
    const struct view *other = app_other_view(app);
    struct byte_span span;

    if (app->choosing.picked == place_picked) {
        look_on(app, app->choosing.ctx);
        app->choosing.prompt = buf_cstr(&((struct linking *)app->choosing.ctx)->prompt);
        return;
    }
    if (!is_within && app->focus != PANE_LIST && other->reading &&
        other->reading != app_view(app)->reading && view_selection(other, &span))
        link_selected(app);
    else
        choose_place(app, is_within);
}
