// sentences: where the sentences or clauses of a text begin and end, in code points.
// For scripts and for scoring the rules; prints no word of the text.
#include "cli/text_operand.h"

#include "text/clause.h"
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
    struct spans clauses = { 0 };
    struct byte_span span;
    struct err err = { 0 };
    size_t pos = 0;
    bool is_wrapped = cli->values[OPT_HARD_WRAPPED] != NULL;

    table_init(&table, columns, ARRAY_LEN(columns));
    if (!text_operand_open(cli, cli->operands[0], &operand, &err)) {
        (void)cli_fail(cli, &err);
        goto out;
    }
    while (unit_each(operand.article, UNIT_SENTENCE, is_wrapped, &pos, &span)) {
        if (!cli->values[OPT_CLAUSES]) {
            add(cli, &table, operand.article, span);
            continue;
        }
        clauses.count = 0;
        clauses_of(article_bytes(operand.article), span.beg, span.end, &clauses);
        for (size_t i = 0; i < clauses.count; i++)
            add(cli, &table, operand.article, clauses.items[i]);
    }
    if (cli->format != FORMAT_PLAIN)
        table_print(&table, cli->format, &cli->out);
out:
    spans_release(&clauses);
    table_release(&table);
    text_operand_release(&operand);
    return cli_status(cli, 0);
}
