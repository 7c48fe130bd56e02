// The files of a workspace as a revision has them. Declared in store/snapshot.h.
// Never writes, and never lets a word be read by git as an option.
#include "store/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/git.h"
#include "store/git_objects.h"

#define DAY_LEN 10 // "2026-11-25"

struct snapshot {
    struct buf root, asked, commit, day;
    struct fs_names paths;
};

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static bool list_paths(struct snapshot *s, struct err *err)
{
    static const char *const index[] = { "ls-files", "-z", "--", "corpus", "annotations", NULL };
    const char *const tree[] = {
        "ls-tree", "-r",     "-z",          "--name-only", buf_cstr(&s->commit),
        "--",      "corpus", "annotations", NULL
    };
    struct fs_names *paths = &s->paths;
    struct buf text = { 0 };
    struct sv rest, name;
    bool ok = git_read(buf_cstr(&s->root), s->commit.len ? tree : index, &text, err);

    rest = buf_sv(&text);
    while (ok && sv_split(&rest, '\0', &name)) {
        if (!name.len)
            continue; // behind the last one
        MEM_GROW(paths->items, paths->count, paths->cap);
        paths->items[paths->count++] = mem_copy(name.ptr, name.len);
    }
    if (paths->count)
        qsort(paths->items, paths->count, sizeof(*paths->items), compare_names);
    buf_release(&text);
    return ok;
}

// The commit that a revision names, and its day.
static bool find_commit(struct snapshot *s, struct err *err)
{
    const char *const args[] = { "log", "-1", "--format=%H %cI", buf_cstr(&s->asked), "--", NULL };
    struct buf text = { 0 };
    struct sv rest, word;
    bool ok = git_has_commit(buf_cstr(&s->root), buf_cstr(&s->asked)) &&
              git_try(buf_cstr(&s->root), args, &text);

    rest = buf_sv(&text);
    ok = ok && sv_split(&rest, ' ', &word) && rest.len >= DAY_LEN;
    if (ok) {
        buf_add(&s->commit, word);
        buf_add(&s->day, sv_sub(rest, 0, DAY_LEN));
    }
    buf_release(&text);
    return ok || err_set(err, E_USAGE, ERR_NOWHERE,
                         "'%s' is no revision that git has here; 'gainsay log' lists them",
                         buf_cstr(&s->asked));
}

bool snapshot_open(const char *root, const char *revision, struct snapshot **out, struct err *err)
{
    struct snapshot *s;

    if (!git_has_tree(root))
        return err_set(err, E_SYSTEM, ERR_NOWHERE,
                       "the workspace is not in git: there is no revision to look at");
    s = mem_new(sizeof(*s));
    buf_add_cstr(&s->root, root);
    buf_add_cstr(&s->asked, revision);
    if (!find_commit(s, err) || !list_paths(s, err)) {
        snapshot_free(s);
        return false;
    }
    if (!s->paths.count) {
        (void)err_set(err, E_USAGE, ERR_NOWHERE,
                      "there was no workspace here yet in '%s': neither corpus nor annotations",
                      revision);
        snapshot_free(s);
        return false;
    }
    *out = s;
    return true;
}

bool snapshot_open_index(const char *root, struct snapshot **out, struct err *err)
{
    struct snapshot *s;

    if (!git_has_tree(root))
        return err_set(err, E_SYSTEM, ERR_NOWHERE,
                       "the workspace is not in git: nothing is staged");
    s = mem_new(sizeof(*s));
    buf_add_cstr(&s->root, root);
    if (!list_paths(s, err)) {
        snapshot_free(s);
        return false;
    }
    *out = s;
    return true;
}

void snapshot_free(struct snapshot *s)
{
    if (!s)
        return;
    buf_release(&s->root);
    buf_release(&s->asked);
    buf_release(&s->commit);
    buf_release(&s->day);
    fs_names_release(&s->paths);
    mem_free(s);
}

const char *snapshot_commit(const struct snapshot *s)
{
    return buf_cstr(&s->commit);
}

const char *snapshot_day(const struct snapshot *s)
{
    return buf_cstr(&s->day);
}

const char *snapshot_asked(const struct snapshot *s)
{
    return buf_cstr(&s->asked);
}

const struct fs_names *snapshot_paths(const struct snapshot *s)
{
    return &s->paths;
}

bool snapshot_has(const struct snapshot *s, const char *path)
{
    return s->paths.count &&
           bsearch(&path, s->paths.items, s->paths.count, sizeof(*s->paths.items), compare_names);
}

bool snapshot_read(const struct snapshot *s, const char *path, size_t most, struct buf *out,
                   struct err *err)
{
    struct git_objects objects = { 0 };
    struct buf name = { 0 };
    bool ok = git_objects_open(buf_cstr(&s->root), &objects, err);

    buf_addf(&name, "%s:./%s", buf_cstr(&s->commit), path);
    ok = ok && git_object_read(&objects, buf_cstr(&name), most, out, err);
    git_objects_close(&objects);
    buf_release(&name);
    return ok;
}
