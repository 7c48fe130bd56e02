// init and add: workspaces and texts made.
// A text goes in as it is but for its line ends and a byte order mark; what cannot be read right is
// refused.
#include "cli/context.h"

#include <string.h>

#include "base/limits.h"
#include "base/visible.h"
#include "store/files.h"
#include "text/article.h"

#define BOM       "\xef\xbb\xbf"
#define HTML_LOOK 1024 // bytes in which a page of HTML gives itself away

static const char *const columns[] = { "article", "path", "#length", "sha256" };

static bool has_ci(struct sv text, const char *lower)
{
    size_t len = strlen(lower);

    for (size_t i = 0; i + len <= text.len; i++) {
        size_t j = 0;

        while (j < len && (text.ptr[i + j] | (lower[j] >= 'a' ? 0x20 : 0)) == lower[j])
            j++;
        if (j == len)
            return true;
    }
    return false;
}

// What the bytes are when they are no plain UTF-8 text.
static bool refuse_kind(struct sv bytes, const char *path, struct err *err)
{
    struct err_at at = { .path = path };
    struct sv head = sv_sub(bytes, 0, HTML_LOOK);

    if (sv_starts(bytes, SV("\xff\xfe")) || sv_starts(bytes, SV("\xfe\xff")))
        return err_set(err, E_ENCODING, at,
                       "is UTF-16; make it UTF-8 first: iconv -f UTF-16 -t UTF-8 FILE");
    if (has_ci(head, "<!doctype html") || has_ci(head, "<html"))
        return err_set(err, E_SHAPE, at, "is HTML; save the page as plain text and add that");
    if (sv_is_blank(bytes))
        return err_set(err, E_SHAPE, at, "holds no text");
    return true;
}

static bool refuse_byte(struct sv rest, const char *path, int line, int col, struct err *err)
{
    unsigned byte = (unsigned char)rest.ptr[0];
    struct err_at at = { path, line, col };

    if (!byte)
        return err_set(err, E_ENCODING, at, "is a NUL byte; this is no text");
    return err_set(err, E_ENCODING, at,
                   "byte 0x%02X is not UTF-8; convert the file first, "
                   "from Windows or Latin-1 by: iconv -f WINDOWS-1252 -t UTF-8 FILE",
                   byte);
}

// The text as it will be stored: LF line ends, no byte order mark, valid UTF-8.
static bool clean(struct sv bytes, const char *path, struct buf *out, struct err *err)
{
    int line = 1, col = 1;

    if (!refuse_kind(bytes, path, err))
        return false;
    if (sv_starts(bytes, SV(BOM)))
        bytes = sv_sub(bytes, sizeof(BOM) - 1, bytes.len);
    while (bytes.len) {
        size_t size;
        int32_t cp = utf8_decode(bytes, &size);

        if (cp <= 0)
            return refuse_byte(bytes, path, line, col, err);
        col = cp == '\n' ? 1 : col + 1;
        line += cp == '\n';
        if (cp == '\r' && (bytes.len == 1 || bytes.ptr[1] != '\n'))
            buf_add_char(out, '\n'); // an old Macintosh line end
        else if (cp != '\r')
            buf_add(out, sv_sub(bytes, 0, size));
        bytes = sv_sub(bytes, size, bytes.len);
    }
    return true;
}

static bool read_text(const char *path, struct buf *out, struct err *err)
{
    struct buf bytes = { 0 };
    bool ok = !strcmp(path, "-") ? fs_read_input(LIMIT_TEXT_BYTES, &bytes, err)
                                 : fs_read(path, LIMIT_TEXT_BYTES, &bytes, err);

    ok = ok && clean(buf_sv(&bytes), path, out, err);
    buf_release(&bytes);
    return ok;
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
    if (sv_ends(base, SV(".txt")) || sv_ends(base, SV(".TXT")))
        base.len -= 4;
    for (size_t i = 0; i < base.len; i++) {
        char c = base.ptr[i];

        buf_add_char(id, c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
}

static struct meta make_meta(const struct cli *cli)
{
    return (struct meta){
        .title = sv_from(cli->values[OPT_TITLE]),
        .outlet = sv_from(cli->values[OPT_OUTLET]),
        .author = sv_from(cli->values[OPT_AUTHOR]),
        .published = sv_from(cli->values[OPT_PUBLISHED]),
        .url = sv_from(cli->values[OPT_URL]),
        .language = sv_from(cli->values[OPT_LANGUAGE]),
        .licence = sv_from(cli->values[OPT_LICENCE]),
    };
}

static bool add_file(struct cli *cli, const char *path, struct table *table, struct err *err)
{
    struct buf text = { 0 }, id = { 0 }, stored = { 0 };
    struct meta meta = make_meta(cli);
    bool ok = false;

    make_id(cli, path, &id);
    if (!read_text(path, &text, err) ||
        !corpus_add(&cli->workspace, buf_sv(&id), buf_sv(&text), &meta, err))
        goto out;

    struct article *article = article_new(buf_sv(&text));
    char sha256[65];

    article_sha256(buf_sv(&text), sha256);
    workspace_text_path(&cli->workspace, buf_sv(&id), &stored);
    table_add(table, buf_sv(&id));
    table_add(table, sv_from(workspace_relative(&cli->workspace, buf_cstr(&stored))));
    table_addf(table, "%zu", article_cp_len(article));
    table_add(table, sv_from(sha256));
    article_free(article);
    ok = true;
out:
    buf_release(&text);
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
        struct buf text = { 0 };

        if (!read_text(cli->operands[i], &text, &err))
            (void)cli_fail(cli, &err);
        else if (cli->out.is_tty)
            visible_add_text(&cli->out.text, buf_sv(&text));
        else
            buf_add(&cli->out.text, buf_sv(&text)); // the very bytes that would be stored
        buf_release(&text);
    }
    return cli_status(cli, 0);
}

static int add_files(struct cli *cli)
{
    struct findings findings = { 0 };
    struct table table;
    struct err err = { 0 };

    if (!workspace_open(cli->values[OPT_DIR], &cli->workspace, &findings, &err)) {
        findings_release(&findings);
        return cli_fail(cli, &err);
    }
    (void)cli_report(cli, &findings);
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
        if (!strcmp(cli->operands[i], "-") && !cli->values[OPT_ID] && !cli->values[OPT_PRINT])
            return cli_usage(cli, "a text from standard input wants '--id'");
    return cli->values[OPT_PRINT] ? print_texts(cli) : add_files(cli);
}

int cmd_init(struct cli *cli)
{
    const char *dir = cli->operand_count ? cli->operands[0] : cli->values[OPT_DIR];
    struct buf report = { 0 };
    struct err err = { 0 };

    if (!workspace_init(dir ? dir : ".", &report, &err)) {
        buf_release(&report);
        return cli_fail(cli, &err);
    }

    static const char *const report_columns[] = { "done" };
    struct sv rest = buf_sv(&report), line;
    struct table table;

    table_init(&table, report_columns, ARRAY_LEN(report_columns));
    while (sv_split(&rest, '\n', &line))
        if (line.len)
            table_add(&table, line);
    table_print(&table, cli->format, &cli->out);
    table_release(&table);
    buf_release(&report);
    return cli_status(cli, 0);
}
