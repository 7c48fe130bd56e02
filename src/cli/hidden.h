// What a team that works blind hides, for commands that read files without a library.
#ifndef GAINSAY_CLI_HIDDEN_H
#define GAINSAY_CLI_HIDDEN_H

#include "cli/context.h"
#include "store/blind.h"

// Say how many layers of others were left out; nothing when none was.
void blind_warn(struct cli *cli, size_t hidden);

// The workspace at or above the working directory, or -C, for a command that does with files alone: false, and
// everything is shown, where there is none. Opens the cli's workspace; blind_release frees what `out` has.
bool blind_find(struct cli *cli, struct blind *out);

// May the command act for --as NAME, whose layer it shows? E_TEAM: the team works blind, and who asks is another.
MUST_CHECK bool blind_allows_as(struct cli *cli, struct err *err);

#endif
