// Text that nothing covers: sentences, longer clauses, and how much of each paragraph.
// Never counts a note or a read range as covering: they say nothing of what the text claims.
#include "model/worklist_text.h"

#include <stdlib.h>

#include "model/decision.h"
#include "text/clause.h"
#include "text/piece.h"
#include "text/segment.h"
#include "text/sentence.h"
#include "text/word.h"

struct cover {
    struct article *article;
    struct spans furniture, all; // all: with claims and cues; sorted, none touching another
    struct worklist *out;
};

static void spans_add(struct spans *spans, struct byte_span span)
{
    if (byte_span_is_empty(span))
        return;
    MEM_GROW(spans->items, spans->count, spans->cap);
    spans->items[spans->count++] = span;
}

static int compare(const void *a, const void *b)
{
    const struct byte_span *x = a, *y = b;

    return (x->beg > y->beg) - (x->beg < y->beg);
}

static void spans_settle(struct spans *spans)
{
    size_t kept = 0;

    if (spans->count)
        qsort(spans->items, spans->count, sizeof(*spans->items), compare);
    for (size_t i = 0; i < spans->count; i++) {
        struct byte_span *last = kept ? &spans->items[kept - 1] : NULL;

        if (last && spans->items[i].beg <= last->end) {
            if (spans->items[i].end > last->end)
                last->end = spans->items[i].end;
        } else {
            spans->items[kept++] = spans->items[i];
        }
    }
    spans->count = kept;
}

// Index of the first span that ends after `pos`.
static size_t spans_from(const struct spans *spans, size_t pos)
{
    size_t beg = 0, end = spans->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (spans->items[mid].end <= pos)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

static bool is_touched(const struct spans *spans, struct byte_span unit)
{
    size_t i = spans_from(spans, unit.beg);

    return i < spans->count && spans->items[i].beg < unit.end;
}

static bool is_covered(const struct spans *spans, struct byte_span unit)
{
    size_t i = spans_from(spans, unit.beg);

    return i < spans->count && spans->items[i].beg <= unit.beg && spans->items[i].end >= unit.end;
}

static void add_parts(struct cover *cover, struct spans *spans, struct rec_list parts)
{
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];

        spans_add(spans, article_to_bytes(cover->article, part->at));
    }
}

static void gather(struct cover *cover, const struct layer *layer)
{
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];

        if (decision_is_rejected(SECTION_CLAIMS, claim))
            continue;
        add_parts(cover, &cover->all, claim->span);
        for (size_t j = 0; j < claim->attributed_to.count; j++)
            for (const struct voice *v = claim->attributed_to.items[j]; v; v = v->citing)
                if (v->cue)
                    spans_add(&cover->all, article_to_bytes(cover->article, v->cue->at));
    }
    for (size_t i = 0; i < layer->sections[SECTION_FURNITURE].count; i++) {
        const struct furniture *furniture = layer->sections[SECTION_FURNITURE].items[i];

        add_parts(cover, &cover->furniture, furniture->span);
    }
    for (size_t i = 0; i < cover->furniture.count; i++)
        spans_add(&cover->all, cover->furniture.items[i]);
    spans_settle(&cover->furniture);
    spans_settle(&cover->all);
}

static void add_text(struct cover *cover, struct byte_span span)
{
    struct worklist *out = cover->out;

    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] =
        (struct work_item){ .kind = LEFT_TEXT, .at = article_to_cp(cover->article, span) };
}

