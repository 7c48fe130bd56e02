// Words, clauses, sentences, quotations and paragraphs of an article.
// Holds no rules of language: they are in word.c, clause.c, sentence.c and quotation.c.
#include "text/segment.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/mem.h"
#include "text/clause.h"
#include "text/glyph.h"
#include "text/piece.h"
#include "text/quotation.h"
#include "text/sentence.h"
#include "text/word.h"

// Bytes of a hard-wrapped paragraph that are looked at on either side of a place.
#define WRAPPED_BEFORE ((size_t)4 << 10)
#define WRAPPED_BEHIND ((size_t)64 << 10)

// The units of one piece of a line, one after the other.
struct walk {
    struct sv block;              // the text up to the end of the piece
    size_t pos;                   // where the next unit is looked for
    size_t skip;                  // clauses of sentences that end at or before are left out
    struct spans clauses;         // of the sentence before pos
    size_t clause;                // the next one of these
    struct byte_span line;        // the piece
    struct quotations quotations; // of it
};

struct units {
    const struct article *article;
    enum unit unit;
    bool is_wrapped;
    size_t renew_at; // hard-wrapped: from here on look again how far the paragraph goes
    struct walk walk;
};

static bool next_cluster(struct walk *walk, struct byte_span *out)
{
    if (walk->pos >= walk->block.len)
        return false;
    out->beg = walk->pos;
    out->end = walk->pos = glyph_next(walk->block, walk->pos);
    return true;
}

static bool next_word(struct walk *walk, struct byte_span *out)
{
    out->beg = skip_blanks(walk->block, walk->pos);
    if (out->beg >= walk->block.len)
        return false;
    out->end = walk->pos = word_end(walk->block, out->beg);
    return true;
}

static bool next_sentence(struct walk *walk, struct byte_span *out)
{
    out->beg = skip_blanks(walk->block, walk->pos);
    if (out->beg >= walk->block.len)
        return false;

    struct sv block = sv_sub(walk->block, walk->line.beg, walk->block.len);

    walk->pos = walk->line.beg + sentence_end(block, out->beg - walk->line.beg);
    out->end = trim_blanks(walk->block, out->beg, walk->pos);
    return true;
}

static bool next_clause(struct walk *walk, struct byte_span *out)
{
    struct byte_span sentence;

    while (walk->clause == walk->clauses.count) {
        if (!next_sentence(walk, &sentence))
            return false;
        walk->clauses.count = walk->clause = 0;
        if (sentence.end > walk->skip)
            clauses_of(walk->block, sentence.beg, sentence.end, &walk->clauses, NULL);
    }
    *out = walk->clauses.items[walk->clause++];
    return true;
}

static bool next_quotation(struct walk *walk, struct byte_span *out)
{
    struct byte_span outer;

    if (walk->pos < walk->line.beg ||
        !quotation_next(&walk->quotations, walk->pos - walk->line.beg, out, &outer))
        return false;
    out->beg += walk->line.beg;
    out->end += walk->line.beg;
    walk->pos = out->beg;
    return true;
}

static bool next_paragraph(struct walk *walk, struct byte_span *out)
{
    out->beg = skip_blanks(walk->block, walk->pos);
    out->end = trim_blanks(walk->block, out->beg, walk->block.len);
    walk->pos = walk->block.len;
    return out->end > out->beg;
}

static bool (*const next_unit[UNIT__N])(struct walk *walk, struct byte_span *out) = {
    [UNIT_CLUSTER] = next_cluster,     [UNIT_WORD] = next_word,
    [UNIT_CLAUSE] = next_clause,       [UNIT_WHOLE] = next_clause,
    [UNIT_SENTENCE] = next_sentence,   [UNIT_QUOTATION] = next_quotation,
    [UNIT_PARAGRAPH] = next_paragraph,
};

static struct walk walk_from(struct sv text, struct byte_span line)
{
    return (struct walk){ .block = sv_sub(text, 0, line.end),
                          .pos = line.beg,
                          .line = line,
                          .quotations = { .line = sv_sub(text, line.beg, line.end) } };
}

