// The reader's state, and what an event does to it.
// Never draws (draw.c), never does the work of a command (cmd_*.c), never touches a file.
#include "tui/app.h"

#include <stdarg.h>
#include <string.h>

#include "base/attr.h"
#include "tui/adjudic.h"
#include "tui/bound.h"
#include "tui/comparing.h"
#include "tui/counting.h"
#include "tui/keep.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/margin.h"
#include "tui/mouse.h"
#include "tui/past.h"

#define KEY_CTRL_C 3
#define KEY_ENTER  13
#define KEY_ESC    27

static bool (*const handlers[])(struct app *app, enum command_id id, int count, key_num arg,
                                struct sv line) = {
    cmd_move, cmd_pane,  cmd_search, cmd_claim,   cmd_voice,
    cmd_link, cmd_alike, cmd_lanes,  cmd_program,
};

static void take_findings(struct app *app)
{
    struct findings fresh = { 0 };

    session_take_findings(app->session, &fresh);
    for (size_t i = 0; i < fresh.count; i++)
        findings_take(&app->findings, fresh.items[i].severity, &fresh.items[i].err);
    findings_release(&fresh);
}

// The next finding that was not shown yet goes to the status line when that is free.
static void show_finding(struct app *app)
{
    struct finding *finding;
    size_t left;

    if (app->message.len || app->findings_shown >= app->findings.count)
        return;
    finding = &app->findings.items[app->findings_shown++];
    left = app->findings.count - app->findings_shown;
    err_print(&finding->err, &app->message);
    if (left)
        buf_addf(&app->message, " (%zu more)", left);
    app->message_role = finding->severity == SEVERITY_ERROR ? ROLE_ERROR : ROLE_WARNING;
    if (!left) {
        findings_release(&app->findings);
        app->findings_shown = 0;
    }
}

static struct census count_claims(struct session *session, const struct reading *reading)
{
    struct census census = { .reading = reading };

    if (!reading)
        return census;

    struct claim_counts counts = session_counts(session, reading);

    census.claims = reading->file.layer.sections[SECTION_CLAIMS].count - counts.rejected;
    census.contested = counts.contested;
    census.disputed = counts.disputed;
    for (size_t i = 0; i < reading->misplaced_count; i++)
        census.doubtful += margin_is_doubtful(reading, reading->misplaced[i].rec);
    return census;
}

static void refresh_census(struct app *app)
{
    size_t version = session_version(app->session);

    for (int i = 0; i < 2; i++) {
        if (version != app->version || app->census[i].reading != app->views[i].reading)
            app->census[i] = count_claims(app->session, app->views[i].reading);
    }
    app->version = version;
}

// Take heed of the place where the cursor is.
static void attend(struct app *app)
{
    const struct view *view = app_view(app);
    bool has_scrolled = app->rested.reading == view->reading && app->rested.top != view->top;

    app->is_moving = false;
    app->rested = *view;
    if (app->list && app->is_list_beside && app->focus != PANE_LIST)
        claim_list_follow(app->list, app);
    if (app->focus != PANE_LIST)
        bound_follow(app, has_scrolled);
}

// After every event: what follows from the new state. Of motions in a row only the first is
// attended to, until there is rest.
static void settle(struct app *app, bool is_motion)
{
    struct layout layout;

    layout_make(app, &layout);
    layout_apply(app, &layout);
    refresh_census(app);
    app->is_moving = is_motion && app->is_held;
    app->is_held = is_motion;
    if (!app->is_moving)
        attend(app);
    take_findings(app);
    show_finding(app);
    messages_note(app);
}

static void say_unknown_key(struct app *app, const struct keymap *typed, key_num key)
{
    struct buf keys = { 0 };

    keymap_pending(typed, &keys);
    key_add_name(key, &keys);
    app_say(app, ROLE_WARNING, "no command on %s; ? shows the keys", buf_cstr(&keys));
    buf_release(&keys);
}

// <Enter> and <Esc> while a place is being chosen. true: it was one of them.
static bool choose_key(struct app *app, key_num key)
{
    struct choosing choosing = app->choosing;

    if (!choosing.prompt || app->top || app->keymap.key_count || app->keymap.wants_arg)
        return false;
    if (key == KEY_ENTER) {
        if (app->focus == PANE_LIST)
            app_run(app, COMMAND_LIST_GO, 0, 0, (struct sv){ 0 });
        memset(&app->choosing, 0, sizeof(app->choosing));
        if (!choosing.picked(app, choosing.ctx) && !app->choosing.prompt)
            app->choosing = choosing;
        return true;
    }
    if (key == KEY_ESC && (choosing.is_selection || !app_view(app)->has_selection)) {
        memset(&app->choosing, 0, sizeof(app->choosing));
        choosing.cancelled(app, choosing.ctx);
        return true;
    }
    return false;
}

