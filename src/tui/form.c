// Forms: moving between fields, setting them, going into maps and lists and out again.
// Never holds a value that is not saved but the text being typed.
#include "tui/form.h"

#include <string.h>

#include "base/bug.h"
#include "base/visible.h"
#include "session/verbs.h"
#include "session/why.h"
#include "tui/dock.h"
#include "tui/form_box.h"
#include "tui/links.h"
#include "tui/undoing.h"

static const struct overlay_ops form_ops,
    typing_ops; // same screen; other keys while a text is typed

static struct form *form_of(struct overlay *overlay)
{
    return (struct form *)overlay;
}

struct form *form_on_top(struct app *app)
{
    bool is_form = app->top && (app->top->ops == &form_ops || app->top->ops == &typing_ops);

    return is_form ? form_of(app->top) : NULL;
}

bool form_is_typing(const struct form *form)
{
    return form->overlay.ops == &typing_ops;
}

const void *form_record(const struct form *form, struct app *app)
{
    struct sv id = buf_sv(&form->id);

    if (form->reading)
        return layer_find(&form->reading->file.layer, form->section, id);
    return registry_find(session_registry(app->session), id);
}

size_t form_level(const struct form *form, struct app *app, struct form_place *place,
                  struct form_row *rows)
{
    const void *rec = form_record(form, app);
    bool is_adjudicated = sv_eq(session_annotator(app->session), SV("adjudicated"));

    *place = form_data_at(form->kind, rec, &form->path);
    return rec ? form_rows(place, form->path.depth == 0, is_adjudicated, rows) : 0;
}

struct arena *form_arena(struct form *form, struct app *app)
{
    return form->reading ? change_arena(form->reading) : change_source_arena(app->session);
}

bool form_save(struct form *form, struct app *app, const void *rec, struct err *err,
               const char *what)
{
    bool ok = rec != NULL;

    if (ok && form->reading) {
        ok = verb_edit(app->session, form->reading, form->section, rec, what, err);
    } else if (ok) {
        struct change *change = change_begin(app->session, what);

        change_put_source(change, rec);
        ok = change_commit(change, err);
    }
    if (!ok)
        app_say_err(app, err);
    return ok;
}

bool form_set(struct form *form, struct app *app, const struct field *field, struct sv text)
{
    struct err err = { 0 };
    struct buf what = { 0 }, was = { 0 }, now = { 0 };
    struct form_place place = form_data_at(form->kind, form_record(form, app), &form->path);
    bool ok;

    if (place.rec)
        form_data_show(app->session, form->reading, place.rec, field, &was);
    buf_addf(&what, "set %s", form_label(field));
    ok = form_save(form, app,
                   form_data_set(form_arena(form, app), form->kind, form_record(form, app),
                                 &form->path, field, text, &err),
                   &err, buf_cstr(&what));
    if (ok) {
        place = form_data_at(form->kind, form_record(form, app), &form->path);
        form_data_show(app->session, form->reading, place.rec, field, &now);
        if (now.len)
            app_say(app, ROLE_MESSAGE, "%s: %s", form_label(field), buf_cstr(&now));
        else
            app_say(app, ROLE_MESSAGE, "no %s", form_label(field));
        if (was.len && !sv_eq(buf_sv(&was), buf_sv(&now)))
            buf_addf(&app->message, " (was %s)", buf_cstr(&was));
    }
    buf_release(&what);
    buf_release(&was);
    buf_release(&now);
    return ok;
}

// ---- moving

static void step(struct form *form, struct app *app, bool is_back)
{
    struct form_row rows[FORM_ROWS_MAX];
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);

    if (count)
        form->focus = (form->focus + (is_back ? count - 1 : 1)) % count;
}

void form_next(struct form *form, struct app *app)
{
    struct form_row rows[FORM_ROWS_MAX];
    struct form_place place;

    if (form->focus + 1 < form_level(form, app, &place, rows))
        form->focus++;
}

static void focus_field(struct form *form, struct app *app, const struct field *field, size_t item)
{
    struct form_row rows[FORM_ROWS_MAX];
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);

    form->focus = 0;
    for (size_t i = 0; i < count; i++)
        if (field ? rows[i].field == field : rows[i].item == item)
            form->focus = i;
}

static void go_in(struct form *form, const struct field *field, size_t item)
{
    if (form->path.depth == FORM_DEPTH)
        return;
    form->path.steps[form->path.depth++] = (struct form_step){ field, item };
    form->focus = 0;
    form->top = 0;
}

