// init and add: workspaces and texts made.
// What a file says of itself goes into the metadata; what the command line says comes before it.
#include "cli/context.h"

#include <string.h>

#include "base/visible.h"
#include "cli/import.h"
#include "store/files.h"
#include "store/hook.h"
#include "text/article.h"

static const char *const columns[] = { "article", "path", "#length", "sha256" };
static const char *const left_columns[] = { "file", "why", "word", "text" };

// Bytes of a file's name before its ending, when that is one of those that texts have.
static size_t base_length(struct sv name)
{
    static const struct sv endings[] = { { ".txt", 4 },      { ".text", 5 }, { ".md", 3 },
                                         { ".markdown", 9 }, { ".html", 5 }, { ".htm", 4 },
                                         { ".xhtml", 6 } };

    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        struct sv ending = sv_sub(name, name.len - endings[i].len, name.len);
        size_t k = 0;

        while (k < ending.len && (ending.ptr[k] | 0x20) == (endings[i].ptr[k] | 0x20))
            k++;
        if (name.len > endings[i].len && k == endings[i].len)
            return name.len - endings[i].len;
    }
    return name.len;
}

// EVENT/NAME: --id, else the file's name without its ending, in small letters with hyphens for
// blanks.
static void make_id(const struct cli *cli, const char *path, struct buf *id)
{
    const char *event = cli->values[OPT_EVENT], *name = cli->values[OPT_ID];
    struct sv base = sv_from(fs_base_name(path));

    if (event)
        buf_addf(id, "%s/", event);
    if (name) {
        buf_add_cstr(id, name);
        return;
    }
    base.len = base_length(base);
    for (size_t i = 0; i < base.len; i++) {
        char c = base.ptr[i];

        buf_add_char(id, c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
}

static struct sv said(const struct cli *cli, enum option_id option, struct sv otherwise)
{
    return cli->values[option] ? sv_from(cli->values[option]) : otherwise;
}

static struct meta make_meta(const struct cli *cli, const struct meta *found)
{
    return (struct meta){
        .title = said(cli, OPT_TITLE, found->title),
        .outlet = said(cli, OPT_OUTLET, found->outlet),
        .author = said(cli, OPT_AUTHOR, found->author),
        .published = said(cli, OPT_PUBLISHED, found->published),
        .url = said(cli, OPT_URL, found->url),
        .language = said(cli, OPT_LANGUAGE, found->language),
        .licence = said(cli, OPT_LICENCE, found->licence),
    };
}

// Read a file and say on standard error what was done to it.
static bool read_file(struct cli *cli, const char *path, struct import *import, struct err *err)
{
    struct findings findings = { 0 };
    bool ok = import_read(cli, path, import, &findings, err);

    (void)cli_report(cli, &findings);
    return ok;
}

static bool add_file(struct cli *cli, const char *path, struct table *table, struct err *err)
{
    struct buf id = { 0 }, stored = { 0 };
    struct import import;
    bool ok = read_file(cli, path, &import, err);
    struct meta meta = make_meta(cli, &import.metadata.meta);

    make_id(cli, path, &id);
    ok = ok && corpus_add(&cli->workspace, buf_sv(&id), buf_sv(&import.text), &meta, err);
    if (!ok)
        goto out;

    struct article *article = article_new(buf_sv(&import.text));
    char sha256[65];

    article_sha256(buf_sv(&import.text), sha256);
    workspace_text_path(&cli->workspace, buf_sv(&id), &stored);
    table_add(table, buf_sv(&id));
    table_add(table, sv_from(workspace_relative(&cli->workspace, buf_cstr(&stored))));
    table_addf(table, "%zu", article_cp_len(article));
    table_add(table, sv_from(sha256));
    article_free(article);
out:
    import_release(&import);
    buf_release(&id);
    buf_release(&stored);
    return ok;
}

static void print_added(struct cli *cli, const struct table *table)
{
    if (cli->format != FORMAT_PLAIN) {
        table_print(table, cli->format, &cli->out);
        return;
    }
    for (size_t i = 0; i < table->count; i += ARRAY_LEN(columns)) {
        struct para para = { 0 };

        para_add(&para, STYLE_HEAD, table->cells[i]);
        para_addf(&para, STYLE_PLAIN, " added as " SV_FMT ", " SV_FMT " characters",
                  SV_ARG(table->cells[i + 1]), SV_ARG(table->cells[i + 2]));
        out_para(&cli->out, &para, 0, 4);
    }
}

static int print_texts(struct cli *cli)
{
    struct err err = { 0 };

    for (size_t i = 0; i < cli->operand_count; i++) {
        struct import import;

        if (!read_file(cli, cli->operands[i], &import, &err))
            (void)cli_fail(cli, &err);
        else if (cli->out.is_tty)
            visible_add_text(&cli->out.text, buf_sv(&import.text));
        else
            buf_add(&cli->out.text, buf_sv(&import.text)); // the very bytes that would be stored
        import_release(&import);
    }
    return cli_status(cli, 0);
}

static void list_left_out(const char *path, const struct import *import, struct table *table)
{
    for (size_t i = 0; i < import->prose.count; i++) {
        const struct prose_piece *piece = &import->prose.items[i];

        if (!piece->why)
            continue;
        table_add(table, sv_from(path));
        table_add(table, sv_from(piece->why));
        table_add(table, piece->because);
        table_add(table, piece->text);
    }
}

static void print_left_out(struct cli *cli, const struct table *table)
{
    if (cli->format != FORMAT_PLAIN) {
        table_print(table, cli->format, &cli->out);
        return;
    }
    for (size_t i = 0; i < table->count; i += ARRAY_LEN(left_columns)) {
        struct para para = { 0 };

        para_add(&para, STYLE_LABEL, table->cells[i + 1]);
        if (table->cells[i + 2].len)
            para_addf(&para, STYLE_LABEL, " '" SV_FMT "'", SV_ARG(table->cells[i + 2]));
        para_add(&para, STYLE_PLAIN, SV(": "));
        para_add_flat(&para, STYLE_QUOTE, table->cells[i + 3]);
        out_para(&cli->out, &para, 0, 4);
    }
}

// What of pages is no part of their text.
static int print_furniture(struct cli *cli)
{
    struct table table;
    struct err err = { 0 };

    table_init(&table, left_columns, ARRAY_LEN(left_columns));
    for (size_t i = 0; i < cli->operand_count; i++) {
        struct import import;

        if (read_file(cli, cli->operands[i], &import, &err))
            list_left_out(cli->operands[i], &import, &table);
        else
            (void)cli_fail(cli, &err);
        import_release(&import);
    }
    print_left_out(cli, &table);
    table_release(&table);
    cli->may_page = true;
    return cli_status(cli, 0);
}

static int add_files(struct cli *cli)
{
    struct findings findings = { 0 };
    struct table table;
    struct buf id = { 0 };
    struct err err = { 0 };

    if (!workspace_open(cli->values[OPT_DIR], &cli->workspace, &findings, &err)) {
        findings_release(&findings);
        return cli_fail(cli, &err);
    }
    (void)cli_report(cli, &findings);
    make_id(cli, cli->operands[0], &id);
    corpus_sweep(&cli->workspace, buf_sv(&id)); // all go into one folder
    buf_release(&id);
    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < cli->operand_count; i++)
        if (!add_file(cli, cli->operands[i], &table, &err))
            (void)cli_fail(cli, &err);
    print_added(cli, &table);
    table_release(&table);
    return cli_status(cli, 0);
}

int cmd_add(struct cli *cli)
{
    static const int single[] = { OPT_ID,        OPT_TITLE, OPT_OUTLET,   OPT_AUTHOR,
                                  OPT_PUBLISHED, OPT_URL,   OPT_LANGUAGE, OPT_LICENCE };

    for (size_t i = 0; i < ARRAY_LEN(single); i++)
        if (cli->values[single[i]] && cli->operand_count > 1)
            return cli_usage(cli, "with several files, what belongs to one of them cannot be said");
    for (size_t i = 0; i < cli->operand_count; i++)
        if (!strcmp(cli->operands[i], "-") && !cli->values[OPT_ID] && !cli->values[OPT_PRINT] &&
            !cli->values[OPT_KEEP])
            return cli_usage(cli, "a text from standard input wants '--id'");
    if (cli->values[OPT_KEEP])
        return print_furniture(cli);
    return cli->values[OPT_PRINT] ? print_texts(cli) : add_files(cli);
}

static void print_report(struct cli *cli, struct sv report)
{
    static const char *const report_columns[] = { "done" };
    struct sv line;
    struct table table;

    table_init(&table, report_columns, ARRAY_LEN(report_columns));
    while (sv_split(&report, '\n', &line))
        if (line.len)
            table_add(&table, line);
    table_print(&table, cli->format, &cli->out);
    table_release(&table);
}

int cmd_init(struct cli *cli)
{
    const char *dir = cli->operand_count ? cli->operands[0] : cli->values[OPT_DIR];
    struct buf report = { 0 }, root = { 0 };
    struct err err = { 0 };
    bool ok = workspace_init(dir ? dir : ".", &report, &err);

    if (ok && cli->values[OPT_HOOK])
        ok = fs_real(dir ? dir : ".", &root, &err) && hook_install(buf_cstr(&root), &report, &err);
    print_report(cli, buf_sv(&report));
    buf_release(&root);
    buf_release(&report);
    return ok ? cli_status(cli, 0) : cli_fail(cli, &err);
}
