// Canonical form of a whole file, comments and all. Declared in doc.h.
// Never drops a record, a comment or a key; refuses what cannot be loaded.
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "model/layer.h"
#include "model/registry.h"
#include "store/doc_attach.h"
#include "store/doc_draft.h"
#include "store/doc_encode.h"
#include "store/doc_normal.h"
#include "store/doc_runs.h"
#include "store/yaml_write.h"

struct format {
    const struct doc *doc;
    const struct doc_content *content;
    struct buf *out;
    struct arena arena; // of the piece at hand
};

// Where a record stands in its section.
struct entry {
    const void *rec;
    size_t index;
};

static struct sv bytes_of(const struct format *f)
{
    return buf_sv(&f->doc->bytes);
}

// Comments of the lines [beg, end) between two runs.
static void write_lead(struct format *f, size_t beg, size_t end)
{
    struct sv rest = sv_sub(bytes_of(f), beg, end), line;

    while (rest.len && sv_split(&rest, '\n', &line)) {
        size_t mark = sv_find(line, SV("#"), 0);

        if (mark == SIZE_MAX) // blank, or a document marker
            continue;
        buf_add(f->out, sv_trim(sv_sub(line, mark, line.len)));
        buf_add_char(f->out, '\n');
    }
}

// The tree of the lines [beg, end), with its comments; NULL when they do not stand alone.
static struct ynode *parse_piece(struct format *f, size_t beg, size_t end, struct sv *tail)
{
    struct sv piece = sv_sub(bytes_of(f), beg, end);
    struct ynode *root = NULL;
    struct err err = { 0 };

    if (!yaml_parse(piece, NULL, &f->arena, &root, &err) || !root || !root->count)
        root = NULL;
    else
        *tail = comments_attach(piece, root, &f->arena);
    err_release(&err);
    return root;
}

static void write_item(struct format *f, const struct ynode *item, struct sv tail)
{
    yaml_write_comments(item->before, 0, f->out);
    yaml_write_item(item, 0, f->out);
    yaml_write_comments(tail, 2, f->out);
}

static void write_run(struct format *f, const struct head_run *section, size_t index)
{
    const struct record_run *run = &section->records[index];
    size_t lead = index ? run[-1].end : section->records_beg;
    struct sv tail = { 0 };
    struct ynode raw = { .type = YNODE_SCALAR, .is_raw = true, .text = run->yaml }, *item = &raw;

    buf_add_char(f->out, '\n');
    if (section->is_block) {
        struct ynode *root = parse_piece(f, run->beg, run->end, &tail);

        write_lead(f, lead, run->beg);
        if (root && root->type == YNODE_LIST)
            item = root->items[0];
    } else if (run->rec) {
        item = doc_encode(&f->arena, section->field->sub, run->rec);
    }
    doc_normal_map(section->field->sub, item, run->rec != NULL, &f->arena);
    write_item(f, item, tail);
    arena_release(&f->arena);
}

static int compare_entries(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const struct entry *)a)->rec,
              y = (uintptr_t)((const struct entry *)b)->rec;

    return (x > y) - (x < y);
}

// Records as the content has them, then those that could not be read.
static void write_records(struct format *f, const struct head_run *section)
{
    struct rec_list list = f->content->sections[doc_section_index(f->doc->shape, section->field)];
    struct entry *entries = mem_new(section->count * sizeof(*entries));
    size_t count = 0;

    for (size_t i = 0; i < section->count; i++)
        if (section->records[i].rec)
            entries[count++] = (struct entry){ section->records[i].rec, i };
    qsort(entries, count, sizeof(*entries), compare_entries);
    for (size_t i = 0; i < list.count; i++) {
        struct entry wanted = { list.items[i], 0 };
        const struct entry *entry =
            bsearch(&wanted, entries, count, sizeof(*entries), compare_entries);

        BUG_ON(!entry);
        write_run(f, section, entry->index);
    }
    for (size_t i = 0; i < section->count; i++)
        if (!section->records[i].rec)
            write_run(f, section, i);
    mem_free(entries);
}

// A head key with its value, from the tree of its lines.
static void write_pair(struct format *f, struct ynode *root, const struct field *field,
                       struct sv tail)
{
    struct ynode *key = root->items[0], *value = root->items[1];

