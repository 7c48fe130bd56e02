// Records out of JSON, by the schema; and the place of a value in the text it was read from, for
// messages. A value of the wrong kind is an error with its line and column, never a guess.
#include "exchange/json_place.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "model/types.h"

// ---- places

static size_t skip_string(struct sv text, size_t pos)
{
    for (pos++; pos < text.len && text.ptr[pos] != '"'; pos++)
        if (text.ptr[pos] == '\\')
            pos++;
    return pos < text.len ? pos + 1 : text.len;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Does a colon follow? Then the string that ended here is a key.
static bool is_key_end(struct sv text, size_t pos)
{
    while (pos < text.len && is_blank(text.ptr[pos]))
        pos++;
    return pos < text.len && text.ptr[pos] == ':';
}

size_t json_find_value(struct sv text, size_t pos, size_t skip)
{
    while (pos < text.len) {
        char c = text.ptr[pos];
        size_t beg = pos;
        bool is_value = true;

        if (is_blank(c) || c == ',' || c == ':' || c == ']' || c == '}') {
            pos++;
            continue;
        }
        if (c == '"') {
            pos = skip_string(text, pos);
            is_value = !is_key_end(text, pos);
        } else if (c == '{' || c == '[') {
            pos++;
        } else {
            while (pos < text.len && !is_blank(text.ptr[pos]) && !strchr(",:]}", text.ptr[pos]))
                pos++;
        }
        if (is_value && !skip--)
            return beg;
    }
    return text.len;
}

// Line and column at the end of `text`, which begins at *line and *col.
static void count_lines(struct sv text, int *line, int *col)
{
    while (text.len) {
        size_t size;
        bool is_end = utf8_decode(text, &size) == '\n';

        *line += is_end;
        *col = is_end ? 1 : *col + 1;
        text = sv_sub(text, size, text.len);
    }
}

struct err_at json_at(const struct json_in *json, const struct jnode *node)
{
    size_t ordinal = jnode_ordinal(json->root, node);
    size_t pos = ordinal == SIZE_MAX ? 0 : json_find_value(json->text, 0, ordinal);
    struct err_at at = { json->in->path, json->line, 1 };

    count_lines(sv_sub(json->text, 0, pos), &at.line, &at.col);
    return at;
}

struct err_at json_item_at(struct json_in *json, const struct jnode *list, size_t index)
{
    size_t pos, skip;

    if (json->last.list != list || index < json->last.index) {
        json->last.list = list;
        json->last.index = 0;
        json->last.pos = json_find_value(json->text, 0, jnode_ordinal(json->root, list) + 1);
        json->last.line = json->line;
        json->last.col = 1;
        count_lines(sv_sub(json->text, 0, json->last.pos), &json->last.line, &json->last.col);
    }
    for (; json->last.index < index; json->last.index++) {
        skip = jnode_values(jnode_item(list, json->last.index));
        pos = json_find_value(json->text, json->last.pos, skip);
        count_lines(sv_sub(json->text, json->last.pos, pos), &json->last.line, &json->last.col);
        json->last.pos = pos;
    }
    return (struct err_at){ json->in->path, json->last.line, json->last.col };
}

void json_error(const struct json_in *json, const struct jnode *node, enum err_code code,
                const char *fmt, ...)
{
    struct buf text = { 0 };
    va_list args;

    if (json->in->findings.count >= LIMIT_FINDINGS)
        return;
    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);

    struct err_at at = json_at(json, node);

    incoming_error(json->in, at.line, at.col, code, "%s", buf_cstr(&text));
    buf_release(&text);
}

bool json_in_read(struct json_in *json, struct incoming *in, struct sv text, int line)
{
    struct err err = { 0 };

    *json = (struct json_in){ .in = in, .text = text, .line = line };
    json->root = jnode_read(text, in->path, &err);
    if (json->root)
        return true;
    incoming_error(in, err.line + line - 1, err.col, E_REFUSED, SV_FMT, SV_ARG(buf_sv(&err.text)));
    err_release(&err);
    return false;
}

void json_in_release(struct json_in *json)
{
    if (json->root)
        jnode_free(json->root);
    json->root = NULL;
}

// ---- records

