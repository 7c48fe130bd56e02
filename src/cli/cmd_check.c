// check: everything that is wrong or incomplete, in all files, for people, hooks and CI.
// One bad file never stops the rest; nothing is written.
#include "cli/files.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "cli/library.h"
#include "model/check.h"
#include "model/saved.h"
#include "store/git.h"
#include "store/names.h"
#include "store/queries_file.h"
#include "store/team_file.h"
#include "text/article.h"

static const char *const columns[] = { "severity", "code", "path", "#line", "#column", "text" };

struct text {
    struct sv id;
    struct fs_text file;
    struct article *article; // NULL: it could not be read
};

struct run {
    struct cli *cli;
    struct workspace *ws;
    struct findings findings;
    struct registry_file registry;
    struct text *texts; // one for each article of the workspace, in that order
    struct id_set ids;
    struct comment_refs refs;
    struct fs_names refused; // paths of layers that could not be read
    size_t file_count;
};

// A failed load is an error of `check`, not of the program.
static void take(struct run *run, struct err *err)
{
    findings_take(&run->findings, SEVERITY_ERROR, err);
}

static struct err_at place(void *ctx, const void *rec, const struct field *field)
{
    return doc_place(ctx, rec, field);
}

// The first byte of a text that is not UTF-8; false when there is none.
static bool find_bad_byte(struct sv text, int *line, int *col, unsigned *byte)
{
    *line = *col = 1;
    while (text.len) {
        size_t size;
        int32_t cp = utf8_decode(text, &size);

        if (cp < 0) {
            *byte = (unsigned char)text.ptr[0];
            return true;
        }
        *col = cp == '\n' ? 1 : *col + 1;
        *line += cp == '\n';
        text = sv_sub(text, size, text.len);
    }
    return false;
}

static void check_text(struct run *run, struct text *text)
{
    struct buf path = { 0 };
    struct err err = { 0 };
    struct err_at at = { 0 };
    unsigned byte;

    workspace_text_path(run->ws, text->id, &path);
    at.path = workspace_relative(run->ws, buf_cstr(&path));
    run->file_count++;
    if (!fs_text_open(buf_cstr(&path), &text->file, &err)) {
        take(run, &err);
    } else {
        text->article = article_new(text->file.bytes);
        if (find_bad_byte(text->file.bytes, &at.line, &at.col, &byte))
            findings_add(&run->findings, SEVERITY_WARNING, E_ENCODING, at,
                         "byte 0x%02X is not UTF-8; it is shown as <%02X> and counts as one "
                         "character",
                         byte, byte);
    }
    buf_release(&path);
}

static void check_texts(struct run *run)
{
    run->texts = mem_new(workspace_articles(run->ws)->count * sizeof(*run->texts));
    for (size_t i = 0; i < workspace_articles(run->ws)->count; i++) {
        struct meta_file meta = { 0 };
        struct err err = { 0 };

        run->texts[i].id = sv_from(workspace_articles(run->ws)->items[i]);
        check_text(run, &run->texts[i]);
        if (!meta_file_load(run->ws, run->texts[i].id, &meta, &run->findings, &err))
            take(run, &err);
        meta_file_release(&meta);
    }
}

static struct article *find_text(const struct run *run, struct sv id)
{
    for (size_t i = 0; i < workspace_articles(run->ws)->count; i++)
        if (sv_eq(run->texts[i].id, id))
            return run->texts[i].article;
    return NULL;
}

static bool has_article(const struct run *run, struct sv id)
{
    for (size_t i = 0; i < workspace_articles(run->ws)->count; i++)
        if (sv_eq(run->texts[i].id, id))
            return true;
    return false;
}

static void check_registry_file(struct run *run)
{
    struct err err = { 0 };

    if (!registry_file_load(run->ws, &run->registry, &run->findings, &err)) {
        take(run, &err);
        return;
    }
    run->file_count += fs_is_file(buf_cstr(&run->registry.path));
    check_registry(&run->registry.registry, &run->ws->scheme, registry_file_name(&run->registry),
                   place, run->registry.doc, &run->findings);
}

