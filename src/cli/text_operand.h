// A text named on the command line: an article, a file, or standard input.
#ifndef GAINSAY_CLI_TEXT_OPERAND_H
#define GAINSAY_CLI_TEXT_OPERAND_H

#include "cli/context.h"
#include "text/article.h"

struct text_operand {
    struct fs_text text;
    struct article *article; // its bytes as they are, nothing taken away
};

// Open what `typed` names: "-" is standard input; else an article of the workspace, where there is a
// workspace and it has one of that name; else a file.
//   returns  false (E_NO_ARTICLE, E_SYSTEM, E_REFUSED) when it is none of these or cannot be read
MUST_CHECK bool text_operand_open(struct cli *cli, const char *typed, struct text_operand *out,
                                  struct err *err);
void text_operand_release(struct text_operand *operand);

#endif
