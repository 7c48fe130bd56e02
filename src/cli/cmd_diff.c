// diff: what differs by record, between revisions, files or annotators; and one file in words, for
// git. Writes nothing.
#include "cli/changes.h"

#include <string.h>

#include "base/limits.h"
#include "base/visible.h"
#include "cli/hidden.h"
#include "cli/library.h"
#include "store/git.h"
#include "text/article.h"

static const char *const columns[] = { "path", "change", "kind", "record", "field", "old", "new" };

struct compared {
    struct changes changes;
    struct blind blind;
    size_t hidden; // files of others that are left out
};

static bool read_file(const char *path, struct buf *out, struct err *err)
{
    return fs_read(path, LIMIT_YAML_BYTES, out, err);
}

// A version of a file of the workspace; one that is not there is empty.
//   revision  NULL: as it stands
static bool read_version(struct cli *cli, const char *revision, const char *path, struct buf *out,
                         struct err *err)
{
    const char *root = buf_cstr(&cli->workspace.root);
    struct buf whole = { 0 };
    struct err missing = { 0 };
    bool ok = true;

    if (revision) {
        if (!git_blob(root, revision, path, out, &missing))
            err_release(&missing);
        return true;
    }
    fs_join(&whole, root, path);
    if (fs_is_file(buf_cstr(&whole)))
        ok = fs_leads_out(buf_cstr(&whole), root)
                 ? err_set(err, E_NAME, (struct err_at){ .path = path },
                           "is a link out of the workspace")
                 : read_file(buf_cstr(&whole), out, err);
    buf_release(&whole);
    return ok;
}

static void compare(struct compared *compared, const char *path, const struct buf *old,
                    const struct buf *new)
{
    struct changes *changes = &compared->changes;
    struct err err = { 0 };

    if (!blind_shows_path(&compared->blind, path) ||
        !blind_shows_bytes(&compared->blind, buf_sv(old)) ||
        !blind_shows_bytes(&compared->blind, buf_sv(new)))
        compared->hidden++;
    else if (!changes_add(changes, path, buf_sv(old), buf_sv(new), &err))
        (void)cli_fail(changes->cli, &err);
}

static bool diff_revisions(struct cli *cli, const char *from, const char *to,
                           struct compared *compared, struct err *err)
{
    struct fs_names files = { 0 };
    bool ok = git_changed(buf_cstr(&cli->workspace.root), from, to, &files, err);

    for (size_t i = 0; ok && i < files.count; i++) {
        struct buf old = { 0 }, new = { 0 };
        struct err failed = { 0 };

        if (!sv_ends(sv_from(files.items[i]), SV(".yaml")))
            continue;
        if (read_version(cli, from, files.items[i], &old, &failed) &&
            read_version(cli, to, files.items[i], &new, &failed))
            compare(compared, files.items[i], &old, &new);
        else
            (void)cli_fail(cli, &failed);
        buf_release(&old);
        buf_release(&new);
    }
    fs_names_release(&files);
    return ok;
}

static bool diff_files(struct cli *cli, struct compared *compared, struct err *err)
{
    struct buf old = { 0 }, new = { 0 };
    bool ok = read_file(cli->operands[0], &old, err) && read_file(cli->operands[1], &new, err);

    if (ok)
        compare(compared, cli->operands[1], &old, &new);
    buf_release(&old);
    buf_release(&new);
    return ok;
}

static bool has_name(const struct fs_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            return true;
    return false;
}

// The articles that both have read.
static bool diff_annotators(struct cli *cli, struct compared *compared, struct err *err)
{
    const char *names[2] = { cli->operands[0], cli->operands[1] };
    struct fs_names articles[2] = { 0 };
    bool ok = library_articles(&cli->workspace, names[0], &articles[0], err) &&
              library_articles(&cli->workspace, names[1], &articles[1], err);

    compared->changes.is_by_place = true;
    for (size_t i = 0; ok && i < articles[1].count; i++) {
        struct buf paths[2] = { 0 }, bytes[2] = { 0 };
        struct err failed = { 0 };
        bool is_read = has_name(&articles[0], articles[1].items[i]);

        for (size_t side = 0; is_read && side < 2; side++) {
            workspace_layer_path(&cli->workspace, sv_from(names[side]),
                                 sv_from(articles[1].items[i]), &paths[side]);
            is_read =
                read_version(cli, NULL, workspace_relative(&cli->workspace, buf_cstr(&paths[side])),
                             &bytes[side], &failed);
        }
        if (is_read)
            compare(compared, workspace_relative(&cli->workspace, buf_cstr(&paths[1])), &bytes[0],
                    &bytes[1]);
        else if (failed.code)
            (void)cli_fail(cli, &failed);
        for (size_t side = 0; side < 2; side++) {
            buf_release(&paths[side]);
            buf_release(&bytes[side]);
        }
    }
    fs_names_release(&articles[0]);
    fs_names_release(&articles[1]);
    return ok;
}

