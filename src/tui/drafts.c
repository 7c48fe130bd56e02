// The texts that earlier sittings left unsaved: a list, the chosen one in full, and what becomes of
// it. Never lets go of a text before it is kept elsewhere, or the person drops it.
#include "tui/drafts.h"

#include "text/glyph.h"
#include "text/wrap.h"
#include "tui/dock.h"
#include "tui/form.h"
#include "tui/keep.h"
#include "tui/prompt.h"
#include "tui/row_move.h"
#include "tui/subject.h"

#define WHEN_CHARS 16 // 2026-11-25T21:14

struct drafts {
    struct overlay overlay; // first: the list is its overlay
    struct kept_list list;
    size_t at, top, shown; // rows
};

static struct drafts *drafts_of(struct overlay *overlay)
{
    return (struct drafts *)overlay;
}

static void drafts_free(struct overlay *overlay)
{
    struct drafts *drafts = drafts_of(overlay);

    kept_list_release(&drafts->list);
    mem_free(drafts);
}

// ---- what is seen

// Where a text belongs, in words.
static void add_place(const struct unsaved *unsaved, struct buf *out)
{
    if (unsaved->article.len)
        buf_addf(out, SV_FMT ": ", SV_ARG(article_name(buf_sv(&unsaved->article))));
    if (unsaved->field.len)
        buf_addf(out, "%s of %s", buf_cstr(&unsaved->field), buf_cstr(&unsaved->record));
    else
        buf_add_cstr(out, buf_cstr(&unsaved->command));
    if (unsaved->command.len && unsaved->record.len)
        buf_addf(out, " of %s", buf_cstr(&unsaved->record));
    else if (unsaved->quote.len && unsaved->span.end > unsaved->span.beg)
        buf_addf(out, " on “%s”", buf_cstr(&unsaved->quote));
}

static void draw_row(const struct drafts *drafts, size_t index, struct grid *grid, struct rect rect)
{
    const struct kept *kept = &drafts->list.items[index];
    const struct unsaved *unsaved = &kept->unsaved;
    struct sv when = sv_sub(buf_sv(&unsaved->when), 0, WHEN_CHARS);
    int col = rect.col, end = rect.col + rect.cols;
    struct buf place = { 0 };

    add_place(unsaved, &place);
    if (index == drafts->at)
        grid_put(grid, rect.row, col, 2, SV("▶ "), ROLE_KEY);
    col += 2;
    if (rect.cols > 60)
        col += grid_put(grid, rect.row, col, end - col, when, ROLE_LABEL) + 2;
    if (kept->is_dropped)
        col += grid_put(grid, rect.row, col, end - col, SV("dropped "), ROLE_WARNING);
    grid_put_cut(grid, rect.row, col, end - col, buf_sv(&place),
                 index == drafts->at ? ROLE_CHOSEN : ROLE_VALUE);
    buf_release(&place);
}

// The chosen text, as much of it as there is room for.
static void draw_text(const struct drafts *drafts, struct grid *grid, struct rect rect)
{
    struct sv rest = buf_sv(&drafts->list.items[drafts->at].unsaved.text), piece;

    for (int i = 0; i < rect.rows && wrap_string(&rest, rect.cols, &piece); i++) {
        bool is_cut = i == rect.rows - 1 && rest.len;

        grid_put(grid, rect.row + i, rect.col, rect.cols - is_cut, piece, ROLE_TEXT);
        if (is_cut)
            grid_put(grid, rect.row + i, rect.col + rect.cols - 1, 1, SV("…"), ROLE_FRAME);
    }
}

static void drafts_draw(struct overlay *overlay, struct app *app, struct grid *grid,
                        struct rect rect)
{
    struct drafts *drafts = drafts_of(overlay);
    struct rect inner =
        dock_frame(grid, rect, SV("typed and not saved when a sitting broke off"), NULL);
    size_t shown = inner.rows > 3 ? (size_t)inner.rows / 3 : 1; // the rest for the text

