// The history that git keeps. Declared in store/git_log.h.
// Never takes one file for another: what cannot be followed ends.
#include "store/git_log.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "store/git.h"

#define COMMIT_FIELDS 4
#define LOG_WORDS     9 // of the command, paths not counted
// \x01, then hash, author, date, subject, each with \x02 behind; then the files.
#define FORMAT "--format=%x01%H%x02%an%x02%aI%x02%s%x02"

static const char *keep(struct arena *arena, struct sv text)
{
    char *copy = arena_new(arena, text.len + 1);

    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return copy;
}

// The next word of ":100644 100644 OLD NEW M"; NULL for an object that is none.
static const char *cut_id(struct arena *arena, struct sv *entry)
{
    struct sv word;

    if (!sv_split(entry, ' ', &word) || word.len == 0)
        return NULL;
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] != '0')
            return keep(arena, word);
    return NULL;
}

struct reader {
    struct git_log *log;
    struct buf
        prefix; // of paths in the folder that is asked about: git gives those of merges whole
};

// The path relative to the folder; NULL: it lies outside.
static const char *keep_path(struct reader *reader, struct sv path)
{
    struct sv prefix = buf_sv(&reader->prefix);

    return sv_starts(path, prefix) ? keep(&reader->log->arena, sv_sub(path, prefix.len, path.len))
                                   : NULL;
}

// The file of one entry: ":MODE MODE OLD NEW STATUS", of a merge with a colon, a mode and an object
// more for each parent more; its paths are off the front of `rest`, two for a rename.
static bool take_file(struct reader *reader, struct sv entry, struct sv *rest, struct git_file *out)
{
    struct arena *arena = &reader->log->arena;
    size_t parents = 0;
    struct sv mode, path, second;

    while (parents < entry.len && entry.ptr[parents] == ':')
        parents++;
    for (size_t i = 0; i <= parents; i++)
        if (!sv_split(&entry, ' ', &mode))
            return false;
    out->old_id = cut_id(arena, &entry);
    for (size_t i = 1; i < parents; i++)
        out->also_id = cut_id(arena, &entry);
    out->new_id = cut_id(arena, &entry);
    if (!sv_split(rest, '\0', &path))
        return false;
    second = path;
    if (parents == 1 && sv_starts(entry, SV("R")) && !sv_split(rest, '\0', &second))
        return false;
    out->old = out->old_id ? keep_path(reader, path) : NULL;
    out->new = out->new_id ? keep_path(reader, second) : NULL;
    return true;
}

// One file off the front of `rest`. false: no more.
static bool cut_file(struct reader *reader, struct sv *rest, struct git_file *out)
{
    struct sv entry;

    *out = (struct git_file){ 0 };
    return sv_split(rest, '\0', &entry) && sv_starts(entry, SV(":")) &&
           take_file(reader, entry, rest, out);
}

static void read_commit(struct reader *reader, struct sv text, struct git_commit *out)
{
    struct arena *arena = &reader->log->arena;
    const char **fields[COMMIT_FIELDS] = { &out->hash, &out->author, &out->date, &out->subject };
    struct git_file file;
    struct sv field, rest;
    size_t count = 0;

    *out = (struct git_commit){ 0 };
    for (size_t i = 0; i < COMMIT_FIELDS; i++)
        *fields[i] = keep(arena, sv_split(&text, '\2', &field) ? field : SV(""));
    while (text.len && text.ptr[0] != ':')
        text = sv_sub(text, 1, text.len);
    rest = text;
    for (size_t i = 0; i + 1 < text.len; i++)
        count += text.ptr[i] == '\0' && text.ptr[i + 1] == ':';
    out->files = arena_new(arena, (count + 1) * sizeof(*out->files));
    while (cut_file(reader, &rest, &file)) {
        BUG_ON(out->file_count > count);
        if (file.old || file.new)
            out->files[out->file_count++] = file;
    }
}

bool git_log_read(const char *dir, const char *const *paths, struct git_log *out, struct err *err)
{
    const char *args[GIT_LOG_PATHS + LOG_WORDS + 1] = { "log",   "--no-ext-diff", "-c",
                                                        "--raw", "--no-abbrev",   "-z",
                                                        "-M",    FORMAT,          "--" };
    size_t count = LOG_WORDS, commits = 0;
    struct reader reader = { .log = out };
    struct buf text = { 0 };
    struct sv rest, commit;
    bool ok;

    *out = (struct git_log){ 0 };
    for (; *paths; paths++) {
        BUG_ON(count == GIT_LOG_PATHS + LOG_WORDS);
        args[count++] = *paths;
    }
    ok = git_prefix(dir, &reader.prefix)
             ? git_read(dir, args, &text, err)
             : err_set(err, E_SYSTEM, ERR_NOWHERE, "git has no history here");
    rest = buf_sv(&text);
    for (size_t i = 0; ok && i < rest.len; i++)
        commits += rest.ptr[i] == '\1';
    out->commits = arena_new(&out->arena, (commits + 1) * sizeof(*out->commits));
    while (ok && sv_split(&rest, '\1', &commit))
        if (commit.len && out->count < commits)
            read_commit(&reader, commit, &out->commits[out->count++]);
    buf_release(&text);
    buf_release(&reader.prefix);
    return ok;
}

void git_log_release(struct git_log *log)
{
    arena_release(&log->arena);
    *log = (struct git_log){ 0 };
}

// ---- following

// A name that is followed, in the commits [from, until) of the log.
struct followed {
    const char *path;
    size_t from, until;
};

struct trail {
    struct followed *items; // owned
    size_t count, cap;
};

