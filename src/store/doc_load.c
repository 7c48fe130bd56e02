// Loading a file of records: decode, and note where each key and record stands. Declared in doc.h.
// Never changes a byte, and never lets a record that cannot be read stop the others.
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "model/index.h"
#include "store/doc_decode.h"
#include "store/doc_lines.h"
#include "store/doc_normal.h"
#include "store/doc_runs.h"
#include "store/yaml_write.h"

struct load {
    struct doc *doc;
    struct sv bytes;
    struct doc_reader reader;
    struct head_run *section; // the one being read; NULL: unknown or none
    const struct ynode *key;  // of the section
    size_t from;              // end of the run before
    size_t unreadable;        // records
    struct id_index *ids;
};

static struct err_at place_of(const struct load *load, const struct ynode *node)
{
    return (struct err_at){ load->reader.path, node->line, node->col };
}

static const struct field *find_field(const struct doc_shape *shape, struct sv key)
{
    size_t count;
    const struct field *fields = doc_shape_fields(shape, &count);

    for (size_t i = 0; i < count; i++)
        if (sv_eq_cstr(key, fields[i].key))
            return &fields[i];
    return NULL;
}

static bool is_section(const struct doc_shape *shape, const struct field *field)
{
    return field && field->type == FIELD_LIST && shape->kind == KIND_NONE;
}

static struct head_run *add_head(struct load *load, const struct ynode *key)
{
    struct doc *doc = load->doc;

    MEM_GROW(doc->heads, doc->count, doc->cap);

    struct head_run *head = &doc->heads[doc->count++];

    *head = (struct head_run){ .field = find_field(doc->shape, key->text) };
    head->is_section = is_section(doc->shape, head->field);
    head->is_block = head->is_section;
    return head;
}

static int line_of(struct sv bytes, size_t pos)
{
    int line = 1;

    for (size_t i = 0; i < pos; i++)
        line += bytes.ptr[i] == '\n';
    return line;
}

static const struct record_run *find_run(const struct doc *doc, const void *rec)
{
    for (size_t h = 0; h < doc->count; h++)
        for (size_t i = 0; i < doc->heads[h].count; i++)
            if (doc->heads[h].records[i].rec == rec)
                return &doc->heads[h].records[i];
    return NULL;
}

static bool check_id(struct load *load, const struct ynode *item, const struct record *rec,
                     struct err *err)
{
    const void *twin = id_index_find(load->ids, rec->id);

    if (twin) {
        const struct record_run *run = find_run(load->doc, twin);

        return err_set(err, E_ID, place_of(load, item),
                       "the id '" SV_FMT "' is used twice, first in line %d; give one another id",
                       SV_ARG(rec->id), run ? line_of(load->bytes, run->beg) : 0);
    }
    id_index_put(&load->ids, rec);
    return true;
}

static struct sv value_text(struct arena *arena, const struct ynode *node)
{
    struct buf yaml = { 0 };

    yaml_write_value(node, &yaml);

    struct sv text = sv_copy(arena, buf_sv(&yaml));

    buf_release(&yaml);
    return text;
}

// Is the block scalar `leaf` open: the file ends in its text, without a line end?
static void note_open(struct load *load, const struct ynode *leaf)
{
    struct sv bytes = load->bytes;

    size_t end = leaf->bytes.end;

    while (end < bytes.len && (bytes.ptr[end] == ' ' || bytes.ptr[end] == '\t'))
        end++;
    if (end == bytes.len && leaf->type == YNODE_SCALAR && !leaf->is_plain &&
        strchr("|>", bytes.ptr[leaf->bytes.beg]))
        load->doc->open_scalar = leaf->bytes.beg;
}

static const void *read_record(struct load *load, const struct ynode *item)
{
    if (item->type == YNODE_MAP)
        return doc_decode(&load->reader, load->section->field->sub, item);
    doc_add_finding(&load->reader, SEVERITY_ERROR, E_SHAPE, item,
                    "each item of '%s' must be a map that begins with 'id'",
                    load->section->field->key);
    return NULL;
}

