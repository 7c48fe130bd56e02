// Proposals of the words that attribute.
// Never more than a proposal: a list of words and their neighbours, no parse.
#include "text/cue.h"

#include <stdint.h>

#include "base/mem.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/lexicon.h"
#include "text/segment.h"
#include "text/sentence.h"
#include "text/word.h"

// The words and signs of a stretch of text.
struct tokens {
    struct sv text;
    struct byte_span *items;
    size_t count, cap;
    const struct cue_rows *own;
};

// The best cue so far.
struct choice {
    struct byte_span span;
    struct sv act;
    size_t far; // bytes from the claim; SIZE_MAX: none yet
};

static void read_tokens(struct tokens *tokens, struct byte_span span)
{
    tokens->count = 0;
    for (size_t pos = skip_blanks(tokens->text, span.beg); pos < span.end;
         pos = skip_blanks(tokens->text, tokens->items[tokens->count - 1].end)) {
        MEM_GROW(tokens->items, tokens->count, tokens->cap);
        tokens->items[tokens->count++] = (struct byte_span){ pos, word_end(tokens->text, pos) };
    }
}

// Word or sign `i`, empty outside.
static struct sv token_at(const struct tokens *tokens, size_t i)
{
    return i < tokens->count ? sv_sub(tokens->text, tokens->items[i].beg, tokens->items[i].end)
                             : SV("");
}

static unsigned classes_at(const struct tokens *tokens, size_t i)
{
    return lexicon_classes(token_at(tokens, i));
}

static bool is_capital(struct sv word)
{
    size_t size;

    return word.len && cp_kind(utf8_decode(word, &size)) == CP_UPPER;
}

// A plural by its looks; "Taliban's" is none.
static bool is_plural(struct sv word)
{
    return word.len > 3 && sv_ends(word, SV("s")) && !sv_ends(word, SV("ss")) &&
           !sv_ends(word, SV("'s")) && !sv_ends(word, SV("\u2019s"));
}

static bool is_possessive(struct sv word)
{
    return sv_ends(word, SV("'s")) || sv_ends(word, SV("\u2019s")) ||
           sv_ends(word, SV("s\u2019")) || sv_ends(word, SV("s'"));
}

static bool is_quote(struct sv sign)
{
    return sv_starts(sign, SV("\u201c")) || sv_starts(sign, SV("\"")) ||
           sv_ends(sign, SV("\u201d")) || sv_ends(sign, SV("\"")) || sv_starts(sign, SV("\u2018"));
}

// Does what follows look like what is reported: "that", a quotation, a subject?
static bool is_content(const struct tokens *tokens, size_t i)
{
    struct sv next = token_at(tokens, i);

    return sv_eq(next, SV("that")) || is_quote(next) || is_capital(next) ||
           (classes_at(tokens, i) & (DET | PRONOUN));
}

// Is the form at word `i`, `words` long, used as a verb that reports?
static bool is_cue_here(const struct tokens *tokens, size_t i, size_t words,
                        const struct cue_word *cue)
{
    struct sv last = i > 0 ? token_at(tokens, i - 1) : SV(""), next = token_at(tokens, i + words);
    unsigned before = lexicon_classes(last);
    bool is_infinitive = sv_eq(last, SV("to")), has_that = sv_eq(next, SV("that"));

    if (words > 1 || before & AUX || (has_that && !cue->is_noun_alike))
        return true;
    if (is_infinitive)
        return has_that || is_quote(next);
    if ((before & (DET | PREP) || is_possessive(last)) && !(before & (PRONOUN | RELATIVE)))
        return false; // a noun, or "the alleged role"
    if (sv_eq(next, SV("of")) && cue->how != DOES)
        return false; // "claims of", "reports of"
    if (cue->how == THAT)
        return has_that || is_quote(next) || is_quote(last) || sv_eq(next, SV(":")) ||
               (sv_eq(next, SV(",")) && !cue->is_noun_alike);
    if (!cue->is_noun_alike || before & (PRONOUN | RELATIVE))
        return true;
    if (!is_content(tokens, i + words) || !last.len || !word_is_text(last, 0))
        return is_plural(last) && sv_eq(next, SV(","));
    return cue->is_finite || is_plural(last) ||
           (i > 1 && sv_eq(token_at(tokens, i - 2), SV("and")));
}

