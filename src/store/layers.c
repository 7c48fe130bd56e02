// Which articles an annotator has a layer of. Declared in store/files.h.
// Opens no file, and looks at none that the folder itself says enough about.
#include "store/files.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#define SUFFIX ".yaml"

struct search {
    const char *root;
    struct fs_names *found;
    struct err *err;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Folders are sorted; all of them together mostly are.
static bool are_sorted(const struct fs_names *names)
{
    for (size_t i = 1; i < names->count; i++)
        if (strcmp(names->items[i - 1], names->items[i]) > 0)
            return false;
    return true;
}

static void add(struct fs_names *names, struct sv name)
{
    MEM_GROW(names->items, names->count, names->cap);
    names->items[names->count++] = mem_copy(name.ptr, name.len);
}

static bool search_folder(struct search *search, const char *dir, const char *prefix, int depth);

// One entry of a folder: its path, its id with the suffix.
static bool search_entry(struct search *search, const struct fs_entry *entry, const char *path,
                         struct sv id, int depth)
{
    bool is_told = entry->type != FS_UNKNOWN; // then it is no link
    enum fs_type type = is_told ? entry->type : fs_look(path, search->err);

    if (type == FS_UNKNOWN)
        return false;
    if (type == FS_DIR)
        return depth == LIMIT_FOLDERS || (!is_told && fs_is_link(path)) ||
               search_folder(search, path, id.ptr, depth + 1);
    if (sv_ends(id, SV(SUFFIX)) && (is_told || !fs_leads_out(path, search->root)))
        add(search->found, sv_sub(id, 0, id.len - (sizeof(SUFFIX) - 1)));
    return true;
}

// Files below `dir`, which stands for the id `prefix`. Links to folders are passed over.
static bool search_folder(struct search *search, const char *dir, const char *prefix, int depth)
{
    struct fs_entries entries;
    struct buf path = { 0 }, id = { 0 };
    bool ok = true;

    if (!fs_list_entries(dir, &entries, search->err))
        return false;
    for (size_t i = 0; ok && i < entries.count; i++) {
        const struct fs_entry *entry = &entries.items[i];

        if (entry->name[0] == '.')
            continue;
        buf_clear(&path);
        buf_clear(&id);
        fs_join(&path, dir, entry->name);
        if (*prefix)
            fs_join(&id, prefix, entry->name);
        else
            buf_add_cstr(&id, entry->name);
        ok = search_entry(search, entry, buf_cstr(&path), buf_sv(&id), depth);
    }
    fs_entries_release(&entries);
    buf_release(&path);
    buf_release(&id);
    return ok;
}

bool layers_find(const struct workspace *ws, const char *annotator, struct fs_names *out,
                 struct err *err)
{
    struct search search = { buf_cstr(&ws->root), out, err };
    struct buf dir = { 0 };
    bool ok = true;

    *out = (struct fs_names){ 0 };
    buf_addf(&dir, "%s/annotations/%s", buf_cstr(&ws->root), annotator);
    if (!fs_leads_out(buf_cstr(&dir), buf_cstr(&ws->root)))
        ok = search_folder(&search, buf_cstr(&dir), "", 0);
    if (!are_sorted(out))
        qsort(out->items, out->count, sizeof(*out->items), compare_names);
    if (!ok)
        fs_names_release(out);
    buf_release(&dir);
    return ok;
}
