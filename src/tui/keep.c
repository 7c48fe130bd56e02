// The text being typed as a value, handed to the session before much of it could be lost.
// Never reads a clock: the loop tells when the time is up (app_keep).
#include "tui/keep.h"

#include "base/visible.h"

#define QUOTE_BYTES 300 // enough to find the words again and to tell what they were

// The topmost dialog with a text that would be lost with the program.
static const struct overlay *typing(const struct app *app)
{
    for (const struct overlay *o = app->top; o; o = o->below) {
        if (o->ops->unsaved)
            return o;
    }
    return NULL;
}

// Words as one line of text: no control codes, no invalid bytes, cut at a code point.
static void add_words(struct sv words, struct buf *out)
{
    for (size_t i = 0, size; i < words.len && out->len < QUOTE_BYTES; i += size) {
        int32_t cp = utf8_decode(sv_sub(words, i, words.len), &size);

        utf8_add(out, cp < 0 ? 0xFFFD : cp < 0x20 || cp == 0x7F ? ' ' : cp);
    }
}

static void add_passage(const struct view *view, struct unsaved *out)
{
    struct article *article = view->reading->article;
    struct byte_span span;

    if (!view_selection(view, &span) && !unit_at(article, UNIT_SENTENCE, view->cursor, &span))
        return;
    out->span = article_to_cp(article, span);
    add_words(article_sub(article, span), &out->quote);
}

bool keep_fill(const struct app *app, const struct keep_home *home, struct sv text, size_t cursor,
               struct unsaved *out)
{
    const struct view *view = &app->views[app->focus == PANE_OTHER ? PANE_OTHER : PANE_ARTICLE];

    if (home->command == COMMAND_NONE && !home->reading)
        return false;
    buf_add(&out->text, text);
    out->cursor = cursor;
    if (home->command != COMMAND_NONE)
        buf_add_cstr(&out->command, command_get(home->command)->name);
    if (home->reading) {
        buf_add(&out->article, home->reading->id);
        buf_add_cstr(&out->section, section_get(home->section)->key);
        buf_add(&out->record, home->id);
        buf_add_cstr(&out->field, home->field ? home->field : "");
    } else if (view->reading) {
        buf_add(&out->article, view->reading->id);
        add_passage(view, out);
    }
    return true;
}

static void forget(struct app *app)
{
    app->unkept = 0;
    if (app->is_kept)
        session_keep_done(app->session);
    app->is_kept = false;
}

bool app_keep(struct app *app, bool is_durable)
{
    const struct overlay *overlay = typing(app);
    struct unsaved unsaved = { 0 };

    app->unkept = 0;
    if (!overlay || !overlay->ops->unsaved(overlay, app, &unsaved)) {
        forget(app);
        return true;
    }
    app->is_kept = true; // what was kept before stands when this fails

    bool ok = session_keep(app->session, &unsaved, is_durable);

    unsaved_release(&unsaved);
    return ok;
}

bool app_wants_keep(const struct app *app)
{
    return app->unkept > 0;
}

void keep_after(struct app *app, size_t typed)
{
    if (!typing(app)) {
        forget(app);
        return;
    }
    app->unkept += typed;
    if (app->unkept >= KEEP_CHARS)
        app_keep(app, false);
}
