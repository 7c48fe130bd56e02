// Where the clauses of a sentence begin and end.
// Never parses: it looks for separators, and for a verb near them.
#include "text/clause.h"

#include <stdint.h>

#include "base/mem.h"
#include "text/clause_inner.h"
#include "text/sentence.h"

#define TOKENS_MOST 512 // of a sentence looked at together

// Cut at breaks, and around brackets that hold more than a name or two.
static void cut_breaks(struct clause_tokens *tokens)
{
    size_t open = SIZE_MAX;

    for (size_t i = 0; i < tokens->count; i++) {
        enum clause_token_kind kind = tokens->items[i].kind;

        if (kind == TOKEN_BREAK && i + 1 < tokens->count)
            tokens->items[i + 1].is_cut = true;
        if (kind == TOKEN_OPEN)
            open = i;
        if (kind == TOKEN_CLOSE && open != SIZE_MAX) {
            if (clause_count_words(tokens, open, i) > 3 || clause_has_verb(tokens, open, i)) {
                tokens->items[open].is_cut = true;
                if (i + 1 < tokens->count)
                    tokens->items[i + 1].is_cut = true;
            }
            open = SIZE_MAX;
        }
    }
}

// "September 30, 2024": a comma inside a date.
static bool is_in_date(const struct clause_tokens *tokens, size_t comma)
{
    return comma > 0 && is_word(tokens, comma + 1) && tokens->items[comma + 1].is_number &&
           tokens->items[comma + 1].end - tokens->items[comma + 1].beg == 4 &&
           (tokens->items[comma - 1].is_number || tokens->items[comma - 1].is_capital);
}

static bool has_coord(const struct clause_tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (has_class(tokens, i, COORD))
            return true;
    return false;
}

// The end of a part but for a participle behind a noun: "and the people involved".
static size_t noun_end(const struct clause_tokens *tokens, size_t beg, size_t end)
{
    size_t last = end;

    while (last > beg && tokens->items[last - 1].kind == TOKEN_SIGN)
        last--;
    if (has_class(tokens, beg, COORD) && last > beg + 2 && tokens->items[last - 1].is_ed &&
        !(tokens->items[last - 1].classes & (AUX | VERB)))
        return last - 1;
    return end;
}

// Can what stands from `word` to the comma at `end` be no part of an enumeration?
//   is_behind  one that can be stands before it: then the last one may begin what follows
static bool is_no_item(const struct clause_tokens *tokens, size_t word, size_t end, bool is_behind)
{
    if (has_class(tokens, word, COORD)) {
        size_t next = clause_skip_adverbs(tokens, word + 1);

        if (clause_is_ing(tokens, next) || has_class(tokens, next, AUX | PRONOUN))
            return true;
        return !is_behind && clause_has_verb(tokens, word, noun_end(tokens, word, end));
    }
    return clause_has_verb(tokens, word, end) ||
           has_class(tokens, word, RELATIVE | SUBORD | PREP) ||
           (clause_count_words(tokens, word, end) > 1 && clause_is_ing(tokens, word)) ||
           (is_word(tokens, word) && tokens->items[word].is_ed);
}

// Mark the commas of an enumeration that begins with the part behind `comma`: parts without a verb,
// the last one with a conjunction before it or in it: "A, B, and C", "A, B and C". Long ones can
// stand alone: then all of its commas are cut at.
static void mark_list(struct clause_tokens *tokens, size_t comma)
{
    size_t last = comma, longest = 0;

    for (size_t beg = comma + 1; beg < tokens->count; beg = last + 1) {
        size_t end = clause_part_end(tokens, beg), word = clause_first_word(tokens, beg);
        bool is_pair = comma > 0 && (last > comma || !has_class(tokens, word, DET)) &&
                       (last > comma || !tokens->items[comma - 1].is_capital ||
                        clause_count_words(tokens, clause_begin_of(tokens, comma), comma) == 1);

        if (is_no_item(tokens, word, end, last > comma))
            return;
        if (has_class(tokens, word, COORD) && last == comma &&
            clause_count_words(tokens, beg, end) > 2 &&
            clause_has_verb(tokens, clause_begin_of(tokens, comma), comma))
            return; // "and it fell, or else sank": an afterthought
        if (has_class(tokens, word, COORD) || (is_pair && has_coord(tokens, word, end))) {
            if (last == comma)
                longest = clause_count_words(tokens, beg, end) - has_coord(tokens, word, end) * 2U;
            for (size_t i = comma; i <= last; i++) {
                tokens->items[i].is_list |= tokens->items[i].kind == TOKEN_COMMA;
                tokens->items[i].is_long |= longest > 3;
            }
            return;
        }
        if (end == tokens->count || tokens->items[end].kind != TOKEN_COMMA)
            return;
        last = end;
        if (clause_count_words(tokens, beg, end) > longest)
            longest = clause_count_words(tokens, beg, end);
    }
}

