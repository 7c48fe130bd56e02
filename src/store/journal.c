// Texts that were being typed, as files of the state folder.
// Never takes away a file that cannot be read, never touches one whose sitting runs.
#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs_own.h"
#include "base/owner.h"
#include "base/visible.h"
#include "text/article.h"

#define FOLDER      "unsaved"
#define HASH_CHARS  16
#define LISTED_MAX  200 // of one annotator in one workspace; more is no work of hands
#define DROPPED_MAX 20

static const char end_kept[] = ".text", end_dropped[] = ".dropped", end_damaged[] = ".damaged";

static void add_folder(struct buf *out)
{
    struct buf dir = { 0 };

    env_state_dir(&dir);
    fs_join(out, buf_cstr(&dir), FOLDER);
    buf_release(&dir);
}

// What the names of all files of this annotator in this workspace begin with.
static void add_prefix(const struct workspace *ws, struct sv annotator, struct buf *out)
{
    struct buf key = { 0 };
    char hex[65];

    buf_addf(&key, SV_FMT "\n" SV_FMT, SV_ARG(buf_sv(&ws->root)), SV_ARG(annotator));
    article_sha256(buf_sv(&key), hex);
    buf_add(out, sv_of(hex, HASH_CHARS));
    buf_add_char(out, '-');
    buf_release(&key);
}

static void add_pid(struct buf *out)
{
    struct buf line = { 0 };
    struct sv rest, host, pid = SV("0");

    owner_self(&line);
    rest = buf_sv(&line);
    if (sv_split(&rest, ' ', &host))
        (void)sv_split(&rest, ' ', &pid);
    buf_add(out, pid);
    buf_release(&line);
}

static void set(struct buf *member, struct sv value)
{
    buf_clear(member);
    visible_add(member, value);
}

// The path with another end in place of its last.
static void add_renamed(struct buf *out, struct sv path, const char *from, const char *to)
{
    buf_add(out, sv_sub(path, 0, path.len - strlen(from)));
    buf_add_cstr(out, to);
}

// Has no file this name, whatever its end?
static bool is_free(struct sv path)
{
    static const char *const ends[] = { end_kept, end_dropped, end_damaged };
    struct buf other = { 0 };
    bool is_taken = false;

    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        buf_clear(&other);
        add_renamed(&other, path, end_kept, ends[i]);
        is_taken |= fs_is_file(buf_cstr(&other));
    }
    buf_release(&other);
    return !is_taken;
}

// A name that nothing has: what an earlier process with this pid left stays.
static bool write_new(const struct workspace *ws, struct sv annotator, struct sv bytes,
                      bool is_durable, struct buf *path, struct err *err)
{
    struct buf begin = { 0 };
    bool ok = false;

    add_folder(&begin);
    buf_add_char(&begin, '/');
    add_prefix(ws, annotator, &begin);
    add_pid(&begin);
    for (int i = 1; i <= LISTED_MAX && !ok; i++) {
        err_release(err);
        buf_clear(path);
        buf_addf(path, "%s-%d%s", buf_cstr(&begin), i, end_kept);
        if (!is_free(buf_sv(path)))
            continue;
        ok = fs_own_write(buf_cstr(path), bytes, is_durable, true, err);
        if (!ok && is_free(buf_sv(path)))
            break; // not for want of a name
    }
    if (!ok && err->code == E_NONE)
        (void)err_set(err, E_SYSTEM, (struct err_at){ .path = buf_cstr(&begin) },
                      "too many kept texts");
    if (!ok)
        buf_clear(path);
    buf_release(&begin);
    return ok;
}

bool journal_write(const struct workspace *ws, struct sv annotator, struct unsaved *unsaved,
                   bool is_durable, struct buf *path, struct err *err)
{
    struct buf bytes = { 0 };
    bool ok;

    set(&unsaved->root, buf_sv(&ws->root));
    set(&unsaved->annotator, annotator);
    buf_clear(&unsaved->owner);
    owner_self(&unsaved->owner);
    buf_clear(&unsaved->when);
    env_now(&unsaved->when);
    unsaved_print(unsaved, &bytes);
    ok = path->len ? fs_own_write(buf_cstr(path), buf_sv(&bytes), is_durable, false, err)
                   : write_new(ws, annotator, buf_sv(&bytes), is_durable, path, err);
    buf_release(&bytes);
    return ok;
}

// ---- what was left

// Does the sitting that wrote it still run? A process does not sit twice: what names this one is
// from a sitting before.
static bool is_alive(const struct unsaved *unsaved)
{
    struct buf self = { 0 };

    owner_self(&self);

    bool is_self = sv_eq(buf_sv(&self), buf_sv(&unsaved->owner));

    buf_release(&self);
    return !is_self && owner_state(buf_sv(&unsaved->owner), NULL, NULL) == OWNER_ALIVE;
}

