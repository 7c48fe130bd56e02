// The one-row dialog on the bottom line: typing, history, completion.
// Never keeps what was typed after Esc.
#include "tui/prompt.h"

#include "session/history.h"
#include "text/glyph.h"
#include "tui/line.h"

#define CANDIDATE_GAP 2 // cells

struct prompt_box {
    struct overlay overlay; // first: the box is its overlay
    struct prompt spec;     // `initial` is not kept
    struct buf id;          // of spec.home
    struct line line;
    struct fs_names history; // newest last; empty: none
    size_t history_at;       // history.count: the line being typed
    struct buf typed;        // the line being typed, while an older one is shown
    struct buf candidates;   // of the last Tab, one a line; empty: none
    size_t word;             // where the word they replace begins
    int candidate;           // which one is put in; -1: what they share
};

static struct prompt_box *box_of(struct overlay *overlay)
{
    return (struct prompt_box *)overlay;
}

static int prompt_height(const struct overlay *overlay, const struct app *app, int rows, int cols)
{
    (void)overlay, (void)app, (void)rows, (void)cols;
    return 1;
}

// The candidate itself, without what is shown with it.
static struct sv word_of(struct sv line)
{
    size_t tab = sv_find(line, SV("\t"), 0);

    return sv_sub(line, 0, tab == SIZE_MAX ? line.len : tab);
}

static int cols_of(struct sv line)
{
    return CANDIDATE_GAP + glyph_cols(line) + (word_of(line).len < line.len);
}

// Bytes of candidates to be left out at the beginning, so that the chosen one has room in `cols`.
static size_t scrolled(const struct prompt_box *box, int cols)
{
    struct sv all = buf_sv(&box->candidates), rest = all, piece;
    size_t first = 0;
    int used = 0;

    for (int i = 0; i <= box->candidate && sv_split(&rest, '\n', &piece); i++) {
        for (used += cols_of(piece); used > cols && first < all.len;) {
            struct sv from = sv_sub(all, first, all.len), gone;

            if (!sv_split(&from, '\n', &gone) || gone.ptr == piece.ptr)
                break;
            used -= cols_of(gone);
            first += gone.len + 1;
        }
    }
    return first;
}

// The candidate with this number; absent: there is none.
static struct sv nth(struct sv candidates, int index, int *count)
{
    struct sv piece, found = { 0 };

    for (*count = 0; sv_split(&candidates, '\n', &piece) && piece.len; ++*count)
        if (*count == index)
            found = word_of(piece);
    return found;
}

// Candidates beside the text, as far as they fit; the chosen one always does.
static void draw_candidates(struct prompt_box *box, struct grid *grid, struct rect rect, int beg)
{
    int end = rect.col + rect.cols, col = beg;
    struct sv all = buf_sv(&box->candidates), piece;
    struct sv rest = sv_sub(all, scrolled(box, end - beg), all.len);
    struct sv chosen = nth(all, box->candidate, &(int){ 0 });

    while (sv_split(&rest, '\n', &piece) && piece.len && col + CANDIDATE_GAP < end) {
        struct sv word = word_of(piece);

        col += CANDIDATE_GAP;
        col += grid_put_cut(grid, rect.row, col, end - col, word,
                            word.ptr == chosen.ptr ? ROLE_CHOSEN : ROLE_LABEL);
        if (word.len < piece.len && col + 1 < end)
            col += 1 + grid_put_cut(grid, rect.row, col + 1, end - col - 1,
                                    sv_sub(piece, word.len + 1, piece.len), ROLE_VALUE);
    }
}

static void prompt_draw(struct overlay *overlay, struct app *app, struct grid *grid,
                        struct rect rect)
{
    struct prompt_box *box = box_of(overlay);
    int label, cols;

    (void)app;
    grid_fill(grid, rect, " ", ROLE_MESSAGE);
    label = grid_put(grid, rect.row, rect.col, rect.cols / 2, sv_from(box->spec.label), ROLE_LABEL);
    cols = rect.cols - label;
    if (box->candidates.len) {
        int text = glyph_cols(buf_sv(&box->line.text)) + 3;

        cols = text < cols ? text : cols;
        draw_candidates(box, grid, rect, rect.col + label + cols);
    }
    line_draw(&box->line, grid, rect.row, rect.col + label, cols < 3 ? 3 : cols, ROLE_EDIT);
}

static void changed(struct prompt_box *box, struct app *app)
{
    buf_clear(&box->candidates);
    if (box->spec.changed)
        box->spec.changed(app, buf_sv(&box->line.text));
}

// Show an older or newer line; what was being typed comes back at the newest end.
static void go_history(struct prompt_box *box, struct app *app, bool is_older)
{
    size_t at = box->history_at;

    if (is_older ? at == 0 : at == box->history.count)
        return;
    if (at == box->history.count) {
        buf_clear(&box->typed);
        buf_add(&box->typed, buf_sv(&box->line.text));
    }
    at = is_older ? at - 1 : at + 1;
    box->history_at = at;
    line_set(&box->line,
             at == box->history.count ? buf_sv(&box->typed) : sv_from(box->history.items[at]));
    changed(box, app);
}

// What all candidates begin with, cut on a cluster boundary.
static struct sv shared(struct sv candidates)
{
    struct sv first, piece;
    size_t len, whole = 0;

