// export: the claims that match and what belongs to them, in a form that another tool reads.
// What the form cannot hold is named on standard error; a file that is there is never replaced
// unasked.
#include "cli/form_operand.h"

#include "base/mem.h"
#include "base/visible.h"
#include "cli/library.h"
#include "exchange/formats.h"

struct text {
    struct fs_text file;
    struct meta_file meta;
    struct article *article; // NULL: there is none
    struct sv id;
};

struct export
{
    struct cli *cli;
    enum form_id form;
    struct library library;
    struct hits hits;
    struct id_index *chosen; // claims of the hits
    struct text *texts;      // of the articles of the layers
    size_t text_count;
    struct arena arena;
    struct outgoing out;
    struct leftovers fields; // what the form has no place for
    struct leftovers left;   // what does not go out for another reason
};

// ---- what goes out

static const struct text *open_text(struct export *export, struct sv id)
{
    struct findings findings = { 0 };
    struct buf path = { 0 };
    struct err err = { 0 };
    struct text *text;

    for (size_t i = 0; i < export->text_count; i++)
        if (sv_eq(export->texts[i].id, id))
            return &export->texts[i];
    text = &export->texts[export->text_count++];
    text->id = id;
    workspace_text_path(&export->cli->workspace, id, &path);
    if (fs_text_open(buf_cstr(&path), &text->file, &err))
        text->article = article_new(text->file.bytes);
    else
        (void)cli_fail(export->cli, &err);
    if (!meta_file_load(&export->cli->workspace, id, &text->meta, &findings, &err))
        (void)cli_fail(export->cli, &err);
    findings_release(&findings); // `check` has them
    buf_release(&path);
    return text;
}

// Does each part stand where its record says?
static bool stands(struct article *article, struct rec_list span)
{
    struct arena arena = { 0 };
    bool ok = article || !span.count;

    for (size_t i = 0; ok && i < span.count; i++) {
        const struct part *part = span.items[i];

        ok = part->at.end <= article_cp_len(article) && part->at.beg < part->at.end &&
             sv_eq(article_excerpt(article, article_to_bytes(article, part->at), &arena).quote,
                   part->quote);
    }
    arena_release(&arena);
    return ok;
}

static bool is_chosen(const struct export *export, struct sv id)
{
    return export->chosen && !sv_is_absent(id) && id_index_find(export->chosen, id);
}

// A query chooses claims; links between them go with them.
static bool is_wanted(const struct export *export, enum section section, const void *rec)
{
    const struct link *link = rec;

    if (section == SECTION_CLAIMS)
        return is_chosen(export, ((const struct record *)rec)->id);
    if (section != SECTION_LINKS)
        return false;
    return is_chosen(export, link->from) &&
           (!link->to || sv_is_absent(link->to->claim) || is_chosen(export, link->to->claim));
}

static void choose(struct export *export, struct outgoing_layer *to, bool is_whole)
{
    bool needs_text = form_get(export->form)->flags & FORM_TEXTS;

    for (enum section s = 0; s < SECTION__N; s++) {
        for (size_t i = 0; i < to->layer->sections[s].count; i++) {
            const void *rec = to->layer->sections[s].items[i];

            if (!is_whole && !is_wanted(export, s, rec)) {
                if (s == SECTION_LINKS && is_chosen(export, ((const struct link *)rec)->from))
                    leftovers_add(&export->left, "a link to a claim that the query leaves out");
                continue;
            }
            if (!stands(to->article, record_parts(s, rec))) {
                leftovers_add(&export->left,
                              needs_text ? "a record that does not stand in the text as it is; run "
                                           "'gainsay reanchor' first"
                                         : "the right place of a record that does not stand in the "
                                           "text as it is; run 'gainsay reanchor' first");
                if (needs_text)
                    continue;
            }
            rec_list_add(&export->arena, &to->sections[s], rec);
        }
    }
}

// Is there one reader, and no team?
static bool is_alone(const struct export *export)
{
    struct fs_names names = { 0 };
    struct err err = { 0 };
    bool is_alone = workspace_annotators(&export->cli->workspace, &names, &err) &&
                    names.count == 1 && !library_team(&export->library)->is_there;

    err_release(&err); // the layers were listed before
    fs_names_release(&names);
    return is_alone;
}

static void collect(struct export *export)
{
    const struct library *library = &export->library;
    struct outgoing_layer *layers =
        arena_new(&export->arena, (library->layer_count + 1) * sizeof(*layers));
    bool is_whole = export->cli->operand_count < 2, is_team = is_alone(export);

    for (size_t i = 0; i < export->hits.count; i++)
        id_index_put(&export->chosen, export->hits.items[i].claim);
    export->texts = mem_new((library->layer_count + 1) * sizeof(*export->texts));
    for (size_t i = 0; i < library->layer_count; i++) {
        const struct layer *layer = library_layer_of(&library->layers[i]);
        const struct text *text = open_text(export, layer->head.article);
        struct outgoing_layer *to = &layers[export->out.count];

        *to = (struct outgoing_layer){ .layer = layer,
                                       .article = text->article,
                                       .meta = &text->meta.meta,
                                       .is_whole = is_whole,
                                       .is_team = is_team ||
                                                  sv_eq(layer->head.annotator, SV("adjudicated")) };
        choose(export, to, is_whole);
        export->out.count += is_whole || to->sections[SECTION_CLAIMS].count;
    }
    export->out.layers = layers;
    export->out.registry = &library->registry.registry;
    export->out.scheme = library->scheme;
    outgoing_index(&export->out);
}

