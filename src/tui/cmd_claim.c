// Commands on claims and the other records of a text: mark, change their words, delete, undo.
// Never builds a record itself: every change is a verb of the session.
#include "tui/app.h"

#include <string.h>

#include "session/verbs.h"
#include "tui/form.h"
#include "tui/note.h"
#include "tui/remark.h"
#include "tui/subject.h"
#include "tui/undoing.h"

// Bring a new or changed record under the cursor.
static void go_to(struct view *view, struct sv id)
{
    enum section section;
    const void *rec = layer_find_any(&view->reading->file.layer, id, &section);
    struct byte_span extent = rec ? subject_extent(view->reading, rec) : (struct byte_span){ 0 };

    view_unselect(view);
    if (!byte_span_is_empty(extent) && (view->cursor < extent.beg || view->cursor >= extent.end))
        view_show(view, extent.beg);
    view->picked = id;
}

// The claim of exactly these words, or NULL.
static const struct claim *claim_on(const struct view *view, struct byte_span span)
{
    for (size_t i = view_mark_from(view->reading, span.beg); i < view->reading->mark_count; i++) {
        const struct mark *mark = &view->reading->marks[i];
        const struct claim *claim = mark->rec;

        if (mark->span.beg != span.beg)
            return NULL;
        if (mark->section == SECTION_CLAIMS && mark->span.end == span.end && claim->span.count == 1)
            return claim;
    }
    return NULL;
}

// A clause that is marked already gets its form: who wants a second claim on it selects it.
static bool is_marked(struct app *app, struct view *view, struct byte_span span, bool with_form)
{
    const struct claim *claim = view->has_selection ? NULL : claim_on(view, span);

    if (!claim)
        return false;
    go_to(view, claim->id);
    app_say(app, ROLE_MESSAGE, SV_FMT " is marked already; t selects the clause for another claim",
            SV_ARG(claim->id));
    if (with_form)
        form_open(app, view->reading, SECTION_CLAIMS, claim->id, "type");
    return true;
}

static void mark(struct app *app, bool with_form)
{
    struct view *view = app_view(app);
    struct byte_span span;
    struct err err = { 0 };
    struct sv id;

    if (!subject_passage(app, UNIT_WHOLE, &span) || is_marked(app, view, span, with_form))
        return;
    if (!verb_mark(app->session, view->reading, &span, 1, &id, &err)) {
        app_say_err(app, &err);
        return;
    }
    go_to(view, id);
    app->touched = id;
    app_say(app, ROLE_MESSAGE, "marked " SV_FMT "; %s takes it back", SV_ARG(id),
            with_form ? "<C-u>" : "u");
    if (with_form)
        form_open(app, view->reading, SECTION_CLAIMS, id, "type");
}

static void edit(struct app *app)
{
    struct view *view = app_view(app);
    enum section section;
    const struct record *rec = view->reading ? view_record(view, &section) : NULL;

    if (rec)
        form_open(app, view->reading, section, rec->id, NULL);
    else
        app_say(app, ROLE_WARNING, "no claim or note under the cursor; c marks a claim");
}

static void add_part(struct app *app)
{
    struct view *view = app_view(app);
    struct byte_span span;
    struct err err = { 0 };
    struct buf title = { 0 };
    const struct claim *claim;

    if (!subject_passage(app, UNIT_CLAUSE, &span))
        return;
    claim = subject_nearest(app, view, span);
    if (!claim) {
        app_say(app, ROLE_WARNING, "no claim near the selection; c marks one");
        return;
    }
    if (!verb_add_part(app->session, view->reading, claim->id, span, &err)) {
        app_say_err(app, &err);
        return;
    }
    app->touched = claim->id;
    view_unselect(view);
    claim = layer_claim(&view->reading->file.layer, app->touched);
    subject_title(claim, 40, &title);
    app_say(app, ROLE_MESSAGE, "added to " SV_FMT ": %s", SV_ARG(claim->id), buf_cstr(&title));
    buf_release(&title);
}

static void drop_part(struct app *app)
{
    struct subject on;
    struct err err = { 0 };

    if (subject_claim(app, &on))
        subject_report(
            app,
            verb_drop_part(app->session, on.reading, on.claim->id, app_view(app)->cursor, &err),
            &err, "took the part out of the claim");
}

static void remark(struct app *app)
{
    struct view *view = app_view(app);
    enum section section;
    const struct record *rec = view->reading ? view_record(view, &section) : NULL;

    if (rec)
        remark_open(app, view->reading, section, rec->id, NULL, NULL, NULL);
    else
        app_say(app, ROLE_WARNING, "no claim or note under the cursor; c marks a claim");
}

static void split(struct app *app)
{
    struct subject on;
    struct err err = { 0 };
    struct sv id;

    if (!subject_claim(app, &on))
        return;
    if (!verb_split(app->session, on.reading, on.claim->id, app_view(app)->cursor, &id, &err))
        app_say_err(app, &err);
    else
        app_say(app, ROLE_MESSAGE, "split: from the cursor on it is " SV_FMT, SV_ARG(id));
}