static bool is_followed(const struct trail *trail, const char *path, size_t commit)
{
    for (size_t i = 0; path && i < trail->count; i++)
        if (trail->items[i].from <= commit && commit < trail->items[i].until &&
            !strcmp(trail->items[i].path, path))
            return true;
    return false;
}

static bool is_known(const struct trail *trail, const char *path)
{
    for (size_t i = 0; i < trail->count; i++)
        if (!strcmp(trail->items[i].path, path))
            return true;
    return false;
}

static bool gives_up(const struct git_file *file, const char *path)
{
    return file->old && file->new && !strcmp(file->old, path) && strcmp(file->new, path) != 0;
}

// The first commit of [from, to) in which a file gave this name up for another; `to` when there is
// none.
static size_t find_giving_up(const struct git_log *log, const char *path, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        for (size_t f = 0; f < log->commits[i].file_count; f++)
            if (gives_up(&log->commits[i].files[f], path))
                return i;
    return to;
}

// Has a file this name now? Told by what the history says of it last.
static bool is_there(const struct git_log *log, const char *path)
{
    for (size_t i = 0; i < log->count; i++)
        for (size_t f = 0; f < log->commits[i].file_count; f++) {
            const struct git_file *file = &log->commits[i].files[f];

            if (file->new && !strcmp(file->new, path))
                return true;
            if (file->old && !strcmp(file->old, path))
                return false;
        }
    return false;
}

// Follow a name that one of the files had until commit `at`, or has now (SIZE_MAX). Another file
// may have had it before, which ended when that one gave it up, and one may have it since.
static void follow(struct trail *trail, const struct git_log *log, const char *path, size_t at)
{
    struct followed new = { .path = path };

    if (at == SIZE_MAX)
        new.until = is_there(log, path) ? find_giving_up(log, path, 0, log->count) : log->count;
    else
        new.until = find_giving_up(log, path, at + 1, log->count);
    if (at != SIZE_MAX && (is_there(log, path) || find_giving_up(log, path, 0, at) < at))
        new.from = at;
    MEM_GROW(trail->items, trail->count, trail->cap);
    trail->items[trail->count++] = new;
}

// The names that followed files had before; true when there was a new one.
static bool add_older_names(const struct git_log *log, struct trail *trail)
{
    size_t before = trail->count;

    for (size_t i = 0; i < log->count; i++)
        for (size_t f = 0; f < log->commits[i].file_count; f++) {
            const struct git_file *file = &log->commits[i].files[f];

            if (!file->old || !file->new || !strcmp(file->old, file->new) ||
                !is_followed(trail, file->new, i) || is_known(trail, file->old))
                continue;
            follow(trail, log, file->old, i);
        }
    return trail->count > before;
}

void git_log_follow(struct git_log *log, const struct fs_names *paths)
{
    struct trail trail = { 0 };
    size_t kept = 0;

    for (size_t i = 0; i < paths->count; i++)
        follow(&trail, log, paths->items[i], SIZE_MAX);
    while (add_older_names(log, &trail))
        ;
    for (size_t i = 0; i < log->count; i++) {
        struct git_commit *commit = &log->commits[i];
        size_t files = 0;

        for (size_t f = 0; f < commit->file_count; f++)
            if (is_followed(&trail, commit->files[f].new, i) ||
                (!commit->files[f].new &&is_followed(&trail, commit->files[f].old, i)))
                commit->files[files++] = commit->files[f];
        commit->file_count = files;
        if (files)
            log->commits[kept++] = *commit;
    }
    log->count = kept;
    mem_free(trail.items);
}

// ---- files that hold a record

static void add_sorted(struct sv text, struct sv prefix, struct fs_names *out)
{
    struct sv name;

    while (sv_split(&text, '\0', &name)) {
        while (name.len && name.ptr[0] == '\n')
            name = sv_sub(name, 1, name.len);
        if (!sv_starts(name, prefix) || name.len == prefix.len)
            continue;
        name = sv_sub(name, prefix.len, name.len);
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = mem_copy(name.ptr, name.len);
    }
}

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static void sort_and_thin(struct fs_names *names)
{
    size_t kept = 0;

    if (names->count)
        qsort(names->items, names->count, sizeof(*names->items), compare_names);
    for (size_t i = 0; i < names->count; i++) {
        if (kept && !strcmp(names->items[kept - 1], names->items[i]))
            mem_free(names->items[i]);
        else
            names->items[kept++] = names->items[i];
    }
    names->count = kept;
}

bool git_find_record(const char *dir, const char *id, struct fs_names *out, struct err *err)
{
    struct buf line = { 0 };

    buf_addf(&line, "- id: %s", id);

    const char *const now[] = { "grep",          "-l",   "-z", "-F",          "-e",
                                buf_cstr(&line), "HEAD", "--", "annotations", NULL };
    const char *const ever[] = { "log",
                                 "--no-ext-diff",
                                 "--no-textconv",
                                 "--format=",
                                 "--name-only",
                                 "-z",
                                 "--relative",
                                 "-S",
                                 id,
                                 "--",
                                 "annotations",
                                 NULL };
    struct buf text = { 0 };
    bool ok = true;

    *out = (struct fs_names){ 0 };
    if (git_try(dir, now, &text)) {
        add_sorted(buf_sv(&text), SV("HEAD:"), out);
    } else {
        buf_clear(&text);
        ok = git_read(dir, ever, &text, err);
        if (ok)
            add_sorted(buf_sv(&text), SV(""), out);
    }
    sort_and_thin(out);
    buf_release(&line);
    buf_release(&text);
    return ok;
}
