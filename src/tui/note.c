// Commands on the rest of the text: furniture, notes, what was read.
// Never builds a record itself: every change is a verb of the session.
#include "tui/note.h"

#include "session/verbs.h"
#include "tui/choice.h"
#include "tui/prompt.h"
#include "tui/subject.h"

static void furniture(struct app *app)
{
    struct view *view = app_view(app);
    struct byte_span span;
    struct err err = { 0 };
    struct sv id;

    if (!subject_passage(app, UNIT_PARAGRAPH, &span))
        return;
    if (!verb_furniture(app->session, view->reading, span, &id, &err)) {
        app_say_err(app, &err);
        return;
    }
    view_unselect(view);
    app_say(app, ROLE_MESSAGE, "marked " SV_FMT " as furniture; d takes the mark away", SV_ARG(id));
}

// ---- a note: its text, then its kind

struct new_note {
    struct reading *reading;
    struct byte_span span;
    struct buf text;
};

static void note_free(void *ctx)
{
    struct new_note *note = ctx;

    buf_release(&note->text);
    mem_free(note);
}

static void note_kind(struct app *app, void *ctx, struct sv kind, bool is_toggled)
{
    struct new_note *note = ctx;
    struct err err = { 0 };
    struct sv id;

    (void)is_toggled;
    if (verb_note(app->session, note->reading, note->span, kind, buf_sv(&note->text), &id, &err)) {
        view_unselect(app_view(app));
        app_say(app, ROLE_MESSAGE, "wrote note " SV_FMT, SV_ARG(id));
    } else {
        app_say_err(app, &err);
    }
    note_free(note);
}

static void note_cancelled(struct app *app, void *ctx)
{
    app_say(app, ROLE_MESSAGE, "no note written");
    note_free(ctx);
}

static void note_text(struct app *app, struct sv text, bool ok)
{
    struct new_note *note;
    struct byte_span span;

    if (!ok || !subject_passage(app, UNIT_SENTENCE, &span)) {
        app_say(app, ROLE_MESSAGE, "no note written");
        return;
    }
    note = mem_new(sizeof(*note));
    note->reading = app_view(app)->reading;
    note->span = span;
    buf_add(&note->text, text);
    choice_open(app, &(struct choice){ .label = "what kind of note",
                                       .vocab = VOCAB_NOTE_KIND,
                                       .initial = SV("comment"),
                                       .home = { .command = COMMAND_NOTE },
                                       .typed = buf_sv(&note->text),
                                       .done = note_kind,
                                       .cancelled = note_cancelled,
                                       .free = note_free,
                                       .ctx = note });
}

static void note(struct app *app)
{
    struct byte_span span;

    if (subject_passage(app, UNIT_SENTENCE, &span))
        prompt_open(app, &(struct prompt){ .label = "note: ",
                                           .home = { .command = COMMAND_NOTE },
                                           .is_multi = true,
                                           .done = note_text });
}

// ---- what was read

static bool is_read(const struct reading *reading, struct cp_span span)
{
    struct cp_span_list read = reading->file.layer.head.read;

    for (size_t i = 0; i < read.count; i++)
        if (read.items[i].beg <= span.beg && span.end <= read.items[i].end)
            return true;
    return false;
}

// The selection, else `count` paragraphs from the cursor's.
static bool passage(struct app *app, int count, struct byte_span *out)
{
    struct view *view = app_view(app);
    struct byte_span next;

    if (!subject_passage(app, UNIT_PARAGRAPH, out))
        return false;
    for (int i = 1; i < count && !view->has_selection; i++) {
        size_t beg = unit_next(view->reading->article, UNIT_PARAGRAPH, out->end);

        if (!unit_at(view->reading->article, UNIT_PARAGRAPH, beg, &next) || next.end <= out->end)
            break;
        out->end = next.end;
    }
    return true;
}

static void mark_read(struct app *app, int count)
{
    struct view *view = app_view(app);
    struct byte_span span;
    struct err err = { 0 };
    bool was_read;

    if (!passage(app, count, &span))
        return;
    was_read = is_read(view->reading, article_to_cp(view->reading->article, span));
    if (!verb_read(app->session, view->reading, span, !was_read, &err)) {
        app_say_err(app, &err);
        return;
    }
    view_unselect(view);
    app_say(app, ROLE_MESSAGE, was_read ? "marked as not read" : "marked as read");
}

bool note_command(struct app *app, enum command_id id, int count)
{
    if (id == COMMAND_FURNITURE)
        furniture(app);
    else if (id == COMMAND_NOTE)
        note(app);
    else if (id == COMMAND_READ)
        mark_read(app, count);
    else
        return false;
    return true;
}
