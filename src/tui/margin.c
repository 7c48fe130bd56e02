// Cards of claims beside the text: what each says, who says it, what it stands against.
// Never decides where the text scrolls; a card's place depends on the text's rows alone.
#include "tui/margin.h"

#include "base/attr.h"
#include "base/mem.h"
#include "session/peers.h"
#include "session/verbs.h"
#include "text/anchor.h"
#include "text/glyph.h"
#include "tui/form_data.h"
#include "tui/talk.h"
#include "tui/values.h"

#define SIGNS_MAX  3   // of a claim
#define HEAD_ROWS  4   // of what it says, in the current card
#define SHORT_ENDS 2   // links shown in another card
#define CARDS_MAX  512 // on one page
#define DRIFT_ROWS 4   // how far a card may be pushed to leave the one above it a second row

struct card {
    const struct claim *claim;
    unsigned flags; // enum claim_flag
    size_t number;
    int anchor;    // row of the claim, from the first one seen; may be < 0
    int row, rows; // where the card stands
    int wanted;    // rows if nothing is in the way
};

// What a card is drawn with.
struct pen {
    struct app *app;
    const struct reading *reading;
    struct rect rect;
    struct grid *grid;
    int indent; // of the rows below the head of the card at hand
};

static int digits(size_t number)
{
    int count = 1;

    while (number >= 10) {
        number /= 10;
        count++;
    }
    return count;
}

static void add_text(const struct claim *claim, struct buf *out)
{
    if (!sv_is_blank(claim->says))
        buf_add(out, claim->says);
    else
        verbs_quote(claim, out);
}

static size_t count_ends(struct app *app, const struct reading *reading, const struct claim *claim,
                         const struct end **ends)
{
    size_t count;

    *ends = derive_ends(session_derived(app->session), &reading->file.layer, claim, &count);
    return count;
}

// One row at `row` of the margin, if it is in sight; returns the next row.
static int put_row(const struct pen *pen, int row, int col, struct sv text, enum role role)
{
    if (row >= 0 && row < pen->rect.rows)
        grid_put_cut(pen->grid, pen->rect.row + row, pen->rect.col + col, pen->rect.cols - col,
                     text, role);
    return row + 1;
}

// Text over several rows, at most `max`; the last one is cut.
static int put_wrapped(const struct pen *pen, int row, int col, struct sv text, enum role role,
                       int max)
{
    struct sv piece, rest = text;
    int cols = pen->rect.cols - col;

    while (max > 1 && wrap_string(&rest, cols, &piece)) {
        if (piece.ptr)
            row = put_row(pen, row, col, sv_trim(piece), role);
        max--;
    }
    if (!rest.len || max < 1)
        return row;
    rest = sv_trim(rest);
    return put_row(pen, row, col, sv_sub(rest, 0, sv_find(rest, SV("\n"), 0)), role);
}

bool margin_is_doubtful(const struct reading *reading, const void *rec)
{
    for (size_t i = 0; i < reading->misplaced_count; i++) {
        if (reading->misplaced[i].rec == rec)
            return reading->misplaced[i].anchor >= ANCHOR_DOUBT;
    }
    return false;
}

size_t margin_number(const struct reading *reading, const struct claim *claim)
{
    const struct layer *layer = &reading->file.layer;
    const void **items = layer->sections[SECTION_CLAIMS].items;
    size_t low = 0, high = layer->sections[SECTION_CLAIMS].count, count = high;
    size_t position = layer_position(layer, SECTION_CLAIMS, claim);

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (layer_position(layer, SECTION_CLAIMS, items[mid]) < position)
            low = mid + 1;
        else
            high = mid;
    }
    while (low < count && items[low] != claim)
        low++;
    return low + 1;
}

// The same for a claim that in most cases comes right behind that of number `last`. O(1) then.
static size_t number_behind(const struct reading *reading, const struct claim *claim, size_t last)
{
    const struct layer *layer = &reading->file.layer;

    if (last && last < layer->sections[SECTION_CLAIMS].count &&
        layer->sections[SECTION_CLAIMS].items[last] == claim)
        return last + 1;
    return margin_number(reading, claim);
}