// Into an item of the list shown: the level changes place, it does not grow.
static void go_in_item(struct form *form, size_t item)
{
    form->path.steps[form->path.depth - 1].item = item;
    form->focus = 0;
    form->top = 0;
}

// One level up, on the row it was entered by; false on the top level.
static bool go_out(struct form *form, struct app *app)
{
    const struct form_place place = form_data_at(form->kind, form_record(form, app), &form->path);
    struct form_step *step;
    size_t item;

    if (!form->path.depth)
        return false;
    step = &form->path.steps[form->path.depth - 1];
    item = step->item;
    form->top = 0;
    if (step->field->type == FIELD_LIST && item != FORM_LIST && place.list.count) {
        step->item = FORM_LIST;
        focus_field(form, app, NULL, item);
        return true;
    }
    form->path.depth--;
    focus_field(form, app, step->field, 0);
    return true;
}

static void close_or_out(struct form *form, struct app *app)
{
    if (!go_out(form, app))
        app_pop(app);
}

// ---- typing

static void start_typing(struct form *form, struct app *app, const struct form_place *place,
                         const struct field *field)
{
    struct buf text = { 0 };

    form->overlay.ops = &typing_ops;
    form->line.is_multi = field->type == FIELD_TEXT;
    form_data_plain(place->rec, field, &text);
    if (!text.len && place->kind == KIND_CLAIM && strcmp(field->key, "says") == 0)
        verbs_quote(place->rec, &text); // a paraphrase begins as the words themselves
    if (!text.len && place->kind == KIND_LINK && strcmp(field->key, "why") == 0)
        why_propose_link(app->session, form->reading, place->rec, &text);
    line_set(&form->line, buf_sv(&text));
    buf_release(&text);
}

static const struct field *focused_field(struct form *form, struct app *app,
                                         struct form_place *place)
{
    struct form_row rows[FORM_ROWS_MAX];
    size_t count = form_level(form, app, place, rows);

    return form->focus < count ? rows[form->focus].field : NULL;
}

static void stop_typing(struct form *form, struct app *app, bool keep)
{
    struct form_place place;
    const struct field *field = focused_field(form, app, &place);

    if (keep && field && !form_set(form, app, field, buf_sv(&form->line.text)))
        return; // refused: the text stays to be mended
    form->overlay.ops = &form_ops;
    if (keep)
        form_next(form, app);
}

static void edited(struct app *app, struct sv text)
{
    struct form *form = form_on_top(app);

    if (!form || !form_is_typing(form))
        return;
    line_set(&form->line, text);
    stop_typing(form, app, true);
}

static size_t topics(struct app *app, struct sv typed, struct buf *out)
{
    struct sv found[32];
    size_t count = verbs_topics(app->session, typed, found, ARRAY_LEN(found));

    if (count)
        buf_add(out, found[0]);
    return count;
}

// Tab: the likeliest topic that begins so; in other fields it keeps the text and goes on.
static void complete(struct form *form, struct app *app)
{
    struct form_place place;
    const struct field *field = focused_field(form, app, &place);
    struct buf found = { 0 };

    if (field && strcmp(field->key, "topic") == 0 && form->line.text.len &&
        topics(app, buf_sv(&form->line.text), &found) &&
        !sv_eq(buf_sv(&found), buf_sv(&form->line.text)))
        line_set(&form->line, buf_sv(&found));
    else
        stop_typing(form, app, true);
    buf_release(&found);
}

// Up and down keep the text and go to the field before or behind.
static void leave_typing(struct form *form, struct app *app, bool is_back)
{
    size_t focus = form->focus;

    stop_typing(form, app, true);
    if (!form_is_typing(form) && is_back)
        form->focus = focus ? focus - 1 : 0;
}

static bool typing_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct form *form = form_of(overlay);

    if (id == COMMAND_LINE_DONE || id == COMMAND_PICK_CANCEL)
        stop_typing(form, app, id == COMMAND_LINE_DONE);
    else if (id == COMMAND_FORM_EDITOR)
        app_edit_text(app, buf_sv(&form->line.text), edited);
    else if (id == COMMAND_LINE_COMPLETE)
        complete(form, app);
    else if (id == COMMAND_LINE_OLDER || id == COMMAND_LINE_NEWER)
        leave_typing(form, app, id == COMMAND_LINE_OLDER);
    else
        return line_command(&form->line, id);
    return true;
}

static bool typing_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    (void)app;
    return line_event(&form_of(overlay)->line, event);
}

// ---- what Enter, Backspace and letters do on a row

