// quotations: what two articles quote alike, and what each leaves out of it.
// Prints the words of both; judges neither.
#include "cli/pair.h"

#include "text/quoted_alike.h"

static const char *const columns[] = { "#words",  "#start",       "#end",       "quotation",
                                       "article", "#other_start", "#other_end", "other_quotation",
                                       "other",   "shared",       "cut" };

// Who has words that the other leaves out.
static const char *cut_of(const struct quoted_alike *quoted)
{
    bool has_more = quoted->words[0] > quoted->shared_words;
    bool has_more_there = quoted->words[1] > quoted->shared_words;

    return has_more && has_more_there ? "both"
           : has_more                 ? "other"
           : has_more_there           ? "here"
                                      : "same";
}

static void add_row(struct table *table, const struct pair *pair, const struct quoted_alike *quoted)
{
    table_addf(table, "%zu", quoted->shared_words);
    for (int side = 0; side < 2; side++) {
        struct cp_span at = article_to_cp(pair->sides[side].article, quoted->quotation[side]);

        table_addf(table, "%zu", at.beg);
        table_addf(table, "%zu", at.end);
        table_add(table, article_sub(pair->sides[side].article, quoted->quotation[side]));
        table_add(table, pair->sides[side].id);
    }
    table_add(table, article_sub(pair->sides[0].article, quoted->shared[0]));
    table_add(table, sv_from(cut_of(quoted)));
}

// A quotation, what the other has too being marked.
static void print_side(struct cli *cli, const struct pair *pair, int side,
                       const struct quoted_alike *quoted)
{
    const struct pair_side *at = &pair->sides[side];
    struct byte_span whole = quoted->quotation[side], shared = quoted->shared[side];
    struct para para = { 0 };
    bool is_colour = cli->out.is_colour;

    para_add(&para, STYLE_HEAD, at->id);
    para_addf(&para, STYLE_LABEL, ":%zu: ", pair_line(pair, side, whole.beg));
    para_add_flat(&para, STYLE_QUOTE,
                  article_sub(at->article, (struct byte_span){ whole.beg, shared.beg }));
    para_add(&para, STYLE_PLAIN, is_colour ? SV("") : SV("["));
    para_add_flat(&para, STYLE_MATCH, article_sub(at->article, shared));
    para_add(&para, STYLE_PLAIN, is_colour ? SV("") : SV("]"));
    para_add_flat(&para, STYLE_QUOTE,
                  article_sub(at->article, (struct byte_span){ shared.end, whole.end }));
    out_para(&cli->out, &para, 0, 4);
}

int cmd_quotations(struct cli *cli)
{
    struct pair pair = { 0 };
    struct table table;
    struct err err = { 0 };
    size_t printed = 0;

    cli->may_page = true;
    table_init(&table, columns, ARRAY_LEN(columns));
    if (pair_open(cli, 0, 1, &pair, &err)) {
        const struct quoted_alikes *quoted = relate_quoted(pair.relate);

        for (size_t i = 0; i < quoted->count; i++) {
            if (cli->values[OPT_CUT] && quoted->items[i].is_same)
                continue;
            if (cli->format != FORMAT_PLAIN) {
                add_row(&table, &pair, &quoted->items[i]);
            } else {
                out_blank(&cli->out);
                print_side(cli, &pair, 0, &quoted->items[i]);
                print_side(cli, &pair, 1, &quoted->items[i]);
            }
            printed++;
        }
        if (cli->format != FORMAT_PLAIN)
            table_print(&table, cli->format, &cli->out);
    } else {
        (void)cli_fail(cli, &err);
    }
    table_release(&table);
    pair_release(&pair);
    return cli_status(cli, printed ? 0 : 1);
}
