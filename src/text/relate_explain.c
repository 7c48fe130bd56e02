// Why a passage is related: each shared term with its part in the score. Declared in text/relate.h.
// Adds up to the score that relate_rank gave, and to nothing else.
#include "text/relate_inner.h"

#include <stdlib.h>

static const char *const reason_names[] = {
    [REASON_WORD] = "word",     [REASON_NAME] = "name",         [REASON_NUMBER] = "number",
    [REASON_SOURCE] = "source", [REASON_SPELLING] = "spelling", [REASON_QUOTATION] = "quotation",
    [REASON_HINT] = "topic",
};

const char *reason_name(enum reason_kind kind)
{
    return reason_names[kind];
}

static enum reason_kind kind_of(const struct term *here, const struct term *there)
{
    switch (here->kind) {
    case TERM_NUMBER:
        return REASON_NUMBER;
    case TERM_SOURCE:
        return REASON_SOURCE;
    case TERM_GRAM:
        return REASON_SPELLING;
    case TERM_STEM:
        break;
    }
    return here->is_capital && there->is_capital ? REASON_NAME : REASON_WORD;
}

struct reasons {
    struct reason *items;
    size_t count, cap;
};

// A reason that has this word here; with `there` if one has both.
static struct reason *reason_of(struct reasons *reasons, const struct term *here,
                                const struct term *there)
{
    struct reason *found = NULL;

    for (size_t i = 0; i < reasons->count; i++) {
        struct reason *reason = &reasons->items[i];

        if (reason->here.beg != here->span.beg || reason->kind == REASON_SOURCE)
            continue;
        if (reason->there.beg == there->span.beg)
            return reason;
        if (!found && reason->kind != REASON_SPELLING)
            found = reason;
    }
    return found;
}

static void add_share(struct reasons *reasons, const struct term *here, const struct term *there,
                      double share)
{
    struct reason *reason = here->kind == TERM_GRAM ? reason_of(reasons, here, there) : NULL;

    if (reason) {
        reason->share += share;
        return;
    }
    MEM_GROW(reasons->items, reasons->count, reasons->cap);
    reasons->items[reasons->count++] =
        (struct reason){ kind_of(here, there), here->span, there->span, share };
}

static float weight_of(const struct relate *r, const struct vector *vector, uint64_t hash)
{
    const struct entry *entry = relate_slot(r, hash);
    size_t beg = 0, end = vector->count;

    if (!entry->hash)
        return 0;
    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (vector->items[mid].id < entry->id)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg < vector->count && vector->items[beg].id == entry->id ? vector->items[beg].value : 0;
}

static int compare_terms(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    bool is_gram = x->kind == TERM_GRAM, is_their_gram = y->kind == TERM_GRAM;

    if (is_gram != is_their_gram)
        return is_gram ? 1 : -1; // letters last: they go to the words that are shared
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->is_context != y->is_context)
        return x->is_context ? 1 : -1;
    return (x->span.beg > y->span.beg) - (x->span.beg < y->span.beg);
}

// A term that stands in both, where it stands first.
static void explain_term(const struct relate *r, const struct vector *mine,
                         const struct vector *theirs, const struct terms *here,
                         const struct terms *there, size_t i, size_t j, struct reasons *reasons)
{
    uint64_t hash = here->items[i].hash;
    double share = (double)weight_of(r, mine, hash) * (double)weight_of(r, theirs, hash);
    size_t at = i;

    // letters of several words: of one that is shared, if there is one
    for (; here->items[i].kind == TERM_GRAM && at < here->count && here->items[at].hash == hash;
         at++) {
        if (reason_of(reasons, &here->items[at], &there->items[j]))
            break;
    }
    if (at == here->count || here->items[at].hash != hash)
        at = i;
    add_share(reasons, &here->items[at], &there->items[j], share);
}