static bool is_letter(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

// Does a letter or digit begin at `pos`? Other signs cover nothing: dashes and curly quotation
// marks lie in U+2000 .. U+206F, E2 80 or E2 81.
static bool is_letter_at(struct sv text, size_t pos)
{
    unsigned char c = (unsigned char)text.ptr[pos];
    unsigned char next = pos + 1 < text.len ? (unsigned char)text.ptr[pos + 1] : 0;

    return is_letter(c) && (c & 0xC0) != 0x80 && !(c == 0xE2 && (next == 0x80 || next == 0x81));
}

static struct ahead ahead_new(const struct article *article, enum unit unit)
{
    struct ahead ahead = { .units = units_new(article, unit, false) };

    ahead.is_there = units_next(ahead.units, &ahead.now);
    return ahead;
}

static void ahead_step(struct ahead *ahead)
{
    ahead->is_there = units_next(ahead->units, &ahead->now);
}

// Words of a span, those that begin with a letter or digit; spans come in the order of the text.
static size_t count_words(struct ahead *words, struct sv text, struct byte_span span)
{
    size_t count = 0;

    for (; words->is_there && words->now.beg < span.end; ahead_step(words))
        count += words->now.beg >= span.beg && is_letter_at(text, words->now.beg);
    return count;
}

static void add_stretch(struct worklist_text *out, struct byte_span span, bool is_sentence,
                        size_t words)
{
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = (struct stretch){ span, is_sentence, words };
}

static void stop_cutting(struct worklist_text *text)
{
    units_free(text->sentence_words.units);
    units_free(text->clause_words.units);
    units_free(text->clauses.units);
    units_free(text->sentences.units);
    text->sentence_words = text->clause_words = text->clauses = text->sentences =
        (struct ahead){ 0 };
}

struct worklist_text *worklist_text_begin(const struct article *article, size_t most)
{
    struct worklist_text *text = mem_new(sizeof(*text));

    text->most = most;
    text->article = article;
    text->text = article_bytes(article);
    text->sentence_words = ahead_new(article, UNIT_WORD);
    text->clause_words = ahead_new(article, UNIT_WORD);
    text->clauses = ahead_new(article, UNIT_CLAUSE);
    text->sentences = ahead_new(article, UNIT_SENTENCE);
    return text;
}

bool worklist_text_is_cut(const struct worklist_text *text)
{
    return !text->sentences.units;
}

size_t worklist_text_end(const struct worklist_text *text)
{
    return text->end;
}

static void cut_sentence(struct worklist_text *text, struct byte_span sentence)
{
    struct ahead *clauses = &text->clauses;

    add_stretch(text, sentence, true, count_words(&text->sentence_words, text->text, sentence));
    for (; clauses->is_there && clauses->now.beg < sentence.end; ahead_step(clauses))
        add_stretch(text, clauses->now, false,
                    count_words(&text->clause_words, text->text, clauses->now));
    text->end = sentence.end;
}

// The lines that are cut as a whole by now, or that the cutting ends in.
static void add_lines(struct worklist_text *text)
{
    bool is_over = worklist_text_is_cut(text);
    size_t first = text->line_count ? text->lines[text->line_count - 1].first : 0;

    while (text->line_next < text->end) {
        size_t beg = text->line_next, next = article_line_next(text->article, beg);
        struct byte_span line = { beg, article_line_end(text->article, beg) };

        if (next > text->end && !is_over)
            return;
        while (first < text->count && text->items[first].span.beg < beg)
            first++;
        MEM_GROW(text->lines, text->line_count, text->line_cap);
        text->lines[text->line_count++] =
            (struct text_line){ line, letters_count(text->text, line), first };
        text->line_next = next;
    }
}

bool worklist_text_cut(struct worklist_text *text, size_t bytes)
{
    struct ahead *sentences = &text->sentences;
    size_t most = text->most, to = bytes < SIZE_MAX - text->end ? text->end + bytes : SIZE_MAX;

    if (worklist_text_is_cut(text))
        return false;
    for (; sentences->is_there && !(most && sentences->now.beg >= most); ahead_step(sentences)) {
        if (text->end >= to) {
            add_lines(text);
            return true;
        }
        cut_sentence(text, sentences->now);
    }
    text->end = sentences->is_there ? sentences->now.beg : text->text.len;
    stop_cutting(text);
    add_lines(text);
    return false;
}

struct worklist_text *worklist_text_new(const struct article *article, size_t most)
{
    struct worklist_text *text = worklist_text_begin(article, most);

    (void)worklist_text_cut(text, SIZE_MAX);
    return text;
}

void worklist_text_free(struct worklist_text *text)
{
    if (!text)
        return;
    stop_cutting(text);
    mem_free(text->items);
    mem_free(text->lines);
    mem_free(text);
}

// The words of a text, walked where they are asked for, line by line as UNIT_WORD would.
struct word_walk {
    struct sv text;
    struct byte_span line; // that `pos` is in; empty: none yet
    size_t pos;
};

static void go_to_line(struct word_walk *walk, size_t pos)
{
    struct piece piece;

    if (pos < walk->line.end)
        return;
    piece = piece_at(walk->text, pos);
    walk->line = (struct byte_span){ piece.beg, piece.end };
    walk->pos = piece.beg;
}

// Has a span `most` words that begin with a letter or digit? Spans come in the order of the text.
static bool has_words(struct word_walk *walk, struct byte_span span, size_t most)
{
    size_t count = 0;

    go_to_line(walk, span.beg);
    if (most == 1 && is_letter_at(walk->text, span.beg) &&
        (span.beg == walk->line.beg || walk->text.ptr[span.beg - 1] == ' '))
        return true;

    struct sv block = sv_sub(walk->text, 0, walk->line.end);

    while (count < most) {
        size_t beg = skip_blanks(block, walk->pos);

        if (beg >= span.end)
            break;
        count += beg >= span.beg && is_letter_at(block, beg);
        walk->pos = word_end(block, beg);
    }
    return count == most;
}

// The clauses of a sentence that is covered in part.
static void find_clauses(struct cover *cover, struct word_walk *words, struct byte_span sentence,
                         struct spans *clauses)
{
    clauses->count = 0;
    go_to_line(words, sentence.beg);
    clauses_of(sv_sub(words->text, 0, words->line.end), sentence.beg, sentence.end, clauses, NULL);
    for (size_t i = 0; i < clauses->count; i++)
        if (!is_touched(&cover->all, clauses->items[i]) &&
            has_words(words, clauses->items[i], LEFT_WORDS))
            add_text(cover, clauses->items[i]);
}

// What is found in a text that was cut, of one that is asked about once: no more of it is cut than
// that takes.
static void find_at_once(struct cover *cover)
{
    struct word_walk words = { .text = article_bytes(cover->article) };
    struct units *sentences = units_new(cover->article, UNIT_SENTENCE, false);
    struct spans clauses = { 0 };
    struct byte_span sentence;

    while (units_next(sentences, &sentence)) {
        if (is_covered(&cover->all, sentence))
            continue;
        if (is_touched(&cover->all, sentence))
            find_clauses(cover, &words, sentence, &clauses);
        else if (has_words(&words, sentence, 1))
            add_text(cover, sentence);
    }
    spans_release(&clauses);
    units_free(sentences);
}

size_t letters_count(struct sv text, struct byte_span span)
{
    size_t count = 0;

    for (size_t pos = span.beg; pos < span.end; pos++)
        count += is_letter_at(text, pos);
    return count;
}

// The letters and digits of a line that are in `spans`.
static size_t count_covered(struct sv text, struct byte_span line, const struct spans *spans)
{
    size_t count = 0;

    for (size_t i = spans_from(spans, line.beg); i < spans->count; i++) {
        struct byte_span span = spans->items[i];

        if (span.beg >= line.end)
            break;
        count +=
            letters_count(text, (struct byte_span){ span.beg > line.beg ? span.beg : line.beg,
                                                    span.end < line.end ? span.end : line.end });
    }
    return count;
}

static void measure(struct cover *cover)
{
    struct worklist *out = cover->out;
    struct sv text = article_bytes(cover->article);
    size_t number = 0, next;

    for (size_t pos = 0; pos < text.len; pos = next) {
        struct byte_span line = { pos, article_line_end(cover->article, pos) };
        struct coverage paragraph = { .number = ++number };
        size_t furniture;

        next = article_line_next(cover->article, pos);
        furniture = count_covered(text, line, &cover->furniture);
        paragraph.prose = letters_count(text, line) - furniture;
        if (!paragraph.prose)
            continue;
        paragraph.covered = count_covered(text, line, &cover->all) - furniture;
        paragraph.at = article_to_cp(cover->article, line);
        MEM_GROW(out->paragraphs, out->paragraph_count, out->paragraph_cap);
        out->paragraphs[out->paragraph_count++] = paragraph;
        out->prose += paragraph.prose;
        out->covered += paragraph.covered;
    }
}

void worklist_find_text(const struct worklist_input *in, struct worklist *out)
{
    struct cover cover = { .article = in->article, .out = out };

    gather(&cover, in->layer);
    find_at_once(&cover);
    measure(&cover);
    spans_release(&cover.furniture);
    spans_release(&cover.all);
}
