// comments: what annotators say to each other about records, thread by thread.
// Of a layer that a team that works blind hides nothing is said.
#include "cli/talk.h"

static const char *const columns[] = { "article",   "about",   "open", "thread", "id",
                                       "annotator", "created", "kind", "text",   "quote" };

static void add_rows(struct table *table, const struct thread *thread)
{
    struct buf words = { 0 };

    thread_words(thread, &words);
    for (size_t i = 0; i < thread->count; i++) {
        const struct said *said = &thread->items[i];

        table_add(table, thread->article);
        table_addf(table, SV_FMT "/" SV_FMT, SV_ARG(thread->about.annotator),
                   SV_ARG(thread->about.id));
        table_add(table, thread->is_open ? SV("yes") : SV("no"));
        table_add(table, thread->items[0].comment->id);
        table_add(table, said->comment->id);
        table_add(table, said->layer->head.annotator);
        table_add(table, said->comment->created);
        table_add(table, said->comment->kind);
        table_add(table, said->comment->text);
        table_add(table, buf_sv(&words));
    }
    buf_release(&words);
}

static void print_plain(struct library *library, struct out *out, const struct thread *thread,
                        struct sv *article)
{
    struct para para = { 0 };
    struct buf words = { 0 };

    out_blank(out);
    if (!sv_eq(*article, thread->article)) {
        *article = thread->article;
        para_add(&para, STYLE_HEAD, thread->article);
        out_para(out, &para, 0, 0);
        out_blank(out);
    }
    thread_words(thread, &words);
    para_addf(&para, STYLE_HEAD, SV_FMT "/" SV_FMT, SV_ARG(thread->about.annotator),
              SV_ARG(thread->about.id));
    para_add(&para, thread->is_open ? STYLE_WARNING : STYLE_LABEL,
             thread->is_open ? SV("  open  ") : SV("  resolved  "));
    if (words.len) {
        para_add(&para, STYLE_QUOTE, SV("“"));
        para_add_flat(&para, STYLE_QUOTE, buf_sv(&words));
        para_add(&para, STYLE_QUOTE, SV("”"));
    } else if (!thread->rec) {
        para_add(&para, STYLE_LABEL,
                 library_shows(library, thread->about.annotator, thread->article)
                     ? SV("a record that is not there")
                     : SV("a record that is hidden"));
    }
    out_para(out, &para, 0, 4);
    out_thread(out, thread, 4);
    buf_release(&words);
}

// With --as: is the thread about a record of theirs, or did they say something in it?
static bool is_of(const struct thread *thread, const char *annotator)
{
    if (!annotator || sv_eq_cstr(thread->about.annotator, annotator))
        return true;
    for (size_t i = 0; i < thread->count; i++)
        if (sv_eq_cstr(thread->items[i].layer->head.annotator, annotator))
            return true;
    return false;
}

static size_t print(struct cli *cli, struct library *library)
{
    const struct threads *threads = &library->threads;
    struct jnode *list = cli->format == FORMAT_JSON ? jnode_list() : NULL;
    struct table table;
    struct sv article = { 0 };
    size_t count = 0;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < threads->count; i++) {
        const struct thread *thread = &threads->items[i];

        if ((cli->values[OPT_OPEN] && !thread->is_open) || !is_of(thread, cli->values[OPT_AS]))
            continue;
        count++;
        if (cli->format == FORMAT_JSON)
            jnode_add(list, thread_node(thread));
        else if (cli->format == FORMAT_TSV)
            add_rows(&table, thread);
        else
            print_plain(library, &cli->out, thread, &article);
    }
    if (cli->format == FORMAT_TSV)
        table_print(&table, FORMAT_TSV, &cli->out);
    if (cli->format == FORMAT_JSON)
        jnode_print(list, &cli->out.text);
    jnode_free(list);
    table_release(&table);
    return count;
}

int cmd_comments(struct cli *cli)
{
    struct library library;
    struct sv article = { 0 };
    struct err err = { 0 };
    size_t count;

    cli->may_page = true;
    if ((cli->operand_count &&
         !workspace_resolve(&cli->workspace, cli->operands[0], &article, &err)) ||
        !library_load_of(cli, NULL, 0, article, &library, &err))
        return cli_fail(cli, &err);
    talk_find(cli, &library, article);
    count = print(cli, &library);
    library_release(&library);
    return cli_status(cli, count ? 0 : 1);
}