static void explain_terms(const struct relate *r, const struct vector *mine,
                          const struct vector *theirs, struct terms *here, struct terms *there,
                          struct reasons *reasons)
{
    size_t i = 0, j = 0;

    if (!here->count || !there->count)
        return;
    qsort(here->items, here->count, sizeof(*here->items), compare_terms);
    qsort(there->items, there->count, sizeof(*there->items), compare_terms);
    while (i < here->count && j < there->count) {
        bool is_gram = here->items[i].kind == TERM_GRAM;
        bool is_their_gram = there->items[j].kind == TERM_GRAM;
        uint64_t x = here->items[i].hash, y = there->items[j].hash;

        if (is_gram == is_their_gram && x == y)
            explain_term(r, mine, theirs, here, there, i, j, reasons);
        if (is_gram < is_their_gram || (is_gram == is_their_gram && x <= y)) {
            for (i++; i < here->count && here->items[i].hash == x;)
                i++;
        }
        if (is_their_gram < is_gram || (is_gram == is_their_gram && y <= x)) {
            for (j++; j < there->count && there->items[j].hash == y;)
                j++;
        }
    }
}

static int compare_reasons(const void *a, const void *b)
{
    const struct reason *x = a, *y = b;

    if (x->share != y->share)
        return x->share < y->share ? 1 : -1;
    return (x->here.beg > y->here.beg) - (x->here.beg < y->here.beg);
}

// What closed part of the rest to 1, in the order in which relate_rank does it.
static void explain_lifts(const struct relate *r, int side, struct byte_span query,
                          const struct relate_hint *hints, size_t hint_count,
                          struct byte_span passage, double score, struct reasons *reasons)
{
    for (size_t i = 0; i < r->quoted.count; i++) {
        const struct quoted_alike *quoted = &r->quoted.items[i];

        if (!byte_spans_overlap(quoted->shared[side], query) ||
            !byte_spans_overlap(quoted->shared[!side], passage))
            continue;
        MEM_GROW(reasons->items, reasons->count, reasons->cap);
        reasons->items[reasons->count++] =
            (struct reason){ REASON_QUOTATION, quoted->shared[side], quoted->shared[!side],
                             (1 - score) * QUOTATION_WEIGHT };
        score += (1 - score) * QUOTATION_WEIGHT;
    }
    for (size_t i = 0; i < hint_count; i++) {
        if (!byte_spans_overlap(hints[i].there, passage))
            continue;
        MEM_GROW(reasons->items, reasons->count, reasons->cap);
        reasons->items[reasons->count++] = (struct reason){
            .kind = REASON_HINT, .there = hints[i].there, .share = (1 - score) * hints[i].weight
        };
        score += (1 - score) * hints[i].weight;
    }
}

size_t relate_explain(const struct relate *relate, int side, struct byte_span query,
                      const struct relate_hint *hints, size_t hint_count,
                      const struct related *related, struct reason *out, size_t max)
{
    const struct article *theirs = relate->sides[!side].article;
    struct terms here = { 0 }, there = { 0 };
    struct reasons reasons = { 0 };
    const struct vector *b = relate_passage_vector(&relate->sides[!side], related->passage);
    struct vector a;
    size_t count;

    relate_weigh_query(relate, side, query, &a);
    relate_query_terms(relate, side, query, &here);
    terms_add(article_bytes(theirs), related->passage, relate->names, &there);
    explain_terms(relate, &a, b, &here, &there, &reasons);
    explain_lifts(relate, side, query, hints, hint_count, related->passage, vector_product(&a, b),
                  &reasons);
    if (reasons.count)
        qsort(reasons.items, reasons.count, sizeof(*reasons.items), compare_reasons);
    count = reasons.count < max ? reasons.count : max;
    for (size_t i = 0; i < count; i++)
        out[i] = reasons.items[i];
    mem_free(a.items);
    terms_release(&here);
    terms_release(&there);
    mem_free(reasons.items);
    return count;
}