static const char *const type_words[] = {
    [JNODE_NULL] = "null",   [JNODE_BOOL] = "true or false", [JNODE_NUMBER] = "a number",
    [JNODE_TEXT] = "a text", [JNODE_LIST] = "a list",        [JNODE_MAP] = "a map",
};

static bool refuse(const struct json_in *json, const struct jnode *node, const char *key,
                   const char *want)
{
    json_error(json, node, E_SHAPE, "'%s' is %s; it must be %s", key, type_words[jnode_type(node)],
               want);
    return false;
}

struct sv json_text(const struct json_in *json, const struct jnode *node, const char *key)
{
    if (!node)
        return (struct sv){ 0 };
    if (jnode_type(node) != JNODE_TEXT) {
        (void)refuse(json, node, key, "a text");
        return (struct sv){ 0 };
    }
    return sv_copy(&json->in->arena, jnode_string(node));
}

// Records of what is being filled, for the walk over the members of a map.
struct fill {
    const struct json_in *json;
    enum kind_id kind;
    void *rec;
    bool (*is_known)(const char *key);
    int depth;
    bool ok;
};

static bool fill_record(const struct json_in *json, enum kind_id kind, const struct jnode *map,
                        void *rec, bool (*is_known)(const char *key), int depth);

static bool take_count(const struct jnode *node, size_t *out)
{
    double value = jnode_real(node);

    if (jnode_type(node) != JNODE_NUMBER || !(value >= 0 && value <= (double)LIMIT_TEXT_BYTES))
        return false;
    *out = (size_t)value;
    return (double)*out == value;
}

static bool take_span(const struct jnode *node, struct cp_span *out)
{
    return jnode_type(node) == JNODE_LIST && jnode_size(node) == 2 &&
           take_count(jnode_item(node, 0), &out->beg) &&
           take_count(jnode_item(node, 1), &out->end) && out->beg <= out->end;
}

static bool take_texts(struct fill *fill, const char *key, const struct jnode *node, void *member)
{
    struct sv_list list = { 0 };

    if (jnode_type(node) != JNODE_LIST)
        return refuse(fill->json, node, key, "a list of texts");
    for (size_t i = 0; i < jnode_size(node); i++) {
        if (jnode_type(jnode_item(node, i)) != JNODE_TEXT)
            return refuse(fill->json, node, key, "a list of texts");
        sv_list_add(&fill->json->in->arena, &list,
                    sv_copy(&fill->json->in->arena, jnode_string(jnode_item(node, i))));
    }
    *(struct sv_list *)member = list;
    return true;
}

static bool take_map(struct fill *fill, const char *key, enum kind_id kind,
                     const struct jnode *node, const void **out)
{
    void *rec;

    if (jnode_type(node) != JNODE_MAP)
        return refuse(fill->json, node, key, "a map");
    if (fill->depth >= LIMIT_YAML_DEPTH / 2) {
        json_error(fill->json, node, E_REFUSED, "'%s' is nested too deeply", key);
        return false;
    }
    rec = arena_new(&fill->json->in->arena, kind_get(kind)->size);
    *out = rec;
    return fill_record(fill->json, kind, node, rec, NULL, fill->depth + 1);
}

static bool take_list(struct fill *fill, const char *key, enum kind_id kind,
                      const struct jnode *node, void *member)
{
    struct rec_list list = { 0 };

    if (jnode_type(node) != JNODE_LIST)
        return refuse(fill->json, node, key, "a list of maps");
    for (size_t i = 0; i < jnode_size(node); i++) {
        const void *rec;

        if (!take_map(fill, key, kind, jnode_item(node, i), &rec))
            return false;
        rec_list_add(&fill->json->in->arena, &list, rec);
    }
    *(struct rec_list *)member = list;
    return true;
}

static bool take_line(struct fill *fill, const char *key, enum field_type type,
                      const struct jnode *node, struct sv *member)
{
    if (type == FIELD_NUMBER && jnode_type(node) == JNODE_NUMBER) {
        struct buf text = { 0 };

        jnode_print_flat(node, &text);
        *member = sv_copy(&fill->json->in->arena, buf_sv(&text));
        buf_release(&text);
        return true;
    }
    if (jnode_type(node) != JNODE_TEXT)
        return refuse(fill->json, node, key, type == FIELD_NUMBER ? "a number" : "a text");
    *member = sv_copy(&fill->json->in->arena, jnode_string(node));
    return true;
}