static void say_kept(struct app *app, const struct field *field)
{
    app_say(app, ROLE_WARNING, "%s is kept by the program", form_label(field));
}

static void delete_record(struct form *form, struct app *app)
{
    struct err err = { 0 };
    struct buf id = { 0 };

    buf_add(&id, buf_sv(&form->id));
    if (verb_delete(app->session, form->reading, buf_sv(&id), &err)) {
        app_pop(app);
        app_say(app, ROLE_MESSAGE, "deleted %s; u brings it back", buf_cstr(&id));
    } else {
        app_say_err(app, &err);
    }
    buf_release(&id);
}

static void turn_link(struct form *form, struct app *app)
{
    struct err err = { 0 };

    if (verb_turn_link(app->session, form->reading, buf_sv(&form->id), &err)) {
        app_pop(app); // it may stand in the other article's file now
        app_say(app, ROLE_MESSAGE, "turned the link round");
    } else {
        app_say_err(app, &err);
    }
}

static void enter_contested(struct form *form, struct app *app, const struct form_place *place,
                            const struct field *field)
{
    struct err err = { 0 };

    if (place->rec && field_is_absent(place->rec, field) &&
        !verb_contest(app->session, form->reading, buf_sv(&form->id), &err)) {
        app_say_err(app, &err);
        return;
    }
    go_in(form, field, 0);
    app_say(app, ROLE_MESSAGE, "contested: by whom and why may stay empty");
}

static void enter_map(struct form *form, struct app *app, const struct form_place *place,
                      const struct field *field)
{
    if (field->sub == KIND_CUE)
        form_ask_cue(form, app);
    else if (field->sub == KIND_CONTESTED && form->path.depth == 0)
        enter_contested(form, app, place, field);
    else
        go_in(form, field, 0);
    if (field->sub == KIND_VOICE &&
        !form_data_at(form->kind, form_record(form, app), &form->path).rec)
        form_ask_source(form, app);
}

static void enter_list(struct form *form, struct app *app, const struct form_place *place,
                       const struct field *field)
{
    struct rec_list list = { 0 };

    if (field->sub == KIND_PART) {
        form_ask_span(app);
        return;
    }
    if (place->rec)
        list = *(const struct rec_list *)field_get(place->rec, field);
    go_in(form, field, list.count ? FORM_LIST : 0);
    if (!list.count && field->sub == KIND_VOICE)
        form_ask_source(form, app);
}

static void enter_field(struct form *form, struct app *app, const struct form_place *place,
                        const struct field *field)
{
    bool is_set = place->rec && !field_is_absent(place->rec, field);

    if (!form_can_edit(place->kind, field)) {
        say_kept(app, field);
        return;
    }
    if (form_takes_sources(field) || field->type == FIELD_SOURCE)
        form_ask_source(form, app);
    else if (form_takes_claims(field))
        form_ask_claim(form, app);
    else if (field->type == FIELD_MAP)
        enter_map(form, app, place, field);
    else if (field->type == FIELD_LIST)
        enter_list(form, app, place, field);
    else if (field->type == FIELD_BOOL)
        form_set(form, app, field, is_set ? SV("") : SV("true"));
    else if (field->type == FIELD_WORD)
        close_or_out(form, app);
    else
        start_typing(form, app, place, field);
}

static void enter(struct form *form, struct app *app)
{
    struct form_row rows[FORM_ROWS_MAX], row;
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);

    if (form->focus >= count)
        return;
    row = rows[form->focus];
    switch (row.type) {
    case FORM_ROW_FIELD:
        enter_field(form, app, &place, row.field);
        break;
    case FORM_ROW_ITEM:
        go_in_item(form, row.item);
        break;
    case FORM_ROW_ADD:
        go_in_item(form, row.item);
        if (place.kind == KIND_VOICE)
            form_ask_source(form, app);
        break;
    case FORM_ROW_LINKS:
        links_open(app, form->reading, buf_sv(&form->id));
        break;
    case FORM_ROW_TURN:
        turn_link(form, app);
        break;
    case FORM_ROW_DELETE:
        delete_record(form, app);
        break;
    }
}

static void drop(struct form *form, struct app *app, struct form_path path, const char *what)
{
    struct err err = { 0 };

    if (form_save(form, app,
                  form_data_drop(form_arena(form, app), form->kind, form_record(form, app), &path),
                  &err, what))
        app_say(app, ROLE_MESSAGE, "%s", what);
}

