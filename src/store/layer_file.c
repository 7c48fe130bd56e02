// A layer on disk: loading it, saving it, merging what another program wrote. Declared in
// store/files.h. Never drops a record, ours or theirs; never writes a file it could not read.
#include "store/files.h"

#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/version.h"
#include "store/checkout.h"
#include "store/doc_lines.h"
#include "store/saver.h"

// The layer as it stands on disk.
struct layer_base {
    struct layer_head head;
    struct {
        const void **items; // owned
        size_t count;
    } sections[SECTION__N];
};

static void base_clear(struct layer_base *base)
{
    for (enum section s = 0; s < SECTION__N; s++)
        mem_free(base->sections[s].items);
    *base = (struct layer_base){ 0 };
}

static void base_take(struct layer_base *base, const struct layer *layer)
{
    base_clear(base);
    base->head = layer->head;
    for (enum section s = 0; s < SECTION__N; s++) {
        size_t size = layer->sections[s].count * sizeof(void *);

        base->sections[s].items = (void *)mem_copy((const void *)layer->sections[s].items, size);
        base->sections[s].count = layer->sections[s].count;
    }
}

static struct rec_list section_list(const struct layer *layer, enum section section)
{
    return (struct rec_list){ layer->sections[section].items, layer->sections[section].count };
}

static void content_of(void *ctx, struct doc_content *out)
{
    struct layer_file *file = ctx;

    out->head = &file->layer.head;
    for (enum section s = 0; s < SECTION__N; s++)
        out->sections[s] = section_list(&file->layer, s);
}

static void put_all(struct layer *layer, enum section section, struct rec_list list)
{
    for (size_t i = 0; i < list.count; i++)
        layer_put(layer, section, list.items[i]);
}

// Make a section hold `list`, keeping in place what is there already.
static void set_section(struct layer *layer, enum section section, struct rec_list list)
{
    struct layer wanted = { 0 };
    size_t count = layer->sections[section].count;
    const void **old =
        (void *)mem_copy((const void *)layer->sections[section].items, count * sizeof(*old));

    put_all(&wanted, section, list);
    for (size_t i = 0; i < count; i++) {
        struct sv id = ((const struct record *)old[i])->id;

        if (!layer_find(&wanted, section, id))
            layer_drop(layer, section, id);
    }
    for (size_t i = 0; i < list.count; i++) {
        struct sv id = ((const struct record *)list.items[i])->id;

        if (layer_find(layer, section, id) != list.items[i])
            layer_put(layer, section, list.items[i]);
    }
    mem_free(old);
    layer_release(&wanted);
}

static struct sv merge_str(struct sv base, struct sv ours, struct sv theirs)
{
    return sv_eq(base, ours) ? theirs : ours;
}

static void merge_head(struct layer_file *file, const struct layer_head *theirs)
{
    const struct layer_head *base = &file->base->head;
    struct layer_head *ours = &file->layer.head;

    if (ours->gainsay == base->gainsay)
        ours->gainsay = theirs->gainsay;
    ours->article = merge_str(base->article, ours->article, theirs->article);
    ours->annotator = merge_str(base->annotator, ours->annotator, theirs->annotator);
    ours->state = merge_str(base->state, ours->state, theirs->state);
    ours->guideline = merge_str(base->guideline, ours->guideline, theirs->guideline);
    if (ours->text == base->text || !ours->text)
        ours->text = theirs->text;
    ours->read = merge_spans(&file->layer.arena, base->read, ours->read, theirs->read);
}

// The place of a head key. `doc` NULL: of the file alone.
static struct err_at head_at(const struct doc *doc, const char *name, const char *key)
{
    const struct field field = { .key = key };

    return doc ? doc_place(doc, NULL, &field) : (struct err_at){ .path = name };
}

// A file that says it belongs elsewhere was copied or moved by hand: it is read, and reported.
static void check_head(const struct layer_head *head, const struct doc *doc, const char *name,
                       struct sv annotator, struct sv article, struct findings *findings)
{
    if (!sv_eq(head->article, article))
        findings_add(findings, SEVERITY_ERROR, E_NAME, head_at(doc, name, "article"),
                     "'article' is '" SV_FMT "', but the file lies where that of '" SV_FMT
                     "' belongs; correct the key or move the file",
                     SV_ARG(head->article), SV_ARG(article));
    if (!sv_eq(head->annotator, annotator))
        findings_add(findings, SEVERITY_ERROR, E_NAME, head_at(doc, name, "annotator"),
                     "'annotator' is '" SV_FMT "', but the file lies in the folder of '" SV_FMT
                     "'; correct the key or move the file",
                     SV_ARG(head->annotator), SV_ARG(annotator));
}

