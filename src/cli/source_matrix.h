// sources --matrix: who does what with claims, in which article.
#ifndef GAINSAY_CLI_SOURCE_MATRIX_H
#define GAINSAY_CLI_SOURCE_MATRIX_H

#include "cli/library.h"

// Print it for the voices of some claims; returns the exit status.
int source_matrix(struct cli *cli, const struct library *library, const struct hits *hits);

#endif
