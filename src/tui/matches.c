// Searching everything in view: matches in both articles and in their claims, as one list.
// Changes no record; what is chosen is gone to, and the pattern stays in force for n and N.
#include "tui/matches.h"

#include "model/decision.h"
#include "text/around.h"
#include "tui/picker.h"
#include "tui/subject.h"
#include "tui/trail.h"

#define ROWS_MOST   200 // of one article, and of its claims; more are no list to choose from
#define TEXT_BYTES  ((size_t)4 << 20) // of an article; further on a key would wait
#define BEFORE_COLS 30
#define TITLE_COLS  200 // more than a row holds; the row cuts it

// Keys of rows: the pane, then a place or a claim.
#define IN_TEXT  ':'
#define IN_CLAIM '='

static struct sv name_of(const struct app *app, int pane)
{
    return article_name(app->views[pane].reading->id);
}

static void add_places(struct app *app, int pane, struct finder *finder, struct picker_rows *rows)
{
    struct sv text = article_bytes(app->views[pane].reading->article);
    struct buf key = { 0 }, row = { 0 };
    struct byte_span match;
    size_t from = 0;

    for (int i = 0; i < ROWS_MOST && finder_next_until(finder, text, from, TEXT_BYTES, &match);
         i++) {
        struct around around = around_of(text, match, BEFORE_COLS);

        from = match.end;
        buf_clear(&key);
        buf_clear(&row);
        buf_addf(&key, "%d%c%zu", pane, IN_TEXT, match.beg);
        buf_addf(&row, "%s" SV_FMT "[" SV_FMT "]" SV_FMT "%s", around.is_cut_before ? "…" : "",
                 SV_ARG(around.before), SV_ARG(around.match), SV_ARG(around.after),
                 around.is_cut_after ? "…" : "");
        picker_add(rows, buf_sv(&key), buf_sv(&row), name_of(app, pane));
    }
    buf_release(&key);
    buf_release(&row);
}

static bool is_in(struct finder *finder, struct sv text)
{
    struct byte_span match;

    return text.len && finder_next(finder, text, 0, &match);
}

static bool is_in_claim(struct finder *finder, const struct claim *claim)
{
    return is_in(finder, claim->says) || is_in(finder, claim->note) || is_in(finder, claim->why) ||
           (claim->contested && is_in(finder, claim->contested->why));
}

static void add_claims(struct app *app, int pane, struct finder *finder, struct picker_rows *rows)
{
    const struct layer *layer = &app->views[pane].reading->file.layer;
    struct buf key = { 0 }, title = { 0 }, detail = { 0 };
    int found = 0;

    buf_addf(&detail, "claim in " SV_FMT, SV_ARG(name_of(app, pane)));
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count && found < ROWS_MOST; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];

        if (decision_is_rejected(SECTION_CLAIMS, claim) || !is_in_claim(finder, claim))
            continue;
        found++;
        buf_clear(&key);
        buf_clear(&title);
        buf_addf(&key, "%d%c" SV_FMT, pane, IN_CLAIM, SV_ARG(claim->id));
        subject_title(claim, TITLE_COLS, &title);
        picker_add(rows, buf_sv(&key), buf_sv(&title), buf_sv(&detail));
    }
    buf_release(&key);
    buf_release(&title);
    buf_release(&detail);
}

// What is typed, which a choice and <Esc> leave behind: both texts were searched for it.
static void keep_typed(void *ctx, struct sv typed)
{
    buf_clear(ctx);
    buf_add(ctx, typed);
}

static void free_typed(void *ctx)
{
    buf_release(ctx);
    mem_free(ctx);
}

static void note_search(const struct buf *typed, struct app *app)
{
    for (int pane = 0; pane < 2; pane++)
        if (app->views[pane].reading)
            trail_add(app, app->views[pane].reading, buf_sv(typed));
}

static void cancelled(struct app *app, void *ctx)
{
    note_search(ctx, app);
    free_typed(ctx);
}

// Texts first, that of the focus before the other; then claims in the same order.
static void fill(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows)
{
    int first = app->focus == PANE_OTHER ? PANE_OTHER : PANE_ARTICLE;
    struct finder *finder;
    struct err err = { 0 };

    keep_typed(ctx, typed);
    if (!finder_new(typed, &finder, &err)) { // nothing yet, or half a regular expression
        err_release(&err);
        return;
    }
    for (int i = 0; i < 2; i++)
        if (app->views[first ^ i].reading)
            add_places(app, first ^ i, finder, rows);
    for (int i = 0; i < 2; i++)
        if (app->views[first ^ i].reading)
            add_claims(app, first ^ i, finder, rows);
    finder_free(finder);
}

static size_t read_pos(struct sv digits)
{
    size_t pos = 0;

    for (size_t i = 0; i < digits.len; i++)
        pos = pos * 10 + (size_t)(digits.ptr[i] - '0');
    return pos;
}

static void picked(struct app *app, void *ctx, struct sv key, struct sv typed)
{
    enum pane pane = key.ptr[0] == '0' ? PANE_ARTICLE : PANE_OTHER;
    struct sv rest = sv_sub(key, 2, key.len);
    struct reading *reading = app->views[pane].reading;

    note_search(ctx, app);
    free_typed(ctx);
    if (key.ptr[1] == IN_CLAIM) {
        subject_focus(app, reading, layer_claim(&reading->file.layer, rest));
        return;
    }
    app->focus = pane;
    app->is_other_on = app->is_other_on || pane == PANE_OTHER;
    view_jump(app_view(app), read_pos(rest));
    app_run(app, COMMAND_SEARCH, 0, 0, typed); // finds it here
}

void matches_open(struct app *app, struct sv pattern)
{
    picker_open(app, &(struct picker){ .label = "find in both articles and in claims",
                                       .initial = pattern,
                                       .fill = fill,
                                       .picked = picked,
                                       .cancelled = cancelled,
                                       .free = free_typed,
                                       .ctx = mem_new(sizeof(struct buf)) });
}
