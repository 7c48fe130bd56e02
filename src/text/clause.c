// Where the clauses of a sentence begin and end.
// Never parses: it looks for separators, and for a verb near them.
#include "text/clause.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/mem.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/lexicon.h"
#include "text/sentence.h"
#include "text/word.h"

#define TOKENS_MOST 512 // of a sentence looked at together

enum token_kind { TOKEN_WORD, TOKEN_COMMA, TOKEN_BREAK, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_SIGN };

struct token {
    size_t beg, end; // bytes of the block
    enum token_kind kind;
    unsigned classes; // of the lexicon
    bool is_capital, is_number;
    bool is_verb;   // looks finite
    bool is_ing;    // ends in -ing
    bool is_ed;     // ends in -ed, or is a past form
    bool is_report; // a reporting verb that content follows at once
    bool is_that;   // a reporting verb that "that" follows
    bool is_list;   // a comma inside an enumeration
    bool is_cut;    // a clause begins here
};

struct tokens {
    struct sv block;
    struct token *items;
    size_t count, cap;
};

static bool ends_in(const struct token *token, struct sv block, const char *ending)
{
    return token->end - token->beg > 4 &&
           sv_ends(sv_sub(block, token->beg, token->end), sv_from(ending));
}

static bool is_word(const struct tokens *tokens, size_t i)
{
    return i < tokens->count && tokens->items[i].kind == TOKEN_WORD;
}

static bool has_class(const struct tokens *tokens, size_t i, unsigned classes)
{
    return is_word(tokens, i) && (tokens->items[i].classes & classes);
}

static bool is_dash(int32_t cp)
{
    return cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == 0x2015;
}

// The kind of the sign at token->beg; sets where it ends: every sign is a token of its own but
// "--".
static enum token_kind sign_kind(struct sv block, struct token *token)
{
    size_t size;
    int32_t cp = utf8_decode(sv_sub(block, token->beg, block.len), &size);
    bool is_spaced = token->beg > 0 && cp_is_blank((unsigned char)block.ptr[token->beg - 1]);

    token->end = token->beg + size;
    if (cp == ',' || cp == 0x3001 || cp == 0x60c || cp == 0xff0c)
        return TOKEN_COMMA;
    if (cp == ';' || cp == 0x61b || cp == 0xff1b || cp == ':' || cp == 0xff1a)
        return TOKEN_BREAK;
    if (cp == '-' && token->end < block.len && block.ptr[token->end] == '-') {
        token->end++;
        return TOKEN_BREAK;
    }
    if (cp == 0x2014 || cp == 0x2015 || (is_dash(cp) && is_spaced))
        return TOKEN_BREAK;
    if (cp == '(' || cp == '[' || cp == 0xff08)
        return TOKEN_OPEN;
    if (cp == ')' || cp == ']' || cp == 0xff09)
        return TOKEN_CLOSE;
    return TOKEN_SIGN;
}

static void classify(struct tokens *tokens, struct token *token)
{
    struct sv word = sv_sub(tokens->block, token->beg, token->end);
    struct sv rest = sv_sub(tokens->block, token->beg, tokens->block.len);
    struct cue_word cue;
    size_t size;
    int32_t cp = utf8_decode(word, &size);

    token->classes = lexicon_is_acronym(word) ? 0 : lexicon_classes(word);
    token->is_capital = cp_kind(cp) == CP_UPPER;
    token->is_number = cp_kind(cp) == CP_DIGIT;
    token->is_ing = ends_in(token, tokens->block, "ing");
    token->is_ed = (word.len > 3 && sv_ends(word, SV("ed")) && !sv_ends(word, SV("eed"))) ||
                   (token->classes & VERB);
    token->is_verb = token->classes & (AUX | VERB);
    if (!token->is_capital && !(token->classes & ~(unsigned)VERB) && lexicon_cue(rest, &cue)) {
        token->is_report = cue.how == SAYS && cue.len == word.len;
        token->is_that = cue.how != DOES && cue.len == word.len;
        token->is_verb |= cue.is_finite && cue.len >= word.len && !(token->classes & PREP);
    }
}

