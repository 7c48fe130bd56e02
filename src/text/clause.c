// Where the clauses of a sentence begin and end.
// Never parses: it looks for separators, and for a verb near them.
#include "text/clause.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/clause_inner.h"
#include "text/sentence.h"

#define TOKENS_MOST 512 // of a sentence looked at together

static bool has_verb(const struct clause_tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < tokens->count; i++)
        if (tokens->items[i].is_verb)
            return true;
    return false;
}

static size_t count_words(const struct clause_tokens *tokens, size_t from, size_t to)
{
    size_t count = 0;

    for (size_t i = from; i < to && i < tokens->count; i++)
        count += tokens->items[i].kind == TOKEN_WORD;
    return count;
}

// First comma, break or cut at or after `i`; tokens->count at the end.
static size_t part_end(const struct clause_tokens *tokens, size_t i)
{
    while (i < tokens->count && tokens->items[i].kind != TOKEN_COMMA &&
           tokens->items[i].kind != TOKEN_BREAK && !tokens->items[i].is_cut)
        i++;
    return i;
}

// Where the clause that holds token `i` begins: the last cut before it.
static size_t clause_beg(const struct clause_tokens *tokens, size_t i)
{
    while (i > 0 && !tokens->items[i].is_cut)
        i--;
    return i;
}

static size_t first_word(const struct clause_tokens *tokens, size_t i)
{
    while (i < tokens->count && tokens->items[i].kind == TOKEN_SIGN)
        i++;
    return i;
}

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
            if (count_words(tokens, open, i) > 3 || has_verb(tokens, open, i)) {
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
        return !is_behind && has_verb(tokens, word, noun_end(tokens, word, end));
    }
    return has_verb(tokens, word, end) || has_class(tokens, word, RELATIVE | SUBORD | PREP) ||
           (count_words(tokens, word, end) > 1 && clause_is_ing(tokens, word)) ||
           (is_word(tokens, word) && tokens->items[word].is_ed);
}

// Mark the commas of an enumeration that begins with the part behind `comma`: parts without a verb,
// the last one with a conjunction before it or in it: "A, B, and C", "A, B and C". Long ones can
// stand alone: then all of its commas are cut at.
static void mark_list(struct clause_tokens *tokens, size_t comma)
{
    size_t last = comma, longest = 0;

    for (size_t beg = comma + 1; beg < tokens->count; beg = last + 1) {
        size_t end = part_end(tokens, beg), word = first_word(tokens, beg);
        bool is_pair = comma > 0 && (last > comma || !has_class(tokens, word, DET)) &&
                       (last > comma || !tokens->items[comma - 1].is_capital ||
                        count_words(tokens, clause_beg(tokens, comma), comma) == 1);

        if (is_no_item(tokens, word, end, last > comma))
            return;
        if (has_class(tokens, word, COORD) && last == comma && count_words(tokens, beg, end) > 2 &&
            has_verb(tokens, clause_beg(tokens, comma), comma))
            return; // "and it fell, or else sank": an afterthought
        if (has_class(tokens, word, COORD) || (is_pair && has_coord(tokens, word, end))) {
            if (last == comma)
                longest = count_words(tokens, beg, end) - has_coord(tokens, word, end) * 2U;
            for (size_t i = comma; i <= last; i++) {
                tokens->items[i].is_list |= tokens->items[i].kind == TOKEN_COMMA;
                tokens->items[i].is_long |= longest > 3;
            }
            return;
        }
        if (end == tokens->count || tokens->items[end].kind != TOKEN_COMMA)
            return;
        last = end;
        if (count_words(tokens, beg, end) > longest)
            longest = count_words(tokens, beg, end);
    }
}

// Does a phrase that stands before what it belongs to end at `comma`: "Despite all that, the men"?
static bool has_opening(const struct clause_tokens *tokens, size_t comma)
{
    size_t beg = clause_beg(tokens, comma);

    return (has_class(tokens, beg, PREP | SUBORD) || clause_is_ing(tokens, beg)) &&
           count_words(tokens, beg, comma) > 1;
}

static bool is_verb_alike(const struct clause_tokens *tokens, size_t i)
{
    i = clause_skip_adverbs(tokens, i);
    return is_word(tokens, i) && !tokens->items[i].is_capital &&
           (tokens->items[i].is_verb || tokens->items[i].is_ed);
}

