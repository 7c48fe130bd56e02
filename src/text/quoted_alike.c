// What two articles quote alike.
// Never takes words outside quotation marks into account.
#include "text/quoted_alike.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "text/quotation.h"
#include "text/token.h"

// A word inside quotation marks.
struct quoted_word {
    uint64_t hash;
    struct byte_span span;
    size_t quotation; // index
};

struct quoted { // of one article
    struct quoted_word *words;
    size_t count, cap;
    struct byte_span *quotations;
    size_t *first; // words[first[i]] is the first of quotations[i]; one more at the end
    size_t quotation_count, quotation_cap, first_cap;
};

// Five words in a row, by their place in `words`.
struct shingle {
    uint64_t hash;
    size_t at;
};

static void add_words(struct sv text, struct byte_span inner, struct quoted *out)
{
    struct sv quotation = sv_sub(text, inner.beg, inner.end);
    struct token token;
    size_t pos = 0;

    while (token_next(quotation, &pos, &token)) {
        MEM_GROW(out->words, out->count, out->cap);
        out->words[out->count++] = (struct quoted_word){
            .hash = token_hash(0, token.word, token.len),
            .span = { inner.beg + token.span.beg, inner.beg + token.span.end },
            .quotation = out->quotation_count,
        };
    }
}

static void add_first(struct quoted *out)
{
    MEM_GROW(out->first, out->quotation_count, out->first_cap);
    out->first[out->quotation_count] = out->count;
}

static void collect(const struct article *article, size_t limit, struct quoted *out)
{
    struct sv text = article_bytes(article);
    struct byte_span inner, outer;

    for (size_t beg = 0; beg < text.len && beg < limit; beg = article_line_next(article, beg)) {
        struct quotations walk = { .line = sv_sub(text, beg, article_line_end(article, beg)) };
        size_t from = 0;

        while (quotation_next(&walk, from, &inner, &outer)) {
            from = outer.end > from ? outer.end : from + 1;
            MEM_GROW(out->quotations, out->quotation_count, out->quotation_cap);
            add_first(out);
            inner = (struct byte_span){ beg + inner.beg, beg + inner.end };
            out->quotations[out->quotation_count] = inner;
            add_words(text, inner, out);
            out->quotation_count++;
        }
    }
    add_first(out);
}