// A motion that may come again and again while its key is held.
static bool is_repeated(const struct app *app, enum command_id id)
{
    return !app->top && app->focus != PANE_LIST &&
           (command_get(id)->flags & COMMAND_MOTION || id == COMMAND_SCROLL ||
            id == COMMAND_SCROLL_BACK);
}

// A command typed in the panes; what it scrolled carries the other article along.
static void run_key(struct app *app, enum command_id id, int count, key_num arg)
{
    struct view *view = app_view(app);
    const struct reading *reading = view->reading;
    size_t top = view->top;
    enum pane focus = app->focus;
    bool is_motion = command_get(id)->flags & COMMAND_MOTION ||
                     (id >= COMMAND_SCROLL && id <= COMMAND_TO_BOTTOM);

    app_run(app, id, count, arg, (struct sv){ 0 });
    if (is_motion && app->focus == focus && focus != PANE_LIST && view->reading == reading)
        bound_carry(app, view, top);
}

// Returns whether it was such a motion.
static bool take_key(struct app *app, const struct event *event)
{
    struct keymap typed = app->keymap;
    unsigned context = app_context(app);
    enum command_id id = COMMAND_NONE;
    key_num key = event->key == KEY_CTRL_C ? KEY_ESC : event->key, arg;
    bool is_motion = false;
    int count = 0;

    buf_clear(&app->message);
    app->lookup.shown = (struct byte_span){ 0 };
    if (comparing_is_on(app)) { // the key is <Esc>, or it would have ended
        comparing_leave(app);
        return false;
    }
    if (choose_key(app, key))
        return false;
    switch (keymap_feed(&app->keymap, context, key, &id, &count, &arg)) {
    case KEYMAP_COMMAND:
        is_motion = is_repeated(app, id);
        if (app->is_moving && !is_motion)
            attend(app); // it may be about the other pane
        run_key(app, id, count, arg);
        is_motion = is_motion && !app->top;
        break;
    case KEYMAP_PENDING:
        break;
    case KEYMAP_UNKNOWN:
        if (app->top && app->top->ops->event)
            app->top->ops->event(app->top, app, event);
        else if (key != KEY_ESC)
            say_unknown_key(app, &typed, key);
        break;
    }
    return is_motion;
}

static void take_paste(struct app *app, const struct event *event)
{
    buf_clear(&app->message);
    if (app->top && app->top->ops->event && app->top->ops->event(app->top, app, event))
        return;
    app_say(app, ROLE_WARNING, "pasted text goes into text fields only");
}

static bool has_claim(struct app *app, const struct view *view)
{
    struct reading *reading;

    if (app->focus == PANE_LIST && app->list)
        return claim_list_current(app->list, app, &reading) != NULL;
    return view->reading && view_claim(view);
}

// What a command that writes would change; NULL: nothing is open.
static struct reading *target(struct app *app)
{
    struct reading *reading = app_view(app)->reading;

    if (app->focus == PANE_LIST && app->list)
        claim_list_current(app->list, app, &reading);
    return reading;
}

static bool is_writable(struct app *app)
{
    const struct reading *reading = target(app);

    return reading && reading->is_writable;
}

static void say_read_only(struct app *app, const struct command *command)
{
    const struct reading *reading = target(app);

    if (!reading)
        app_say(app, ROLE_ERROR, "'%s' changes data, and no article is open", command->name);
    else if (reading->file.is_refused)
        app_say(app, ROLE_ERROR, "'%s' changes data, and '%s' could not be read; mend it first",
                command->name, layer_file_name(&reading->file));
    else
        app_say(
            app, ROLE_ERROR,
            "'%s' changes data, and '%s' cannot be written: no permission, or a read-only place",
            command->name, layer_file_name(&reading->file));
}

// What of that which the command's row of the table asks for is not there, for the cursor of a
// view.
enum missing { MISSING_NOTHING, MISSING_CONTEXT, MISSING_OTHER, MISSING_CLAIM, MISSING_LEAVE };

static enum missing find_missing(struct app *app, const struct command *command,
                                 const struct view *view)
{
    if (!(command->contexts & app_context(app)))
        return MISSING_CONTEXT;
    if (command->flags & COMMAND_NEEDS_OTHER && !app->views[PANE_OTHER].reading)
        return MISSING_OTHER;
    if (command->flags & COMMAND_CLAIM && !has_claim(app, view))
        return MISSING_CLAIM;
    if (command->flags & COMMAND_WRITE && !is_writable(app))
        return MISSING_LEAVE;
    return MISSING_NOTHING;
}

