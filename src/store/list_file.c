// Loading a file of one list. Nobody's work changes it: it is written by hand.
#include "store/list_file.h"

#include "base/limits.h"

static bool read_list(const struct workspace *ws, const struct doc_shape *shape, const char *path,
                      struct list_file *out, struct findings *findings, struct err *err)
{
    struct doc_content content = { 0 };
    struct buf bytes = { 0 };
    bool ok = workspace_read(ws, path, LIMIT_YAML_BYTES, &out->is_there, &bytes, err) &&
              (!out->is_there || doc_load(shape, buf_sv(&bytes), buf_cstr(&out->name), &out->arena,
                                          &content, &out->doc, findings, err));

    if (ok && out->is_there) {
        out->head = content.head;
        out->records = content.sections[0];
    }
    buf_release(&bytes);
    return ok;
}

bool list_file_load(const struct workspace *ws, const struct doc_shape *shape, const char *name,
                    struct list_file *out, struct findings *findings, struct err *err)
{
    struct buf path = { 0 };
    bool ok;

    *out = (struct list_file){ 0 };
    buf_addf(&path, "%s/annotations/%s", buf_cstr(&ws->root), name);
    buf_add_cstr(&out->name, workspace_relative(ws, buf_cstr(&path)));
    ok = read_list(ws, shape, buf_cstr(&path), out, findings, err);
    buf_release(&path);
    return ok;
}

void list_file_release(struct list_file *file)
{
    doc_free(file->doc);
    arena_release(&file->arena);
    buf_release(&file->name);
    *file = (struct list_file){ 0 };
}