// Does a clause go on at `i` with its verb? Not with a participle: ", seated in front, spoke".
static bool goes_on_with_verb(const struct clause_tokens *tokens, size_t i)
{
    return is_verb_alike(tokens, i) && (tokens->items[clause_skip_adverbs(tokens, i)].is_verb ||
                                        !is_verb_alike(tokens, part_end(tokens, i) + 1));
}

// Is what stands between `comma` and the next one, before a verb, a name or an adverb put in:
// "The mayor, Anna Berg, opened it", "The house, however, stands"?
static bool is_put_in(const struct clause_tokens *tokens, size_t comma)
{
    size_t beg = comma + 1, end = part_end(tokens, beg), names = 0;

    if (comma == 0 || end >= tokens->count || tokens->items[end].kind != TOKEN_COMMA ||
        !goes_on_with_verb(tokens, end + 1))
        return false;
    for (size_t i = beg; i < end; i++)
        names += is_word(tokens, i) && tokens->items[i].is_capital &&
                 !(tokens->items[i].classes & ~(unsigned)STARTER);
    return (names == end - beg && names <= 4) || (end == beg + 1 && clause_is_adverb(tokens, beg));
}

static bool is_cut_comma(const struct clause_tokens *tokens, size_t comma)
{
    size_t beg = comma + 1, end = part_end(tokens, beg), word = first_word(tokens, beg);
    size_t words = count_words(tokens, beg, end);
    bool goes_on = end < tokens->count && tokens->items[end].kind == TOKEN_COMMA;
    bool had_verb = has_verb(tokens, clause_beg(tokens, comma), comma);

    if (is_in_date(tokens, comma) || !is_word(tokens, word))
        return false;
    if (clause_is_adverb(tokens, word) && words > 1)
        return true; // "particularly Ghent"
    if (tokens->items[comma].is_list)
        return tokens->items[comma].is_long;
    if (has_verb(tokens, beg, end) || has_class(tokens, word, RELATIVE | SUBORD))
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
            i = part_end(tokens, at);
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

// Does a subject with a verb, or a verb, stand at `i` before `end` and any word of the classes
// `stop`?
static bool is_predicate(const struct clause_tokens *tokens, size_t i, size_t end, unsigned stop)
{
    size_t beg = first_word(tokens, i);

    if (!is_word(tokens, beg) ||
        (has_class(tokens, beg, PREP) && !has_class(tokens, beg, DET | PRONOUN)))
        return false;
    for (i = beg; i < end && i < beg + 8; i++) {
        if (i > beg && has_class(tokens, i, stop) && !has_class(tokens, i, PREP))
            return false;
        if (tokens->items[i].is_verb)
            return true;
    }
    return false;
}

// "must close the mill and sell the land": behind a word that wants the base form of a verb. Known
// are those whose third person is.
static bool is_second_base(const struct clause_tokens *tokens, size_t beg, size_t i)
{
    static const char *const before[] = { "can",    "could", "may",  "might", "must", "shall",
                                          "should", "to",    "will", "would", NULL };
    size_t next = clause_skip_adverbs(tokens, i + 1);
    struct buf third = { 0 };
    bool is_base = false;

    if (!is_word(tokens, next) || tokens->items[next].is_capital ||
        !(has_class(tokens, next + 1, DET | PRONOUN | PREP) || clause_is_capital(tokens, next + 1)))
        return false;
    for (; beg < i; beg++)
        is_base |= clause_is_one_of(tokens, beg, before);
    if (!is_base)
        return false;
    buf_add(&third, word_of(tokens, next));
    buf_add_char(&third, 's');
    is_base = lexicon_classes(buf_sv(&third)) & VERB || has_class(tokens, next, VERB);
    buf_release(&third);
    return is_base;
}

// "condemned the attack and described the death": the same subject goes on with another verb.
static bool is_second_verb(const struct clause_tokens *tokens, size_t i)
{
    bool has_also = clause_is_adverb(tokens, i) && sv_eq_cstr(word_of(tokens, i), "also");

    i = clause_skip_adverbs(tokens, i);
    if (!is_word(tokens, i) || tokens->items[i].is_capital)
        return false;
    if (has_also && clause_is_s_form(tokens, i) && clause_is_acting(tokens, i))
        return true; // "but also feeds the fire"
    return tokens->items[i].is_verb || (tokens->items[i].is_ed && !clause_is_adverb(tokens, i)) ||
           has_class(tokens, i, AUX | VERB);
}

// "despite having lost it", "before taking the town", "including the mayor".
static bool is_doing_before(const struct clause_tokens *tokens, size_t i)
{
    static const char *const words[] = { "after", "before", "despite", "since", "without", NULL };
    static const char *const including[] = { "including", NULL };
    static const char *const to[] = { "to", NULL };

    if (clause_is_one_of(tokens, i, including))
        return true;
    return clause_is_one_of(tokens, i, words) && clause_is_ing(tokens, i + 1) &&
           (clause_is_acting(tokens, i + 1) || has_class(tokens, i + 2, DET | PRONOUN) ||
            clause_is_one_of(tokens, i + 2, to));
}

// "as shown by", "as seen in".
static bool is_as_done(const struct clause_tokens *tokens, size_t i)
{
    return sv_eq_cstr(word_of(tokens, i), "as") && is_word(tokens, i + 1) &&
           tokens->items[i + 1].is_ed && has_class(tokens, i + 2, PREP);
}

static bool is_ed_at(const struct clause_tokens *tokens, size_t i)
{
    return is_word(tokens, i) && tokens->items[i].is_ed;
}

// "killing two men and burying them", "while creating": a participle goes on with another.
//   beg, i   the first word of the clause, and the conjunction
static bool is_second_ing(const struct clause_tokens *tokens, size_t beg, size_t i)
{
    size_t next = clause_skip_adverbs(tokens, i + 1);

    if (!clause_is_ing(tokens, next))
        return false;
    if (has_class(tokens, i, SUBORD))
        return !has_class(tokens, i, PREP);
    if (has_class(tokens, next + 1, DET | PRONOUN))
        return true; // "and calling it"
    if (has_class(tokens, beg, COORD | SUBORD | PREP))
        beg++;
    beg = clause_skip_adverbs(tokens, beg);
    if (clause_is_ing(tokens, beg))
        return true;
    for (size_t k = beg; k < i; k++)
        if (clause_is_ing(tokens, k) && clause_is_acting(tokens, k) &&
            !clause_is_before_noun(tokens, k - 1))
            return clause_is_acting(tokens, next);
    return false;
}

// "By May 2024 the town was": behind the year of a time that opens the sentence.
static bool is_behind_year(const struct clause_tokens *tokens, size_t i)
{
    const struct clause_token *year = &tokens->items[i - 1];

    return clause_beg(tokens, i) == 0 && i > 1 && year->is_number && year->end - year->beg == 4 &&
           !has_class(tokens, i - 2, DET) &&
           has_class(tokens, first_word(tokens, 0), PREP | SUBORD) && clause_is_object(tokens, i) &&
           has_verb(tokens, i, part_end(tokens, i));
}

// Should a clause begin at word `i`, with no comma before it?
static bool is_cut_word(const struct clause_tokens *tokens, size_t i)
{
    static const char *const persons[] = { "he", "she", NULL };
    static const char *const always[] = { "although", "because", "though", "unless",
                                          "whereas",  "while",   NULL };
    size_t beg = clause_beg(tokens, i), end = part_end(tokens, i + 1);
    const struct clause_token *token = &tokens->items[i], *last = &tokens->items[i - 1];
    bool had_verb = has_verb(tokens, beg, i);

    if (last->is_report && last->kind == TOKEN_WORD && !(token->classes & (RELATIVE | PREP)) &&
        !token->is_verb && is_predicate(tokens, i, end, RELATIVE | SUBORD | COORD))
        return !(token->classes & COORD);
    if (i >= 2 && has_class(tokens, i - 1, RELATIVE) && tokens->items[i - 2].is_that &&
        is_predicate(tokens, i, end, RELATIVE | SUBORD | COORD))
        return true; // behind "said that"
    if (i >= 2 && tokens->items[i - 2].is_that && sv_eq_cstr(word_of(tokens, i - 1), "that") &&
        !token->is_verb && count_words(tokens, i, end) > 2)
        return true;
    if (is_behind_year(tokens, i))
        return true;
    if (token->classes & (COORD | SUBORD) && last->kind == TOKEN_WORD &&
        count_words(tokens, beg, i) > 1 && count_words(tokens, i, end) > 2 &&
        is_second_ing(tokens, beg, i))
        return true;
    // two words and "who" are enough behind a comma: ", a clerk who"
    if (count_words(tokens, beg + has_class(tokens, beg, COORD), i) <
            (beg > 0 && token->classes & RELATIVE ? 2U : 3U) ||
        count_words(tokens, i, end) < 3)
        return false;
    if (token->classes & COORD && is_second_base(tokens, beg, i))
        return true;
    if (token->classes & COORD)
        return had_verb && last->kind != TOKEN_COMMA && !(last->is_ed && is_ed_at(tokens, i + 1)) &&
               (is_second_verb(tokens, i + 1) ||
                is_predicate(tokens, i + 1, end, RELATIVE | SUBORD | COORD));
    if (last->kind != TOKEN_WORD || (last->classes & (PREP | COORD)))
        return false;
    if (clause_is_subject(tokens, i) || clause_is_one_of(tokens, i, persons))
        return !(last->classes & (SUBORD | RELATIVE | AUX)) &&
               is_predicate(tokens, i + 1, end, RELATIVE | SUBORD | COORD);
    if (last->is_that)
        return false;
    if (is_as_done(tokens, i))
        return true;
    if (token->classes & RELATIVE)
        return count_words(tokens, i, end) > 3 &&
               has_verb(tokens, i + 1, i + 6 < end ? i + 6 : end);
    if (is_doing_before(tokens, i))
        return had_verb;
    if (token->classes & SUBORD)
        return !has_class(tokens, i + 1, PREP) &&
               (clause_is_one_of(tokens, i, always) ||
                is_predicate(tokens, i + 1, end,
                             token->classes & PREP ? RELATIVE | SUBORD | COORD : RELATIVE));
    return false;
}

// Where the clause begins that word `i` opens: "shortly after he left", "ever since the flood".
static size_t opening_of(const struct clause_tokens *tokens, size_t i)
{
    static const char *const words[] = { "ever", "even", "just", "long", "only", "soon", NULL };

    if (i < 2 || !has_class(tokens, i, SUBORD) || !is_word(tokens, i - 2))
        return i;
    return clause_is_one_of(tokens, i - 1, words) || clause_is_adverb(tokens, i - 1) ? i - 1 : i;
}

static void cut_words(struct clause_tokens *tokens)
{
    for (size_t i = 1; i < tokens->count; i++)
        if (tokens->items[i].kind == TOKEN_WORD && !tokens->items[i].is_cut &&
            is_cut_word(tokens, i))
            tokens->items[opening_of(tokens, i)].is_cut = true;
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

static void add_clause(const struct clause_tokens *tokens, size_t beg, size_t end,
                       struct spans *spans)
{
    trim_clause(tokens, &beg, &end);
    if (count_words(tokens, beg, end) == 0)
        return;
    MEM_GROW(spans->items, spans->count, spans->cap);
    spans->items[spans->count++] =
        (struct byte_span){ tokens->items[beg].beg, tokens->items[end - 1].end };
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

static void cut_stretch(struct clause_tokens *tokens, struct spans *spans)
{
    clause_find_verbs(tokens);
    cut_breaks(tokens);
    cut_commas(tokens);
    cut_words(tokens);
    for (size_t i = 0, from = 0; i < tokens->count; from = i) {
        do
            i++;
        while (i < tokens->count && !tokens->items[i].is_cut);
        add_clause(tokens, from, i, spans);
    }
}

void clauses_of(struct sv block, size_t beg, size_t end, struct spans *spans)
{
    struct clause_tokens tokens = { .block = block };

    clause_read(&tokens, sentence_words(block, beg), end);
    for (size_t from = 0; from < tokens.count;) {
        struct clause_tokens stretch = { block, tokens.items + from, stretch_len(&tokens, from),
                                         0 };

        cut_stretch(&stretch, spans);
        from += stretch.count;
    }
    mem_free(tokens.items);
}