// Does what stands at `i` look like what a verb before it acts on, rather than end a noun phrase?
static bool is_object(const struct tokens *tokens, size_t i)
{
    return is_word(tokens, i) &&
           (tokens->items[i].is_capital || has_class(tokens, i, DET | PRONOUN));
}

// Verbs that only their neighbours give away: "ISKP strikes", "it encourages", "and bred".
static void find_verbs(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        struct token *token = &tokens->items[i];
        size_t before = i;

        if (token->kind != TOKEN_WORD || token->is_capital || token->is_number)
            continue;
        while (before > 0 && ends_in(&tokens->items[before - 1], tokens->block, "ly"))
            before--; // adverbs
        if (before == 0 || !is_word(tokens, before - 1))
            continue;

        const struct token *last = &tokens->items[before - 1];

        if (last->classes & DET && !(last->classes & PRONOUN)) // "the report": a noun
            token->is_report = token->is_that = false;
        if (token->is_ed && !token->is_verb)
            token->is_verb = !(last->classes & (DET | PREP)) || (last->classes & PRONOUN);
        if (!token->is_verb && ends_in(token, tokens->block, "s") &&
            !ends_in(token, tokens->block, "ss") && !ends_in(token, tokens->block, "us"))
            token->is_verb =
                (last->classes & (PRONOUN | RELATIVE) && !(last->classes & DET)) ||
                (last->is_capital && !(last->classes & (DET | PREP | COORD | SUBORD)) &&
                 is_object(tokens, i + 1)) ||
                (last->classes & COORD && has_class(tokens, i + 1, DET | PRONOUN));
    }
}

static void read_tokens(struct tokens *tokens, size_t beg, size_t end)
{
    for (size_t pos = skip_blanks(tokens->block, beg); pos < end;) {
        struct token token = { .beg = pos, .kind = TOKEN_WORD };

        if (word_is_text(tokens->block, pos)) {
            token.end = word_end(tokens->block, pos);
            classify(tokens, &token);
        } else {
            token.kind = sign_kind(tokens->block, &token);
        }
        MEM_GROW(tokens->items, tokens->count, tokens->cap);
        tokens->items[tokens->count++] = token;
        pos = skip_blanks(tokens->block, token.end);
    }
}

static bool has_verb(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < tokens->count; i++)
        if (tokens->items[i].is_verb)
            return true;
    return false;
}

static size_t count_words(const struct tokens *tokens, size_t from, size_t to)
{
    size_t count = 0;

    for (size_t i = from; i < to && i < tokens->count; i++)
        count += tokens->items[i].kind == TOKEN_WORD;
    return count;
}

// First comma, break or cut at or after `i`; tokens->count at the end.
static size_t part_end(const struct tokens *tokens, size_t i)
{
    while (i < tokens->count && tokens->items[i].kind != TOKEN_COMMA &&
           tokens->items[i].kind != TOKEN_BREAK && !tokens->items[i].is_cut)
        i++;
    return i;
}

// Where the clause that holds token `i` begins: the last cut before it.
static size_t clause_beg(const struct tokens *tokens, size_t i)
{
    while (i > 0 && !tokens->items[i].is_cut)
        i--;
    return i;
}

static size_t first_word(const struct tokens *tokens, size_t i)
{
    while (i < tokens->count && tokens->items[i].kind == TOKEN_SIGN)
        i++;
    return i;
}

