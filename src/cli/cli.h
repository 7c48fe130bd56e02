// Command line: options, subcommands, output. Prints results on standard output, all else on standard error.
#ifndef GAINSAY_CLI_CLI_H
#define GAINSAY_CLI_CLI_H

#include "base/err.h"
#include "session/session.h"

struct cli; // parsed command line, workspace, output state

// What cli/ may not know, given by main.
struct cli_hooks {
    int (*read)(struct cli *cli);            // the reader; returns the exit status
    void (*add_library)(struct buf *out);    // append "ncurses 6.4", for --version
};

// Run a subcommand; returns the exit status (CLI.md).
int cli_main(int argc, char **argv, const struct cli_hooks *hooks);

// ---- for the reader
// What `gainsay [read] [ARTICLE [OTHER]]` was asked for.
struct cli_read {
    const char *article, *other; // as typed (workspace_resolve); NULL: not given
    const char *script;          // --script FILE: play keys without a terminal; NULL: the terminal
    const char *record;          // --record FILE; NULL: none
    int rows, cols;              // --size COLSxROWS, of the screen of a script
    bool is_adjudicating;        // the lanes of all annotators of `article`, in the adjudicated layer
    const char *viewer;          // then: who looks, as a blind team sees it; "": nobody
};

// All borrowed until cli_main returns. The workspace is open and the annotator known when `read` is called.
const struct cli_read *cli_read(const struct cli *cli);
struct workspace *cli_workspace(struct cli *cli);
struct sv cli_annotator(const struct cli *cli);

// Print an error as "gainsay: PATH:LINE:COL: text" on standard error, release it, and give the exit
// status that goes with it.
int cli_fail(struct cli *cli, struct err *err);
// The same for findings: warnings too, but they change no status. Empties the list. 0 without errors.
int cli_report(struct cli *cli, struct findings *findings);
// Print one warning that is about no file.
void cli_warn(struct cli *cli, enum err_code code, const char *fmt, ...) PRINTF(3, 4);

#endif
