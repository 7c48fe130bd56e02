// Two articles named on the command line, compared.
#ifndef GAINSAY_CLI_PAIR_H
#define GAINSAY_CLI_PAIR_H

#include "cli/context.h"
#include "store/files.h"
#include "text/article.h"
#include "text/relate.h"

struct pair {
    struct pair_side {
        struct sv id;
        struct fs_text text;
        struct article *article;
    } sides[2];
    struct registry_file registry;
    struct relate *relate; // side 0 is the first article
};

// Open the articles that the operands `first` and `second` name; without a second one, the first other
// article of the first one's event. What is too long to be compared as a whole is said on standard error.
//   returns  false (E_NO_ARTICLE, E_SYSTEM, E_REFUSED) when there is nothing to compare
MUST_CHECK bool pair_open(struct cli *cli, size_t first, size_t second, struct pair *out,
                          struct err *err);
void pair_release(struct pair *pair);

// Line of a byte of a side, 1-based.
size_t pair_line(const struct pair *pair, int side, size_t pos);

#endif