// The file must say what its path says.
static void check_head(struct run *run, const struct layer_file *file, struct sv annotator,
                       struct sv article)
{
    const struct layer_head *head = &file->layer.head;
    struct err_at at = { .path = layer_file_name(file) };

    if (!sv_eq(head->annotator, annotator))
        findings_add(&run->findings, SEVERITY_ERROR, E_SHAPE, at,
                     "'annotator' is '" SV_FMT "', but the file lies with those of '" SV_FMT "'",
                     SV_ARG(head->annotator), SV_ARG(annotator));
    if (!sv_eq(head->article, article))
        findings_add(&run->findings, SEVERITY_ERROR, E_SHAPE, at,
                     "'article' is '" SV_FMT "', but the file's place says '" SV_FMT "'",
                     SV_ARG(head->article), SV_ARG(article));
    if (!has_article(run, article))
        findings_add(&run->findings, SEVERITY_ERROR, E_NO_ARTICLE, at,
                     "there is no text 'corpus/" SV_FMT ".txt'; add it, or move the reading",
                     SV_ARG(article));
}

static void check_ids(struct run *run, const struct layer_file *file)
{
    for (int s = 0; s < SECTION__N; s++) {
        for (size_t i = 0; i < file->layer.sections[s].count; i++) {
            const struct record *rec = file->layer.sections[s].items[i];
            struct err_at at = doc_place(file->doc, rec, NULL);
            const char *first_path;
            int first_line;

            at.path = layer_file_name(file);
            if (id_set_add(&run->ids, rec->id, at.path, at.line, &first_path, &first_line))
                continue;
            if (!strcmp(first_path, at.path))
                continue; // check_layer names those
            findings_add(&run->findings, SEVERITY_ERROR, E_ID, at,
                         "id '" SV_FMT "' is used at %s:%d already; give one of them a new id",
                         SV_ARG(rec->id), first_path, first_line);
        }
    }
}

// `unread`: articles whose layer was refused.
static void check_loaded(struct run *run, const struct layer_file *files, size_t count,
                         const struct sv *unread, size_t unread_count)
{
    const struct layer **layers = mem_new(count * sizeof(*layers));

    for (size_t i = 0; i < count; i++)
        layers[i] = &files[i].layer;

    struct derived *derived = derive_new(layers, count, &run->ws->scheme);

    for (size_t i = 0; i < count; i++) {
        struct check_input input = {
            .layer = layers[i],
            .path = layer_file_name(&files[i]),
            .article = find_text(run, files[i].layer.head.article),
            .scheme = &run->ws->scheme,
            .registry = run->registry.is_refused ? NULL : &run->registry.registry,
            .layers = layers,
            .layer_count = count,
            .derived = derived,
            .unread = unread,
            .unread_count = unread_count,
            .refs = &run->refs,
            .place = place,
            .place_ctx = files[i].doc,
        };

        check_layer(&input, &run->findings);
        check_ids(run, &files[i]);
    }
    derive_free(derived);
    mem_free(layers);
}

static void check_annotator(struct run *run, const char *annotator)
{
    struct fs_names articles = { 0 };
    struct err err = { 0 };

    if (!library_articles(run->ws, annotator, &articles, &err)) {
        take(run, &err);
        return;
    }

    struct layer_file *files = mem_new(articles.count * sizeof(*files));
    struct sv *unread = mem_new(articles.count * sizeof(*unread));
    size_t count = 0, unread_count = 0;

    for (size_t i = 0; i < articles.count; i++) {
        struct sv article = sv_from(articles.items[i]);

        run->file_count++;
        if (!layer_file_load(run->ws, sv_from(annotator), article, &files[count], &run->findings,
                             &err)) {
            take(run, &err);
            fs_names_add(&run->refused, layer_file_name(&files[count]));
            layer_file_release(&files[count]);
            files[count] = (struct layer_file){ 0 };
            unread[unread_count++] = article;
            continue;
        }
        check_head(run, &files[count], sv_from(annotator), article);
        count++;
    }
    check_loaded(run, files, count, unread, unread_count);
    for (size_t i = 0; i < count; i++)
        layer_file_release(&files[i]);
    mem_free(unread);
    mem_free(files);
    fs_names_release(&articles);
}

