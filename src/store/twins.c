// Names that some file systems take for one.
// Never asks the disk: what a name does elsewhere is not to be seen here.
#include "store/twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/visible.h"
#include "text/cluster.h"

#define BAD_BYTE 0x110000 // and the byte: no code point

struct twin {
    char *key, *path; // owned
};

struct twins {
    struct twin *items;
    size_t count, cap;
};

// Append a code point of a name; marks come in canonical order.
static void add_cp(struct buf *out, size_t from, int32_t cp)
{
    size_t at = out->len;
    int class = cp < BAD_BYTE ? cp_combining_class(cp) : 0;

    while (class && at > from) {
        int32_t before;

        memcpy(&before, out->ptr + at - sizeof(before), sizeof(before));
        if (before >= BAD_BYTE || cp_combining_class(before) <= class)
            break;
        at -= sizeof(before);
    }
    buf_splice(out, at, at, sv_of((const char *)&cp, sizeof(cp)));
}

// What such a file system keeps of one part of a path, as numbers of 4 bytes.
static void part_key(struct sv part, struct buf *out)
{
    size_t from = out->len;

    while (part.len && (part.ptr[part.len - 1] == '.' || part.ptr[part.len - 1] == ' '))
        part.len--;
    for (size_t pos = 0, size; pos < part.len; pos += size) {
        int32_t cp = utf8_decode(sv_sub(part, pos, part.len), &size), parts[CP_DECOMPOSED_MAX];

        if (cp < 0) {
            add_cp(out, from, BAD_BYTE + (unsigned char)part.ptr[pos]);
            continue;
        }
        for (size_t i = 0, count = cp_decompose(cp, true, parts); i < count; i++)
            add_cp(out, from, parts[i]);
    }
}

bool name_is_twin(struct sv a, struct sv b)
{
    struct buf x = { 0 }, y = { 0 };
    struct sv one, other;
    bool is_twin = false;

    while (sv_split(&a, '/', &one) && sv_split(&b, '/', &other)) {
        if (sv_eq(one, other))
            continue;
        part_key(one, &x);
        part_key(other, &y);
        is_twin = sv_eq(buf_sv(&x), buf_sv(&y));
        break;
    }
    buf_release(&x);
    buf_release(&y);
    return is_twin;
}

// The key of a path as hexadecimal words, so that it is a string.
static char *path_key(struct sv path)
{
    struct buf key = { 0 }, text = { 0 };
    struct sv part;

    while (sv_split(&path, '/', &part)) {
        buf_clear(&key);
        part_key(part, &key);
        for (size_t i = 0; i < key.len; i += sizeof(int32_t)) {
            int32_t cp;

            memcpy(&cp, key.ptr + i, sizeof(cp));
            buf_addf(&text, "%06x", (unsigned)cp);
        }
        buf_add_char(&text, '/');
    }

    char *result = mem_copy(buf_cstr(&text), text.len);

    buf_release(&key);
    buf_release(&text);
    return result;
}

static void add_path(struct twins *twins, struct sv path)
{
    MEM_GROW(twins->items, twins->count, twins->cap);
    twins->items[twins->count++] = (struct twin){ path_key(path), mem_copy(path.ptr, path.len) };
}

static int compare(const void *a, const void *b)
{
    const struct twin *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : strcmp(x->path, y->path);
}

void name_each_twin(const struct fs_names *paths,
                    void (*each)(void *ctx, const char *path, const char *other), void *ctx)
{
    struct twins twins = { 0 };

    for (size_t i = 0; i < paths->count; i++) {
        struct sv path = sv_from(paths->items[i]);

        for (size_t end = sv_find(path, SV("/"), 0); end < path.len;
             end = sv_find(path, SV("/"), end + 1))
            add_path(&twins, sv_sub(path, 0, end));
        add_path(&twins, path);
    }
    if (twins.count)
        qsort(twins.items, twins.count, sizeof(*twins.items), compare);
    for (size_t i = 1; i < twins.count; i++) {
        const struct twin *one = &twins.items[i - 1], *other = &twins.items[i];

        // What lies in folders that are twins is told by the folders.
        if (strcmp(one->key, other->key) == 0 && strcmp(one->path, other->path) != 0 &&
            strcmp(fs_base_name(one->path), fs_base_name(other->path)) != 0)
            each(ctx, other->path, one->path);
    }
    for (size_t i = 0; i < twins.count; i++) {
        mem_free(twins.items[i].key);
        mem_free(twins.items[i].path);
    }
    mem_free(twins.items);
}
