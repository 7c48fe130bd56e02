// list, contested, disputed: claims that match a query.
// One kind of hit, three choices of what must hold and which columns are printed.
#include "cli/claim_text.h"

#include "base/mem.h"
#include "cli/counts.h"
#include "cli/talk.h"

static const char *const list_columns[] = { "article",       "annotator",   "id",
                                            "#start",        "#end",        "quote",
                                            "says",          "type",        "contested",
                                            "attributed_to", "disputed_by", "#open_threads" };
static const char *const contested_columns[] = {
    "article", "annotator",     "id",  "#start", "#end", "quote",
    "says",    "attributed_to", "how", "by",     "why",
};
static const char *const disputed_columns[] = {
    "article",       "annotator", "id",          "quote",      "says",
    "attributed_to", "type",      "point",       "why",        "link",
    "other_article", "other_id",  "other_quote", "other_says", "other_attributed_to",
};

static void add_place(struct table *table, const struct hit *hit)
{
    const struct layer *layer = library_layer_of(hit->layer);
    struct cp_span at = parts_extent(hit->claim->span);

    table_add(table, layer->head.article);
    table_add(table, layer->head.annotator);
    table_add(table, hit->claim->id);
    table_addf(table, "%zu", at.beg);
    table_addf(table, "%zu", at.end);
}

static void add_quote(struct table *table, const struct claim *claim)
{
    struct buf text = { 0 };

    if (claim)
        claim_quote(claim, &text);
    table_add(table, buf_sv(&text));
    buf_release(&text);
}

static void add_voices(struct table *table, const struct claim *claim)
{
    struct buf text = { 0 };

    if (claim)
        claim_voices(claim, &text);
    table_add(table, buf_sv(&text));
    buf_release(&text);
}

static void add_list_row(struct table *table, const struct library *library, const struct hit *hit)
{
    struct buf by = { 0 };

    add_place(table, hit);
    add_quote(table, hit->claim);
    table_add(table, hit->claim->says);
    table_add(table, hit->claim->type);
    table_add(table, hit->flags & CLAIM_CONTESTED ? SV("yes") : SV("no"));
    add_voices(table, hit->claim);
    claim_disputed_by(library, hit, &by);
    table_add(table, buf_sv(&by));
    table_addf(table, "%zu", claim_open_threads(library, hit));
    buf_release(&by);
}

// How a claim is contested: its own mark, a claim of the same article, claims of another.
static void add_contested_row(struct table *table, const struct library *library,
                              const struct hit *hit)
{
    const struct contested *mark = hit->claim->contested;
    struct buf how = { 0 }, by = { 0 }, why = { 0 };
    size_t count;
    const struct end *ends = derive_ends(library_derived(library, hit->layer),
                                         library_layer_of(hit->layer), hit->claim, &count);

    if (mark) {
        buf_add_cstr(&how, "mark");
        for (size_t i = 0; i < mark->by.count; i++)
            buf_addf(&by, "%s" SV_FMT, i ? "," : "", SV_ARG(mark->by.items[i]));
        buf_add(&why, mark->why);
    }
    for (size_t i = 0; i < count; i++) {
        const struct end *end = &ends[i];
        struct sv id = end->other ? end->other->id : (struct sv){ 0 };

        if (!end_disputes(library, end))
            continue;
        buf_addf(&how, "%s%s", how.len ? "," : "", end_is_across(hit, end) ? "disputed" : "within");
        buf_addf(&by, "%s" SV_FMT "#" SV_FMT, by.len ? "," : "", SV_ARG(end->other_article),
                 SV_ARG(id));
        if (end->link->why.len)
            buf_addf(&why, "%s" SV_FMT, why.len ? "; " : "", SV_ARG(end->link->why));
    }
    add_place(table, hit);
    add_quote(table, hit->claim);
    table_add(table, hit->claim->says);
    add_voices(table, hit->claim);
    table_add(table, buf_sv(&how));
    table_add(table, buf_sv(&by));
    table_add(table, buf_sv(&why));
    buf_release(&how);
    buf_release(&by);
    buf_release(&why);
}

