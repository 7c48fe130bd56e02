// Making a workspace: folders, an empty registry, the lines git needs. Declared in
// store/workspace.h. Never changes what is there already, except to add lines that .gitattributes
// and .gitignore lack.
#include "base/limits.h"
#include "base/version.h"
#include "store/doc.h"
#include "store/git.h"
#include "store/workspace.h"

// Lines of a file that git reads.
struct git_lines {
    const char *name;
    const char *const *lines;
    size_t count;
};

// Line ends of records are ours whatever core.autocrlf says, and a text keeps every byte.
static const char *const attributes[] = {
    "annotations/**/*.yaml text eol=lf",
    "corpus/** -text",
    "annotations/**/*.yaml merge=gainsay diff=gainsay",
    "corpus/**/*.yaml merge=gainsay diff=gainsay",
};

// What a program that is killed leaves until the next one sweeps it away.
static const char *const ignored[] = {
    ".*.gainsay-*",
    "annotations/**/*.lock",
    "corpus/**/*.lock",
};

static const struct git_lines git_files[] = {
    { ".gitattributes", attributes, ARRAY_LEN(attributes) },
    { ".gitignore", ignored, ARRAY_LEN(ignored) },
};

static bool make_folder(const char *root, const char *name, struct buf *report, struct err *err)
{
    struct buf path = { 0 };
    bool ok = true;

    fs_join(&path, root, name);
    if (!fs_is_dir(buf_cstr(&path))) {
        ok = fs_make_dirs(buf_cstr(&path), err);
        if (ok)
            buf_addf(report, "made %s/\n", name);
    }
    buf_release(&path);
    return ok;
}

static bool make_registry(const char *root, struct buf *report, struct err *err)
{
    static const char name[] = "annotations/sources.yaml";
    struct list_head head = { .gainsay = GAINSAY_FORMAT };
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct arena arena = { 0 };
    struct buf path = { 0 }, bytes = { 0 };
    struct doc *doc = NULL;
    bool ok = true;

    fs_join(&path, root, name);
    fs_sweep(buf_cstr(&path));
    if (fs_is_file(buf_cstr(&path)))
        goto out;
    ok = doc_load(&doc_registry, SV(""), name, &arena, &content, &doc, &findings, err);
    if (!ok)
        goto out;
    content.head = &head;
    doc_render(doc, &content, &bytes);
    ok = fs_create(buf_cstr(&path), buf_sv(&bytes), err);
    if (ok)
        buf_addf(report, "made %s\n", name);
out:
    doc_free(doc);
    findings_release(&findings);
    arena_release(&arena);
    buf_release(&path);
    buf_release(&bytes);
    return ok;
}

// *found: the folder or one above it holds .git.
static bool look_for_git(const char *root, bool *found, struct err *err)
{
    struct buf dir = { 0 }, git = { 0 };
    enum fs_type type;

    buf_add_cstr(&dir, root);
    for (;;) {
        buf_clear(&git);
        fs_join(&git, dir.len ? buf_cstr(&dir) : "/", ".git");
        type = fs_look(buf_cstr(&git), err);
        if (type != FS_NONE || dir.len == 0)
            break;
        while (dir.len && dir.ptr[dir.len - 1] != '/')
            buf_splice(&dir, dir.len - 1, dir.len, SV(""));
        if (dir.len)
            buf_splice(&dir, dir.len - 1, dir.len, SV(""));
    }
    *found = type == FS_DIR || type == FS_FILE;
    buf_release(&dir);
    buf_release(&git);
    return type != FS_UNKNOWN;
}

static bool has_line(struct sv text, const char *line)
{
    struct sv piece;

    while (sv_split(&text, '\n', &piece)) {
        if (sv_eq_cstr(sv_trim(piece), line))
            return true;
    }
    return false;
}

static bool add_lines(const char *root, const struct git_lines *wanted, struct buf *report,
                      struct err *err)
{
    struct buf path = { 0 }, bytes = { 0 };
    bool is_new, ok = true;
    size_t added = 0;

    fs_join(&path, root, wanted->name);

    enum fs_type type = fs_look(buf_cstr(&path), err);

    is_new = type == FS_NONE;
    if (type == FS_UNKNOWN || !fs_stays_in(buf_cstr(&path), root, err) ||
        (!is_new && !fs_read(buf_cstr(&path), LIMIT_YAML_BYTES, &bytes, err))) {
        ok = false;
        goto out;
    }
    for (size_t i = 0; i < wanted->count; i++) {
        if (has_line(buf_sv(&bytes), wanted->lines[i]))
            continue;
        if (bytes.len && bytes.ptr[bytes.len - 1] != '\n')
            buf_add_char(&bytes, '\n');
        buf_addf(&bytes, "%s\n", wanted->lines[i]);
        added++;
    }
    if (added)
        ok = fs_replace(buf_cstr(&path), buf_sv(&bytes), err);
    if (added && ok)
        buf_addf(report, "%s %s\n", is_new ? "made" : "added lines to", wanted->name);
out:
    buf_release(&path);
    buf_release(&bytes);
    return ok;
}

bool workspace_init(const char *dir, struct buf *report, struct err *err)
{
    struct buf root = { 0 };
    bool in_git = false;
    bool ok = fs_make_dirs(dir ? dir : ".", err) && fs_real(dir ? dir : ".", &root, err) &&
              make_folder(buf_cstr(&root), "corpus", report, err) &&
              make_folder(buf_cstr(&root), "annotations", report, err) &&
              make_registry(buf_cstr(&root), report, err) &&
              look_for_git(buf_cstr(&root), &in_git, err);

    for (size_t i = 0; ok && in_git && i < ARRAY_LEN(git_files); i++)
        ok = add_lines(buf_cstr(&root), &git_files[i], report, err);
    if (ok && in_git && git_has_tree(buf_cstr(&root)))
        ok = git_set_up(buf_cstr(&root), report, err);

    buf_release(&root);
    return ok;
}
