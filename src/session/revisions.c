// What git knows of a record or an article. Declared in session/revisions.h.
// Never writes, and keeps no program running from one question to the next.
#include "session/revisions.h"

#include <string.h>

#include "base/limits.h"
#include "store/git.h"
#include "store/git_objects.h"
#include "store/versions.h"
#include "store/words.h"

#define NAME_LEN 8
#define DATE_LEN 16 // "2026-11-25T12:00"

// The versions of a file, one behind the other: what was new in one commit is mostly what is old in
// the next.
struct versions_reader {
    struct git_objects objects;
    const char *id; // of what `bytes` holds; NULL: nothing
    struct buf bytes;
};

// Bytes of a blob, valid until the next call but one.
static struct sv read_version(struct versions_reader *reader, const char *id, struct buf *own)
{
    struct err err = { 0 };

    if (!id)
        return SV("");
    if (reader->id && !strcmp(reader->id, id))
        return buf_sv(&reader->bytes);
    buf_clear(own);
    if (!git_object_read(&reader->objects, id, LIMIT_TEXT_BYTES, own, &err))
        err_release(&err);
    return buf_sv(own);
}

// The older version of a file is kept for the commit before.
static void keep_version(struct versions_reader *reader, const char *id, struct buf *own)
{
    if (reader->id && id && !strcmp(reader->id, id))
        return;

    struct buf old = reader->bytes;

    reader->bytes = *own;
    reader->id = id;
    *own = old;
}

static struct sv take(struct arena *arena, struct buf *text)
{
    struct sv copy = sv_copy(arena, buf_sv(text));

    buf_release(text);
    return copy;
}

struct collecting {
    struct arena *arena;
    struct revision *revision;
};

static struct revision_change *add_change(struct arena *arena, struct revision *revision)
{
    if (revision->count == revision->cap) {
        size_t cap = revision->cap ? 2 * revision->cap : 4;
        struct revision_change *items = arena_new(arena, cap * sizeof(*items));

        if (revision->count)
            memcpy(items, revision->changes, revision->count * sizeof(*items));
        revision->changes = items;
        revision->cap = cap;
    }
    return &revision->changes[revision->count++];
}

static void note_change(void *ctx, const struct record_change *change)
{
    const struct collecting *c = ctx;
    const struct record *rec = change->new ? change->new : change->old;
    struct revision_change *out = add_change(c->arena, c->revision);
    struct buf name = { 0 }, old = { 0 }, new = { 0 };

    *out = (struct revision_change){ 0 };
    out->what = change->field ? REVISION_CHANGED : change->new ? REVISION_ADDED : REVISION_REMOVED;
    if (change->kind == KIND_NONE)
        buf_add_cstr(&name, "the file");
    else
        buf_addf(&name, "%s " SV_FMT, kind_get(change->kind)->name, SV_ARG(rec->id));
    if (change->field) {
        out->field = sv_from(change->field->key);
        field_words(change->old, change->field, &old);
        field_words(change->new, change->field, &new);
    } else {
        record_words(change->kind, rec, change->new ? &new : &old);
    }
    out->record = take(c->arena, &name);
    out->old = take(c->arena, &old);
    out->new = take(c->arena, &new);
}

static void add_size(struct sv bytes, struct buf *out)
{
    if (bytes.len)
        buf_addf(out, "%zu bytes", bytes.len);
}

static void note_text(struct arena *arena, struct revision *revision, struct sv old, struct sv new)
{
    struct revision_change *out;
    struct buf old_words = { 0 }, new_words = { 0 };

    if (sv_eq(old, new))
        return;
    add_size(old, &old_words);
    add_size(new, &new_words);
    out = add_change(arena, revision);
    *out = (struct revision_change){ .what = !old.len   ? REVISION_ADDED
                                             : !new.len ? REVISION_REMOVED
                                                        : REVISION_CHANGED,
                                     .record = SV("text"),
                                     .field = old.len &&new.len ? SV("length") : (struct sv){ 0 },
                                     .old = take(arena, &old_words),
                                     .new = take(arena, &new_words) };
}

//   also  of a merge: the file in its other parent; absent: no merge
static void compare(struct revisions *r, struct revision *revision, const char *path, struct sv old,
                    struct sv new, struct sv also)
{
    struct collecting collecting = { &r->arena, revision };
    struct versions versions = { .path = path, .old = old, .new = new, .also = also };
    struct err err = { 0 };

    if (!sv_ends(sv_from(path), SV(".yaml"))) {
        note_text(&r->arena, revision, old, new);
        return;
    }
    if (r->record.len)
        versions.only = buf_sv(&r->record);
    if (!versions_compare(&versions, note_change, &collecting, &err))
        err_release(&err);
}

static void read_changes(struct revisions *r, struct revision *revision,
                         struct versions_reader *reader)
{
    for (size_t i = 0; i < revision->commit->file_count; i++) {
        const struct git_file *file = &revision->commit->files[i];
        struct buf old = { 0 }, new = { 0 }, also = { 0 };
        struct sv new_bytes = read_version(reader, file->new_id, &new);
        struct sv old_bytes = read_version(reader, file->old_id, &old);
        struct sv also_bytes = read_version(reader, file->also_id, &also);

        compare(r, revision, file->new ? file->new : file->old, old_bytes, new_bytes,
                file->also_id ? also_bytes : (struct sv){ 0 });
        if (revision->commit->file_count == 1)
            keep_version(reader, file->old_id, &old);
        buf_release(&old);
        buf_release(&new);
        buf_release(&also);
    }
    revision->is_read = true;
}

// The id of the article by the path of its text, its metadata or a layer.
static struct sv article_of(struct sv path)
{
    struct sv folder, rest = path;
    size_t dot;

