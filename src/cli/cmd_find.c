// find: where a pattern stands in the texts, each match with the sentence around it.
// Counts nothing before a match is found: a text without one is only searched.
#include "cli/search.h"

#include "text/around.h"

#define AROUND_COLS 40                // shown there
#define OUT_BYTES   ((size_t)1 << 20) // collected before it is written to a file or pipe

static const char *const columns[] = { "article", "#start", "#end", "#line",
                                       "match",   "before", "after" };

static void print_plain(struct search *search, size_t line, const struct around *around)
{
    struct out *out = &search->cli->out;
    struct para para = { 0 };
    struct err err = { 0 };

    para_add(&para, STYLE_HEAD, search->id);
    para_addf(&para, STYLE_LABEL, ":%zu: ", line);
    para_add(&para, STYLE_LABEL, around->is_cut_before ? SV("…") : SV(""));
    para_add_flat(&para, STYLE_PLAIN, around->before);
    para_add(&para, STYLE_PLAIN, out->is_colour ? SV("") : SV("["));
    para_add_flat(&para, STYLE_MATCH, around->match);
    para_add(&para, STYLE_PLAIN, out->is_colour ? SV("") : SV("]"));
    para_add_flat(&para, STYLE_PLAIN, around->after);
    para_add(&para, STYLE_LABEL, around->is_cut_after ? SV("…") : SV(""));
    out_para(out, &para, 0, 4);
    if (out->is_tty || out->text.len < OUT_BYTES)
        return;
    search->is_over = !out_flush(out, false, &err);
    if (search->is_over)
        err_release(&err); // said when the rest is written
    else
        buf_clear(&out->text);
}

static void print_match(struct search *search, struct byte_span match)
{
    struct around around = around_of(search->text, match, AROUND_COLS);
    struct cp_span at = article_to_cp(search->article, match);
    size_t line = search_line(search, match.beg);
    struct table *table = search->ctx;

    if (search->cli->format == FORMAT_PLAIN) {
        print_plain(search, line, &around);
        return;
    }
    table_add(table, search->id);
    table_addf(table, "%zu", at.beg);
    table_addf(table, "%zu", at.end);
    table_addf(table, "%zu", line);
    table_add(table, around.match);
    table_add(table, around.before);
    table_add(table, around.after);
}

int cmd_find(struct cli *cli)
{
    struct table table;
    struct search search = { .cli = cli, .found = print_match, .ctx = &table };
    struct err err = { 0 };

    cli->may_page = true;
    if (!search_begin(&search, &err))
        return cli_fail(cli, &err);
    table_init(&table, columns, ARRAY_LEN(columns));
    search_run(&search);
    search_end(&search);
    if (cli->format != FORMAT_PLAIN)
        table_print(&table, cli->format, &cli->out);
    table_release(&table);
    return search_leave(&search);
}