    (void)app;
    if (shown > drafts->list.count)
        shown = drafts->list.count;
    drafts->shown = shown;
    if (drafts->at < drafts->top)
        drafts->top = drafts->at;
    if (drafts->at >= drafts->top + shown)
        drafts->top = drafts->at - shown + 1;
    for (size_t i = 0; i < shown && drafts->top + i < drafts->list.count; i++)
        draw_row(drafts, drafts->top + i, grid,
                 (struct rect){ inner.row + (int)i, inner.col, 1, inner.cols });
    draw_text(drafts, grid,
              (struct rect){ inner.row + (int)shown, inner.col + 2, inner.rows - (int)shown,
                             inner.cols - 2 });
}

// ---- taking one up

static bool show_passage(struct app *app, struct reading *reading, const struct unsaved *unsaved)
{
    struct cp_span span = unsaved->span, found;
    size_t len = span.end - span.beg;
    struct view *view;
    enum anchor anchor;

    subject_focus(app, reading, NULL);
    if (!len)
        return true;
    anchor = anchors_find(reading->anchors,
                          &(struct quoted){ .at = span, .quote = buf_sv(&unsaved->quote) }, &found);
    if (anchor != ANCHOR_HERE && anchor != ANCHOR_MOVED)
        return false;
    span = (struct cp_span){ found.beg, found.beg + len };
    view = app_view(app);
    view_jump(view, article_pos(reading->article, span.beg));
    view_select(view, article_to_bytes(reading->article, span));
    return true;
}

// Ask again for what the text was the answer to, and put it there. Whatever a file says, only what
// asks is run.
static bool ask_again(struct app *app, const struct unsaved *unsaved, enum command_id command)
{
    buf_clear(&app->message);
    if (command != COMMAND_NOTE && command != COMMAND_OMITS && command != COMMAND_COMMAND_LINE &&
        command != COMMAND_TALK)
        return false;
    app_run(app, command, 0, 0, (struct sv){ 0 });
    if (command == COMMAND_TALK) // the first opens the list of what can be talked about
        app_run(app, command, 0, 0, (struct sv){ 0 });
    return prompt_put(app, buf_sv(&unsaved->text), unsaved->cursor);
}

// Open what the text was typed in. false, and says why, when that is not there any more.
static bool resume(struct app *app, const struct unsaved *unsaved)
{
    struct reading *reading = NULL;
    struct err err = { 0 };
    const void *rec = NULL;
    enum section section;

    if (unsaved->article.len &&
        !session_open(app->session, buf_sv(&unsaved->article), &reading, &err)) {
        app_say_err(app, &err);
        return false;
    }
    if (unsaved->record.len && reading)
        rec = layer_find_any(&reading->file.layer, buf_sv(&unsaved->record), &section);
    if (unsaved->record.len && reading && !rec) {
        app_say(app, ROLE_WARNING, "%s is not there any more; n makes a note of the text",
                buf_cstr(&unsaved->record));
        return false;
    }
    if (rec)
        subject_focus(app, reading, rec);
    else if (reading && !show_passage(app, reading, unsaved)) {
        app_say(app, ROLE_WARNING,
                "its words are not in the article any more; n makes a note of "
                "the text at the cursor");
        return false;
    }
    if (unsaved->command.len ? ask_again(app, unsaved, command_find(buf_sv(&unsaved->command)))
                             : form_resume(app, reading, unsaved))
        return true;
    if (!app->message.len)
        app_say(app, ROLE_WARNING, "there is no such field any more; n makes a note of the text");
    return false;
}

// The list gives way to what the text was typed in; when that is not there it comes back.
static void take(struct drafts *drafts, struct app *app, bool is_note)
{
    const struct kept *kept = &drafts->list.items[drafts->at];
    const struct unsaved *unsaved = &kept->unsaved;

    app->top = drafts->overlay.below;
    if (is_note ? ask_again(app, unsaved, COMMAND_NOTE) : resume(app, unsaved)) {
        if (app_keep(app, true)) // from there
            session_forget_kept(app->session, &kept->path);
        drafts_free(&drafts->overlay);
    } else {
        app_push(app, &drafts->overlay);
    }
}