// One row for each counterpart.
static void add_disputed_rows(struct table *table, const struct library *library,
                              const struct hit *hit)
{
    const struct layer *layer = library_layer_of(hit->layer);
    size_t count;
    const struct end *ends =
        derive_ends(library_derived(library, hit->layer), layer, hit->claim, &count);

    for (size_t i = 0; i < count; i++) {
        const struct end *end = &ends[i];
        const struct link *link = end->link;

        if (!end_disputes(library, end) || !end_is_across(hit, end))
            continue;
        table_add(table, layer->head.article);
        table_add(table, layer->head.annotator);
        table_add(table, hit->claim->id);
        add_quote(table, hit->claim);
        table_add(table, hit->claim->says);
        add_voices(table, hit->claim);
        table_add(table, link->type);
        table_add(table, link->point);
        table_add(table, link->why);
        table_add(table, link->id);
        table_add(table, end->other_article);
        table_add(table, end->other ? end->other->id : link->to ? link->to->claim : SV(""));
        add_quote(table, end->other);
        table_add(table, end->other ? end->other->says : SV(""));
        add_voices(table, end->other);
    }
}

struct question {
    unsigned flags; // enum claim_flag that a claim must have
    const char *const *columns;
    size_t column_count;
    void (*add)(struct table *table, const struct library *library, const struct hit *hit);
};

static void print_tsv(struct cli *cli, const struct library *library, const struct hits *hits,
                      const struct question *question)
{
    struct table table;

    table_init(&table, question->columns, question->column_count);
    for (size_t i = 0; i < hits->count; i++)
        question->add(&table, library, &hits->items[i]);
    table_print(&table, FORMAT_TSV, &cli->out);
    table_release(&table);
}

static void print_json(struct cli *cli, const struct library *library, const struct hits *hits)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < hits->count; i++)
        jnode_add(list, claim_node(library, &hits->items[i]));
    jnode_print(list, &cli->out.text);
    jnode_free(list);
}

static void print_plain(struct cli *cli, const struct library *library, const struct hits *hits)
{
    struct sv article = { 0 };
    struct para para = { 0 };

    for (size_t i = 0; i < hits->count; i++) {
        const struct hit *hit = &hits->items[i];
        struct sv own = library_layer_of(hit->layer)->head.article;

        out_blank(&cli->out);
        if (!sv_eq(own, article)) {
            article = own;
            para_add(&para, STYLE_HEAD, article);
            out_para(&cli->out, &para, 0, 0);
            out_blank(&cli->out);
        }
        out_claim(&cli->out, library, hit, 0);
    }
}

// false with E_USAGE where nothing can be counted by what was asked.
static bool print_counts(struct cli *cli, const struct library *library, const struct hits *hits,
                         struct err *err)
{
    struct tally tally;
    bool ok = tally_init(&tally, sv_from(counts_asked(cli)), err);

    for (size_t i = 0; ok && i < hits->count; i++)
        counts_add(&tally, library, &hits->items[i], NULL);
    if (ok) {
        tally_finish(&tally);
        counts_print(cli, &tally, "claims");
    }
    tally_release(&tally);
    return ok;
}

static void print(struct cli *cli, const struct library *library, const struct hits *hits,
                  const struct question *question)
{
    struct err err = { 0 };

    if (counts_asked(cli)) {
        if (!print_counts(cli, library, hits, &err))
            (void)cli_fail(cli, &err);
    } else if (cli->format == FORMAT_JSON) {
        print_json(cli, library, hits);
    } else if (cli->format == FORMAT_TSV) {
        print_tsv(cli, library, hits, question);
    } else {
        print_plain(cli, library, hits);
    }
}

static int answer(struct cli *cli, const struct question *question)
{
    struct library library;
    struct hits hits = { 0 };
    struct err err = { 0 };

    cli->may_page = true;
    if (!library_load_asked(cli, question->flags, 0, &library, &err))
        return cli_fail(cli, &err);
    talk_find(cli, &library, (struct sv){ 0 });
    if (library_find(cli, &library, question->flags, 0, &hits, &err))
        print(cli, &library, &hits, question);
    else
        (void)cli_fail(cli, &err);

    int status = cli_status(cli, hits.count ? 0 : 1);

    hits_release(&hits);
    library_release(&library);
    return status;
}

int cmd_list(struct cli *cli)
{
    static const struct question question = { 0, list_columns, ARRAY_LEN(list_columns),
                                              add_list_row };

    return answer(cli, &question);
}

int cmd_contested(struct cli *cli)
{
    static const struct question question = { CLAIM_CONTESTED, contested_columns,
                                              ARRAY_LEN(contested_columns), add_contested_row };

    return answer(cli, &question);
}

int cmd_disputed(struct cli *cli)
{
    static const struct question question = { CLAIM_DISPUTED, disputed_columns,
                                              ARRAY_LEN(disputed_columns), add_disputed_rows };

    return answer(cli, &question);
}
