// import: what another tool wrote, as records in one's own layers.
// A file comes in whole or not at all; nothing that is there already is changed by it.
#include "cli/form_operand.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cli/intake.h"
#include "cli/intake_step.h"

static const char *const columns[] = {
    "file",  "article", "annotator", "#claims",   "#links", "#furniture", "#notes", "#comments",
    "#same", "#kept",   "#by_quote", "#doubtful", "#lost",  "#cues",      "written"
};

struct import {
    struct cli *cli;
    const struct form *form;
    struct intake_space space;
    struct intake intake;
    struct registry_file registry;
    struct table table;
    size_t left_out; // records that are in doubt, lost, or differ from what is there
};

// ---- whose records

static bool is_by(struct sv annotator, const char *by)
{
    return !by || sv_eq_cstr(annotator, by);
}

static void note_name(struct fs_names *names, struct sv name)
{
    for (size_t i = 0; i < names->count; i++)
        if (sv_eq_cstr(name, names->items[i]))
            return;
    MEM_GROW(names->items, names->count, names->cap);
    names->items[names->count++] = mem_copy(name.ptr, name.len);
}

// One layer has one annotator: what several people made comes in one by one.
static void choose(struct import *import, struct incoming *in)
{
    const char *by = import->cli->values[OPT_IMPORT_BY];
    struct fs_names names = { 0 };
    struct buf list = { 0 };

    for (size_t i = 0; i < in->count; i++) {
        if (!sv_is_absent(in->records[i].annotator))
            note_name(&names, in->records[i].annotator);
        in->records[i].is_out = !is_by(in->records[i].annotator, by);
    }
    for (size_t i = 0; i < in->head_count; i++)
        if (!is_by(in->heads[i].annotator, by))
            in->heads[i].article = (struct sv){ 0 };
    for (size_t i = 0; i < names.count; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", names.items[i]);
    if (!by && names.count > 1)
        incoming_error(in, 0, 0, E_SHAPE, "is by several people: %s; say whose with '--by NAME'",
                       buf_cstr(&list));
    else if (by && in->count && !list.len)
        incoming_error(in, 0, 0, E_SHAPE, "does not say who made it; leave '--by' out");
    buf_release(&list);
    fs_names_release(&names);
}

// ---- sources

// Entries that the registry lacks; those it has stay as they are.
static size_t take_sources(struct import *import, struct incoming *in)
{
    struct registry *registry = &import->registry.registry;
    size_t added = 0;

    for (size_t i = 0; i < in->source_count; i++) {
        const struct source *source = in->sources[i];
        const struct source *there =
            sv_is_absent(source->id) ? NULL : registry_record(registry, source->id);

        if (there && record_eq(KIND_SOURCE, there, source))
            continue;
        if (there || !source_id_is_valid(source->id)) {
            findings_add(
                &in->findings, SEVERITY_WARNING, E_SOURCE, (struct err_at){ in->path, 0, 0 },
                there ? "source '" SV_FMT "' is in the registry and differs; it stays as it is"
                      : "source '" SV_FMT "' is no name for one; left out",
                SV_ARG(source->id));
            continue;
        }
        registry_put(registry, record_copy(&registry->arena, KIND_SOURCE, source));
        intake_step_note_source(&import->intake, source->id);
        added++;
    }
    return added;
}

static bool save_sources(struct import *import, struct err *err)
{
    struct save_report report = { 0 };
    bool ok = registry_file_save(&import->registry, NULL, &report, err);

    (void)cli_report(import->cli, &report.findings);
    save_report_release(&report);
    return ok;
}

// ---- telling

static void add_rows(struct import *import)
{
    const struct intake *intake = &import->intake;
    const char *written = import->cli->values[OPT_IMPORT_DRY] ? "no" : "yes";

    for (size_t i = 0; i < intake->count; i++) {
        const struct intake_layer *layer = &intake->layers[i];
        const struct placed *placed = &layer->placed;
        const size_t counts[] = { layer->added[SECTION_CLAIMS],
                                  layer->added[SECTION_LINKS],
                                  layer->added[SECTION_FURNITURE],
                                  layer->added[SECTION_NOTES],
                                  layer->added[SECTION_COMMENTS],
                                  layer->same,
                                  layer->kept,
                                  placed->moved,
                                  placed->doubtful,
                                  placed->lost,
                                  placed->cues };

        if (!layer->is_named)
            continue;
        table_add(&import->table, sv_from(intake->in->path));
        table_add(&import->table, layer->article);
        table_add(&import->table, buf_sv(&import->cli->annotator));
        for (size_t j = 0; j < ARRAY_LEN(counts); j++)
            table_addf(&import->table, "%zu", counts[j]);
        table_add(&import->table, sv_from(written));
        import->left_out += layer->kept + placed->doubtful + placed->lost;
    }
}

static void print_plain(struct import *import)
{
    static const char *const words[][2] = {
        { "claim", "claims" },
        { "link", "links" },
        { "furniture", "furniture" },
        { "note", "notes" },
        { "comment", "comments" },
        { "there already", "there already" },
        { "kept as it was", "kept as they were" },
        { "by its quote", "by their quotes" },
        { "in doubt", "in doubt" },
        { "lost", "lost" },
        { "cue left out", "cues left out" },
    };
    const struct table *table = &import->table;

    for (size_t row = 0; row < table->count; row += ARRAY_LEN(columns)) {
        struct para para = { 0 };
        bool any = false;

        para_add(&para, STYLE_HEAD, table->cells[row + 1]);
        para_addf(&para, STYLE_LABEL, "  " SV_FMT "  ", SV_ARG(table->cells[row + 2]));
        for (size_t i = 0; i < ARRAY_LEN(words); i++) {
            struct sv count = table->cells[row + 3 + i];

            if (sv_eq(count, SV("0")))
                continue;
            para_addf(&para, STYLE_PLAIN, "%s" SV_FMT " %s", any ? ", " : "", SV_ARG(count),
                      words[i][!sv_eq(count, SV("1"))]);
            any = true;
        }
        if (!any)
            para_add(&para, STYLE_PLAIN, SV("nothing new"));
        if (import->cli->values[OPT_IMPORT_DRY])
            para_add(&para, STYLE_LABEL, SV("  (not written)"));
        out_para(&import->cli->out, &para, 0, 4);
    }
}

static void tell_left(struct import *import, struct incoming *in)
{
    struct findings findings = { 0 };

    for (size_t i = 0; i < in->left.count; i++)
        findings_add(&findings, SEVERITY_WARNING, E_NOT_HELD, (struct err_at){ .path = in->path },
                     "left out %s: %zu", buf_cstr(&in->left.items[i].what),
                     in->left.items[i].count);
    (void)cli_report(import->cli, &findings);
}

// ---- files

static bool read_file(const char *path, struct buf *out, struct err *err)
{
    return !strcmp(path, "-") ? fs_read_input(LIMIT_YAML_BYTES, out, err)
                              : fs_read(path, LIMIT_YAML_BYTES, out, err);
}

// Where the log cannot be kept nothing can be undone later, in the reader either: that is nothing
// new.
static void tell_no_undo(struct import *import, struct err *err)
{
    struct findings findings = { 0 };

    if (err->code == E_REFUSED)
        findings_take(&findings, SEVERITY_WARNING, err);
    (void)cli_report(import->cli, &findings);
    err_release(err);
}

static void write_all(struct import *import, bool has_sources)
{
    struct err err = { 0 };

    if (import->cli->values[OPT_IMPORT_DRY])
        return;
    if ((has_sources && !save_sources(import, &err)) || !intake_save(&import->intake, &err))
        (void)cli_fail(import->cli, &err);
    else if (!intake_step_write(&import->intake, &import->registry.registry, &err))
        tell_no_undo(import, &err);
}

static void import_bytes(struct import *import, const char *path, struct sv bytes)
{
    struct incoming in = { .path = path };
    size_t sources = 0;
    bool ok;

    import->form->read(&in, bytes);
    if (!in.findings.errors)
        choose(import, &in);
    ok = !in.findings.errors && intake_take(&import->intake, &in);
    if (ok) {
        sources = take_sources(import, &in);
        add_rows(import);
    }
    (void)cli_report(import->cli, &in.findings);
    tell_left(import, &in);
    if (ok)
        write_all(import, sources > 0);
    incoming_release(&in);
}

static void import_file(struct import *import, const char *path)
{
    struct buf bytes = { 0 };
    struct err err = { 0 };

    if (read_file(path, &bytes, &err))
        import_bytes(import, path, buf_sv(&bytes));
    else
        (void)cli_fail(import->cli, &err);
    buf_release(&bytes);
}

// What is wrong before any file is looked at.
static bool prepare(struct import *import, struct err *err)
{
    const char *article = import->cli->values[OPT_IMPORT_ARTICLE];
    struct findings findings = { 0 };
    struct sv id;
    bool ok = workspace_was_listed(&import->cli->workspace, err) &&
              (!article || workspace_resolve(&import->cli->workspace, article, &id, err)) &&
              registry_file_load(&import->cli->workspace, &import->registry, &findings, err);

    if (ok && !import->cli->values[OPT_IMPORT_DRY])
        fs_sweep(buf_cstr(&import->registry.path));
    findings_release(&findings); // for `check`
    return ok;
}

int cmd_import(struct cli *cli)
{
    struct import import = { .cli = cli };
    enum form_id form = cli_form(cli, false);
    size_t left_out;
    struct err err = { 0 };

    if (!form)
        return cli_status(cli, 2);
    import.form = form_get(form);
    if (!prepare(&import, &err)) {
        registry_file_release(&import.registry);
        return cli_fail(cli, &err);
    }
    intake_space_open(cli, &import.space);
    import.intake.space = &import.space;
    table_init(&import.table, columns, ARRAY_LEN(columns));
    for (size_t i = 1; i < cli->operand_count; i++)
        import_file(&import, cli->operands[i]);
    if (cli->format == FORMAT_PLAIN)
        print_plain(&import);
    else
        table_print(&import.table, cli->format, &cli->out);
    table_release(&import.table);
    registry_file_release(&import.registry);
    left_out = import.left_out + import.intake.unplaced;
    intake_release(&import.intake);
    intake_space_release(&import.space);
    return cli_status(cli, left_out ? 1 : 0);
}
