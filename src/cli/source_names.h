// `sources --names`: under which names the texts speak of each source.
#ifndef GAINSAY_CLI_SOURCE_NAMES_H
#define GAINSAY_CLI_SOURCE_NAMES_H

#include "cli/library.h"

// Print the names of all sources with their counts in every article, event by event, parts below their wholes.
//   hits     claims of a query: articles without one are left out; NULL: all articles
//   returns  exit status
int source_names(struct cli *cli, const struct library *library, const struct hits *hits);

#endif
