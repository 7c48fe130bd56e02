// The schema's tables and the generic engine over them: read, copy, compare, merge by kind.
// Never names a field: what holds for one record holds for all; never allocates outside the arena.
#include "model/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "model/near.h"

#define REQUIRED 1

// clang-format off

// Number of fields of each kind: a struct with one byte for each, and one before them.
struct rows_none {
    char first;
#define KIND(kind, name, help) }; struct rows_##name { char first;
#define FIELD(kind, name, key, member, type, sub, vocab, flags, help) char member;
#include "model/schema.def"
#undef KIND
#undef FIELD
};

// Where the fields of each kind begin in the one table of all fields.
enum {
#define KIND(kind, name, help) ROW_##kind, SKIP_##kind = ROW_##kind - 1,
#define FIELD(kind, name, key, member, type, sub, vocab, flags, help) ROW_##kind##_##member,
#include "model/schema.def"
#undef KIND
#undef FIELD
};

static const struct field all_fields[] = {
#define KIND(kind, name, help)
#define FIELD(kind, name, key, member, type, sub, vocab, flags, help) \
    { key, FIELD_##type, offsetof(struct name, member), KIND_##sub, VOCAB_##vocab, flags, help },
#include "model/schema.def"
#undef KIND
#undef FIELD
};

static const struct kind kinds[KIND__N] = {
#define KIND(kind, name, help) \
    [KIND_##kind] = { #name, help, sizeof(struct name), offsetof(struct name, extra), \
                      all_fields + ROW_##kind, sizeof(struct rows_##name) - 1 },
#define FIELD(kind, name, key, member, type, sub, vocab, flags, help)
#include "model/schema.def"
#undef KIND
#undef FIELD
};

// clang-format on

static void *member_of(void *rec, const struct field *field)
{
    return (char *)rec + field->offset;
}

static const struct extra *extra_of(enum kind_id kind, const void *rec)
{
    const struct extra *extra;

    memcpy(&extra, (const char *)rec + kinds[kind].extra_offset, sizeof(extra));
    return extra;
}

static void extra_set(enum kind_id kind, void *rec, const struct extra *extra)
{
    memcpy((char *)rec + kinds[kind].extra_offset, &extra, sizeof(extra));
}

static const struct extra *extra_find(const struct extra *extra, struct sv key)
{
    while (extra && !sv_eq(extra->key, key))
        extra = extra->next;
    return extra;
}

// Append a key with its YAML behind *tail; returns the new tail.
static const struct extra **extra_add(struct arena *arena, const struct extra **tail, struct sv key,
                                      struct sv yaml)
{
    struct extra *new = arena_new(arena, sizeof(*new));

    *new = (struct extra){ .key = key, .yaml = yaml };
    *tail = new;
    return &new->next;
}

static const struct extra *extra_copy(struct arena *arena, const struct extra *extra)
{
    const struct extra *head = NULL, **tail = &head;

    for (; extra; extra = extra->next)
        tail = extra_add(arena, tail, sv_copy(arena, extra->key), sv_copy(arena, extra->yaml));
    return head;
}

// Every key of `a` stands in `b` with the same value.
static bool extra_is_within(const struct extra *a, const struct extra *b)
{
    for (; a; a = a->next) {
        const struct extra *twin = extra_find(b, a->key);

        if (!twin || !sv_eq(a->yaml, twin->yaml))
            return false;
    }
    return true;
}

static bool extra_eq(const struct extra *a, const struct extra *b)
{
    return extra_is_within(a, b) && extra_is_within(b, a);
}

static bool strs_have(struct sv_list list, struct sv s)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(list.items[i], s))
            return true;
    return false;
}

static bool strs_eq(struct sv_list a, struct sv_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!sv_eq(a.items[i], b.items[i]))
            return false;
    return true;
}

static bool cp_spans_eq(struct cp_span_list a, struct cp_span_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i].beg != b.items[i].beg || a.items[i].end != b.items[i].end)
            return false;
    return true;
}

