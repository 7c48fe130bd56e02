// Commands of the panes: which articles and lists are seen, and the claims list's own keys.
// Changes no record.
#include "tui/app.h"

#include "tui/board.h"
#include "tui/complete.h"
#include "tui/conflict_sheet.h"
#include "tui/history_sheet.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/misplaced.h"
#include "tui/other_pick.h"
#include "tui/prompt.h"
#include "tui/status_sheet.h"
#include "tui/subject.h"
#include "tui/talk.h"
#include "tui/work.h"

static void close_list(struct app *app)
{
    claim_list_free(app->list);
    app->list = NULL;
    app->lower = PANE_OTHER;
    if (app->focus == PANE_LIST)
        app->focus = PANE_ARTICLE;
}

// Back to the text; the list goes, unless it stands beside it.
static void leave_list(struct app *app)
{
    if (!app->is_list_beside) {
        close_list(app);
        return;
    }
    app->lower = PANE_OTHER;
    app->focus = PANE_ARTICLE;
}

// Between the cards and the list, beside the text.
static void toggle_sidebar(struct app *app)
{
    app->is_list_beside = !app->is_list_beside;
    if (!app->is_list_beside)
        close_list(app);
    else if (!app->list)
        app->list = claim_list_new(app);
    if (app->is_list_beside)
        app->lower = PANE_OTHER;
}

static void open_list(struct app *app)
{
    app->focus =
        PANE_LIST; // first: the list is of the article's claims, whichever pane had the focus
    app->lower = PANE_LIST;
    if (!app->list)
        app->list = claim_list_new(app);
}

static void set_filter(struct app *app, struct sv query)
{
    struct err err = { 0 };

    if (!app->list)
        open_list(app);
    if (!claim_list_set_filter(app->list, app, query, &err))
        app_say_err(app, &err);
}

// The other article's claims are asked for by its name.
static void other_filter(struct app *app, struct buf *out)
{
    if (app->list) {
        buf_add(out, claim_list_filter(app->list));
    } else if (app->focus == PANE_OTHER && app_view(app)->reading) {
        buf_add_cstr(out, "article:\"");
        buf_add(out, article_name(app_view(app)->reading->id));
        buf_add_char(out, '"');
    }
}

static void toggle_list(struct app *app)
{
    struct buf query = { 0 };
    const struct claim *claim;

    if (app->focus == PANE_LIST) {
        leave_list(app);
        return;
    }
    claim = app_view(app)->reading ? view_claim(app_view(app)) : NULL;
    other_filter(app, &query);
    if (app->list || !query.len)
        open_list(app);
    else
        set_filter(app, buf_sv(&query));
    if (claim && app->list)
        claim_list_choose(app->list, app, claim->id);
    buf_release(&query);
}

static void filter_done(struct app *app, struct sv text, bool ok)
{
    if (ok)
        set_filter(app, text);
}

static void filter(struct app *app, struct sv line)
{
    struct buf query = { 0 };

    if (line.len) {
        set_filter(app, line);
        return;
    }
    other_filter(app, &query);
    if (query.len && !app->list)
        buf_add_char(&query, ' ');
    prompt_open(app, &(struct prompt){
                         .label = "filter: ",
                         .history = "filter",
                         .initial = buf_sv(&query),
                         .done = filter_done,
                         .complete = complete_query,
                     });
    buf_release(&query);
}

static struct reading *open_reading(struct app *app, struct sv typed)
{
    struct err err = { 0 };
    struct reading *reading = NULL;
    struct buf name = { 0 };
    struct sv id;

    buf_add(&name, typed);
    if (!workspace_resolve(session_workspace(app->session), buf_cstr(&name), &id, &err) ||
        !session_open(app->session, id, &reading, &err))
        app_say_err(app, &err);
    buf_release(&name);
    return reading;
}

static bool is_same_event(struct app *app, const struct reading *a, const struct reading *b)
{
    const struct reading *other;

    for (size_t i = 0; (other = session_other(app->session, a, i)); i++) {
        if (other == b)
            return true;
    }
    return false;
}

static void open_article(struct app *app, struct sv typed)
{
    struct reading *reading = open_reading(app, typed);
    struct view *article = &app->views[PANE_ARTICLE], *other = &app->views[PANE_OTHER];

    if (!reading)
        return;
    app->focus = PANE_ARTICLE;
    if (reading == article->reading)
        return;
    if (reading == other->reading) { // change places: neither loses where it is
        struct view view = *article;

        *article = *other;
        *other = view;
    } else {
        view_open(article, reading, 0);
    }
    if (!other->reading || !is_same_event(app, reading, other->reading))
        view_open(other, session_other(app->session, reading, 0), 0);
    app_say(app, ROLE_MESSAGE, "opened " SV_FMT, SV_ARG(reading->id));
}

static void open_done(struct app *app, struct sv text, bool ok)
{
    text = sv_trim(text);
    if (ok && text.len)
        open_article(app, text);
}

static void show_other(struct app *app, struct reading *reading)
{
    struct view *other = &app->views[PANE_OTHER];

    if (reading == app->views[PANE_ARTICLE].reading) {
        app_say(app, ROLE_WARNING, "this article is open above already");
        return;
    }
    if (reading != other->reading)
        view_open(other, reading, 0);
    app->is_other_on = true;
    app->lower = PANE_OTHER;
}

