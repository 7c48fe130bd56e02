// Words and signs of a sentence, and which of them are verbs.
// Never looks further than at the words beside one.
#include "text/clause_inner.h"

#include <stdint.h>

#include "base/mem.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/sentence.h"
#include "text/word.h"

static bool ends_in(const struct clause_token *token, struct sv block, const char *ending)
{
    return token->end - token->beg > 4 &&
           sv_ends(sv_sub(block, token->beg, token->end), sv_from(ending));
}

static bool is_dash(int32_t cp)
{
    return cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == 0x2015;
}

// The kind of the sign at token->beg; sets where it ends: every sign is a token of its own but
// "--".
static enum clause_token_kind sign_kind(struct sv block, struct clause_token *token)
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

static void classify(struct clause_tokens *tokens, struct clause_token *token)
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

bool clause_is_object(const struct clause_tokens *tokens, size_t i)
{
    return is_word(tokens, i) &&
           (tokens->items[i].is_capital || has_class(tokens, i, DET | PRONOUN));
}

bool clause_is_s_form(const struct clause_tokens *tokens, size_t i)
{
    const struct clause_token *token = &tokens->items[i];

    return ends_in(token, tokens->block, "s") && !ends_in(token, tokens->block, "ss") &&
           !ends_in(token, tokens->block, "us");
}

bool clause_is_acting(const struct clause_tokens *tokens, size_t i)
{
    return is_word(tokens, i + 1) && !tokens->items[i + 1].is_verb &&
           !has_class(tokens, i + 1, PREP | COORD | SUBORD | RELATIVE);
}

static bool is_not_only(const struct clause_tokens *tokens, size_t i)
{
    return i > 0 && sv_eq_cstr(word_of(tokens, i), "only") &&
           sv_eq_cstr(word_of(tokens, i - 1), "not");
}

bool clause_is_one_of(const struct clause_tokens *tokens, size_t i, const char *const *words)
{
    struct sv word;

    if (!is_word(tokens, i))
        return false;
    word = word_of(tokens, i);
    for (; *words; words++)
        if (**words == *word.ptr && sv_eq_cstr(word, *words))
            return true;
    return false;
}

bool clause_is_adverb(const struct clause_tokens *tokens, size_t i)
{
    static const char *const adverbs[] = { "also", "even", "further", NULL };

    return is_word(tokens, i) &&
           (ends_in(&tokens->items[i], tokens->block, "ly") || has_class(tokens, i, LINK) ||
            clause_is_one_of(tokens, i, adverbs));
}

size_t clause_skip_adverbs(const struct clause_tokens *tokens, size_t i)
{
    while (clause_is_adverb(tokens, i))
        i++;
    return i;
}

bool clause_is_capital(const struct clause_tokens *tokens, size_t i)
{
    return is_word(tokens, i) && tokens->items[i].is_capital;
}

bool clause_is_ing(const struct clause_tokens *tokens, size_t i)
{
    return is_word(tokens, i) && tokens->items[i].is_ing;
}

bool clause_is_subject(const struct clause_tokens *tokens, size_t i)
{
    static const char *const subjects[] = { "I", "we", "We", "they", "They", "you", "You", NULL };

    return clause_is_one_of(tokens, i, subjects);
}

bool clause_is_before_noun(const struct clause_tokens *tokens, size_t i)
{
    struct sv word = word_of(tokens, i);

    return (has_class(tokens, i, DET) && !has_class(tokens, i, PRONOUN)) ||
           sv_ends(word, SV("\u2019s")) || sv_ends(word, SV("'s"));
}

bool clause_has_verb(const struct clause_tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < tokens->count; i++)
        if (tokens->items[i].is_verb)
            return true;
    return false;
}

size_t clause_count_words(const struct clause_tokens *tokens, size_t from, size_t to)
{
    size_t count = 0;

    for (size_t i = from; i < to && i < tokens->count; i++)
        count += tokens->items[i].kind == TOKEN_WORD;
    return count;
}

size_t clause_part_end(const struct clause_tokens *tokens, size_t i)
{
    while (i < tokens->count && tokens->items[i].kind != TOKEN_COMMA &&
           tokens->items[i].kind != TOKEN_BREAK && !tokens->items[i].is_cut)
        i++;
    return i;
}

size_t clause_begin_of(const struct clause_tokens *tokens, size_t i)
{
    while (i > 0 && !tokens->items[i].is_cut)
        i--;
    return i;
}

size_t clause_end_of(const struct clause_tokens *tokens, size_t i)
{
    do
        i++;
    while (i < tokens->count && !tokens->items[i].is_cut);
    return i;
}

size_t clause_first_word(const struct clause_tokens *tokens, size_t i)
{
    while (i < tokens->count && tokens->items[i].kind == TOKEN_SIGN)
        i++;
    return i;
}

static bool is_verb_alike(const struct clause_tokens *tokens, size_t i)
{
    i = clause_skip_adverbs(tokens, i);
    return is_word(tokens, i) && !tokens->items[i].is_capital &&
           (tokens->items[i].is_verb || tokens->items[i].is_ed);
}

bool clause_goes_on_with_verb(const struct clause_tokens *tokens, size_t i)
{
    return is_verb_alike(tokens, i) && (tokens->items[clause_skip_adverbs(tokens, i)].is_verb ||
                                        !is_verb_alike(tokens, clause_part_end(tokens, i) + 1));
}

void clause_find_verbs(struct clause_tokens *tokens)
{
    static const char *const not_finite[] = { "be", "been", "being", "having", "to", NULL };

    for (size_t i = 0; i < tokens->count; i++) {
        struct clause_token *token = &tokens->items[i];
        size_t before = i;

        if (token->kind != TOKEN_WORD || token->is_capital || token->is_number)
            continue;
        while (before > 0 && ends_in(&tokens->items[before - 1], tokens->block, "ly"))
            before--; // adverbs
        if (before == 0 || !is_word(tokens, before - 1))
            continue;

        const struct clause_token *last = &tokens->items[before - 1];

        if (clause_is_one_of(tokens, before - 1, not_finite)) {
            token->is_verb &= (token->classes & AUX) != 0;
        } else if (clause_is_before_noun(tokens, before - 1)) {
            token->is_report = token->is_that = false;
            token->is_verb &= !token->is_ed || (token->classes & (AUX | VERB));
        } else if (token->is_ed && !token->is_verb) {
            token->is_verb = !(last->classes & (DET | PREP)) || (last->classes & PRONOUN);
        }
        if (!token->is_verb && !token->classes && clause_is_subject(tokens, before - 1))
            token->is_verb = !token->is_ing;
        if (!token->is_verb && clause_is_s_form(tokens, i))
            token->is_verb =
                (last->classes & (PRONOUN | RELATIVE) && !(last->classes & DET)) ||
                (last->is_capital && !(last->classes & (DET | PREP | COORD | SUBORD)) &&
                 clause_is_object(tokens, i + 1)) ||
                (last->classes & COORD && has_class(tokens, i + 1, DET | PRONOUN)) ||
                (is_not_only(tokens, before - 1) && clause_is_acting(tokens, i)) ||
                ends_in(token, tokens->block, "izes") || ends_in(token, tokens->block, "ifies");
    }
}

void clause_read(struct clause_tokens *tokens, size_t beg, size_t end)
{
    for (size_t pos = skip_blanks(tokens->block, beg); pos < end;) {
        struct clause_token token = { .beg = pos, .kind = TOKEN_WORD };

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