// The form with the auxiliaries and adverbs before it, and "that" behind: "has repeatedly said
// that".
static struct byte_span whole_cue(const struct tokens *tokens, size_t i, size_t words)
{
    size_t beg = i, end = i + words;

    while (beg > 0 &&
           (classes_at(tokens, beg - 1) & AUX || sv_ends(token_at(tokens, beg - 1), SV("ly")) ||
            sv_eq(token_at(tokens, beg - 1), SV("been")) ||
            sv_eq(token_at(tokens, beg - 1), SV("also"))))
        beg--;
    while (beg < i && !(classes_at(tokens, beg) & AUX))
        beg++; // adverbs alone stay outside
    if (sv_eq(token_at(tokens, end), SV("that")))
        end++;
    return (struct byte_span){ tokens->items[beg].beg, tokens->items[end - 1].end };
}

static size_t distance(struct byte_span a, struct byte_span b)
{
    return byte_spans_overlap(a, b) ? 0 : a.beg >= b.end ? a.beg - b.end : b.beg - a.end;
}

// Look for cues in `span`: outside the claim when `outside`, else overlapping it or anywhere.
static void look_in(struct tokens *tokens, struct byte_span span, struct byte_span claim,
                    bool outside, struct choice *choice)
{
    read_tokens(tokens, span);
    for (size_t i = 0; i < tokens->count; i++) {
        struct cue_word cue;
        size_t beg = tokens->items[i].beg, words = 0;

        if (!lexicon_cue_with(sv_sub(tokens->text, beg, span.end), tokens->own, &cue))
            continue;
        while (i + words < tokens->count && tokens->items[i + words].beg < beg + cue.len)
            words++;
        if (!is_cue_here(tokens, i, words, &cue))
            continue;

        struct byte_span whole = whole_cue(tokens, i, words);

        if (outside && byte_spans_overlap(whole, claim))
            whole = (struct byte_span){ beg, tokens->items[i + words - 1].end };
        if (outside && byte_spans_overlap(whole, claim))
            continue;
        if (distance(whole, claim) < choice->far)
            *choice = (struct choice){ whole, cue.act, distance(whole, claim) };
        i += words - 1;
    }
}

// The sentences that hold the claim, and the one before them in the paragraph (empty when none).
static bool find_sentences(const struct article *article, struct byte_span claim,
                           struct byte_span *here, struct byte_span *before)
{
    struct byte_span last;
    size_t end = claim.end > claim.beg ? claim.end - 1 : claim.beg;

    if (!unit_at(article, UNIT_SENTENCE, claim.beg, here))
        return false;
    if (unit_at(article, UNIT_SENTENCE, end, &last) && last.end > here->end)
        here->end = last.end;
    *before = (struct byte_span){ here->beg, here->beg };

    size_t prev = unit_prev(article, UNIT_SENTENCE, here->beg);

    if (prev < here->beg && prev >= article_line_beg(article, here->beg))
        (void)unit_at(article, UNIT_SENTENCE, prev, before);
    return true;
}

bool cue_propose(const struct article *article, struct byte_span claim, const struct cue_rows *own,
                 struct byte_span *cue, struct sv *act)
{
    struct tokens tokens = { .text = article_bytes(article), .own = own };
    struct choice choice = { .far = SIZE_MAX };
    struct byte_span here, before;

    if (!find_sentences(article, claim, &here, &before))
        return false;
    look_in(&tokens, here, claim, true, &choice);
    if (choice.far == SIZE_MAX)
        look_in(&tokens, here, claim, false, &choice);
    if (choice.far == SIZE_MAX)
        look_in(&tokens, before, claim, false, &choice);
    mem_free(tokens.items);
    if (choice.far == SIZE_MAX)
        return false;
    *cue = choice.span;
    *act = choice.act;
    return true;
}