static void open_other(struct app *app, struct sv name)
{
    struct reading *reading = open_reading(app, sv_trim(name));

    if (reading)
        show_other(app, reading);
}

static void hide_other(struct app *app)
{
    app->is_other_on = false;
    if (app->focus == PANE_OTHER)
        app->focus = PANE_ARTICLE;
}

static void other_picked(struct app *app, struct reading *reading)
{
    if (reading)
        show_other(app, reading);
    else
        hide_other(app);
}

static void other(struct app *app, struct sv line)
{
    const struct reading *article = app->views[PANE_ARTICLE].reading;

    if (line.len)
        open_other(app, line);
    else if (session_other(app->session, article, 1)) // several to choose from
        other_pick_open(app, other_picked);
    else if (app->is_other_on)
        hide_other(app);
    else if (session_other(app->session, article, 0))
        show_other(app, session_other(app->session, article, 0));
    else
        app_say(app, ROLE_WARNING, "there is no other article in this event");
}

static void switch_pane(struct app *app)
{
    if (app->focus != PANE_ARTICLE) {
        app->focus = PANE_ARTICLE;
        return;
    }
    app->focus = PANE_OTHER;
    app->is_other_on = true;
}

static void beside(struct app *app)
{
    app->is_beside = !app->is_beside || !app->is_other_on;
    if (!app->is_beside) {
        app_say(app, ROLE_MESSAGE, "stacked");
        return;
    }
    app->is_other_on = true;
    if (app->cols < LAYOUT_BESIDE_COLS)
        app_say(app, ROLE_WARNING, "side by side needs %d columns, and this screen has %d",
                LAYOUT_BESIDE_COLS, app->cols);
    else
        app_say(app, ROLE_MESSAGE, "side by side");
}

static void toggle_bound(struct app *app)
{
    app->is_bound = !app->is_bound;
    app->followed = (struct sv){ 0 };
    app_say(app, ROLE_MESSAGE,
            app->is_bound ? "bound: scrolling one article carries the other"
                          : "not bound: each article scrolls alone");
}

// To the list's chosen claim: in the article's pane, or the other's when it is there.
static void go_claim(struct app *app)
{
    struct reading *reading;
    const struct claim *claim = claim_list_current(app->list, app, &reading);

    if (!claim) {
        app_say(app, ROLE_WARNING, "the list is empty; f changes its filter");
        return;
    }
    app->focus =
        subject_show(app, reading, claim) == &app->views[PANE_OTHER] ? PANE_OTHER : PANE_ARTICLE;
}

// The article above goes along with the list's chosen row.
static void follow_list(struct app *app)
{
    struct view *view = &app->views[PANE_ARTICLE];
    struct reading *reading;
    const struct claim *claim = claim_list_current(app->list, app, &reading);
    struct byte_span span;

    if (!claim || reading != view->reading || !app_place(reading, claim, &span))
        return;
    view_unselect(view);
    view_show(view, span.beg);
    view->picked = claim->id;
}

static bool list_command(struct app *app, enum command_id id, int count)
{
    if (!app->list)
        return false;
    if (id == COMMAND_LIST_GO) {
        go_claim(app);
        return true;
    }
    if (!claim_list_command(app->list, app, id, count))
        return false;
    follow_list(app);
    return true;
}

bool cmd_pane(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)arg;
    if (id >= COMMAND_LIST_DOWN && id <= COMMAND_LIST_GO)
        return list_command(app, id, count);
    if (id == COMMAND_SWITCH)
        switch_pane(app);
    else if (id == COMMAND_LEAVE)
        leave_list(app);
    else if (id == COMMAND_LIST)
        toggle_list(app);
    else if (id == COMMAND_SIDEBAR)
        toggle_sidebar(app);
    else if (id == COMMAND_FILTER)
        filter(app, line);
    else if (id == COMMAND_MARGIN)
        app->is_margin_on = !app->is_margin_on;
    else if (id == COMMAND_BESIDE)
        beside(app);
    else if (id == COMMAND_BOUND)
        toggle_bound(app);
    else if (id == COMMAND_OPEN && line.len)
        open_article(app, line);
    else if (id == COMMAND_OPEN)
        prompt_open(app, &(struct prompt){ .label = "open: ",
                                           .history = "open",
                                           .done = open_done,
                                           .complete = complete_article });
    else if (id == COMMAND_OTHER)
        other(app, line);
    else if (id == COMMAND_BOARD)
        board_open(app);
    else if (id == COMMAND_WORK)
        work_open(app);
    else if (id == COMMAND_CONFLICTS)
        conflict_sheet_open(app);
    else if (id == COMMAND_HISTORY)
        history_of_claim(app);
    else if (id == COMMAND_HISTORY_ALL)
        history_of_article(app);
    else if (id == COMMAND_MISPLACED)
        misplaced_open(app);
    else if (id == COMMAND_STATUS)
        status_sheet_open(app);
    else
        return talk_command(app, id) || status_command(app, id);
    return true;
}
