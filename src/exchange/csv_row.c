// Records as rows of one table, by the schema: a new field is a new column by itself.
// Knows nothing of commas and quotes.
#include "exchange/csv_row.h"

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "exchange/json_place.h"
#include "model/types.h"

#define NAME_MAX_LEN 64

struct name {
    char text[NAME_MAX_LEN];
};

static struct name column_name(const char *prefix, const char *key)
{
    struct buf text = { 0 };
    struct name name = { 0 };

    buf_addf(&text, "%s%s", prefix, key);
    BUG_ON(text.len >= sizeof(name.text));
    for (size_t i = 0; i < text.len; i++)
        name.text[i] = text.ptr[i];
    buf_release(&text);
    return name;
}

static size_t find_column(const struct csv_row *row, struct sv name)
{
    for (size_t i = 0; i < row->count; i++)
        if (sv_eq(row->names[i], name))
            return i;
    return SIZE_MAX;
}

struct sv csv_cell(const struct csv_row *row, const char *name)
{
    size_t i = find_column(row, sv_from(name));

    return i == SIZE_MAX ? (struct sv){ 0 } : row->cells[i];
}

void csv_set(struct csv_row *row, const char *name, struct sv cell)
{
    size_t i = find_column(row, sv_from(name));

    if (i != SIZE_MAX)
        row->cells[i] = cell;
}

// ---- columns

static void add_column(struct csv_row *row, const char *name)
{
    if (find_column(row, sv_from(name)) != SIZE_MAX)
        return;
    BUG_ON(row->count == CSV_COLUMNS_MAX);
    row->names[row->count++] = sv_copy(row->arena, sv_from(name));
}

// A map none of whose keys must be there says by a column of its own that it is.
static bool may_be_empty(enum kind_id kind)
{
    for (size_t i = 0; i < kind_get(kind)->field_count; i++)
        if (kind_get(kind)->fields[i].is_required)
            return false;
    return true;
}

static void add_columns(struct csv_row *row, enum kind_id kind, const char *prefix)
{
    const struct kind *k = kind_get(kind);

    for (size_t i = 0; i < k->field_count; i++) {
        const struct field *field = &k->fields[i];
        struct name name = column_name(prefix, field->key), inner = column_name(name.text, "_");

        switch (field_storage(field)) {
        case STORAGE_LIST:
            if (field->sub == KIND_PART)
                add_columns(row, KIND_PART, prefix);
            break;
        case STORAGE_MAP:
            if (field->sub == kind)
                break;
            if (may_be_empty(field->sub))
                add_column(row, name.text);
            add_columns(row, field->sub, inner.text);
            break;
        case STORAGE_SPAN:
            add_column(row, column_name(prefix, "start").text);
            add_column(row, column_name(prefix, "end").text);
            break;
        case STORAGE_SV:
        case STORAGE_BOOL:
        case STORAGE_COUNT:
        case STORAGE_SPANS:
        case STORAGE_STRS:
            add_column(row, name.text);
            break;
        }
    }
}

void csv_columns(struct csv_row *row, struct arena *arena)
{
    static const char *const first[] = { "record", "article", "annotator", "id", "level" };
    static const enum kind_id kinds[] = { KIND_CLAIM,     KIND_VOICE, KIND_VALUE,   KIND_LINK,
                                          KIND_FURNITURE, KIND_NOTE,  KIND_COMMENT, KIND_SOURCE };

    *row = (struct csv_row){ .arena = arena };
    for (size_t i = 0; i < ARRAY_LEN(first); i++)
        add_column(row, first[i]);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        add_columns(row, kinds[i], "");
    add_column(row, "state");
    add_column(row, "read");
    add_column(row, "text_sha256");
    add_column(row, "extra");
}

void csv_columns_of(struct csv_row *row, struct arena *arena, enum kind_id kind)
{
    *row = (struct csv_row){ .arena = arena };
    add_column(row, "record");
    add_column(row, "article");
    add_column(row, "annotator");
    add_columns(row, kind, "");
    add_column(row, "extra");
}

// ---- cells

static struct sv take_buf(struct csv_row *row, struct buf *text)
{
    struct sv cell = sv_copy(row->arena, buf_sv(text));

