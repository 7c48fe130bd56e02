// Finding a workspace: root, scheme in force, list of articles, paths.
// Never writes; a file that cannot be read becomes a finding and the rest still opens.
#include "store/workspace.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "store/doc.h"
#include "store/names.h"
#include "store/reporting.h"
#include "store/snapshot.h"

#define TEXT_SUFFIX ".txt"

// Folders above the one being listed, to notice a link that leads back into itself.
struct walk_dir {
    const struct walk_dir *above;
    const char *real;
};

// The articles that are known. A reader of one asks for its folder alone.
struct article_list {
    struct fs_names names;   // ids, sorted
    struct fs_names folders; // whose texts are among them
    bool is_complete;
    struct findings findings; // not told yet
    struct err unseen;        // of those told the first that could not be looked at
};

struct walk {
    const struct workspace *ws;
    struct sv only; // the one folder that is listed; absent: all
    struct fs_names *names;
    struct findings *findings;
};

static void add_name(struct fs_names *names, const char *name)
{
    MEM_GROW(names->items, names->count, names->cap);
    names->items[names->count++] = mem_copy(name, strlen(name));
}

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static void sort_names(struct fs_names *names)
{
    if (names->count)
        qsort(names->items, names->count, sizeof(*names->items), compare_names);
}

static bool is_below(struct sv path, struct sv folder)
{
    return sv_starts(path, folder) && (path.len == folder.len || path.ptr[folder.len] == '/');
}

// Does the folder with this real path lie in the workspace, and not above itself?
static bool may_enter(struct walk *walk, const char *rel, const char *real,
                      const struct walk_dir *above)
{
    struct err_at at = { .path = rel };

    if (!is_below(sv_from(real), buf_sv(&walk->ws->root))) {
        findings_add(walk->findings, SEVERITY_WARNING, E_NAME, at,
                     "the link leads out of the workspace and is not followed; "
                     "copy the folder into the corpus");
        return false;
    }
    for (; above; above = above->above) {
        if (strcmp(above->real, real) == 0) {
            findings_add(walk->findings, SEVERITY_WARNING, E_NAME, at,
                         "the link leads back to a folder it stands in and is not followed");
            return false;
        }
    }
    return true;
}

// A text of the name `file` in the corpus, folders and suffix included.
static void walk_text(struct walk *walk, struct sv file, const char *rel, const char *path)
{
    struct sv id = sv_sub(file, 0, file.len - strlen(TEXT_SUFFIX));
    struct err err = { 0 };

    if (fs_is_link(path) && !workspace_holds(walk->ws, path, &err)) {
        findings_take(walk->findings, SEVERITY_ERROR, &err);
        return;
    }
    if (id_check_form(id, &err)) {
        struct buf name = { 0 };

        buf_add(&name, id);
        add_name(walk->names, buf_cstr(&name));
        buf_release(&name);
        return;
    }
    findings_add(walk->findings, SEVERITY_ERROR, E_NAME, (struct err_at){ .path = rel },
                 "left out, because of its name: %s; rename the file", buf_cstr(&err.text));
    err_release(&err);
}

// Of one folder alone: only the way to it, and its texts.
static bool is_wanted(const struct walk *walk, const char *event, enum fs_type type)
{
    return sv_is_absent(walk->only) || sv_eq_cstr(walk->only, event) == (type == FS_FILE);
}

static void walk_folder(struct walk *walk, const char *event, const struct walk_dir *above);

static void walk_entry(struct walk *walk, const char *event, const char *name,
                       const struct walk_dir *dir)
{
    struct buf id = { 0 }, rel = { 0 }, path = { 0 };

    if (*event)
        fs_join(&id, event, name);
    else
        buf_add_cstr(&id, name);
    fs_join(&rel, "corpus", buf_cstr(&id));
    fs_join(&path, buf_cstr(&walk->ws->root), buf_cstr(&rel));

    struct err err = { 0 };
    enum fs_type type = fs_look(buf_cstr(&path), &err);

    if (type == FS_UNKNOWN)
        findings_take(walk->findings, SEVERITY_ERROR, &err);
    else if (!is_wanted(walk, event, type))
        ; // nothing of it is asked for
    else if (type == FS_DIR)
        walk_folder(walk, buf_cstr(&id), dir);
    else if (type == FS_FILE && sv_ends(buf_sv(&id), SV(TEXT_SUFFIX)))
        walk_text(walk, buf_sv(&id), buf_cstr(&rel), buf_cstr(&path));
    buf_release(&id);
    buf_release(&rel);
    buf_release(&path);
}

