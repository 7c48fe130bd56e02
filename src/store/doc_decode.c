// Nodes as records, by the tables of the schema.
// Never lets a value of the wrong kind through, and never guesses what it was meant to be.
#include "store/doc_decode.h"

#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "model/near.h"
#include "store/yaml_write.h"

static const char *wanted(enum field_type type)
{
    static const char *const texts[] = {
        [FIELD_STR] = "text",
        [FIELD_TEXT] = "text",
        [FIELD_WORD] = "a word",
        [FIELD_ID] = "an id",
        [FIELD_SOURCE] = "the id of a source",
        [FIELD_TIME] = "a time such as 2026-11-22T03:10:00Z",
        [FIELD_NUMBER] = "a number",
        [FIELD_BOOL] = "true or false",
        [FIELD_COUNT] = "a whole number",
        [FIELD_CP_SPAN] = "two positions, the first not behind the second, as in [0, 12]",
        [FIELD_CP_SPANS] = "a list of ranges, as in '- [0, 12]'",
        [FIELD_STRS] = "a list, as in [one, two]",
        [FIELD_MAP] = "a map of keys and values",
        [FIELD_LIST] = "a list of maps, each behind '- '",
    };

    return texts[type];
}

static bool refuse(const struct doc_reader *reader, const struct field *field,
                   const struct ynode *node)
{
    doc_add_finding(reader, SEVERITY_ERROR, E_SHAPE, node, "'%s' must be %s", field->key,
                    wanted(field->type));
    return false;
}

static bool is_scalar(const struct ynode *node)
{
    return node->type == YNODE_SCALAR && !ynode_is_null(node);
}

