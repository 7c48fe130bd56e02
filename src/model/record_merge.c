// Merging a record three ways, by field. Declared in model/record.h.
// Never drops what either side wrote: what has no clear result is reported, and ours stays.
#include "model/record.h"

#include <stdlib.h>
#include <string.h>

#include "model/elements.h"
#include "model/extra.h"

static void *member_of(void *rec, const struct field *field)
{
    return (char *)rec + field->offset;
}

static bool strs_have(struct sv_list list, struct sv s)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(list.items[i], s))
            return true;
    return false;
}

static int cmp_strs(const void *a, const void *b)
{
    return sv_cmp(*(const struct sv *)a, *(const struct sv *)b);
}

// Put what `list` has and `base` and items[0 .. count) have not; returns the new count.
static size_t add_new(struct sv *items, size_t count, struct sv_list base, struct sv_list list)
{
    for (size_t i = 0; i < list.count; i++)
        if (!strs_have(base, list.items[i]) &&
            !strs_have((struct sv_list){ items, count }, list.items[i]))
            items[count++] = list.items[i];
    return count;
}

struct sv_list strs_merge(struct arena *arena, struct sv_list base, struct sv_list ours,
                          struct sv_list theirs)
{
    size_t max = base.count + ours.count + theirs.count, count = 0;

    struct sv *items = arena_new(arena, max * sizeof(*items));

    for (size_t i = 0; i < base.count; i++)
        if (strs_have(ours, base.items[i]) && strs_have(theirs, base.items[i]))
            items[count++] = base.items[i];

    size_t kept = count;

    count = add_new(items, count, base, ours);
    count = add_new(items, count, base, theirs);
    qsort(items + kept, count - kept, sizeof(*items), cmp_strs);
    return (struct sv_list){ count ? items : NULL, count };
}

// Keys unknown to this version, each merged as one value; false when one is in conflict.
static bool extra_merge(struct arena *arena, const struct extra *base, const struct extra *ours,
                        const struct extra *theirs, const struct extra **out)
{
    const struct extra *head = NULL, **tail = &head;
    bool is_clean = true;

    for (const struct extra *o = ours; o; o = o->next) {
        const struct extra *b = extra_find(base, o->key), *t = extra_find(theirs, o->key);
        bool is_ours_new = !b || !sv_eq(b->yaml, o->yaml);
        bool is_theirs_new = b ? !t || !sv_eq(b->yaml, t->yaml) : t != NULL;

        if (is_theirs_new && is_ours_new && (!t || !sv_eq(o->yaml, t->yaml)))
            is_clean = false;
        if (is_ours_new || !is_theirs_new)
            tail = extra_add(arena, tail, o->key, o->yaml);
        else if (t)
            tail = extra_add(arena, tail, t->key, t->yaml);
    }
    for (const struct extra *t = theirs; t; t = t->next) {
        const struct extra *b = extra_find(base, t->key);

        if (extra_find(ours, t->key))
            continue;
        if (!b)
            tail = extra_add(arena, tail, t->key, t->yaml);
        else if (!sv_eq(b->yaml, t->yaml))
            is_clean = false; // taken out here, changed there
    }
    *out = head;
    return is_clean;
}

// Maps whose members mean something apart from each other; all others are one value.
static bool kind_merges_by_member(enum kind_id kind)
{
    return kind == KIND_CONTESTED;
}

static void note_conflict(void *ctx, const struct field *field)
{
    (void)field;
    *(bool *)ctx = true;
}

// Merge a map that both sides have; false when members are in conflict.
static bool map_merge(struct arena *arena, enum kind_id kind, const void *base, const void *ours,
                      const void *theirs, const void **out)
{
    bool is_conflict = false;

    if (!base)
        base = arena_new(arena, kind_get(kind)->size);
    *out = record_merge(arena, kind, base, ours, theirs, note_conflict, &is_conflict);
    return !is_conflict;
}

// Both sides changed this field, differently. True when a value was made of both.
static bool field_merge(struct arena *arena, void *result, const void *base, const void *ours,
                        const void *theirs, const struct field *field)
{
    const void *b = field_get(base, field), *o = field_get(ours, field);
    const void *t = field_get(theirs, field);

    if (field->type == FIELD_STRS) {
        struct sv_list merged = strs_merge(arena, *(const struct sv_list *)b,
                                           *(const struct sv_list *)o, *(const struct sv_list *)t);

        memcpy(member_of(result, field), &merged, sizeof(merged));
        return true;
    }
    if (field->type == FIELD_LIST) {
        struct rec_list merged;

        if (!elements_merge(arena, field->sub, *(const struct rec_list *)b,
                            *(const struct rec_list *)o, *(const struct rec_list *)t, &merged) ||
            (field->is_required && !merged.count)) // each took out the rest
            return false;
        memcpy(member_of(result, field), &merged, sizeof(merged));
        return true;
    }
    if (field->type == FIELD_MAP && kind_merges_by_member(field->sub)) {
        const void *const *bm = b, *const *om = o, *const *tm = t, *out;

        if (!*om || !*tm)
            return false;

        bool is_clean = map_merge(arena, field->sub, *bm, *om, *tm, &out);

        memcpy(member_of(result, field), &out, sizeof(out));
        return is_clean;
    }
    return false;
}

const void *record_merge(struct arena *arena, enum kind_id kind, const void *base, const void *ours,
                         const void *theirs, void (*conflict)(void *ctx, const struct field *field),
                         void *ctx)
{
    void *result = record_edit(arena, kind, ours);
    const struct extra *extra;

    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *field = &kind_get(kind)->fields[i];

        if (field_eq(ours, theirs, field) || field_eq(base, theirs, field))
            continue;
        if (field_eq(base, ours, field))
            field_take(result, theirs, field);
        else if (!field_merge(arena, result, base, ours, theirs, field) && conflict)
            conflict(ctx, field);
    }
    if (!extra_merge(arena, extra_of(kind, base), extra_of(kind, ours), extra_of(kind, theirs),
                     &extra) &&
        conflict)
        conflict(ctx, kind_get(kind)->fields);
    extra_set(kind, result, extra);
    if (record_eq(kind, result, ours))
        return ours;
    return record_eq(kind, result, theirs) ? theirs : result;
}
