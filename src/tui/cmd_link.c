// Commands of the question "which does the other article dispute": a place in the other article,
// then the relation, then the point. Never makes a record before the last answer; Esc on the way
// goes back.
#include "tui/app.h"

#include "session/verbs.h"
#include "tui/bound.h"
#include "tui/choice.h"
#include "tui/links.h"
#include "tui/prompt.h"
#include "tui/subject.h"

// What is known of the new link so far; handed from dialog to dialog.
struct linking {
    struct reading *reading, *other;
    struct buf from, to;   // claims; `to` empty: a passage
    struct byte_span span; // the passage
    struct buf type;
    struct view views[2]; // as they were, for Esc
    enum pane focus;
    bool is_within;
};

static void linking_free(void *ctx)
{
    struct linking *new = ctx;

    buf_release(&new->from);
    buf_release(&new->to);
    buf_release(&new->type);
    mem_free(new);
}

// Back to where the linking began; the counterpart stays in view when a link was made.
static void go_back(struct app *app, struct linking *new, bool is_made)
{
    for (int i = 0; i < 2; i++) {
        int rows = app->views[i].rows, cols = app->views[i].cols;

        view_unselect(&app->views[i]);
        if (is_made && !new->is_within && app->views[i].reading == new->other)
            continue;
        app->views[i] = new->views[i];
        if (app->views[i].reading)
            view_resize(&app->views[i], rows, cols);
    }
    app->focus = new->focus;
}

static void no_link(struct app *app, void *ctx)
{
    go_back(app, ctx, false);
    app_say(app, ROLE_MESSAGE, "no link made");
    linking_free(ctx);
}

static void say_linked(struct app *app, const struct linking *new, struct sv id)
{
    const struct claim *claim = layer_claim(&new->reading->file.layer, buf_sv(&new->from));
    struct buf text = { 0 };
    const struct end *ends;
    size_t count;

    ends = derive_ends(session_derived(app->session), &new->reading->file.layer, claim, &count);
    for (size_t i = 0; i < count; i++)
        if (sv_eq(ends[i].link->id, id))
            links_show(app, new->reading, &ends[i], &text);
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

    if (new->to.len)
        ok = verb_link(app->session, new->reading, buf_sv(&new->from), new->other, buf_sv(&new->to),
                       &link, &id, &err);
    else
        ok = verb_link_passage(app->session, new->reading, buf_sv(&new->from), new->other,
                               new->span, &link, &id, &err);
    go_back(app, new, ok);
    if (ok)
        say_linked(app, new, id);
    else
        app_say_err(app, &err);
    linking_free(new);
}

static void type_chosen(struct app *app, void *ctx, struct sv type, bool is_toggled)
{
    struct linking *new = ctx;
    struct buf label = { 0 };

    (void)is_toggled;
    buf_add(&new->type, type);
    buf_addf(&label, SV_FMT ": on which point?  <Enter> none", SV_ARG(type));
    choice_open(app, &(struct choice){ .label = buf_cstr(&label),
                                       .vocab = VOCAB_POINT,
                                       .toggle = "both cannot be true",
                                       .done = point_chosen,
                                       .cancelled = no_link,
                                       .free = linking_free,
                                       .ctx = new });
    buf_release(&label);
}

static bool has_one_end(const struct word *word)
{
    return word->one_end;
}

// A claim in the question: two of them share the dialog's border.
static void add_end(const struct app *app, const struct reading *reading, struct sv claim,
                    struct buf *out)
{
    const struct claim *found = layer_claim(&reading->file.layer, claim);

    buf_add_cstr(out, "“");
    if (found)
        subject_title(found, app->cols / 2 - 7, out);
    buf_add_cstr(out, "”");
}

static void ask_type(struct app *app, struct linking *new)
{
    struct buf label = { 0 };

    add_end(app, new->reading, buf_sv(&new->from), &label);
    buf_add_cstr(&label, " … ");
    if (new->to.len)
        add_end(app, new->other, buf_sv(&new->to), &label);
    else
        buf_add_cstr(&label, "the passage");
    choice_open(app, &(struct choice){ .label = buf_cstr(&label),
                                       .vocab = VOCAB_LINK,
                                       .must_choose = true,
                                       .skip = has_one_end,
                                       .done = type_chosen,
                                       .cancelled = no_link,
                                       .free = linking_free,
                                       .ctx = new });
    buf_release(&label);
}

// What is selected; else the claim under the cursor; else the clause.
static bool place_picked(struct app *app, void *ctx)
{
    struct linking *new = ctx;
    struct view *view = app_view(app);
    const struct claim *claim;

    if (!view->reading)
        return false;
    new->other = view->reading;
    buf_clear(&new->to);
    claim = view->has_selection ? NULL : view_claim(view);
    if (claim && sv_eq(claim->id, buf_sv(&new->from))) {
        app_say(app, ROLE_WARNING, "that is the claim itself; ] goes to the next one");
        return false;
    }
    if (claim)
        buf_add(&new->to, claim->id);
    else if (!subject_passage(app, UNIT_CLAUSE, &new->span))
        return false;
    ask_type(app, new);
    return true;
}

// The article to look in: of the other view, or this one.
static struct reading *find_other(struct app *app, struct reading *reading, bool is_within)
{
    struct reading *other = app_other_view(app)->reading;

    if (is_within)
        return reading;
    return other && other != reading ? other : session_other(app->session, reading, 0);
}

