// Conflicts of a merge in words, for `merge` and `resolve`.
#ifndef GAINSAY_CLI_CONFLICTS_H
#define GAINSAY_CLI_CONFLICTS_H

#include "cli/context.h"
#include "store/doc_merge.h"

// Where a conflict is: "says of c7k2q9wm", "c7k2q9wm", "text".
void conflict_name(const struct doc_conflict *conflict, struct buf *out);

// What became of a conflict that is not to be decided (doc_conflict_is_told): " was taken out in theirs and ...".
void conflict_outcome(const struct doc_conflict *conflict, struct buf *out);

// Say on standard error what a merge could not decide by itself, or decided for the safe side.
//   is_hidden  the file is another's, whose work a blind team hides: nothing but how much is left to decide
void conflicts_report(struct cli *cli, const char *path, const struct doc_merged *merged,
                      bool is_hidden);

#endif