static void end_text(struct app *app, const struct reading *reading, const struct end *end,
                     bool is_full, struct buf *out)
{
    const char *sign = margin_link_sign(session_scheme(app->session), end->link->type);

    buf_addf(out, "%s ", sign);
    if (is_full) {
        buf_add(out, end->link->type);
        if (!sv_is_blank(end->link->point))
            buf_addf(out, " (" SV_FMT ")", SV_ARG(end->link->point));
        buf_add_char(out, ' ');
    }
    if (end->other && end->other_layer == &reading->file.layer)
        buf_addf(out, "%zu", margin_number(reading, end->other)); // within the article: its number
    else
        buf_add(out, article_name(end->other_article));
    if (end->other) {
        buf_add_cstr(out, ": ");
        add_text(end->other, out);
    } else if (!sv_is_absent(end->link->to->claim)) {
        buf_add_cstr(out, ": no such claim");
    }
}

// Why a link was made: its reason, and what an `omits` was searched for.
static void reason_text(const struct link *link, struct buf *out)
{
    if (!sv_is_blank(link->why))
        buf_add(out, link->why);
    for (size_t i = 0; i < link->searched.count; i++)
        buf_addf(out, "%s" SV_FMT,
                 i          ? ", "
                 : out->len ? "; searched: "
                            : "searched: ",
                 SV_ARG(link->searched.items[i]));
}

static enum role end_role(struct app *app, const struct end *end)
{
    const struct word *word =
        scheme_find(session_scheme(app->session), VOCAB_LINK, end->link->type);

    return value_role(session_scheme(app->session), VOCAB_LINK, end->link->type,
                      word && word->disputes ? ROLE_DISPUTED : ROLE_LABEL);
}

// "quantity · certain · deaths · open"
static void traits_text(const struct pen *pen, const struct claim *claim, struct buf *out)
{
    (void)pen;
    const struct sv traits[] = { claim->type, claim->form, claim->topic, claim->certainty,
                                 claim->author_stance };

    for (size_t i = 0; i < ARRAY_LEN(traits); i++) {
        if (sv_is_blank(traits[i]))
            continue;
        if (out->len)
            buf_add_cstr(out, " · ");
        buf_add(out, traits[i]);
    }
}

// "others killed exactly 5; …"
static void values_text(const struct pen *pen, const struct claim *claim, struct buf *out)
{
    for (size_t i = 0; i < claim->values.count; i++) {
        if (i)
            buf_add_cstr(out, "; ");
        form_data_show_map(pen->app->session, pen->reading, KIND_VALUE, claim->values.items[i],
                           out);
    }
}

// "says 3, 7 again": claims by their numbers.
static void repeats_text(const struct pen *pen, const struct claim *claim, struct buf *out)
{
    for (size_t i = 0; i < claim->repeats.count; i++) {
        const struct claim *first = layer_claim(&pen->reading->file.layer, claim->repeats.items[i]);

        buf_add_cstr(out, out->len ? ", " : "says again ");
        if (first)
            buf_addf(out, "%zu", margin_number(pen->reading, first));
        else
            buf_add(out, claim->repeats.items[i]);
    }
}

// "! by Amaq: a second figure stands further down"; nothing for a bare mark, the head has its sign.
static void contested_text(const struct pen *pen, const struct claim *claim, struct buf *out)
{
    if (!claim->contested || (!claim->contested->by.count && sv_is_blank(claim->contested->why)))
        return;
    buf_add_cstr(out, "! ");
    form_data_show_map(pen->app->session, pen->reading, KIND_CONTESTED, claim->contested, out);
}

static void note_text(const struct pen *pen, const struct claim *claim, struct buf *out)
{
    (void)pen;
    if (!sv_is_blank(claim->note))
        buf_addf(out, "* " SV_FMT, SV_ARG(claim->note));
}

// "» ben: Is it the mayor?": who began the first open thread, and how.
static void thread_text(const struct pen *pen, const struct claim *claim, struct buf *out)
{
    struct comment_ref about = { session_annotator(pen->app->session), claim->id };
    const struct threads *threads = session_threads(pen->app->session);
    size_t open = talk_open_on(pen->app, pen->reading, claim);
    const struct thread *thread = NULL;

    if (!open)
        return;
    for (size_t i = 0; !thread || !thread->is_open; i++)
        thread = threads_on(threads, pen->reading->id, about, i);
    buf_add_cstr(out, TALK_SIGN " ");
    if (open > 1)
        buf_addf(out, "%zu open, ", open);
    buf_add(out, thread->items[0].layer->head.annotator);
    buf_addf(out, ": " SV_FMT, SV_ARG(thread->items[0].comment->text));
}

