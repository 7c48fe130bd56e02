// Saying something of a row of the threads: a question, an answer, that it is settled.
// Never changes another's layer: whatever is said here stands in one's own.
#include "tui/talk_box.h"

#include "session/verbs.h"
#include "tui/choice.h"
#include "tui/prompt.h"
#include "tui/subject.h"

// What is being said, and where to; ids are copies.
struct saying {
    struct buf article, annotator, id; // about
    struct buf to_annotator, to_id;    // in answer to; empty: a new thread
    struct buf text;
};

static void saying_free(void *ctx)
{
    struct saying *saying = ctx;

    buf_release(&saying->article);
    buf_release(&saying->annotator);
    buf_release(&saying->id);
    buf_release(&saying->to_annotator);
    buf_release(&saying->to_id);
    buf_release(&saying->text);
    mem_free(saying);
}

static struct saying *saying_new(const struct talk_row *row)
{
    struct saying *saying = mem_new(sizeof(*saying));

    buf_add(&saying->article, row->reading->id);
    buf_add(&saying->annotator, row->about.annotator);
    buf_add(&saying->id, row->about.id);
    if (row->said) {
        const struct said *last = &row->thread->items[row->thread->count - 1];

        buf_add(&saying->to_annotator, last->layer->head.annotator);
        buf_add(&saying->to_id, last->comment->id);
    }
    return saying;
}

static void say(struct app *app, const struct saying *saying, struct sv kind, struct sv text,
                const char *what)
{
    struct reading *reading = session_find(app->session, buf_sv(&saying->article));
    struct new_comment new = { .about = { buf_sv(&saying->annotator), buf_sv(&saying->id) },
                               .reply_to = { buf_sv(&saying->to_annotator),
                                             buf_sv(&saying->to_id) },
                               .kind = kind,
                               .text = text };
    struct err err = { 0 };
    struct sv id;

    if (reading)
        subject_report(app, verb_comment(app->session, reading, &new, &id, &err), &err, what);
}

static void kind_chosen(struct app *app, void *ctx, struct sv kind, bool is_toggled)
{
    struct saying *saying = ctx;

    (void)is_toggled;
    say(app, saying, kind, buf_sv(&saying->text), "said, in your own layer; u takes it back");
    saying_free(saying);
}

static void not_said(struct app *app, void *ctx)
{
    app_say(app, ROLE_MESSAGE, "nothing said");
    saying_free(ctx);
}

static bool is_no_beginning(const struct word *word)
{
    struct comment probe = { .kind = word->id };

    return comment_resolves(&probe) || sv_eq(word->id, SV("reopened"));
}

static void typed(struct app *app, struct sv text, bool ok)
{
    struct sheet *sheet = sheet_on_top(app);
    const struct talk_row *row = sheet ? talk_row_of(sheet) : NULL;
    struct saying *saying;

    if (!ok || sv_is_blank(text) || !row) {
        app_say(app, ROLE_MESSAGE, "nothing said");
        return;
    }
    saying = saying_new(row);
    if (saying->to_id.len) {
        say(app, saying, (struct sv){ 0 }, text, "answered, in your own layer; u takes it back");
        saying_free(saying);
        return;
    }
    buf_add(&saying->text, text);
    choice_open(app, &(struct choice){ .label = "what is it",
                                       .vocab = VOCAB_COMMENT_KIND,
                                       .initial = SV("question"),
                                       .home = { .command = COMMAND_TALK },
                                       .typed = buf_sv(&saying->text),
                                       .skip = is_no_beginning,
                                       .done = kind_chosen,
                                       .cancelled = not_said,
                                       .free = saying_free,
                                       .ctx = saying });
}

void talk_say(struct sheet *sheet, struct app *app)
{
    const struct talk_row *row = talk_row_of(sheet);

    if (session_as_of(app->session))
        app_say(app, ROLE_ERROR, "nothing can be said here: this is read only, as of %s",
                session_as_of(app->session));
    else if (!row || !row->reading)
        app_say(app, ROLE_WARNING, "nothing here to say something about");
    else if (!row->reading->is_writable)
        app_say(app, ROLE_WARNING, "your own layer cannot be written");
    else
        prompt_open(app, &(struct prompt){ .label = row->said ? "answer: " : "say: ",
                                           .home = { .command = COMMAND_TALK },
                                           .is_multi = true,
                                           .done = typed });
}

// Is the chosen row a record whose threads stand under it?
static bool has_thread_below(struct sheet *sheet)
{
    const struct talk_row *row = talk_row_of(sheet);

    return row && !row->said && sheet->at + 1 < sheet->count && row[1].said;
}

void talk_resolve(struct sheet *sheet, struct app *app)
{
    const struct talk_row *row = talk_row_of(sheet);
    struct talk_row first;
    struct saying *saying;
    bool is_open;

    if (!row || !row->thread || !row->reading) {
        app_say(app, ROLE_WARNING,
                has_thread_below(sheet) ? "R settles the thread of a comment below"
                                        : "this row has no thread; T begins one");
        return;
    }
    is_open = row->thread->is_open;
    first = *row;
    first.said = &row->thread->items[0];
    saying = saying_new(&first);
    say(app, saying, is_open ? SV("resolved") : SV("reopened"), (struct sv){ 0 },
        is_open ? "resolved; u takes it back" : "open again; u takes it back");
    saying_free(saying);
}
