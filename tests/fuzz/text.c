// Any bytes as an article: rows cover it at every width, units stand inside it in order, what is
// drawn is visible, code points and bytes agree, a quote is found where it was taken.
#include "fuzz.h"

#include "text/anchor.h"
#include "text/article.h"
#include "text/cue.h"
#include "text/find.h"
#include "text/glyph.h"
#include "text/segment.h"
#include "text/suggest.h"
#include "text/wrap.h"

#define TEXT_MAX 600 // a longer text tells nothing new, only slower

static void check_positions(struct article *article)
{
    size_t len = article_bytes(article).len;
    size_t cps = article_cp_len(article);

    MUST(article_pos(article, cps) == len);
    for (size_t cp = 0; cp < cps; cp++)
        MUST(article_cp(article, article_pos(article, cp)) == cp);
}

static void check_rows(const struct article *article, int cols)
{
    struct sv bytes = article_bytes(article);
    struct row row = wrap_at(article, 0, cols), next, back;
    size_t steps = 0;

    MUST(row.span.beg == 0);
    while (wrap_next(article, &row, cols, &next)) {
        struct sv between = sv_sub(bytes, row.span.end, next.span.beg);

        MUST(next.span.beg >= row.span.end && ++steps <= bytes.len + 1);
        for (size_t i = 0; i < between.len; i++) // nothing is left out but line ends
            MUST(between.ptr[i] == '\n' || between.ptr[i] == '\r');
        MUST(wrap_prev(article, &next, cols, &back) && back.span.beg == row.span.beg);
        row = next;
    }
}

static void check_units(const struct article *article, enum unit unit)
{
    struct sv bytes = article_bytes(article);
    struct units *units = units_new(article, unit, false);
    struct byte_span span, last = { 0 };

    while (units_next(units, &span)) {
        MUST(span.beg < span.end && span.end <= bytes.len);
        MUST(span.beg >= last.end);
        last = span;
    }
    units_free(units);
    for (size_t pos = 0; pos < bytes.len;) {
        size_t next = unit_next(article, unit, pos);

        MUST(next > pos && next <= bytes.len);
        MUST(unit_prev(article, unit, next) < next);
        pos = next;
    }
}

static void check_glyphs(struct sv bytes)
{
    for (size_t beg = 0, end; beg < bytes.len; beg = end) {
        struct glyph glyph;

        glyph_at(bytes, beg, 0, &glyph);
        MUST(glyph.size >= 1 && beg + glyph.size <= bytes.len && glyph.cols >= 1);
        if (glyph.draw_len)
            must_be_visible(sv_of(glyph.draw, glyph.draw_len));
        else
            must_be_visible(sv_sub(bytes, beg, beg + glyph.size));
        end = beg + glyph.size;
    }
}

// What stands at a sentence is found there again, alone and in the whole text.
static void check_quote(struct article *article, struct byte_span span)
{
    struct arena arena = { 0 };
    struct excerpt excerpt = article_excerpt(article, span, &arena);
    struct anchors *anchors = anchors_new(article);
    struct quoted quoted = {
        excerpt.at, excerpt.quote, excerpt.before, excerpt.after, { 0 }, { 0 }
    };
    struct cp_span found;
    struct byte_span cue;
    struct sv act;

    MUST(anchors_find(anchors, &quoted, &found) == ANCHOR_HERE);
    MUST(found.beg == excerpt.at.beg && found.end == excerpt.at.end);
    anchors_changed(anchors, article_bytes(article)); // and by way of an old text that is the same
    MUST(anchors_find(anchors, &quoted, &found) != ANCHOR_LOST);
    anchors_free(anchors);
    if (cue_propose(article, span, NULL, &cue, &act))
        MUST(cue.beg < cue.end && cue.end <= article_bytes(article).len);
    arena_release(&arena);
}

// Proposals of attributions stand inside the text and are not empty.
static void check_suggestions(const struct article *article)
{
    struct suggestions found = { 0 };
    size_t len = article_bytes(article).len;

    suggest_all(article, NULL, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct suggestion *each = &found.items[i];

        MUST(each->cue.beg < each->cue.end && each->cue.end <= len && each->source.end <= len);
        MUST(each->content_count > 0);
        for (size_t k = 0; k < each->content_count; k++)
            MUST(each->content[k].beg < each->content[k].end && each->content[k].end <= len);
    }
    suggestions_release(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int widths[] = { 1, 2, 7, 40, 200 };
    struct article *article;
    struct byte_span span;

    if (size > TEXT_MAX)
        return 0;
    article = article_new(sv_of((const char *)data, size));
    check_positions(article);
    for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
        check_rows(article, widths[i]);
    for (int unit = 0; unit < UNIT__N; unit++)
        if (unit != UNIT_QUOTATION) // these may lie in one another
            check_units(article, (enum unit)unit);
    check_glyphs(article_bytes(article));
    if (size && unit_at(article, UNIT_SENTENCE, size / 2, &span))
        check_quote(article, span);
    check_suggestions(article);
    article_free(article);
    return 0;
}
