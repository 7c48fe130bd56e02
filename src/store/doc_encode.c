// Records as nodes for the writer, by the tables of the schema.
// Decides only which scalars are numbers, times or words; their style is the writer's.
#include "store/doc_encode.h"

#include <stdio.h>
#include <string.h>

static struct ynode *scalar_new(struct arena *arena, struct sv text, bool is_plain)
{
    struct ynode *node = arena_new(arena, sizeof(*node));

    node->type = YNODE_SCALAR;
    node->text = text;
    node->is_plain = is_plain;
    return node;
}

static struct ynode *list_new(struct arena *arena, enum ynode_type type, size_t count)
{
    struct ynode *node = arena_new(arena, sizeof(*node));

    node->type = type;
    node->count = count;
    node->items = count ? arena_new(arena, count * sizeof(*node->items)) : NULL;
    return node;
}

static struct ynode *encode_count(struct arena *arena, size_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof(digits), "%zu", value);

    return scalar_new(arena, sv_of(arena_copy(arena, digits, (size_t)len), (size_t)len), true);
}

static struct ynode *encode_span(struct arena *arena, struct cp_span span)
{
    struct ynode *list = list_new(arena, YNODE_LIST, 2);

    list->items[0] = encode_count(arena, span.beg);
    list->items[1] = encode_count(arena, span.end);
    return list;
}

static struct ynode *encode_spans(struct arena *arena, struct cp_span_list spans)
{
    struct ynode *list = list_new(arena, YNODE_LIST, spans.count);

    for (size_t i = 0; i < spans.count; i++)
        list->items[i] = encode_span(arena, spans.items[i]);
    return list;
}

static struct ynode *encode_strs(struct arena *arena, struct sv_list strs)
{
    struct ynode *list = list_new(arena, YNODE_LIST, strs.count);

    for (size_t i = 0; i < strs.count; i++)
        list->items[i] = scalar_new(arena, strs.items[i], false);
    return list;
}

static struct ynode *encode_list(struct arena *arena, enum kind_id kind, struct rec_list recs)
{
    struct ynode *list = list_new(arena, YNODE_LIST, recs.count);

    for (size_t i = 0; i < recs.count; i++)
        list->items[i] = doc_encode(arena, kind, recs.items[i]);
    return list;
}

static bool has_digits(struct sv text, size_t *i)
{
    size_t beg = *i;

    while (*i < text.len && text.ptr[*i] >= '0' && text.ptr[*i] <= '9')
        ++*i;
    return *i > beg;
}

// -12, 0, 3.50: a number to every loader, and the same one.
static bool is_number(struct sv text)
{
    size_t i = text.len && text.ptr[0] == '-' ? 1 : 0, beg = i;

    if (!has_digits(text, &i) || (text.ptr[beg] == '0' && i - beg > 1))
        return false;
    if (i < text.len && text.ptr[i] == '.') {
        i++;
        return has_digits(text, &i) && i == text.len;
    }
    return i == text.len;
}

static bool is_time(struct sv text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";

    if (text.len != sizeof(shape) - 1)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (shape[i] == 'd' ? text.ptr[i] < '0' || text.ptr[i] > '9' : text.ptr[i] != shape[i])
            return false;
    return true;
}

bool doc_is_plain_type(enum field_type type, struct sv text)
{
    return type == FIELD_BOOL || type == FIELD_COUNT || (type == FIELD_NUMBER && is_number(text)) ||
           (type == FIELD_TIME && is_time(text));
}

const struct extra *doc_extras(enum kind_id kind, const void *rec)
{
    const struct extra *extra;

    memcpy(&extra, (const char *)rec + kind_get(kind)->extra_offset, sizeof(extra));
    return extra;
}

struct ynode *doc_encode_field(struct arena *arena, const void *rec, const struct field *field)
{
    const void *member = field_get(rec, field);

    switch (field_storage(field)) {
    case STORAGE_SV: {
        struct sv text = *(const struct sv *)member;

        return scalar_new(arena, text, doc_is_plain_type(field->type, text));
    }
    case STORAGE_BOOL:
        return scalar_new(arena, *(const bool *)member ? SV("true") : SV("false"), true);
    case STORAGE_COUNT:
        return encode_count(arena, *(const size_t *)member);
    case STORAGE_SPAN:
        return encode_span(arena, *(const struct cp_span *)member);
    case STORAGE_SPANS:
        return encode_spans(arena, *(const struct cp_span_list *)member);
    case STORAGE_STRS:
        return encode_strs(arena, *(const struct sv_list *)member);
    case STORAGE_MAP:
        return doc_encode(arena, field->sub, *(const void *const *)member);
    case STORAGE_LIST:
        return encode_list(arena, field->sub, *(const struct rec_list *)member);
    }
    return NULL;
}

struct ynode *doc_encode_extra(struct arena *arena, const struct extra *extra)
{
    struct ynode *node = scalar_new(arena, extra->yaml, false);

    node->is_raw = true;
    return node;
}

struct ynode *doc_encode(struct arena *arena, enum kind_id id, const void *rec)
{
    const struct kind *kind = kind_get(id);
    size_t max = kind->field_count, count = 0;

    for (const struct extra *e = doc_extras(id, rec); e; e = e->next)
        max++;

    struct ynode *map = list_new(arena, YNODE_MAP, 2 * max);

    for (size_t i = 0; i < kind->field_count; i++)
        if (!field_is_absent(rec, &kind->fields[i])) {
            map->items[count++] = scalar_new(arena, sv_from(kind->fields[i].key), false);
            map->items[count++] = doc_encode_field(arena, rec, &kind->fields[i]);
        }
    for (const struct extra *e = doc_extras(id, rec); e; e = e->next) {
        map->items[count++] = scalar_new(arena, e->key, false);
        map->items[count++] = doc_encode_extra(arena, e);
    }
    map->count = count;
    return map;
}
