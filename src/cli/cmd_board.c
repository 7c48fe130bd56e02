// board: the dispute board of each annotator and event, as rows or as a matrix of topics by
// articles. Says nothing that the board (model/board.h) does not say.
#include "cli/claim_text.h"

#include "base/mem.h"
#include "model/board.h"

static const char *const columns[] = {
    "annotator",   "event",      "topic",        "weight",      "link",          "type",
    "point",       "strict",     "from",         "why",         "left_article",  "left_id",
    "left_quote",  "left_says",  "left_voices",  "left_value",  "right_article", "right_id",
    "right_quote", "right_says", "right_voices", "right_value",
};
static const char *const matrix_columns[] = { "annotator", "event",  "topic",    "article",
                                              "#claims",   "#links", "#disputes" };

// The layers of one annotator for one event, and their board.
struct sheet {
    const struct library *library;
    const char *annotator;
    struct sv event;
    const struct layer **layers;
    size_t layer_count;
    struct board board;
};

struct printer { // one for each format
    void (*row)(void *ctx, const struct sheet *sheet, const struct board_row *row);
    void (*topic)(void *ctx, const struct sheet *sheet, const struct board_topic *topic);
    void *ctx;
};

// ---- rows

// "> 300 attacks"
static void add_value(const struct value *value, struct buf *out)
{
    value_figure(value, out);
    if (value->what.len)
        buf_addf(out, " " SV_FMT, SV_ARG(value->what));
}

static void add_side(struct table *table, const struct board_side *side, const struct value *value)
{
    struct buf quote = { 0 }, voices = { 0 }, figure = { 0 };

    if (side->claim) {
        claim_quote(side->claim, &quote);
        claim_voices(side->claim, &voices);
    }
    if (value)
        add_value(value, &figure);
    table_add(table, side->article);
    table_add(table, side->claim ? side->claim->id : SV(""));
    table_add(table, buf_sv(&quote));
    table_add(table, side->claim ? side->claim->says : SV(""));
    table_add(table, buf_sv(&voices));
    table_add(table, buf_sv(&figure));
    buf_release(&quote);
    buf_release(&voices);
    buf_release(&figure);
}

static void tsv_row(void *ctx, const struct sheet *sheet, const struct board_row *row)
{
    const struct link *link = row->link;
    const struct value *left, *right;
    struct table *table = ctx;

    (void)board_values(row, &left, &right);
    table_add(table, sv_from(sheet->annotator));
    table_add(table, sheet->event);
    table_add(table, sheet->board.topics[row->topic].name);
    table_add(table, sv_from(board_weight_name(row->weight)));
    table_add(table, link ? link->id : SV(""));
    table_add(table, link ? link->type : SV(""));
    table_add(table, link ? link->point : SV(""));
    table_add(table, !link ? SV("") : link->strict ? SV("yes") : SV("no"));
    table_add(table, link ? link->from : SV(""));
    table_add(table, link ? link->why : SV(""));
    add_side(table, &row->left, left);
    add_side(table, &row->right, right);
}

static struct jnode *side_node(const struct board_side *side)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "article", side->article);
    if (side->claim)
        jnode_set(map, "claim", jnode_record(KIND_CLAIM, side->claim));
    return map;
}

static void json_row(void *ctx, const struct sheet *sheet, const struct board_row *row)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "annotator", sv_from(sheet->annotator));
    jnode_set_text(map, "event", sheet->event);
    jnode_set_text(map, "topic", sheet->board.topics[row->topic].name);
    jnode_set_text(map, "weight", sv_from(board_weight_name(row->weight)));
    if (row->link)
        jnode_set(map, "link", jnode_record(KIND_LINK, row->link));
    jnode_set(map, "left", side_node(&row->left));
    jnode_set(map, "right", side_node(&row->right));
    jnode_add(ctx, map);
}