// The same in a walk that is done with its line; keeps the memory of its clauses.
static void walk_line(struct walk *walk, struct sv text, struct byte_span line)
{
    struct spans clauses = walk->clauses;

    clauses.count = 0;
    *walk = walk_from(text, line);
    walk->clauses = clauses;
}

static struct byte_span line_of(struct sv text, size_t pos)
{
    struct piece piece = piece_at(text, pos);

    return (struct byte_span){ piece.beg, piece.end };
}

// Beginning of the line (or piece) behind `line`; false at the end of the text.
static bool next_line(struct sv text, struct byte_span *line)
{
    size_t pos = line->end;

    if (pos < text.len && text.ptr[pos] == '\r')
        pos++;
    if (pos < text.len && text.ptr[pos] == '\n')
        pos++;
    if (pos >= text.len || pos == line->beg)
        return false;
    *line = line_of(text, pos);
    return true;
}

static bool ends_behind(struct byte_span span, size_t pos)
{
    return span.end > pos;
}

static bool begins_behind(struct byte_span span, size_t pos)
{
    return span.beg > pos;
}

static bool begins_here(struct byte_span span, size_t pos)
{
    return span.beg >= pos;
}

// First unit of the line for which `is_it` holds; sets *last to the last unit tried.
static bool find_unit(struct sv text, enum unit unit, struct byte_span line,
                      bool (*is_it)(struct byte_span span, size_t pos), size_t pos,
                      struct byte_span *out, struct byte_span *last, bool *has_last)
{
    struct walk walk = walk_from(text, line);
    struct byte_span span;
    bool found = false;

    *has_last = false;
    walk.skip = is_it == begins_here ? 0 : pos; // what ends before pos is of no interest then
    while (!found && next_unit[unit](&walk, &span)) {
        found = is_it(span, pos);
        if (found) {
            *out = span;
        } else {
            *last = span;
            *has_last = true;
        }
    }
    spans_release(&walk.clauses);
    return found;
}

// The innermost quotation whose words or marks hold `pos`.
static bool quotation_at(struct sv text, struct byte_span line, size_t pos, struct byte_span *out)
{
    struct quotations walk = { .line = sv_sub(text, line.beg, line.end) };
    struct byte_span inner, outer;
    bool found = false;

    for (size_t from = 0; quotation_next(&walk, from, &inner, &outer); from = inner.beg) {
        if (line.beg + outer.beg > pos)
            break;
        if (line.beg + outer.end <= pos)
            continue;
        *out = (struct byte_span){ line.beg + inner.beg, line.beg + inner.end };
        found = true;
    }
    return found;
}

// The whole of the clause at `pos`, which may begin before it and end behind it.
static bool whole_at(const struct article *article, size_t pos, struct byte_span *out)
{
    struct sv text = article_bytes(article);
    struct byte_span sentence;
    struct spans clauses = { 0 }, wholes = { 0 };

    if (!unit_at(article, UNIT_CLAUSE, pos, out) ||
        !unit_at(article, UNIT_SENTENCE, out->beg, &sentence))
        return false;
    clauses_of(sv_sub(text, 0, line_of(text, out->beg).end), sentence.beg, sentence.end, &clauses,
               &wholes);
    for (size_t i = 0; i < clauses.count; i++) {
        if (clauses.items[i].beg == out->beg) {
            *out = wholes.items[i];
            break;
        }
    }
    spans_release(&clauses);
    spans_release(&wholes);
    return true;
}

bool unit_at(const struct article *article, enum unit unit, size_t pos, struct byte_span *out)
{
    struct sv text = article_bytes(article);
    struct byte_span line = line_of(text, pos), last;
    bool has_last;

    if (unit == UNIT_QUOTATION)
        return quotation_at(text, line, pos, out);
    if (unit == UNIT_WHOLE)
        return whole_at(article, pos, out);
    if (find_unit(text, unit, line, ends_behind, pos, out, &last, &has_last))
        return true;
    find_unit(text, unit, line, begins_here, SIZE_MAX, out, &last, &has_last);
    if (has_last)
        *out = last;
    return has_last;
}

size_t unit_next(const struct article *article, enum unit unit, size_t pos)
{
    struct sv text = article_bytes(article);
    struct byte_span line = line_of(text, pos), span, last;
    bool has_last;

    do {
        if (find_unit(text, unit, line, begins_behind, pos, &span, &last, &has_last))
            return span.beg;
    } while (next_line(text, &line));
    return text.len;
}

