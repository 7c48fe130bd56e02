// todo: the work left in each annotator's reading of each article, and how much of the text is
// covered. Judges nothing: what is wrong enough to be refused is said by check.
#include "cli/claim_text.h"

#include "base/mem.h"
#include "cli/talk.h"
#include "model/index.h"
#include "model/worklist.h"
#include "store/checkout.h"
#include "store/old_text.h"
#include "text/glyph.h"

#define SHOWN_BYTES 300 // of uncovered text, in plain output

static const char *const columns[] = { "annotator", "article", "kind", "id",
                                       "#start",    "#end",    "what", "quote" };
static const char *const coverage_columns[] = { "annotator", "article", "#line",   "#start",
                                                "#end",      "#prose",  "#covered" };

// One reading of one article.
struct sheet {
    struct cli *cli;
    const struct library *library;
    const struct query *query; // NULL: everything
    const char *annotator;     // NULL: nobody has begun the article
    struct sv id;              // of the article
    const struct layer *layer;
    const struct derived *derived; // NULL with `annotator`
    struct fs_text text;
    struct article *article; // NULL: the text could not be read
    struct worklist todo;
    struct table *table; // TSV
    struct jnode *list;  // JSON
    size_t printed;
    struct fs_names left_out; // of a sparse checkout
    struct event *events;
    struct id_index *event_index;
};

// Articles that tell the same.
struct event {
    struct sv id;
    size_t articles;
    const struct library_annotator *begun; // the last one looked at who has a layer of one of them
};

static struct sv id_of(const struct work_item *item)
{
    return item->rec ? ((const struct record *)item->rec)->id : SV("");
}

// What the item says, and the words it is about.
static struct sv what_of(const struct work_item *item)
{
    return item->what.len ? item->what : sv_from(work_help(item->kind));
}

static struct sv text_of(const struct sheet *sheet, const struct work_item *item)
{
    if (!sheet->article || item->at.end <= item->at.beg)
        return SV("");
    return article_sub(sheet->article, article_to_bytes(sheet->article, item->at));
}

// ---- items

static void plain_item(const struct sheet *sheet, const struct work_item *item)
{
    struct sv words = text_of(sheet, item);
    struct para para = { 0 };

    para_addf(&para, STYLE_HEAD, "%-11s ", work_name(item->kind));
    if (item->rec)
        para_addf(&para, STYLE_LABEL, SV_FMT "  ", SV_ARG(id_of(item)));
    if (item->at.end > item->at.beg)
        para_addf(&para, STYLE_LABEL, "%zu-%zu  ", item->at.beg, item->at.end);
    if (item->kind != LEFT_TEXT)
        para_add(&para, STYLE_PLAIN, what_of(item));
    if (words.len) {
        bool is_cut = words.len > SHOWN_BYTES;

        para_add(&para, STYLE_QUOTE, item->kind == LEFT_TEXT ? SV("“") : SV(": “"));
        para_add_flat(&para, STYLE_QUOTE,
                      is_cut ? sv_sub(words, 0, glyph_prev(words, SHOWN_BYTES)) : words);
        para_add(&para, STYLE_QUOTE, is_cut ? SV("…”") : SV("”"));
    }
    out_para(&sheet->cli->out, &para, 2, 14);
}

static void tsv_item(const struct sheet *sheet, const struct work_item *item)
{
    struct table *table = sheet->table;

    table_add(table, sv_from(sheet->annotator));
    table_add(table, sheet->id);
    table_add(table, sv_from(work_name(item->kind)));
    table_add(table, id_of(item));
    table_addf(table, "%zu", item->at.beg);
    table_addf(table, "%zu", item->at.end);
    table_add(table, what_of(item));
    table_add(table, text_of(sheet, item));
}

static void json_item(const struct sheet *sheet, const struct work_item *item)
{
    struct jnode *map = jnode_map(), *at = jnode_list();

    jnode_set_text(map, "annotator", sv_from(sheet->annotator));
    jnode_set_text(map, "article", sheet->id);
    jnode_set_text(map, "kind", sv_from(work_name(item->kind)));
    if (item->rec)
        jnode_set_text(map, "id", id_of(item));
    jnode_add(at, jnode_count(item->at.beg));
    jnode_add(at, jnode_count(item->at.end));
    jnode_set(map, "at", at);
    jnode_set_text(map, "what", what_of(item));
    jnode_set_text(map, "quote", text_of(sheet, item));
    jnode_add(sheet->list, map);
}