static bool take_member(struct fill *fill, const struct field *field, const struct jnode *node)
{
    void *member = (char *)fill->rec + field->offset;

    switch (field_storage(field)) {
    case STORAGE_SV:
        return take_line(fill, field->key, field->type, node, member);
    case STORAGE_BOOL:
        *(bool *)member = jnode_is_true(node);
        return jnode_type(node) == JNODE_BOOL ||
               refuse(fill->json, node, field->key, "true or false");
    case STORAGE_COUNT:
        return take_count(node, member) ||
               refuse(fill->json, node, field->key, "a count of characters");
    case STORAGE_SPAN:
        return take_span(node, member) ||
               refuse(fill->json, node, field->key, "two counts, [beginning, end]");
    case STORAGE_SPANS:
        return refuse(fill->json, node, field->key, "elsewhere"); // no record has any
    case STORAGE_STRS:
        return take_texts(fill, field->key, node, member);
    case STORAGE_MAP:
        return take_map(fill, field->key, field->sub, node, member);
    case STORAGE_LIST:
        return take_list(fill, field->key, field->sub, node, member);
    }
    return false;
}

static void take_extra(void *ctx, const char *key, const struct jnode *value)
{
    struct fill *fill = ctx;
    const struct kind *kind = kind_get(fill->kind);
    const struct extra **last =
        (const struct extra **)(void *)((char *)fill->rec + kind->extra_offset);
    struct extra *extra = arena_new(&fill->json->in->arena, sizeof(*extra));

    if (kind_find(kind, sv_from(key)) || jnode_type(value) != JNODE_TEXT) {
        fill->ok = refuse(fill->json, value, key, "a text of YAML, under a name that no key has");
        return;
    }
    while (*last) {
        union {
            const struct extra *read;
            struct extra *write;
        } next = { .read = *last };

        last = &next.write->next;
    }
    extra->key = sv_copy(&fill->json->in->arena, sv_from(key));
    extra->yaml = sv_copy(&fill->json->in->arena, jnode_string(value));
    *last = extra;
}

static void take_key(void *ctx, const char *key, const struct jnode *value)
{
    struct fill *fill = ctx;
    const struct field *field = kind_find(kind_get(fill->kind), sv_from(key));

    if (!fill->ok || (fill->is_known && fill->is_known(key)))
        return;
    if (field && jnode_type(value) != JNODE_NULL)
        fill->ok = take_member(fill, field, value);
    else if (!strcmp(key, "extra") && jnode_type(value) == JNODE_MAP)
        jnode_each(value, take_extra, fill);
    else if (!field)
        leftovers_add(&fill->json->in->left, "'%s' of %s", key, kind_get(fill->kind)->name);
}

static bool fill_record(const struct json_in *json, enum kind_id kind, const struct jnode *map,
                        void *rec, bool (*is_known)(const char *key), int depth)
{
    struct fill fill = { json, kind, rec, is_known, depth, true };
    const struct kind *k = kind_get(kind);

    if (jnode_type(map) != JNODE_MAP)
        return refuse(json, map, k->name, "a map");
    jnode_each(map, take_key, &fill);
    for (size_t i = 0; fill.ok && i < k->field_count; i++) {
        const struct field *field = &k->fields[i];

        if (field->is_required && field_storage(field) != STORAGE_SPAN &&
            field_is_absent(rec, field) && field->type != FIELD_ID &&
            !(is_known && is_known(field->key))) {
            json_error(json, map, E_MISSING, "'%s' of %s is missing", field->key, k->name);
            fill.ok = false;
        }
    }
    return fill.ok;
}

bool json_record(const struct json_in *json, enum kind_id kind, const struct jnode *map, void *rec,
                 bool (*is_known)(const char *key))
{
    return fill_record(json, kind, map, rec, is_known, 0);
}

void json_fields(const struct json_in *json, enum kind_id kind, const struct jnode *map, void *rec)
{
    struct fill fill = { json, kind, rec, NULL, 0, true };

    if (jnode_type(map) == JNODE_MAP)
        jnode_each(map, take_key, &fill);
    else
        (void)refuse(json, map, kind_get(kind)->name, "a map");
}
