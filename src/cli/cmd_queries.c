// queries: those saved in the workspace, and how many claims match each.
// Changes none: annotations/queries.yaml is written by hand.
#include "cli/library.h"
#include "store/queries_file.h"

static const char *const columns[] = { "query", "#claims", "what", "asks" };

// How many claims match, as a cell; empty where it cannot be asked, which is said.
static void add_count(struct cli *cli, const struct library *library, const struct list_file *file,
                      const struct saved_query *saved, struct table *table)
{
    struct query *query = NULL;
    struct hits hits = { 0 };
    struct err err = { 0 };

    if (!query_parse(saved->query, &file->records, &query, &err)) {
        buf_release(&err.path);
        buf_addf(&err.path, "%s", buf_cstr(&file->name));
        err.line = doc_place(file->doc, saved, NULL).line;
        err.col = 0;
        (void)cli_fail(cli, &err);
        table_add(table, SV(""));
        return;
    }
    library_match(library, query, 0, &hits);
    table_addf(table, "%zu", hits.count);
    hits_release(&hits);
    query_free(query);
}

static void print(struct cli *cli, const struct library *library, const struct list_file *file)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < file->records.count; i++) {
        const struct saved_query *saved = file->records.items[i];

        table_addf(&table, "@" SV_FMT, SV_ARG(saved->id));
        add_count(cli, library, file, saved, &table);
        table_add(&table, saved->what);
        table_add(&table, saved->query);
    }
    table_print(&table, cli->format, &cli->out);
    table_release(&table);
}

int cmd_queries(struct cli *cli)
{
    struct list_file file = { 0 };
    struct library library;
    struct findings findings = { 0 };
    struct err err = { 0 };
    size_t count;

    cli->may_page = true;
    if (!list_file_load(&cli->workspace, &doc_queries, QUERIES_FILE, &file, &findings, &err) ||
        !library_load(cli, (struct sv){ 0 }, &library, &err)) {
        findings_release(&findings);
        list_file_release(&file);
        return cli_fail(cli, &err);
    }
    (void)cli_report(cli, &findings);
    count = file.records.count;
    if (count || cli->format != FORMAT_PLAIN)
        print(cli, &library, &file);
    library_release(&library);
    list_file_release(&file);
    return cli_status(cli, count ? 0 : 1);
}