// Does a phrase that stands before what it belongs to end at `comma`: "Despite all that, the men"?
static bool has_opening(const struct clause_tokens *tokens, size_t comma)
{
    size_t beg = clause_begin_of(tokens, comma);

    return (has_class(tokens, beg, PREP | SUBORD) || clause_is_ing(tokens, beg)) &&
           clause_count_words(tokens, beg, comma) > 1;
}

// Is what stands between `comma` and the next one, before a verb, a name or an adverb put in:
// "The mayor, Anna Berg, opened it", "The house, however, stands"?
static bool is_put_in(const struct clause_tokens *tokens, size_t comma)
{
    size_t beg = comma + 1, end = clause_part_end(tokens, beg), names = 0;

    if (comma == 0 || end >= tokens->count || tokens->items[end].kind != TOKEN_COMMA ||
        !clause_goes_on_with_verb(tokens, end + 1))
        return false;
    for (size_t i = beg; i < end; i++)
        names += is_word(tokens, i) && tokens->items[i].is_capital &&
                 !(tokens->items[i].classes & ~(unsigned)STARTER);
    return (names == end - beg && names <= 4) || (end == beg + 1 && clause_is_adverb(tokens, beg));
}

// "of wood, not of stone": the same phrase goes on.
static bool is_contrast(const struct clause_tokens *tokens, size_t i)
{
    static const char *const words[] = { "not", NULL };

    return clause_is_one_of(tokens, i, words) && has_class(tokens, i + 1, PREP | DET) &&
           !has_class(tokens, i + 1, SUBORD);
}

static bool is_cut_comma(const struct clause_tokens *tokens, size_t comma)
{
    size_t beg = comma + 1, end = clause_part_end(tokens, beg),
           word = clause_first_word(tokens, beg);
    size_t words = clause_count_words(tokens, beg, end);
    bool goes_on = end < tokens->count && tokens->items[end].kind == TOKEN_COMMA;
    bool had_verb = clause_has_verb(tokens, clause_begin_of(tokens, comma), comma);

    if (is_in_date(tokens, comma) || !is_word(tokens, word))
        return false;
    if (clause_is_adverb(tokens, word) && words > 1)
        return true; // "particularly Ghent"
    if (is_contrast(tokens, word))
        return false;
    if (tokens->items[comma].is_list)
        return tokens->items[comma].is_long;
    if (clause_has_verb(tokens, beg, end) || has_class(tokens, word, RELATIVE | SUBORD))
        return true;
    if (clause_is_ing(tokens, word) && had_verb)
        return words > 1;
    if (has_class(tokens, word, COORD))
        return goes_on || clause_is_ing(tokens, clause_skip_adverbs(tokens, word + 1)) ||
               (words > 2 && had_verb); // a verb behind what is put in; an afterthought
    if (has_class(tokens, word, PREP) && had_verb)
        return words > 1;
    if (has_opening(tokens, comma) && has_class(tokens, word, DET | PRONOUN))
        return true;
    // names beside names, "in Kabul, Afghanistan," stay together
    return words > 2 || (!tokens->items[word].is_capital && has_class(tokens, word, LINK));
}

static void cut_commas(struct clause_tokens *tokens)
{
    for (size_t i = 0; i + 1 < tokens->count; i++) {
        size_t at = i + 1;

        if (tokens->items[i].kind != TOKEN_COMMA)
            continue;
        if (is_put_in(tokens, i)) {
            i = clause_part_end(tokens, at);
            continue;
        }
        if (!tokens->items[i].is_list)
            mark_list(tokens, i);
        if (!is_cut_comma(tokens, i))
            continue;
        while (at + 1 < tokens->count && tokens->items[at].kind == TOKEN_SIGN &&
               tokens->items[at].beg == tokens->items[at - 1].end)
            at++; // a closing quotation mark behind the comma
        tokens->items[at].is_cut = true;
    }
}

// "that" before a subject: what is said.
static bool is_that_clause(const struct clause_tokens *tokens, size_t i)
{
    return has_class(tokens, i, RELATIVE) && has_class(tokens, i, PRONOUN) &&
           is_word(tokens, i + 1) && !tokens->items[i + 1].is_verb &&
           !clause_is_adverb(tokens, i + 1);
}