static void merge_disk(void *ctx, const struct doc_content *theirs, struct save_report *report)
{
    struct layer_file *file = ctx;
    struct merge merge = { .arena = &file->layer.arena,
                           .conflicts = report->conflicts,
                           .conflict_count = report->conflict_count,
                           .conflict_cap = report->conflict_count };

    struct rec_list merged[SECTION__N];

    for (enum section s = 0; s < SECTION__N; s++) {
        struct rec_list base = { file->base->sections[s].items, file->base->sections[s].count };

        merge_records(&merge, section_get(s)->kind, s, base, section_list(&file->layer, s),
                      theirs->sections[s], &merged[s]);
    }

    const struct rec_list ours[] = { section_list(&file->layer, SECTION_CLAIMS),
                                     section_list(&file->layer, SECTION_LINKS) };

    merge_restore(&merge, file->layer.head.article, ours, theirs->sections, report->conflict_count,
                  merged[SECTION_LINKS], &merged[SECTION_CLAIMS]);
    merge_ids(&merge, merged);
    for (size_t i = 0; i < merge.rename_count; i++)
        merge_say_rename(&merge.renames[i], layer_file_name(file), &report->findings);
    for (enum section s = 0; s < SECTION__N; s++)
        set_section(&file->layer, s, merged[s]);
    merge_head(file, theirs->head);
    if (file->base->head.gainsay) // there was a file
        check_head(&file->layer.head, NULL, layer_file_name(file), file->base->head.annotator,
                   file->base->head.article, &report->findings);
    report->conflicts = merge.conflicts;
    report->conflict_count = merge.conflict_count;
    report->taken += merge.taken;
    mem_free(merge.renames);

    struct layer disk = { .head = *(const struct layer_head *)theirs->head };

    for (enum section s = 0; s < SECTION__N; s++)
        put_all(&disk, s, theirs->sections[s]);
    base_take(file->base, &disk);
    layer_release(&disk);
}

static void settled(void *ctx)
{
    struct layer_file *file = ctx;

    base_take(file->base, &file->layer);
}

static bool is_blank(const struct layer *layer)
{
    for (enum section s = 0; s < SECTION__N; s++) {
        if (layer->sections[s].count)
            return false;
    }
    return layer->head.read.count == 0 && sv_is_absent(layer->head.state);
}

static void fill_head(struct layer *layer, struct arena *arena, struct sv annotator,
                      struct sv article)
{
    if (!layer->head.gainsay)
        layer->head.gainsay = GAINSAY_FORMAT;
    if (sv_is_absent(layer->head.article))
        layer->head.article = sv_copy(arena, article);
    if (sv_is_absent(layer->head.annotator))
        layer->head.annotator = sv_copy(arena, annotator);
}

static void take_content(struct layer *layer, const struct doc_content *content)
{
    if (content->head)
        layer->head = *(const struct layer_head *)content->head;
    for (enum section s = 0; s < SECTION__N; s++)
        layer_fill(layer, s, content->sections[s]);
}

bool layer_file_load(const struct workspace *ws, struct sv annotator, struct sv article,
                     struct layer_file *out, struct findings *findings, struct err *err)
{
    struct doc_content content = { 0 };
    struct buf bytes = { 0 };

    *out = (struct layer_file){ .root_len = ws->root.len + 1, .is_past = ws->at };
    workspace_layer_path(ws, annotator, article, &out->path);
    out->base = mem_new(sizeof(*out->base));

    // A layer that is left out would end with what is written in its place.
    bool ok = saver_load(ws, buf_cstr(&out->path), &bytes, &out->stamp, &out->is_unread, err) &&
              (out->stamp.exists || checkout_holds(ws, layer_file_name(out), err)) &&
              doc_load(&doc_layer, buf_sv(&bytes), layer_file_name(out), &out->layer.arena,
                       &content, &out->doc, findings, err);

    if (ok)
        take_content(&out->layer, &content);
    base_take(out->base, &out->layer);
    out->is_refused = !ok;
    fill_head(&out->layer, &out->layer.arena, annotator, article);
    if (ok)
        check_head(&out->layer.head, out->doc, layer_file_name(out), annotator, article, findings);
    buf_release(&bytes);
    return ok;
}

