// From argv to a subcommand and its exit status.
// Never prints a result itself; messages go to standard error here and nowhere else.
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cli/context.h"
#include "cli/hidden.h"
#include "store/git.h"

#define GIT_FAULT     128
#define STDOUT_CLOSED (1U << STDOUT_FILENO)

static void print_line(struct buf *line)
{
    size_t done = 0;

    buf_add_char(line, '\n');
    while (done < line->len) {
        ssize_t now = write(STDERR_FILENO, line->ptr + done, line->len - done);

        if (now < 0 && errno != EINTR)
            break; // nowhere left to say it
        done += now > 0 ? (size_t)now : 0;
    }
    buf_release(line);
}

// Places of the workspace are named from its root, as they are in git.
static void print_err(struct cli *cli, struct err *err, const char *what)
{
    struct buf line = { 0 };

    if (cli->workspace.root.len && err->path.len) {
        struct buf path = { 0 };

        buf_add_cstr(&path, workspace_relative(&cli->workspace, buf_cstr(&err->path)));
        buf_release(&err->path);
        err->path = path;
    }
    buf_addf(&line, "gainsay: %s", what);
    err_print(err, &line);
    print_line(&line);
}

static void note_status(struct cli *cli, int status)
{
    if (!cli->status)
        cli->status = status;
}

// The nearest subcommand to a word, or NULL.
static const char *nearest_command(struct sv word)
{
    const char *near = NULL;
    size_t best = word.len / 3 + 2;

    for (int id = SUBCOMMAND_GLOBAL + 1; id < SUBCOMMAND__N; id++) {
        const char *name = subcommand_get((enum subcommand_id)id)->name;
        size_t distance = sv_distance(word, sv_from(name));

        if (distance < best) {
            best = distance;
            near = name;
        }
    }
    return near;
}

// An operand: the first one may be the subcommand, else it is an article for the reader.
static void take_operand(struct cli *cli, struct options *options, const char *word)
{
    bool is_first = cli->command == SUBCOMMAND_GLOBAL;

    if (is_first) {
        cli->command = options->is_ended ? SUBCOMMAND_GLOBAL : subcommand_find(sv_from(word));
        if (cli->command != SUBCOMMAND_GLOBAL) {
            options->tables[1] = subcommand_options(cli->command);
            return;
        }
        cli->command = SUBCOMMAND_READ;
    }
    cli->operands[cli->operand_count++] = word;
}

static bool parse(struct cli *cli, int argc, char **argv, struct err *err)
{
    struct options options;
    const struct option_def *def;
    const char *value;

    options_init(&options, argc, argv);
    options.tables[0] = subcommand_options(SUBCOMMAND_GLOBAL);
    options.tables[1] = subcommand_options(SUBCOMMAND_READ);
    for (;;) {
        switch (options_next(&options, &def, &value, err)) {
        case OPTION_FOUND:
            cli->values[def->id] = value ? value : "";
            break;
        case OPTION_OPERAND:
            take_operand(cli, &options, value);
            break;
        case OPTION_END:
            return true;
        case OPTION_ERROR:
            return false;
        }
    }
}

// Options that belong to the reader are known before the subcommand is: they must not come before
// another.
static bool check_options(struct cli *cli, struct err *err)
{
    struct option_table reader = subcommand_options(SUBCOMMAND_READ);

    if (cli->values[OPT_JSON] && cli->values[OPT_TSV])
        return err_set(err, E_USAGE, ERR_NOWHERE, "choose one of '--json' and '--tsv'");
    cli->format = cli->values[OPT_JSON]  ? FORMAT_JSON
                  : cli->values[OPT_TSV] ? FORMAT_TSV
                                         : FORMAT_PLAIN;
    if (cli->command == SUBCOMMAND_READ || cli->command == SUBCOMMAND_GLOBAL)
        return true;
    for (size_t i = 0; i < reader.count; i++)
        if (cli->values[reader.items[i].id])
            return err_set(err, E_USAGE, ERR_NOWHERE, "option '--%s' belongs to 'read'",
                           reader.items[i].name);
    return true;
}

static bool read_size(const char *text, struct cli_read *read, struct err *err)
{
    char *end;
    long cols = strtol(text, &end, 10);
    long rows = *end == 'x' ? strtol(end + 1, &end, 10) : 0;

    if (*end || cols < 1 || cols > LIMIT_COLS || rows < 1 || rows > LIMIT_ROWS)
        return err_set(err, E_USAGE, ERR_NOWHERE,
                       "'--size' is '%s'; write columns and rows, such as 80x24", text);
    read->cols = (int)cols;
    read->rows = (int)rows;
    return true;
}

static bool find_workspace(struct cli *cli, struct findings *findings, struct err *err)
{
    const char *dir = cli->values[OPT_DIR];

    if (cli->values[OPT_AT])
        return workspace_open_at(dir, cli->values[OPT_AT], &cli->workspace, findings, err);
    return (subcommand_get(cli->command)->flags & UNLISTED ? workspace_open_quick : workspace_open)(
        dir, &cli->workspace, findings, err);
}

static bool open_workspace(struct cli *cli, struct err *err)
{
    struct findings findings = { 0 };
    unsigned flags = subcommand_get(cli->command)->flags;
    bool ok = true;

    if (flags & WORKSPACE)
        ok = find_workspace(cli, &findings, err);
    if (ok && flags & ANNOTATOR)
        ok = workspace_annotator(&cli->workspace, cli->values[OPT_AS], &cli->annotator, err);
    (void)cli_report(cli, &findings);
    return ok;
}