// ---- coverage

static size_t percent(size_t part, size_t whole)
{
    return whole ? part * 100 / whole : 100;
}

static void plain_coverage(const struct sheet *sheet, const struct coverage *paragraph)
{
    struct para para = { 0 };

    para_addf(&para, STYLE_HEAD, "line %-4zu ", paragraph->number);
    para_addf(&para, STYLE_PLAIN, "%3zu %%", percent(paragraph->covered, paragraph->prose));
    para_addf(&para, STYLE_LABEL, "  %zu of %zu", paragraph->covered, paragraph->prose);
    out_para(&sheet->cli->out, &para, 2, 14);
}

static void tsv_coverage(const struct sheet *sheet, const struct coverage *paragraph)
{
    struct table *table = sheet->table;

    table_add(table, sv_from(sheet->annotator));
    table_add(table, sheet->id);
    table_addf(table, "%zu", paragraph->number);
    table_addf(table, "%zu", paragraph->at.beg);
    table_addf(table, "%zu", paragraph->at.end);
    table_addf(table, "%zu", paragraph->prose);
    table_addf(table, "%zu", paragraph->covered);
}

static void json_coverage(const struct sheet *sheet, const struct coverage *paragraph)
{
    struct jnode *map = jnode_map(), *at = jnode_list();

    jnode_set_text(map, "annotator", sv_from(sheet->annotator));
    jnode_set_text(map, "article", sheet->id);
    jnode_set(map, "line", jnode_count(paragraph->number));
    jnode_add(at, jnode_count(paragraph->at.beg));
    jnode_add(at, jnode_count(paragraph->at.end));
    jnode_set(map, "at", at);
    jnode_set(map, "prose", jnode_count(paragraph->prose));
    jnode_set(map, "covered", jnode_count(paragraph->covered));
    jnode_add(sheet->list, map);
}

// ---- sheets

// "haqqani-2024/kabul-blast  ana  12 left, 63 % covered"
static void plain_head(const struct sheet *sheet)
{
    const struct worklist *todo = &sheet->todo;
    struct para para = { 0 };

    out_blank(&sheet->cli->out);
    para_add(&para, STYLE_HEAD, sheet->id);
    para_addf(&para, STYLE_LABEL, "  %s  ", sheet->annotator ? sheet->annotator : "");
    para_addf(&para, todo->count ? STYLE_WARNING : STYLE_PLAIN, "%zu left", todo->count);
    if (todo->prose)
        para_addf(&para, STYLE_LABEL, ", %zu %% of the text covered",
                  percent(todo->covered, todo->prose));
    out_para(&sheet->cli->out, &para, 0, 2);
}

static void print_sheet(struct sheet *sheet)
{
    const struct worklist *todo = &sheet->todo;
    bool is_coverage = sheet->cli->values[OPT_COVERAGE];
    enum format format = sheet->cli->format;

    if (format == FORMAT_PLAIN)
        plain_head(sheet);
    for (size_t i = 0; !is_coverage && i < todo->count; i++)
        (format == FORMAT_PLAIN ? plain_item
         : format == FORMAT_TSV ? tsv_item
                                : json_item)(sheet, &todo->items[i]);
    for (size_t i = 0; is_coverage && i < todo->paragraph_count; i++)
        (format == FORMAT_PLAIN ? plain_coverage
         : format == FORMAT_TSV ? tsv_coverage
                                : json_coverage)(sheet, &todo->paragraphs[i]);
    sheet->printed += todo->count;
}

static void open_text(struct sheet *sheet)
{
    struct buf path = { 0 };
    struct err err = { 0 };

    workspace_text_path(&sheet->cli->workspace, sheet->id, &path);
    if (fs_text_open(buf_cstr(&path), &sheet->text, &err))
        sheet->article = article_new(sheet->text.bytes);
    else
        (void)cli_fail(sheet->cli, &err);
    buf_release(&path);
}

// NULL: of an article that is not in the corpus.
static struct event *event_of(const struct sheet *sheet, struct sv article)
{
    const struct event *found = id_index_find(sheet->event_index, article_event(article));

    return found ? &sheet->events[found - sheet->events] : NULL;
}

