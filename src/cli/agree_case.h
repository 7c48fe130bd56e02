// agree --case: one plain case of agreement, out of a JSON file.
#ifndef GAINSAY_CLI_AGREE_CASE_H
#define GAINSAY_CLI_AGREE_CASE_H

#include "cli/context.h"

// Compute every measure that a case's kind allows, and print it.
//   path     "-" is standard input
//   returns  false (E_SYSTEM, E_REFUSED, E_SHAPE): nothing was printed
MUST_CHECK bool agree_case(struct cli *cli, const char *path, struct err *err);

#endif