// What stands for a layer that is hidden: another when the layer is another, so that git tells of a
// change.
static void hidden_words(struct sv bytes, struct buf *out)
{
    char sum[65];

    article_sha256(bytes, sum);
    buf_addf(out, "a layer of another: hidden until you have finished the article (%.8s)\n", sum);
}

// One file in words; as it is where it cannot be read, so that git has something to compare.
static int print_words(struct cli *cli)
{
    struct buf bytes = { 0 }, words = { 0 };
    struct blind blind;
    struct err err = { 0 };

    if (cli->operand_count != 1)
        return cli_usage(cli, "'--textconv' wants one file");
    if (!read_file(cli->operands[0], &bytes, &err))
        return cli_fail(cli, &err);
    (void)blind_find(cli, &blind);
    if (!blind_shows_bytes(&blind, buf_sv(&bytes))) {
        hidden_words(buf_sv(&bytes), &words);
    } else if (!words_of_file(buf_sv(&bytes), cli->operands[0], &words, &err)) {
        err_release(&err);
        buf_clear(&words);
        buf_add(&words, buf_sv(&bytes));
    }
    visible_add_text(&cli->out.text, buf_sv(&words));
    blind_release(&blind);
    buf_release(&bytes);
    buf_release(&words);
    return cli_status(cli, 0);
}

static bool are_annotators(struct cli *cli)
{
    struct fs_names names = { 0 };
    struct err err = { 0 };
    bool are = cli->operand_count == 2 && workspace_annotators(&cli->workspace, &names, &err) &&
               has_name(&names, cli->operands[0]) && has_name(&names, cli->operands[1]);

    err_release(&err);
    fs_names_release(&names);
    return are;
}

static bool check_revisions(struct cli *cli, struct err *err)
{
    const char *root = buf_cstr(&cli->workspace.root);

    if (!git_has_tree(root))
        return err_set(err, E_SYSTEM, ERR_NOWHERE,
                       "the workspace is not in git; name two files or two annotators");
    for (size_t i = 0; i < cli->operand_count; i++)
        if (!git_has_commit(root, cli->operands[i]))
            return err_set(err, E_USAGE, ERR_NOWHERE,
                           "'%s' is no revision that git has here; two files or two annotators "
                           "can be compared too",
                           cli->operands[i]);
    return true;
}

static bool run(struct cli *cli, struct compared *compared, struct err *err)
{
    struct findings findings = { 0 };
    bool ok;

    if (cli->operand_count == 2 && fs_is_file(cli->operands[0]) && fs_is_file(cli->operands[1])) {
        (void)blind_find(cli, &compared->blind);
        return diff_files(cli, compared, err);
    }
    ok = workspace_open_quick(cli->values[OPT_DIR], &cli->workspace, &findings, err);
    (void)cli_report(cli, &findings);
    if (!ok)
        return false;
    (void)blind_find(cli, &compared->blind);
    if (are_annotators(cli))
        return diff_annotators(cli, compared, err);
    cli_hint_driver(cli, false);
    return check_revisions(cli, err) &&
           diff_revisions(cli, cli->operand_count ? cli->operands[0] : "HEAD",
                          cli->operand_count > 1 ? cli->operands[1] : NULL, compared, err);
}

int cmd_diff(struct cli *cli)
{
    struct compared compared = { 0 };
    struct err err = { 0 };

    if (cli->values[OPT_TEXTCONV])
        return print_words(cli);
    cli->may_page = true;
    changes_init(&compared.changes, cli, columns, ARRAY_LEN(columns));
    if (!run(cli, &compared, &err))
        (void)cli_fail(cli, &err);
    changes_finish(&compared.changes);
    blind_warn(cli, compared.hidden);
    blind_release(&compared.blind);
    return cli_status(cli, compared.changes.count ? 1 : 0);
}