bool layer_file_may_talk(const char *path)
{
    struct buf bytes = { 0 };
    struct err err = { 0 };
    bool may = !fs_read(path, LIMIT_YAML_BYTES, &bytes, &err) ||
               sv_find(buf_sv(&bytes), SV("comments"), 0) != SIZE_MAX;

    err_release(&err);
    buf_release(&bytes);
    return may;
}

// The content of the file at reader->path, out of the cache where that has it.
static bool read_content(struct layer_reader *reader, struct sv article, const char *name,
                         struct doc_content *out, struct findings *findings, struct err *err)
{
    const char *path = buf_cstr(&reader->path);
    struct fs_stamp stamp = { 0 };
    struct doc *doc = NULL;

    if (reader->cache && reader->stamp)
        stamp = *reader->stamp;
    else if (reader->cache && !fs_stamp(path, &stamp, err))
        return false;
    if (reader->cache &&
        cache_find(reader->cache, article, &stamp, reader->sieve, reader->arena, out))
        return true;
    if (!fs_read_below(path, buf_cstr(&reader->ws->root), LIMIT_YAML_BYTES, &reader->bytes, err))
        return false;

    struct sv bytes = buf_sv(&reader->bytes);

    if (doc_read_lines(&doc_layer, bytes, reader->arena, out, NULL)) {
        if (reader->cache)
            cache_add(reader->cache, article, &stamp, bytes.len, out);
        return true;
    }

    bool ok = doc_load(&doc_layer, bytes, name, reader->arena, out, &doc, findings, err);

    doc_free(doc);
    return ok;
}

bool layer_read_links(struct layer_reader *reader, struct sv annotator, struct sv article,
                      struct arena *arena, struct rec_list *out, struct fs_stamp *stamp)
{
    struct err err = { 0 };

    buf_clear(&reader->path);
    workspace_layer_path(reader->ws, annotator, article, &reader->path);

    bool ok = reader->cache && fs_stamp(buf_cstr(&reader->path), stamp, &err) &&
              cache_links(reader->cache, article, stamp, arena, out);

    err_release(&err);
    return ok;
}

bool layer_read(struct layer_reader *reader, struct sv annotator, struct sv article,
                struct layer *out, struct findings *findings, struct err *err)
{
    struct doc_content content = { 0 };

    *out = (struct layer){ 0 };
    buf_clear(&reader->path);
    buf_clear(&reader->bytes);
    workspace_layer_path(reader->ws, annotator, article, &reader->path);

    const char *name = workspace_relative(reader->ws, buf_cstr(&reader->path));

    if (!read_content(reader, article, name, &content, findings, err))
        return false;
    take_content(out, &content);
    fill_head(out, reader->arena, annotator, article);
    check_head(&out->head, NULL, name, annotator, article, findings);
    return true;
}

void layer_reader_release(struct layer_reader *reader)
{
    buf_release(&reader->path);
    buf_release(&reader->bytes);
}

bool layer_file_save(struct layer_file *file, const struct splice *exact,
                     struct save_report *report, struct err *err)
{
    if (file->is_past)
        return err_set(err, E_SYSTEM, (struct err_at){ .path = layer_file_name(file) },
                       "is shown as a revision has it and cannot be written");
    if (file->is_refused)
        return err_set(err, E_REFUSED, (struct err_at){ .path = layer_file_name(file) },
                       "the file could not be read and is left as it is; mend it first");

    struct saver saver = {
        .path = buf_cstr(&file->path),
        .name = layer_file_name(file),
        .root_len = file->root_len,
        .shape = &doc_layer,
        .doc = &file->doc,
        .stamp = &file->stamp,
        .hold = &file->hold,
        .is_unsure = &file->is_unsure,
        .arena = &file->layer.arena,
        .content = content_of,
        .merge = merge_disk,
        .settle = settled,
        .exact = exact,
        .is_blank = is_blank(&file->layer),
        .ctx = file,
    };

    return saver_run(&saver, report, err);
}

bool layer_file_is_worth_loading(struct layer_file *file)
{
    return file->is_unread && saver_is_readable(buf_cstr(&file->path));
}

bool layer_file_is_current(struct layer_file *file)
{
    return file->is_refused || saver_is_current(buf_cstr(&file->path), file->doc, &file->stamp);
}

const char *layer_file_name(const struct layer_file *file)
{
    return file->path.len > file->root_len ? file->path.ptr + file->root_len : "";
}

void layer_file_release(struct layer_file *file)
{
    if (file->base)
        base_clear(file->base);
    mem_free(file->base);
    doc_free(file->doc);
    fs_hold_release(&file->hold);
    layer_release(&file->layer);
    buf_release(&file->path);
    *file = (struct layer_file){ 0 };
}