// What of folder `event` is looked at: the name of the next folder on the way to the one that is
// asked for, or all there is.
static bool list_entries(const struct walk *walk, const char *event, const char *path,
                         struct fs_names *out, struct err *err)
{
    struct sv rest = walk->only, name;

    if (sv_is_absent(rest) || sv_eq_cstr(rest, event))
        return fs_list(path, out, err);
    if (*event)
        rest = sv_sub(rest, strlen(event) + 1, rest.len);
    (void)sv_split(&rest, '/', &name);

    struct buf text = { 0 };

    buf_add(&text, name);
    add_name(out, buf_cstr(&text));
    buf_release(&text);
    return true;
}

static void walk_folder(struct walk *walk, const char *event, const struct walk_dir *above)
{
    struct buf rel = { 0 }, path = { 0 }, real = { 0 };
    struct fs_names names = { 0 };
    struct err err = { 0 };

    buf_add_cstr(&rel, "corpus");
    if (*event) {
        buf_clear(&rel);
        fs_join(&rel, "corpus", event);
    }
    fs_join(&path, buf_cstr(&walk->ws->root), buf_cstr(&rel));
    if (!fs_real(buf_cstr(&path), &real, &err) ||
        !list_entries(walk, event, buf_cstr(&path), &names, &err)) {
        findings_take(walk->findings, SEVERITY_ERROR, &err);
        goto out;
    }
    if (!may_enter(walk, buf_cstr(&rel), buf_cstr(&real), above))
        goto out;

    struct walk_dir here = { above, buf_cstr(&real) };

    for (size_t i = 0; i < names.count; i++) {
        if (names.items[i][0] != '.')
            walk_entry(walk, event, names.items[i], &here);
    }
out:
    fs_names_release(&names);
    buf_release(&rel);
    buf_release(&path);
    buf_release(&real);
}

// Every part of a path that can lead to articles.
static bool may_hold_articles(struct sv folder)
{
    struct sv rest = folder, name;

    while (folder.len && sv_split(&rest, '/', &name))
        if (!name.len || name.ptr[0] == '.')
            return false;
    return true;
}

static char **find_name(const struct fs_names *names, const char *name)
{
    return names->count
               ? bsearch(&name, names->items, names->count, sizeof(*names->items), compare_names)
               : NULL;
}

// Texts of the folder `event` are known from now on.
static void know_folder(const struct workspace *ws, struct sv event)
{
    struct article_list *list = ws->list;
    struct buf name = { 0 };

    buf_add(&name, event);
    if (!list->is_complete && may_hold_articles(event) &&
        !find_name(&list->folders, buf_cstr(&name))) {
        struct walk walk = { ws, buf_sv(&name), &list->names, &list->findings };

        walk_folder(&walk, "", NULL);
        sort_names(&list->names);
        add_name(&list->folders, buf_cstr(&name));
        sort_names(&list->folders);
    }
    buf_release(&name);
}

// The articles of a revision, all of them. What has no good name is left out, as it is today.
static void know_revision(struct workspace *ws)
{
    static const struct sv folder = { "corpus/", 7 };
    const struct fs_names *paths = snapshot_paths(ws->at);

    for (size_t i = 0; i < paths->count; i++) {
        struct sv id = sv_from(paths->items[i]);
        struct err err = { 0 };
        struct buf name = { 0 };

        if (!sv_starts(id, folder) || !sv_ends(id, SV(TEXT_SUFFIX)))
            continue;
        id = sv_sub(id, folder.len, id.len - strlen(TEXT_SUFFIX));
        buf_add(&name, id);
        if (id_check_form(id, &err))
            add_name(&ws->list->names, buf_cstr(&name));
        err_release(&err);
        buf_release(&name);
    }
    sort_names(&ws->list->names);
    ws->list->is_complete = true;
}