// What joins the two: "≠ contradicts, place, strict: 5 dead against 6 dead".
static void add_relation(struct para *para, const struct sheet *sheet, const struct board_row *row)
{
    const struct link *link = row->link;
    const struct word *type =
        link ? scheme_find(sheet->library->scheme, VOCAB_LINK, link->type) : NULL;
    bool is_ordered = type && type->ordered;
    const struct value *left, *right;
    struct buf a = { 0 }, b = { 0 };

    (void)board_values(row, &left, &right);
    para_add(para, type && type->disputes ? STYLE_DISPUTED : STYLE_LABEL,
             type && type->disputes ? SV("≠ ") : SV("· "));
    if (is_ordered)
        para_add(para, STYLE_PLAIN, row->is_turned ? SV("the second ") : SV("the first "));
    para_add(para, STYLE_HEAD, link ? link->type : SV("no counterpart"));
    if (is_ordered)
        para_add(para, STYLE_PLAIN, row->is_turned ? SV(" the first") : SV(" the second"));
    if (link && link->point.len)
        para_addf(para, STYLE_PLAIN, ", " SV_FMT, SV_ARG(link->point));
    if (link && link->strict)
        para_add(para, STYLE_PLAIN, SV(", strict"));
    if (left && right) {
        add_value(left, &a);
        add_value(right, &b);
        para_addf(para, STYLE_PLAIN, ": %s against %s", buf_cstr(&a), buf_cstr(&b));
    }
    for (size_t i = 0; link && i < link->searched.count; i++)
        para_addf(para, STYLE_LABEL, "%s" SV_FMT,
                  i ? ", " : "; searched: ", SV_ARG(link->searched.items[i]));
    if (link && !sv_is_blank(link->why)) {
        para_add(para, STYLE_LABEL, SV("  because: "));
        para_add_flat(para, STYLE_PLAIN, link->why);
    }
    buf_release(&a);
    buf_release(&b);
}

static void out_side(struct cli *cli, const struct sheet *sheet, const struct board_side *side,
                     bool has_link)
{
    struct para para = { 0 };

    if (!side->article.len || (!side->claim && !has_link))
        return;
    para_add(&para, STYLE_LABEL, side->article);
    if (side->claim) {
        struct buf quote = { 0 };

        claim_quote(side->claim, &quote);
        para_addf(&para, STYLE_LABEL, " " SV_FMT, SV_ARG(side->claim->id));
        para_addf(&para, STYLE_QUOTE, "  “%s”", buf_cstr(&quote));
        buf_release(&quote);
        for (size_t i = 0; i < side->claim->attributed_to.count; i++) {
            para_add(&para, STYLE_PLAIN, i ? SV("; ") : SV(" — "));
            para_add_voice(&para, &sheet->library->registry.registry,
                           side->claim->attributed_to.items[i]);
        }
    } else {
        para_add(&para, STYLE_LABEL, SV("  nothing"));
    }
    out_para(&cli->out, &para, 4, 6);
}

static void plain_row(void *ctx, const struct sheet *sheet, const struct board_row *row)
{
    const struct board_topic *topic = &sheet->board.topics[row->topic];
    struct cli *cli = ctx;
    struct para para = { 0 };

    if (row == &sheet->board.rows[topic->first]) {
        out_blank(&cli->out);
        para_add(&para, STYLE_HEAD, topic->name.len ? topic->name : SV("(no topic)"));
        para_addf(&para, STYLE_LABEL, "  %zu row%s", topic->count, topic->count == 1 ? "" : "s");
        if (topic->disputes)
            para_addf(&para, STYLE_DISPUTED, "  %zu ≠", topic->disputes);
        out_para(&cli->out, &para, 0, 2);
    }
    add_relation(&para, sheet, row);
    out_para(&cli->out, &para, 2, 4);
    out_side(cli, sheet, &row->left, row->link);
    out_side(cli, sheet, &row->right, row->link);
}

// ---- matrix

