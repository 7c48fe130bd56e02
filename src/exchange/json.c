// JSON by jansson; records by the schema, so that a new field follows by itself.
// Never prints a byte that a terminal would obey, in strings neither.
#include "exchange/json.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "model/types.h"

#define REAL_DIGITS  15 // every decimal of so many digits is printed as it was read
#define WHOLE_DIGITS 15 // whole numbers of so many digits are exact in every reader of JSON

// struct jnode is json_t under our name.
static json_t *raw(const struct jnode *node)
{
    union {
        const struct jnode *ours;
        json_t *theirs;
    } cast = { .ours = node };

    return cast.theirs;
}

static struct jnode *wrap(json_t *value)
{
    if (!value)
        bug_out_of_memory(); // strings are made valid before: nothing else can fail
    return (struct jnode *)(void *)value;
}

static bool is_json_number(struct sv text, bool *is_whole)
{
    size_t i = text.len && text.ptr[0] == '-', digits = i;

    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    if (i == digits || i - digits > WHOLE_DIGITS || (text.ptr[digits] == '0' && i > digits + 1))
        return false;
    *is_whole = i == text.len;
    if (*is_whole || text.ptr[i] != '.')
        return *is_whole;
    for (digits = ++i; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';)
        i++;
    return i > digits && i == text.len && text.len <= REAL_DIGITS + 1;
}

static struct jnode *texts_node(const struct sv_list *list)
{
    struct jnode *node = jnode_list();

    for (size_t i = 0; i < list->count; i++)
        jnode_add(node, jnode_text(list->items[i]));
    return node;
}

static struct jnode *span_node(struct cp_span span)
{
    struct jnode *node = jnode_list();

    jnode_add(node, jnode_count(span.beg));
    jnode_add(node, jnode_count(span.end));
    return node;
}

static struct jnode *spans_node(const struct cp_span_list *list)
{
    struct jnode *node = jnode_list();

    for (size_t i = 0; i < list->count; i++)
        jnode_add(node, span_node(list->items[i]));
    return node;
}

static struct jnode *records_node(enum kind_id kind, const struct rec_list *list)
{
    struct jnode *node = jnode_list();

    for (size_t i = 0; i < list->count; i++)
        jnode_add(node, jnode_record(kind, list->items[i]));
    return node;
}

static struct jnode *field_node(const void *rec, const struct field *field)
{
    const void *member = field_get(rec, field);

    switch (field_storage(field)) {
    case STORAGE_SV:
        return field->type == FIELD_NUMBER ? jnode_number(*(const struct sv *)member)
                                           : jnode_text(*(const struct sv *)member);
    case STORAGE_BOOL:
        return jnode_bool(*(const bool *)member);
    case STORAGE_COUNT:
        return jnode_count(*(const size_t *)member);
    case STORAGE_SPAN:
        return span_node(*(const struct cp_span *)member);
    case STORAGE_SPANS:
        return spans_node(member);
    case STORAGE_STRS:
        return texts_node(member);
    case STORAGE_MAP:
        return jnode_record(field->sub, *(const void *const *)member);
    case STORAGE_LIST:
        return records_node(field->sub, member);
    }
    BUG("a field of no type");
}

// Escape hidden characters in printed JSON: they can only stand inside strings.
static void add_escaped(struct buf *out, struct sv text)
{
    while (text.len) {
        size_t size;
        int32_t cp = utf8_decode(text, &size);

        if (cp == '\n' || !cp_is_hidden(cp))
            buf_add(out, sv_sub(text, 0, size));
        else if (cp < 0x10000)
            buf_addf(out, "\\u%04X", (unsigned)cp);
        else
            buf_addf(out, "\\u%04X\\u%04X", 0xd800 + ((unsigned)(cp - 0x10000) >> 10),
                     0xdc00 + ((unsigned)(cp - 0x10000) & 0x3ff));
        text = sv_sub(text, size, text.len);
    }
}

struct jnode *jnode_map(void)
{
    return wrap(json_object());
}

struct jnode *jnode_list(void)
{
    return wrap(json_array());
}

struct jnode *jnode_bool(bool value)
{
    return wrap(json_boolean(value));
}

struct jnode *jnode_count(size_t value)
{
    return wrap(json_integer((json_int_t)value));
}

struct jnode *jnode_text(struct sv text)
{
    struct buf valid = { 0 };

    while (text.len) {
        size_t size;
        int32_t cp = utf8_decode(text, &size);

        utf8_add(&valid, cp < 0 ? 0xfffd : cp);
        text = sv_sub(text, size, text.len);
    }

    struct jnode *node = wrap(json_stringn_nocheck(buf_cstr(&valid), valid.len));

    buf_release(&valid);
    return node;
}

struct jnode *jnode_number(struct sv text)
{
    bool is_whole;

    if (!is_json_number(text, &is_whole))
        return jnode_text(text);

    char *digits = mem_copy(text.ptr, text.len);
    json_t *value = is_whole ? json_integer(strtoll(digits, NULL, 10))
                             : json_real(strtod(digits, NULL)); // LC_NUMERIC stays "C"

    mem_free(digits);

    struct jnode *node = wrap(value);
    struct buf printed = { 0 };

    jnode_print_flat(node, &printed); // "5.50" and "-0" come out otherwise
    if (!sv_eq(buf_sv(&printed), text)) {
        jnode_free(node);
        node = jnode_text(text);
    }
    buf_release(&printed);
    return node;
}

void jnode_set(struct jnode *map, const char *key, struct jnode *value)
{
    if (json_object_set_new_nocheck(raw(map), key, raw(value)))
        bug_out_of_memory();
}

void jnode_set_text(struct jnode *map, const char *key, struct sv text)
{
    if (!sv_is_absent(text))
        jnode_set(map, key, jnode_text(text));
}

void jnode_add(struct jnode *list, struct jnode *value)
{
    if (json_array_append_new(raw(list), raw(value)))
        bug_out_of_memory();
}

void jnode_add_fields(struct jnode *map, enum kind_id kind, const void *rec)
{
    const struct kind *k = kind_get(kind);
    const struct extra *extra =
        *(const struct extra *const *)(const void *)((const char *)rec + k->extra_offset);

    for (size_t i = 0; i < k->field_count; i++)
        if (!field_is_absent(rec, &k->fields[i]))
            jnode_set(map, k->fields[i].key, field_node(rec, &k->fields[i]));
    if (!extra)
        return;

    struct jnode *more = jnode_map();

    for (; extra; extra = extra->next) {
        char *key = mem_copy(extra->key.ptr, extra->key.len);

        jnode_set(more, key, jnode_text(extra->yaml));
        mem_free(key);
    }
    jnode_set(map, "extra", more);
}

struct jnode *jnode_record(enum kind_id kind, const void *rec)
{
    struct jnode *map = jnode_map();

    jnode_add_fields(map, kind, rec);
    return map;
}

void jnode_print(const struct jnode *node, struct buf *out)
{
    char *text =
        json_dumps(raw(node), JSON_INDENT(2) | JSON_REAL_PRECISION(REAL_DIGITS) | JSON_ENCODE_ANY);

    if (!text)
        bug_out_of_memory();
    add_escaped(out, sv_from(text));
    buf_add_char(out, '\n');
    mem_free(text); // jansson allocates by malloc unless told otherwise
}

void jnode_print_flat(const struct jnode *node, struct buf *out)
{
    char *text = json_dumps(raw(node), JSON_REAL_PRECISION(REAL_DIGITS) | JSON_ENCODE_ANY);

    if (!text)
        bug_out_of_memory();
    add_escaped(out, sv_from(text));
    mem_free(text);
}

struct jnode *jnode_double(double value)
{
    return wrap(json_real(value));
}

struct jnode *jnode_null(void)
{
    return wrap(json_null());
}

struct jnode *jnode_read(struct sv text, const char *path, struct err *err)
{
    json_error_t error;
    json_t *value = json_loadb(text.ptr ? text.ptr : "", text.len,
                               JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

    if (value)
        return wrap(value);
    (void)err_set(err, E_REFUSED,
                  (struct err_at){ .path = path, .line = error.line, .col = error.column },
                  "this is no JSON: %s", error.text);
    return NULL;
}

enum jnode_type jnode_type(const struct jnode *node)
{
    switch (json_typeof(raw(node))) {
    case JSON_OBJECT:
        return JNODE_MAP;
    case JSON_ARRAY:
        return JNODE_LIST;
    case JSON_STRING:
        return JNODE_TEXT;
    case JSON_INTEGER:
    case JSON_REAL:
        return JNODE_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return JNODE_BOOL;
    case JSON_NULL:
        return JNODE_NULL;
    }
    BUG("a value of no type");
}

// json_t out of what was read: NULL stays NULL.
static const struct jnode *borrow(const json_t *value)
{
    return (const struct jnode *)(const void *)value;
}

const struct jnode *jnode_get(const struct jnode *map, const char *key)
{
    return borrow(json_object_get(raw(map), key));
}

const struct jnode *jnode_item(const struct jnode *list, size_t index)
{
    return borrow(json_array_get(raw(list), index));
}

size_t jnode_size(const struct jnode *list)
{
    return json_array_size(raw(list));
}

double jnode_real(const struct jnode *node)
{
    return json_number_value(raw(node));
}

bool jnode_is_true(const struct jnode *node)
{
    return json_is_true(raw(node));
}

void jnode_each(const struct jnode *map,
                void (*each)(void *ctx, const char *key, const struct jnode *value), void *ctx)
{
    const char *key;
    json_t *value;

    json_object_foreach(raw(map), key, value) each(ctx, key, borrow(value));
}

// Count `value` and what is in it, up to `wanted`.
static bool count_to(json_t *value, const json_t *wanted, size_t *count)
{
    const char *key;
    json_t *item;
    size_t i;

    if (value == wanted)
        return true;
    ++*count;
    json_object_foreach(value, key, item) if (count_to(item, wanted, count)) return true;
    json_array_foreach(value, i, item) if (count_to(item, wanted, count)) return true;
    return false;
}

size_t jnode_values(const struct jnode *node)
{
    size_t count = 0;

    (void)count_to(raw(node), NULL, &count);
    return count;
}

size_t jnode_ordinal(const struct jnode *root, const struct jnode *node)
{
    size_t count = 0;

    return count_to(raw(root), raw(node), &count) ? count : SIZE_MAX;
}

struct sv jnode_string(const struct jnode *node)
{
    const char *text = json_string_value(raw(node));

    return sv_of(text, text ? json_string_length(raw(node)) : 0);
}

void jnode_free(struct jnode *node)
{
    json_decref(raw(node));
}

void json_library(struct buf *out)
{
    buf_addf(out, "jansson %s", jansson_version_str());
}
