// Finding a workspace: root, scheme in force, list of articles, paths.
// Never writes; a file that cannot be read becomes a finding and the rest still opens.
#include "store/workspace.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "store/doc.h"
#include "store/names.h"

#define TEXT_SUFFIX ".txt"

// Folders above the one being listed, to notice a link that leads back into itself.
struct walk_dir {
    const struct walk_dir *above;
    const char *real;
};

struct walk {
    struct workspace *ws;
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

static void walk_text(struct walk *walk, struct sv id, const char *rel)
{
    struct err err = { 0 };

    if (id_check_form(id, &err)) {
        struct buf name = { 0 };

        buf_add(&name, id);
        add_name(&walk->ws->articles, buf_cstr(&name));
        buf_release(&name);
        return;
    }
    findings_add(walk->findings, SEVERITY_ERROR, E_NAME, (struct err_at){ .path = rel },
                 "left out, because of its name: %s; rename the file", buf_cstr(&err.text));
    err_release(&err);
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
    else if (type == FS_DIR)
        walk_folder(walk, buf_cstr(&id), dir);
    else if (type == FS_FILE && sv_ends(buf_sv(&id), SV(TEXT_SUFFIX)))
        walk_text(walk, sv_sub(buf_sv(&id), 0, id.len - strlen(TEXT_SUFFIX)), buf_cstr(&rel));
    buf_release(&id);
    buf_release(&rel);
    buf_release(&path);
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
    if (!fs_real(buf_cstr(&path), &real, &err) || !fs_list(buf_cstr(&path), &names, &err)) {
        findings_take(walk->findings, SEVERITY_ERROR, &err);
        goto out;
    }
    if (*event && !may_enter(walk, buf_cstr(&rel), buf_cstr(&real), above))
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

static void load_scheme(struct workspace *ws, struct findings *findings)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct doc_content content = { 0 };
    struct doc *doc = NULL;
    struct err err = { 0 };

    ws->scheme = *scheme_builtin();
    fs_join(&path, buf_cstr(&ws->root), "annotations/scheme.yaml");

    const char *rel = workspace_relative(ws, buf_cstr(&path));
    enum fs_type type = fs_look(buf_cstr(&path), &err);

    if (type == FS_NONE)
        goto out;
    if (type == FS_UNKNOWN || !fs_read(buf_cstr(&path), LIMIT_YAML_BYTES, &bytes, &err) ||
        !doc_load(&doc_scheme, buf_sv(&bytes), rel, &ws->arena, &content, &doc, findings, &err)) {
        findings_take(findings, SEVERITY_ERROR, &err);
        goto out;
    }

    const struct list_head *head = content.head;

    scheme_extend(&ws->scheme, &ws->arena, head->version, content.sections[0], rel, findings);
out:
    doc_free(doc);
    buf_release(&path);
    buf_release(&bytes);
}

bool workspace_open(const char *dir, struct workspace *out, struct findings *findings,
                    struct err *err)
{
    *out = (struct workspace){ 0 };
    if (!fs_real(dir ? dir : ".", &out->root, err))
        return false;

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
    load_scheme(out, findings);

    struct walk walk = { out, findings };

    walk_folder(&walk, "", NULL);
    sort_names(&out->articles);
    return true;
}

void workspace_release(struct workspace *ws)
{
    buf_release(&ws->root);
    arena_release(&ws->arena);
    fs_names_release(&ws->articles);
    *ws = (struct workspace){ 0 };
}

void workspace_add_article(struct workspace *ws, struct sv id)
{
    struct buf name = { 0 };

    buf_add(&name, id);
    add_name(&ws->articles, buf_cstr(&name));
    buf_release(&name);
    sort_names(&ws->articles);
}

bool workspace_find_article(const struct workspace *ws, struct sv id, struct sv *out)
{
    for (size_t i = 0; i < ws->articles.count; i++) {
        if (sv_eq_cstr(id, ws->articles.items[i])) {
            *out = sv_from(ws->articles.items[i]);
            return true;
        }
    }
    return false;
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

    for (size_t i = 0; i < ws->articles.count; i++) {
        struct sv other = sv_from(ws->articles.items[i]);

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

const char *workspace_relative(const struct workspace *ws, const char *path)
{
    struct sv root = buf_sv(&ws->root);

    if (sv_eq(root, SV("/")))
        return path[0] == '/' ? path + 1 : path;
    if (is_below(sv_from(path), root) && path[root.len] == '/')
        return path + root.len + 1;
    return path;
}

bool workspace_annotators(const struct workspace *ws, struct fs_names *out, struct err *err)
{
    struct buf dir = { 0 };
    struct fs_names found = { 0 };
    bool has_adjudicated = false, ok;

    *out = (struct fs_names){ 0 };
    fs_join(&dir, buf_cstr(&ws->root), "annotations");
    ok = fs_list(buf_cstr(&dir), &found, err);
    for (size_t i = 0; ok && i < found.count; i++) {
        struct sv name = sv_from(found.items[i]);
        struct buf path = { 0 };
        enum fs_type type = FS_NONE;

        fs_join(&path, buf_cstr(&dir), found.items[i]);
        if (annotator_is_name(name))
            type = fs_look(buf_cstr(&path), err);
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
