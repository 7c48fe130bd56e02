// resolve: conflicts that a merge left in files, merged again by record and field, listed, decided.
// Writes only the files that are in conflict, and never git's index.
#include "cli/files.h"

#include <string.h>

#include "cli/conflicts.h"
#include "cli/hidden.h"
#include "store/resolve.h"

static const char *const columns[] = { "path", "record", "field", "ours", "theirs", "state" };

struct wish { // what the command line decides
    enum doc_decision decision;
    const char *only; // RECORD, RECORD:FIELD or :FIELD; NULL: all
};

static bool matches(const char *only, const struct doc_conflict *conflict)
{
    struct sv rest = sv_from(only), record;

    if (sv_find(rest, SV(":"), 0) == SIZE_MAX)
        return sv_eq(rest, conflict->record) ||
               (sv_is_absent(conflict->record) && sv_eq(rest, conflict->field));
    if (!sv_split(&rest, ':', &record))
        record = SV("");
    return (!record.len || sv_eq(record, conflict->record)) && sv_eq(rest, conflict->field);
}

static enum doc_decision decide(void *ctx, const struct doc_conflict *conflict)
{
    const struct wish *wish = ctx;

    return !wish->only || matches(wish->only, conflict) ? wish->decision : DECIDE_LATER;
}

static const char *state_of(const struct doc_conflict *conflict)
{
    static const char *const words[] = {
        [DECIDE_LATER] = "open",
        [DECIDE_OURS] = "ours",
        [DECIDE_THEIRS] = "theirs",
    };

    return doc_conflict_is_told(conflict) ? "kept" : words[conflict->decision];
}

static void add_rows(struct table *table, const char *path, const struct doc_merged *merged)
{
    for (size_t i = 0; i < merged->count; i++) {
        const struct doc_conflict *conflict = &merged->items[i];

        table_add(table, sv_from(path));
        table_add(table, conflict->record);
        table_add(table, conflict->field);
        table_add(table, sv_trim(conflict->ours));
        table_add(table, sv_trim(conflict->theirs));
        table_add(table, sv_from(state_of(conflict)));
    }
}

static void print_value(struct out *out, const char *name, struct sv lines, bool is_taken)
{
    struct para para = { 0 };
    struct sv rest = sv_trim(lines), line;
    bool is_first = true;

    if (!rest.len)
        rest = SV("(nothing)");
    while (sv_split(&rest, '\n', &line)) {
        para_addf(&para, STYLE_LABEL, "%-8s", is_first ? name : "");
        para_add(&para, STYLE_PLAIN, line);
        if (is_first && is_taken)
            para_add(&para, STYLE_LABEL, SV("  (taken)"));
        out_para(out, &para, 4, 12);
        is_first = false;
    }
}

static void print_conflict(struct out *out, const struct doc_conflict *conflict)
{
    struct para para = { 0 };
    struct buf name = { 0 };

    conflict_name(conflict, &name);
    para_add(&para, STYLE_SOURCE, buf_sv(&name));
    if (doc_conflict_is_told(conflict)) {
        buf_clear(&name);
        conflict_outcome(conflict, &name);
        para_add(&para, STYLE_PLAIN, buf_sv(&name));
    }
    out_para(out, &para, 2, 4);
    if (!doc_conflict_is_told(conflict)) {
        print_value(out, "ours", conflict->ours, conflict->decision == DECIDE_OURS);
        print_value(out, "theirs", conflict->theirs, conflict->decision == DECIDE_THEIRS);
    }
    buf_release(&name);
}

static void print_file(struct cli *cli, const char *path, const struct resolved *resolved,
                       bool is_hidden)
{
    struct out *out = &cli->out;
    struct para para = { 0 };
    size_t open = resolved->merged.open;

    para_add(&para, STYLE_HEAD, sv_from(path));
    switch (resolved->state) {
    case RESOLVE_NOTHING:
        para_add(&para, STYLE_PLAIN, SV(" has no conflict in it"));
        break;
    case RESOLVE_GONE:
        para_add(&para, STYLE_PLAIN,
                 SV(" was taken away on one side and changed on the other; it stands as it was "
                    "changed: git add or git rm it"));
        break;
    case RESOLVE_DONE:
        para_addf(&para, STYLE_PLAIN, " is merged; next: git add ");
        para_add(&para, STYLE_PLAIN, sv_from(path));
        break;
    case RESOLVE_OPEN:
        para_addf(&para, STYLE_PLAIN, " has %zu conflict%s left", open, open == 1 ? "" : "s");
        break;
    }
    out_para(out, &para, 0, 4);
    for (size_t i = 0; i < resolved->merged.count && !is_hidden; i++)
        print_conflict(out, &resolved->merged.items[i]);
}