// ---- writing

static void tell_left(struct export *export)
{
    struct findings findings = { 0 };
    const char *form = form_get(export->form)->name;
    struct buf fields = { 0 };

    for (size_t i = 0; i < export->fields.count; i++)
        buf_addf(&fields, "%s%s %zu", i ? ", " : "", buf_cstr(&export->fields.items[i].what),
                 export->fields.items[i].count);
    if (fields.len)
        findings_add(&findings, SEVERITY_WARNING, E_NOT_HELD, ERR_NOWHERE,
                     "%s has no place for: %s", form, buf_cstr(&fields));
    buf_release(&fields);
    for (size_t i = 0; i < export->left.count; i++)
        findings_add(&findings, SEVERITY_WARNING, E_NOT_HELD, ERR_NOWHERE, "%s leaves out %s: %zu",
                     form, buf_cstr(&export->left.items[i].what), export->left.items[i].count);
    (void)cli_report(export->cli, &findings);
}

// A file that is there must hold the same bytes already, or be given up by --force.
static bool may_write(const char *path, struct sv bytes, bool is_forced, struct err *err)
{
    enum fs_type type = fs_look(path, err);
    bool is_same = false;

    if (type == FS_UNKNOWN)
        return false;
    if (type == FS_NONE || (type == FS_FILE && is_forced))
        return true;
    if (type != FS_FILE)
        return err_set(err, E_SYSTEM, (struct err_at){ .path = path },
                       "is no file; give another name");
    return fs_holds(path, bytes, &is_same, err) &&
           (is_same || err_set(err, E_SYSTEM, (struct err_at){ .path = path },
                               "is there already and holds something else; give another name, or "
                               "replace it with '--force'"));
}

static void file_path(const struct export *export, const struct out_file *file, bool is_dir,
                      struct buf *path)
{
    buf_clear(path);
    if (is_dir)
        fs_join(path, export->cli->values[OPT_EXPORT_OUTPUT], buf_cstr(&file->name));
    else
        buf_add_cstr(path, export->cli->values[OPT_EXPORT_OUTPUT]);
}

// All of them or, when one may not be written, none.
static bool write_files(const struct export *export, const struct out_files *files, struct err *err)
{
    bool is_dir = files->count > 1 || form_get(export->form)->flags & FORM_FILES ||
                  fs_is_dir(export->cli->values[OPT_EXPORT_OUTPUT]);
    bool is_forced = export->cli->values[OPT_EXPORT_FORCE], ok = true;
    struct buf path = { 0 };

    for (size_t i = 0; ok && i < files->count; i++) {
        file_path(export, &files->items[i], is_dir, &path);
        ok = may_write(buf_cstr(&path), buf_sv(&files->items[i].bytes), is_forced, err);
    }
    for (size_t i = 0; ok && i < files->count; i++) {
        file_path(export, &files->items[i], is_dir, &path);
        ok = fs_replace(buf_cstr(&path), buf_sv(&files->items[i].bytes), err);
    }
    buf_release(&path);
    return ok;
}

static int hand_out(struct export *export, const struct out_files *files)
{
    struct cli *cli = export->cli;
    struct err err = { 0 };

    if (cli->values[OPT_EXPORT_OUTPUT])
        return write_files(export, files, &err) ? 0 : cli_fail(cli, &err);
    if (files->count > 1)
        return cli_usage(cli, "this makes %zu files; say where to with '--output DIR'",
                         files->count);
    for (size_t i = 0; i < files->count; i++) {
        struct sv bytes = buf_sv(&files->items[i].bytes);

        if (cli->out.is_tty)
            visible_add_text(&cli->out.text, bytes);
        else
            buf_add(&cli->out.text, bytes);
    }
    return 0;
}

static int run(struct export *export)
{
    struct out_files files = { 0 };
    int status;

    collect(export);
    if (!export->out.count)
        return 1;
    formats_count_left(export->form, &export->out, &export->fields);
    form_get(export->form)->write(&export->out, &files, &export->left);
    status = files.count ? hand_out(export, &files) : 1;
    tell_left(export);
    out_files_release(&files);
    return status;
}

static void release(struct export *export)
{
    for (size_t i = 0; i < export->text_count; i++) {
        article_free(export->texts[i].article);
        fs_text_release(&export->texts[i].file);
        meta_file_release(&export->texts[i].meta);
    }
    mem_free(export->texts);
    id_index_free(export->chosen);
    outgoing_release(&export->out);
    leftovers_release(&export->fields);
    leftovers_release(&export->left);
    hits_release(&export->hits);
    library_release(&export->library);
    arena_release(&export->arena);
}

int cmd_export(struct cli *cli)
{
    struct export export = { .cli = cli };
    struct err err = { 0 };
    int status = 0;

    if (cli->format != FORMAT_PLAIN)
        return cli_usage(cli,
                         "an export has the format that is named; 'list' has '--json' and '--tsv'");
    export.form = cli_form(cli, true);
    if (!export.form)
        return cli_status(cli, 2);
    if (form_get(export.form)->flags & FORM_FILES && !cli->values[OPT_EXPORT_OUTPUT])
        return cli_usage(cli, "%s is several files; say where to with '--output DIR'",
                         form_get(export.form)->name);
    if (!library_load(cli, (struct sv){ 0 }, &export.library, &err))
        return cli_fail(cli, &err);
    if (!library_find(cli, &export.library, 0, 1, &export.hits, &err))
        (void)cli_fail(cli, &err);
    else
        status = run(&export);
    release(&export);
    return cli_status(cli, status);
}
