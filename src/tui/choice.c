// A strip that asks for one value of a vocabulary by its letter.
// Never changes data: the caller's function gets the value.
#include "tui/choice.h"

#include "base/visible.h"
#include "text/wrap.h"
#include "tui/dock.h"
#include "tui/values.h"

#define OFFER_SPACE 9 // rows from which an offered text may take two

struct choice_box {
    struct overlay overlay; // first: the box is its overlay
    struct choice choice;
    struct buf label, value; // own copies; value empty: none chosen
    struct buf offer;
    bool is_toggled, is_taken;
};

static struct choice_box *box_of(struct overlay *overlay)
{
    return (struct choice_box *)overlay;
}

// Rows of the offered text, the last of the strip.
static int offer_rows(const struct choice_box *box, struct rect inner)
{
    if (!box->offer.len || inner.rows < 3)
        return 0;
    return inner.rows >= OFFER_SPACE ? 2 : 1;
}

static void draw_offer(const struct choice_box *box, struct rect inner, struct grid *grid)
{
    struct buf text = { 0 };
    struct sv rest, piece;
    int rows = offer_rows(box, inner), row = inner.row + inner.rows - rows, col;

    if (!rows)
        return;
    buf_addf(&text, "%s%s: ", box->choice.offer_label, box->is_taken ? " (taken)" : "");
    buf_add(&text, buf_sv(&box->offer));
    rest = buf_sv(&text);
    col = inner.col + 2;
    grid_put(grid, row, inner.col, 1, SV("\""), ROLE_KEY);
    if (rows > 1 && wrap_string(&rest, inner.cols - 2, &piece))
        grid_put(grid, row++, col, inner.cols - 2, piece,
                 box->is_taken ? ROLE_CHOSEN : ROLE_PROPOSAL);
    grid_put_cut(grid, row, col, inner.cols - 2, rest, box->is_taken ? ROLE_CHOSEN : ROLE_PROPOSAL);
    buf_release(&text);
}

// Behind the question, as much of it as there is room for.
static void draw_toggle(const struct choice_box *box, struct grid *grid, int row, int col, int end)
{
    struct buf text = { 0 };

    buf_addf(&text, " ! %s%s ", box->is_toggled ? "yes: " : "", box->choice.toggle);
    grid_put_cut(grid, row, col, end - col, buf_sv(&text),
                 box->is_toggled ? ROLE_CHOSEN : ROLE_LABEL);
    buf_release(&text);
}

static void choice_draw(struct overlay *overlay, struct app *app, struct grid *grid,
                        struct rect rect)
{
    struct choice_box *box = box_of(overlay);
    int col;
    struct rect inner = dock_frame(grid, rect, buf_sv(&box->label), &col);

    if (box->choice.toggle)
        draw_toggle(box, grid, rect.row, col + 1, rect.col + rect.cols - 1);
    draw_offer(box, inner, grid);
    inner.rows -= offer_rows(box, inner);
    values_draw(grid, inner, session_scheme(app->session), box->choice.vocab, buf_sv(&box->value),
                box->choice.skip);
}

static void finish(struct choice_box *box, struct app *app, struct sv value)
{
    struct choice choice = box->choice;
    bool is_toggled = box->is_toggled;
    struct buf kept = { 0 };

    buf_add(&kept, value);
    if (choice.is_taken)
        *choice.is_taken = box->is_taken;
    box->choice.ctx = NULL;
    box->choice.free = NULL;
    app_pop(app);
    choice.done(app, choice.ctx, kept.len ? buf_sv(&kept) : (struct sv){ 0 }, is_toggled);
    buf_release(&kept);
}

static void cancel(struct choice_box *box, struct app *app)
{
    struct choice choice = box->choice;

    box->choice.free = NULL;
    app_pop(app);
    if (choice.cancelled)
        choice.cancelled(app, choice.ctx);
}

static void choose(struct choice_box *box, struct sv value)
{
    buf_clear(&box->value);
    buf_add(&box->value, value);
}

// Next or previous value offered, round the ends.
static void step(struct choice_box *box, const struct scheme *scheme, bool is_back)
{
    struct rec_list words = scheme->vocabs[box->choice.vocab];
    size_t at = is_back ? 0 : words.count - 1;

    for (size_t i = 0; i < words.count; i++) {
        const struct word *word = words.items[i];

        if (sv_eq(word->id, buf_sv(&box->value)))
            at = i;
    }
    for (size_t i = 0; i < words.count; i++) {
        const struct word *word;

        at = (is_back ? at + words.count - 1 : at + 1) % words.count;
        word = words.items[at];
        if (box->choice.skip && box->choice.skip(word))
            continue;
        choose(box, word->id);
        return;
    }
}