    buf_release(text);
    return cell;
}

static struct sv join(struct csv_row *row, const struct sv_list *list)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < list->count; i++) {
        struct sv item = list->items[i];

        if (i)
            buf_add_cstr(&text, "; ");
        for (size_t j = 0; j < item.len; j++) {
            if (item.ptr[j] == ';' || item.ptr[j] == '\\' || (item.ptr[j] == ' ' && j == 0))
                buf_add_char(&text, '\\');
            buf_add_char(&text, item.ptr[j]);
        }
    }
    return take_buf(row, &text);
}

static struct sv count_cell(struct csv_row *row, size_t count)
{
    struct buf text = { 0 };

    buf_addf(&text, "%zu", count);
    return take_buf(row, &text);
}

void csv_from_spans(struct cp_span_list spans, struct buf *out)
{
    for (size_t i = 0; i < spans.count; i++)
        buf_addf(out, "%s%zu-%zu", i ? " " : "", spans.items[i].beg, spans.items[i].end);
}

static const struct extra *extras_of(enum kind_id kind, const void *rec)
{
    return *(const struct extra *const *)(const void *)((const char *)rec +
                                                        kind_get(kind)->extra_offset);
}

// Keys unknown to this version: of the record, and under its key those of each map in its row.
static struct jnode *extra_node(enum kind_id kind, const void *rec)
{
    struct jnode *map = NULL;
    const struct kind *k = kind_get(kind);

    for (const struct extra *extra = extras_of(kind, rec); extra; extra = extra->next) {
        char *key = mem_copy(extra->key.ptr, extra->key.len);

        map = map ? map : jnode_map();
        jnode_set(map, key, jnode_text(extra->yaml));
        mem_free(key);
    }
    for (size_t i = 0; i < k->field_count; i++) {
        const struct field *field = &k->fields[i];
        const void *inner = NULL;

        if (field_storage(field) == STORAGE_MAP && field->sub != kind)
            inner = *(const void *const *)field_get(rec, field);
        else if (field_storage(field) == STORAGE_LIST && field->sub == KIND_PART &&
                 ((const struct rec_list *)field_get(rec, field))->count)
            inner = ((const struct rec_list *)field_get(rec, field))->items[0];

        struct jnode *node = inner ? extra_node(field->sub, inner) : NULL;

        if (node) {
            map = map ? map : jnode_map();
            jnode_set(map, field->key, node);
        }
    }
    return map;
}

static void set_fields(struct csv_row *row, enum kind_id kind, const void *rec, const char *prefix);

static void set_field(struct csv_row *row, enum kind_id kind, const struct field *field,
                      const void *rec, const char *prefix)
{
    struct name name = column_name(prefix, field->key), inner = column_name(name.text, "_");
    const void *member = field_get(rec, field);
    const struct cp_span *span = member;
    const struct rec_list *list = member;

    switch (field_storage(field)) {
    case STORAGE_SV:
        csv_set(row, name.text, *(const struct sv *)member);
        break;
    case STORAGE_BOOL:
        csv_set(row, name.text, SV("yes"));
        break;
    case STORAGE_COUNT:
        csv_set(row, name.text, count_cell(row, *(const size_t *)member));
        break;
    case STORAGE_SPAN:
        csv_set(row, column_name(prefix, "start").text, count_cell(row, span->beg));
        csv_set(row, column_name(prefix, "end").text, count_cell(row, span->end));
        break;
    case STORAGE_STRS:
        csv_set(row, name.text, join(row, member));
        break;
    case STORAGE_MAP:
        if (field->sub == kind)
            break;
        csv_set(row, name.text, SV("yes"));
        set_fields(row, field->sub, *(const void *const *)member, inner.text);
        break;
    case STORAGE_LIST:
        if (field->sub == KIND_PART)
            set_fields(row, KIND_PART, list->items[0], prefix);
        break;
    case STORAGE_SPANS:
        break; // no record has any
    }
}

static void set_fields(struct csv_row *row, enum kind_id kind, const void *rec, const char *prefix)
{
    for (size_t i = 0; i < kind_get(kind)->field_count; i++)
        if (!field_is_absent(rec, &kind_get(kind)->fields[i]))
            set_field(row, kind, &kind_get(kind)->fields[i], rec, prefix);
}