static void find_events(struct sheet *sheet)
{
    const struct fs_names *ids = workspace_articles(&sheet->cli->workspace);
    size_t count = 0;

    sheet->events = mem_new(ids->count * sizeof(*sheet->events));
    for (size_t i = 0; i < ids->count; i++) {
        struct sv id = sv_from(ids->items[i]);
        struct event *event = event_of(sheet, id);

        if (!event) {
            event = &sheet->events[count++];
            event->id = article_event(id);
            id_index_put(&sheet->event_index, event);
        }
        event->articles++;
    }
}

static bool is_wanted(const struct sheet *sheet, const struct claim *claim, const struct link *only)
{
    struct query_ctx ctx = { .derived = sheet->derived,
                             .registry = &sheet->library->registry.registry,
                             .only = only };

    return query_matches(sheet->query, &ctx, sheet->layer, claim);
}

// A link is asked about through both of its claims.
static bool is_wanted_link(const struct sheet *sheet, const struct link *link)
{
    const struct claim *claim = layer_claim(sheet->layer, link->from);
    size_t count = 0;
    const struct end *ends =
        claim ? derive_ends(sheet->derived, sheet->layer, claim, &count) : NULL;

    if (claim && is_wanted(sheet, claim, link))
        return true;
    for (size_t i = 0; i < count; i++) {
        struct sheet far = *sheet;

        far.layer = ends[i].other_layer;
        if (ends[i].link == link && ends[i].other && is_wanted(&far, ends[i].other, link))
            return true;
    }
    return false;
}

static bool is_wanted_item(const struct sheet *sheet, const struct work_item *item)
{
    if (query_is_of_layers(sheet->query))
        return true; // of all of the layer or nothing
    if (!item->rec)
        return false;
    return item->section == SECTION_CLAIMS  ? is_wanted(sheet, item->rec, NULL)
           : item->section == SECTION_LINKS ? is_wanted_link(sheet, item->rec)
                                            : false;
}

// May there be something to say of the layer? Its text is not read in if not.
static bool is_wanted_layer(const struct sheet *sheet)
{
    const struct layer *layer = sheet->layer;

    if (query_is_of_layers(sheet->query))
        return is_wanted(sheet, &(struct claim){ 0 }, NULL);
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++)
        if (is_wanted(sheet, layer->sections[SECTION_CLAIMS].items[i], NULL))
            return true;
    for (size_t i = 0; i < layer->sections[SECTION_LINKS].count; i++)
        if (is_wanted_link(sheet, layer->sections[SECTION_LINKS].items[i]))
            return true;
    return false;
}

static void narrow(struct sheet *sheet)
{
    struct worklist *todo = &sheet->todo;
    size_t kept = 0;

    for (size_t i = 0; i < todo->count; i++)
        if (is_wanted_item(sheet, &todo->items[i]))
            todo->items[kept++] = todo->items[i];
    todo->count = kept;
}

// Look through one reading and print what is found.
static void do_layer(struct sheet *sheet, const struct library_annotator *annotator,
                     const struct layer *layer)
{
    const struct library *library = sheet->library;
    const struct event *event = event_of(sheet, layer->head.article);
    struct anchors *anchors = NULL;
    struct buf old = { 0 };

    sheet->annotator = annotator ? annotator->name : NULL;
    sheet->id = layer->head.article;
    sheet->layer = layer;
    sheet->derived = annotator ? annotator->derived : NULL;
    if (sheet->query && !is_wanted_layer(sheet))
        return;
    open_text(sheet);
    if (sheet->article) {
        anchors = anchors_new(sheet->article);
        (void)old_text_use(&sheet->cli->workspace, sheet->id, layer->head.text, sheet->text.bytes,
                           "", anchors, &old);
    }
    worklist_find(&(struct worklist_input){ .layer = layer,
                                            .article = sheet->article,
                                            .anchors = anchors,
                                            .derived = sheet->derived,
                                            .scheme = library->scheme,
                                            .registry = library->registry.is_refused
                                                            ? NULL
                                                            : &library->registry.registry,
                                            .threads = &library->threads,
                                            .is_of_records = !query_is_of_layers(sheet->query),
                                            .has_other = event && event->articles > 1 },
                  &sheet->todo);
    narrow(sheet);
    if (sheet->todo.count || query_is_of_layers(sheet->query))
        print_sheet(sheet);
    worklist_release(&sheet->todo);
    anchors_free(anchors);
    buf_release(&old);
    article_free(sheet->article);
    sheet->article = NULL;
    fs_text_release(&sheet->text);
}

