// What every subcommand gets: the parsed command line, the workspace, where output goes.
#ifndef GAINSAY_CLI_CONTEXT_H
#define GAINSAY_CLI_CONTEXT_H

#include <stdint.h>

#include "base/options.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "cli/table.h"
#include "store/workspace.h"

enum subcommand_id {
#define SUBCOMMAND(id, name, function, operands, least, most, flags, help) SUBCOMMAND_##id,
#define OPTION(command, id, name, letter, value, help)
#include "cli/options.def"
#undef SUBCOMMAND
#undef OPTION
    SUBCOMMAND__N
};

enum option_id {
#define SUBCOMMAND(id, name, function, operands, least, most, flags, help)
#define OPTION(command, id, name, letter, value, help) OPT_##id,
#include "cli/options.def"
#undef SUBCOMMAND
#undef OPTION
    OPT__N
};

#define MANY SIZE_MAX // operands

enum subcommand_flag {
    WORKSPACE = 1 << 0,
    ANNOTATOR = 1 << 1,
    UNLISTED = 1 << 2, // the articles of the corpus are not asked for
};

struct subcommand {
    const char *name;
    int (*run)(struct cli *cli); // returns the exit status
    const char *operands;        // for usage: "[QUERY]"
    size_t least, most;          // how many it takes
    unsigned flags;              // enum subcommand_flag
    const char *help;
};

struct cli {
    const struct cli_hooks *hooks;
    enum subcommand_id command;
    const char *values[OPT__N]; // of options; NULL: not given; "" for one without a value
    const char **operands;      // borrowed from argv
    size_t operand_count;
    enum format format;
    struct out out;
    bool may_page;              // reading matter: the pager may have it
    struct workspace workspace; // open when the command has WORKSPACE
    struct buf annotator;       // known when the command has ANNOTATOR
    struct cli_read read;
    int status;                 // first exit status that a failure asked for; 0 none
};

const struct subcommand *subcommand_get(enum subcommand_id id);
enum subcommand_id subcommand_find(struct sv name); // SUBCOMMAND_GLOBAL when there is none
// Its own options, as a table for options_next.
struct option_table subcommand_options(enum subcommand_id id);

// Say what is wrong with the command line; returns the exit status.
int cli_usage(struct cli *cli, const char *fmt, ...) PRINTF(2, 3);
// `done` unless something failed before, then that status.
int cli_status(const struct cli *cli, int done);

// Tell on standard error that this clone merges by lines, once a run, to people at a terminal; `always`: to anybody.
void cli_hint_driver(struct cli *cli, bool always);

// The reader, by hooks->read; `size` as in --size, NULL: 80x24.
int cli_run_reader(struct cli *cli, const struct cli_read *read, const char *size);

int cmd_read(struct cli *cli);
int cmd_init(struct cli *cli);
int cmd_add(struct cli *cli);
int cmd_list(struct cli *cli);
int cmd_contested(struct cli *cli);
int cmd_sources(struct cli *cli);
int cmd_disputed(struct cli *cli);
int cmd_board(struct cli *cli);
int cmd_report(struct cli *cli);
int cmd_queries(struct cli *cli);
int cmd_todo(struct cli *cli);
int cmd_comments(struct cli *cli);
int cmd_status(struct cli *cli);
int cmd_show(struct cli *cli);
int cmd_find(struct cli *cli);
int cmd_concordance(struct cli *cli);
int cmd_related(struct cli *cli);
int cmd_quotations(struct cli *cli);
int cmd_clashes(struct cli *cli);
int cmd_agree(struct cli *cli);
int cmd_adjudicate(struct cli *cli);
int cmd_sentences(struct cli *cli);
int cmd_suggest(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_reanchor(struct cli *cli);
int cmd_fmt(struct cli *cli);
int cmd_rename(struct cli *cli);
int cmd_merge_sources(struct cli *cli);
int cmd_diff(struct cli *cli);
int cmd_log(struct cli *cli);
int cmd_merge(struct cli *cli);
int cmd_resolve(struct cli *cli);
int cmd_export(struct cli *cli);
int cmd_import(struct cli *cli);
int cmd_dump(struct cli *cli);
int cmd_completion(struct cli *cli);
int cmd_help(struct cli *cli);
int cmd_usage(struct cli *cli);   // --help
int cmd_version(struct cli *cli); // --version

#endif
