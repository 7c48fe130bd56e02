// What git knows of the files of a workspace.
// Never writes to a repository but for its configuration, when told to set it up, and never lets a
// name be read as an option or a pattern.
#include "store/git.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/proc.h"

// Before every command: no lock for refreshing the index, no program that a repository's
// configuration names for watching files, paths as they are.
static const char *const common[] = {
    "git", "--no-optional-locks", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false",
};

static bool run(const char *dir, const char *const *args, struct buf *out, int *status,
                struct err *err)
{
    const char *argv[ARRAY_LEN(common) + GIT_ARGS + 1];
    size_t count = ARRAY_LEN(common);

    memcpy(argv, common, sizeof(common));
    for (size_t i = 0; args[i]; i++) {
        BUG_ON(i == GIT_ARGS);
        argv[count++] = args[i];
    }
    argv[count] = NULL;
    return proc_output(dir, argv, out, status, err);
}

bool git_read(const char *dir, const char *const *args, struct buf *out, struct err *err)
{
    int status;

    if (!run(dir, args, out, &status, err))
        return false;
    if (status)
        return err_set(err, E_SYSTEM, ERR_NOWHERE, "'git %s' ended with status %d", args[0],
                       status);
    return true;
}

bool git_try(const char *dir, const char *const *args, struct buf *out)
{
    struct err err = { 0 };
    bool ok = git_read(dir, args, out, &err);

    err_release(&err);
    return ok;
}

bool git_is_revision(struct sv word)
{
    if (sv_is_blank(word) || word.ptr[0] == '-')
        return false;
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] < ' ' || word.ptr[i] == 0x7f)
            return false;
    return true;
}

bool git_has_tree(const char *dir)
{
    static const char *const args[] = { "rev-parse", "--is-inside-work-tree", NULL };
    struct buf out = { 0 };
    bool has = git_try(dir, args, &out) && sv_eq_cstr(sv_trim(buf_sv(&out)), "true");

    buf_release(&out);
    return has;
}

bool git_prefix(const char *dir, struct buf *out)
{
    static const char *const args[] = { "rev-parse", "--show-prefix", NULL };
    bool ok = git_try(dir, args, out);

    if (out->len && out->ptr[out->len - 1] == '\n')
        buf_splice(out, out->len - 1, out->len, SV(""));
    return ok;
}

bool git_blob(const char *dir, const char *revision, const char *path, struct buf *out,
              struct err *err)
{
    struct buf object = { 0 };
    bool ok;

    if (revision[0] && !git_is_revision(sv_from(revision)))
        return err_set(err, E_USAGE, ERR_NOWHERE, "'%s' is no revision", revision);
    buf_addf(&object, "%s:./%s", revision, path);

    const char *const args[] = { "cat-file", "blob", buf_cstr(&object), NULL };
    size_t start = out->len;

    ok = git_try(dir, args, out);
    if (!ok) {
        buf_splice(out, start, out->len, SV(""));
        (void)err_set(err, E_SYSTEM, (struct err_at){ .path = path },
                      "git has no such file in '%s'", revision[0] ? revision : "the index");
    }
    buf_release(&object);
    return ok;
}

bool git_commits(const char *dir, const char *path, bool (*each)(void *ctx, const char *commit),
                 void *ctx, struct err *err)
{
    const char *const args[] = { "log", "--format=%H", "--", path, NULL };
    struct buf out = { 0 }, commit = { 0 };
    struct sv rest, line;
    bool ok = git_read(dir, args, &out, err);

    rest = buf_sv(&out);
    while (ok && sv_split(&rest, '\n', &line)) {
        buf_clear(&commit);
        buf_add(&commit, line);
        if (line.len && !each(ctx, buf_cstr(&commit)))
            break;
    }
    buf_release(&commit);
    buf_release(&out);
    return ok;
}

bool git_unmerged(const char *dir, struct fs_names *out, struct err *err)
{
    static const char *const args[] = { "ls-files", "-u", "-z", NULL };
    struct buf text = { 0 };
    struct sv rest, entry;
    bool ok = git_read(dir, args, &text, err);

    *out = (struct fs_names){ 0 };
    rest = buf_sv(&text);
    while (ok && sv_split(&rest, '\0', &entry)) { // MODE OBJECT STAGE<tab>PATH
        size_t tab = sv_find(entry, SV("\t"), 0);
        struct sv path = sv_sub(entry, tab + 1, entry.len);

        if (tab >= entry.len || (out->count && sv_eq_cstr(path, out->items[out->count - 1])))
            continue;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = mem_copy(path.ptr, path.len);
    }
    buf_release(&text);
    return ok;
}