// Decimal digits of a plain scalar, at most SIZE_MAX.
static bool get_count(const struct ynode *node, size_t *out)
{
    size_t value = 0;

    if (node->type != YNODE_SCALAR || !node->is_plain || !node->text.len)
        return false;
    for (size_t i = 0; i < node->text.len; i++) {
        size_t digit = (size_t)(unsigned char)node->text.ptr[i] - '0';

        if (digit > 9 || value > (SIZE_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

static bool get_span(const struct ynode *node, struct cp_span *out)
{
    return node->type == YNODE_LIST && node->count == 2 && get_count(node->items[0], &out->beg) &&
           get_count(node->items[1], &out->end) && out->beg <= out->end;
}

static bool get_spans(const struct doc_reader *reader, const struct ynode *node,
                      struct cp_span_list *out)
{
    if (node->type != YNODE_LIST)
        return false;

    struct cp_span *items =
        node->count ? arena_new(reader->arena, node->count * sizeof(*items)) : NULL;

    for (size_t i = 0; i < node->count; i++)
        if (!get_span(node->items[i], &items[i]))
            return false;
    *out = (struct cp_span_list){ items, node->count };
    return true;
}

static bool get_strs(const struct doc_reader *reader, const struct ynode *node, struct sv_list *out)
{
    if (node->type != YNODE_LIST)
        return false;

    struct sv *items = node->count ? arena_new(reader->arena, node->count * sizeof(*items)) : NULL;

    for (size_t i = 0; i < node->count; i++) {
        if (!is_scalar(node->items[i]))
            return false;
        items[i] = sv_copy(reader->arena, node->items[i]->text);
    }
    *out = (struct sv_list){ items, node->count };
    return true;
}

static bool get_bool(const struct ynode *node, bool *out)
{
    if (node->type != YNODE_SCALAR || !node->is_plain)
        return false;
    *out = sv_eq_cstr(node->text, "true") || sv_eq_cstr(node->text, "True") ||
           sv_eq_cstr(node->text, "TRUE");
    return *out || sv_eq_cstr(node->text, "false") || sv_eq_cstr(node->text, "False") ||
           sv_eq_cstr(node->text, "FALSE");
}

// A map whose own error is already said gives true and sets *failed.
static bool get_map(const struct doc_reader *reader, const struct field *field,
                    const struct ynode *node, const void **out, bool *failed)
{
    if (node->type != YNODE_MAP)
        return false;
    *out = doc_decode(reader, field->sub, node);
    *failed |= !*out;
    return true;
}

static bool get_list(const struct doc_reader *reader, const struct field *field,
                     const struct ynode *node, struct rec_list *out, bool *failed)
{
    if (node->type != YNODE_LIST)
        return false;

    const void **items =
        node->count ? arena_new(reader->arena, node->count * sizeof(*items)) : NULL;

    for (size_t i = 0; i < node->count; i++)
        if (!get_map(reader, field, node->items[i], &items[i], failed))
            return false;
    *out = (struct rec_list){ items, node->count };
    return true;
}

// false: of the wrong kind.
static bool get_member(const struct doc_reader *reader, const struct field *field,
                       const struct ynode *node, void *member, bool *failed)
{
    switch (field_storage(field)) {
    case STORAGE_SV:
        if (is_scalar(node))
            *(struct sv *)member = sv_copy(reader->arena, node->text);
        return is_scalar(node);
    case STORAGE_BOOL:
        return get_bool(node, member);
    case STORAGE_COUNT:
        return get_count(node, member);
    case STORAGE_SPAN:
        return get_span(node, member);
    case STORAGE_SPANS:
        return get_spans(reader, node, member);
    case STORAGE_STRS:
        return get_strs(reader, node, member);
    case STORAGE_MAP:
        return get_map(reader, field, node, member, failed);
    case STORAGE_LIST:
        return get_list(reader, field, node, member, failed);
    }
    return false;
}

static void add_extra(const struct doc_reader *reader, const struct ynode *key,
                      const struct ynode *value, const struct extra ***tail)
{
    struct extra *extra = arena_new(reader->arena, sizeof(*extra));
    struct buf yaml = { 0 };

    yaml_write_value(value, &yaml);
    extra->key = sv_copy(reader->arena, key->text);
    extra->yaml = sv_copy(reader->arena, buf_sv(&yaml));
    buf_release(&yaml);
    **tail = extra;
    *tail = &extra->next;
}

static bool is_nothing(const struct ynode *value)
{
    return ynode_is_null(value) || (value->type == YNODE_LIST && value->count == 0);
}

static bool check_required(const struct doc_reader *reader, const struct kind *kind,
                           const struct ynode *map)
{
    bool ok = true;

    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        const struct ynode *value = field->is_required ? ynode_get(map, field->key) : NULL;

        if (!field->is_required || (value && !is_nothing(value)))
            continue;
        doc_add_finding(reader, SEVERITY_ERROR, E_MISSING, map, "this %s has no '%s'; add it: %s",
                        kind->name, field->key, field->help);
        ok = false;
    }
    return ok;
}

void doc_add_finding(const struct doc_reader *reader, enum severity severity, enum err_code code,
                     const struct ynode *node, const char *fmt, ...)
{
    struct findings *list = reader->findings;
    size_t count = severity == SEVERITY_ERROR ? list->errors : list->count - list->errors;
    struct buf text = { 0 };
    va_list args;

    if (count >= LIMIT_FINDINGS)
        return;
    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);
    findings_add(list, severity, code, (struct err_at){ reader->path, node->line, node->col }, "%s",
                 buf_cstr(&text));
    buf_release(&text);
}

void doc_warn_unknown(const struct doc_reader *reader, const struct field *fields, size_t count,
                      const struct ynode *key, const char *where)
{
    size_t best = near_limit(key->text);
    const char *near = NULL;

    for (size_t i = 0; i < count; i++)
        if (near_is_better(key->text, sv_from(fields[i].key), &best))
            near = fields[i].key;
    doc_add_finding(reader, SEVERITY_WARNING, E_UNKNOWN_KEY, key,
                    "the key '" SV_FMT "' is not known in a %s; it is kept%s%s%s",
                    SV_ARG(key->text), where, near ? " (did you mean '" : "", near ? near : "",
                    near ? "'?)" : "");
}

const struct field *doc_find_field(const struct kind *kind, struct sv key, size_t *hint)
{
    for (size_t n = 0; n < kind->field_count; n++) {
        size_t i = (*hint + n) % kind->field_count;
        const char *name = kind->fields[i].key;

        if (key.len && name[0] == key.ptr[0] && sv_eq_cstr(key, name)) {
            *hint = i + 1;
            return &kind->fields[i];
        }
    }
    return NULL;
}

bool doc_decode_field(const struct doc_reader *reader, const struct field *field,
                      const struct ynode *value, void *rec)
{
    bool failed = false;

    if (ynode_is_null(value)) {
        if (field->type == FIELD_MAP)
            doc_add_finding(reader, SEVERITY_WARNING, E_INCOMPLETE, value,
                            "'%s' has no value and counts as absent; a bare mark is '%s: {}'",
                            field->key, field->key);
        return true;
    }
    if (!get_member(reader, field, value, (char *)rec + field->offset, &failed))
        return refuse(reader, field, value);
    return !failed;
}

const void *doc_decode(const struct doc_reader *reader, enum kind_id id, const struct ynode *map)
{
    const struct kind *kind = kind_get(id);
    void *rec = arena_new(reader->arena, kind->size);
    const struct extra *extra = NULL, **tail = &extra;
    bool ok = check_required(reader, kind, map);
    size_t hint = 0;

    for (size_t i = 0; i < map->count; i += 2) {
        const struct ynode *key = map->items[i];
        const struct field *field = doc_find_field(kind, key->text, &hint);

        if (field) {
            ok &= doc_decode_field(reader, field, map->items[i + 1], rec);
        } else {
            doc_warn_unknown(reader, kind->fields, kind->field_count, key, kind->name);
            add_extra(reader, key, map->items[i + 1], &tail);
        }
    }
    memcpy((char *)rec + kind->extra_offset, &extra, sizeof(extra));
    return ok ? rec : NULL;
}