static void join(struct app *app)
{
    struct subject on;
    struct err err = { 0 };
    const struct claim *next = NULL;
    struct sv id, next_id;

    if (!subject_claim(app, &on))
        return;
    for (size_t i = 0; i + 1 < on.reading->file.layer.sections[SECTION_CLAIMS].count; i++)
        if (on.reading->file.layer.sections[SECTION_CLAIMS].items[i] == on.claim)
            next = on.reading->file.layer.sections[SECTION_CLAIMS].items[i + 1];
    if (!next) {
        app_say(app, ROLE_WARNING, "no claim after this one to join it with");
        return;
    }
    id = on.claim->id;
    next_id = next->id;
    if (!verb_join(app->session, on.reading, id, next_id, &err))
        app_say_err(app, &err);
    else
        app_say(app, ROLE_MESSAGE, "joined " SV_FMT " into " SV_FMT, SV_ARG(next_id), SV_ARG(id));
}

static const char *section_word(enum section section)
{
    return kind_get(section_get(section)->kind)->name;
}

// The claim of the list, or whatever record is under the cursor.
static const struct record *record_at(struct app *app, struct reading **reading,
                                      enum section *section)
{
    struct subject on;

    if (app->focus == PANE_LIST) {
        if (!subject_claim(app, &on))
            return NULL;
        *reading = on.reading;
        *section = SECTION_CLAIMS;
        return (const struct record *)(const void *)on.claim;
    }
    *reading = app_view(app)->reading;
    return *reading ? view_record(app_view(app), section) : NULL;
}

static size_t link_count(struct app *app, const struct reading *reading, const void *claim)
{
    size_t count = 0;

    derive_ends(session_derived(app->session), &reading->file.layer, claim, &count);
    return count;
}

static void delete (struct app *app)
{
    struct reading *reading;
    enum section section;
    const struct record *rec = record_at(app, &reading, &section);
    struct err err = { 0 };
    size_t links;
    struct sv id;

    if (!rec) {
        if (app->focus != PANE_LIST)
            app_say(app, ROLE_WARNING, "nothing under the cursor to delete");
        return;
    }
    id = rec->id;
    links = section == SECTION_CLAIMS ? link_count(app, reading, rec) : 0;
    if (!verb_delete(app->session, reading, id, &err))
        app_say_err(app, &err);
    else if (links)
        app_say(app, ROLE_MESSAGE, "deleted %s " SV_FMT " and its %zu link%s; u brings them back",
                section_word(section), SV_ARG(id), links, links == 1 ? "" : "s");
    else
        app_say(app, ROLE_MESSAGE, "deleted %s " SV_FMT "; u brings it back", section_word(section),
                SV_ARG(id));
}

// `:set FIELD TEXT`; a blank text takes the value out.
static void set(struct app *app, struct sv line)
{
    struct reading *reading;
    enum section section = SECTION_CLAIMS;
    const struct record *rec = record_at(app, &reading, &section);
    struct sv rest = sv_trim(line), word;
    struct buf key = { 0 };
    struct err err = { 0 };

    if (!rec) {
        app_say(app, ROLE_WARNING, "no claim under the cursor; c marks one");
    } else if (!sv_split(&rest, ' ', &word) || !word.len) {
        app_say(app, ROLE_WARNING, "set what? set FIELD TEXT; without TEXT the value goes");
    } else {
        buf_add(&key, word);
        if (!verb_set_field(app->session, reading, section, rec->id, buf_cstr(&key), sv_trim(rest),
                            &err))
            app_say_err(app, &err);
        else if (sv_is_blank(rest))
            app_say(app, ROLE_MESSAGE, "took out %s", buf_cstr(&key));
        else
            app_say(app, ROLE_MESSAGE, "%s: " SV_FMT, buf_cstr(&key), SV_ARG(sv_trim(rest)));
    }
    buf_release(&key);
}

bool cmd_claim(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)arg;
    if (id == COMMAND_MARK || id == COMMAND_MARK_QUICK)
        mark(app, id == COMMAND_MARK);
    else if (id == COMMAND_EDIT)
        edit(app);
    else if (id == COMMAND_ADD_PART)
        add_part(app);
    else if (id == COMMAND_DROP_PART)
        drop_part(app);
    else if (id == COMMAND_REMARK)
        remark(app);
    else if (id == COMMAND_SPLIT)
        split(app);
    else if (id == COMMAND_JOIN)
        join(app);
    else if (id == COMMAND_DELETE)
        delete (app);
    else if (id == COMMAND_SET)
        set(app, line);
    else if (id == COMMAND_UNDO || id == COMMAND_REDO)
        undoing_travel(app, count, id == COMMAND_REDO);
    else
        return note_command(app, id, count);
    return true;
}
