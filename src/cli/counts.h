// Claims that match, counted and grouped: `--count-by KEY,KEY`.
#ifndef GAINSAY_CLI_COUNTS_H
#define GAINSAY_CLI_COUNTS_H

#include "cli/library.h"
#include "model/tally.h"

// What --count-by of this command asks for; NULL: nothing.
const char *counts_asked(const struct cli *cli);

// Count a hit; with `voice`, only as far as that one speaks.
void counts_add(struct tally *tally, const struct library *library, const struct hit *hit,
                const struct voice *voice);
// Print a tally that was finished.
//   what  of what is counted, in the plural: "claims"
void counts_print(struct cli *cli, const struct tally *tally, const char *what);

#endif