void csv_from_record(struct csv_row *row, enum kind_id kind, const void *rec)
{
    struct jnode *extra = extra_node(kind, rec);
    struct buf text = { 0 };

    set_fields(row, kind, rec, "");
    if (!extra)
        return;
    jnode_print_flat(extra, &text);
    jnode_free(extra);
    csv_set(row, "extra", take_buf(row, &text));
}

// ---- and back

struct take {
    struct csv_row *row;
    void (*bad)(struct csv_row *row, const char *column, const char *want);
    const struct jnode *extra; // of the map being filled; NULL: none
    bool ok;
};

static void refuse(struct take *take, const char *column, const char *want)
{
    if (take->ok)
        take->bad(take->row, column, want);
    take->ok = false;
}

static bool to_count(struct sv cell, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] < '0' || cell.ptr[i] > '9' || *out > LIMIT_TEXT_BYTES)
            return false;
        *out = *out * 10 + (size_t)(cell.ptr[i] - '0');
    }
    return cell.len > 0 && *out <= LIMIT_TEXT_BYTES;
}

bool csv_to_spans(struct sv cell, struct arena *arena, struct cp_span_list *out)
{
    struct cp_span *items = arena_new(arena, (cell.len / 3 + 1) * sizeof(*items));
    struct sv piece;

    *out = (struct cp_span_list){ items, 0 };
    while (sv_split(&cell, ' ', &piece)) {
        size_t dash = sv_find(piece, SV("-"), 0);
        struct cp_span *item = &items[out->count];

        if (!piece.len)
            continue;
        if (dash == SIZE_MAX || !to_count(sv_sub(piece, 0, dash), &item->beg) ||
            !to_count(sv_sub(piece, dash + 1, piece.len), &item->end) || item->beg >= item->end)
            return false;
        out->count++;
    }
    return true;
}

static struct sv_list split(struct arena *arena, struct sv cell)
{
    struct sv_list list = { 0 };
    struct buf item = { 0 };

    for (size_t i = 0; i <= cell.len; i++) {
        if (i < cell.len && cell.ptr[i] == '\\' && i + 1 < cell.len) {
            buf_add_char(&item, cell.ptr[++i]);
        } else if (i < cell.len && cell.ptr[i] != ';') {
            buf_add_char(&item, cell.ptr[i]);
        } else {
            sv_list_add(arena, &list, sv_copy(arena, buf_sv(&item)));
            buf_clear(&item);
            i += i + 1 < cell.len && cell.ptr[i + 1] == ' ';
        }
    }
    buf_release(&item);
    return list;
}

static bool to_bool(struct sv cell, bool *out)
{
    static const char *const yes[] = { "yes", "true", "TRUE", "1" };
    static const char *const no[] = { "no", "false", "FALSE", "0", "" };

    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (sv_eq_cstr(cell, yes[i]))
            return *out = true;
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        if (sv_eq_cstr(cell, no[i]))
            return true;
    return false;
}

static void take_fields(struct take *take, enum kind_id kind, void *rec, const char *prefix);

// Has any column of a map something in it?
static bool has_any(const struct csv_row *row, struct sv prefix)
{
    for (size_t i = 0; i < row->count; i++)
        if (sv_starts(row->names[i], prefix) && !sv_is_absent(row->cells[i]))
            return true;
    return false;
}

static void take_inner(struct take *take, const struct field *field, void *rec, const char *prefix)
{
    const struct jnode *outer = take->extra;

    take->extra = outer ? jnode_get(outer, field->key) : NULL;
    if (take->extra && jnode_type(take->extra) != JNODE_MAP)
        refuse(take, "extra", "a map of texts of YAML");
    else
        take_fields(take, field->sub, rec, prefix);
    take->extra = outer;
}

static void take_span(struct take *take, struct cp_span *out, const char *prefix)
{
    struct name start = column_name(prefix, "start"), end = column_name(prefix, "end");

    if (!to_count(csv_cell(take->row, start.text), &out->beg))
        refuse(take, start.text, "a count of characters");
    else if (!to_count(csv_cell(take->row, end.text), &out->end) || out->end < out->beg)
        refuse(take, end.text, "a count of characters that is not less than the start");
}

