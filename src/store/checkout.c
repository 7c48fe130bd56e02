// What a sparse checkout leaves out, as git's index tells it.
// Never asks git in a checkout that is whole.
#include "store/checkout.h"

#include <stdlib.h>
#include <string.h>

#include "store/git.h"

#define LINK_BYTES 4096 // of a .git file, which holds a path

// Append the folder of the repository whose working tree is `dir`; false when that has none of its
// own.
static bool find_repository(const char *dir, struct buf *out)
{
    struct buf path = { 0 }, link = { 0 };
    struct err err = { 0 };
    struct sv target;
    bool ok = true;

    fs_join(&path, dir, ".git");

    enum fs_type type = fs_look(buf_cstr(&path), &err);

    if (type == FS_DIR) {
        buf_add(out, buf_sv(&path));
    } else if (type == FS_FILE && fs_read(buf_cstr(&path), LINK_BYTES, &link, &err) &&
               sv_starts(buf_sv(&link), SV("gitdir: "))) {
        target = sv_trim(sv_sub(buf_sv(&link), strlen("gitdir: "), link.len));
        if (!sv_starts(target, SV("/")))
            buf_addf(out, "%s/", dir);
        buf_add(out, target);
    } else {
        ok = false;
    }
    err_release(&err);
    buf_release(&path);
    buf_release(&link);
    return ok;
}

// Has the repository around `root` patterns for what is checked out?
static bool is_sparse(const char *root)
{
    struct buf dir = { 0 }, repository = { 0 };
    bool is = false, is_found;

    buf_add_cstr(&dir, root);
    while (!(is_found = find_repository(buf_cstr(&dir), &repository)) && dir.len > 1) {
        struct buf up = { 0 };

        fs_add_parent(&up, buf_cstr(&dir));
        buf_release(&dir);
        dir = up;
    }
    if (is_found) {
        buf_add_cstr(&repository, "/info/sparse-checkout");
        is = fs_is_file(buf_cstr(&repository));
    }
    buf_release(&dir);
    buf_release(&repository);
    return is;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Names that `git ls-files -t` marks as left out.
static void add_marked(struct sv text, struct fs_names *out)
{
    struct sv entry;

    while (text.len && sv_split(&text, '\0', &entry)) {
        if (!sv_starts(entry, SV("S ")))
            continue;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = mem_copy(entry.ptr + 2, entry.len - 2);
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), compare_names);
}

static void ask(const struct workspace *ws, const char *first, const char *second,
                struct fs_names *out)
{
    const char *const args[] = { "ls-files", "-t", "-z", "--", first, second, NULL };
    struct buf text = { 0 };

    *out = (struct fs_names){ 0 };
    if (is_sparse(buf_cstr(&ws->root)) && git_try(buf_cstr(&ws->root), args, &text))
        add_marked(buf_sv(&text), out);
    buf_release(&text);
}

void checkout_left_out(const struct workspace *ws, struct fs_names *out)
{
    ask(ws, "corpus", "annotations", out);
}

bool checkout_has_left_out(const struct fs_names *left_out, const char *path)
{
    return left_out->count && bsearch(&path, left_out->items, left_out->count,
                                      sizeof(*left_out->items), compare_names);
}

bool checkout_has_left_out_layer(const struct fs_names *left_out, struct sv annotator,
                                 struct sv article)
{
    struct buf path = { 0 };
    bool has;

    if (!left_out->count)
        return false;
    buf_addf(&path, "annotations/" SV_FMT "/" SV_FMT ".yaml", SV_ARG(annotator), SV_ARG(article));
    has = checkout_has_left_out(left_out, buf_cstr(&path));
    buf_release(&path);
    return has;
}

bool checkout_holds(const struct workspace *ws, const char *path, struct err *err)
{
    struct fs_names found;
    struct buf folder = { 0 };
    bool holds;

    ask(ws, path, NULL, &found);
    holds = !checkout_has_left_out(&found, path);
    fs_names_release(&found);
    if (holds)
        return true;
    fs_add_parent(&folder, path);
    (void)err_set(err, E_REFUSED, (struct err_at){ .path = path },
                  "is left out of this checkout; 'git sparse-checkout add %s' brings it here",
                  buf_cstr(&folder));
    buf_release(&folder);
    return false;
}