static void clear_field(struct form *form, struct app *app, const struct form_place *place,
                        const struct field *field)
{
    struct form_path path = form->path;
    struct buf what = { 0 };

    if (!form_can_edit(place->kind, field)) {
        say_kept(app, field);
    } else if (!place->rec || field_is_absent(place->rec, field)) {
        app_say(app, ROLE_MESSAGE, "%s is empty already", form_label(field));
    } else if (field->is_required) {
        app_say(app, ROLE_WARNING, "a %s needs its %s", kind_get(place->kind)->name,
                form_label(field));
    } else if (field->type == FIELD_LIST) {
        app_say(app, ROLE_WARNING, "<Enter> shows the %s; take them out one by one",
                form_label(field));
    } else if (field->type == FIELD_MAP && path.depth < FORM_DEPTH) {
        path.steps[path.depth++] = (struct form_step){ field, 0 };
        buf_addf(&what, "took out %s", form_label(field));
        drop(form, app, path, buf_cstr(&what));
    } else {
        form_set(form, app, field, SV(""));
    }
    buf_release(&what);
}

static void clear(struct form *form, struct app *app)
{
    struct form_row rows[FORM_ROWS_MAX];
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);
    struct form_path path = form->path;

    if (form->focus >= count)
        return;
    if (rows[form->focus].type == FORM_ROW_ITEM) {
        path.steps[path.depth - 1].item = rows[form->focus].item;
        drop(form, app, path, "took it out of the list");
    } else if (rows[form->focus].type == FORM_ROW_FIELD) {
        clear_field(form, app, &place, rows[form->focus].field);
    }
}

static void open_editor(struct form *form, struct app *app)
{
    struct form_place place;
    const struct field *field = focused_field(form, app, &place);

    if (!field || (field->type != FIELD_TEXT && field->type != FIELD_STR) ||
        !form_can_edit(place.kind, field)) {
        app_say(app, ROLE_WARNING, "only texts go to the editor");
        return;
    }
    start_typing(form, app, &place, field);
    app_edit_text(app, buf_sv(&form->line.text), edited);
}

// Back or forward by one change, whichever form or key made it.
static void undo(struct form *form, struct app *app, bool is_redo)
{
    struct form_place place;

    undoing_travel(app, 1, is_redo);
    if (!form_record(form, app)) { // it was the making of the record
        app_pop(app);
        return;
    }
    place = form_data_at(form->kind, form_record(form, app), &form->path);
    if (form->path.depth && !place.rec && !place.list.count) {
        form->path.depth = 0;
        form->focus = form->top = 0;
    }
}

static bool form_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct form *form = form_of(overlay);

    if (!form_record(form, app))
        app_pop(app); // deleted under the form
    else if (id == COMMAND_FORM_NEXT || id == COMMAND_FORM_BACK)
        step(form, app, id == COMMAND_FORM_BACK);
    else if (id == COMMAND_FORM_ENTER)
        enter(form, app);
    else if (id == COMMAND_FORM_CLEAR)
        clear(form, app);
    else if (id == COMMAND_FORM_EDITOR)
        open_editor(form, app);
    else if (id == COMMAND_FORM_UNDO || id == COMMAND_FORM_REDO)
        undo(form, app, id == COMMAND_FORM_REDO);
    else if (id == COMMAND_FORM_DONE)
        close_or_out(form, app);
    else
        return false;
    return true;
}

static void letter(struct form *form, struct app *app, const struct field *field, struct sv key)
{
    const struct word *word = scheme_find_key(session_scheme(app->session), field->vocab, key);

    if (!word) {
        app_say(app, ROLE_WARNING, "'" SV_FMT "' is no letter of %s; <Tab> goes on, <Esc> %s",
                SV_ARG(key), form_label(field), form->path.depth ? "out" : "back to the text");
    } else if (form_set(form, app, field, word->id)) {
        buf_add_cstr(&app->message, "; <C-u> takes it back");
        form_next(form, app);
    }
}

// A key on a field of yes or no; false when it is none of its keys.
static bool answer(struct form *form, struct app *app, const struct form_place *place,
                   const struct field *field, key_num key)
{
    if (key == ' ') {
        enter_field(form, app, place, field);
        return true;
    }
    if (key <= ' ' || key >= KEYCODE__BASE)
        return false;
    if (key != 'y' && key != 'n')
        app_say(app, ROLE_WARNING, "y or n says whether it is %s", form_label(field));
    else if (form_set(form, app, field, key == 'y' ? SV("true") : SV("")))
        form_next(form, app);
    return true;
}

