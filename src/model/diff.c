// What differs between two versions of a list of records.
// Weighs nothing: a field is the same or it is not.
#include "model/diff.h"

#include <stdlib.h>

#include "model/index.h"
#include "model/layer.h"

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

// Fields that differ; by_place: but for those that say nothing of the text.
static void diff_fields(enum kind_id kind, const void *old, const void *new, bool by_place,
                        void (*each)(void *ctx, const struct record_change *change), void *ctx)
{
    struct record_change change = { .kind = kind, .old = old, .new = new };

    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *field = &kind_get(kind)->fields[i];

        if (by_place && (field->type == FIELD_TIME || i == 0))
            continue;
        change.field = field;
        if (!field_eq(old, new, field))
            each(ctx, &change);
    }
    change.field = kind_get(kind)->fields;
    if (!by_place && !extras_eq(kind, old, new))
        each(ctx, &change);
}

static struct id_index *index_of(struct rec_list list)
{
    struct id_index *index = NULL;

    for (size_t i = 0; i < list.count; i++)
        id_index_put(&index, list.items[i]);
    return index;
}

void diff_records(enum kind_id kind, struct rec_list old, struct rec_list new,
                  void (*each)(void *ctx, const struct record_change *change), void *ctx)
{
    struct id_index *old_index = index_of(old), *new_index = index_of(new);

    for (size_t i = 0; i < new.count; i++) {
        const void *was = id_index_find(old_index, id_of(new.items[i]));
        struct record_change added = { .kind = kind, .new = new.items[i] };

        if (was)
            diff_fields(kind, was, new.items[i], false, each, ctx);
        else
            each(ctx, &added);
    }
    for (size_t i = 0; i < old.count; i++) {
        struct record_change gone = { .kind = kind, .old = old.items[i] };

        if (!id_index_find(new_index, id_of(old.items[i])))
            each(ctx, &gone);
    }
    id_index_free(old_index);
    id_index_free(new_index);
}

// Code points of all parts, and of those that both claims have. Parts are sorted.
static size_t cover(const struct claim *claim)
{
    size_t sum = 0;

    for (size_t i = 0; i < claim->span.count; i++) {
        struct cp_span at = ((const struct part *)claim->span.items[i])->at;

        sum += at.end - at.beg;
    }
    return sum;
}

static size_t overlap(const struct claim *a, const struct claim *b)
{
    size_t sum = 0;

    for (size_t i = 0; i < a->span.count; i++)
        for (size_t j = 0; j < b->span.count; j++) {
            struct cp_span x = ((const struct part *)a->span.items[i])->at;
            struct cp_span y = ((const struct part *)b->span.items[j])->at;
            size_t beg = x.beg > y.beg ? x.beg : y.beg, end = x.end < y.end ? x.end : y.end;

            sum += beg < end ? end - beg : 0;
        }
    return sum;
}

struct pair {
    size_t old, new;
    size_t both, either; // code points
};

// The larger share first, then in the order of the text.
static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    size_t left = x->both * y->either, right = y->both * x->either;

    if (left != right)
        return left > right ? -1 : 1;
    if (x->new != y->new)
        return x->new < y->new ? -1 : 1;
    return (x->old > y->old) - (x->old < y->old);
}

static struct pair *find_pairs(struct rec_list old, struct rec_list new, size_t *count)
{
    struct pair *pairs = NULL;
    size_t cap = 0;

    *count = 0;
    for (size_t i = 0; i < new.count; i++) {
        const struct claim *claim = new.items[i];

        for (size_t j = 0; j < old.count; j++) {
            size_t both = overlap(claim, old.items[j]);
            size_t either = cover(claim) + cover(old.items[j]) - both;

            if (!both || 2 * both < either)
                continue;
            MEM_GROW(pairs, *count, cap);
            pairs[(*count)++] = (struct pair){ j, i, both, either };
        }
    }
    if (*count)
        qsort(pairs, *count, sizeof(*pairs), compare_pairs);
    return pairs;
}

void diff_claims_by_place(struct arena *arena, struct rec_list old, struct rec_list new,
                          void (*each)(void *ctx, const struct record_change *change), void *ctx)
{
    const void **partner = arena_new(arena, (new.count + 1) * sizeof(*partner));
    bool *is_taken = arena_new(arena, (old.count + 1) * sizeof(*is_taken));
    size_t count;
    struct pair *pairs = find_pairs(old, new, &count);

    for (size_t i = 0; i < count; i++) {
        if (partner[pairs[i].new] || is_taken[pairs[i].old])
            continue;
        partner[pairs[i].new] = old.items[pairs[i].old];
        is_taken[pairs[i].old] = true;
    }
    for (size_t i = 0; i < new.count; i++) {
        struct record_change added = { .kind = KIND_CLAIM, .new = new.items[i] };

        if (partner[i])
            diff_fields(KIND_CLAIM, partner[i], new.items[i], true, each, ctx);
        else
            each(ctx, &added);
    }
    for (size_t i = 0; i < old.count; i++) {
        struct record_change gone = { .kind = KIND_CLAIM, .old = old.items[i] };

        if (!is_taken[i])
            each(ctx, &gone);
    }
    mem_free(pairs);
}
