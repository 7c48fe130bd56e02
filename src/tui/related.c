// Passages of the other article that tell of the same.
// Never changes data: it shows, and says by what.
#include "tui/related.h"

#include "text/glyph.h"
#include "text/quoted_alike.h"
#include "tui/comparing.h"
#include "tui/linking.h"
#include "tui/picker.h"
#include "tui/subject.h"

#define NEXT_MOST    9  // passages that = goes through
#define LIST_MOST    30 // and that are listed
#define REASONS_SAID 4

bool related_ask(struct app *app, struct question *out)
{
    struct view *view = app_view(app);
    struct subject on = { .reading = view->reading };

    *out = (struct question){ .reading = view->reading };
    if (app->focus == PANE_LIST) {
        if (!subject_claim(app, &on))
            return false;
        out->reading = on.reading;
        out->claim = on.claim;
    } else if (!view->reading) {
        return false;
    } else if (!view->has_selection) {
        out->claim = view_claim(view);
    }
    if (!out->claim)
        return subject_passage(app, UNIT_SENTENCE, &out->span);
    out->span = subject_extent(out->reading, out->claim);
    if (byte_span_is_empty(out->span))
        app_say(app, ROLE_WARNING, "the claim's words are not found in the text");
    return !byte_span_is_empty(out->span);
}

// ---- one by one

// Show a passage in the view of its article, marked until the next key.
static void show(struct app *app, struct reading *other, struct byte_span span)
{
    struct view *view = subject_show(app, other, NULL);

    view_jump(view, span.beg);
    app->lookup.shown = span;
}

static void say(struct app *app, const struct question *question, const struct reading *other,
                const struct related *related, size_t index, size_t count)
{
    struct buf why = { 0 };

    session_related_say(app->session, question, other, related, REASONS_SAID, &why);
    app_say(app, related->score < RELATE_FAIR ? ROLE_WARNING : ROLE_MESSAGE,
            "%s %.2f, %zu of %zu: %s", relate_grade(related->score), related->score, index + 1,
            count, buf_cstr(&why));
    buf_release(&why);
}

static void say_none(struct app *app, const struct reading *other)
{
    app_say(app, ROLE_MESSAGE, "nothing in " SV_FMT " tells of the same, as far as words show",
            SV_ARG(article_name(other->id)));
}

// Remember what was asked.
static void set_lookup(struct app *app, const struct question *question, struct reading *other,
                       size_t index)
{
    app->lookup = (struct lookup){
        .reading = question->reading, .span = question->span, .other = other, .index = index
    };
}

static bool is_same(const struct app *app, const struct question *question,
                    const struct reading *other)
{
    const struct lookup *last = &app->lookup;

    return last->reading == question->reading && last->other == other &&
           last->span.beg == question->span.beg && last->span.end == question->span.end;
}

void related_next(struct app *app)
{
    struct related found[NEXT_MOST];
    struct question question;
    struct reading *other;
    size_t count, index = 0;

    if (!related_ask(app, &question))
        return;
    other = linking_other(app, question.reading);
    if (!other || comparing_puts_off(app, COMMAND_COUNTERPART, question.reading, other))
        return;
    count = session_related(app->session, &question, other, found, NEXT_MOST);
    if (!count) {
        say_none(app, other);
        return;
    }
    if (is_same(app, &question, other))
        index = (app->lookup.index + 1) % count;
    set_lookup(app, &question, other, index);
    show(app, other, found[index].best);
    say(app, &question, other, &found[index], index, count);
}

// ---- lists
// ---------------------------------------------------------------------------------------

// What a list is about; handed to the picker.
struct listing {
    struct question question;
    struct reading *other;
    struct buf claim; // id; empty: none
    struct arena arena;
    struct passage {
        struct related related;
        struct sv why;
    } passages[LIST_MOST]; // as found at `version` of the session
    size_t count, version;
};

static void listing_free(void *ctx)
{
    struct listing *listing = ctx;

    buf_release(&listing->claim);
    arena_release(&listing->arena);
    mem_free(listing);
}

static void cancelled(struct app *app, void *ctx)
{
    (void)app;
    listing_free(ctx);
}

// Text as one row.
static void add_flat(struct sv text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++)
        buf_add_char(out, text.ptr[i] == '\n' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
}

static bool has_typed(struct sv text, struct sv typed)
{
    struct sv piece;

    while (sv_split(&typed, ' ', &piece)) {
        if (piece.len && sv_find(text, piece, 0) == SIZE_MAX)
            return false;
    }
    return true;
}

// The passage and why, each in as much of the row as leaves room for the other.
static void add_row(const struct app *app, struct picker_rows *rows, struct sv key,
                    struct buf *text, struct sv why)
{
    size_t fits = glyph_fit(buf_sv(text), app->cols * 3 / 5, NULL);

    if (fits < text->len)
        buf_splice(text, fits, text->len, SV("…"));
    picker_add(rows, key, buf_sv(text), why);
}

// Find the passages, and why, where they are not known; what is typed only chooses among them.
static void find_passages(struct app *app, struct listing *listing)
{
    struct question *question = &listing->question;
    size_t version = session_version(app->session);
    struct related found[LIST_MOST];
    struct buf why = { 0 };

    if (listing->version == version)
        return;
    arena_release(&listing->arena);
    listing->version = version;
    question->claim = layer_claim(&question->reading->file.layer, buf_sv(&listing->claim));
    listing->count = session_related(app->session, question, listing->other, found, LIST_MOST);
    for (size_t i = 0; i < listing->count; i++) {
        buf_clear(&why);
        session_related_say(app->session, question, listing->other, &found[i], REASONS_SAID, &why);
        listing->passages[i] = (struct passage){ found[i], sv_copy(&listing->arena, buf_sv(&why)) };
    }
    buf_release(&why);
}