// A record that could not be read, for the case that its lines cannot be kept.
static struct sv unread_text(struct load *load, const struct ynode *item)
{
    struct arena *arena = &load->doc->arena;
    struct ynode copy = *item;

    doc_normal_map(load->section->field->sub, &copy, false, arena);
    return value_text(arena, &copy);
}

static bool take_record(struct load *load, const struct ynode *list, const struct ynode *item,
                        struct err *err)
{
    struct head_run *section = load->section;

    MEM_GROW(section->records, section->count, section->cap);

    struct record_run *run = &section->records[section->count++];

    *run = (struct record_run){ .rec = read_record(load, item) };
    section->is_block =
        section->is_block && !list->is_flow &&
        record_run_make(load->bytes, load->from, section->dash_col, kind_get(section->field->sub),
                        item, &load->doc->arena, run);
    if (section->is_block) {
        load->from = run->end;
        section->ends_keep = run->ends_keep;
        note_open(load, ynode_last_leaf(item));
    }
    if (run->rec)
        return check_id(load, item, run->rec, err);
    run->yaml = unread_text(load, item); // last: it puts nodes in another order
    if (++load->unreadable > LIMIT_FINDINGS)
        return err_set(err, E_SHAPE, place_of(load, item),
                       "more than %d records cannot be read; is this the right file?",
                       LIMIT_FINDINGS);
    return true;
}

// The sink of yaml_parse_items.
static bool wants(void *ctx, const struct ynode *key)
{
    const struct doc_shape *shape = ((const struct load *)ctx)->doc->shape;

    return is_section(shape, find_field(shape, key->text));
}

static bool take(void *ctx, const struct ynode *key, const struct ynode *list,
                 const struct ynode *item, struct err *err)
{
    struct load *load = ctx;

    if (load->key != key) {
        load->key = key;
        load->section = add_head(load, key);
        load->section->dash_col = list->col - 1;
        load->from = line_next(load->bytes, key->bytes.end);
        load->section->records_beg = load->from;
    }
    return take_record(load, list, item, err);
}

static bool check_version(const struct load *load, const struct ynode *root, struct err *err)
{
    const struct ynode *node = ynode_get(root, "gainsay");

    if (load->doc->shape->kind != KIND_NONE)
        return true;
    if (!node || ynode_is_null(node))
        return err_set(err, E_MISSING, place_of(load, root),
                       "'gainsay' is missing; add the line 'gainsay: %d' at the beginning",
                       DOC_VERSION);
    if (node->type != YNODE_SCALAR || !node->is_plain || !node->text.len ||
        strspn(node->text.ptr, "0123456789") != node->text.len || node->text.ptr[0] == '0')
        return err_set(err, E_SHAPE, place_of(load, node),
                       "'gainsay' must be the version of the format: 'gainsay: %d'", DOC_VERSION);
    if (!sv_eq_cstr(node->text, "1"))
        return err_set(err, E_VERSION, place_of(load, node),
                       "written in version " SV_FMT " of the format; this program reads version "
                       "%d: install a newer one",
                       SV_ARG(node->text), DOC_VERSION);
    return true;
}

// The first error among `own` as the error that refuses the file; warnings go to the others.
static bool settle_head(struct load *load, struct findings *own, struct err *err)
{
    bool ok = true;

    for (size_t i = 0; i < own->count; i++) {
        struct finding *finding = &own->items[i];

        if (finding->severity == SEVERITY_WARNING) {
            findings_take(load->reader.findings, SEVERITY_WARNING, &finding->err);
        } else if (ok) {
            err_release(err);
            *err = finding->err;
            finding->err = (struct err){ 0 };
            ok = false;
        }
    }
    findings_release(own);
    return ok;
}

static bool read_field(struct load *load, const struct field *field, const struct ynode *value,
                       struct err *err)
{
    struct findings own = { 0 };
    struct doc_reader reader = load->reader;

    reader.findings = &own;

    bool ok = doc_decode_field(&reader, field, value, load->doc->head);

    return settle_head(load, &own, err) && ok;
}