// One file; true when conflicts are left in it.
//   is_hidden  it is another's, whose work a blind team hides: it is merged, and not shown
static bool resolve_one(struct cli *cli, const char *path, bool is_hidden, struct wish *wish,
                        struct table *table)
{
    struct resolve resolve = {
        .ws = &cli->workspace,
        .path = path,
        .is_dry = cli->values[OPT_RESOLVE_DRY],
        .decide = decide,
        .ctx = wish,
    };
    struct resolved resolved;
    struct err err = { 0 };
    bool is_open = false;

    if (!resolve_file(&resolve, &resolved, &err)) {
        (void)cli_fail(cli, &err);
        resolved_release(&resolved);
        return false;
    }
    if (resolved.is_anew) {
        struct findings findings = { 0 };

        findings_add(&findings, SEVERITY_WARNING, E_MERGED, (struct err_at){ .path = path },
                     "what stood in the file could not be read; merged anew from the versions git "
                     "has");
        (void)cli_report(cli, &findings);
    }
    if (cli->format == FORMAT_PLAIN)
        print_file(cli, path, &resolved, is_hidden);
    else if (!is_hidden)
        add_rows(table, path, &resolved.merged);
    is_open = resolved.state == RESOLVE_OPEN;
    resolved_release(&resolved);
    return is_open;
}

// Files named on the command line, else those that git has in conflict.
static bool choose_files(struct cli *cli, struct fs_names *out, struct err *err)
{
    struct choice choice;

    *out = (struct fs_names){ 0 };
    if (!cli->operand_count)
        return resolve_list(&cli->workspace, out, err);
    if (!choice_make(cli, &choice, err))
        return false;
    for (size_t i = 0; i < choice.paths.count; i++) {
        const char *path = workspace_relative(&cli->workspace, choice.paths.items[i]);

        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = mem_copy(path, strlen(path));
    }
    choice_release(&choice);
    return true;
}

int cmd_resolve(struct cli *cli)
{
    const char *ours = cli->values[OPT_RESOLVE_OURS], *theirs = cli->values[OPT_RESOLVE_THEIRS];
    struct wish wish = { ours     ? DECIDE_OURS
                         : theirs ? DECIDE_THEIRS
                                  : DECIDE_LATER,
                         cli->values[OPT_RESOLVE_ONLY] };
    struct findings findings = { 0 }; // a scheme in conflict is what this command is for
    struct fs_names files = { 0 };
    struct table table;
    struct blind blind;
    struct err err = { 0 };
    bool is_open = false;

    if (ours && theirs)
        return cli_usage(cli, "choose one of '--ours' and '--theirs'");
    if (wish.only && !ours && !theirs)
        return cli_usage(cli, "'--only' wants '--ours' or '--theirs'");
    if (!workspace_open(cli->values[OPT_DIR], &cli->workspace, &findings, &err) ||
        !choose_files(cli, &files, &err)) {
        findings_release(&findings);
        return cli_fail(cli, &err);
    }
    cli_hint_driver(cli, true);
    (void)blind_find(cli, &blind);
    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < files.count; i++)
        is_open = resolve_one(cli, files.items[i], !blind_shows_path(&blind, files.items[i]), &wish,
                              &table) ||
                  is_open;
    if (!files.count && cli->format == FORMAT_PLAIN) {
        struct para para = { 0 };

        para_add(&para, STYLE_PLAIN, SV("git has no file of this workspace in conflict"));
        out_para(&cli->out, &para, 0, 4);
    }
    if (cli->format != FORMAT_PLAIN)
        table_print(&table, cli->format, &cli->out);
    table_release(&table);
    blind_release(&blind);
    fs_names_release(&files);
    findings_release(&findings);
    return cli_status(cli, is_open ? 1 : 0);
}
