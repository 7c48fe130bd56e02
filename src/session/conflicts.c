// Conflicts that a merge left in files of the workspace, and deciding them.
// Never touches a file that has none.
#include "session/conflicts.h"

#include <string.h>

#include "session/inner.h"
#include "store/blind.h"

static bool has_file(const struct fs_names *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++)
        if (!strcmp(files->items[i], path))
            return true;
    return false;
}

static void add_file(struct fs_names *files, const char *path)
{
    if (has_file(files, path))
        return;
    MEM_GROW(files->items, files->count, files->cap);
    files->items[files->count++] = mem_copy(path, strlen(path));
}

static void list_files(struct session *session, struct fs_names *out)
{
    const struct reading *reading;
    struct err err = { 0 };

    if (!resolve_list(session_workspace(session), out, &err))
        err_release(&err); // no git: the open articles do
    for (size_t i = 0; (reading = session_reading(session, i)); i++)
        if (reading->file.is_refused)
            add_file(out, layer_file_name(&reading->file));
}

static void add_rows(struct conflicts *out, size_t file)
{
    const struct doc_merged *merged = &out->resolved[file].merged;

    for (size_t i = 0; i < merged->count; i++) {
        if (doc_conflict_is_told(&merged->items[i]))
            continue;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] =
            (struct conflict_row){ out->files.items[file], &merged->items[i] };
    }
}

void conflicts_find(struct session *session, struct conflicts *out)
{
    struct blind blind;
    struct err refused = { 0 };

    conflicts_release(out);
    if (!session_as_of(session))
        list_files(session, &out->files);
    if (!blind_open(session_workspace(session), &blind, &refused))
        err_release(&refused); // said when the sitting began
    out->resolved = mem_new((out->files.count + 1) * sizeof(*out->resolved));
    for (size_t i = 0; i < out->files.count; i++) {
        struct resolve resolve = { .ws = session_workspace(session),
                                   .path = out->files.items[i],
                                   .is_dry = true };
        struct err err = { 0 };

        if (!resolve_file(&resolve, &out->resolved[i], &err))
            findings_take(&session->findings, SEVERITY_ERROR, &err);
        else if (blind_shows_path(&blind, out->files.items[i]))
            add_rows(out, i);
    }
    blind_release(&blind);
}

void conflicts_release(struct conflicts *conflicts)
{
    for (size_t i = 0; i < conflicts->files.count && conflicts->resolved; i++)
        resolved_release(&conflicts->resolved[i]);
    mem_free(conflicts->resolved);
    mem_free(conflicts->items);
    fs_names_release(&conflicts->files);
    *conflicts = (struct conflicts){ 0 };
}

struct choice {
    const struct doc_conflict *conflict;
    enum doc_decision decision;
};

static enum doc_decision decide(void *ctx, const struct doc_conflict *conflict)
{
    const struct choice *choice = ctx;

    return sv_eq(conflict->record, choice->conflict->record) &&
                   sv_eq(conflict->field, choice->conflict->field)
               ? choice->decision
               : DECIDE_LATER;
}

bool conflicts_decide(struct session *session, const struct conflict_row *row,
                      enum doc_decision decision, size_t *left, struct err *err)
{
    struct choice choice = { row->conflict, decision };
    struct resolve resolve = {
        .ws = session_workspace(session), .path = row->path, .decide = decide, .ctx = &choice
    };
    struct resolved resolved;
    bool ok = resolve_file(&resolve, &resolved, err);

    *left = resolved.merged.open;
    resolved_release(&resolved);
    if (ok && !*left)
        (void)session_refresh(session);
    return ok;
}
