// rename and merge-sources: one name for another in all files.
// Writes all files or none; what a reader of the diff sees is the name alone.
#include "cli/files.h"
#include "cli/hidden.h"

#include "model/registry_merge.h"
#include "store/files.h"
#include "store/rename.h"

static const char *const rename_columns[] = { "path", "#places" };

// What is to be renamed, by the word on the command line.
static bool find_kind(const char *word, struct swap *out)
{
    static const struct {
        const char *word;
        enum swap_kind kind;
    } kinds[] = { { "source", SWAP_SOURCE }, { "topic", SWAP_TOPIC }, { "tag", SWAP_TAG } };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (sv_eq_cstr(sv_from(word), kinds[i].word)) {
            out->kind = kinds[i].kind;
            return true;
        }
    }
    out->kind = SWAP_WORD;
    out->vocab = vocab_find(sv_from(word));
    return out->vocab != VOCAB_NONE;
}

static int refuse_kind(struct cli *cli, const char *word)
{
    struct buf list = { 0 };

    for (int vocab = VOCAB_NONE + 1; vocab < VOCAB__N; vocab++)
        buf_addf(&list, ", %s", vocab_name((enum vocab_id)vocab));

    int status = cli_usage(cli, "'%s' cannot be renamed; one of: source, topic, tag%s", word,
                           buf_cstr(&list));

    buf_release(&list);
    return status;
}

// The files of the workspace as the renaming wants them; a scheme that is not there too. Links out
// of the workspace are left alone, and named.
static struct rename_file *collect(struct cli *cli, const struct yaml_files *files,
                                   const char *scheme, size_t *count)
{
    struct rename_file *out = mem_new((files->count + 1) * sizeof(*out));
    bool has_scheme = false;

    *count = 0;
    for (size_t i = 0; i < files->count; i++) {
        const struct yaml_file *file = &files->items[i];
        struct err err = { 0 };

        if (file->leads_out) {
            (void)err_set(&err, E_REFUSED,
                          (struct err_at){
                              .path = workspace_relative(&cli->workspace, buf_cstr(&file->path)) },
                          "is a link out of the workspace: not looked into");
            (void)cli_fail(cli, &err);
            continue;
        }
        if (file->shape == &doc_meta || file->shape == &doc_team)
            continue;
        fs_sweep(buf_cstr(&file->path));
        has_scheme = has_scheme || file->shape == &doc_scheme;
        out[(*count)++] = (struct rename_file){ buf_cstr(&file->path), file->shape };
    }
    if (!has_scheme)
        out[(*count)++] = (struct rename_file){ scheme, &doc_scheme };
    return out;
}

static void print_report(struct cli *cli, const struct rename_report *report)
{
    struct table table;
    struct blind blind;

    (void)blind_find(cli, &blind);
    table_init(&table, rename_columns, ARRAY_LEN(rename_columns));
    for (size_t i = 0; i < report->count; i++) {
        if (!blind_shows_path(&blind, report->items[i].name))
            continue; // renamed there too; how often it stands there is nobody's business yet
        table_add(&table, sv_from(report->items[i].name));
        table_addf(&table, "%zu", report->items[i].count);
    }
    table_print(&table, cli->format, &cli->out);
    table_release(&table);
    blind_release(&blind);
}

int cmd_rename(struct cli *cli)
{
    struct swap swap = { .old = sv_from(cli->operands[1]), .new = sv_from(cli->operands[2]) };
    struct rename_report report = { 0 };
    struct yaml_files files = { 0 };
    struct rename_file *chosen = NULL;
    struct buf scheme = { 0 };
    struct err err = { 0 };
    size_t count = 0;

    if (!find_kind(cli->operands[0], &swap))
        return refuse_kind(cli, cli->operands[0]);
    if (sv_eq(swap.old, swap.new))
        return cli_usage(cli, "'%s' is the name it has", cli->operands[1]);
    fs_join(&scheme, buf_cstr(&cli->workspace.root), "annotations/scheme.yaml");

    bool ok = yaml_files_find(&cli->workspace, &files, &err);

    if (ok) {
        chosen = collect(cli, &files, buf_cstr(&scheme), &count);
        ok = rename_run(&cli->workspace, &swap, chosen, count, cli->values[OPT_DRY_RUN] != NULL,
                        &report, &err);
    }
    if (ok)
        print_report(cli, &report);
    else
        (void)cli_fail(cli, &err);

    int status = cli_status(cli, report.count ? 0 : 1);

    rename_report_release(&report);
    mem_free(chosen);
    yaml_files_release(&files);
    buf_release(&scheme);
    return status;
}

// What merging, or undoing it, makes of the registry in memory.
static bool apply(struct cli *cli, struct registry *registry, struct err *err)
{
    struct sv keep = sv_from(cli->operands[0]), drop = sv_from(cli->operands[1]);
    const struct source *bare = NULL, *source;

    if (cli->values[OPT_UNDO])
        source = registry_unmerge(registry, &registry->arena, keep, drop, &bare, err);
    else
        source = registry_merge(registry, &registry->arena, keep, drop, err);
    if (!source)
        return false;
    registry_put(registry, source);
    if (bare)
        registry_put(registry, bare);
    return true;
}

int cmd_merge_sources(struct cli *cli)
{
    struct registry_file file;
    struct findings findings = { 0 };
    struct save_report report = { 0 };
    struct err err = { 0 };
    bool ok = registry_file_load(&cli->workspace, &file, &findings, &err) &&
              apply(cli, &file.registry, &err) && registry_file_save(&file, NULL, &report, &err);

    if (ok)
        buf_addf(&cli->out.text, "%s\n", registry_file_name(&file));
    else
        (void)cli_fail(cli, &err);
    findings_release(&findings); // warnings: `check` says them
    save_report_release(&report);
    registry_file_release(&file);
    return cli_status(cli, 0);
}