static void read_unknown(struct load *load, const struct ynode *key, const struct ynode *value,
                         struct head_run *head)
{
    struct doc *doc = load->doc;
    size_t count;
    const struct field *fields = doc_shape_fields(doc->shape, &count);

    doc_warn_unknown(&load->reader, fields, count, key, "file");
    head->key = sv_copy(&doc->arena, key->text);
    head->yaml = value_text(&doc->arena, value);
}

static struct head_run *find_head(const struct doc *doc, const struct field *field)
{
    for (size_t i = 0; field && i < doc->count; i++)
        if (doc->heads[i].field == field)
            return &doc->heads[i];
    return NULL;
}

// Lines of a head key; false when it does not stand on lines of its own.
static bool run_head(struct load *load, const struct ynode *key, const struct ynode *value,
                     struct head_run *head)
{
    struct sv bytes = load->bytes;
    int col = load->doc->col;

    if (key->col - 1 != col || !is_first_on_line(bytes, key->bytes.beg))
        return false;
    head->beg = line_beg(bytes, key->bytes.beg);
    if (head->beg == 0 && sv_starts(bytes, SV(BYTE_ORDER_MARK)))
        head->beg = sizeof(BYTE_ORDER_MARK) - 1;
    head->value = value->bytes;
    if (head->is_block) {
        head->end = head->records[head->count - 1].end;
        return true;
    }
    head->end = run_end(bytes, ynode_last_leaf(value)->bytes.end, col);
    head->ends_keep = ends_in_keep(bytes, value);
    note_open(load, ynode_last_leaf(value));
    return true;
}

static bool read_head(struct load *load, const struct ynode *key, const struct ynode *value,
                      struct err *err)
{
    struct doc *doc = load->doc;
    const struct field *field = find_field(doc->shape, key->text);
    struct head_run *head = find_head(doc, field);

    if (!head)
        head = add_head(load, key);
    if (!field) {
        read_unknown(load, key, value, head);
    } else if (head->is_section) {
        if (value->type != YNODE_LIST && !ynode_is_null(value))
            return err_set(err, E_SHAPE, place_of(load, value),
                           "'%s' must be a list of records, each behind '- '", field->key);
        head->is_block = head->is_block && head->count > 0;
        head->is_kept_empty = head->count == 0;
    } else if (!read_field(load, field, value, err)) {
        return false;
    }
    doc->is_flow = doc->is_flow || !run_head(load, key, value, head);
    return true;
}

static int compare_heads(const void *a, const void *b)
{
    const struct head_run *x = a, *y = b;

    return (x->beg > y->beg) - (x->beg < y->beg);
}

static bool read_root(struct load *load, const struct ynode *root, struct err *err)
{
    struct doc *doc = load->doc;

    if (root->type != YNODE_MAP)
        return err_set(err, E_SHAPE, place_of(load, root),
                       "the file must be a map of keys and values, beginning with 'gainsay: %d'",
                       DOC_VERSION);
    if (!check_version(load, root, err))
        return false;
    doc->col = root->col - 1;
    doc->is_flow = root->is_flow;
    for (size_t i = 0; i < root->count; i += 2)
        if (!read_head(load, root->items[i], root->items[i + 1], err))
            return false;
    if (doc->count && !doc->is_flow)
        qsort(doc->heads, doc->count, sizeof(*doc->heads), compare_heads);
    for (size_t i = 1; i < doc->count; i++)
        doc->is_flow = doc->is_flow || doc->heads[i].beg < doc->heads[i - 1].end;
    if (doc->is_flow)
        doc->col = 0; // of what will be written anew
    return true;
}

static bool read_file(struct load *load, struct err *err)
{
    struct arena nodes = { 0 };
    struct ynode *root = NULL;
    struct yaml_sink sink = { wants, take, load };
    bool ok = yaml_parse_items(load->bytes, load->reader.path, &nodes, &sink, &root, err);

    if (ok && root)
        ok = read_root(load, root, err);
    else if (ok && load->doc->shape->kind == KIND_NONE)
        ok = err_set(err, E_MISSING, (struct err_at){ load->reader.path, 1, 1 },
                     "the file holds no keys; begin it with 'gainsay: %d'", DOC_VERSION);
    arena_release(&nodes);
    return ok;
}

