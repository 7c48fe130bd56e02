// status: who reads what, how far they are, and what is finished; and marking one's own as
// finished. In a blind team nothing is counted of what whoever asks may not see.
#include "cli/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/json.h"
#include "store/checkout.h"

enum { COLUMN_ASSIGNED = 2, COLUMN_GUIDELINE = 7 };

static const char *const columns[] = {
    "annotator", "article", [COLUMN_ASSIGNED] = "assigned",  "state", "#read",
    "#claims",   "#links",  [COLUMN_GUIDELINE] = "guideline"
};

struct row {
    struct sv annotator, article;
    const struct layer *layer; // NULL: none, or not to be seen
    bool is_assigned, is_hidden;
    bool is_left_out; // the checkout has it not
};

struct status {
    struct cli *cli;
    struct library library;
    struct sv article;        // absent: all
    struct fs_names left_out; // of a sparse checkout
    struct row *rows;
    size_t count, cap;
    size_t assigned; // rows
};

// ---- rows

// `layer` NULL: none is known of yet.
static void add_row(struct status *status, struct sv annotator, struct sv article,
                    const struct layer *layer)
{
    struct library *library = &status->library;
    struct row row = { .annotator = annotator, .article = article, .layer = layer };

    if (!sv_is_absent(status->article) && !sv_eq(status->article, article))
        return;
    row.is_assigned = team_is_assigned(library_team(library), annotator, article);
    row.is_hidden = !library_shows(library, annotator, article);
    row.is_left_out = checkout_has_left_out_layer(&status->left_out, annotator, article);
    MEM_GROW(status->rows, status->count, status->cap);
    status->rows[status->count++] = row;
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int diff = sv_cmp(x->annotator, y->annotator);

    diff = diff ? diff : sv_cmp(x->article, y->article);
    return diff ? diff : !x->layer - !y->layer; // the one with a layer first
}

// Of rows about the same the first is kept.
static void drop_doubles(struct status *status)
{
    size_t kept = 0;

    for (size_t i = 0; i < status->count; i++) {
        const struct row *row = &status->rows[i], *last = kept ? &status->rows[kept - 1] : NULL;

        if (!last || !sv_eq(last->annotator, row->annotator) || !sv_eq(last->article, row->article))
            status->rows[kept++] = *row;
    }
    status->count = kept;
    for (size_t i = 0; i < kept; i++)
        status->assigned += status->rows[i].is_assigned;
}

// Every annotator by every article that they read, or are to read.
static void add_rows(struct status *status)
{
    const struct fs_names *articles = workspace_articles(&status->cli->workspace);
    const struct library *library = &status->library;
    const struct rec_list *members = &library_team(library)->members;

    for (size_t i = 0; i < library->layer_count; i++) {
        const struct layer *layer = library_layer_of(&library->layers[i]);

        add_row(status, sv_from(library->annotators[library->layers[i].annotator].name),
                layer->head.article, layer);
    }
    for (size_t m = 0; m < members->count; m++) {
        struct sv id = ((const struct member *)members->items[m])->id;

        if (status->cli->values[OPT_AS] && !sv_eq_cstr(id, status->cli->values[OPT_AS]))
            continue;
        for (size_t i = 0; i < articles->count; i++)
            if (team_is_assigned(library_team(library), id, sv_from(articles->items[i])))
                add_row(status, id, sv_from(articles->items[i]), NULL);
    }
    if (status->count)
        qsort(status->rows, status->count, sizeof(*status->rows), compare_rows);
    drop_doubles(status);
}

// ---- printing

static const char *state_of(const struct row *row)
{
    return row->is_hidden ? "hidden" : row->is_left_out ? "left out" : layer_state(row->layer);
}

static void add_count(struct table *table, const struct row *row, size_t count, const char *unit,
                      int width)
{
    if (row->is_hidden)
        table_add(table, SV(""));
    else
        table_addf(table, "%*zu%s", width, count, unit);
}

// For people a line has little room: of guidelines the reader and `check` tell them, and where
// all is assigned, or nothing, nothing is said of that.
static bool is_shown(const struct status *status, size_t column)
{
    if (status->cli->format != FORMAT_PLAIN)
        return true;
    return column == COLUMN_ASSIGNED ? status->assigned && status->assigned < status->count
                                     : column != COLUMN_GUIDELINE;
}

static void add_cells(const struct status *status, struct table *table, const struct row *row,
                      bool is_same)
{
    const struct layer *layer = row->layer;
    bool is_plain = status->cli->format == FORMAT_PLAIN;
    int width = is_plain ? 4 : 0;

    table_add(table, is_plain && is_same ? SV("") : row->annotator);
    table_add(table, row->article);
    if (is_shown(status, COLUMN_ASSIGNED))
        table_add(table, row->is_assigned ? SV("yes") : is_plain ? SV("") : SV("no"));
    table_add(table, sv_from(state_of(row)));
    add_count(table, row, layer ? layer_read_share(layer) : 0, is_plain ? " %" : "", width);
    add_count(table, row, layer ? layer->sections[SECTION_CLAIMS].count : 0, "", width);
    add_count(table, row, layer ? layer->sections[SECTION_LINKS].count : 0, "", width);
    if (is_shown(status, COLUMN_GUIDELINE))
        table_add(table, layer && !row->is_hidden ? layer->head.guideline : SV(""));
}

