// Numbers that two articles give differently.
// Compares numbers of related sentences alone, so that the same word elsewhere raises no alarm.
#include "text/clash.h"

#include <math.h>
#include <stdlib.h>

#include "text/cluster.h"
#include "text/decode.h"
#include "text/relate_inner.h"
#include "text/token.h"

#define HEADS       3   // words behind a number
#define HEAD_TOKENS 6   // function words counted in
#define HEDGE       0.1 // what "about" may be off by

// A number of a sentence.
struct counted {
    struct number number;
    size_t passage;
};

// A word that a number counts.
struct head {
    uint64_t hash;
    struct byte_span span; // bytes of the text; empty: its kind stands for it
    size_t counted;        // index
};

struct numbers { // of one side
    struct counted *items;
    size_t count, cap;
    size_t *first; // items[first[i]] .. items[first[i + 1]]: of passage i
    struct head *heads;
    size_t head_count, head_cap;
};

// ---- heads --------------------------------------------------------------------------------------

static void add_head(struct numbers *out, uint64_t hash, struct byte_span span)
{
    MEM_GROW(out->heads, out->head_count, out->head_cap);
    out->heads[out->head_count++] = (struct head){ hash, span, out->count - 1 };
}

// Do signs that part clauses stand in text[beg, end)?
static bool is_parted(struct sv text, size_t beg, size_t end)
{
    for (size_t size; beg < end; beg += size) {
        int32_t cp = decode_at(text, beg, &size);

        if (!cp_is_blank(cp) && cp != '-' && cp != 0x2019 && cp != '\'' && cp != '"' &&
            cp != 0x201c && cp != '+')
            return true;
    }
    return false;
}

static void add_token(struct numbers *out, size_t from, struct token token)
{
    struct byte_span span = { from + token.span.beg, from + token.span.end };
    size_t len = token_stem(&token);

    add_head(out, token_hash(0, token.word, len), span);
}

// The last word before the number, for "killing six." and "kills six in".
static void add_head_before(struct sv passage, size_t from, size_t before, struct numbers *out)
{
    struct token token, last = { .len = 0 };
    size_t pos = 0, end = 0;

    while (token_next(passage, &pos, &token) && token.span.end <= before) {
        if (!token_is_common(&token)) {
            last = token;
            end = token.span.end;
        }
    }
    if (last.len && !last.is_digit && !is_parted(passage, end, before))
        add_token(out, from, last);
}

// "Six others" counts others; everywhere else the word says nothing.
static bool is_others(const struct token *token)
{
    return sv_eq(sv_of(token->word, token->len), SV("others"));
}

static void add_heads(struct sv passage, size_t from, const struct number *number,
                      struct numbers *out)
{
    struct token token;
    size_t pos = number->span.end, last = pos, found = 0;
    bool is_direct = false; // the first word behind it is one

    if (number->kind == NUMBER_PERCENT || number->kind == NUMBER_MONEY) {
        struct sv key = number->currency ? sv_from(number->currency) : SV("%");

        add_head(out, token_hash(1, key.ptr, key.len), (struct byte_span){ from, from });
        return;
    }
    for (int i = 0; i < HEAD_TOKENS && found < HEADS && token_next(passage, &pos, &token); i++) {
        if (is_parted(passage, last, token.span.beg) || token.is_digit)
            break;
        last = token.span.end;
        if (token_is_common(&token) && !is_others(&token)) {
            if (found)
                break; // what comes behind "six sailors of the" is not counted
            continue;
        }
        add_token(out, from, token);
        is_direct = is_direct || !i;
        found++;
    }
    if (!found || !is_direct)
        add_head_before(passage, from, number->from, out);
}

static bool is_comparable(const struct number *number)
{
    return number->kind == NUMBER_COUNT || number->kind == NUMBER_PERCENT ||
           number->kind == NUMBER_MONEY;
}

static void collect(const struct side *side, struct numbers *out)
{
    out->first = mem_new((side->count + 1) * sizeof(*out->first));
    for (size_t i = 0; i < side->count; i++) {
        struct sv passage = article_sub(side->article, side->passages[i]);
        struct number number;
        size_t pos = 0;

        out->first[i] = out->count;
        while (number_next(passage, &pos, &number)) {
            MEM_GROW(out->items, out->count, out->cap);
            out->items[out->count++] = (struct counted){ number, i };
            if (is_comparable(&number))
                add_heads(passage, side->passages[i].beg, &number, out);
        }
    }
    out->first[side->count] = out->count;
}

// ---- comparing ----------------------------------------------------------------------------------

// The values that a number may stand for.
static void limits_of(const struct number *number, double *low, double *high)
{
    *low = number->low;
    *high = number->high;
    switch (number->bound) {
    case NUMBER_EXACT:
        break;
    case NUMBER_ABOUT:
        *low *= 1 - HEDGE;
        *high *= 1 + HEDGE;
        break;
    case NUMBER_LEAST:
        *high = HUGE_VAL;
        break;
    case NUMBER_MOST:
        *low = 0;
        break;
    }
}