static int compare_shingles(const void *a, const void *b)
{
    const struct shingle *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static size_t make_shingles(const struct quoted *quoted, struct shingle *out)
{
    size_t count = 0;

    for (size_t i = 0; i + QUOTED_ALIKE_LEAST <= quoted->count; i++) {
        uint64_t hash = 0;

        if (quoted->words[i].quotation != quoted->words[i + QUOTED_ALIKE_LEAST - 1].quotation)
            continue;
        for (size_t j = 0; j < QUOTED_ALIKE_LEAST; j++)
            hash = (hash ^ quoted->words[i + j].hash) * 0x9e3779b97f4a7c15u;
        out[count++] = (struct shingle){ hash, i };
    }
    return count;
}

// Do the same words stand before a[i] and b[j] too, inside their quotations? Then the run began
// earlier.
static bool is_inside_run(const struct quoted *a, size_t i, const struct quoted *b, size_t j)
{
    return i > a->first[a->words[i].quotation] && j > b->first[b->words[j].quotation] &&
           a->words[i - 1].hash == b->words[j - 1].hash;
}

// How many words from a[i] and b[j] on are the same, inside their quotations.
static size_t run_length(const struct quoted *a, size_t i, const struct quoted *b, size_t j)
{
    size_t end_a = a->first[a->words[i].quotation + 1];
    size_t end_b = b->first[b->words[j].quotation + 1], len = 0;

    while (i + len < end_a && j + len < end_b && a->words[i + len].hash == b->words[j + len].hash)
        len++;
    return len;
}

static void add_run(const struct quoted *a, size_t i, const struct quoted *b, size_t j,
                    size_t words, struct quoted_alikes *out)
{
    size_t qa = a->words[i].quotation, qb = b->words[j].quotation;
    struct quoted_alike alike = {
        .quotation = { a->quotations[qa], b->quotations[qb] },
        .shared = { { a->words[i].span.beg, a->words[i + words - 1].span.end },
                    { b->words[j].span.beg, b->words[j + words - 1].span.end } },
        .words = { a->first[qa + 1] - a->first[qa], b->first[qb + 1] - b->first[qb] },
        .shared_words = words,
    };

    alike.is_same = alike.words[0] == words && alike.words[1] == words;
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = alike;
}

// By the two quotations, the longest run first.
static int compare_found(const void *a, const void *b)
{
    const struct quoted_alike *x = a, *y = b;

    for (int i = 0; i < 2; i++) {
        if (x->quotation[i].beg != y->quotation[i].beg)
            return x->quotation[i].beg < y->quotation[i].beg ? -1 : 1;
    }
    if (x->shared_words != y->shared_words)
        return x->shared_words > y->shared_words ? -1 : 1;
    return (x->shared[0].beg > y->shared[0].beg) - (x->shared[0].beg < y->shared[0].beg);
}

// Of each two quotations the longest run alone.
static void keep_longest(struct quoted_alikes *found)
{
    size_t kept = 0;

    if (found->count)
        qsort(found->items, found->count, sizeof(*found->items), compare_found);
    for (size_t i = 0; i < found->count; i++) {
        const struct quoted_alike *last = kept ? &found->items[kept - 1] : NULL;

        if (!last || last->quotation[0].beg != found->items[i].quotation[0].beg ||
            last->quotation[1].beg != found->items[i].quotation[1].beg)
            found->items[kept++] = found->items[i];
    }
    found->count = kept;
}

// A refrain of the same five words would make each meet each.
#define MEETINGS_MOST 64

static void match(const struct quoted *a, const struct quoted *b, struct quoted_alikes *out)
{
    struct shingle *mine = mem_new((a->count + 1) * sizeof(*mine));
    struct shingle *theirs = mem_new((b->count + 1) * sizeof(*theirs));
    size_t count = make_shingles(a, mine), their_count = make_shingles(b, theirs), j = 0;

    if (count)
        qsort(mine, count, sizeof(*mine), compare_shingles);
    if (their_count)
        qsort(theirs, their_count, sizeof(*theirs), compare_shingles);
    for (size_t i = 0; i < count; i++) {
        while (j < their_count && theirs[j].hash < mine[i].hash)
            j++;
        for (size_t k = j;
             k < their_count && k < j + MEETINGS_MOST && theirs[k].hash == mine[i].hash; k++) {
            size_t words;

            if (is_inside_run(a, mine[i].at, b, theirs[k].at))
                continue;
            words = run_length(a, mine[i].at, b, theirs[k].at);
            if (words >= QUOTED_ALIKE_LEAST)
                add_run(a, mine[i].at, b, theirs[k].at, words, out);
        }
    }
    mem_free(mine);
    mem_free(theirs);
}

static void quoted_release(struct quoted *quoted)
{
    mem_free(quoted->words);
    mem_free(quoted->quotations);
    mem_free(quoted->first);
}

void quoted_alike_find(const struct article *a, const struct article *b, size_t limit,
                       struct quoted_alikes *out)
{
    struct quoted mine = { 0 }, theirs = { 0 };

    *out = (struct quoted_alikes){ 0 };
    collect(a, limit, &mine);
    collect(b, limit, &theirs);
    match(&mine, &theirs, out);
    keep_longest(out);
    quoted_release(&mine);
    quoted_release(&theirs);
}

void quoted_alikes_release(struct quoted_alikes *found)
{
    mem_free(found->items);
    *found = (struct quoted_alikes){ 0 };
}