// All articles are known from now on. Ids handed out stay good.
static void know_all(const struct workspace *ws)
{
    struct article_list *list = ws->list;
    struct fs_names all = { 0 };
    struct walk walk = { ws, { 0 }, &all, &list->findings };

    if (list->is_complete)
        return;
    walk_folder(&walk, "", NULL);
    sort_names(&all);
    for (size_t i = 0, count = all.count; i < list->names.count; i++) {
        struct fs_names sorted = { all.items, count, count };
        char **twin = find_name(&sorted, list->names.items[i]);

        if (twin) {
            mem_free(*twin);
            *twin = list->names.items[i];
        } else { // taken away meanwhile, yet in use
            MEM_GROW(all.items, all.count, all.cap);
            all.items[all.count++] = list->names.items[i];
        }
    }
    sort_names(&all);
    mem_free((void *)list->names.items);
    list->names = all;
    list->is_complete = true;
}

enum root { ROOT_NO, ROOT_YES, ROOT_UNCLEAR };

static enum root is_root(const char *dir, struct err *err)
{
    static const char *const names[] = { "corpus", "annotations" };
    enum root result = ROOT_YES;

    for (size_t i = 0; i < ARRAY_LEN(names) && result == ROOT_YES; i++) {
        struct buf path = { 0 };

        fs_join(&path, dir, names[i]);

        enum fs_type type = fs_look(buf_cstr(&path), err);

        if (type != FS_DIR)
            result = type == FS_UNKNOWN ? ROOT_UNCLEAR : ROOT_NO;
        buf_release(&path);
    }
    return result;
}

// Cut `path` back to the nearest root at or above it. A folder that cannot be looked into ends the
// search: the workspace above it, if there is one, is another.
static enum root find_root(struct buf *path, struct err *err)
{
    for (;;) {
        enum root found = is_root(path->len ? buf_cstr(path) : "/", err);

        if (found != ROOT_NO || path->len <= 1)
            return found;

        size_t cut = path->len;

        while (cut && path->ptr[cut - 1] != '/')
            cut--;
        buf_splice(path, cut > 1 ? cut - 1 : cut, path->len, SV(""));
    }
}

bool workspace_read(const struct workspace *ws, const char *path, size_t most, bool *is_there,
                    struct buf *out, struct err *err)
{
    enum fs_type type;

    if (ws->at) {
        const char *rel = workspace_relative(ws, path);

        *is_there = snapshot_has(ws->at, rel);
        return !*is_there || snapshot_read(ws->at, rel, most, out, err);
    }
    type = fs_look(path, err);
    *is_there = type != FS_NONE;
    return type == FS_NONE ||
           (type != FS_UNKNOWN && workspace_holds(ws, path, err) && fs_read(path, most, out, err));
}

static struct err_at place(void *doc, const void *rec, const struct field *field)
{
    return doc_place(doc, rec, field);
}

static void load_scheme(struct workspace *ws, struct findings *findings)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct doc_content content = { 0 };
    struct doc *doc = NULL;
    struct err err = { 0 };

    ws->scheme = *scheme_builtin();
    fs_join(&path, buf_cstr(&ws->root), "annotations/scheme.yaml");

    const char *rel = workspace_relative(ws, buf_cstr(&path));
    bool is_there;

    if (!workspace_read(ws, buf_cstr(&path), LIMIT_YAML_BYTES, &is_there, &bytes, &err) ||
        (is_there &&
         !doc_load(&doc_scheme, buf_sv(&bytes), rel, &ws->arena, &content, &doc, findings, &err))) {
        findings_take(findings, SEVERITY_ERROR, &err);
        goto out;
    }
    if (!is_there)
        goto out;

    const struct list_head *head = content.head;

    scheme_extend(&ws->scheme, &ws->arena, head->version, content.sections[0], place, doc,
                  findings);
    reporting_load(&ws->scheme, &ws->arena, doc, content.sections[1], findings);
out:
    doc_free(doc);
    buf_release(&path);
    buf_release(&bytes);
}

// Find the root.
static bool open_root(const char *dir, struct workspace *out, struct err *err)
{
    *out = (struct workspace){ .list = mem_new(sizeof(*out->list)) };
    if (!fs_real(dir ? dir : ".", &out->root, err)) {
        workspace_release(out);
        return false;
    }

    struct buf from = { 0 };

    buf_add(&from, buf_sv(&out->root));

    enum root found = find_root(&out->root, err);

    if (found == ROOT_NO)
        (void)err_set(err, E_NO_SPACE, ERR_NOWHERE,
                      "no workspace at or above '%s': no folder there holds both 'corpus' and "
                      "'annotations'; 'gainsay init' makes one",
                      buf_cstr(&from));
    if (found != ROOT_YES) {
        buf_release(&from);
        workspace_release(out);
        return false;
    }
    buf_release(&from);
    return true;
}