static bool fit(const struct number *a, const struct number *b)
{
    double low, high, other_low, other_high;

    if (a->bound == b->bound &&
        a->bound != NUMBER_EXACT) // "at least 4", "at least 16": told otherwise
        return a->low <= b->high * (1 + HEDGE) && b->low <= a->high * (1 + HEDGE);
    limits_of(a, &low, &high);
    limits_of(b, &other_low, &other_high);
    return low <= other_high && other_low <= high;
}

// Does a number of the passage fit, of whatever kind?
static bool stands_in(const struct numbers *numbers, size_t passage, const struct number *number)
{
    for (size_t i = numbers->first[passage]; i < numbers->first[passage + 1]; i++) {
        if (fit(&numbers->items[i].number, number))
            return true;
    }
    return false;
}

static struct clash_end end_of(const struct side *side, const struct counted *counted,
                               const struct head *head)
{
    struct byte_span passage = side->passages[counted->passage];

    return (struct clash_end){ .passage = passage,
                               .span = { passage.beg + counted->number.from,
                                         passage.beg + counted->number.span.end },
                               .head = head->span,
                               .number = counted->number };
}

static void compare(const struct relate *r, const struct numbers *mine,
                    const struct numbers *theirs, const struct head *x, const struct head *y,
                    struct clashes *out)
{
    const struct counted *a = &mine->items[x->counted], *b = &theirs->items[y->counted];
    double score;

    if (a->number.kind != b->number.kind || stands_in(theirs, b->passage, &a->number) ||
        stands_in(mine, a->passage, &b->number))
        return;
    score = vector_product(&r->sides[0].vectors[a->passage], &r->sides[1].vectors[b->passage]);
    if (score < RELATE_FLOOR)
        return;
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = (struct clash){
        .ends = { end_of(&r->sides[0], a, x), end_of(&r->sides[1], b, y) },
        .score = score,
    };
}

static int compare_heads(const void *a, const void *b)
{
    const struct head *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->counted > y->counted) - (x->counted < y->counted);
}

static void sort_heads(struct numbers *numbers)
{
    if (numbers->head_count)
        qsort(numbers->heads, numbers->head_count, sizeof(*numbers->heads), compare_heads);
}

static int compare_clashes(const void *a, const void *b)
{
    const struct clash *x = a, *y = b;

    for (int i = 0; i < 2; i++) {
        if (x->ends[i].span.beg != y->ends[i].span.beg)
            return x->ends[i].span.beg < y->ends[i].span.beg ? -1 : 1;
    }
    return (x->ends[0].head.beg > y->ends[0].head.beg) -
           (x->ends[0].head.beg < y->ends[0].head.beg);
}

// Each pair of numbers once, though they may share several words.
static void keep_one(struct clashes *found)
{
    size_t kept = 0;

    if (found->count)
        qsort(found->items, found->count, sizeof(*found->items), compare_clashes);
    for (size_t i = 0; i < found->count; i++) {
        const struct clash *last = kept ? &found->items[kept - 1] : NULL;

        if (!last || last->ends[0].span.beg != found->items[i].ends[0].span.beg ||
            last->ends[1].span.beg != found->items[i].ends[1].span.beg)
            found->items[kept++] = found->items[i];
    }
    found->count = kept;
}

struct clash_search {
    const struct relate *relate;
    int collected; // sides
    struct numbers numbers[2];
};

struct clash_search *clash_search_new(const struct relate *relate)
{
    struct clash_search *search = mem_new(sizeof(*search));

    search->relate = relate;
    return search;
}

static void numbers_release(struct numbers *numbers)
{
    mem_free(numbers->items);
    mem_free(numbers->first);
    mem_free(numbers->heads);
}

void clash_search_free(struct clash_search *search)
{
    if (!search)
        return;
    numbers_release(&search->numbers[0]);
    numbers_release(&search->numbers[1]);
    mem_free(search);
}

// Compare the numbers of both sides that share a word.
static void compare_all(const struct clash_search *search, struct clashes *out)
{
    const struct numbers *mine = &search->numbers[0], *theirs = &search->numbers[1];
    size_t pairs = 0;

    for (size_t i = 0, from = 0; i < mine->head_count; i++) {
        while (from < theirs->head_count && theirs->heads[from].hash < mine->heads[i].hash)
            from++;
        for (size_t j = from; j < theirs->head_count && pairs < CLASH_PAIRS &&
                              theirs->heads[j].hash == mine->heads[i].hash;
             j++, pairs++)
            compare(search->relate, mine, theirs, &mine->heads[i], &theirs->heads[j], out);
    }
    keep_one(out);
}

bool clash_search_go_on(struct clash_search *search, struct clashes *out)
{
    int side = search->collected;

    if (side == 2) {
        compare_all(search, out);
        return true;
    }
    collect(&search->relate->sides[side], &search->numbers[side]);
    sort_heads(&search->numbers[side]);
    search->collected++;
    return false;
}

void clashes_find(const struct relate *relate, struct clashes *out)
{
    struct clash_search *search = clash_search_new(relate);

    *out = (struct clashes){ 0 };
    while (!clash_search_go_on(search, out))
        ;
    clash_search_free(search);
}

void clashes_release(struct clashes *clashes)
{
    mem_free(clashes->items);
    *clashes = (struct clashes){ 0 };
}