static bool can_run(struct app *app, const struct command *command)
{
    switch (find_missing(app, command, app_view(app))) {
    case MISSING_NOTHING:
        return true;
    case MISSING_CONTEXT:
        app_say(app, ROLE_WARNING, "'%s' does not work here; ? shows where", command->name);
        break;
    case MISSING_OTHER:
        app_say(app, ROLE_WARNING, "there is no other article in this event");
        break;
    case MISSING_CLAIM:
        app_say(app, ROLE_WARNING,
                app->focus == PANE_LIST ? "the list is empty" : "no claim here; c marks one");
        break;
    case MISSING_LEAVE:
        say_read_only(app, command);
        break;
    }
    return false;
}

bool app_has_claim(struct app *app)
{
    return has_claim(app, app_heeded(app));
}

bool app_allows(struct app *app, enum command_id id)
{
    return find_missing(app, command_get(id), app_heeded(app)) == MISSING_NOTHING;
}

struct app *app_new(struct session *session, struct reading *article, struct reading *other,
                    size_t pos, size_t other_pos)
{
    struct app *app = mem_new(sizeof(*app));

    app->session = session;
    app->rows = 24;
    app->cols = 80;
    app->is_margin_on = true;
    app->is_other_on = true;
    app->is_bound = true;
    app->lower = PANE_OTHER;
    if (!other)
        other = session_other(session, article, 0);
    view_open(&app->views[PANE_ARTICLE], article, pos);
    view_open(&app->views[PANE_OTHER], other, other_pos);
    settle(app, false);
    return app;
}

// Something else takes its place.
static void drop_choosing(struct app *app)
{
    struct choosing choosing = app->choosing;

    memset(&app->choosing, 0, sizeof(app->choosing));
    if (!choosing.prompt)
        return;
    if (choosing.dropped)
        choosing.dropped(app, choosing.ctx);
    else
        choosing.free(choosing.ctx);
}

void app_free(struct app *app)
{
    if (!app)
        return;
    while (past_close(app))
        ;
    while (app->top)
        app_pop(app);
    if (app->parked)
        app->parked->ops->free(app->parked);
    drop_choosing(app);
    claim_list_free(app->list);
    adjudic_free(app->adjudic);
    finder_free(app->finder);
    buf_release(&app->pattern);
    buf_release(&app->trail);
    buf_release(&app->message);
    messages_release(&app->messages);
    buf_release(&app->edit_text);
    findings_release(&app->findings);
    mem_free(app);
}

static bool is_leaving(const struct event *event)
{
    return event->type == EVENT_HANGUP ||
           (event->type == EVENT_KEY && (event->key == KEY_ESC || event->key == KEY_CTRL_C));
}

// Has the dialog on top more to show than it does yet?
static bool is_filling(const struct app *app)
{
    return app->top && app->top->ops->is_behind && app->top->ops->is_behind(app->top, app);
}

void app_event(struct app *app, const struct event *event)
{
    bool is_motion = false;
    size_t typed = event->type == EVENT_PASTE ? event->paste.len : event->type == EVENT_KEY;

    if (event->type != EVENT_REST && event->type != EVENT_RESIZE && !is_leaving(event))
        comparing_end(app);
    switch (event->type) {
    case EVENT_KEY:
        is_motion = take_key(app, event);
        break;
    case EVENT_PASTE:
        take_paste(app, event);
        break;
    case EVENT_RESIZE:
        app->rows = event->rows;
        app->cols = event->cols;
        break;
    case EVENT_MOUSE:
        mouse_event(app, event);
        is_motion = event->button != 1 && !app->top;
        break;
    case EVENT_REST:
        counting_go_on(app);
        comparing_go_on(app);
        if (is_filling(app))
            app->top->ops->rest(app->top, app);
        break;
    case EVENT_WAKE:
        if (session_refresh(app->session) + adjudic_refresh(app) && !app->message.len)
            app_say(app, ROLE_MESSAGE, "changed outside: what was new there is shown");
        break;
    case EVENT_HANGUP:
        while (past_close(app))
            ;
        app->request = REQUEST_QUIT;
        app_keep(app, true);
        break;
    }
    app->is_resting = event->type == EVENT_REST;
    keep_after(app, typed);
    settle(app, is_motion);
}

bool app_holds(const struct app *app)
{
    return session_holds(app->session);
}

void app_let_go(struct app *app)
{
    session_let_go(app->session);
}

bool app_wants_rest(const struct app *app)
{
    return app->is_held || counting_is_on(app) || comparing_is_on(app) || is_filling(app);
}

bool app_is_behind(const struct app *app)
{
    return app->is_moving || counting_is_on(app) || comparing_is_on(app) || is_filling(app);
}