bool workspace_open_quick(const char *dir, struct workspace *out, struct findings *findings,
                          struct err *err)
{
    if (!open_root(dir, out, err))
        return false;
    load_scheme(out, findings);
    return true;
}

// All that is known of a snapshot; `ok`: there is one.
static bool open_snapshot(struct workspace *out, bool ok, struct findings *findings)
{
    if (ok) {
        know_revision(out);
        load_scheme(out, findings);
    } else {
        workspace_release(out);
    }
    return ok;
}

bool workspace_open_at(const char *dir, const char *revision, struct workspace *out,
                       struct findings *findings, struct err *err)
{
    return open_root(dir, out, err) &&
           open_snapshot(out, snapshot_open(buf_cstr(&out->root), revision, &out->at, err),
                         findings);
}

bool workspace_open_staged(const char *dir, struct workspace *out, struct findings *findings,
                           struct err *err)
{
    return open_root(dir, out, err) &&
           open_snapshot(out, snapshot_open_index(buf_cstr(&out->root), &out->at, err), findings);
}

bool workspace_open(const char *dir, struct workspace *out, struct findings *findings,
                    struct err *err)
{
    if (!workspace_open_quick(dir, out, findings, err))
        return false;
    know_all(out);
    workspace_take_findings(out, findings);
    return true;
}

const struct fs_names *workspace_articles(const struct workspace *ws)
{
    know_all(ws);
    return &ws->list->names;
}

// The first thing that could not be looked at; NULL: none.
static const struct err *first_unseen(const struct article_list *list)
{
    if (list->unseen.code)
        return &list->unseen;
    for (size_t i = 0; i < list->findings.count; i++)
        if (list->findings.items[i].err.code == E_SYSTEM)
            return &list->findings.items[i].err;
    return NULL;
}

static bool say_unseen(const struct err *unseen, struct err *err)
{
    return err_set(err, E_SYSTEM, (struct err_at){ .path = buf_cstr(&unseen->path) }, "%s",
                   buf_cstr(&unseen->text));
}

void workspace_take_findings(const struct workspace *ws, struct findings *out)
{
    struct article_list *list = ws->list;
    const struct err *unseen = first_unseen(list);

    if (unseen && unseen != &list->unseen)
        say_unseen(unseen, &list->unseen);
    for (size_t i = 0; i < list->findings.count; i++)
        findings_take(out, list->findings.items[i].severity, &list->findings.items[i].err);
    findings_release(&list->findings);
}

bool workspace_was_listed(const struct workspace *ws, struct err *err)
{
    const struct err *unseen = first_unseen(ws->list);

    return !unseen || say_unseen(unseen, err);
}

void workspace_release(struct workspace *ws)
{
    buf_release(&ws->root);
    arena_release(&ws->arena);
    if (ws->list) {
        fs_names_release(&ws->list->names);
        fs_names_release(&ws->list->folders);
        findings_release(&ws->list->findings);
        err_release(&ws->list->unseen);
    }
    mem_free(ws->list);
    snapshot_free(ws->at);
    *ws = (struct workspace){ 0 };
}

void workspace_add_article(struct workspace *ws, struct sv id)
{
    struct buf name = { 0 };

    buf_add(&name, id);
    if (!find_name(&ws->list->names, buf_cstr(&name)))
        add_name(&ws->list->names, buf_cstr(&name));
    buf_release(&name);
    sort_names(&ws->list->names);
}

bool workspace_find_article(const struct workspace *ws, struct sv id, struct sv *out)
{
    struct buf name = { 0 };
    char **found;

    know_folder(ws, article_event(id));
    buf_add(&name, id);
    found = find_name(&ws->list->names, buf_cstr(&name));
    if (found)
        *out = sv_from(*found);
    buf_release(&name);
    return found;
}

static size_t event_len(struct sv id)
{
    for (size_t i = id.len; i > 0; i--) {
        if (id.ptr[i - 1] == '/')
            return i - 1;
    }
    return 0;
}

struct sv article_event(struct sv id)
{
    return sv_sub(id, 0, event_len(id));
}