static void tsv_topic(void *ctx, const struct sheet *sheet, const struct board_topic *topic)
{
    struct table *table = ctx;

    for (size_t i = 0; i < sheet->layer_count; i++) {
        table_add(table, sv_from(sheet->annotator));
        table_add(table, sheet->event);
        table_add(table, topic->name);
        table_add(table, sheet->layers[i]->head.article);
        table_addf(table, "%zu", topic->claims[i]);
        table_addf(table, "%zu", topic->links);
        table_addf(table, "%zu", topic->disputes);
    }
}

static void json_topic(void *ctx, const struct sheet *sheet, const struct board_topic *topic)
{
    struct jnode *map = jnode_map(), *claims = jnode_map();
    struct buf name = { 0 };

    for (size_t i = 0; i < sheet->layer_count; i++) {
        buf_clear(&name);
        buf_add(&name, sheet->layers[i]->head.article);
        jnode_set(claims, buf_cstr(&name), jnode_count(topic->claims[i]));
    }
    jnode_set_text(map, "annotator", sv_from(sheet->annotator));
    jnode_set_text(map, "event", sheet->event);
    jnode_set_text(map, "topic", topic->name);
    jnode_set(map, "claims", claims);
    jnode_set(map, "links", jnode_count(topic->links));
    jnode_set(map, "disputes", jnode_count(topic->disputes));
    jnode_add(ctx, map);
    buf_release(&name);
}

static void plain_matrix(struct cli *cli, const struct sheet *sheet)
{
    size_t count = sheet->layer_count + 3;
    const char **names = mem_new(count * sizeof(*names));
    struct table table;

    table_init(&table, names, count); // plain output has no line of names: they are a row
    table_add(&table, SV("topic"));
    for (size_t i = 0; i < sheet->layer_count; i++)
        table_add(&table, sheet->layers[i]->head.article);
    table_add(&table, SV("links"));
    table_add(&table, SV("≠"));
    for (size_t i = 0; i < sheet->board.topic_count; i++) {
        const struct board_topic *topic = &sheet->board.topics[i];

        table_add(&table, topic->name.len ? topic->name : SV("(no topic)"));
        for (size_t j = 0; j < sheet->layer_count + 2; j++) {
            size_t n = j < sheet->layer_count    ? topic->claims[j]
                       : j == sheet->layer_count ? topic->links
                                                 : topic->disputes;

            if (n)
                table_addf(&table, "%zu", n);
            else
                table_add(&table, SV("·"));
        }
    }
    table_print(&table, FORMAT_PLAIN, &cli->out);
    table_release(&table);
    mem_free(names);
}

// ---- sheets

static void plain_head(struct cli *cli, const struct sheet *sheet)
{
    struct para para = { 0 };

    out_blank(&cli->out);
    para_add(&para, STYLE_HEAD, sheet->event.len ? sheet->event : SV("articles of no event"));
    para_addf(&para, STYLE_LABEL, "  %s", sheet->annotator);
    out_para(&cli->out, &para, 0, 2);
}

static size_t print_sheet(struct cli *cli, const struct sheet *sheet, const struct printer *printer)
{
    const struct board *board = &sheet->board;
    bool is_matrix = cli->values[OPT_MATRIX];

    if (cli->format == FORMAT_PLAIN && (is_matrix ? board->topic_count : board->count))
        plain_head(cli, sheet);
    if (is_matrix && cli->format == FORMAT_PLAIN && board->topic_count)
        plain_matrix(cli, sheet);
    for (size_t i = 0; is_matrix && printer->topic && i < board->topic_count; i++)
        printer->topic(printer->ctx, sheet, &board->topics[i]);
    for (size_t i = 0; !is_matrix && i < board->count; i++)
        printer->row(printer->ctx, sheet, &board->rows[i]);
    return is_matrix ? board->topic_count : board->count;
}

static struct sv event_of(const struct library *library, size_t layer)
{
    return article_event(library_layer_of(&library->layers[layer])->head.article);
}

