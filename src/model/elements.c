// Merging the maps of a list three ways, element by element. Declared in model/elements.h.
// Never guesses which element is which: what is not clear is said to be, and the caller takes the
// list as one value.
#include "model/elements.h"

#include <stdlib.h>

#include "base/bug.h"

#define KEYS          2    // that tell the elements of a list apart
#define ELEMENTS_MOST 1000 // of a list; a longer one is no list that people keep

static const struct {
    enum kind_id kind;
    const char *keys[KEYS];
} identities[] = {
    { KIND_PART, { "at" } },
    { KIND_VOICE, { "source", "act" } },
    { KIND_VALUE, { "what" } },
};

// The keys of a kind; returns how many. Those of a kind that is not named are its first field, the
// id.
static size_t keys_of(enum kind_id kind, const struct field *keys[KEYS])
{
    size_t count = 0;

    for (size_t i = 0; i < ARRAY_LEN(identities); i++)
        for (size_t k = 0; identities[i].kind == kind && k < KEYS && identities[i].keys[k]; k++)
            keys[count++] = kind_find(kind_get(kind), sv_from(identities[i].keys[k]));
    if (!count)
        keys[count++] = kind_get(kind)->fields;
    return count;
}

static int compare_keys(const void *a, const void *b, const struct field *key)
{
    const void *x = field_get(a, key), *y = field_get(b, key);

    if (field_storage(key) == STORAGE_SV)
        return sv_cmp(*(const struct sv *)x, *(const struct sv *)y);
    BUG_ON(field_storage(key) != STORAGE_SPAN);

    const struct cp_span *s = x, *t = y;

    if (s->beg != t->beg)
        return s->beg < t->beg ? -1 : 1;
    return (s->end > t->end) - (s->end < t->end);
}

static int compare(enum kind_id kind, const void *a, const void *b)
{
    const struct field *keys[KEYS];
    size_t count = keys_of(kind, keys);
    int cmp = 0;

    for (size_t i = 0; i < count && !cmp; i++)
        cmp = compare_keys(a, b, keys[i]);
    return cmp;
}

static const void *find(enum kind_id kind, struct rec_list list, const void *like)
{
    for (size_t i = 0; i < list.count; i++)
        if (!compare(kind, list.items[i], like))
            return list.items[i];
    return NULL;
}

// Is each element there once? Parts stand in the order of the text besides, so that new ones have a
// place.
static bool is_clear(enum kind_id kind, struct rec_list list)
{
    for (size_t i = 0; i < list.count; i++) {
        if (find(kind, list, list.items[i]) != list.items[i])
            return false;
        if (kind == KIND_PART && i && compare(kind, list.items[i - 1], list.items[i]) > 0)
            return false;
    }
    return true;
}

// Do the elements that all three versions have stand in `a` as they stand in `b`?
static bool is_order_same(enum kind_id kind, struct rec_list a, struct rec_list b,
                          struct rec_list third)
{
    size_t at = 0;

    for (size_t i = 0; i < a.count; i++) {
        if (!find(kind, b, a.items[i]) || !find(kind, third, a.items[i]))
            continue;
        while (at < b.count && (!find(kind, a, b.items[at]) || !find(kind, third, b.items[at])))
            at++;
        if (at == b.count || compare(kind, a.items[i], b.items[at++]))
            return false;
    }
    return true;
}

static void note_conflict(void *ctx, const struct field *field)
{
    (void)field;
    *(bool *)ctx = true;
}

struct elements {
    struct arena *arena;
    enum kind_id kind;
    struct rec_list base, ours, theirs;
    const void **items; // of the result
    size_t count;
};

// One element, at least one side has it. false: it is in conflict.
static bool add_one(struct elements *e, const void *like)
{
    const void *base = find(e->kind, e->base, like);
    const void *ours = find(e->kind, e->ours, like), *theirs = find(e->kind, e->theirs, like);
    bool is_conflict = false;

    if (!ours || !theirs) {
        const void *only = ours ? ours : theirs;

        if (base) // taken out on one side
            return record_eq(e->kind, base, only);
        e->items[e->count++] = only;
        return true;
    }
    if (!base) { // both added it: what one of them leaves open comes from the other
        void *bare = arena_new(e->arena, kind_get(e->kind)->size);
        const struct field *keys[KEYS];

        for (size_t i = keys_of(e->kind, keys); i > 0; i--)
            field_take(bare, ours, keys[i - 1]);
        base = bare;
    }
    e->items[e->count++] =
        record_merge(e->arena, e->kind, base, ours, theirs, note_conflict, &is_conflict);
    return !is_conflict;
}