static void set_aside(const char *path, struct err *why, struct findings *findings)
{
    struct buf damaged = { 0 };
    struct err err = { 0 };

    add_renamed(&damaged, sv_from(path), end_kept, end_damaged);
    if (fs_own_rename(path, buf_cstr(&damaged), &err))
        findings_add(findings, SEVERITY_WARNING, E_REFUSED,
                     (struct err_at){ .path = buf_cstr(&damaged), .line = why->line },
                     "%s; it is left as it is under this name", buf_cstr(&why->text));
    else
        findings_take(findings, SEVERITY_WARNING, &err);
    err_release(why);
    buf_release(&damaged);
}

static void take_file(const char *path, const char *own, bool is_dropped, struct kept_list *out,
                      struct findings *findings)
{
    struct kept kept = { .is_dropped = is_dropped };
    struct buf bytes = { 0 };
    struct err err = { 0 };

    if (strcmp(path, own) == 0)
        return;
    if (!fs_read(path, UNSAVED_BYTES + UNSAVED_BYTES / 2, &bytes, &err)) {
        findings_take(findings, SEVERITY_WARNING, &err);
    } else if (!unsaved_parse(buf_sv(&bytes), path, &kept.unsaved, &err)) {
        if (is_dropped)
            err_release(&err);
        else
            set_aside(path, &err, findings);
    } else if (!is_dropped && is_alive(&kept.unsaved)) {
        unsaved_release(&kept.unsaved);
    } else {
        buf_add_cstr(&kept.path, path);
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = kept;
    }
    buf_release(&bytes);
}

void kept_release(struct kept *kept)
{
    unsaved_release(&kept->unsaved);
    buf_release(&kept->path);
}

static int by_time(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;

    if (x->is_dropped != y->is_dropped)
        return x->is_dropped - y->is_dropped;
    return sv_cmp(buf_sv(&y->unsaved.when), buf_sv(&x->unsaved.when));
}

// Those dropped long ago go for good.
static void forget_old(struct kept_list *list)
{
    size_t dropped = 0, kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        dropped += list->items[i].is_dropped;
        if (dropped <= DROPPED_MAX) {
            list->items[kept++] = list->items[i];
            continue;
        }
        journal_forget(buf_cstr(&list->items[i].path));
        kept_release(&list->items[i]);
    }
    list->count = kept;
}

void journal_list(const struct workspace *ws, struct sv annotator, const char *own,
                  struct kept_list *out, struct findings *findings)
{
    struct buf dir = { 0 }, prefix = { 0 }, path = { 0 };
    struct fs_names names = { 0 };
    struct err err = { 0 };

    *out = (struct kept_list){ 0 };
    add_folder(&dir);
    add_prefix(ws, annotator, &prefix);
    if (fs_is_dir(buf_cstr(&dir)) && !fs_list(buf_cstr(&dir), &names, &err))
        findings_take(findings, SEVERITY_WARNING, &err);
    for (size_t i = 0; i < names.count && out->count < LISTED_MAX; i++) {
        struct sv name = sv_from(names.items[i]);
        bool is_dropped = sv_ends(name, sv_from(end_dropped));

        if (!sv_starts(name, buf_sv(&prefix)) || !(is_dropped || sv_ends(name, sv_from(end_kept))))
            continue;
        buf_clear(&path);
        fs_join(&path, buf_cstr(&dir), names.items[i]);
        take_file(buf_cstr(&path), own, is_dropped, out, findings);
    }
    if (names.count)
        fs_own_sweep(buf_cstr(&dir));
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), by_time);
    forget_old(out);
    fs_names_release(&names);
    buf_release(&dir);
    buf_release(&prefix);
    buf_release(&path);
}

void kept_list_release(struct kept_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        kept_release(&list->items[i]);
    mem_free(list->items);
    *list = (struct kept_list){ 0 };
}

bool journal_drop(struct kept *kept, bool is_dropped, struct err *err)
{
    struct buf path = { 0 };

    if (kept->is_dropped == is_dropped)
        return true;
    add_renamed(&path, buf_sv(&kept->path), is_dropped ? end_kept : end_dropped,
                is_dropped ? end_dropped : end_kept);

    bool ok = fs_own_rename(buf_cstr(&kept->path), buf_cstr(&path), err);

    if (ok) {
        buf_release(&kept->path);
        kept->path = path;
        kept->is_dropped = is_dropped;
    } else {
        buf_release(&path);
    }
    return ok;
}

void journal_forget(const char *path)
{
    fs_unlink(path);
}
