// The terms of a passage.
// Knows nothing of weights: what a term is worth stands in relate.c.
#include "text/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/decode.h"
#include "text/number.h"
#include "text/token.h"

#define GRAM 4 // code points

enum seed { SEED_STEM = 1, SEED_NUMBER, SEED_SOURCE, SEED_GRAM };

static void add(struct terms *out, struct term term)
{
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = term;
}

// ---- names -------------------------------------------------------------------------------------

// Names from a place on, one after another.
struct naming {
    const struct alias_set *names;
    struct sv text;
    size_t end; // names end at or before it
    struct alias_hit hit;
    bool has_hit;
};

static void find_name(struct naming *naming, size_t from)
{
    naming->has_hit = naming->names &&
                      alias_set_next(naming->names, naming->text, from, naming->end, &naming->hit);
}

// The names that begin at or before the token.
static void add_names(struct naming *naming, const struct token *token, struct terms *out)
{
    while (naming->has_hit && naming->hit.span.beg <= token->span.beg) {
        const struct alias_hit *hit = &naming->hit;

        if (!hit->is_ambiguous)
            add(out, (struct term){
                         token_hash(SEED_SOURCE, (const char *)&hit->owner, sizeof(hit->owner)),
                         TERM_SOURCE, token->is_capital, false, hit->span });
        find_name(naming, hit->span.end);
    }
}

// ---- words -------------------------------------------------------------------------------------

static void add_grams(const struct token *token, struct terms *out)
{
    char padded[TOKEN_MAX + 2] = " ";
    size_t starts[TOKEN_MAX + 3], count = 0;
    struct sv word = sv_of(padded, token->len + 2);

    padded[token->len + 1] = ' ';
    memcpy(padded + 1, token->word, token->len);
    for (size_t pos = 0; pos < word.len; pos += decode_size(word, pos))
        starts[count++] = pos;
    starts[count] = word.len;
    for (size_t i = 0; i + GRAM <= count; i++)
        add(out,
            (struct term){ token_hash(SEED_GRAM, padded + starts[i], starts[i + GRAM] - starts[i]),
                           TERM_GRAM, token->is_capital, false, token->span });
}

static void add_word(const struct token *token, struct terms *out)
{
    struct token stemmed = *token;
    size_t len;

    if (token_is_common(token))
        return;
    len = token_stem(&stemmed);
    add(out, (struct term){ token_hash(SEED_STEM, stemmed.word, len), TERM_STEM, token->is_capital,
                            false, token->span });
    add_grams(token, out);
}

static void add_number(const struct number *number, struct terms *out)
{
    char key[sizeof(double) * 2 + 1];

    memcpy(key, &number->low, sizeof(double));
    memcpy(key + sizeof(double), &number->high, sizeof(double));
    key[sizeof(double) * 2] = (char)number->kind;
    add(out, (struct term){ token_hash(SEED_NUMBER, key, sizeof(key)), TERM_NUMBER, false, false,
                            number->span });
}

void terms_add(struct sv text, struct byte_span span, const struct alias_set *names,
               struct terms *out)
{
    struct naming naming = { .names = names, .text = text, .end = span.end };
    struct sv passage = sv_sub(text, 0, span.end);
    struct number number;
    struct token token;
    size_t pos = span.beg, number_pos = span.beg;
    bool has_number = number_next(passage, &number_pos, &number);

    find_name(&naming, span.beg);
    while (token_next(passage, &pos, &token)) {
        while (has_number && number.span.end <= token.span.beg)
            has_number = number_next(passage, &number_pos, &number);
        add_names(&naming, &token, out);
        if (has_number && token.span.beg < number.span.end && token.span.end > number.span.beg) {
            add_number(&number, out);
            pos = number.span.end > pos ? number.span.end : pos;
            continue;
        }
        add_word(&token, out);
    }
}

void terms_release(struct terms *terms)
{
    mem_free(terms->items);
    *terms = (struct terms){ 0 };
}