    if (!sv_split(&candidates, '\n', &first))
        return SV("");
    first = word_of(first);
    len = first.len;
    while (sv_split(&candidates, '\n', &piece)) {
        size_t same = 0;

        piece = word_of(piece);
        while (same < len && same < piece.len && piece.ptr[same] == first.ptr[same])
            same++;
        len = piece.len ? same : len;
    }
    while (whole < first.len && glyph_next(first, whole) <= len)
        whole = glyph_next(first, whole);
    return sv_sub(first, 0, whole);
}

static void put_word(struct prompt_box *box, struct sv word)
{
    buf_splice(&box->line.text, box->word, box->line.cursor, SV(""));
    box->line.cursor = box->word;
    line_insert(&box->line, word);
}

static void complete(struct prompt_box *box, struct app *app)
{
    struct sv word;
    int count;

    if (!box->spec.complete)
        return;
    if (box->candidates.len) { // again: each in turn
        nth(buf_sv(&box->candidates), -1, &count);
        box->candidate = (box->candidate + 1) % count;
        put_word(box, nth(buf_sv(&box->candidates), box->candidate, &count));
    } else {
        box->word =
            box->spec.complete(app, buf_sv(&box->line.text), box->line.cursor, &box->candidates);
        word = shared(buf_sv(&box->candidates));
        box->candidate = -1;
        nth(buf_sv(&box->candidates), -1, &count);
        if (word.len >= box->line.cursor - box->word && count)
            put_word(box, word);
        if (count == 1)
            buf_clear(&box->candidates);
    }
    if (box->spec.changed)
        box->spec.changed(app, buf_sv(&box->line.text));
}

static void finish(struct prompt_box *box, struct app *app, bool ok)
{
    struct prompt spec = box->spec;
    struct buf text = { 0 };

    buf_add(&text, buf_sv(&box->line.text));
    app_pop(app);
    if (ok && spec.history && !sv_is_blank(buf_sv(&text)))
        session_history_add(app->session, spec.history, buf_sv(&text));
    if (spec.done)
        spec.done(app, buf_sv(&text), ok);
    buf_release(&text);
}

static void edited(struct app *app, struct sv text);

static bool prompt_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct prompt_box *box = box_of(overlay);

    if (id == COMMAND_LINE_DONE || id == COMMAND_PICK_CANCEL) {
        finish(box, app, id == COMMAND_LINE_DONE);
        return true;
    }
    if (id == COMMAND_LINE_RUBOUT && !box->line.text.len) { // as in vi: leaves the line
        finish(box, app, false);
        return true;
    }
    if (id == COMMAND_LINE_OLDER || id == COMMAND_LINE_NEWER) {
        go_history(box, app, id == COMMAND_LINE_OLDER);
        return true;
    }
    if (id == COMMAND_LINE_COMPLETE) {
        complete(box, app);
        return true;
    }
    if (id == COMMAND_FORM_EDITOR) {
        app_edit_text(app, buf_sv(&box->line.text), edited);
        return true;
    }
    if (!line_command(&box->line, id))
        return false;
    changed(box, app);
    return true;
}

static bool prompt_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    struct prompt_box *box = box_of(overlay);

    if (!line_event(&box->line, event))
        return false;
    changed(box, app);
    return true;
}

static bool prompt_unsaved(const struct overlay *overlay, struct app *app, struct unsaved *out)
{
    const struct prompt_box *box = (const struct prompt_box *)overlay;
    struct keep_home home = box->spec.home;

    home.id = buf_sv(&box->id);
    return box->line.text.len &&
           keep_fill(app, &home, buf_sv(&box->line.text), box->line.cursor, out);
}

static void prompt_free(struct overlay *overlay)
{
    struct prompt_box *box = box_of(overlay);

    buf_release(&box->id);
    line_release(&box->line);
    fs_names_release(&box->history);
    buf_release(&box->typed);
    buf_release(&box->candidates);
    mem_free(box);
}

static const struct overlay_ops prompt_ops = {
    .context = CONTEXT_LINE,
    .height = prompt_height,
    .draw = prompt_draw,
    .command = prompt_command,
    .event = prompt_event,
    .unsaved = prompt_unsaved,
    .free = prompt_free,
};

bool prompt_put(struct app *app, struct sv text, size_t cursor)
{
    if (!app->top || app->top->ops != &prompt_ops)
        return false;
    line_set_at(&box_of(app->top)->line, text, cursor);
    changed(box_of(app->top), app);
    return true;
}

// What the editor gave, without the line ends at its end.
static void edited(struct app *app, struct sv text)
{
    if (!app->top || app->top->ops != &prompt_ops)
        return;
    while (sv_ends(text, SV("\n")))
        text.len--;
    line_set(&box_of(app->top)->line, text);
    changed(box_of(app->top), app);
}

void prompt_open(struct app *app, const struct prompt *spec)
{
    struct prompt_box *box = mem_new(sizeof(*box));

    box->overlay.ops = &prompt_ops;
    box->spec = *spec;
    buf_add(&box->id, spec->home.id);
    if (spec->history)
        session_history(app->session, spec->history, &box->history);
    box->history_at = box->history.count;
    box->line.is_multi = spec->is_multi;
    if (!sv_is_absent(spec->initial))
        line_set(&box->line, spec->initial);
    box->spec.initial = (struct sv){ 0 };
    app_push(app, &box->overlay);
}