bool app_is_resting(const struct app *app)
{
    return app->is_resting || comparing_is_on(app) || is_filling(app);
}

enum app_request app_request(struct app *app, struct buf *edit_text)
{
    enum app_request request = app->request;

    if (request == REQUEST_EDIT) {
        buf_clear(edit_text);
        buf_add(edit_text, buf_sv(&app->edit_text));
        app_keep(app, true); // nobody knows what the editor does
    }
    app->request = REQUEST_NONE;
    return request;
}

void app_edit_done(struct app *app, bool ok, struct sv text)
{
    void (*edited)(struct app * app, struct sv text) = app->edited;

    app->edited = NULL;
    if (ok && edited)
        edited(app, text);
    else if (!ok)
        app_say(app, ROLE_WARNING, "the editor failed; the text is as it was");
    keep_after(app, text.len);
    settle(app, false);
}

struct view *app_view(struct app *app)
{
    return &app->views[app->focus == PANE_OTHER ? PANE_OTHER : PANE_ARTICLE];
}

struct view *app_other_view(struct app *app)
{
    return &app->views[app->focus == PANE_OTHER ? PANE_ARTICLE : PANE_OTHER];
}

const struct view *app_heeded(struct app *app)
{
    return app->is_moving ? &app->rested : app_view(app);
}

unsigned app_context(const struct app *app)
{
    if (app->top)
        return app->top->ops->context;
    if (app->focus == PANE_LIST)
        return CONTEXT_LIST;
    return app->views[app->focus].has_selection ? CONTEXT_SELECT : CONTEXT_TEXT;
}

bool app_place(const struct reading *reading, const void *rec, struct byte_span *span)
{
    const struct record *record = rec;
    enum section section;
    size_t cp = SIZE_MAX;

    // Marks are sorted by place, not by record: try where the record says it is before looking
    // through all.
    if (layer_find_any(&reading->file.layer, record->id, &section))
        cp = layer_position(&reading->file.layer, section, rec);

    size_t from = cp == SIZE_MAX ? 0 : view_mark_from(reading, article_pos(reading->article, cp));

    for (size_t i = 0; i < reading->mark_count; i++) {
        const struct mark *mark = &reading->marks[(from + i) % reading->mark_count];

        if (mark->rec == rec && mark->part == 0) {
            *span = mark->span;
            return true;
        }
    }
    return false;
}

bool app_run(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    const struct command *command = command_get(id);

    app->count = count;
    if (past_refuses(app, id))
        return false;
    if (app->top && command->contexts & app->top->ops->context &&
        app->top->ops->command(app->top, app, id))
        return true;
    if (!can_run(app, command))
        return false;
    if (command->flags & COMMAND_WRITE && app->choosing.dropped)
        drop_choosing(app); // a later <Enter> is no answer to it any more
    if (id != COMMAND_QUIT)
        app->is_quit_asked = false;
    for (size_t i = 0; i < ARRAY_LEN(handlers); i++) {
        if (handlers[i](app, id, count, arg, line))
            return true;
    }
    return false;
}

void app_say(struct app *app, enum role role, const char *fmt, ...)
{
    va_list args;

    buf_clear(&app->message);
    va_start(args, fmt);
    buf_addv(&app->message, fmt, args);
    va_end(args);
    app->message_role = role;
}

void app_say_err(struct app *app, struct err *err)
{
    buf_clear(&app->message);
    err_print(err, &app->message);
    app->message_role = ROLE_ERROR;
    err_release(err);
}

void app_push(struct app *app, struct overlay *overlay)
{
    overlay->below = app->top;
    app->top = overlay;
    memset(&app->keymap, 0, sizeof(app->keymap));
}

void app_pop(struct app *app)
{
    struct overlay *overlay = app->top;

    if (!overlay)
        return;
    app->top = overlay->below;
    memset(&app->keymap, 0, sizeof(app->keymap));
    overlay->ops->free(overlay);
}

void app_park(struct app *app)
{
    struct overlay *overlay = app->top;

    app->top = overlay->below;
    if (app->parked)
        app->parked->ops->free(app->parked);
    app->parked = overlay;
    memset(&app->keymap, 0, sizeof(app->keymap));
}

bool app_unpark(struct app *app)
{
    struct overlay *overlay = app->parked;

    if (!overlay)
        return false;
    app->parked = NULL;
    app_push(app, overlay);
    return true;
}

void app_choose(struct app *app, struct choosing choosing)
{
    drop_choosing(app);
    app->choosing = choosing;
}

void app_edit_text(struct app *app, struct sv text, void (*edited)(struct app *app, struct sv text))
{
    buf_clear(&app->edit_text);
    buf_add(&app->edit_text, text);
    app->edited = edited;
    app->request = REQUEST_EDIT;
}
