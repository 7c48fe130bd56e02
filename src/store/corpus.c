// What is known about an article, and putting new ones into the corpus. Declared in store/files.h.
// Never writes a text that is there already.
#include "base/limits.h"
#include "store/files.h"

bool meta_file_load(const struct workspace *ws, struct sv article, struct meta_file *out,
                    struct findings *findings, struct err *err)
{
    struct doc_content content = { 0 };
    struct buf path = { 0 }, bytes = { 0 };
    struct doc *doc = NULL;
    bool ok, is_there;

    *out = (struct meta_file){ 0 };
    workspace_meta_path(ws, article, &path);

    ok = workspace_read(ws, buf_cstr(&path), LIMIT_YAML_BYTES, &is_there, &bytes, err) &&
         (!is_there || doc_load(&doc_meta, buf_sv(&bytes), workspace_relative(ws, buf_cstr(&path)),
                                &out->arena, &content, &doc, findings, err));
    if (ok && content.head)
        out->meta = *(const struct meta *)content.head;
    doc_free(doc);
    buf_release(&path);
    buf_release(&bytes);
    return ok;
}

void meta_file_release(struct meta_file *file)
{
    arena_release(&file->arena);
    *file = (struct meta_file){ 0 };
}

static bool meta_is_empty(const struct meta *meta)
{
    const struct kind *kind = kind_get(KIND_META);

    for (size_t i = 0; i < kind->field_count; i++) {
        if (!field_is_absent(meta, &kind->fields[i]))
            return false;
    }
    return true;
}

// Does the file hold just this? Then an earlier add was cut off behind it.
static bool has_bytes(const char *path, struct sv bytes)
{
    struct buf there = { 0 };
    struct err ignored = { 0 };
    bool same = fs_is_file(path) && fs_read(path, LIMIT_YAML_BYTES, &there, &ignored) &&
                sv_eq(buf_sv(&there), bytes);

    err_release(&ignored);
    buf_release(&there);
    return same;
}

// *is_made: it was not there before.
static bool create_meta(const char *path, const struct meta *meta, bool *is_made, struct err *err)
{
    struct meta head = *meta;
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct arena arena = { 0 };
    struct buf bytes = { 0 };
    struct doc *doc = NULL;
    bool ok = doc_load(&doc_meta, SV(""), path, &arena, &content, &doc, &findings, err);

    if (ok) {
        content.head = &head;
        doc_render(doc, &content, &bytes);
        fs_sweep(path); // an earlier add may have died between the name and its temporary file
        if (!has_bytes(path, buf_sv(&bytes)))
            *is_made = ok = fs_create(path, buf_sv(&bytes), err);
    }
    doc_free(doc);
    findings_release(&findings);
    arena_release(&arena);
    buf_release(&bytes);
    return ok;
}

void corpus_sweep(const struct workspace *ws, struct sv id)
{
    struct buf path = { 0 }, dir = { 0 };
    struct err ignored = { 0 };

    workspace_text_path(ws, id, &path);
    fs_add_parent(&dir, buf_cstr(&path));
    if (workspace_holds(ws, buf_cstr(&path), &ignored))
        fs_sweep_folder(buf_cstr(&dir));
    err_release(&ignored);
    buf_release(&path);
    buf_release(&dir);
}

bool corpus_add(struct workspace *ws, struct sv id, struct sv text, const struct meta *meta,
                struct err *err)
{
    struct buf path = { 0 }, meta_path = { 0 };
    bool is_there = workspace_find_article(ws, id, &(struct sv){ 0 });
    bool ok = workspace_check_id(ws, id, err);

    if (!ok && !is_there)
        return false;
    workspace_text_path(ws, id, &path);
    if (!ok) {
        fs_sweep(buf_cstr(&path)); // of an add that died when the text was in place
        buf_release(&path);
        return false;
    }
    workspace_meta_path(ws, id, &meta_path);

    bool is_meta_made = false;

    // The text last: an article is there when its text is, and a second try finds its metadata in
    // place.
    ok = workspace_holds(ws, buf_cstr(&path), err) &&
         workspace_holds(ws, buf_cstr(&meta_path), err) &&
         (!meta || meta_is_empty(meta) ||
          create_meta(buf_cstr(&meta_path), meta, &is_meta_made, err)) &&
         fs_create(buf_cstr(&path), text, err);
    if (!ok && is_meta_made)
        fs_unlink(buf_cstr(&meta_path));
    if (ok)
        workspace_add_article(ws, id);
    buf_release(&path);
    buf_release(&meta_path);
    return ok;
}