// A stop that is no part of "U.S."
static bool is_full_stop(const struct clause_tokens *tokens, size_t i)
{
    const struct clause_token *last = i > 0 ? &tokens->items[i - 1] : NULL;

    return tokens->block.ptr[tokens->items[i].beg] == '.' &&
           !(last && last->is_capital && last->end - last->beg == 1);
}

// Take edges off a clause [beg, end) of tokens: signs, a conjunction before it, the full stop.
static void trim_clause(const struct clause_tokens *tokens, size_t *beg, size_t *end)
{
    const struct clause_token *items = tokens->items;

    while (*beg < *end && (items[*beg].kind == TOKEN_COMMA || items[*beg].kind == TOKEN_BREAK ||
                           items[*beg].kind == TOKEN_OPEN || items[*beg].kind == TOKEN_CLOSE))
        ++*beg;
    if (*beg + 1 < *end && has_class(tokens, *beg, COORD))
        ++*beg;
    if (*beg + 1 < *end && is_that_clause(tokens, *beg))
        ++*beg;
    while (*beg < *end &&
           (items[*end - 1].kind == TOKEN_COMMA || items[*end - 1].kind == TOKEN_BREAK ||
            items[*end - 1].kind == TOKEN_OPEN || is_full_stop(tokens, *end - 1)))
        --*end;
    if (*beg < *end && items[*end - 1].kind == TOKEN_CLOSE) {
        bool has_open = false;

        for (size_t i = *beg; i < *end; i++)
            has_open |= items[i].kind == TOKEN_OPEN;
        *end -= !has_open;
    }
}

static void add_span(struct spans *spans, struct byte_span span)
{
    MEM_GROW(spans->items, spans->count, spans->cap);
    spans->items[spans->count++] = span;
}

void spans_release(struct spans *spans)
{
    mem_free(spans->items);
    *spans = (struct spans){ 0 };
}

// How many of the tokens from `from` on are looked at together: all of a sentence, unless it is
// longer than anybody writes; then up to a comma, so that the cost does not grow with its square.
static size_t stretch_len(const struct clause_tokens *tokens, size_t from)
{
    size_t left = tokens->count - from;

    if (left <= TOKENS_MOST)
        return left;
    for (size_t len = TOKENS_MOST; len > TOKENS_MOST / 2; len--)
        if (tokens->items[from + len - 1].kind == TOKEN_COMMA)
            return len;
    return TOKENS_MOST;
}

// The parts of a stretch; the caller frees them.
static struct clause_part *cut_stretch(struct clause_tokens *tokens, size_t *count)
{
    struct clause_part *parts = NULL;
    size_t cap = 0;

    clause_find_verbs(tokens);
    cut_breaks(tokens);
    cut_commas(tokens);
    clause_cut_words(tokens);
    *count = 0;
    for (size_t i = 0, from = 0; i < tokens->count; from = i) {
        struct clause_part part = { .beg = from };

        do
            i++;
        while (i < tokens->count && !tokens->items[i].is_cut);
        part.end = i;
        trim_clause(tokens, &part.beg, &part.end);
        if (clause_count_words(tokens, part.beg, part.end) == 0)
            continue;
        MEM_GROW(parts, *count, cap);
        parts[(*count)++] = part;
    }
    return parts;
}

static void add_clauses(const struct clause_tokens *tokens, struct clause_part *parts, size_t count,
                        struct spans *spans, struct spans *wholes)
{
    if (wholes)
        clause_find_wholes(tokens, parts, count);
    for (size_t i = 0; i < count; i++) {
        add_span(spans, (struct byte_span){ tokens->items[parts[i].beg].beg,
                                            tokens->items[parts[i].end - 1].end });
        if (wholes)
            add_span(wholes, (struct byte_span){ tokens->items[parts[i].beg].beg,
                                                 tokens->items[parts[parts[i].last].end - 1].end });
    }
}

void clauses_of(struct sv block, size_t beg, size_t end, struct spans *spans, struct spans *wholes)
{
    struct clause_tokens tokens = { .block = block };

    clause_read(&tokens, sentence_words(block, beg), end);
    for (size_t from = 0; from < tokens.count;) {
        struct clause_tokens stretch = { block, tokens.items + from, stretch_len(&tokens, from),
                                         0 };
        size_t count;
        struct clause_part *parts = cut_stretch(&stretch, &count);

        add_clauses(&stretch, parts, count, spans, wholes);
        mem_free(parts);
        from += stretch.count;
    }
    mem_free(tokens.items);
}