static bool choice_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct choice_box *box = box_of(overlay);

    if (id == COMMAND_FORM_DONE) {
        cancel(box, app);
    } else if (id == COMMAND_FORM_ENTER) {
        if (box->choice.must_choose && !box->value.len)
            app_say(app, ROLE_WARNING, "a letter chooses; <Esc> %s",
                    box->choice.is_step ? "goes back" : "leaves");
        else
            finish(box, app, buf_sv(&box->value));
    } else if (id == COMMAND_FORM_NEXT || id == COMMAND_FORM_BACK) {
        step(box, session_scheme(app->session), id == COMMAND_FORM_BACK);
    } else if (id == COMMAND_FORM_CLEAR) {
        buf_clear(&box->value);
    } else {
        return false;
    }
    return true;
}

static bool choice_word(struct overlay *overlay, struct app *app, enum command_id id,
                        struct buf *out)
{
    const struct choice_box *box = box_of(overlay);
    const char *word = NULL;

    (void)app;
    if (id == COMMAND_FORM_ENTER && (box->value.len || !box->choice.must_choose))
        word = box->value.len ? "take it" : "none";
    else if (id == COMMAND_FORM_NEXT)
        word = "next";
    else if (id == COMMAND_FORM_CLEAR && box->value.len)
        word = "none chosen";
    else if (id == COMMAND_FORM_DONE)
        word = box->choice.is_step ? "one step back" : "leave";
    if (word)
        buf_add_cstr(out, word);
    return word;
}

static bool choice_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    struct choice_box *box = box_of(overlay);
    const struct word *word;
    struct buf key = { 0 };

    if (event->type != EVENT_KEY || event->key < 0x20 || event->key >= KEYCODE__BASE)
        return false;
    if (event->key == '!' && box->choice.toggle) {
        box->is_toggled = !box->is_toggled;
        return true;
    }
    if (event->key == '"' && box->offer.len) {
        box->is_taken = !box->is_taken;
        return true;
    }
    utf8_add(&key, event->key);
    word = scheme_find_key(session_scheme(app->session), box->choice.vocab, buf_sv(&key));
    if (word && !(box->choice.skip && box->choice.skip(word)))
        finish(box, app, word->id);
    else
        app_say(app, ROLE_WARNING, "'%s' is no letter of %s", buf_cstr(&key),
                vocab_name(box->choice.vocab));
    buf_release(&key);
    return true;
}

static void choice_click(struct overlay *overlay, struct app *app, struct rect rect, int row,
                         int col)
{
    struct choice_box *box = box_of(overlay);
    struct rect inner = { rect.row + 1, rect.col + 1, rect.rows - 1, rect.cols - 2 };
    const struct word *word;

    inner.rows -= offer_rows(box, inner);
    word = values_at(inner, session_scheme(app->session), box->choice.vocab, box->choice.skip, row,
                     col);
    if (word)
        finish(box, app, word->id);
    else if (row >= inner.row + inner.rows)
        box->is_taken = !box->is_taken;
}

static bool choice_unsaved(const struct overlay *overlay, struct app *app, struct unsaved *out)
{
    const struct choice *choice = &((const struct choice_box *)overlay)->choice;

    return choice->typed.len &&
           keep_fill(app, &choice->home, choice->typed, choice->typed.len, out);
}

static void choice_free(struct overlay *overlay)
{
    struct choice_box *box = box_of(overlay);

    if (box->choice.free)
        box->choice.free(box->choice.ctx);
    buf_release(&box->label);
    buf_release(&box->value);
    buf_release(&box->offer);
    mem_free(box);
}

static const struct overlay_ops choice_ops = {
    .context = CONTEXT_FORM,
    .height = dock_height,
    .draw = choice_draw,
    .command = choice_command,
    .word = choice_word,
    .event = choice_event,
    .unsaved = choice_unsaved,
    .free = choice_free,
    .click = choice_click,
};

void choice_open(struct app *app, const struct choice *choice)
{
    struct choice_box *box = mem_new(sizeof(*box));

    box->overlay.ops = &choice_ops;
    box->choice = *choice;
    buf_add_cstr(&box->label, choice->label);
    buf_add(&box->value, choice->initial);
    buf_add(&box->offer, choice->offer);
    app_push(app, &box->overlay);
}
