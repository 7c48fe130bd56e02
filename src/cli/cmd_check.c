// check: everything that is wrong or incomplete, in all files, for people, hooks and CI.
// One bad file never stops the rest; nothing is written.
#include "cli/files.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "cli/library.h"
#include "cli/review.h"
#include "model/check.h"
#include "model/saved.h"
#include "store/checkout.h"
#include "store/git.h"
#include "store/names.h"
#include "store/queries_file.h"
#include "store/snapshot.h"
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
    struct team_file team;
    struct text *texts; // one for each article of the workspace, in that order
    struct id_set ids;
    struct comment_refs refs;
    struct fs_names refused;  // paths of layers that could not be read
    struct fs_names staged;   // paths, relative to the root, sorted
    struct fs_names left_out; // paths that a sparse checkout leaves out
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

static bool open_text(const struct run *run, const char *path, struct fs_text *out, struct err *err)
{
    bool is_there;

    if (!run->ws->at)
        return fs_text_open(path, out, err);
    if (!workspace_read(run->ws, path, LIMIT_TEXT_BYTES, &is_there, &out->own, err))
        return false;
    out->bytes = buf_sv(&out->own);
    return true;
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
    if (!open_text(run, buf_cstr(&path), &text->file, &err)) {
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

// Of the articles, which are sorted; NULL: there is none of this id.
static const struct text *find_text(const struct run *run, struct sv id)
{
    size_t beg = 0, end = workspace_articles(run->ws)->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;
        int diff = sv_cmp(run->texts[mid].id, id);

        if (!diff)
            return &run->texts[mid];
        if (diff < 0)
            beg = mid + 1;
        else
            end = mid;
    }
    return NULL;
}

// Is a text that is not there in git, and left out of a sparse checkout?
static bool is_text_left_out(const struct run *run, struct sv id)
{
    struct buf path = { 0 };
    bool is;

    buf_addf(&path, "corpus/" SV_FMT ".txt", SV_ARG(id));
    is = checkout_has_left_out(&run->left_out, buf_cstr(&path));
    buf_release(&path);
    return is;
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

// Is there the text that the file is about?
static void check_text_there(struct run *run, const struct layer_file *file, struct sv article)
{
    struct err_at at = { .path = layer_file_name(file) };

    if (find_text(run, article))
        return;
    if (is_text_left_out(run, article))
        findings_add(&run->findings, SEVERITY_WARNING, E_NO_ARTICLE, at,
                     "is not compared with its text: this checkout leaves 'corpus/" SV_FMT
                     ".txt' out",
                     SV_ARG(article));
    else
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

// `unread`: articles whose layer was refused, or is left out.
static void check_loaded(struct run *run, const struct layer_file *files, size_t count,
                         const struct sv *unread, size_t unread_count)
{
    const struct layer **layers = mem_new(count * sizeof(*layers));

    for (size_t i = 0; i < count; i++)
        layers[i] = &files[i].layer;

    struct derived *derived = derive_new(layers, count, &run->ws->scheme);

    for (size_t i = 0; i < count; i++) {
        const struct text *text = find_text(run, files[i].layer.head.article);
        struct check_input input = {
            .layer = layers[i],
            .path = layer_file_name(&files[i]),
            .article = text ? text->article : NULL,
            .scheme = &run->ws->scheme,
            .registry = run->registry.is_refused ? NULL : &run->registry.registry,
            .layers = layers,
            .layer_count = count,
            .derived = derived,
            .unread = unread,
            .unread_count = unread_count,
            .refs = &run->refs,
            .guideline = run->team.team.head.guideline,
            .place = place,
            .place_ctx = files[i].doc,
        };

        check_layer(&input, &run->findings);
        check_ids(run, &files[i]);
    }
    derive_free(derived);
    mem_free(layers);
}

// Articles of which this annotator's layer is left out, appended to `out`. Returns how many `out`
// has then.
static size_t add_left_out(const struct run *run, const char *annotator, struct sv *out,
                           size_t count)
{
    struct buf folder = { 0 };

    buf_addf(&folder, "annotations/%s/", annotator);
    for (size_t i = 0; i < run->left_out.count; i++) {
        struct sv path = sv_from(run->left_out.items[i]);

        if (sv_starts(path, buf_sv(&folder)) && sv_ends(path, SV(".yaml")))
            out[count++] = sv_sub(path, folder.len, path.len - (sizeof(".yaml") - 1));
    }
    buf_release(&folder);
    return count;
}

// The layers of an annotator for these articles.
//   unread  articles of other layers that there are, which links may lead to
static void check_layers(struct run *run, const char *annotator, const struct fs_names *articles,
                         const struct fs_names *others)
{
    struct layer_file *files = mem_new((articles->count + 1) * sizeof(*files));
    struct sv *unread =
        mem_new((articles->count + others->count + run->left_out.count + 1) * sizeof(*unread));
    size_t count = 0, unread_count = add_left_out(run, annotator, unread, 0);
    struct err err = { 0 };

    for (size_t i = 0; i < others->count; i++)
        unread[unread_count++] = sv_from(others->items[i]);
    for (size_t i = 0; i < articles->count; i++) {
        struct sv article = sv_from(articles->items[i]);

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
        check_text_there(run, &files[count], article);
        count++;
    }
    check_loaded(run, files, count, unread, unread_count);
    for (size_t i = 0; i < count; i++)
        layer_file_release(&files[i]);
    mem_free(unread);
    mem_free(files);
}

static void check_annotator(struct run *run, const char *annotator)
{
    struct fs_names articles = { 0 };
    struct err err = { 0 };

    if (library_articles(run->ws, annotator, &articles, &err))
        check_layers(run, annotator, &articles, &(struct fs_names){ 0 });
    else
        take(run, &err);
    fs_names_release(&articles);
}

static void check_meta_name(struct run *run, const char *path)
{
    struct sv id = sv_from(path);

    run->file_count++;
    id = sv_sub(id, sizeof("corpus/") - 1, id.len - (sizeof(".yaml") - 1));
    if (!find_text(run, id) && !is_text_left_out(run, id))
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
    struct team_file *file = &run->team;
    struct err err = { 0 };

    if (team_file_load(run->ws, file, &run->findings, &err))
        check_team(&file->team, (const char *const *)articles->items, articles->count,
                   buf_cstr(&file->file.name), place, file->file.doc, &run->findings);
    else
        take(run, &err);
    run->file_count += file->team.is_there;
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
        findings_add(&run->findings, SEVERITY_WARNING, E_DRIVER, ERR_NOWHERE, GIT_DRIVER_HINT);
}

static void check_all(struct run *run)
{
    struct fs_names annotators = { 0 };
    struct err err = { 0 };

    checkout_left_out(run->ws, &run->left_out);
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

// ---- what is staged

static bool is_staged(const struct run *run, const char *path)
{
    for (size_t i = 0; i < run->staged.count; i++)
        if (!strcmp(run->staged.items[i], path))
            return true;
    return false;
}

// The id behind a folder and before a suffix; absent when the path is no such.
static struct sv id_in(const char *path, struct sv folder, struct sv suffix)
{
    struct sv text = sv_from(path);

    if (!sv_starts(text, folder) || !sv_ends(text, suffix) || text.len <= folder.len + suffix.len)
        return (struct sv){ 0 };
    return sv_sub(text, folder.len, text.len - suffix.len);
}

static void add_id(struct fs_names *names, struct sv id)
{
    struct buf name = { 0 };

    buf_add(&name, id);
    fs_names_add(names, buf_cstr(&name));
    buf_release(&name);
}

// An annotator's staged layers, with those of the same event, which they link to; the others are
// known to be there.
static void check_staged_layers(struct run *run, const char *annotator)
{
    const struct fs_names *paths = snapshot_paths(run->ws->at);
    struct fs_names chosen = { 0 }, others = { 0 };
    struct buf folder = { 0 };

    buf_addf(&folder, "annotations/%s/", annotator);
    for (size_t i = 0; i < paths->count; i++) {
        struct sv id = id_in(paths->items[i], buf_sv(&folder), SV(".yaml"));
        bool is_near = is_staged(run, paths->items[i]);

        for (size_t k = 0; id.len && !is_near && k < run->staged.count; k++) {
            struct sv twin = id_in(run->staged.items[k], buf_sv(&folder), SV(".yaml"));

            is_near = twin.len && article_event(twin).len &&
                      sv_eq(article_event(twin), article_event(id));
        }
        if (id.len)
            add_id(is_near ? &chosen : &others, id);
    }
    check_layers(run, annotator, &chosen, &others);
    fs_names_release(&chosen);
    fs_names_release(&others);
    buf_release(&folder);
}

// Texts that are staged, and those that layers to be looked at are about.
static void check_staged_texts(struct run *run)
{
    const struct fs_names *articles = workspace_articles(run->ws);

    run->texts = mem_new((articles->count + 1) * sizeof(*run->texts));
    for (size_t i = 0; i < articles->count; i++)
        run->texts[i].id = sv_from(articles->items[i]);
    for (size_t k = 0; k < run->staged.count; k++) {
        struct sv text = id_in(run->staged.items[k], SV("corpus/"), SV(".txt"));
        struct sv meta = id_in(run->staged.items[k], SV("corpus/"), SV(".yaml"));
        struct sv layer = id_in(run->staged.items[k], SV("annotations/"), SV(".yaml"));
        struct err err = { 0 };
        struct sv annotator;

        (void)sv_split(&layer, '/', &annotator);
        for (size_t i = 0; i < articles->count; i++)
            if (!run->texts[i].article &&
                (sv_eq(run->texts[i].id, text) || sv_eq(run->texts[i].id, layer)))
                check_text(run, &run->texts[i]);
        if (meta.len) {
            struct meta_file file = { 0 };

            run->file_count++;
            if (!meta_file_load(run->ws, meta, &file, &run->findings, &err))
                take(run, &err);
            meta_file_release(&file);
        }
    }
}

static void check_all_staged(struct run *run)
{
    struct buf last = { 0 };

    check_staged_texts(run);
    check_registry_file(run);
    if (is_staged(run, "annotations/team.yaml"))
        check_team_file(run);
    if (is_staged(run, "annotations/" QUERIES_FILE))
        check_queries_file(run);
    for (size_t i = 0; i < run->staged.count; i++) { // sorted: those of one annotator in a row
        struct sv rest = id_in(run->staged.items[i], SV("annotations/"), SV(".yaml")), annotator;

        if (!rest.len || !sv_split(&rest, '/', &annotator) || !rest.len ||
            sv_eq(annotator, buf_sv(&last)))
            continue;
        buf_clear(&last);
        buf_add(&last, annotator);
        check_staged_layers(run, buf_cstr(&last));
    }
    buf_release(&last);
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
    team_file_release(&run->team);
    id_set_release(&run->ids);
    fs_names_release(&run->left_out);
    comment_refs_release(&run->refs);
    fs_names_release(&run->refused);
    fs_names_release(&run->staged);
    findings_release(&run->findings);
}

// Only what is about the files chosen; findings about no file always count.
static void choose(struct run *run, const struct choice *choice)
{
    struct findings kept = { 0 };

    for (size_t i = 0; i < run->findings.count; i++) {
        struct finding *finding = &run->findings.items[i];

        const char *path = buf_cstr(&finding->err.path);

        if (!finding->err.path.len ||
            (choice_has(choice, run->ws, path) &&
             (!run->ws->at || is_staged(run, workspace_relative(run->ws, path)))))
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

static void print_review(struct run *run, enum review review)
{
    struct buf prefix = { 0 };

    (void)git_prefix(buf_cstr(&run->ws->root), &prefix);
    review_print(review, &run->findings, buf_cstr(&prefix), run->cli->values[OPT_STRICT],
                 &run->cli->out.text);
    buf_release(&prefix);
}

static void print_findings(struct run *run, enum review review)
{
    if (review != REVIEW_NONE)
        print_review(run, review);
    else if (run->cli->format == FORMAT_PLAIN)
        print_plain(run);
    else
        print_table(run);
}

// What is wrong with scheme.yaml and with names comes out of opening: it belongs to the findings.
static bool open_files(struct run *run, struct err *err)
{
    const char *dir = run->cli->values[OPT_DIR];

    if (!run->cli->values[OPT_STAGED])
        return workspace_open(dir, run->ws, &run->findings, err);
    return workspace_open_staged(dir, run->ws, &run->findings, err) &&
           git_staged(buf_cstr(&run->ws->root), &run->staged, err);
}

int cmd_check(struct cli *cli)
{
    const char *form = cli->values[OPT_REVIEW];
    enum review review = form ? review_find(form) : REVIEW_NONE;
    struct run run = { .cli = cli, .ws = &cli->workspace };
    struct choice choice = { 0 };
    struct err err = { 0 };

    if (review == REVIEW__N)
        return cli_usage(cli, "'--review' is '%s'; it can be github or gitlab", form);
    cli->may_page = true;
    if (!open_files(&run, &err) || !choice_make(cli, &choice, &err)) {
        run_release(&run);
        return cli_fail(cli, &err);
    }
    if (run.ws->at)
        check_all_staged(&run);
    else
        check_all(&run);
    choose(&run, &choice);
    print_findings(&run, review);

    bool is_wrong = run.findings.errors || (cli->values[OPT_STRICT] && run.findings.count);

    choice_release(&choice);
    run_release(&run);
    return cli_status(cli, is_wrong ? 1 : 0);
}
