// Command line: options, subcommands, output. Prints results on standard output, all else on standard error.
#ifndef GAINSAY_CLI_CLI_H
#define GAINSAY_CLI_CLI_H

#include "base/err.h"
#include "session/session.h"

struct cli; // parsed command line, workspace, output state

// Run a subcommand; returns the exit status (CLI.md). `read` is called for the reader, which cli/ may not know.
int cli_main(int argc, char **argv, int (*read)(struct cli *cli));

#endif