static bool list_eq(enum kind_id kind, struct rec_list a, struct rec_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!record_eq(kind, a.items[i], b.items[i]))
            return false;
    return true;
}

static bool map_eq(enum kind_id kind, const void *a, const void *b)
{
    return a && b ? record_eq(kind, a, b) : a == b;
}

static struct sv_list strs_copy(struct arena *arena, struct sv_list list)
{
    struct sv *items = list.count ? arena_new(arena, list.count * sizeof(*items)) : NULL;

    for (size_t i = 0; i < list.count; i++)
        items[i] = sv_copy(arena, list.items[i]);
    return (struct sv_list){ items, list.count };
}

static struct cp_span_list cp_spans_copy(struct arena *arena, struct cp_span_list list)
{
    struct cp_span *items = list.count ? arena_new(arena, list.count * sizeof(*items)) : NULL;

    for (size_t i = 0; i < list.count; i++)
        items[i] = list.items[i];
    return (struct cp_span_list){ items, list.count };
}

static struct rec_list list_copy(struct arena *arena, enum kind_id kind, struct rec_list list)
{
    const void **items = list.count ? arena_new(arena, list.count * sizeof(*items)) : NULL;

    for (size_t i = 0; i < list.count; i++)
        items[i] = record_copy(arena, kind, list.items[i]);
    return (struct rec_list){ items, list.count };
}

// Make the member of a shallow copy a deep one.
static void member_deepen(struct arena *arena, void *member, const struct field *field)
{
    switch (field_storage(field)) {
    case STORAGE_SV: {
        struct sv *s = member;

        *s = sv_copy(arena, *s);
        break;
    }
    case STORAGE_BOOL:
    case STORAGE_COUNT:
    case STORAGE_SPAN:
        break;
    case STORAGE_SPANS: {
        struct cp_span_list *spans = member;

        *spans = cp_spans_copy(arena, *spans);
        break;
    }
    case STORAGE_STRS: {
        struct sv_list *strs = member;

        *strs = strs_copy(arena, *strs);
        break;
    }
    case STORAGE_MAP: {
        const void **map = member;

        *map = *map ? record_copy(arena, field->sub, *map) : NULL;
        break;
    }
    case STORAGE_LIST: {
        struct rec_list *list = member;

        *list = list_copy(arena, field->sub, *list);
        break;
    }
    }
}

// Bytes of a member in its struct.
static size_t member_size(enum storage storage)
{
    switch (storage) {
    case STORAGE_SV:
        return sizeof(struct sv);
    case STORAGE_BOOL:
        return sizeof(bool);
    case STORAGE_COUNT:
        return sizeof(size_t);
    case STORAGE_SPAN:
        return sizeof(struct cp_span);
    case STORAGE_SPANS:
        return sizeof(struct cp_span_list);
    case STORAGE_STRS:
        return sizeof(struct sv_list);
    case STORAGE_MAP:
        return sizeof(void *);
    case STORAGE_LIST:
        return sizeof(struct rec_list);
    }
    BUG("field of no type");
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

// What neither side took away, in its order, then what either added, sorted: the same from both
// sides.
static struct sv_list strs_merge(struct arena *arena, struct sv_list base, struct sv_list ours,
                                 struct sv_list theirs)
{
    size_t max = base.count + ours.count + theirs.count, count = 0;

    if (strs_eq(base, theirs) || strs_eq(ours, theirs))
        return ours;
    if (strs_eq(base, ours))
        return theirs;

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
        base = arena_new(arena, kinds[kind].size);
    *out = record_merge(arena, kind, base, ours, theirs, note_conflict, &is_conflict);
    return !is_conflict;
}

static const void *list_find(struct rec_list list, struct sv id)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(((const struct record *)list.items[i])->id, id))
            return list.items[i];
    return NULL;
}

