// fmt: files in canonical form.
// Leaves a refused file as it is and goes on with the rest.
#include "cli/files.h"

#include "base/limits.h"

#define LOCK_WAIT_MS 2000

static const char *const columns[] = { "path", "state" };

static bool read_and_format(const struct yaml_file *file, const char *name, struct buf *old,
                            struct buf *new, struct err *err)
{
    struct findings findings = { 0 }; // warnings: `check` says them
    bool ok = fs_read(buf_cstr(&file->path), LIMIT_YAML_BYTES, old, err) &&
              doc_format(file->shape, buf_sv(old), name, new, &findings, err);

    findings_release(&findings);
    return ok;
}

// Is the file canonical? *changed: it is not.
static bool compare(const struct yaml_file *file, const char *name, bool *changed, struct err *err)
{
    struct buf old = { 0 }, new = { 0 };
    bool ok = read_and_format(file, name, &old, &new, err);

    *changed = ok && !sv_eq(buf_sv(&old), buf_sv(&new));
    buf_release(&old);
    buf_release(&new);
    return ok;
}

// Write it anew, from what it holds once nobody else writes it.
static bool rewrite(const struct yaml_file *file, const char *name, struct err *err)
{
    struct buf old = { 0 }, new = { 0 };
    struct fs_lock lock = { 0 };
    bool ok = fs_lock(buf_cstr(&file->path), LOCK_WAIT_MS, &lock, err) &&
              read_and_format(file, name, &old, &new, err) &&
              fs_replace(buf_cstr(&file->path), buf_sv(&new), err);

    fs_unlock(&lock);
    buf_release(&old);
    buf_release(&new);
    return ok;
}

int cmd_fmt(struct cli *cli)
{
    bool only_check = cli->values[OPT_FMT_CHECK];
    struct yaml_files files = { 0 };
    struct choice choice = { 0 };
    struct table table;
    struct err err = { 0 };
    bool any = false;

    table_init(&table, columns, ARRAY_LEN(columns));
    if (!choice_make(cli, &choice, &err) || !yaml_files_find(&cli->workspace, &files, &err))
        (void)cli_fail(cli, &err);
    for (size_t i = 0; i < files.count; i++) {
        const char *path = buf_cstr(&files.items[i].path);
        const char *name = workspace_relative(&cli->workspace, path);
        bool changed = false;

        if (files.items[i].leads_out ||
            !choice_has(&choice, &cli->workspace, path))
            continue;
        if (!only_check)
            fs_sweep(path);
        if (!compare(&files.items[i], name, &changed, &err) ||
            (changed && !only_check && !rewrite(&files.items[i], name, &err))) {
            (void)cli_fail(cli, &err);
        } else if (changed) {
            table_add(&table, sv_from(name));
            table_add(&table, only_check ? SV("not canonical") : SV("written"));
            any = true;
        }
    }
    table_print(&table, cli->format, &cli->out);
    table_release(&table);
    yaml_files_release(&files);
    choice_release(&choice);
    return cli_status(cli, only_check && any ? 1 : 0);
}