// Cut at breaks, and around brackets that hold more than a name or two.
static void cut_breaks(struct tokens *tokens)
{
    size_t open = SIZE_MAX;

    for (size_t i = 0; i < tokens->count; i++) {
        enum token_kind kind = tokens->items[i].kind;

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
static bool is_in_date(const struct tokens *tokens, size_t comma)
{
    return comma > 0 && is_word(tokens, comma + 1) && tokens->items[comma + 1].is_number &&
           tokens->items[comma + 1].end - tokens->items[comma + 1].beg == 4 &&
           (tokens->items[comma - 1].is_number || tokens->items[comma - 1].is_capital);
}

static bool has_coord(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (has_class(tokens, i, COORD))
            return true;
    return false;
}

// Mark the commas of an enumeration that begins with the part behind `comma`: short parts without a
// verb, the last one with a conjunction before it or in it: "A, B, and C", "A, B and C".
static void mark_list(struct tokens *tokens, size_t comma)
{
    size_t last = comma;

    for (size_t beg = comma + 1; beg < tokens->count; beg = last + 1) {
        size_t end = part_end(tokens, beg), word = first_word(tokens, beg);
        bool is_pair = comma > 0 && (last > comma || !has_class(tokens, word, DET)) &&
                       (last > comma || !tokens->items[comma - 1].is_capital ||
                        count_words(tokens, clause_beg(tokens, comma), comma) == 1);

        if (has_verb(tokens, beg, end) || has_class(tokens, word, RELATIVE | SUBORD | PREP) ||
            (is_word(tokens, word) && (tokens->items[word].is_ing || tokens->items[word].is_ed)))
            return;
        if (has_class(tokens, word, COORD) && last == comma && count_words(tokens, beg, end) > 2 &&
            has_verb(tokens, clause_beg(tokens, comma), comma))
            return; // "and it fell, or else sank": an afterthought
        if (has_class(tokens, word, COORD) || (is_pair && has_coord(tokens, word, end))) {
            for (size_t i = comma; i <= last; i++)
                tokens->items[i].is_list |= tokens->items[i].kind == TOKEN_COMMA;
            return;
        }
        if (end == tokens->count || tokens->items[end].kind != TOKEN_COMMA)
            return;
        last = end;
    }
}

static bool is_cut_comma(const struct tokens *tokens, size_t comma)
{
    size_t beg = comma + 1, end = part_end(tokens, beg), word = first_word(tokens, beg);
    size_t words = count_words(tokens, beg, end);
    bool goes_on = end < tokens->count && tokens->items[end].kind == TOKEN_COMMA;
    bool had_verb = has_verb(tokens, clause_beg(tokens, comma), comma);

    if (is_in_date(tokens, comma) || !is_word(tokens, word))
        return false;
    if (tokens->items[comma].is_list)
        return words > (has_coord(tokens, word, end) ? 5 : 3); // long items can stand alone
    if (has_verb(tokens, beg, end) || has_class(tokens, word, RELATIVE | SUBORD))
        return true;
    if (has_class(tokens, word, COORD))
        return goes_on || (words > 2 && had_verb); // a verb behind what is put in; an afterthought
    if (has_class(tokens, word, PREP) && had_verb)
        return words > 1;
    // names beside names, "in Kabul, Afghanistan," stay together
    return words > 2 || (!tokens->items[word].is_capital && has_class(tokens, word, LINK));
}

static void cut_commas(struct tokens *tokens)
{
    for (size_t i = 0; i + 1 < tokens->count; i++) {
        size_t at = i + 1;

        if (tokens->items[i].kind != TOKEN_COMMA)
            continue;
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
static bool is_predicate(const struct tokens *tokens, size_t i, size_t end, unsigned stop)
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

static bool is_adverb(const struct tokens *tokens, size_t i)
{
    return is_word(tokens, i) &&
           (ends_in(&tokens->items[i], tokens->block, "ly") || has_class(tokens, i, LINK) ||
            sv_eq_cstr(sv_sub(tokens->block, tokens->items[i].beg, tokens->items[i].end), "also"));
}

// "condemned the attack and described the death": the same subject goes on with another verb.
static bool is_second_verb(const struct tokens *tokens, size_t i)
{
    while (is_adverb(tokens, i))
        i++;
    if (!is_word(tokens, i) || tokens->items[i].is_capital)
        return false;
    return tokens->items[i].is_verb || (tokens->items[i].is_ed && !is_adverb(tokens, i)) ||
           has_class(tokens, i, AUX | VERB);
}

static bool is_ed_at(const struct tokens *tokens, size_t i)
{
    return is_word(tokens, i) && tokens->items[i].is_ed;
}

// "By May 2024 the town was": behind the year of a time that opens the sentence.
static bool is_behind_year(const struct tokens *tokens, size_t i)
{
    const struct token *year = &tokens->items[i - 1];

    return clause_beg(tokens, i) == 0 && i > 1 && year->is_number && year->end - year->beg == 4 &&
           !has_class(tokens, i - 2, DET) &&
           has_class(tokens, first_word(tokens, 0), PREP | SUBORD) && is_object(tokens, i) &&
           has_verb(tokens, i, part_end(tokens, i));
}

// Should a clause begin at word `i`, with no comma before it?
static bool is_cut_word(const struct tokens *tokens, size_t i)
{
    size_t beg = clause_beg(tokens, i), end = part_end(tokens, i + 1);
    const struct token *token = &tokens->items[i], *last = &tokens->items[i - 1];
    bool had_verb = has_verb(tokens, beg, i);

    if (last->is_report && last->kind == TOKEN_WORD && !(token->classes & (RELATIVE | PREP)) &&
        !token->is_verb && is_predicate(tokens, i, end, RELATIVE | SUBORD | COORD))
        return !(token->classes & COORD);
    if (i >= 2 && has_class(tokens, i - 1, RELATIVE) && tokens->items[i - 2].is_that &&
        is_predicate(tokens, i, end, RELATIVE | SUBORD | COORD))
        return true; // behind "said that"
    if (is_behind_year(tokens, i))
        return true;
    // two words and "who" are enough behind a comma: ", a clerk who"
    if (count_words(tokens, beg + has_class(tokens, beg, COORD), i) <
            (beg > 0 && token->classes & RELATIVE ? 2U : 3U) ||
        count_words(tokens, i, end) < 3)
        return false;
    if (token->classes & COORD)
        return had_verb && last->kind != TOKEN_COMMA && !(last->is_ed && is_ed_at(tokens, i + 1)) &&
               (is_second_verb(tokens, i + 1) ||
                is_predicate(tokens, i + 1, end, RELATIVE | SUBORD | COORD));
    if (last->kind != TOKEN_WORD || (last->classes & (PREP | COORD)) || last->is_that)
        return false;
    if (token->classes & RELATIVE)
        return has_verb(tokens, i + 1, i + 6 < end ? i + 6 : end);
    if (token->classes & SUBORD)
        return !has_class(tokens, i + 1, PREP) &&
               is_predicate(tokens, i + 1, end,
                            token->classes & PREP ? RELATIVE | SUBORD | COORD : RELATIVE);
    return false;
}

static void cut_words(struct tokens *tokens)
{
    for (size_t i = 1; i < tokens->count; i++)
        if (tokens->items[i].kind == TOKEN_WORD && !tokens->items[i].is_cut &&
            is_cut_word(tokens, i))
            tokens->items[i].is_cut = true;
}

// "that" before a subject: what is said.
static bool is_that_clause(const struct tokens *tokens, size_t i)
{
    return has_class(tokens, i, RELATIVE) && has_class(tokens, i, PRONOUN) &&
           is_word(tokens, i + 1) && !tokens->items[i + 1].is_verb && !is_adverb(tokens, i + 1);
}

// A stop that is no part of "U.S."
static bool is_full_stop(const struct tokens *tokens, size_t i)
{
    const struct token *last = i > 0 ? &tokens->items[i - 1] : NULL;

    return tokens->block.ptr[tokens->items[i].beg] == '.' &&
           !(last && last->is_capital && last->end - last->beg == 1);
}

// Take edges off a clause [beg, end) of tokens: signs, a conjunction before it, the full stop.
static void trim_clause(const struct tokens *tokens, size_t *beg, size_t *end)
{
    const struct token *items = tokens->items;

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

static void add_clause(const struct tokens *tokens, size_t beg, size_t end, struct spans *spans)
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
static size_t stretch_len(const struct tokens *tokens, size_t from)
{
    size_t left = tokens->count - from;

    if (left <= TOKENS_MOST)
        return left;
    for (size_t len = TOKENS_MOST; len > TOKENS_MOST / 2; len--)
        if (tokens->items[from + len - 1].kind == TOKEN_COMMA)
            return len;
    return TOKENS_MOST;
}

static void cut_stretch(struct tokens *tokens, struct spans *spans)
{
    find_verbs(tokens);
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
    struct tokens tokens = { .block = block };

    read_tokens(&tokens, sentence_words(block, beg), end);
    for (size_t from = 0; from < tokens.count;) {
        struct tokens stretch = { block, tokens.items + from, stretch_len(&tokens, from), 0 };

        cut_stretch(&stretch, spans);
        from += stretch.count;
    }
    mem_free(tokens.items);
}