// One item of a list by id: what becomes of it (*out, NULL: it goes); false when it is in conflict.
static bool item_merge(struct arena *arena, enum kind_id kind, const void *base, const void *ours,
                       const void *theirs, const void **out)
{
    *out = ours;
    if (ours && theirs) {
        struct record *empty = arena_new(arena, kinds[kind].size);
        bool is_conflict = false;

        empty->id = ((const struct record *)ours)->id;
        *out = record_merge(arena, kind, base ? base : empty, ours, theirs, note_conflict,
                            &is_conflict);
        return !is_conflict;
    }
    if (!ours)
        *out = theirs;
    if (!base)
        return true;
    if (!record_eq(kind, base, *out))
        return false; // taken out here, changed there
    *out = NULL;
    return true;
}

static int cmp_ids(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;

    return sv_cmp((*x)->id, (*y)->id);
}

// Lists of maps with ids: what both have in our order, then what either added, sorted; false when
// an item is in conflict, or one list has an id twice.
static bool list_merge(struct arena *arena, enum kind_id kind, struct rec_list base,
                       struct rec_list ours, struct rec_list theirs, struct rec_list *out)
{
    const void **items = arena_new(arena, (ours.count + theirs.count + 1) * sizeof(*items));
    size_t count = 0, kept;
    bool is_clean = true;

