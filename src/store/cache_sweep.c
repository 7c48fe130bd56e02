// Caches of workspaces that are gone. Declared in store/cache.h.
// Never takes away what it does not know for a cache, or one whose workspace may be there.
#include "store/cache.h"

#include <string.h>

#include "base/fs_own.h"

#define ROOT_MAX 4096 // bytes of a path
#define DAY      ((int64_t)24 * 60 * 60)

// The folder of the workspace that a cache is of, appended. false: these are no bytes of a cache.
static bool read_root(struct sv bytes, struct buf *out)
{
    char magic[sizeof(CACHE_MAGIC)] = CACHE_MAGIC;
    uint64_t len;
    struct sv root;

    if (bytes.len < sizeof(magic) + sizeof(len) || memcmp(bytes.ptr, magic, sizeof(magic)) != 0)
        return false;
    memcpy(&len, bytes.ptr + sizeof(magic), sizeof(len));
    if (!len || len > ROOT_MAX || len > bytes.len - sizeof(magic) - sizeof(len))
        return false;
    root = sv_sub(bytes, bytes.len - (size_t)len, bytes.len);
    if (root.ptr[0] != '/' || memchr(root.ptr, '\0', root.len))
        return false;
    buf_add(out, root);
    return true;
}

static bool is_gone(const char *path)
{
    struct err err = { 0 };
    enum fs_type type = fs_look(path, &err);

    err_release(&err);
    return type == FS_NONE;
}

static bool is_left_over(const char *path)
{
    struct fs_stamp stamp;
    struct fs_text text = { 0 };
    struct buf root = { 0 };
    struct err err = { 0 };
    bool is_it = !fs_is_link(path) && fs_stamp(path, &stamp, &err) && stamp.exists &&
                 fs_stamp_is_older(&stamp, CACHE_DAYS * DAY) && fs_text_open(path, &text, &err) &&
                 read_root(text.bytes, &root) && is_gone(buf_cstr(&root));

    err_release(&err);
    fs_text_release(&text);
    buf_release(&root);
    return is_it;
}

void cache_sweep(const char *dir)
{
    struct fs_entries entries;
    struct buf path = { 0 };
    struct err err = { 0 };

    if (fs_is_link(dir) || !fs_list_entries(dir, &entries, &err)) {
        err_release(&err);
        return;
    }
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.items[i].type != FS_FILE && entries.items[i].type != FS_UNKNOWN)
            continue;
        buf_clear(&path);
        fs_join(&path, dir, entries.items[i].name);
        if (is_left_over(buf_cstr(&path)))
            fs_unlink(buf_cstr(&path));
    }
    fs_entries_release(&entries);
    buf_release(&path);
    fs_own_sweep(dir);
}