// An article that was not begun is all work. `annotator` NULL: by nobody.
static void do_unread(struct sheet *sheet, const struct library_annotator *annotator,
                      struct sv article)
{
    struct layer empty = { .head = { .article = article,
                                     .annotator = sv_from(annotator ? annotator->name : NULL) } };

    do_layer(sheet, annotator, &empty);
    layer_release(&empty);
}

// One annotator's readings, and the articles that lack one of an event in which there is another.
//   article  this one alone; absent: all
//   returns  whether there was any
static bool do_annotator(struct sheet *sheet, const struct library_annotator *annotator,
                         struct sv article)
{
    const struct fs_names *ids = workspace_articles(&sheet->cli->workspace);
    bool is_any = false;

    for (size_t i = 0; i < annotator->count; i++) {
        const struct layer *layer = library_layer_of(&sheet->library->layers[annotator->first + i]);
        struct event *event = event_of(sheet, layer->head.article);

        if (event)
            event->begun = annotator;
    }
    for (size_t i = 0; i < ids->count; i++) {
        struct sv id = sv_from(ids->items[i]);
        const struct layer *layer = derive_layer(annotator->derived, id);

        if (!sv_is_absent(article) && !sv_eq(id, article))
            continue;
        if (layer)
            do_layer(sheet, annotator, layer);
        else if (event_of(sheet, id)->begun == annotator &&
                 !checkout_has_left_out_layer(&sheet->left_out, sv_from(annotator->name), id))
            do_unread(sheet, annotator, id);
        else
            continue;
        is_any = true;
    }
    return is_any;
}

static size_t print(struct cli *cli, const struct library *library, const struct query *query,
                    struct sv article)
{
    bool is_coverage = cli->values[OPT_COVERAGE], is_any = false;
    struct table table;
    struct sheet sheet = { .cli = cli, .library = library, .query = query, .table = &table };

    checkout_left_out(&cli->workspace, &sheet.left_out);
    find_events(&sheet);
    if (is_coverage)
        table_init(&table, coverage_columns, ARRAY_LEN(coverage_columns));
    else
        table_init(&table, columns, ARRAY_LEN(columns));
    if (cli->format == FORMAT_JSON)
        sheet.list = jnode_list();
    for (size_t i = 0; i < library->annotator_count; i++)
        is_any |= do_annotator(&sheet, &library->annotators[i], article);
    if (!is_any && !sv_is_absent(article))
        do_unread(&sheet, NULL, article);
    if (cli->format == FORMAT_TSV)
        table_print(&table, FORMAT_TSV, &cli->out);
    if (cli->format == FORMAT_JSON)
        jnode_print(sheet.list, &cli->out.text);
    jnode_free(sheet.list);
    table_release(&table);
    fs_names_release(&sheet.left_out);
    id_index_free(sheet.event_index);
    mem_free(sheet.events);
    return sheet.printed;
}

// What is asked of claims says nothing of paragraphs.
static bool check_query(const struct cli *cli, const struct query *query, struct err *err)
{
    return !cli->values[OPT_COVERAGE] || query_is_of_layers(query) ||
           err_set(err, E_USAGE, ERR_NOWHERE,
                   "'--coverage' is of whole texts; with it '--where' can ask by 'article:', "
                   "'event:', 'by:' and 'guideline:' alone");
}

int cmd_todo(struct cli *cli)
{
    struct library library = { 0 };
    struct query *query = NULL;
    const char *where = cli->values[OPT_LEFT_WHERE];
    struct sv article = { 0 };
    struct err err = { 0 };
    int status;

    cli->may_page = true;
    if ((cli->operand_count &&
         !workspace_resolve(&cli->workspace, cli->operands[0], &article, &err)) ||
        !library_load(cli, (struct sv){ 0 }, &library, &err) ||
        (where && !library_ask(cli, &library, sv_from(where), &query, &err)) ||
        !check_query(cli, query, &err)) {
        status = cli_fail(cli, &err);
    } else {
        talk_find(cli, &library, article);
        status = cli_status(cli, print(cli, &library, query, article) ? 1 : 0);
    }
    query_free(query);
    library_release(&library);
    return status;
}
