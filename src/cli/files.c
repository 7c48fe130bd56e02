// Finding the YAML files of a workspace, and choosing some of them.
// Opens none of them.
#include "cli/files.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

static bool walk(const char *dir, int depth, struct fs_names *out, struct err *err)
{
    struct fs_names names;
    bool ok = true;

    if (!fs_list(dir, &names, err))
        return false;
    for (size_t i = 0; ok && i < names.count; i++) {
        struct buf path = { 0 };
        enum fs_type type = FS_NONE;

        fs_join(&path, dir, names.items[i]);
        if (names.items[i][0] != '.')
            type = fs_look(buf_cstr(&path), err);
        if (type == FS_UNKNOWN) {
            ok = false;
        } else if (type == FS_DIR) {
            if (depth < LIMIT_FOLDERS && !fs_is_link(buf_cstr(&path)))
                ok = walk(buf_cstr(&path), depth + 1, out, err);
        } else if (names.items[i][0] != '.' && sv_ends(sv_from(names.items[i]), SV(".yaml"))) {
            MEM_GROW(out->items, out->count, out->cap);
            out->items[out->count++] = mem_copy(path.ptr, path.len);
        }
        buf_release(&path);
    }
    fs_names_release(&names);
    return ok;
}

static bool find_below(const struct workspace *ws, const char *folder, struct yaml_files *out,
                       struct err *err)
{
    struct buf dir = { 0 };
    struct fs_names names = { 0 };

    fs_join(&dir, buf_cstr(&ws->root), folder);

    bool ok = walk(buf_cstr(&dir), 0, &names, err);

    for (size_t i = 0; ok && i < names.count; i++) {
        const char *name = workspace_relative(ws, names.items[i]);
        const struct doc_shape *shape = doc_shape_of(name, SV(""));

        if (!shape)
            continue;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count] = (struct yaml_file){
            .shape = shape,
            .leads_out = fs_leads_out(names.items[i], buf_cstr(&ws->root)),
        };
        buf_add_cstr(&out->items[out->count++].path, names.items[i]);
    }
    fs_names_release(&names);
    buf_release(&dir);
    return ok;
}

bool yaml_files_find(const struct workspace *ws, struct yaml_files *out, struct err *err)
{
    *out = (struct yaml_files){ 0 };
    if (find_below(ws, "corpus", out, err) && find_below(ws, "annotations", out, err))
        return true;
    yaml_files_release(out);
    return false;
}

void yaml_files_release(struct yaml_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        buf_release(&files->items[i].path);
    mem_free(files->items);
    *files = (struct yaml_files){ 0 };
}

// Is `path` equal to `top` or below it?
static bool is_below(const char *path, const char *top)
{
    size_t len = strlen(top);

    return !strncmp(path, top, len) && (!path[len] || path[len] == '/' || !strcmp(top, "/"));
}

bool choice_make(const struct cli *cli, struct choice *out, struct err *err)
{
    *out = (struct choice){ 0 };
    for (size_t i = 0; i < cli->operand_count; i++) {
        struct buf real = { 0 };

        if (!fs_real(cli->operands[i], &real, err)) {
            choice_release(out);
            return false;
        }
        if (!is_below(buf_cstr(&real), buf_cstr(&cli->workspace.root)) &&
            !is_below(buf_cstr(&cli->workspace.root), buf_cstr(&real))) {
            (void)err_set(err, E_SYSTEM, (struct err_at){ .path = cli->operands[i] },
                          "is not in the workspace at '%s'", buf_cstr(&cli->workspace.root));
            buf_release(&real);
            choice_release(out);
            return false;
        }
        MEM_GROW(out->paths.items, out->paths.count, out->paths.cap);
        out->paths.items[out->paths.count++] = real.ptr; // taken over
    }
    return true;
}

bool choice_has(const struct choice *choice, const struct workspace *ws, const char *path)
{
    struct buf whole = { 0 };
    bool has = !choice->paths.count;

    if (path[0] == '/')
        buf_add_cstr(&whole, path);
    else
        fs_join(&whole, buf_cstr(&ws->root), path);
    for (size_t i = 0; !has && i < choice->paths.count; i++)
        has = is_below(buf_cstr(&whole), choice->paths.items[i]);
    buf_release(&whole);
    return has;
}

void choice_release(struct choice *choice)
{
    fs_names_release(&choice->paths);
}
