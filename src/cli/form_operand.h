// The form named on the command line of export and import.
#ifndef GAINSAY_CLI_FORM_OPERAND_H
#define GAINSAY_CLI_FORM_OPERAND_H

#include "cli/context.h"
#include "exchange/formats.h"

// The form that the first operand names; FORM_NONE, and it is said what there is, when it names none that goes out
// (is_out) or comes in.
enum form_id cli_form(struct cli *cli, bool is_out);

#endif
