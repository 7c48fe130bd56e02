// Printing how far annotators agree: plain, TSV, JSON.
#ifndef GAINSAY_CLI_AGREE_PRINT_H
#define GAINSAY_CLI_AGREE_PRINT_H

#include "cli/context.h"
#include "model/agree_rows.h"

struct agree_answer {
    struct agreement agreement;
    struct agree_rows rows;
    enum agree_field field;       // --by; AGREE_FIELD__N: all
    const char *const *names;     // of the annotators
    const struct sv *articles;    // that were compared
    double least;
    uint64_t seed;
};

void agree_print_plain(struct cli *cli, struct agree_answer *answer);
void agree_print_tsv(struct cli *cli, struct agree_answer *answer);
void agree_print_json(struct cli *cli, struct agree_answer *answer);

#endif