struct sv article_name(struct sv id)
{
    size_t len = event_len(id);

    return sv_sub(id, len ? len + 1 : 0, id.len);
}

void workspace_others(const struct workspace *ws, struct sv id,
                      void (*each)(void *ctx, struct sv other), void *ctx)
{
    struct sv event = article_event(id);

    know_folder(ws, event);
    for (size_t i = 0; i < ws->list->names.count; i++) {
        struct sv other = sv_from(ws->list->names.items[i]);

        if (!sv_eq(other, id) && sv_eq(article_event(other), event))
            each(ctx, other);
    }
}

static void add_path(const struct workspace *ws, const char *folder, struct sv id,
                     const char *suffix, struct buf *out)
{
    fs_join(out, buf_cstr(&ws->root), folder);
    buf_add_char(out, '/');
    buf_add(out, id);
    buf_add_cstr(out, suffix);
}

void workspace_text_path(const struct workspace *ws, struct sv id, struct buf *out)
{
    add_path(ws, "corpus", id, TEXT_SUFFIX, out);
}

void workspace_meta_path(const struct workspace *ws, struct sv id, struct buf *out)
{
    add_path(ws, "corpus", id, ".yaml", out);
}

void workspace_layer_path(const struct workspace *ws, struct sv annotator, struct sv id,
                          struct buf *out)
{
    add_path(ws, "annotations", annotator, "/", out);
    buf_add(out, id);
    buf_add_cstr(out, ".yaml");
}

void workspace_sources_path(const struct workspace *ws, struct buf *out)
{
    fs_join(out, buf_cstr(&ws->root), "annotations/sources.yaml");
}

bool workspace_holds(const struct workspace *ws, const char *path, struct err *err)
{
    return fs_stays_in(path, buf_cstr(&ws->root), err);
}

const char *workspace_relative(const struct workspace *ws, const char *path)
{
    struct sv root = buf_sv(&ws->root);

    if (sv_eq(root, SV("/")))
        return path[0] == '/' ? path + 1 : path;
    if (is_below(sv_from(path), root) && path[root.len] == '/')
        return path + root.len + 1;
    return path;
}

// The folders of annotations/ in a revision, sorted, each once.
static void list_folders(const struct workspace *ws, struct fs_names *out)
{
    static const struct sv top = { "annotations/", 12 };
    const struct fs_names *paths = snapshot_paths(ws->at);

    for (size_t i = 0; i < paths->count; i++) {
        struct sv rest = sv_from(paths->items[i]), name;
        struct buf text = { 0 };

        if (!sv_starts(rest, top))
            continue;
        rest = sv_sub(rest, top.len, rest.len);
        if (sv_find(rest, SV("/"), 0) >= rest.len || !sv_split(&rest, '/', &name) ||
            (out->count && sv_eq_cstr(name, out->items[out->count - 1])))
            continue;
        buf_add(&text, name);
        add_name(out, buf_cstr(&text));
        buf_release(&text);
    }
}

bool workspace_annotators(const struct workspace *ws, struct fs_names *out, struct err *err)
{
    struct buf dir = { 0 };
    struct fs_names found = { 0 };
    bool has_adjudicated = false, ok;

    *out = (struct fs_names){ 0 };
    fs_join(&dir, buf_cstr(&ws->root), "annotations");
    ok = ws->at || fs_list(buf_cstr(&dir), &found, err);
    if (ws->at)
        list_folders(ws, &found);
    for (size_t i = 0; ok && i < found.count; i++) {
        struct sv name = sv_from(found.items[i]);
        struct buf path = { 0 };
        enum fs_type type = FS_NONE;

        fs_join(&path, buf_cstr(&dir), found.items[i]);
        if (annotator_is_name(name))
            type = ws->at ? FS_DIR : fs_look(buf_cstr(&path), err);
        if (type == FS_UNKNOWN)
            ok = false;
        else if (type == FS_DIR && sv_eq(name, SV(ADJUDICATED)))
            has_adjudicated = true;
        else if (type == FS_DIR)
            add_name(out, found.items[i]);
        buf_release(&path);
    }
    if (has_adjudicated)
        add_name(out, ADJUDICATED);
    if (!ok)
        fs_names_release(out);
    fs_names_release(&found);
    buf_release(&dir);
    return ok;
}