static void add_names(struct sv text, struct fs_names *out)
{
    struct sv name;

    while (sv_split(&text, '\0', &name)) {
        if (!name.len)
            continue; // behind the last one
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = mem_copy(name.ptr, name.len);
    }
}

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

bool git_has_commit(const char *dir, const char *revision)
{
    struct buf object = { 0 }, out = { 0 };
    bool has;

    buf_addf(&object, "%s^{commit}", revision);

    const char *const args[] = { "rev-parse", "--verify", "--quiet", buf_cstr(&object), NULL };

    has = git_is_revision(sv_from(revision)) && git_try(dir, args, &out);
    buf_release(&object);
    buf_release(&out);
    return has;
}

bool git_changed(const char *dir, const char *from, const char *to, struct fs_names *out,
                 struct err *err)
{
    const char *const between[] = { "diff",
                                    "--no-ext-diff",
                                    "--name-only",
                                    "-z",
                                    "--relative",
                                    "--no-renames",
                                    from,
                                    to ? to : "--",
                                    to ? "--" : "corpus",
                                    to ? "corpus" : "annotations",
                                    to ? "annotations" : NULL,
                                    NULL };
    static const char *const fresh[] = { "ls-files", "-o",     "--exclude-standard", "-z",
                                         "--",       "corpus", "annotations",        NULL };
    struct buf text = { 0 };
    bool ok = git_read(dir, between, &text, err) && (to || git_read(dir, fresh, &text, err));

    *out = (struct fs_names){ 0 };
    if (ok)
        add_names(buf_sv(&text), out);
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), compare_names);
    buf_release(&text);
    return ok;
}

bool git_staged(const char *dir, struct fs_names *out, struct err *err)
{
    static const char *const args[] = { "diff", "--cached",   "--no-ext-diff", "--name-only",
                                        "-z",   "--relative", "--no-renames",  "--diff-filter=d",
                                        "--",   "corpus",     "annotations",   NULL };
    struct buf text = { 0 };
    bool ok = git_read(dir, args, &text, err);

    *out = (struct fs_names){ 0 };
    if (ok)
        add_names(buf_sv(&text), out);
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), compare_names);
    buf_release(&text);
    return ok;
}

static const struct {
    const char *key, *value, *done;
} settings[] = {
    { "merge.gainsay.name", "claims and sources by record and field", NULL },
    { "merge.gainsay.driver", "gainsay merge %O %A %B %P", "set the merge driver of this clone" },
    { "diff.gainsay.textconv", "gainsay diff --textconv",
      "set the words of git diff in this clone" },
};

static bool is_set(const char *dir, const char *key)
{
    const char *const args[] = { "config", "--get", key, NULL };
    struct buf out = { 0 };
    bool is = git_try(dir, args, &out) && !sv_is_blank(buf_sv(&out));

    buf_release(&out);
    return is;
}

bool git_set_up(const char *dir, struct buf *report, struct err *err)
{
    struct buf out = { 0 };
    bool ok = true;

    for (size_t i = 0; ok && i < ARRAY_LEN(settings); i++) {
        const char *const args[] = { "config", "--local", settings[i].key, settings[i].value,
                                     NULL };

        if (is_set(dir, settings[i].key))
            continue;
        ok = git_read(dir, args, &out, err);
        if (ok && settings[i].done)
            buf_addf(report, "%s\n", settings[i].done);
    }
    buf_release(&out);
    return ok;
}

// Does a small file of the workspace hold these words?
static bool file_holds(const char *root, const char *name, struct sv words)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };
    bool holds;

    fs_join(&path, root, name);
    holds = fs_is_file(buf_cstr(&path)) &&
            fs_read(buf_cstr(&path), LIMIT_YAML_BYTES, &bytes, &err) &&
            sv_find(buf_sv(&bytes), words, 0) != SIZE_MAX;
    err_release(&err);
    buf_release(&path);
    buf_release(&bytes);
    return holds;
}

// The configuration of the clone is looked at first, as `git config` writes it: no run of git where
// all is well.
bool git_lacks_driver(const char *root)
{
    return file_holds(root, ".gitattributes", SV("merge=gainsay")) &&
           !file_holds(root, ".git/config", SV("driver = gainsay merge")) && git_has_tree(root) &&
           !is_set(root, "merge.gainsay.driver");
}
