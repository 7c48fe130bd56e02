// Loading team.yaml. Nobody's work changes it: it is written by hand.
#include "store/team_file.h"

#include "base/fs.h"
#include "base/limits.h"

static bool read_team(const struct workspace *ws, const char *path, struct team_file *out,
                      struct findings *findings, struct err *err)
{
    struct doc_content content = { 0 };
    struct buf bytes = { 0 };
    bool ok = workspace_holds(ws, path, err) && fs_read(path, LIMIT_YAML_BYTES, &bytes, err) &&
              doc_load(&doc_team, buf_sv(&bytes), buf_cstr(&out->name), &out->arena, &content,
                       &out->doc, findings, err);

    if (ok) {
        out->team.head = *(const struct team_head *)content.head;
        out->team.members = content.sections[0];
    }
    buf_release(&bytes);
    return ok;
}

bool team_file_load(const struct workspace *ws, struct team_file *out, struct findings *findings,
                    struct err *err)
{
    struct buf path = { 0 };
    enum fs_type type;
    bool ok = true;

    *out = (struct team_file){ 0 };
    fs_join(&path, buf_cstr(&ws->root), "annotations/team.yaml");
    buf_add_cstr(&out->name, workspace_relative(ws, buf_cstr(&path)));
    type = fs_look(buf_cstr(&path), err);
    out->team.is_there = type != FS_NONE;
    if (type != FS_NONE)
        ok = type != FS_UNKNOWN && read_team(ws, buf_cstr(&path), out, findings, err);
    if (!ok)
        out->team.head.blind = true;
    buf_release(&path);
    return ok;
}

void team_file_release(struct team_file *file)
{
    doc_free(file->doc);
    arena_release(&file->arena);
    buf_release(&file->name);
    *file = (struct team_file){ 0 };
}