static void contest(struct form *form, struct app *app)
{
    struct err err = { 0 };
    const struct claim *claim;

    if (!verb_contest(app->session, form->reading, buf_sv(&form->id), &err)) {
        app_say_err(app, &err);
        return;
    }
    claim = form_record(form, app);
    app_say(app, ROLE_MESSAGE, claim && claim->contested ? "contested" : "not contested any more");
}

static bool form_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    struct form *form = form_of(overlay);
    struct form_place place;
    const struct field *field = focused_field(form, app, &place);
    struct buf key = { 0 };

    if (event->type == EVENT_KEY && event->key == '!' && form->kind == KIND_CLAIM) {
        contest(form, app);
        return true;
    }
    if (!field || !form_can_edit(place.kind, field))
        return false;
    if (field->type == FIELD_WORD && event->type == EVENT_KEY && event->key > 0x20 &&
        event->key < KEYCODE__BASE) {
        utf8_add(&key, event->key);
        letter(form, app, field, buf_sv(&key));
        buf_release(&key);
        return true;
    }
    if (field->type == FIELD_BOOL && event->type == EVENT_KEY)
        return answer(form, app, &place, field, event->key);
    if (field->type != FIELD_STR && field->type != FIELD_TEXT && field->type != FIELD_NUMBER &&
        !(field->type == FIELD_STRS && !form_takes_sources(field) && !form_takes_claims(field)))
        return false;
    if (place.rec && !field_is_absent(place.rec, field)) {
        app_say(app, ROLE_WARNING, "<Enter> edits the %s", form_label(field));
        return true;
    }
    start_typing(form, app, &place, field); // an empty text begins with the letter typed
    line_set(&form->line, SV(""));
    return line_event(&form->line, event);
}

// A click goes to a field, on the focused one it enters it; on a value it sets that.
static void form_click(struct overlay *overlay, struct app *app, struct rect rect, int row, int col)
{
    struct form *form = form_of(overlay);
    struct form_spot spot = form_spot_at(form, app, rect, row, col);
    struct form_place place;

    if (form_is_typing(form))
        return;
    if (spot.row != SIZE_MAX && spot.row != form->focus)
        form->focus = spot.row;
    else if (spot.row != SIZE_MAX)
        enter(form, app);
    else if (spot.word && form_set(form, app, focused_field(form, app, &place), spot.word->id))
        form_next(form, app);
}

static void form_free(struct overlay *overlay)
{
    struct form *form = form_of(overlay);

    buf_release(&form->id);
    line_release(&form->line);
    mem_free(form);
}

static const struct overlay_ops form_ops = {
    .context = CONTEXT_FORM,
    .height = dock_height,
    .draw = form_draw,
    .command = form_command,
    .word = form_word,
    .event = form_event,
    .free = form_free,
    .click = form_click,
};

static const struct overlay_ops typing_ops = {
    .context = CONTEXT_LINE,
    .height = dock_height,
    .draw = form_draw,
    .command = typing_command,
    .event = typing_event,
    .unsaved = form_unsaved,
    .free = form_free,
    .word = form_word,
};

void form_push(struct app *app, struct form *form)
{
    form->overlay.ops = &form_ops;
    app_push(app, &form->overlay);
}

bool form_push_typing(struct app *app, struct form *form, const struct field *field, struct sv text,
                      size_t cursor)
{
    struct form_place place;

    focus_field(form, app, field, 0);
    form_push(app, form);
    if (focused_field(form, app, &place) != field) {
        app_pop(app);
        return false;
    }
    form->overlay.ops = &typing_ops;
    form->line.is_multi = field->type == FIELD_TEXT;
    line_set_at(&form->line, text, cursor);
    return true;
}

struct form *form_take(struct app *app)
{
    struct form *form = form_on_top(app), *kept = mem_new(sizeof(*kept));

    BUG_ON(!form);
    *kept = *form;
    kept->overlay = (struct overlay){ 0 };
    form->id = (struct buf){ 0 };
    form->line = (struct line){ 0 };
    app_pop(app);
    return kept;
}

void form_open(struct app *app, struct reading *reading, enum section section, struct sv id,
               const char *key)
{
    struct form *form = mem_new(sizeof(*form));

    form->reading = reading;
    form->section = section;
    form->kind = section_get(section)->kind;
    buf_add(&form->id, id);
    if (key)
        focus_field(form, app, kind_find(kind_get(form->kind), sv_from(key)), 0);
    form_push(app, form);
}

void form_open_source(struct app *app, struct sv id)
{
    struct form *form = mem_new(sizeof(*form));

    form->kind = KIND_SOURCE;
    buf_add(&form->id, id);
    form_push(app, form);
}
