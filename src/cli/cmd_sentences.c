// sentences: where the sentences or clauses of a text begin and end, in code points.
// For scripts and for scoring the rules; prints no word of the text.
#include "cli/text_operand.h"

#include "text/segment.h"

static const char *const columns[] = { "#start", "#end" };

static void add(struct cli *cli, struct table *table, struct article *article,
                struct byte_span span)
{
    struct cp_span at = article_to_cp(article, span);

    if (cli->format == FORMAT_PLAIN) {
        buf_addf(&cli->out.text, "%zu %zu\n", at.beg, at.end);
        return;
    }
    table_addf(table, "%zu", at.beg);
    table_addf(table, "%zu", at.end);
}

int cmd_sentences(struct cli *cli)
{
    struct text_operand operand = { 0 };
    struct table table;
    struct units *units = NULL;
    struct byte_span span;
    struct err err = { 0 };

    table_init(&table, columns, ARRAY_LEN(columns));
    if (!text_operand_open(cli, cli->operands[0], &operand, &err)) {
        (void)cli_fail(cli, &err);
        goto out;
    }
    units = units_new(operand.article, cli->values[OPT_CLAUSES] ? UNIT_CLAUSE : UNIT_SENTENCE,
                      cli->values[OPT_HARD_WRAPPED] != NULL);
    while (units_next(units, &span))
        add(cli, &table, operand.article, span);
    if (cli->format != FORMAT_PLAIN)
        table_print(&table, cli->format, &cli->out);
out:
    units_free(units);
    table_release(&table);
    text_operand_release(&operand);
    return cli_status(cli, 0);
}
