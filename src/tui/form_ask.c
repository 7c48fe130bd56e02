// Fields of a form that are chosen and not typed: sources, claims, the words of a cue.
// Never leaves the form's record half changed: each answer is one change.
#include "tui/form_box.h"

#include <string.h>

#include "session/verbs.h"
#include "text/cue.h"
#include "tui/claim_pick.h"
#include "tui/remark.h"
#include "tui/source_pick.h"
#include "tui/subject.h"

static const struct field *asked_field(struct form *form, struct app *app, struct form_place *place)
{
    struct form_row rows[FORM_ROWS_MAX];
    size_t count = form_level(form, app, place, rows);

    return form->focus < count ? rows[form->focus].field : NULL;
}

// One word taken into a SOURCE field, or into or out of a STRS field.
static void take_word(struct app *app, struct sv word)
{
    struct form *form = form_on_top(app);
    struct form_place place;
    const struct field *field = form ? asked_field(form, app, &place) : NULL;
    struct buf text = { 0 };

    if (!field)
        return;
    if (form->kind == KIND_SOURCE &&
        registry_is_part(session_registry(app->session), word, buf_sv(&form->id))) {
        app_say(app, ROLE_WARNING, SV_FMT " is that source itself, or a part of it", SV_ARG(word));
        return;
    }
    if (field->type == FIELD_STRS)
        form_data_toggle(place.rec, field, word, &text);
    else
        buf_add(&text, word);
    if (form_set(form, app, field, buf_sv(&text)) && field->type != FIELD_STRS)
        form_next(form, app);
    buf_release(&text);
}

static void source_taken(struct app *app, void *ctx, struct sv id)
{
    (void)ctx;
    take_word(app, id);
}

// A new voice was asked for its source and got none: back where it was.
static void source_refused(struct app *app, void *ctx)
{
    struct form *form = form_on_top(app);

    (void)ctx;
    if (form && form->path.depth &&
        !form_data_at(form->kind, form_record(form, app), &form->path).rec)
        form->overlay.ops->command(&form->overlay, app, COMMAND_FORM_DONE);
}

void form_ask_source(struct form *form, struct app *app)
{
    struct form_place place;
    const struct field *field = asked_field(form, app, &place);
    bool is_part = field && strcmp(field->key, "part_of") == 0;

    source_pick_open(app, &(struct source_pick){
                              .label = is_part ? "part of"
                                       : form->path.depth && field && field->type == FIELD_STRS
                                           ? "contested by"
                                           : "source",
                              .reading = form->reading,
                              .claim = buf_sv(&form->id),
                              .done = source_taken,
                              .cancelled = source_refused,
                          });
}

void form_ask_claim(struct form *form, struct app *app)
{
    claim_pick_open(app, "says again", form->reading, buf_sv(&form->id), take_word);
}

// ---- the cue and the ends: words of the text, so the form makes room

struct text_asked {
    struct form *form; // its state, until the answer
    struct byte_span proposal;
};

static void asked_free(void *ctx)
{
    struct text_asked *asked = ctx;

    if (asked->form) {
        buf_release(&asked->form->id);
        line_release(&asked->form->line);
        mem_free(asked->form);
    }
    mem_free(asked);
}

static void back_to_form(struct app *app, void *ctx)
{
    struct text_asked *asked = ctx;
    struct form *form = asked->form;
    const void *rec = form_record(form, app);

    asked->form = NULL;
    asked_free(asked);
    if (rec)
        subject_focus(app, form->reading, rec);
    form_push(app, form);
}

// Write the words at `span` into the focused field.
static void set_cue(struct form *form, struct app *app, struct byte_span span)
{
    struct form_place place;
    const struct field *field = asked_field(form, app, &place);
    struct arena *arena = form_arena(form, app);
    struct cue *cue = arena_new(arena, sizeof(*cue));
    struct excerpt excerpt = article_excerpt(form->reading->article, span, arena);
    struct err err = { 0 };

    *cue = (struct cue){ .at = excerpt.at, .quote = excerpt.quote };
    if (!field || !form_save(form, app,
                             form_data_put(arena, form->kind, form_record(form, app), &form->path,
                                           field, cue),
                             &err, "set cue"))
        return;
    app_say(app, ROLE_MESSAGE, "cue: “" SV_FMT "”", SV_ARG(cue->quote));
    form_next(form, app);
}

static bool cue_picked(struct app *app, void *ctx)
{
    struct text_asked *asked = ctx;
    struct view *view = app_view(app);
    struct byte_span span = asked->proposal;

    if (view->reading != asked->form->reading) {
        app_say(app, ROLE_WARNING, "the words must stand in the claim's article; <Tab> goes there");
        return false;
    }
    if (!view_selection(view, &span) && byte_span_is_empty(span)) {
        app_say(app, ROLE_WARNING, "select the words first: v and a motion, s or t");
        return false;
    }
    set_cue(asked->form, app, span);
    back_to_form(app, asked);
    return true;
}

void form_ask_cue(struct form *form, struct app *app)
{
    struct text_asked *asked = mem_new(sizeof(*asked));
    struct byte_span claim = subject_extent(form->reading, form_record(form, app));
    struct proposed_voice proposed;

    asked->form = form_take(app);
    (void)verbs_propose_voice(app->session, asked->form->reading, claim, &proposed);
    asked->proposal = proposed.cue;
    app_choose(app,
               (struct choosing){
                   .prompt = byte_span_is_empty(asked->proposal)
                                 ? "select the words that attribute, then <Enter>; <Esc> leaves"
                                 : "<Enter> takes the cue shown; or select others; <Esc> leaves",
                   .picked = cue_picked,
                   .cancelled = back_to_form,
                   .free = asked_free,
                   .ctx = asked,
                   .proposal = asked->proposal,
               });
}

void form_ask_span(struct app *app)
{
    struct text_asked *asked = mem_new(sizeof(*asked));

    asked->form = form_take(app);
    remark_open(app, asked->form->reading, asked->form->section, buf_sv(&asked->form->id),
                back_to_form, asked_free, asked);
}
