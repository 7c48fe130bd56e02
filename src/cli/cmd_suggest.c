// suggest: who says what in a text, by which words: proposals, in code points.
// Writes nothing and prints no word of the text.
#include "exchange/json.h"
#include "cli/text_operand.h"
#include "text/suggest.h"

static const char *const columns[] = { "source", "cue", "content", "act" };

// "0-9,12-20"; "-" for none.
static void add_cell(struct table *table, struct article *article, const struct byte_span *spans,
                     size_t count)
{
    struct buf cell = { 0 };

    for (size_t i = 0; i < count; i++) {
        struct cp_span at = article_to_cp(article, spans[i]);

        if (!byte_span_is_empty(spans[i]))
            buf_addf(&cell, "%s%zu-%zu", cell.len ? "," : "", at.beg, at.end);
    }
    table_add(table, cell.len ? buf_sv(&cell) : SV("-"));
    buf_release(&cell);
}

static void add_row(struct table *table, struct article *article, const struct suggestion *each)
{
    add_cell(table, article, &each->source, 1);
    add_cell(table, article, &each->cue, 1);
    add_cell(table, article, each->content, each->content_count);
    table_add(table, sv_is_absent(each->act) ? SV("-") : each->act);
}

// A list of [start, end].
static struct jnode *spans_node(struct article *article, const struct byte_span *spans,
                                size_t count)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < count; i++) {
        struct cp_span at = article_to_cp(article, spans[i]);
        struct jnode *pair = jnode_list();

        jnode_add(pair, jnode_count(at.beg));
        jnode_add(pair, jnode_count(at.end));
        jnode_add(list, pair);
    }
    return list;
}

static struct jnode *node(struct article *article, const struct suggestion *each)
{
    struct jnode *map = jnode_map();

    if (!byte_span_is_empty(each->source))
        jnode_set(map, "source", spans_node(article, &each->source, 1));
    jnode_set(map, "cue", spans_node(article, &each->cue, 1));
    jnode_set(map, "content", spans_node(article, each->content, each->content_count));
    jnode_set_text(map, "act", each->act);
    return map;
}

static void print_json(struct cli *cli, struct article *article, const struct suggestions *found)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < found->count; i++)
        jnode_add(list, node(article, &found->items[i]));
    jnode_print(list, &cli->out.text);
    jnode_free(list);
}

static void print_table(struct cli *cli, struct article *article, const struct suggestions *found)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < found->count; i++)
        add_row(&table, article, &found->items[i]);
    if (cli->format == FORMAT_TSV) {
        table_print(&table, cli->format, &cli->out);
    } else {
        for (size_t i = 0; i < table.count; i += ARRAY_LEN(columns))
            buf_addf(&cli->out.text, SV_FMT "\t" SV_FMT "\t" SV_FMT "\n", SV_ARG(table.cells[i]),
                     SV_ARG(table.cells[i + 1]), SV_ARG(table.cells[i + 2]));
    }
    table_release(&table);
}

int cmd_suggest(struct cli *cli)
{
    struct text_operand operand = { 0 };
    struct suggestions found = { 0 };
    struct err err = { 0 };
    int status;

    if (!text_operand_open(cli, cli->operands[0], &operand, &err)) {
        (void)cli_fail(cli, &err);
        goto out;
    }
    suggest_all(operand.article, &cli->workspace.scheme.reporting, &found);
    if (cli->format == FORMAT_JSON)
        print_json(cli, operand.article, &found);
    else
        print_table(cli, operand.article, &found);
out:
    status = cli_status(cli, found.count ? 0 : 1); // 1: nothing found
    suggestions_release(&found);
    text_operand_release(&operand);
    return status;
}
