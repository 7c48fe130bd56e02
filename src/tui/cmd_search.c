// Searching in the article: typed with the text moving along, again and back, highlights.
// Changes no record; matches are found when they are drawn, not kept.
#include "tui/app.h"

#include "base/attr.h"
#include "base/visible.h"
#include "tui/counting.h"
#include "tui/matches.h"
#include "tui/prompt.h"
#include "tui/trail.h"

static struct sv text_of(const struct view *view)
{
    return article_bytes(view->reading->article);
}

// First byte of the code point after the one at `pos`.
static size_t after_cp(struct sv text, size_t pos)
{
    size_t size = 1;

    if (pos >= text.len)
        return text.len;
    utf8_decode(sv_sub(text, pos, text.len), &size);
    return pos + size;
}

// The match after (dir 1) or before (-1) the cursor, around the ends of the text if need be.
static bool find_match(struct app *app, const struct view *view, int dir, bool is_here_too,
                       struct byte_span *out, bool *is_around)
{
    struct sv text = text_of(view);
    size_t from = is_here_too ? view->cursor : after_cp(text, view->cursor);

    *is_around = false;
    if (dir > 0) {
        bool is_found = finder_next(app->finder, text, from, out);

        if (is_found && !is_here_too && view_snap(view, out->beg) == view->cursor)
            is_found =
                finder_next(app->finder, text, out->end, out); // it begins inside the cluster
        if (is_found)
            return true;
        *is_around = true;
        return finder_next(app->finder, text, 0, out);
    }
    if (finder_prev(app->finder, text, view->cursor, out))
        return true;
    *is_around = true;
    return finder_prev(app->finder, text, text.len, out);
}

static void say_no_match(struct app *app)
{
    const struct view *other = app_other_view(app);
    struct byte_span found;

    counting_end(app);
    if (finder_was_limited(app->finder))
        app_say(app, ROLE_WARNING, "the search was stopped: the pattern takes too long here");
    else if (other->reading && finder_next(app->finder, text_of(other), 0, &found))
        app_say(app, ROLE_WARNING, "not found here, but in the other article: <Tab> n, or gf");
    else
        app_say(app, ROLE_WARNING, "not found: " SV_FMT, SV_ARG(buf_sv(&app->pattern)));
}

static void search_again(struct app *app, int dir, int count, bool is_here_too)
{
    struct view *view = app_view(app);
    struct byte_span match = { 0 };
    bool is_around = false, was_around = false;
    size_t origin = view->cursor;

    if (!app->finder) {
        app_say(app, ROLE_WARNING, "nothing was searched yet; / searches");
        return;
    }
    trail_add(app, view->reading, buf_sv(&app->pattern));
    for (int i = 0; i < (count > 0 ? count : 1); i++) {
        if (!find_match(app, view, dir, is_here_too && i == 0, &match, &is_around)) {
            say_no_match(app);
            return;
        }
        was_around = was_around || is_around;
        if (i == 0)
            view_jump(view, match.beg);
        else
            view_show(view, match.beg);
    }
    app->is_match_shown = true;
    counting_begin(app, view, match.beg);
    if (was_around && view->cursor == origin)
        app_say(app, ROLE_MESSAGE, "this is the only match");
    else if (was_around)
        app_say(app, ROLE_MESSAGE, dir > 0 ? "went on from the beginning" : "went on from the end");
}

// Put `pattern` in force. false: it is no pattern; nothing changed.
static bool set_finder(struct app *app, struct sv pattern, struct err *err)
{
    struct finder *finder;

    if (!finder_new(pattern, &finder, err))
        return false;
    counting_end(app);
    finder_free(app->finder);
    app->finder = finder;
    return true;
}

// false: it is no pattern, and said so.
static bool search_for(struct app *app, struct sv pattern)
{
    struct err err = { 0 };

    if (!set_finder(app, pattern, &err)) {
        app_say_err(app, &err);
        return false;
    }
    buf_clear(&app->pattern);
    buf_add(&app->pattern, pattern);
    search_again(app, 1, 1, true);
    return true;
}

// What was typed is forgotten, the pattern before it holds again.
static void restore_finder(struct app *app)
{
    struct err err = { 0 };

    app->is_match_shown = false;
    finder_free(app->finder);
    app->finder = NULL;
    if (app->pattern.len && !set_finder(app, buf_sv(&app->pattern), &err))
        err_release(&err);
}

// Back to where the view was before the search was typed; its size may have changed meanwhile.
static void restore_view(struct app *app)
{
    struct view *view = app_view(app);
    int rows = view->rows, cols = view->cols;

    *view = app->before_search;
    view->rows = rows;
    view->cols = cols;
}

static void search_typed(struct app *app, struct sv text)
{
    struct byte_span match;
    struct err err = { 0 };
    bool is_around;

    restore_view(app);
    app->is_match_shown = false;
    if (!text.len)
        return;
    if (!set_finder(app, text, &err)) { // half a regular expression
        err_release(&err);
        return;
    }
    if (!find_match(app, app_view(app), 1, true, &match, &is_around))
        return;
    view_show(app_view(app), match.beg);
    app->is_match_shown = true;
}

static void search_done(struct app *app, struct sv text, bool ok)
{
    restore_view(app);
    if (ok && text.len && search_for(app, text))
        return;
    restore_finder(app);
    if (ok && !text.len)
        search_again(app, 1, 1, false);
}

static void search(struct app *app, struct sv line)
{
    if (app->focus == PANE_LIST) {
        app_run(app, COMMAND_FILTER, 0, 0, line);
        return;
    }
    if (line.len) {
        search_for(app, line);
        return;
    }
    app->before_search = *app_view(app);
    prompt_open(
        app, &(struct prompt){
                 .label = "/", .history = "search", .changed = search_typed, .done = search_done });
}

static void search_word(struct app *app)
{
    struct view *view = app_view(app);
    struct byte_span span;
    struct sv word;

    if (!view_selection(view, &span) &&
        !unit_at(view->reading->article, UNIT_WORD, view->cursor, &span)) {
        app_say(app, ROLE_WARNING, "there is no word here");
        return;
    }
    view_unselect(view);
    word = article_sub(view->reading->article, span);

    struct err err = { 0 };

    if (!set_finder(app, word, &err)) {
        app_say_err(app, &err);
        return;
    }
    buf_clear(&app->pattern);
    buf_add(&app->pattern, word);
    search_again(app, 1, 1, false);
}

bool cmd_search(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)arg;
    if (id < COMMAND_SEARCH || id > COMMAND_SEARCH_CLEAR)
        return false;
    if (!app_view(app)->reading && app->focus != PANE_LIST)
        app_say(app, ROLE_WARNING, "no article is open here");
    else if (id == COMMAND_SEARCH)
        search(app, line);
    else if (id == COMMAND_FIND)
        matches_open(app, line.len ? line : buf_sv(&app->pattern));
    else if (id == COMMAND_SEARCH_NEXT)
        search_again(app, 1, count, false);
    else if (id == COMMAND_SEARCH_BACK)
        search_again(app, -1, count, false);
    else if (id == COMMAND_SEARCH_WORD)
        search_word(app);
    else
        app->is_match_shown = false;
    return true;
}