static int head_cols(const struct pen *pen)
{
    return pen->indent + 3; // behind the number: a blank, two cells of signs
}

static int put_head(const struct pen *pen, const struct card *card, int row, bool is_current,
                    int max)
{
    struct buf text = { 0 }, signs = { 0 };
    enum role sign_role = card->flags & CLAIM_DISPUTED ? ROLE_DISPUTED : ROLE_CONTESTED;
    int col = head_cols(pen), next;

    if (row >= 0 && row < pen->rect.rows) {
        int at = pen->rect.row + row, left = pen->rect.col;

        if (is_current)
            grid_put(pen->grid, at, left, 1, SV("▶"), ROLE_VALUE);
        grid_putf(pen->grid, at, left + 1, pen->rect.cols - 1, is_current ? ROLE_VALUE : ROLE_TEXT,
                  "%*zu", pen->indent - 1, card->number);
        margin_signs(pen->app, pen->reading, card->claim, &signs);
        grid_put(pen->grid, at, left + pen->indent, pen->rect.cols - pen->indent, buf_sv(&signs),
                 sign_role);
    }
    add_text(card->claim, &text);
    next = put_wrapped(pen, row, col, buf_sv(&text), is_current ? ROLE_CHOSEN : ROLE_TEXT, max);
    buf_release(&text);
    buf_release(&signs);
    return next;
}

static int put_voices(const struct pen *pen, const struct card *card, bool is_full, int row,
                      int max)
{
    struct buf chain = { 0 };

    if (!card->claim->attributed_to.count)
        return row;
    if (is_full)
        buf_add_cstr(&chain, "article › ");
    verbs_chain(pen->app->session, pen->reading, card->claim, &chain);
    row = put_wrapped(pen, row, pen->indent, buf_sv(&chain), ROLE_SOURCE, max);
    buf_release(&chain);
    return row;
}

static int put_reason(const struct pen *pen, const struct link *link, int row)
{
    struct buf text = { 0 };

    reason_text(link, &text);
    if (text.len)
        row = put_wrapped(pen, row, pen->indent + 2, buf_sv(&text), ROLE_LABEL, 2);
    buf_release(&text);
    return row;
}

static int put_ends(const struct pen *pen, const struct card *card, int row, bool is_full,
                    size_t max)
{
    const struct end *ends;
    size_t count = count_ends(pen->app, pen->reading, card->claim, &ends);

    for (size_t i = 0; i < count && i < max; i++) {
        struct buf text = { 0 };

        end_text(pen->app, pen->reading, &ends[i], is_full, &text);
        row = put_wrapped(pen, row, pen->indent, buf_sv(&text), end_role(pen->app, &ends[i]),
                          is_full ? 2 : 1);
        if (is_full)
            row = put_reason(pen, ends[i].link, row);
        buf_release(&text);
    }
    return row;
}

// What `make` says of the claim, in two rows at most.
static int put_made(const struct pen *pen, const struct claim *claim,
                    void (*make)(const struct pen *, const struct claim *, struct buf *),
                    enum role role, int row)
{
    struct buf text = { 0 };

    make(pen, claim, &text);
    if (text.len)
        row = put_wrapped(pen, row, pen->indent, buf_sv(&text), role, 2);
    buf_release(&text);
    return row;
}

// The current claim's card, everything it has. Returns the row behind it.
static int put_full(const struct pen *pen, const struct card *card, int row)
{
    row = put_head(pen, card, row, true, HEAD_ROWS);
    row = put_voices(pen, card, true, row, 3);
    row = put_made(
        pen, card->claim, traits_text,
        value_role(session_scheme(pen->app->session), VOCAB_TYPE, card->claim->type, ROLE_LABEL),
        row);
    row = put_made(pen, card->claim, values_text, ROLE_LABEL, row);
    row = put_made(pen, card->claim, repeats_text, ROLE_LABEL, row);
    row = put_made(pen, card->claim, contested_text, ROLE_CONTESTED, row);
    row = put_ends(pen, card, row, true, 4);
    row = put_made(pen, card->claim, thread_text, ROLE_WARNING, row);
    return put_made(pen, card->claim, note_text, ROLE_NOTE, row);
}

