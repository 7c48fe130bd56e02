// Commands of the question "which does the other article dispute": the link, the counterpart, the
// silence. Making a link is linking.c.
#include "tui/app.h"

#include "session/verbs.h"
#include "tui/bound.h"
#include "tui/linking.h"
#include "tui/links.h"
#include "tui/prompt.h"
#include "tui/related.h"
#include "tui/subject.h"
#include "tui/trail.h"

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
    other = linking_other(app, on.reading);
    if (!other)
        return;
    if (!verb_omits(app->session, on.reading, on.claim->id, other->id, words, count, &id, &err)) {
        app_say_err(app, &err);
        return;
    }
    trail_forget(app, other);
    app_say(app, ROLE_MESSAGE, "linked: " SV_FMT " is silent on it",
            SV_ARG(article_name(other->id)));
}

static void ask_searched(struct app *app)
{
    struct subject on;
    struct reading *other;
    struct buf offered = { 0 };

    if (!subject_claim(app, &on))
        return;
    other = linking_other(app, on.reading);
    if (!other)
        return;
    trail_list(app, other, &offered);
    if (offered.len)
        buf_add_cstr(&offered, ", "); // what is typed goes behind them
    prompt_open(app, &(struct prompt){ .label = "looked there for (commas between): ",
                                       .history = "searched",
                                       .home = { .command = COMMAND_OMITS,
                                                 .reading = on.reading,
                                                 .section = SECTION_CLAIMS,
                                                 .id = on.claim->id },
                                       .initial = buf_sv(&offered),
                                       .done = searched });
    buf_release(&offered);
}

// ---- what is linked already

// Show the claim's counterpart in the other pane; when one is there already, the next. What is
// linked to nothing yet has likely ones.
static void counterpart(struct app *app)
{
    const struct view *other = app_other_view(app);
    const struct claim *now = other->reading ? view_claim(other) : NULL;
    const struct end *ends;
    struct subject on;
    struct buf text = { 0 };
    size_t count, next = SIZE_MAX, first = SIZE_MAX;

    on.claim = NULL;
    if (app->focus == PANE_LIST || (!app_view(app)->has_selection && view_claim(app_view(app))))
        if (!subject_claim(app, &on))
            return;
    if (!on.claim) {
        related_next(app);
        return;
    }
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
        related_next(app);
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
        linking_begin(app, id == COMMAND_LINK_WITHIN);
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
