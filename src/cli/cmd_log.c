// log: who changed what when, by record, from the history that git keeps.
// Writes nothing; a version that cannot be read is passed over, and named.
#include "cli/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/hidden.h"
#include "cli/library.h"
#include "store/git.h"
#include "store/git_log.h"
#include "store/git_objects.h"

#define SHORT_HASH 8  // characters of a commit's name that are shown
#define DATE_MAX   16 // "2026-11-25T12:00"

static const char *const columns[] = { "commit", "date",   "author", "path", "change",
                                       "kind",   "record", "field",  "old",  "new" };

// What a file was before a commit it is after the one before that: it is read once for both.
#define KEPT 8

struct blob {
    const char *id; // NULL: none
    struct buf bytes;
};

struct history {
    struct cli *cli;
    struct blob kept[KEPT];
    size_t oldest; // of them
    struct changes changes;
    struct git_objects objects;
    size_t most; // commits
    size_t count;
    struct blind blind;
    struct fs_names hidden; // layers of others that are left out, each once
};

// The bytes of a file of the workspace; one that is not there, or not to be read, is blank. They
// are there until KEPT others were read.
static struct sv read_blob(struct history *h, const char *id, const char *path)
{
    struct blob *blob;
    struct err err = { 0 };

    if (!id || !sv_ends(sv_from(path), SV(".yaml")))
        return SV("");
    for (size_t i = 0; i < KEPT; i++)
        if (h->kept[i].id && !strcmp(h->kept[i].id, id))
            return buf_sv(&h->kept[i].bytes);
    blob = &h->kept[h->oldest++ % KEPT];
    blob->id = id;
    buf_clear(&blob->bytes);
    if (!git_object_read(&h->objects, id, LIMIT_YAML_BYTES, &blob->bytes, &err))
        err_release(&err);
    return buf_sv(&blob->bytes);
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

static void note_hidden(struct history *h, const char *path)
{
    for (size_t i = 0; i < h->hidden.count; i++)
        if (!strcmp(h->hidden.items[i], path))
            return;
    fs_names_add(&h->hidden, path);
}

static void add_file(struct history *h, const struct git_file *file, const char *hash)
{
    const char *path = file->new ? file->new : file->old;
    struct sv old, new;
    struct err err = { 0 };

    if (!blind_shows_path(&h->blind, path)) {
        note_hidden(h, path);
        return;
    }
    h->changes.also = file->also_id ? read_blob(h, file->also_id, path) : (struct sv){ 0 };
    old = read_blob(h, file->old_id, path);
    new = read_blob(h, file->new_id, path);
    if (!changes_add(&h->changes, path, old, new, &err)) {
        buf_addf(&err.text, " (in commit %s)", hash);
        (void)cli_fail(h->cli, &err);
    }
    h->changes.also = (struct sv){ 0 };
}

static void add_commit(struct history *h, const struct git_commit *commit)
{
    struct out *out = &h->cli->out;
    size_t before = h->changes.count, start = out->text.len, body;
    char hash[SHORT_HASH + 1] = { 0 };

    memcpy(hash, commit->hash, strnlen(commit->hash, SHORT_HASH));
    h->changes.lead[0] = hash;
    h->changes.lead[1] = commit->date;
    h->changes.lead[2] = commit->author;
    h->changes.lead_count = 3;
    if (h->cli->format == FORMAT_PLAIN)
        print_commit(h, commit, hash);
    body = out->text.len;
    for (size_t i = 0; i < commit->file_count; i++)
        add_file(h, &commit->files[i], hash);
    h->count += h->changes.count > before;
    if (h->changes.count == before && body > start) // nothing of what was asked for
        buf_splice(&out->text, start, out->text.len, SV(""));
}

static bool is_claim_id(struct sv word)
{
    for (enum section s = 0; s < SECTION__N; s++)
        if (id_is_valid(word, section_get(s)->letter))
            return true;
    return false;
}

// The layers of an article, one for each annotator that has one or had one.
static bool add_layers(struct cli *cli, const char *typed, struct fs_names *paths, struct err *err)
{
    struct fs_names annotators = { 0 };
    struct sv id;
    bool ok = workspace_resolve(&cli->workspace, typed, &id, err) &&
              workspace_annotators(&cli->workspace, &annotators, err);

    for (size_t i = 0; ok && i < annotators.count; i++) {
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

// What is asked about: files, and of them perhaps one record alone. No files: all.
static bool choose(struct history *h, struct fs_names *files, struct err *err)
{
    struct cli *cli = h->cli;
    const char *what = cli->operand_count ? cli->operands[0] : NULL;

    if (what && is_claim_id(sv_from(what))) {
        h->changes.only = sv_from(what);
        return git_find_record(buf_cstr(&cli->workspace.root), what, files, err);
    }
    return !what || add_layers(cli, what, files, err);
}

static bool run(struct history *h, struct err *err)
{
    static const char *const all[] = { "annotations", "corpus", NULL };
    struct cli *cli = h->cli;
    const char *root = buf_cstr(&cli->workspace.root);
    struct git_log log = { 0 };
    struct fs_names files = { 0 };
    bool ok;

    if (!git_has_tree(root))
        return err_set(err, E_SYSTEM, ERR_NOWHERE, "the workspace is not in git: no history");
    ok = choose(h, &files, err) && (!cli->operand_count || files.count);
    if (ok)
        ok = git_log_read(root, all, &log, err) && git_objects_open(root, &h->objects, err);
    if (ok && cli->operand_count)
        git_log_follow(&log, &files);
    for (size_t i = 0; ok && i < log.count && h->count < h->most; i++)
        add_commit(h, &log.commits[i]);
    git_objects_close(&h->objects);
    for (size_t i = 0; i < KEPT; i++)
        buf_release(&h->kept[i].bytes);
    git_log_release(&log);
    fs_names_release(&files);
    return ok || err->code == E_NONE;
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
    (void)blind_find(cli, &h.blind);
    if (!run(&h, &err))
        (void)cli_fail(cli, &err);
    changes_finish(&h.changes);
    blind_warn(cli, h.hidden.count);
    fs_names_release(&h.hidden);
    blind_release(&h.blind);
    cli_hint_driver(cli, false);
    return cli_status(cli, h.changes.count ? 0 : 1);
}