static void drop(struct drafts *drafts, struct app *app, bool is_dropped)
{
    struct err err = { 0 };

    if (!session_drop_kept(app->session, &drafts->list.items[drafts->at], is_dropped, &err))
        app_say_err(app, &err);
    else if (is_dropped)
        app_say(app, ROLE_MESSAGE, "dropped; u brings it back");
}

// ---- the dialog

// Commands of the program, which are no matter of the list.
static bool is_of_program(enum command_id id)
{
    return id == COMMAND_HELP || id == COMMAND_COMMAND_LINE || id == COMMAND_MESSAGES ||
           id == COMMAND_SAVE || id == COMMAND_REDRAW || id == COMMAND_SUSPEND;
}

static bool drafts_run(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct drafts *drafts = drafts_of(overlay);
    size_t last = drafts->list.count - 1;

    if (is_of_program(id))
        return false;
    if (id == COMMAND_LEAVE || id == COMMAND_QUIT || id == COMMAND_DRAFTS)
        app_pop(app);
    else if (id == COMMAND_ROW_GO)
        take(drafts, app, false);
    else if (id == COMMAND_DELETE || id == COMMAND_UNDO)
        drop(drafts, app, id == COMMAND_DELETE);
    else if (row_move(id, app->count, drafts->shown, &drafts->at))
        drafts->at = drafts->at < last ? drafts->at : last;
    else
        app_say(app, ROLE_WARNING, "'%s' does not work in this list", command_get(id)->name);
    return true;
}

static bool drafts_word(struct overlay *overlay, struct app *app, enum command_id id,
                        struct buf *out)
{
    const char *word = id == COMMAND_ROW_GO                        ? "take it up"
                       : id == COMMAND_DELETE                      ? "drop"
                       : id == COMMAND_UNDO                        ? "bring back"
                       : id == COMMAND_LEAVE || id == COMMAND_QUIT ? "later"
                       : is_of_program(id) || id == COMMAND_LIST_DOWN || id == COMMAND_LIST_UP
                           ? command_get(id)->name
                           : "";

    (void)overlay, (void)app;
    buf_add_cstr(out, word);
    return *word;
}

static bool drafts_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    if (event->type != EVENT_KEY || event->key != 'n')
        return false;
    take(drafts_of(overlay), app, true);
    return true;
}

// A click chooses the row, on the chosen one it takes the text up.
static void drafts_click(struct overlay *overlay, struct app *app, struct rect rect, int row,
                         int col)
{
    struct drafts *drafts = drafts_of(overlay);
    size_t index = (size_t)(row - rect.row - 1);

    (void)col;
    if (row <= rect.row || index >= drafts->shown)
        return;
    if (drafts->top + index == drafts->at)
        take(drafts, app, false);
    else
        drafts->at = drafts->top + index;
}

static const struct overlay_ops drafts_ops = {
    .context = CONTEXT_BOARD,
    .hint = "<Enter> takes it up  d drops it  u brings it back  n as a note  <Esc> later",
    .height = dock_height,
    .draw = drafts_draw,
    .command = drafts_run,
    .word = drafts_word,
    .event = drafts_event,
    .free = drafts_free,
    .click = drafts_click,
};

// false: there is none.
static bool open_list(struct app *app, bool with_dropped)
{
    struct drafts *drafts = mem_new(sizeof(*drafts));
    bool is_empty;

    drafts->overlay.ops = &drafts_ops;
    session_kept(app->session, with_dropped, &drafts->list);
    is_empty = !drafts->list.count;
    if (is_empty)
        drafts_free(&drafts->overlay);
    else
        app_push(app, &drafts->overlay);
    return !is_empty;
}

void drafts_offer(struct app *app)
{
    open_list(app, false);
}

bool drafts_command(struct app *app, enum command_id id)
{
    if (id != COMMAND_DRAFTS)
        return false;
    if (!open_list(app, true))
        app_say(app, ROLE_MESSAGE, "nothing was left unsaved");
    return true;
}