static void fill_content(const struct doc *doc, struct arena *arena, struct doc_content *content)
{
    content->head = doc->head;
    for (size_t h = 0; h < doc->count; h++) {
        const struct head_run *head = &doc->heads[h];
        const void **items;
        size_t count = 0;

        if (!head->is_section || !head->count)
            continue;
        items = arena_new(arena, head->count * sizeof(*items));
        for (size_t i = 0; i < head->count; i++)
            if (head->records[i].rec)
                items[count++] = head->records[i].rec;
        content->sections[doc_section_index(doc->shape, head->field)] =
            (struct rec_list){ items, count };
    }
}

static void move_findings(struct findings *from, struct findings *to)
{
    for (size_t i = 0; i < from->count; i++)
        findings_take(to, from->items[i].severity, &from->items[i].err);
    findings_release(from);
}

static struct doc *doc_new(const struct doc_shape *shape, struct sv bytes, const char *path)
{
    struct doc *doc = mem_new(sizeof(*doc));
    const char *first_end = bytes.len ? memchr(bytes.ptr, '\n', bytes.len) : NULL;

    doc->shape = shape;
    doc->places = doc_places_new();
    doc->open_scalar = SIZE_MAX;
    doc->is_crlf = first_end && first_end > bytes.ptr && first_end[-1] == '\r';
    buf_add_cstr(&doc->path, path);
    return doc;
}

// The head as read goes to the caller, who may change it; the doc keeps a copy of the struct.
static void keep_file(struct doc *doc, struct sv bytes, const void *head)
{
    doc->head = mem_new(doc->shape->head_size);
    memcpy(doc->head, head, doc->shape->head_size);
    buf_reserve(&doc->bytes, bytes.len);
    buf_add(&doc->bytes, bytes);
}

bool doc_load_yaml(const struct doc_shape *shape, struct sv bytes, const char *path,
                   struct arena *arena, struct doc_content *content, struct doc **out,
                   struct findings *findings, struct err *err)
{
    struct doc *doc = doc_new(shape, bytes, path);
    struct findings own = { 0 };
    struct load load = { .doc = doc, .bytes = bytes, .reader = { path, arena, &own } };

    *content = (struct doc_content){ 0 };

    void *head = doc->head = arena_new(arena, shape->head_size);
    bool ok = sv_is_blank(bytes) || read_file(&load, err);

    id_index_free(load.ids);
    if (!ok) {
        doc->head = NULL;
        doc_free(doc);
        findings_release(&own);
        return false;
    }
    fill_content(doc, arena, content);
    keep_file(doc, bytes, head);
    move_findings(&own, findings);
    *out = doc;
    return true;
}

bool doc_load(const struct doc_shape *shape, struct sv bytes, const char *path, struct arena *arena,
              struct doc_content *content, struct doc **out, struct findings *findings,
              struct err *err)
{
    struct doc *doc = doc_new(shape, bytes, path);

    if (!doc_read_lines(shape, bytes, arena, content, doc)) {
        doc_free(doc);
        return doc_load_yaml(shape, bytes, path, arena, content, out, findings, err);
    }
    keep_file(doc, bytes, content->head);
    *out = doc;
    return true;
}

struct sv doc_bytes(const struct doc *doc)
{
    return buf_sv(&doc->bytes);
}

void doc_heads_release(struct doc *doc)
{
    for (size_t i = 0; i < doc->count; i++)
        mem_free(doc->heads[i].records);
    mem_free(doc->heads);
    doc->heads = NULL;
    doc->count = doc->cap = 0;
}

void doc_free(struct doc *doc)
{
    if (!doc)
        return;
    doc_places_drop(doc->places);
    mem_free(doc->places);
    doc_heads_release(doc);
    buf_release(&doc->path);
    buf_release(&doc->bytes);
    arena_release(&doc->arena);
    mem_free(doc->head);
    mem_free(doc);
}