static void check_meta_name(struct run *run, const char *path)
{
    struct sv id = sv_from(path);

    run->file_count++;
    id = sv_sub(id, sizeof("corpus/") - 1, id.len - (sizeof(".yaml") - 1));
    if (!has_article(run, id))
        findings_add(&run->findings, SEVERITY_WARNING, E_NO_ARTICLE,
                     (struct err_at){ .path = path },
                     "is about a text that is not there: 'corpus/" SV_FMT ".txt'", SV_ARG(id));
}

// Files that nothing else opens: links that lead out, metadata of a text that was renamed or never
// added.
static void check_files(struct run *run)
{
    struct yaml_files files = { 0 };
    struct err err = { 0 };

    if (!yaml_files_find(run->ws, &files, &err))
        take(run, &err);
    for (size_t i = 0; i < files.count; i++) {
        const struct yaml_file *file = &files.items[i];
        const char *path = workspace_relative(run->ws, buf_cstr(&file->path));

        run->file_count += file->shape == &doc_scheme; // read when the workspace was opened
        if (file->leads_out)
            findings_add(&run->findings, SEVERITY_ERROR, E_NAME, (struct err_at){ .path = path },
                         "is a link out of the workspace; put the file itself here");
        if (file->shape == &doc_meta)
            check_meta_name(run, path);
    }
    yaml_files_release(&files);
}

static void check_team_file(struct run *run)
{
    const struct fs_names *articles = workspace_articles(run->ws);
    struct team_file file;
    struct err err = { 0 };

    if (team_file_load(run->ws, &file, &run->findings, &err))
        check_team(&file.team, (const char *const *)articles->items, articles->count,
                   buf_cstr(&file.file.name), place, file.file.doc, &run->findings);
    else
        take(run, &err);
    run->file_count += file.team.is_there;
    team_file_release(&file);
}

static bool is_refused(void *ctx, const char *path)
{
    const struct run *run = ctx;

    for (size_t i = 0; i < run->refused.count; i++)
        if (!strcmp(run->refused.items[i], path))
            return true;
    return false;
}

static void check_queries_file(struct run *run)
{
    struct list_file file;
    struct err err = { 0 };

    if (list_file_load(run->ws, &doc_queries, QUERIES_FILE, &file, &run->findings, &err))
        check_saved(&file.records, &run->ws->scheme,
                    run->registry.is_refused ? NULL : &run->registry.registry, buf_cstr(&file.name),
                    place, file.doc, &run->findings);
    else
        take(run, &err);
    run->file_count += file.is_there;
    list_file_release(&file);
}

static void check_git(struct run *run)
{
    if (git_lacks_driver(buf_cstr(&run->ws->root)))
        findings_add(&run->findings, SEVERITY_WARNING, E_DRIVER, ERR_NOWHERE,
                     "this clone merges annotations by lines; run 'gainsay init' once to merge "
                     "them by record and field");
}

static void check_all(struct run *run)
{
    struct fs_names annotators = { 0 };
    struct err err = { 0 };

    check_texts(run);
    check_files(run);
    check_registry_file(run);
    check_team_file(run);
    check_queries_file(run);
    if (!workspace_check_names(run->ws, &run->findings, &err))
        take(run, &err);
    check_git(run);
    if (!workspace_annotators(run->ws, &annotators, &err))
        take(run, &err);
    for (size_t i = 0; i < annotators.count; i++)
        check_annotator(run, annotators.items[i]);
    comment_refs_check(&run->refs, &run->ids, is_refused, run, &run->findings);
    fs_names_release(&annotators);
    findings_sort(&run->findings);
}

