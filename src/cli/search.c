// A pattern looked for in the texts of the workspace.
// Prints nothing but progress and what is wrong.
#include "cli/search.h"

#include <string.h>

#define STRETCH_LEAST ((size_t)64) // bytes searched between two looks at the clock and at Ctrl-C
#define STRETCH_MOST  ((size_t)4 << 20)
#define STRETCH_MS    20

size_t search_line(struct search *search, size_t pos)
{
    const char *at = search->text.ptr + search->line_pos, *end = search->text.ptr + pos;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        search->line++;
        at++;
    }
    search->line_pos = pos;
    return search->line;
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
        from < search->text.len && !search->is_over &&
        longwork_step(&search->work, search->id_done, search->id_count, "searching", search->id)) {
        if (find_in_stretch(search, &from, &match)) {
            search->count++;
            search->found(search, match);
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

bool search_begin(struct search *search, struct err *err)
{
    search->stretch = STRETCH_LEAST;
    if (!finder_new(sv_from(search->cli->operands[0]), &search->finder, err))
        return false;
    choose_articles(search);
    longwork_begin(&search->work);
    return true;
}

void search_run(struct search *search)
{
    while (search->id_done < search->id_count && !search->work.is_stopped && !search->is_over)
        search_article(search, search->ids[search->id_done++]);
}

void search_end(struct search *search)
{
    longwork_end(&search->work);
    mem_free(search->ids);
    finder_free(search->finder);
}

int search_leave(struct search *search)
{
    longwork_leave(&search->work, search->cli);
    if (search->work.is_stopped)
        return LONGWORK_STOPPED; // whoever started it holds the signal back
    return cli_status(search->cli, search->count ? 0 : 1);
}