    if (field)
        doc_normal_value(field, value, true, &f->arena);
    yaml_write_comments(key->before, 0, f->out);
    if (!field || !doc_is_idle(field, key, value))
        yaml_write_pair(key->text, value, 0, f->out);
    yaml_write_comments(tail, 0, f->out);
}

// `claims:` and what was written behind it in its lines.
static void write_header(struct format *f, const struct head_run *section)
{
    size_t end = section->is_block ? section->records_beg : section->end;
    struct sv tail = { 0 };
    struct ynode *root = parse_piece(f, section->beg, end, &tail);

    if (root)
        yaml_write_comments(root->items[0]->before, 0, f->out);
    yaml_write_comments(tail, 0, f->out); // behind the header they would be the first record's
    buf_addf(f->out, "%s:", section->field->key);
    if (root && root->items[1]->beside.len)
        buf_addf(f->out, " " SV_FMT, SV_ARG(root->items[1]->beside));
    buf_add_char(f->out, '\n');
    arena_release(&f->arena);
}

static void write_head(struct format *f, const struct head_run *head, size_t lead)
{
    struct sv tail = { 0 };

    write_lead(f, lead, head->beg);
    if (head->is_section) {
        write_header(f, head);
        write_records(f, head);
        return;
    }

    struct ynode *root = parse_piece(f, head->beg, head->end, &tail);

    if (root && root->type == YNODE_MAP)
        write_pair(f, root, head->field, tail);
    arena_release(&f->arena);
}

static size_t lead_of(const struct doc *doc, const struct head_run *head)
{
    return head == doc->heads ? 0 : head[-1].end;
}

static void format_spliced(struct format *f)
{
    const struct doc *doc = f->doc;
    size_t count;
    const struct field *fields = doc_shape_fields(doc->shape, &count);

    for (size_t k = 0; k <= count; k++) {
        const struct field *field = k < count ? &fields[k] : NULL;

        for (size_t i = 0; i < doc->count; i++)
            if (doc->heads[i].field == field)
                write_head(f, &doc->heads[i], lead_of(doc, &doc->heads[i]));
    }
    write_lead(f, doc->count ? doc->heads[doc->count - 1].end : 0, doc->bytes.len);
}

// Claims, furniture and notes by position, links by that of their first claim, comments by time.
static void sort_layer(struct doc_content *content, struct arena *arena)
{
    struct layer layer = { 0 };

    for (enum section s = 0; s < SECTION__N; s++)
        for (size_t i = 0; i < content->sections[s].count; i++)
            layer_put(&layer, s, content->sections[s].items[i]);
    for (enum section s = 0; s < SECTION__N; s++) {
        size_t count = layer.sections[s].count;
        const void **items = arena_new(arena, count * sizeof(*items));

        if (count)
            memcpy(items, layer.sections[s].items, count * sizeof(*items));
        content->sections[s] = (struct rec_list){ items, count };
    }
    layer_release(&layer);
}

static int compare_ids(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;

    return sv_cmp((*x)->id, (*y)->id);
}

static void sort_registry(struct doc_content *content, struct arena *arena)
{
    struct rec_list *list = &content->sections[0];
    const void **items = arena_new(arena, list->count * sizeof(*items));

    if (list->count)
        memcpy(items, list->items, list->count * sizeof(*items));
    qsort(items, list->count, sizeof(*items), compare_ids);
    list->items = items;
}

bool doc_format(const struct doc_shape *shape, struct sv bytes, const char *path, struct buf *out,
                struct findings *findings, struct err *err)
{
    struct arena arena = { 0 };
    struct doc_content content;
    struct doc *doc = NULL;
    struct format f = { .content = &content, .out = out };
    bool ok = doc_load(shape, bytes, path, &arena, &content, &doc, findings, err);

    if (!ok)
        goto out;
    if (shape == &doc_layer)
        sort_layer(&content, &arena);
    if (shape == &doc_registry)
        sort_registry(&content, &arena);
    f.doc = doc;
    if (doc->is_flow)
        doc_render_anew(doc, &content, out);
    else
        format_spliced(&f);
out:
    doc_free(doc);
    arena_release(&arena);
    return ok;
}
