// clashes: numbers that two articles give differently.
// Prints both sentences; does not say which is right.
#include "cli/pair.h"

#include "text/clash.h"

static const char *const columns[] = { "score",        "#start",      "#end",         "number",
                                       "quote",        "article",     "#other_start", "#other_end",
                                       "other_number", "other_quote", "other" };

// The number as it stands, with the word it counts.
static struct byte_span shown(const struct clash_end *end)
{
    size_t to = end->head.end > end->span.end && end->head.beg >= end->span.end ? end->head.end
                                                                                : end->span.end;

    return (struct byte_span){ end->span.beg, to };
}

static void add_row(struct table *table, const struct pair *pair, const struct clash *clash)
{
    table_addf(table, "%.3f", clash->score);
    for (int side = 0; side < 2; side++) {
        const struct clash_end *end = &clash->ends[side];
        struct article *article = pair->sides[side].article;
        struct cp_span at = article_to_cp(article, end->span);

        table_addf(table, "%zu", at.beg);
        table_addf(table, "%zu", at.end);
        table_add(table, article_sub(article, shown(end)));
        table_add(table, article_sub(article, end->passage));
        table_add(table, pair->sides[side].id);
    }
}

static void print_side(struct cli *cli, const struct pair *pair, int side,
                       const struct clash_end *end)
{
    const struct pair_side *at = &pair->sides[side];
    struct byte_span marked = shown(end);
    struct para para = { 0 };

    para_add(&para, STYLE_HEAD, at->id);
    para_addf(&para, STYLE_LABEL, ":%zu: ", pair_line(pair, side, end->span.beg));
    para_add_flat(&para, STYLE_QUOTE,
                  article_sub(at->article, (struct byte_span){ end->passage.beg, marked.beg }));
    para_add(&para, STYLE_PLAIN, cli->out.is_colour ? SV("") : SV("["));
    para_add_flat(&para, STYLE_MATCH, article_sub(at->article, marked));
    para_add(&para, STYLE_PLAIN, cli->out.is_colour ? SV("") : SV("]"));
    para_add_flat(&para, STYLE_QUOTE,
                  article_sub(at->article, (struct byte_span){ marked.end, end->passage.end }));
    out_para(&cli->out, &para, 0, 4);
}

static void print(struct cli *cli, const struct pair *pair, const struct clashes *clashes)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < clashes->count; i++) {
        const struct clash *clash = &clashes->items[i];

        if (cli->format != FORMAT_PLAIN) {
            add_row(&table, pair, clash);
            continue;
        }
        out_blank(&cli->out);
        print_side(cli, pair, 0, &clash->ends[0]);
        print_side(cli, pair, 1, &clash->ends[1]);
    }
    if (cli->format != FORMAT_PLAIN)
        table_print(&table, cli->format, &cli->out);
    table_release(&table);
}

int cmd_clashes(struct cli *cli)
{
    struct pair pair = { 0 };
    struct clashes clashes = { 0 };
    struct err err = { 0 };
    int status;

    cli->may_page = true;
    if (pair_open(cli, 0, 1, &pair, &err)) {
        clashes_find(pair.relate, &clashes);
        print(cli, &pair, &clashes);
    } else {
        (void)cli_fail(cli, &err);
    }
    status = cli_status(cli, clashes.count ? 0 : 1);
    clashes_release(&clashes);
    pair_release(&pair);
    return status;
}