static void run_release(struct run *run)
{
    for (size_t i = 0; run->texts && i < workspace_articles(run->ws)->count; i++) {
        article_free(run->texts[i].article);
        fs_text_release(&run->texts[i].file);
    }
    mem_free(run->texts);
    registry_file_release(&run->registry);
    id_set_release(&run->ids);
    comment_refs_release(&run->refs);
    fs_names_release(&run->refused);
    findings_release(&run->findings);
}

// Only what is about the files chosen; findings about no file always count.
static void choose(struct run *run, const struct choice *choice)
{
    struct findings kept = { 0 };

    for (size_t i = 0; i < run->findings.count; i++) {
        struct finding *finding = &run->findings.items[i];

        if (!finding->err.path.len || choice_has(choice, run->ws, buf_cstr(&finding->err.path)))
            findings_take(&kept, finding->severity, &finding->err);
    }
    findings_release(&run->findings);
    run->findings = kept;
}

static void print_plain(struct run *run)
{
    struct out *out = &run->cli->out;
    struct para para = { 0 };
    size_t errors = run->findings.errors, warnings = run->findings.count - errors;

    for (size_t i = 0; i < run->findings.count; i++) {
        const struct finding *finding = &run->findings.items[i];
        const struct err *err = &finding->err;
        bool is_error = finding->severity == SEVERITY_ERROR;

        if (err->path.len)
            para_add(&para, STYLE_PLAIN,
                     sv_from(workspace_relative(run->ws, buf_cstr(&err->path))));
        if (err->path.len && err->line)
            para_addf(&para, STYLE_PLAIN, ":%d", err->line);
        if (err->path.len && err->line && err->col)
            para_addf(&para, STYLE_PLAIN, ":%d", err->col);
        para_add(&para, is_error ? STYLE_ERROR : STYLE_WARNING,
                 is_error ? SV(": error: ") : SV(": warning: "));
        para_add(&para, STYLE_PLAIN, buf_sv(&err->text));
        para_addf(&para, STYLE_LABEL, " [%s]", err_name(err->code));
        out_para(out, &para, 0, 4);
    }
    para_addf(&para, STYLE_PLAIN, "%zu error%s, %zu warning%s in %zu files", errors,
              errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s", run->file_count);
    out_para(out, &para, 0, 0);
}

static void add_number(struct table *table, int number)
{
    if (number)
        table_addf(table, "%d", number);
    else
        table_add(table, SV(""));
}

static void print_table(struct run *run)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < run->findings.count; i++) {
        const struct finding *finding = &run->findings.items[i];
        const struct err *err = &finding->err;

        table_add(&table, finding->severity == SEVERITY_ERROR ? SV("error") : SV("warning"));
        table_add(&table, sv_from(err_name(err->code)));
        table_add(&table, sv_from(workspace_relative(run->ws, buf_cstr(&err->path))));
        add_number(&table, err->line);
        add_number(&table, err->col);
        table_add(&table, buf_sv(&err->text));
    }
    table_print(&table, run->cli->format, &run->cli->out);
    table_release(&table);
}

int cmd_check(struct cli *cli)
{
    struct run run = { .cli = cli, .ws = &cli->workspace };
    struct choice choice = { 0 };
    struct err err = { 0 };

    cli->may_page = true;
    // What is wrong with scheme.yaml and with names comes out of opening: it belongs to the
    // findings.
    if (!workspace_open(cli->values[OPT_DIR], &cli->workspace, &run.findings, &err) ||
        !choice_make(cli, &choice, &err)) {
        findings_release(&run.findings);
        return cli_fail(cli, &err);
    }
    check_all(&run);
    choose(&run, &choice);
    if (cli->format == FORMAT_PLAIN)
        print_plain(&run);
    else
        print_table(&run);

    int status = run.findings.errors ? 1 : 0;

    choice_release(&choice);
    run_release(&run);
    return cli_status(cli, status);
}
