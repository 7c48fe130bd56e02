// The main text of a page, tried strictly first; where little comes of that, with less and less
// left out. Never takes what is hidden, nor the text of scripts and styles; never loses a word
// without saying why.
#include "exchange/extract.h"

#include <string.h>

#include "base/visible.h"
#include "exchange/extract_inner.h"

#define LENGTH_LEAST 500 // code points; a shorter text is tried again
#define GAIN_LEAST   2 // another try must find so many times as much: a notice may be all there is
#define TITLE_WITHIN 6 // pieces at the beginning in which a headline may be said again

static const char why_outside[] = "outside the main text";

static void attempt_init(struct attempt *attempt, const struct html *html, struct strictness strict)
{
    *attempt = (struct attempt){ .html = html, .strict = strict };
    attempt->marks = mem_new(html->count * sizeof(*attempt->marks));
    attempt->weights = mem_new(html->count);
    attempt->is_chosen = mem_new(html->count);
    attempt->sums = mem_new((html->count + 1) * sizeof(*attempt->sums));
    extract_mark(attempt);
    blocks_find(html, attempt->marks, &attempt->blocks);
    attempt->block_marks = mem_new((attempt->blocks.count + 1) * sizeof(*attempt->block_marks));
    extract_sum(attempt);
}

static void attempt_release(struct attempt *attempt)
{
    mem_free(attempt->marks);
    mem_free(attempt->weights);
    mem_free(attempt->is_chosen);
    mem_free(attempt->block_marks);
    mem_free(attempt->sums);
    blocks_release(&attempt->blocks);
    *attempt = (struct attempt){ 0 };
}

// Mark the blocks outside the chosen elements, in one walk along both.
static void mark_outside(struct attempt *attempt)
{
    size_t end = 0, b = 0;

    for (size_t i = 0; i < attempt->html->count && b < attempt->blocks.count; i++) {
        if (attempt->is_chosen[i] && attempt->html->nodes[i].end > end)
            end = attempt->html->nodes[i].end;
        for (; b < attempt->blocks.count && attempt->blocks.items[b].node == i; b++)
            if (i >= end && !attempt->block_marks[b].why)
                attempt->block_marks[b].why = why_outside;
    }
}

static void mark_lines(struct attempt *attempt)
{
    for (size_t b = 0; b < attempt->blocks.count; b++) {
        const struct page_block *block = &attempt->blocks.items[b];

        if (!attempt->block_marks[b].why && block->kind != PROSE_LINES &&
            furniture_line(block->text, 2 * block->linked > block->length))
            attempt->block_marks[b].why = "leads elsewhere";
    }
}

static size_t attempt_length(const struct attempt *attempt)
{
    size_t length = 0;

    for (size_t b = 0; b < attempt->blocks.count; b++)
        length += attempt->block_marks[b].why ? 0 : attempt->blocks.items[b].length;
    return length;
}

static size_t attempt_run(struct attempt *attempt)
{
    extract_choose(attempt);
    extract_clean(attempt);
    mark_outside(attempt);
    mark_lines(attempt);
    return attempt_length(attempt);
}

// ---- the headline

static size_t next_word(struct sv *rest, struct sv *word)
{
    size_t beg = 0, end;

    while (beg < rest->len && (unsigned char)rest->ptr[beg] < 0x80 &&
           !((rest->ptr[beg] | 0x20) >= 'a' && (rest->ptr[beg] | 0x20) <= 'z') &&
           !(rest->ptr[beg] >= '0' && rest->ptr[beg] <= '9'))
        beg++;
    for (end = beg;
         end < rest->len && ((unsigned char)rest->ptr[end] >= 0x80 ||
                             ((rest->ptr[end] | 0x20) >= 'a' && (rest->ptr[end] | 0x20) <= 'z') ||
                             (rest->ptr[end] >= '0' && rest->ptr[end] <= '9'));)
        end++;
    *word = sv_sub(*rest, beg, end);
    *rest = sv_sub(*rest, end, rest->len);
    return word->len;
}

// Share of the words of `of` that stand in `in`, case counted.
static double words_shared(struct sv of, struct sv in)
{
    size_t all = 0, shared = 0;
    struct sv word;

    while (all < 100 && next_word(&of, &word)) {
        all++;
        shared += sv_find(in, word, 0) < in.len;
    }
    return all ? (double)shared / (double)all : 0;
}

static bool says_the_same(struct sv a, struct sv b)
{
    return words_shared(a, b) >= 0.75 && words_shared(b, a) >= 0.75;
}

