// What could stand at the end of a command line: commands, options, values, and what a workspace has of them.
#ifndef GAINSAY_CLI_COMPLETION_H
#define GAINSAY_CLI_COMPLETION_H

#include "cli/context.h"

// Append the candidates for the last of `words` (the first is the program's name), one a line, best first: the whole
// word, and behind a tab what it means or how many claims have it. A line ":files" or ":dirs" alone says that the name
// of a file or folder goes there. What cannot be read offers nothing.
void completion_offer(struct cli *cli, const char *const *words, size_t count, struct buf *out);

// Words that other files know, by number; NULL past the last.
const char *completion_shell(size_t index);  // cmd_completion.c
const char *concordance_order(size_t index); // cmd_concordance.c
const char *dump_table(size_t index);        // cmd_dump.c
const char *help_topic(size_t index);        // cmd_help.c

#endif