    (void)sv_split(&rest, '/', &folder);
    if (sv_eq_cstr(folder, "annotations"))
        (void)sv_split(&rest, '/', &folder); // the annotator's
    dot = rest.len;
    while (dot && rest.ptr[dot - 1] != '.')
        dot--;
    return sv_sub(rest, 0, dot ? dot - 1 : rest.len);
}

static struct revision revision_of(struct revisions *r, const struct git_commit *commit)
{
    const struct git_file *file = &commit->files[0];
    struct revision revision = {
        .hash = commit->hash, .author = commit->author, .subject = commit->subject, .commit = commit
    };
    struct buf text = { 0 };

    buf_add(&text, sv_sub(sv_from(commit->hash), 0, NAME_LEN));
    buf_add_char(&text, '\0');
    buf_add(&text, sv_sub(sv_from(commit->date), 0, DATE_LEN));
    buf_add_char(&text, '\0');

    struct sv kept = take(&r->arena, &text);

    revision.name = kept.ptr;
    revision.date = kept.ptr + strlen(kept.ptr) + 1;
    revision.article = article_of(sv_from(file->new ? file->new : file->old));
    return revision;
}

static void add_path(struct fs_names *paths, const struct workspace *ws, struct buf *path)
{
    const char *rel = workspace_relative(ws, buf_cstr(path));

    MEM_GROW(paths->items, paths->count, paths->cap);
    paths->items[paths->count++] = mem_copy(rel, strlen(rel));
    buf_clear(path);
}

static void list_paths(struct revisions *r, struct fs_names *out)
{
    const struct workspace *ws = session_workspace(r->session);
    struct buf path = { 0 };

    workspace_layer_path(ws, session_annotator(r->session), r->reading->id, &path);
    add_path(out, ws, &path);
    if (!r->record.len) {
        workspace_text_path(ws, r->reading->id, &path);
        add_path(out, ws, &path);
        workspace_meta_path(ws, r->reading->id, &path);
        add_path(out, ws, &path);
    }
    buf_release(&path);
}

// What is in the layer and in no commit yet, as a revision without a name.
static void add_uncommitted(struct revisions *r, struct versions_reader *reader)
{
    struct revision revision = { .name = "",
                                 .date = "",
                                 .author = "",
                                 .subject = "not committed yet",
                                 .article = r->reading->id,
                                 .is_read = true };
    const char *path = layer_file_name(&r->reading->file);
    struct buf name = { 0 }, old = { 0 };
    struct err err = { 0 };

    if (session_as_of(r->session) || r->reading->file.is_refused)
        return;
    buf_addf(&name, "HEAD:./%s", path);
    if (!git_object_read(&reader->objects, buf_cstr(&name), LIMIT_YAML_BYTES, &old, &err))
        err_release(&err);
    compare(r, &revision, path, buf_sv(&old), doc_bytes(r->reading->file.doc), (struct sv){ 0 });
    if (revision.count)
        r->items[r->count++] = revision;
    buf_release(&name);
    buf_release(&old);
}

static bool find(struct revisions *r, struct err *err)
{
    static const char *const all[] = { "annotations", "corpus", NULL };
    const char *root = buf_cstr(&session_workspace(r->session)->root);
    struct versions_reader reader = { 0 };
    struct fs_names paths = { 0 };
    bool ok = git_log_read(root, all, &r->log, err) && git_objects_open(root, &reader.objects, err);

    list_paths(r, &paths);
    git_log_follow(&r->log, &paths);
    r->items = arena_new(&r->arena, (r->log.count + 1) * sizeof(*r->items));
    if (ok)
        add_uncommitted(r, &reader);
    for (size_t i = 0; ok && i < r->log.count; i++) {
        struct revision revision = revision_of(r, &r->log.commits[i]);

        if (r->record.len)
            read_changes(r, &revision, &reader);
        if (!r->record.len || revision.count)
            r->items[r->count++] = revision;
    }
    git_objects_close(&reader.objects);
    buf_release(&reader.bytes);
    fs_names_release(&paths);
    return ok;
}

bool revisions_find(struct session *session, struct reading *reading, struct sv record,
                    struct revisions *out, struct err *err)
{
    const char *root = buf_cstr(&session_workspace(session)->root);
    static const char *const head[] = { "rev-parse", "--verify", "--quiet", "HEAD", NULL };
    struct buf text = { 0 };
    bool has_commits;

    *out = (struct revisions){ .session = session, .reading = reading };
    if (!git_has_tree(root))
        return err_set(err, E_SYSTEM, ERR_NOWHERE,
                       "the workspace is not in git, or git is not installed: no history");
    has_commits = git_try(root, head, &text);
    buf_release(&text);
    if (!has_commits)
        return err_set(err, E_SYSTEM, ERR_NOWHERE,
                       "git has no commit here yet: no history; git commit makes one");
    buf_add(&out->record, record);
    if (find(out, err))
        return true;
    revisions_release(out);
    return false;
}

const struct revision *revisions_get(struct revisions *r, size_t index)
{
    struct revision *revision = &r->items[index];
    struct versions_reader reader = { 0 };
    struct err err = { 0 };

    if (revision->is_read)
        return revision;
    if (git_objects_open(buf_cstr(&session_workspace(r->session)->root), &reader.objects, &err))
        read_changes(r, revision, &reader);
    else
        err_release(&err);
    revision->is_read = true;
    git_objects_close(&reader.objects);
    buf_release(&reader.bytes);
    return revision;
}

void revisions_release(struct revisions *r)
{
    git_log_release(&r->log);
    arena_release(&r->arena);
    buf_release(&r->record);
    *r = (struct revisions){ 0 };
}
