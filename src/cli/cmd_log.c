// log: who changed what when, by record, from the history that git keeps.
// Writes nothing; a version that cannot be read is passed over, and named.
#include "cli/changes.h"

#include <stdlib.h>
#include <string.h>

#include "cli/library.h"
#include "store/git.h"

#define SHORT_HASH 8  // characters of a commit's name that are shown
#define DATE_MAX   16 // "2026-11-25T12:00"

static const char *const columns[] = { "commit", "date",   "author", "path", "change",
                                       "kind",   "record", "field",  "old",  "new" };

struct history {
    struct cli *cli;
    struct changes changes;
    size_t most; // commits
    size_t count;
};

static void read_blob(const struct history *h, const char *revision, const char *path,
                      struct buf *out)
{
    struct err err = { 0 };

    if (revision[0] && !git_blob(buf_cstr(&h->cli->workspace.root), revision, path, out, &err))
        err_release(&err);
}

static void print_commit(struct history *h, const struct git_commit *commit, const char *hash)
{
    struct out *out = &h->cli->out;
    struct para para = { 0 };

    out_blank(out);
    para_add(&para, STYLE_LABEL, sv_sub(sv_from(commit->date), 0, DATE_MAX));
    para_addf(&para, STYLE_PLAIN, "  ");
    para_add(&para, STYLE_HEAD, sv_from(commit->author));
    para_addf(&para, STYLE_LABEL, "  %s  ", hash);
    para_add(&para, STYLE_PLAIN, sv_from(commit->subject));
    out_para(out, &para, 0, 4);
}

static void add_commit(void *ctx, const struct git_commit *commit)
{
    struct history *h = ctx;
    struct out *out = &h->cli->out;
    size_t before = h->changes.count, start = out->text.len, body;
    char hash[SHORT_HASH + 1] = { 0 };

    if (h->count == h->most)
        return;
    memcpy(hash, commit->hash, strnlen(commit->hash, SHORT_HASH));
    h->changes.lead[0] = hash;
    h->changes.lead[1] = commit->date;
    h->changes.lead[2] = commit->author;
    h->changes.lead_count = 3;
    if (h->cli->format == FORMAT_PLAIN)
        print_commit(h, commit, hash);
    body = out->text.len;
    for (size_t i = 0; i < commit->files.count; i++) {
        const char *path = commit->files.items[i];
        struct buf old = { 0 }, new = { 0 };
        struct err err = { 0 };

        if (!sv_ends(sv_from(path), SV(".yaml")))
            continue;
        read_blob(h, commit->parent, path, &old);
        read_blob(h, commit->hash, path, &new);
        if (!changes_add(&h->changes, path, buf_sv(&old), buf_sv(&new), &err)) {
            buf_addf(&err.text, " (in commit %s)", hash);
            (void)cli_fail(h->cli, &err);
        }
        buf_release(&old);
        buf_release(&new);
    }
    h->count += h->changes.count > before;
    if (h->changes.count == before && body > start) // nothing of what was asked for
        buf_splice(&out->text, start, out->text.len, SV(""));
}

static bool is_claim_id(struct sv word)
{
    return id_is_valid(word, 'c') || id_is_valid(word, 'l') || id_is_valid(word, 'n') ||
           id_is_valid(word, 'f');
}

// The layers of an article, one for each annotator that has one or had one.
static bool add_layers(struct cli *cli, const char *typed, struct fs_names *paths, struct err *err)
{
    struct fs_names annotators = { 0 };
    struct sv id;
    bool ok = workspace_resolve(&cli->workspace, typed, &id, err) &&
              workspace_annotators(&cli->workspace, &annotators, err);

    for (size_t i = 0; ok && i < annotators.count && paths->count < GIT_PATHS; i++) {
        struct buf path = { 0 };
        const char *as = cli->values[OPT_AS];

        if (as && strcmp(as, annotators.items[i]) != 0)
            continue;
        workspace_layer_path(&cli->workspace, sv_from(annotators.items[i]), id, &path);

        const char *rel = workspace_relative(&cli->workspace, buf_cstr(&path));

        MEM_GROW(paths->items, paths->count, paths->cap);
        paths->items[paths->count++] = mem_copy(rel, strlen(rel));
        buf_release(&path);
    }
    fs_names_release(&annotators);
    return ok;
}

static bool run(struct history *h, struct err *err)
{
    struct cli *cli = h->cli;
    const char *what = cli->operand_count ? cli->operands[0] : NULL;
    const char *paths[GIT_PATHS + 1] = { "annotations", "corpus", NULL };
    struct fs_names layers = { 0 };
    bool ok = true;

    if (!git_has_tree(buf_cstr(&cli->workspace.root)))
        return err_set(err, E_SYSTEM, ERR_NOWHERE, "the workspace is not in git: no history");
    if (what && is_claim_id(sv_from(what))) {
        h->changes.only = sv_from(what);
        paths[1] = NULL;
    } else if (what) {
        ok = add_layers(cli, what, &layers, err);
        for (size_t i = 0; i < layers.count; i++)
            paths[i] = layers.items[i];
        paths[layers.count] = NULL;
    }
    if (ok && (!what || h->changes.only.len || layers.count))
        ok = git_log(buf_cstr(&cli->workspace.root), paths, add_commit, h, err);
    fs_names_release(&layers);
    return ok;
}

int cmd_log(struct cli *cli)
{
    struct history h = { .cli = cli, .most = SIZE_MAX };
    const char *most = cli->values[OPT_LOG_MOST];
    struct err err = { 0 };
    char *end;

    if (most) {
        h.most = strtoul(most, &end, 10);
        if (*end || !h.most || most[0] == '-')
            return cli_usage(cli, "'--most' is '%s'; write a number", most);
    }
    cli->may_page = true;
    changes_init(&h.changes, cli, columns, ARRAY_LEN(columns));
    if (!run(&h, &err))
        (void)cli_fail(cli, &err);
    changes_finish(&h.changes);
    return cli_status(cli, h.changes.count ? 0 : 1);
}
