// find: where a pattern stands in the texts, each match with the sentence around it.
// Counts nothing before a match is found: a text without one is only searched.
#include "cli/longwork.h"

#include <string.h>

#include "text/around.h"
#include "text/article.h"
#include "text/find.h"

#define AROUND_COLS   40                // shown there
#define OUT_BYTES     ((size_t)1 << 20) // collected before it is written to a file or pipe
#define STRETCH_LEAST ((size_t)64) // bytes searched between two looks at the clock and at Ctrl-C
#define STRETCH_MOST  ((size_t)4 << 20)
#define STRETCH_MS    20

static const char *const columns[] = { "article", "#start", "#end", "#line",
                                       "match",   "before", "after" };

struct search {
    struct cli *cli;
    struct finder *finder;
    struct table table;
    struct longwork work;
    struct sv *ids; // articles to search
    size_t id_count, id_done, found;
    size_t stretch; // bytes; grows while they are searched quickly
    bool is_closed; // nobody reads any more

    // The article at hand.
    struct sv id, text;
    struct article *article;
    size_t line, line_pos; // 1-based number of the line at line_pos
};

static size_t line_at(struct search *search, size_t pos)
{
    const char *at = search->text.ptr + search->line_pos, *end = search->text.ptr + pos;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        search->line++;
        at++;
    }
    search->line_pos = pos;
    return search->line;
}

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
    search->is_closed = !out_flush(out, false, &err);
    if (search->is_closed)
        err_release(&err); // said when the rest is written
    else
        buf_clear(&out->text);
}

static void print_match(struct search *search, struct byte_span match)
{
    struct around around = around_of(search->text, match, AROUND_COLS);
    struct cp_span at = article_to_cp(search->article, match);
    size_t line = line_at(search, match.beg);

    search->found++;
    if (search->cli->format == FORMAT_PLAIN) {
        print_plain(search, line, &around);
        return;
    }
    table_add(&search->table, search->id);
    table_addf(&search->table, "%zu", at.beg);
    table_addf(&search->table, "%zu", at.end);
    table_addf(&search->table, "%zu", line);
    table_add(&search->table, around.match);
    table_add(&search->table, around.before);
    table_add(&search->table, around.after);
}

// Find the next match in a stretch of the text, and choose the length of the next stretch.
static bool find_in_stretch(struct search *search, size_t *from, struct byte_span *match)
{
    int64_t start = longwork_ms(), took;
    size_t to =
        search->text.len - *from > search->stretch ? *from + search->stretch : search->text.len;
    bool is_found = finder_next_until(search->finder, search->text, *from, to, match);

    *from = is_found ? match->end : to;
    took = longwork_ms() - start;
    if (took > STRETCH_MS && search->stretch > STRETCH_LEAST)
        search->stretch /= 4;
    else if (!is_found && took < STRETCH_MS / 4 && search->stretch < STRETCH_MOST)
        search->stretch *= 2;
    return is_found;
}

static void search_text(struct search *search, const char *path)
{
    struct byte_span match;
    struct err err = { 0 };
    size_t from = 0;

    while (
        from < search->text.len && !search->is_closed &&
        longwork_step(&search->work, search->id_done, search->id_count, "searching", search->id)) {
        if (find_in_stretch(search, &from, &match)) {
            print_match(search, match);
        } else if (finder_was_limited(search->finder)) {
            longwork_end(&search->work);
            (void)err_set(&err, E_QUERY, (struct err_at){ .path = path },
                          "the pattern takes too long here, the search of '" SV_FMT
                          "' was stopped; write it so that there are fewer ways to match",
                          SV_ARG(search->id));
            (void)cli_fail(search->cli, &err);
            return;
        }
    }
}

static void search_article(struct search *search, struct sv id)
{
    struct fs_text text = { 0 };
    struct buf path = { 0 };
    struct err err = { 0 };

    workspace_text_path(&search->cli->workspace, id, &path);
    if (fs_text_open(buf_cstr(&path), &text, &err)) {
        search->id = id;
        search->text = text.bytes;
        search->article = article_new(text.bytes);
        search->line = 1;
        search->line_pos = 0;
        search_text(search, buf_cstr(&path));
        article_free(search->article);
        fs_text_release(&text);
    } else {
        longwork_end(&search->work);
        (void)cli_fail(search->cli, &err);
    }
    buf_release(&path);
}

// The articles named behind the pattern, else all.
static void choose_articles(struct search *search)
{
    struct cli *cli = search->cli;
    const struct fs_names *all = workspace_articles(&cli->workspace);
    struct err err = { 0 };

    search->ids = mem_new((all->count + cli->operand_count) * sizeof(*search->ids));
    for (size_t i = 1; i < cli->operand_count; i++) {
        if (workspace_resolve(&cli->workspace, cli->operands[i], &search->ids[search->id_count],
                              &err))
            search->id_count++;
        else
            (void)cli_fail(cli, &err);
    }
    for (size_t i = 0; i < all->count && cli->operand_count < 2; i++)
        search->ids[search->id_count++] = sv_from(all->items[i]);
}

int cmd_find(struct cli *cli)
{
    struct search search = { .cli = cli, .stretch = STRETCH_LEAST };
    struct err err = { 0 };

    cli->may_page = true;
    if (!finder_new(sv_from(cli->operands[0]), &search.finder, &err))
        return cli_fail(cli, &err);
    choose_articles(&search);
    table_init(&search.table, columns, ARRAY_LEN(columns));
    longwork_begin(&search.work);
    while (search.id_done < search.id_count && !search.work.is_stopped && !search.is_closed)
        search_article(&search, search.ids[search.id_done++]);
    longwork_end(&search.work);
    if (cli->format != FORMAT_PLAIN)
        table_print(&search.table, cli->format, &cli->out);
    table_release(&search.table);
    mem_free(search.ids);
    finder_free(search.finder);
    longwork_leave(&search.work, cli);
    if (search.work.is_stopped)
        return LONGWORK_STOPPED; // whoever started it holds the signal back
    return cli_status(cli, search.found ? 0 : 1);
}