    for (int pass = 0; pass < 2; pass++) { // what the base has, then what is new
        for (size_t i = 0; i < ours.count + theirs.count; i++) {
            const void *item = i < ours.count ? ours.items[i] : theirs.items[i - ours.count];
            struct sv id = ((const struct record *)item)->id;
            const void *b = list_find(base, id), *o = list_find(ours, id);
            const void *t = list_find(theirs, id);

            if ((pass == 0) != (b != NULL) || (i >= ours.count && o))
                continue;
            is_clean = item_merge(arena, kind, b, o, t, &items[count]) && is_clean &&
                       (item == o || item == t);
            count += items[count] != NULL;
        }
        if (pass == 0)
            kept = count;
    }
    qsort(items + kept, count - kept, sizeof(*items), cmp_ids);
    *out = (struct rec_list){ items, count };
    return is_clean;
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
    if (field->type == FIELD_LIST && field->sub == KIND_WORD) {
        struct rec_list merged;

        if (!list_merge(arena, field->sub, *(const struct rec_list *)b, *(const struct rec_list *)o,
                        *(const struct rec_list *)t, &merged))
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

void field_take(void *rec, const void *from, const struct field *field)
{
    memcpy(member_of(rec, field), field_get(from, field), member_size(field_storage(field)));
}

void extras_take(enum kind_id kind, void *rec, const void *from)
{
    extra_set(kind, rec, extra_of(kind, from));
}

bool extras_eq(enum kind_id kind, const void *a, const void *b)
{
    return extra_eq(extra_of(kind, a), extra_of(kind, b));
}

const struct kind *kind_get(enum kind_id id)
{
    BUG_ON(id <= KIND_NONE || id >= KIND__N);
    return &kinds[id];
}

const struct field *kind_find(const struct kind *kind, struct sv key)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (sv_eq_cstr(key, kind->fields[i].key))
            return &kind->fields[i];
    return NULL;
}

const char *kind_nearest(const struct kind *kind, struct sv key)
{
    size_t best = near_limit(key);
    const char *nearest = NULL;

    for (size_t i = 0; i < kind->field_count; i++)
        if (near_is_better(key, sv_from(kind->fields[i].key), &best))
            nearest = kind->fields[i].key;
    return nearest;
}

enum storage field_storage(const struct field *field)
{
    switch (field->type) {
    case FIELD_STR:
    case FIELD_TEXT:
    case FIELD_WORD:
    case FIELD_ID:
    case FIELD_SOURCE:
    case FIELD_TIME:
    case FIELD_NUMBER:
        return STORAGE_SV;
    case FIELD_BOOL:
        return STORAGE_BOOL;
    case FIELD_COUNT:
        return STORAGE_COUNT;
    case FIELD_CP_SPAN:
        return STORAGE_SPAN;
    case FIELD_CP_SPANS:
        return STORAGE_SPANS;
    case FIELD_STRS:
        return STORAGE_STRS;
    case FIELD_MAP:
        return STORAGE_MAP;
    case FIELD_LIST:
        return STORAGE_LIST;
    }
    BUG("field of no type");
}

const void *field_get(const void *rec, const struct field *field)
{
    return rec ? (const char *)rec + field->offset : NULL;
}

bool field_is_absent(const void *rec, const struct field *field)
{
    const void *member = field_get(rec, field);

    if (!member)
        return true;
    switch (field_storage(field)) {
    case STORAGE_SV:
        return sv_is_absent(*(const struct sv *)member);
    case STORAGE_BOOL:
        return !*(const bool *)member;
    case STORAGE_COUNT:
        return !field->is_required && *(const size_t *)member == 0;
    case STORAGE_SPAN:
        return !field->is_required && ((const struct cp_span *)member)->end == 0;
    case STORAGE_SPANS:
        return ((const struct cp_span_list *)member)->count == 0;
    case STORAGE_STRS:
        return ((const struct sv_list *)member)->count == 0;
    case STORAGE_MAP:
        return !*(const void *const *)member;
    case STORAGE_LIST:
        return ((const struct rec_list *)member)->count == 0;
    }
    BUG("field of no type");
}

bool field_eq(const void *a, const void *b, const struct field *field)
{
    const void *x = field_get(a, field), *y = field_get(b, field);

    if (!x || !y)
        return field_is_absent(a, field) && field_is_absent(b, field);
    switch (field_storage(field)) {
    case STORAGE_SV:
        return sv_eq(*(const struct sv *)x, *(const struct sv *)y);
    case STORAGE_BOOL:
        return *(const bool *)x == *(const bool *)y;
    case STORAGE_COUNT:
        return *(const size_t *)x == *(const size_t *)y;
    case STORAGE_SPAN: {
        const struct cp_span *s = x, *t = y;

        return s->beg == t->beg && s->end == t->end;
    }
    case STORAGE_SPANS:
        return cp_spans_eq(*(const struct cp_span_list *)x, *(const struct cp_span_list *)y);
    case STORAGE_STRS:
        return strs_eq(*(const struct sv_list *)x, *(const struct sv_list *)y);
    case STORAGE_MAP:
        return map_eq(field->sub, *(const void *const *)x, *(const void *const *)y);
    case STORAGE_LIST:
        return list_eq(field->sub, *(const struct rec_list *)x, *(const struct rec_list *)y);
    }
    BUG("field of no type");
}

void *record_edit(struct arena *arena, enum kind_id kind, const void *rec)
{
    void *copy = arena_new(arena, kind_get(kind)->size);

    return memcpy(copy, rec, kinds[kind].size);
}

void *record_copy(struct arena *arena, enum kind_id kind, const void *rec)
{
    void *copy = record_edit(arena, kind, rec);

    for (size_t i = 0; i < kinds[kind].field_count; i++)
        member_deepen(arena, member_of(copy, &kinds[kind].fields[i]), &kinds[kind].fields[i]);
    extra_set(kind, copy, extra_copy(arena, extra_of(kind, rec)));
    return copy;
}

bool record_eq(enum kind_id kind, const void *a, const void *b)
{
    if (a == b)
        return true;
    for (size_t i = 0; i < kind_get(kind)->field_count; i++)
        if (!field_eq(a, b, &kinds[kind].fields[i]))
            return false;
    return extra_eq(extra_of(kind, a), extra_of(kind, b));
}

const void *record_merge(struct arena *arena, enum kind_id kind, const void *base, const void *ours,
                         const void *theirs, void (*conflict)(void *ctx, const struct field *field),
                         void *ctx)
{
    void *result = record_edit(arena, kind, ours);
    const struct extra *extra;

    for (size_t i = 0; i < kinds[kind].field_count; i++) {
        const struct field *field = &kinds[kind].fields[i];

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
        conflict(ctx, &kinds[kind].fields[0]);
    extra_set(kind, result, extra);
    if (record_eq(kind, result, ours))
        return ours;
    return record_eq(kind, result, theirs) ? theirs : result;
}
