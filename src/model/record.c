// The schema's tables and the generic engine over them: read, copy, compare by kind.
// Never names a field: what holds for one record holds for all; never allocates outside the arena.
#include "model/record.h"

#include <string.h>

#include "base/bug.h"
#include "model/extra.h"
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

// By a table, since every field of every record that is read asks.
enum storage field_storage(const struct field *field)
{
    static const enum storage storages[] = {
        [FIELD_STR] = STORAGE_SV,         [FIELD_TEXT] = STORAGE_SV,
        [FIELD_WORD] = STORAGE_SV,        [FIELD_ID] = STORAGE_SV,
        [FIELD_SOURCE] = STORAGE_SV,      [FIELD_TIME] = STORAGE_SV,
        [FIELD_NUMBER] = STORAGE_SV,      [FIELD_BOOL] = STORAGE_BOOL,
        [FIELD_COUNT] = STORAGE_COUNT,    [FIELD_CP_SPAN] = STORAGE_SPAN,
        [FIELD_CP_SPANS] = STORAGE_SPANS, [FIELD_STRS] = STORAGE_STRS,
        [FIELD_MAP] = STORAGE_MAP,        [FIELD_LIST] = STORAGE_LIST,
    };

    BUG_ON((size_t)field->type >= ARRAY_LEN(storages));
    return storages[field->type];
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
