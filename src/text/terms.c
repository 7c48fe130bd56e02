// The terms of a passage.
// Knows nothing of weights: what a term is worth stands in relate.c.
#include "text/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/decode.h"
#include "text/number.h"
#include "text/token.h"

#define GRAM       4 // code points
#define NAME_WORDS 8 // of a name; what is behind is not compared
#define NAME_EXACT 4 // bytes: shorter names must stand as written ("IS", "UN")

enum seed { SEED_STEM = 1, SEED_NUMBER, SEED_SOURCE, SEED_GRAM };

struct term_name {
    uint64_t words[NAME_WORDS];
    size_t count;
    struct sv text;
    size_t who;
};

static void add(struct terms *out, struct term term)
{
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = term;
}

// ---- names -------------------------------------------------------------------------------------

static int compare_names(const void *a, const void *b)
{
    const struct term_name *x = a, *y = b;

    if (x->words[0] != y->words[0])
        return x->words[0] < y->words[0] ? -1 : 1;
    return (x->count < y->count) - (x->count > y->count); // the longer first
}

void term_names_make(const struct relate_name *names, size_t count, struct term_names *out)
{
    *out = (struct term_names){ .items = mem_new((count + 1) * sizeof(*out->items)) };
    for (size_t i = 0; i < count; i++) {
        struct term_name *name = &out->items[out->count];
        struct token token;
        size_t pos = 0;

        *name =
            (struct term_name){ .text = sv_copy(&out->arena, names[i].text), .who = names[i].who };
        while (name->count < NAME_WORDS && token_next(name->text, &pos, &token))
            name->words[name->count++] = token_hash(0, token.word, token.len);
        out->count += name->count > 0;
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), compare_names);
}

void term_names_release(struct term_names *names)
{
    arena_release(&names->arena);
    mem_free(names->items);
    *names = (struct term_names){ 0 };
}

// First of the names whose first word has this hash.
static size_t name_from(const struct term_names *names, uint64_t hash)
{
    size_t beg = 0, end = names->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (names->items[mid].words[0] < hash)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

// Does the text from `pos` on, where a token ended, go on with the rest of the name? Its end, or 0.
static size_t name_end(struct sv text, size_t pos, const struct term_name *name)
{
    struct token token = { .span = { pos, pos } };

    for (size_t i = 1; i < name->count; i++) {
        if (!token_next(text, &pos, &token) ||
            token_hash(0, token.word, token.len) != name->words[i])
            return 0;
    }
    return token.span.end;
}

static void add_name(struct sv text, const struct token *token, const struct term_names *names,
                     struct terms *out)
{
    uint64_t hash = token_hash(0, token->word, token->len);

    for (size_t i = name_from(names, hash); i < names->count && names->items[i].words[0] == hash;
         i++) {
        const struct term_name *name = &names->items[i];
        size_t end = name_end(text, token->span.end, name);
        struct byte_span span = { token->span.beg, end };

        if (!end || (name->text.len <= NAME_EXACT &&
                     !sv_starts(sv_sub(text, span.beg, text.len), name->text)))
            continue;
        add(out,
            (struct term){ token_hash(SEED_SOURCE, (const char *)&name->who, sizeof(name->who)),
                           TERM_SOURCE, token->is_capital, false, span });
        return;
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

void terms_add(struct sv text, struct byte_span span, const struct term_names *names,
               struct terms *out)
{
    struct sv passage = sv_sub(text, 0, span.end);
    struct number number;
    struct token token;
    size_t pos = span.beg, number_pos = span.beg;
    bool has_number = number_next(passage, &number_pos, &number);

    while (token_next(passage, &pos, &token)) {
        while (has_number && number.span.end <= token.span.beg)
            has_number = number_next(passage, &number_pos, &number);
        if (names->count)
            add_name(passage, &token, names, out);
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