static int dispatch(struct cli *cli, int argc, char **argv)
{
    struct err err = { 0 };

    if (!parse(cli, argc, argv, &err) || !check_options(cli, &err))
        return cli_fail(cli, &err);
    if (cli->values[OPT_HELP])
        return cmd_usage(cli);
    if (cli->values[OPT_VERSION])
        return cmd_version(cli);
    if (cli->command == SUBCOMMAND_GLOBAL)
        cli->command = SUBCOMMAND_READ;

    const struct subcommand *command = subcommand_get(cli->command);

    if (cli->operand_count < command->least)
        return cli_usage(cli, "something is missing");
    if (cli->operand_count > command->most)
        return cli_usage(cli, "'%s' is too much", cli->operands[command->most]);
    if (!open_workspace(cli, &err))
        return cli_fail(cli, &err);
    return command->run(cli);
}

static int flush(struct cli *cli, int status)
{
    struct err err = { 0 };

    if (out_flush(&cli->out, cli->may_page && cli->format == FORMAT_PLAIN, &err))
        return status;
    if (err.text.len)
        return cli_fail(cli, &err);
    err_release(&err);
    return err_status(E_SYSTEM);
}

// Git takes 1 to 128 of a merge driver for conflicts: a fault of `merge` must be above.
static int git_status(const struct cli *cli, int status)
{
    return cli->command == SUBCOMMAND_MERGE && status > 1 ? GIT_FAULT + status : status;
}

int cli_main(int argc, char **argv, const struct cli_hooks *hooks)
{
    struct cli cli = { .hooks = hooks };

    signal(SIGPIPE, SIG_IGN); // a closed pipe is an error of write
    out_init(&cli.out, fs_hold_streams() & STDOUT_CLOSED);
    cli.operands = mem_new((size_t)(argc > 0 ? argc : 1) * sizeof(*cli.operands));

    int status = git_status(&cli, flush(&cli, dispatch(&cli, argc, argv)));

    out_release(&cli.out);
    workspace_release(&cli.workspace);
    buf_release(&cli.annotator);
    mem_free(cli.operands);
    return status;
}

const struct cli_read *cli_read(const struct cli *cli)
{
    return &cli->read;
}

struct workspace *cli_workspace(struct cli *cli)
{
    return &cli->workspace;
}

struct sv cli_annotator(const struct cli *cli)
{
    return buf_sv(&cli->annotator);
}

int cli_fail(struct cli *cli, struct err *err)
{
    int status = err_status(err->code);

    print_err(cli, err, "");
    note_status(cli, status);
    err_release(err);
    return status;
}

int cli_report(struct cli *cli, struct findings *findings)
{
    int status = 0;

    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        bool is_error = finding->severity == SEVERITY_ERROR;

        print_err(cli, &finding->err, is_error ? "" : "warning: ");
        if (is_error && !status)
            status = err_status(finding->err.code);
    }
    if (status)
        note_status(cli, status);
    findings_release(findings);
    return status;
}

void cli_warn(struct cli *cli, enum err_code code, const char *fmt, ...)
{
    struct findings findings = { 0 };
    struct buf text = { 0 };
    va_list args;

    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);
    findings_add(&findings, SEVERITY_WARNING, code, ERR_NOWHERE, "%s", buf_cstr(&text));
    (void)cli_report(cli, &findings);
    buf_release(&text);
}

int cli_usage(struct cli *cli, const char *fmt, ...)
{
    struct buf text = { 0 };
    struct err err = { 0 };
    const struct subcommand *command = subcommand_get(cli->command);
    va_list args;

    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);
    (void)err_set(&err, E_USAGE, ERR_NOWHERE, "%s; usage: gainsay %s%s%s", buf_cstr(&text),
                  command->name, *command->operands ? " " : "", command->operands);
    buf_release(&text);
    return cli_fail(cli, &err);
}

int cli_status(const struct cli *cli, int done)
{
    return cli->status ? cli->status : done;
}

void cli_hint_driver(struct cli *cli, bool always)
{
    struct findings findings = { 0 };

    if ((!always && !isatty(STDERR_FILENO)) || !git_lacks_driver(buf_cstr(&cli->workspace.root)))
        return;
    findings_add(&findings, SEVERITY_WARNING, E_DRIVER, ERR_NOWHERE, GIT_DRIVER_HINT);
    (void)cli_report(cli, &findings);
}

int cli_run_reader(struct cli *cli, const struct cli_read *read, const char *size)
{
    struct err err = { 0 };

    cli->read = *read;
    cli->read.rows = 24;
    cli->read.cols = 80;
    if (size && !read_size(size, &cli->read, &err))
        return cli_fail(cli, &err);
    return cli->hooks->read(cli);
}

int cmd_read(struct cli *cli)
{
    struct err err = { 0 };

    if (cli->format != FORMAT_PLAIN)
        return cli_usage(cli, "the reader has no '--json' or '--tsv'; 'show' has");
    for (size_t i = 0; i < cli->operand_count; i++) {
        struct sv id;

        if (!workspace_resolve(&cli->workspace, cli->operands[i], &id, &err)) {
            const char *near = i ? NULL : nearest_command(sv_from(cli->operands[i]));

            if (near)
                buf_addf(&err.text, "; or did you mean the command '%s'?", near);
            return cli_fail(cli, &err);
        }
    }
    if (!blind_allows_as(cli, &err))
        return cli_fail(cli, &err);
    return cli_run_reader(cli,
                          &(struct cli_read){
                              .article = cli->operand_count > 0 ? cli->operands[0] : NULL,
                              .other = cli->operand_count > 1 ? cli->operands[1] : NULL,
                              .script = cli->values[OPT_SCRIPT],
                              .record = cli->values[OPT_RECORD],
                          },
                          cli->values[OPT_SIZE]);
}