// Another claim's card in the rows it has: a row of what it says, its voices, its links; what is
// left over goes to a second row of what it says.
static void put_short(const struct pen *pen, const struct card *card)
{
    const struct end *ends;
    int left = card->rows - 1, voices = card->claim->attributed_to.count > 0 && left > 0, row;
    size_t count = count_ends(pen->app, pen->reading, card->claim, &ends);

    left -= voices;
    if (count > SHORT_ENDS)
        count = SHORT_ENDS;
    if (count > (size_t)left)
        count = (size_t)left;
    left -= (int)count;
    row = put_head(pen, card, card->row, false, 1 + left);
    if (voices)
        row = put_voices(pen, card, false, row, 1);
    put_ends(pen, card, row, false, count);
}

// Rows of a short card with nothing in its way.
static int short_rows(const struct pen *pen, const struct claim *claim)
{
    const struct part *part = claim->span.count ? claim->span.items[0] : NULL;
    size_t len = !sv_is_blank(claim->says) ? claim->says.len : part ? part->quote.len : 0;
    const struct end *ends;
    size_t count = count_ends(pen->app, pen->reading, claim, &ends);
    int head = len > (size_t)(pen->rect.cols - head_cols(pen)) ? 2 : 1;

    return head + (claim->attributed_to.count > 0) + (int)(count > SHORT_ENDS ? SHORT_ENDS : count);
}

// Room for the card's own number: an article of ten thousand claims takes no more from the first
// hundred. Two digits have it in most articles, so that heads stand below each other.
static void set_indent(struct pen *pen, const struct card *card)
{
    int least = pen->reading->file.layer.sections[SECTION_CLAIMS].count < 10 ? 1 : 2;
    int needed = digits(card->number);

    pen->indent = 1 + (needed > least ? needed : least);
}

static int full_rows(const struct pen *pen, const struct card *card)
{
    struct pen blind = *pen;

    blind.rect.rows = 0; // nothing is in sight: measures
    return put_full(&blind, card, 0);
}

static size_t collect_cards(struct pen *pen, const struct page *page, const struct claim *current,
                            struct card *cards)
{
    const struct reading *reading = pen->reading;
    const struct row *last = &page->rows[page->count + page->below - 1];
    size_t count = 0, end = view_mark_from(reading, last->span.end + 1), number = 0;

    for (size_t i = view_mark_over(reading, page->rows[0].span.beg); i < end; i++) {
        const struct mark *mark = &reading->marks[i];
        bool is_above = mark->span.beg < page->rows[0].span.beg;

        if (mark->section != SECTION_CLAIMS || mark->part != 0 || count == CARDS_MAX)
            continue;
        if (is_above && (mark->rec != current || pen->app->is_moving))
            continue;
        number = number_behind(reading, mark->rec, number);
        cards[count] = (struct card){ .claim = mark->rec, .number = number };
        set_indent(pen, &cards[count]);
        cards[count].anchor = is_above ? 0 : page_find(page, mark->span.beg) - page->above;
        cards[count].wanted =
            mark->rec == current ? full_rows(pen, &cards[count]) : short_rows(pen, mark->rec);
        if (mark->rec == current && cards[count].anchor < 0 && !pen->app->is_moving)
            cards[count].anchor = 0; // its head is above the screen, the cursor in it is not
        count++;
    }
    return count;
}

// Top to bottom: each card gets the rows down to the next one's claim; at least one, and two if
// that does not push the next one far.
static void place_cards(struct card *cards, size_t count)
{
    int free = -MARGIN_ABOVE;

    for (size_t i = 0; i < count; i++) {
        struct card *card = &cards[i];
        int next = i + 1 < count ? cards[i + 1].anchor : card->anchor + card->wanted;

        card->row = card->anchor > free ? card->anchor : free;
        card->rows = next - card->row;
        if (card->rows < 2)
            card->rows = card->row + 2 - next <= DRIFT_ROWS ? 2 : 1;
        if (card->rows > card->wanted)
            card->rows = card->wanted;
        free = card->row + card->rows;
    }
}

