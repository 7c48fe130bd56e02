// A hook of git that checks what is about to be committed. Declared in store/hook.h.
// Never changes a hook that it has not made.
#include "store/hook.h"

#include <stdint.h>
#include <string.h>

#include "base/fs.h"
#include "base/limits.h"
#include "store/git.h"

#define MARK "# gainsay-hook 1: "

static const char opening[] =
    "#!/bin/sh\n" MARK "what is to be committed must pass 'gainsay check --staged'.\n"
    "# Made by 'gainsay init --hook'; 'git commit --no-verify' passes it over.\n"
    "command -v gainsay >/dev/null 2>&1 || {\n"
    "    echo \"pre-commit: gainsay is not in PATH; annotations were not checked\" >&2\n"
    "    exit 0\n"
    "}\n"
    "[ -n \"$GIT_WORK_TREE\" ] || unset GIT_DIR # or every folder counts as the top of the work "
    "tree\n"
    "check() {\n"
    "    [ -d \"$1/annotations\" ] || return 0\n"
    "    found=$(gainsay -C \"$1\" check --staged 2>&1) && return 0\n"
    "    printf '%s\\n' \"$found\" \"nothing was committed; git commit --no-verify passes this "
    "over\" >&2\n"
    "    exit 1\n"
    "}\n"
    "# one line for each workspace of this repository\n";

// What git says in one line, without the line end. false: it says no.
static bool ask(const char *root, const char *what, const char *of, struct buf *out)
{
    const char *const args[] = { "rev-parse", what, of, NULL };

    if (!git_try(root, args, out))
        return false;
    while (out->len && out->ptr[out->len - 1] == '\n')
        buf_splice(out, out->len - 1, out->len, SV(""));
    return true;
}

static bool is_below(const char *path, const char *folder)
{
    struct sv p = sv_from(path), f = sv_from(folder);

    return sv_starts(p, f) && (p.len == f.len || p.ptr[f.len] == '/');
}

// Does the folder lie in the repository: in its work tree, or where git keeps it?
static bool is_own(const char *root, const char *folder)
{
    struct buf top = { 0 }, common = { 0 }, whole = { 0 }, real = { 0 }, there = { 0 };
    struct err err = { 0 };
    bool is =
        ask(root, "--show-toplevel", NULL, &top) && ask(root, "--git-common-dir", NULL, &common);

    if (is && common.len && common.ptr[0] == '/')
        buf_add(&whole, buf_sv(&common));
    else if (is)
        fs_join(&whole, root, buf_cstr(&common));
    is =
        is && fs_real(buf_cstr(&whole), &real, &err) && fs_real(folder, &there, &err) &&
        (is_below(buf_cstr(&there), buf_cstr(&top)) || is_below(buf_cstr(&there), buf_cstr(&real)));
    err_release(&err);
    buf_release(&top);
    buf_release(&common);
    buf_release(&whole);
    buf_release(&real);
    buf_release(&there);
    return is;
}

// The folder where this clone looks for its hooks, absolute, made when it is missing.
static bool find_folder(const char *root, struct buf *out, struct err *err)
{
    struct buf said = { 0 };
    bool ok = ask(root, "--git-path", "hooks", &said);

    if (!ok)
        (void)err_set(err, E_SYSTEM, ERR_NOWHERE, "git does not say where its hooks are");
    else if (said.len && said.ptr[0] == '/')
        buf_add(out, buf_sv(&said));
    else
        fs_join(out, root, buf_cstr(&said));
    ok = ok && fs_make_dirs(buf_cstr(out), err);
    if (ok && !is_own(root, buf_cstr(out)))
        ok = err_set(err, E_SYSTEM, (struct err_at){ .path = buf_cstr(out) },
                     "hooks lie outside of this repository (core.hooksPath) and serve others too; "
                     "have 'gainsay check --staged' run by them");
    buf_release(&said);
    return ok;
}

// The line of a workspace: "check 'PREFIX'".
static bool add_line(const char *root, struct buf *out)
{
    struct buf prefix = { 0 };
    bool ok = git_prefix(root, &prefix);
    struct sv path = prefix.len ? buf_sv(&prefix) : SV(".");

    if (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    buf_add_cstr(out, "check '");
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] == '\'')
            buf_add_cstr(out, "'\\''");
        else
            buf_add_char(out, path.ptr[i]);
    }
    buf_add_cstr(out, "'\n");
    buf_release(&prefix);
    return ok;
}

static bool write_hook(const char *path, struct sv text, struct err *err)
{
    return fs_replace(path, text, err) && fs_make_executable(path, err);
}

//   name  of it, for the report
static bool install(const char *path, const char *name, struct sv line, struct buf *report,
                    struct err *err)
{
    struct buf text = { 0 };
    enum fs_type type = fs_look(path, err);
    bool ok =
        type != FS_UNKNOWN && (type == FS_NONE || fs_read(path, LIMIT_YAML_BYTES, &text, err));

    if (!ok)
        goto out;
    if (type == FS_NONE) {
        buf_add_cstr(&text, opening);
        buf_add(&text, line);
        ok = write_hook(path, buf_sv(&text), err);
        if (ok)
            buf_addf(report, "made %s\n", name);
    } else if (sv_find(buf_sv(&text), SV(MARK), 0) == SIZE_MAX) {
        ok = err_set(err, E_SYSTEM, (struct err_at){ .path = path },
                     "is a hook that was there before and stays as it is; add this line to it: "
                     "gainsay -C " SV_FMT " check --staged || exit 1",
                     SV_ARG(sv_trim(sv_sub(line, sizeof("check ") - 1, line.len))));
    } else if (sv_find(buf_sv(&text), line, 0) == SIZE_MAX) {
        if (text.len && text.ptr[text.len - 1] != '\n')
            buf_add_char(&text, '\n');
        buf_add(&text, line);
        ok = write_hook(path, buf_sv(&text), err);
        if (ok)
            buf_addf(report, "added this workspace to %s\n", name);
    }
out:
    buf_release(&text);
    return ok;
}

bool hook_install(const char *root, struct buf *report, struct err *err)
{
    struct buf folder = { 0 }, path = { 0 }, line = { 0 };
    bool ok;

    if (!git_has_tree(root))
        return err_set(err, E_SYSTEM, (struct err_at){ .path = root },
                       "is not in git: there is no commit to be checked");
    ok = find_folder(root, &folder, err);
    if (ok && !add_line(root, &line))
        ok = err_set(err, E_SYSTEM, ERR_NOWHERE, "git does not say where the workspace lies");
    if (ok) {
        fs_join(&path, buf_cstr(&folder), "pre-commit");
        ok =
            install(buf_cstr(&path),
                    is_below(buf_cstr(&path), root) ? path.ptr + strlen(root) + 1 : buf_cstr(&path),
                    buf_sv(&line), report, err);
    }
    buf_release(&folder);
    buf_release(&path);
    buf_release(&line);
    return ok;
}