static void fill_passages(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows)
{
    struct listing *listing = ctx;
    struct buf key = { 0 }, text = { 0 };

    find_passages(app, listing);
    for (size_t i = 0; i < listing->count; i++) {
        const struct related *found = &listing->passages[i].related;
        struct sv why = listing->passages[i].why;

        buf_clear(&key);
        buf_clear(&text);
        buf_addf(&key, "%zu", found->best.beg);
        buf_addf(&text, "%.2f %-6s ", found->score, relate_grade(found->score));
        add_flat(article_sub(listing->other->article, found->passage), &text);
        if (has_typed(buf_sv(&text), typed) || has_typed(why, typed))
            add_row(app, rows, buf_sv(&key), &text, why);
    }
    buf_release(&key);
    buf_release(&text);
}

static size_t read_number(struct sv digits)
{
    size_t value = 0;

    for (size_t i = 0; i < digits.len; i++)
        value = value * 10 + (size_t)(digits.ptr[i] - '0');
    return value;
}

static void passage_picked(struct app *app, void *ctx, struct sv key, struct sv typed)
{
    struct listing *listing = ctx;
    size_t pos = read_number(key);
    struct byte_span clause = { pos, pos };

    (void)typed;
    subject_focus(app, listing->other, NULL);
    (void)unit_at(listing->other->article, UNIT_CLAUSE, pos, &clause);
    show(app, listing->other, clause);
    listing_free(listing);
}

static struct listing *listing_new(struct app *app)
{
    struct listing *listing;
    struct question question;
    struct reading *other;

    if (!related_ask(app, &question))
        return NULL;
    other = linking_other(app, question.reading);
    if (!other)
        return NULL;
    listing = mem_new(sizeof(*listing));
    listing->question = question;
    listing->other = other;
    listing->version = SIZE_MAX;
    if (question.claim)
        buf_add(&listing->claim, question.claim->id);
    return listing;
}

void related_list(struct app *app)
{
    struct listing *listing = listing_new(app);

    if (!listing)
        return;
    if (comparing_puts_off(app, COMMAND_RELATED, listing->question.reading, listing->other)) {
        listing_free(listing);
        return;
    }
    view_unselect(app_view(app));
    picker_open(app,
                &(struct picker){ .label = "passages of the other article, best first",
                                  .empty = "nothing there tells of the same, as far as words show",
                                  .fill = fill_passages,
                                  .picked = passage_picked,
                                  .cancelled = cancelled,
                                  .free = listing_free,
                                  .ctx = listing });
}

// What one article has of a quotation besides the words that both have.
static void add_more(const struct reading *reading, const struct quoted_alike *quoted, int side,
                     const char *label, struct buf *out)
{
    struct byte_span whole = quoted->quotation[side], shared = quoted->shared[side];

    if (quoted->words[side] == quoted->shared_words)
        return;
    buf_addf(out, "%s%s ", out->len ? "; " : "", label);
    add_flat(article_sub(reading->article, (struct byte_span){ whole.beg, shared.beg }), out);
    buf_add_cstr(out, "[…]");
    add_flat(article_sub(reading->article, (struct byte_span){ shared.end, whole.end }), out);
}

static void fill_quotations(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows)
{
    struct listing *listing = ctx;
    int side;
    const struct quoted_alikes *found =
        session_quoted(app->session, listing->question.reading, listing->other, &side);
    struct buf key = { 0 }, text = { 0 }, more = { 0 };

    for (size_t i = 0; i < found->count; i++) {
        const struct quoted_alike *quoted = &found->items[i];

        buf_clear(&key);
        buf_clear(&text);
        buf_clear(&more);
        buf_addf(&key, "%zu", i);
        buf_add_cstr(&text, quoted->is_same ? "= “" : "≠ “");
        add_flat(article_sub(listing->question.reading->article, quoted->shared[side]), &text);
        buf_add_cstr(&text, "”");
        add_more(listing->question.reading, quoted, side, "here", &more);
        add_more(listing->other, quoted, !side, "there", &more);
        if (has_typed(buf_sv(&text), typed) || has_typed(buf_sv(&more), typed))
            picker_add(rows, buf_sv(&key), buf_sv(&text), buf_sv(&more));
    }
    buf_release(&key);
    buf_release(&text);
    buf_release(&more);
}

static void quotation_picked(struct app *app, void *ctx, struct sv key, struct sv typed)
{
    struct listing *listing = ctx;
    int side;
    const struct quoted_alikes *found =
        session_quoted(app->session, listing->question.reading, listing->other, &side);
    size_t i = read_number(key);

    (void)typed;
    if (i < found->count) {
        view_jump(app_view(app), found->items[i].shared[side].beg);
        show(app, listing->other, found->items[i].shared[!side]);
    }
    listing_free(listing);
}

void related_quotations(struct app *app)
{
    struct listing *listing = listing_new(app);

    if (!listing)
        return;
    view_unselect(app_view(app));
    picker_open(app, &(struct picker){ .label = "quotations of both (≠: cut differently)",
                                       .empty = "no five words in a row are quoted by both",
                                       .fill = fill_quotations,
                                       .picked = quotation_picked,
                                       .cancelled = cancelled,
                                       .free = listing_free,
                                       .ctx = listing });
}