// The current card grows to `full` rows. Those below give up rows, down to one each, before they
// move: a few cards further on nothing has changed, so that stepping from claim to claim sends
// little anew.
static void grow_card(struct card *cards, size_t count, size_t current, int full)
{
    int free = cards[current].row + full;

    if (full <= cards[current].rows)
        return;
    cards[current].rows = full;
    for (size_t i = current + 1; i < count && cards[i].row < free; i++) {
        int left = cards[i].row + cards[i].rows - free;

        cards[i].row = free;
        cards[i].rows = left > 1 ? left : 1;
        free += cards[i].rows;
    }
}

// The cards of a page, placed; `*cards` is owned by the caller. Returns how many.
static size_t make_cards(struct pen *pen, const struct page *page, const struct claim *current,
                         struct card **cards)
{
    size_t count;

    *cards = mem_resize(NULL, CARDS_MAX, sizeof(**cards));
    count = collect_cards(pen, page, current, *cards);
    place_cards(*cards, count);
    for (size_t i = 0; i < count; i++) {
        if ((*cards)[i].claim != current)
            continue;
        set_indent(pen, &(*cards)[i]);
        grow_card(*cards, count, i, full_rows(pen, &(*cards)[i]));
    }
    return count;
}

void margin_signs(struct app *app, const struct reading *reading, const struct claim *claim,
                  struct buf *out)
{
    unsigned flags = derive_flags(session_derived(app->session), &reading->file.layer, claim);

    if (margin_is_doubtful(reading, claim))
        buf_add_char(out, '?');
    if (flags & CLAIM_DISPUTED)
        buf_add_cstr(out, "≠");
    if (flags & CLAIM_CONTESTED && (claim->contested || !(flags & CLAIM_DISPUTED)))
        buf_add_char(out, '!');
    if (glyph_cols(buf_sv(out)) < SIGNS_MAX && talk_open_on(app, reading, claim))
        buf_add_cstr(out, TALK_SIGN);
}

const char *margin_link_sign(const struct scheme *scheme, struct sv type)
{
    const struct word *word = scheme_find(scheme, VOCAB_LINK, type);

    if (!word)
        return "?";
    if (word->disputes)
        return "≠";
    if (word->one_end)
        return "∅";
    return word->ordered ? "→" : "=";
}

void margin_draw(struct app *app, const struct reading *reading, const struct page *page,
                 const struct claim *current, struct rect rect, struct grid *grid)
{
    struct pen pen = { .app = app, .reading = reading, .rect = rect, .grid = grid };
    struct card *cards;
    size_t count = make_cards(&pen, page, current, &cards);

    for (size_t i = 0; i < count; i++) {
        struct card *card = &cards[i];

        if (card->row + card->rows <= 0 || card->row >= rect.rows)
            continue;
        set_indent(&pen, card);
        card->flags =
            derive_flags(session_derived(app->session), &reading->file.layer, card->claim);
        if (card->claim == current)
            put_full(&pen, card, card->row);
        else
            put_short(&pen, card);
    }
    mem_free(cards);
}

void margin_draw_card(struct app *app, const struct reading *reading, const struct claim *claim,
                      struct rect rect, struct grid *grid)
{
    struct pen pen = { .app = app, .reading = reading, .rect = rect, .grid = grid };
    struct card card = { .claim = claim, .number = margin_number(reading, claim) };

    set_indent(&pen, &card);
    card.flags = derive_flags(session_derived(app->session), &reading->file.layer, claim);
    put_full(&pen, &card, 0);
}

const struct claim *margin_claim_at(struct app *app, const struct reading *reading,
                                    const struct page *page, const struct claim *current,
                                    struct rect rect, int row)
{
    struct pen pen = { .app = app, .reading = reading, .rect = rect };
    const struct claim *found = NULL;
    struct card *cards;
    size_t count = make_cards(&pen, page, current, &cards);

    for (size_t i = 0; i < count; i++) {
        if (row >= cards[i].row && row < cards[i].row + cards[i].rows)
            found = cards[i].claim;
    }
    mem_free(cards);
    return found;
}