static void choose_place(struct app *app, bool is_within)
{
    struct linking *new;
    const struct claim *candidate;
    struct reading *other;
    struct subject on;
    size_t count;

    if (!subject_claim(app, &on))
        return;
    if (app->focus == PANE_LIST || app_view(app)->reading != on.reading)
        subject_focus(app, on.reading, on.claim);
    other = find_other(app, on.reading, is_within);
    if (!other) {
        app_say(app, ROLE_WARNING, "there is no other article in this event");
        return;
    }
    new = mem_new(sizeof(*new));
    *new = (struct linking){ .reading = on.reading, .focus = app->focus, .is_within = is_within };
    new->views[0] = app->views[0];
    new->views[1] = app->views[1];
    buf_add(&new->from, on.claim->id);
    count = verbs_rank_claims(app->session, on.reading, on.claim->id, other, &candidate, 1);
    subject_focus(app, other, count ? candidate : NULL);
    app_choose(app,
               (struct choosing){
                   .prompt = "counterpart: <Enter> takes it; ] [ and motions look on; <Esc> leaves",
                   .picked = place_picked,
                   .cancelled = no_link,
                   .free = linking_free,
                   .ctx = new,
               });
}

// ---- silence of the other article

#define SEARCHED_MAX 64

static void searched(struct app *app, struct sv text, bool ok)
{
    struct sv words[SEARCHED_MAX], rest = text, word, id;
    const struct reading *other;
    struct subject on;
    struct err err = { 0 };
    size_t count = 0;

    if (!ok || !subject_claim(app, &on)) {
        app_say(app, ROLE_MESSAGE, "no link made");
        return;
    }
    while (count < SEARCHED_MAX && sv_split(&rest, ',', &word))
        if (!sv_is_blank(word))
            words[count++] = sv_trim(word);
    other = find_other(app, on.reading, false);
    if (!other)
        app_say(app, ROLE_WARNING, "there is no other article in this event");
    else if (!verb_omits(app->session, on.reading, on.claim->id, other->id, words, count, &id,
                         &err))
        app_say_err(app, &err);
    else
        app_say(app, ROLE_MESSAGE, "linked: " SV_FMT " is silent on it",
                SV_ARG(article_name(other->id)));
}

static void ask_searched(struct app *app)
{
    struct subject on;

    if (subject_claim(app, &on))
        prompt_open(app, &(struct prompt){ .label = "searched there for (commas between): ",
                                           .history = "searched",
                                           .done = searched });
}

// ---- what is linked already

// Show the claim's counterpart in the other pane; when one is there already, the next.
static void counterpart(struct app *app)
{
    const struct view *other = app_other_view(app);
    const struct claim *now = other->reading ? view_claim(other) : NULL;
    const struct end *ends;
    struct subject on;
    struct buf text = { 0 };
    size_t count, next = SIZE_MAX, first = SIZE_MAX;

    if (!subject_claim(app, &on))
        return;
    ends = derive_ends(session_derived(app->session), &on.reading->file.layer, on.claim, &count);
    for (size_t i = count; i-- > 0;) {
        if (!ends[i].other || sv_eq(ends[i].other_article, on.reading->id))
            continue;
        if (now && sv_eq(ends[i].other->id, now->id))
            next = first; // the one found before it from behind: the one after it
        first = i;
    }
    next = next == SIZE_MAX ? first : next;
    if (next == SIZE_MAX) {
        app_say(app, ROLE_MESSAGE, "no counterpart yet; x links one");
        return;
    }
    links_show(app, on.reading, &ends[next], &text);
    bound_show(app, on.claim, session_find(app->session, ends[next].other_article),
               ends[next].other);
    app_say(app, ROLE_MESSAGE, "%s", buf_cstr(&text));
    buf_release(&text);
}

// The end to go to: the one seen in the other pane, else the one come from, else the first.
static const struct end *far_end(struct app *app, const struct subject *on)
{
    size_t count;
    const struct end *ends =
        derive_ends(session_derived(app->session), &on->reading->file.layer, on->claim, &count);
    const struct end *found = NULL;

    if (on->reading == app_view(app)->reading)
        found = bound_end(app, app_view(app), on->claim, app_other_view(app));
    for (size_t i = 0; i < count; i++) {
        if (!ends[i].other)
            continue;
        if (!found || sv_eq(ends[i].other->id, app->come_from))
            found = &ends[i];
    }
    return found;
}

static void go_counterpart(struct app *app)
{
    const struct end *end;
    struct subject on;

    if (!subject_claim(app, &on))
        return;
    end = far_end(app, &on);
    if (!end) {
        app_say(app, ROLE_MESSAGE, "no counterpart yet; x links one");
        return;
    }
    app->come_from = on.claim->id;
    app->focus = bound_show(app, on.claim, session_find(app->session, end->other_article),
                            end->other) == &app->views[PANE_OTHER]
                     ? PANE_OTHER
                     : PANE_ARTICLE;
}

static void links(struct app *app)
{
    struct subject on;

    if (subject_claim(app, &on))
        links_open(app, on.reading, on.claim->id);
}

bool cmd_link(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)count, (void)arg, (void)line;
    if (id == COMMAND_DISPUTE || id == COMMAND_LINK_WITHIN)
        choose_place(app, id == COMMAND_LINK_WITHIN);
    else if (id == COMMAND_OMITS)
        ask_searched(app);
    else if (id == COMMAND_LINKS)
        links(app);
    else if (id == COMMAND_COUNTERPART)
        counterpart(app);
    else if (id == COMMAND_GO_COUNTERPART)
        go_counterpart(app);
    else
        return false;
    return true;
}