// Has the list an element that neither of the others has?
static bool has_own(enum kind_id kind, struct rec_list list, struct rec_list base,
                    struct rec_list other)
{
    for (size_t i = 0; i < list.count; i++)
        if (!find(kind, base, list.items[i]) && !find(kind, other, list.items[i]))
            return true;
    return false;
}

// Did both sides take an element out, each putting another in its place?
static bool is_replaced_twice(const struct elements *e)
{
    bool is_gone = false;

    for (size_t i = 0; i < e->base.count; i++)
        is_gone = is_gone || (!find(e->kind, e->ours, e->base.items[i]) &&
                              !find(e->kind, e->theirs, e->base.items[i]));
    return is_gone && has_own(e->kind, e->ours, e->base, e->theirs) &&
           has_own(e->kind, e->theirs, e->base, e->ours);
}

// The elements of the base, in the order that one of the sides gave them.
static bool add_kept(struct elements *e, bool is_order_theirs)
{
    struct rec_list first = is_order_theirs ? e->theirs : e->ours;
    struct rec_list second = is_order_theirs ? e->ours : e->theirs;
    bool ok = true;

    for (size_t i = 0; ok && i < first.count; i++)
        if (find(e->kind, e->base, first.items[i]))
            ok = add_one(e, first.items[i]);
    for (size_t i = 0; ok && i < second.count; i++)
        if (find(e->kind, e->base, second.items[i]) && !find(e->kind, first, second.items[i]))
            ok = add_one(e, second.items[i]);
    return ok;
}

static bool add_new(struct elements *e)
{
    bool ok = true;

    for (size_t i = 0; ok && i < e->ours.count; i++)
        if (!find(e->kind, e->base, e->ours.items[i]))
            ok = add_one(e, e->ours.items[i]);
    for (size_t i = 0; ok && i < e->theirs.count; i++)
        if (!find(e->kind, e->base, e->theirs.items[i]) &&
            !find(e->kind, e->ours, e->theirs.items[i]))
            ok = add_one(e, e->theirs.items[i]);
    return ok;
}

static void sort(struct elements *e, size_t from)
{
    for (size_t i = from + 1; i < e->count; i++) { // a handful
        const void *item = e->items[i];
        size_t at = i;

        for (; at > from && compare(e->kind, e->items[at - 1], item) > 0; at--)
            e->items[at] = e->items[at - 1];
        e->items[at] = item;
    }
}

static bool do_parts_overlap(const struct elements *e)
{
    for (size_t i = 1; e->kind == KIND_PART && i < e->count; i++) {
        const struct part *before = e->items[i - 1], *part = e->items[i];

        if (part->at.beg < before->at.end)
            return true;
    }
    return false;
}

bool elements_merge(struct arena *arena, enum kind_id kind, struct rec_list base,
                    struct rec_list ours, struct rec_list theirs, struct rec_list *out)
{
    struct elements e = {
        .arena = arena, .kind = kind, .base = base, .ours = ours, .theirs = theirs
    };
    bool is_ours_old, is_theirs_old;
    size_t kept;

    if (base.count > ELEMENTS_MOST || ours.count > ELEMENTS_MOST || theirs.count > ELEMENTS_MOST)
        return false;
    if (!is_clear(kind, base) || !is_clear(kind, ours) || !is_clear(kind, theirs))
        return false;
    is_ours_old = is_order_same(kind, ours, base, theirs);
    is_theirs_old = is_order_same(kind, theirs, base, ours);
    if ((!is_ours_old && !is_theirs_old && !is_order_same(kind, ours, theirs, base)) ||
        is_replaced_twice(&e))
        return false;
    e.items = arena_new(arena, (ours.count + theirs.count + 1) * sizeof(*e.items));
    if (!add_kept(&e, is_ours_old))
        return false;
    kept = kind == KIND_PART ? 0 : e.count;
    if (!add_new(&e))
        return false;
    sort(&e, kept);
    *out = (struct rec_list){ e.items, e.count };
    return !do_parts_overlap(&e);
}