// The headline as the page shows it: its <h1> when that says what `title` says; else `title`.
static void find_headline(const struct html *html, struct sv title, struct buf *out)
{
    for (size_t i = 0; i < html->count; i++) {
        if (html->nodes[i].tag != HTML_H1 && html->nodes[i].tag != HTML_H2)
            continue;

        struct buf heading = { 0 };

        html_add_text(html, i, &heading);
        // a title may have more than the headline: the name of the outlet
        bool is_it =
            heading.len && (sv_is_blank(title) ? html->nodes[i].tag == HTML_H1
                                               : words_shared(buf_sv(&heading), title) >= 0.75 &&
                                                     2 * heading.len >= title.len);

        if (is_it)
            buf_add(out, buf_sv(&heading));
        buf_release(&heading);
        if (is_it)
            return;
    }
    prose_add_flat(out, title);
}

// ---- pieces

static void add_marked(const struct attempt *attempt, size_t node, struct prose *prose)
{
    struct prose_piece piece = { .kind = PROSE_PARAGRAPH,
                                 .why = attempt->marks[node].why,
                                 .because = attempt->marks[node].because };
    struct buf text = { 0 };

    html_add_text(attempt->html, node, &text);
    piece.text = buf_sv(&text);
    prose_add(prose, &piece);
    buf_release(&text);
}

static size_t row_of(const struct attempt *attempt, size_t node)
{
    for (; node; node = attempt->html->nodes[node].parent)
        if (attempt->html->nodes[node].tag == HTML_TR)
            return node;
    return 0;
}

// Cells of one row of a table, from block `b` on, as one piece. Returns the block behind them; `b`
// for none.
static size_t add_row(const struct attempt *attempt, size_t b, struct prose *prose)
{
    const struct page_block *blocks = attempt->blocks.items;
    size_t row = row_of(attempt, blocks[b].node), end = b, length = 0;
    struct buf text = { 0 };

    if (!row || attempt->block_marks[b].why)
        return b;
    for (; end < attempt->blocks.count && html_is_in(attempt->html, blocks[end].node, row) &&
           !attempt->block_marks[end].why;
         end++) {
        length += blocks[end].length;
        buf_addf(&text, "%s" SV_FMT, end > b ? "\t" : "", SV_ARG(blocks[end].text));
    }
    if (end < b + 2 || length > 80 * (end - b))
        end = b; // cells of layout
    else
        prose_add(prose, &(struct prose_piece){ .kind = PROSE_ROW, .text = buf_sv(&text) });
    buf_release(&text);
    return end;
}

static size_t add_block(const struct attempt *attempt, size_t b, struct sv headline, size_t *said,
                        struct prose *prose)
{
    const struct page_block *block = &attempt->blocks.items[b];
    struct prose_piece piece = { .kind = block->kind,
                                 .depth = block->depth,
                                 .number = block->number,
                                 .text = block->text,
                                 .why = attempt->block_marks[b].why };
    size_t end = add_row(attempt, b, prose);

    if (end > b)
        return end;
    if (!piece.why && *said < TITLE_WITHIN) {
        (*said)++;
        if (headline.len && says_the_same(block->text, headline))
            return b + 1; // the text begins with it
    }
    prose_add(prose, &piece);
    return b + 1;
}

static void add_pieces(const struct attempt *attempt, struct sv headline, struct prose *prose)
{
    const struct html *html = attempt->html;
    size_t b = 0, said = 0;

    if (headline.len)
        prose_add(prose, &(struct prose_piece){ .kind = PROSE_HEADING, .text = headline });
    for (size_t i = 0; i < html->count;) {
        if (attempt->marks[i].why) {
            add_marked(attempt, i, prose);
            i = html->nodes[i].end;
            continue;
        }
        while (b < attempt->blocks.count && attempt->blocks.items[b].node <= i)
            b = add_block(attempt, b, headline, &said, prose);
        i = html_flags(html->nodes[i].tag) & GONE ? html->nodes[i].end : i + 1;
    }
}

size_t extract_prose(const struct html *html, struct sv title, bool is_whole, struct prose *prose)
{
    static const struct strictness tries[] = {
        { true, true, true, true },    { false, true, true, true },    { false, false, true, true },
        { false, false, false, true }, { false, false, false, false },
    };
    struct attempt best = { 0 };
    struct buf headline = { 0 };
    size_t length = 0;

    for (size_t i = is_whole ? ARRAY_LEN(tries) - 1 : 0;
         i < ARRAY_LEN(tries) && length < LENGTH_LEAST; i++) {
        struct attempt attempt;
        size_t found;

        attempt_init(&attempt, html, tries[i]);
        found = is_whole ? attempt_length(&attempt) : attempt_run(&attempt);
        if (!best.html || found >= GAIN_LEAST * length + 1) {
            attempt_release(&best);
            best = attempt;
            length = found;
        } else {
            attempt_release(&attempt);
        }
    }
    find_headline(html, title, &headline);
    add_pieces(&best, is_whole ? SV("") : buf_sv(&headline), prose);
    attempt_release(&best);
    buf_release(&headline);
    return length;
}