// The board of all layers that have the annotator and the event of layer `first`. false: an earlier
// layer has them too.
static bool sheet_make(const struct library *library, const struct query *query, size_t first,
                       struct sheet *out)
{
    const struct library_annotator *annotator =
        &library->annotators[library->layers[first].annotator];
    size_t end = annotator->first + annotator->count;

    *out = (struct sheet){ .library = library,
                           .annotator = annotator->name,
                           .event = event_of(library, first) };
    for (size_t i = annotator->first; i < first; i++)
        if (sv_eq(event_of(library, i), out->event))
            return false;
    out->layers = mem_new((end - first) * sizeof(*out->layers));
    for (size_t i = first; i < end; i++)
        if (sv_eq(event_of(library, i), out->event))
            out->layers[out->layer_count++] = library_layer_of(&library->layers[i]);
    board_make(&(struct board_input){ .layers = out->layers,
                                      .count = out->layer_count,
                                      .derived = annotator->derived,
                                      .scheme = library->scheme,
                                      .registry = &library->registry.registry,
                                      .query = query },
               BOARD_BY_TOPIC, &out->board);
    return true;
}

static size_t print_sheets(struct cli *cli, const struct library *library,
                           const struct query *query, const struct printer *printer)
{
    struct sv wanted = sv_from(cli->operand_count ? cli->operands[0] : NULL);
    size_t printed = 0;

    for (size_t i = 0; i < library->layer_count; i++) {
        struct sheet sheet;

        if (!sv_is_absent(wanted) && !library_is_event(event_of(library, i), wanted))
            continue;
        if (!sheet_make(library, query, i, &sheet))
            continue;
        printed += print_sheet(cli, &sheet, printer);
        board_release(&sheet.board);
        mem_free(sheet.layers);
    }
    return printed;
}

static size_t print(struct cli *cli, const struct library *library, const struct query *query)
{
    bool is_matrix = cli->values[OPT_MATRIX];
    struct table table;
    size_t printed;

    if (cli->format == FORMAT_PLAIN)
        return print_sheets(cli, library, query, &(struct printer){ plain_row, NULL, cli });
    if (cli->format == FORMAT_JSON) {
        struct jnode *list = jnode_list();

        printed =
            print_sheets(cli, library, query, &(struct printer){ json_row, json_topic, list });
        jnode_print(list, &cli->out.text);
        jnode_free(list);
        return printed;
    }
    if (is_matrix)
        table_init(&table, matrix_columns, ARRAY_LEN(matrix_columns));
    else
        table_init(&table, columns, ARRAY_LEN(columns));
    printed = print_sheets(cli, library, query, &(struct printer){ tsv_row, tsv_topic, &table });
    table_print(&table, FORMAT_TSV, &cli->out);
    table_release(&table);
    return printed;
}

// An event that no article of the corpus is in is a slip of the keyboard.
static bool check_event(struct cli *cli, struct err *err)
{
    const struct fs_names *articles = workspace_articles(&cli->workspace);
    struct sv wanted = sv_from(cli->operand_count ? cli->operands[0] : NULL);

    for (size_t i = 0; i < articles->count; i++)
        if (library_is_event(article_event(sv_from(articles->items[i])), wanted))
            return true;
    if (sv_is_absent(wanted))
        return true;
    return err_set(err, E_NO_ARTICLE, ERR_NOWHERE,
                   "no event '" SV_FMT "'; an event is a folder of corpus with articles in it",
                   SV_ARG(wanted));
}

int cmd_board(struct cli *cli)
{
    const char *where = cli->values[OPT_WHERE];
    struct library library = { 0 };
    struct query *query = NULL;
    struct err err = { 0 };
    int status;

    cli->may_page = true;
    if (!check_event(cli, &err) || !library_load(cli, (struct sv){ 0 }, &library, &err) ||
        (where && !library_ask(cli, &library, sv_from(where), &query, &err)))
        status = cli_fail(cli, &err);
    else
        status = cli_status(cli, print(cli, &library, query) ? 0 : 1);
    query_free(query);
    library_release(&library);
    return status;
}
