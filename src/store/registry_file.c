// The registry of sources on disk: loading, saving, merging. Declared in store/files.h.
// Never drops a source, ours or theirs; never writes a file it could not read.
#include "store/files.h"

#include "base/version.h"
#include "store/saver.h"

static struct rec_list list_of(const struct registry *registry)
{
    return (struct rec_list){ (const void *const *)registry->records, registry->record_count };
}

static void base_take(struct registry_file *file, struct rec_list list, struct list_head head)
{
    const void **old = file->base;

    file->base = (void *)mem_copy((const void *)list.items, list.count * sizeof(*list.items));
    file->base_count = list.count;
    file->base_head = head;
    mem_free(old);
}

static void content_of(void *ctx, struct doc_content *out)
{
    struct registry_file *file = ctx;

    out->head = &file->registry.head;
    out->sections[0] = list_of(&file->registry);
}

static void merge_disk(void *ctx, const struct doc_content *theirs, struct save_report *report)
{
    struct registry_file *file = ctx;
    struct registry *registry = &file->registry;
    const struct list_head *head = theirs->head;
    struct merge merge = { .arena = &registry->arena,
                           .conflicts = report->conflicts,
                           .conflict_count = report->conflict_count,
                           .conflict_cap = report->conflict_count };
    struct rec_list base = { file->base, file->base_count }, out;

    merge_records(&merge, KIND_SOURCE, SECTION__N, base, list_of(registry), theirs->sections[0],
                  &out);
    registry->count = registry->record_count = registry->merged_count = 0;
    registry_put_all(registry, out);
    if (sv_eq(registry->head.version, file->base_head.version))
        registry->head.version = head->version;
    registry->head.gainsay = head->gainsay;
    report->conflicts = merge.conflicts;
    report->conflict_count = merge.conflict_count;
    report->taken += merge.taken;
    base_take(file, theirs->sections[0], *head);
}

static void settled(void *ctx)
{
    struct registry_file *file = ctx;

    base_take(file, list_of(&file->registry), file->registry.head);
}

bool registry_file_load(const struct workspace *ws, struct registry_file *out,
                        struct findings *findings, struct err *err)
{
    struct doc_content content = { 0 };
    struct buf bytes = { 0 };

    *out = (struct registry_file){ .root_len = ws->root.len + 1, .is_past = ws->at };
    workspace_sources_path(ws, &out->path);

    bool ok = saver_load(ws, buf_cstr(&out->path), &bytes, &out->stamp, &out->is_unread, err) &&
              doc_load(&doc_registry, buf_sv(&bytes), registry_file_name(out), &out->registry.arena,
                       &content, &out->doc, findings, err);

    if (ok) {
        if (content.head)
            out->registry.head = *(const struct list_head *)content.head;
        registry_put_all(&out->registry, content.sections[0]);
    }
    settled(out);
    if (!out->registry.head.gainsay)
        out->registry.head.gainsay = GAINSAY_FORMAT;
    out->is_refused = !ok;
    buf_release(&bytes);
    return ok;
}

bool registry_file_save(struct registry_file *file, const struct splice *exact,
                        struct save_report *report, struct err *err)
{
    if (file->is_past)
        return err_set(err, E_SYSTEM, (struct err_at){ .path = registry_file_name(file) },
                       "is shown as a revision has it and cannot be written");
    if (file->is_refused)
        return err_set(err, E_REFUSED, (struct err_at){ .path = registry_file_name(file) },
                       "the file could not be read and is left as it is; mend it first");

    struct saver saver = {
        .path = buf_cstr(&file->path),
        .name = registry_file_name(file),
        .root_len = file->root_len,
        .shape = &doc_registry,
        .doc = &file->doc,
        .stamp = &file->stamp,
        .hold = &file->hold,
        .is_unsure = &file->is_unsure,
        .arena = &file->registry.arena,
        .content = content_of,
        .merge = merge_disk,
        .settle = settled,
        .exact = exact,
        .is_blank = file->registry.record_count == 0,
        .ctx = file,
    };

    return saver_run(&saver, report, err);
}

bool registry_file_is_worth_loading(struct registry_file *file)
{
    return file->is_unread && saver_is_readable(buf_cstr(&file->path));
}

bool registry_file_is_current(struct registry_file *file)
{
    return file->is_refused || saver_is_current(buf_cstr(&file->path), file->doc, &file->stamp);
}

const char *registry_file_name(const struct registry_file *file)
{
    return file->path.len > file->root_len ? file->path.ptr + file->root_len : "";
}

void registry_file_release(struct registry_file *file)
{
    mem_free(file->base);
    doc_free(file->doc);
    fs_hold_release(&file->hold);
    registry_release(&file->registry);
    buf_release(&file->path);
    *file = (struct registry_file){ 0 };
}