static void take_field(struct take *take, enum kind_id kind, const struct field *field, void *rec,
                       const char *prefix)
{
    struct name name = column_name(prefix, field->key), inner = column_name(name.text, "_");
    struct sv cell = csv_cell(take->row, name.text);
    void *member = (char *)rec + field->offset;
    struct arena *arena = take->row->arena;

    switch (field_storage(field)) {
    case STORAGE_SV:
        *(struct sv *)member = cell;
        break;
    case STORAGE_BOOL:
        if (!sv_is_absent(cell) && !to_bool(cell, member))
            refuse(take, name.text, "yes or no");
        break;
    case STORAGE_COUNT:
        if (!sv_is_absent(cell) && !to_count(cell, member))
            refuse(take, name.text, "a count");
        break;
    case STORAGE_SPAN:
        take_span(take, member, prefix);
        break;
    case STORAGE_STRS:
        if (!sv_is_absent(cell))
            *(struct sv_list *)member = split(arena, cell);
        break;
    case STORAGE_MAP: {
        bool is_there = false;
        void *map;

        if (field->sub == kind)
            break;
        if (may_be_empty(field->sub) && !sv_is_absent(cell) && !to_bool(cell, &is_there))
            refuse(take, name.text, "yes or no");
        if (!is_there && !has_any(take->row, sv_from(inner.text)))
            break;
        map = arena_new(arena, kind_get(field->sub)->size);
        *(const void **)member = map;
        take_inner(take, field, map, inner.text);
        break;
    }
    case STORAGE_LIST: {
        void *part;

        if (field->sub != KIND_PART)
            break;
        part = arena_new(arena, kind_get(KIND_PART)->size);
        rec_list_add(arena, member, part);
        take_inner(take, field, part, prefix);
        break;
    }
    case STORAGE_SPANS:
        break;
    }
}

// Keys unknown to this version, for the map being filled.
struct take_extra {
    struct take *take;
    enum kind_id kind;
    const struct extra **last;
};

static void take_extra(void *ctx, const char *key, const struct jnode *value)
{
    struct take_extra *t = ctx;
    struct arena *arena = t->take->row->arena;
    struct extra *extra;

    if (kind_find(kind_get(t->kind), sv_from(key)))
        return; // those of a map under that key
    if (jnode_type(value) != JNODE_TEXT) {
        refuse(t->take, "extra", "a map of texts of YAML");
        return;
    }
    extra = arena_new(arena, sizeof(*extra));
    extra->key = sv_copy(arena, sv_from(key));
    extra->yaml = sv_copy(arena, jnode_string(value));
    *t->last = extra;
    t->last = &extra->next;
}

static void take_fields(struct take *take, enum kind_id kind, void *rec, const char *prefix)
{
    const struct kind *k = kind_get(kind);
    struct take_extra extra = { take, kind,
                                (const struct extra **)(void *)((char *)rec + k->extra_offset) };

    for (size_t i = 0; take->ok && i < k->field_count; i++) {
        const struct field *field = &k->fields[i];

        take_field(take, kind, field, rec, prefix);
        if (take->ok && field->is_required && field->type != FIELD_ID &&
            field_storage(field) != STORAGE_SPAN && field_is_absent(rec, field))
            refuse(take, column_name(prefix, field->key).text, "filled");
    }
    if (take->extra)
        jnode_each(take->extra, take_extra, &extra);
}

bool csv_to_record(struct csv_row *row, enum kind_id kind, void *rec,
                   void (*bad)(struct csv_row *row, const char *column, const char *want))
{
    struct sv cell = csv_cell(row, "extra");
    struct jnode *extra = NULL;
    struct err err = { 0 };
    struct take take = { row, bad, NULL, true };

    if (cell.len) {
        extra = jnode_read(cell, NULL, &err);
        if (!extra || jnode_type(extra) != JNODE_MAP)
            refuse(&take, "extra", "a JSON map of texts of YAML");
        err_release(&err);
    }
    take.extra = extra;
    if (take.ok)
        take_fields(&take, kind, rec, "");
    if (extra)
        jnode_free(extra);
    return take.ok;
}