size_t unit_prev(const struct article *article, enum unit unit, size_t pos)
{
    struct sv text = article_bytes(article);
    struct byte_span line = line_of(text, pos), span, last;
    bool has_last;

    for (;;) {
        find_unit(text, unit, line, begins_here, pos, &span, &last, &has_last);
        if (has_last)
            return last.beg;
        if (line.beg == 0)
            return 0;
        line = line_of(text, line.beg - 1);
    }
}

size_t unit_end(const struct article *article, enum unit unit, size_t pos)
{
    struct sv text = article_bytes(article);
    struct byte_span line = line_of(text, pos), span;
    size_t last = 0;

    do {
        struct walk walk = walk_from(text, line);

        while (last <= pos && next_unit[unit](&walk, &span))
            last = span.beg + glyph_prev(sv_sub(text, span.beg, span.end), span.end - span.beg);
        spans_release(&walk.clauses);
    } while (last <= pos && next_line(text, &line));
    return last > pos ? last : pos;
}

// True when the line at `pos` has nothing but blanks in it.
static bool is_empty_line(struct sv text, size_t pos)
{
    while (pos < text.len &&
           (text.ptr[pos] == ' ' || text.ptr[pos] == '\t' || text.ptr[pos] == '\r'))
        pos++;
    return pos == text.len || text.ptr[pos] == '\n';
}

// The paragraph of a hard-wrapped text that holds or follows `pos`, from empty line to empty line;
// of a very long one, what lies around `pos`.
static struct byte_span wrapped_paragraph(const struct article *article, size_t pos)
{
    struct sv text = article_bytes(article);
    size_t beg = article_line_beg(article, skip_blanks(text, pos)), end = beg, from = beg;

    if (from < pos)
        from = pos; // far on in a line
    while (beg > 0 && from - beg < WRAPPED_BEFORE &&
           !is_empty_line(text, article_line_beg(article, beg - 1)))
        beg = article_line_beg(article, beg - 1);
    while (end < text.len && (end < from || end - from < WRAPPED_BEHIND) &&
           !is_empty_line(text, end))
        end = article_line_next(article, end);
    if (end > from && end - from > 2 * WRAPPED_BEHIND)
        end = piece_at(text, from + WRAPPED_BEHIND).end;
    return (struct byte_span){ beg, end };
}

// Go on at `pos` of a hard-wrapped text.
static void walk_wrapped(struct units *units, size_t pos)
{
    struct sv text = article_bytes(units->article);

    walk_line(&units->walk, text, wrapped_paragraph(units->article, pos));
    if (units->walk.pos < pos)
        units->walk.pos = pos;
    units->renew_at = units->walk.pos + WRAPPED_BEHIND / 2;
}

// Go on behind the block that is done; false at the end of the text.
static bool next_block(struct units *units)
{
    struct sv text = article_bytes(units->article);
    struct byte_span line = units->walk.line;

    if (units->is_wrapped) {
        if (line.end >= text.len)
            return false;
        walk_wrapped(units, line.end);
        return true;
    }
    if (!next_line(text, &line))
        return false;
    walk_line(&units->walk, text, line);
    return true;
}

struct units *units_new(const struct article *article, enum unit unit, bool hard_wrapped)
{
    struct units *units = mem_new(sizeof(*units));

    units->article = article;
    units->unit = unit;
    units->is_wrapped = hard_wrapped;
    if (hard_wrapped)
        walk_wrapped(units, 0);
    else
        walk_line(&units->walk, article_bytes(article), line_of(article_bytes(article), 0));
    return units;
}

void units_free(struct units *units)
{
    if (!units)
        return;
    spans_release(&units->walk.clauses);
    mem_free(units);
}

bool units_next(struct units *units, struct byte_span *out)
{
    do {
        bool is_between = units->walk.clause == units->walk.clauses.count;

        if (units->is_wrapped && is_between && units->walk.pos >= units->renew_at)
            walk_wrapped(units, units->walk.pos);
        if (next_unit[units->unit](&units->walk, out))
            return true;
    } while (next_block(units));
    return false;
}