// Where a line has no room for a row: the annotator, below it each article with what is known of
// it.
static void print_stacked(const struct status *status)
{
    struct out *out = &status->cli->out;
    struct para para = { 0 };

    for (size_t i = 0; i < status->count; i++) {
        const struct row *row = &status->rows[i];
        const struct layer *layer = row->layer;

        if (!i || !sv_eq(row->annotator, row[-1].annotator))
            para_add(&para, STYLE_HEAD, row->annotator);
        out_para(out, &para, 0, 2);
        para_add(&para, STYLE_PLAIN, row->article);
        out_para(out, &para, 2, 4);
        para_addf(&para, STYLE_PLAIN, "%s", state_of(row));
        if (layer && !row->is_hidden)
            para_addf(&para, STYLE_PLAIN, ", %zu %% read, %zu claims, %zu links",
                      layer_read_share(layer), layer->sections[SECTION_CLAIMS].count,
                      layer->sections[SECTION_LINKS].count);
        if (is_shown(status, COLUMN_ASSIGNED) && !row->is_assigned)
            para_add(&para, STYLE_PLAIN, SV(", not assigned"));
        out_para(out, &para, 4, 4);
    }
}

static void print(const struct status *status)
{
    bool is_plain = status->cli->format == FORMAT_PLAIN;
    const char *shown[ARRAY_LEN(columns)];
    size_t count = 0;
    struct table table;

    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        if (is_shown(status, i))
            shown[count++] = columns[i];
    table_init(&table, shown, count);
    for (size_t i = 0; is_plain && status->count && i < count; i++)
        table_add(&table, sv_from(shown[i] + (shown[i][0] == '#')));
    for (size_t i = 0; i < status->count; i++)
        add_cells(status, &table, &status->rows[i],
                  i && sv_eq(status->rows[i].annotator, status->rows[i - 1].annotator));
    if (is_plain && status->cli->out.cols && table_cols(&table) > status->cli->out.cols)
        print_stacked(status);
    else
        table_print(&table, status->cli->format, &status->cli->out);
    table_release(&table);
}

// ---- finishing

// What is to be said of one's own reading.
static bool change_head(struct cli *cli, const struct team *team, struct layer_head *head,
                        struct err *err)
{
    bool is_reviewed = cli->values[OPT_REVIEWED] != NULL;

    if ((is_reviewed || cli->values[OPT_FINISH]) && !team_takes(team, buf_sv(&cli->annotator), err))
        return false;
    if (is_reviewed && !team->head.guideline.len)
        return err_set(err, E_USAGE, ERR_NOWHERE, "team.yaml names no guideline");
    if (is_reviewed || (!head->text && sv_is_absent(head->guideline)))
        head->guideline = team->head.guideline;
    if (cli->values[OPT_FINISH])
        head->state = SV(STATE_FINISHED);
    if (cli->values[OPT_REOPEN])
        head->state = (struct sv){ 0 };
    return true;
}

static bool mark(struct cli *cli, struct sv article, struct err *err)
{
    struct findings findings = { 0 };
    struct save_report report = { 0 };
    struct layer_file file = { 0 };
    struct team_file team;
    bool ok =
        team_file_load(&cli->workspace, &team, &findings, err) &&
        layer_file_load(&cli->workspace, buf_sv(&cli->annotator), article, &file, &findings, err) &&
        change_head(cli, &team.team, &file.layer.head, err) &&
        layer_file_save(&file, NULL, &report, err);

    findings_release(&findings); // for `check`; the records concerned stay in the file
    save_report_release(&report);
    layer_file_release(&file);
    team_file_release(&team);
    return ok;
}

static bool mark_asked(struct cli *cli, struct sv article, struct err *err)
{
    bool is_finished = cli->values[OPT_FINISH] != NULL, is_open = cli->values[OPT_REOPEN] != NULL;

    if (!is_finished && !is_open && !cli->values[OPT_REVIEWED])
        return true;
    if (is_finished && is_open)
        return err_set(err, E_USAGE, ERR_NOWHERE, "'--finish' and '--reopen' are opposites");
    if (sv_is_absent(article))
        return err_set(err, E_USAGE, ERR_NOWHERE, "name the article that is meant");
    return mark(cli, article, err);
}

int cmd_status(struct cli *cli)
{
    struct status status = { .cli = cli };
    struct err err = { 0 };

    cli->may_page = true;
    if ((cli->operand_count &&
         !workspace_resolve(&cli->workspace, cli->operands[0], &status.article, &err)) ||
        !mark_asked(cli, status.article, &err) ||
        !library_load(cli, status.article, &status.library, &err))
        return cli_fail(cli, &err);
    checkout_left_out(&cli->workspace, &status.left_out);
    add_rows(&status);
    print(&status);
    cli_hint_driver(cli, false);
    mem_free(status.rows);
    fs_names_release(&status.left_out);
    library_release(&status.library);
    return cli_status(cli, status.count ? 0 : 1);
}
