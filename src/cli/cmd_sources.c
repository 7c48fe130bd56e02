// sources: who speaks in the claims that match, and what each says.
// A voice inside another counts for its own source too.
#include "cli/claim_text.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/counts.h"
#include "cli/source_matrix.h"
#include "cli/source_names.h"

static const char *const columns[] = { "source",  "name",      "kind",  "act",
                                       "article", "annotator", "claim", "via",
                                       "quoting", "unsure",    "quote", "says" };

struct saying {
    struct sv source; // its id in the registry where it has one
    const struct hit *hit;
    const struct voice *voice;
    const struct voice *root; // the outermost voice; `voice` itself unless nested
    size_t order;             // of finding, so that sorting keeps it
};

struct sayings {
    struct saying *items;
    size_t count, cap;
};

static void collect(const struct registry *registry, const struct hits *hits, struct sayings *out)
{
    for (size_t i = 0; i < hits->count; i++) {
        const struct rec_list *voices = &hits->items[i].claim->attributed_to;

        for (size_t j = 0; j < voices->count; j++) {
            const struct voice *root = voices->items[j];

            for (const struct voice *v = root; v; v = v->citing) {
                const struct source *source = registry_find(registry, v->source);

                if (sv_is_blank(v->source))
                    continue;
                MEM_GROW(out->items, out->count, out->cap);
                out->items[out->count] = (struct saying){
                    source ? source->id : v->source, &hits->items[i], v, root, out->count,
                };
                out->count++;
            }
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct saying *x = a, *y = b;
    int diff = sv_cmp(x->source, y->source);

    return diff ? diff : (x->order > y->order) - (x->order < y->order);
}

// Sources that the saying came through, outermost first: "un>afp".
static void add_via(const struct saying *saying, struct buf *out)
{
    for (const struct voice *v = saying->root; v && v != saying->voice; v = v->citing)
        buf_addf(out, "%s" SV_FMT, v == saying->root ? "" : ">", SV_ARG(v->source));
}

// The same for people, by their names: "United Nations › AFP".
static void para_add_via(struct para *para, const struct registry *registry,
                         const struct saying *saying)
{
    if (saying->voice == saying->root)
        return;
    para_add(para, STYLE_LABEL, SV(" via "));
    for (const struct voice *v = saying->root; v != saying->voice; v = v->citing) {
        if (v != saying->root)
            para_add(para, STYLE_LABEL, SV(" › "));
        para_add(para, STYLE_SOURCE,
                 v->source.len ? registry_name(registry, v->source) : SV("somebody"));
    }
}

static void print_tsv(struct cli *cli, const struct registry *registry,
                      const struct sayings *sayings)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < sayings->count; i++) {
        const struct saying *saying = &sayings->items[i];
        const struct source *source = registry_find(registry, saying->source);
        const struct layer *layer = library_layer_of(saying->hit->layer);
        struct buf via = { 0 }, quote = { 0 };

        add_via(saying, &via);
        claim_quote(saying->hit->claim, &quote);
        table_add(&table, saying->source);
        table_add(&table, source ? source->name : SV(""));
        table_add(&table, source ? source->kind : SV(""));
        table_add(&table, saying->voice->act);
        table_add(&table, layer->head.article);
        table_add(&table, layer->head.annotator);
        table_add(&table, saying->hit->claim->id);
        table_add(&table, buf_sv(&via));
        table_add(&table, saying->voice->quoting);
        table_add(&table, saying->voice->unsure ? SV("yes") : SV("no"));
        table_add(&table, buf_sv(&quote));
        table_add(&table, saying->hit->claim->says);
        buf_release(&via);
        buf_release(&quote);
    }
    table_print(&table, FORMAT_TSV, &cli->out);
    table_release(&table);
}

static struct jnode *saying_node(const struct saying *saying)
{
    const struct layer *layer = library_layer_of(saying->hit->layer);
    struct jnode *map = jnode_map();
    struct buf via = { 0 }, quote = { 0 };

    add_via(saying, &via);
    claim_quote(saying->hit->claim, &quote);
    jnode_set_text(map, "article", layer->head.article);
    jnode_set_text(map, "annotator", layer->head.annotator);
    jnode_set_text(map, "claim", saying->hit->claim->id);
    jnode_set_text(map, "act", saying->voice->act);
    if (via.len)
        jnode_set_text(map, "via", buf_sv(&via));
    jnode_set_text(map, "quoting", saying->voice->quoting);
    jnode_set_text(map, "certainty", saying->voice->certainty);
    if (saying->voice->unsure)
        jnode_set(map, "unsure", jnode_bool(true));
    jnode_set(map, "quote", jnode_text(buf_sv(&quote)));
    jnode_set_text(map, "says", saying->hit->claim->says);
    buf_release(&via);
    buf_release(&quote);
    return map;
}

static void print_json(struct cli *cli, const struct registry *registry,
                       const struct sayings *sayings)
{
    struct jnode *list = jnode_list(), *says = NULL;

    for (size_t i = 0; i < sayings->count; i++) {
        const struct saying *saying = &sayings->items[i];

        if (!i || !sv_eq(saying->source, sayings->items[i - 1].source)) {
            const struct source *source = registry_find(registry, saying->source);
            struct jnode *map = jnode_map();

            says = jnode_list();
            if (source)
                jnode_add_fields(map, KIND_SOURCE, source);
            else
                jnode_set_text(map, "id", saying->source);
            jnode_set(map, "voices", says);
            jnode_add(list, map);
        }
        jnode_add(says, saying_node(saying));
    }
    jnode_print(list, &cli->out.text);
    jnode_free(list);
}

static void out_source(struct cli *cli, const struct registry *registry,
                       const struct sayings *sayings, size_t first)
{
    struct sv id = sayings->items[first].source;
    const struct source *source = registry_find(registry, id);
    struct para para = { 0 };
    size_t count = 0;

    while (first + count < sayings->count && sv_eq(sayings->items[first + count].source, id))
        count++;
    out_blank(&cli->out);
    para_add(&para, STYLE_HEAD, registry_name(registry, id));
    para_addf(&para, STYLE_LABEL, "  " SV_FMT "  " SV_FMT "%s%zu time%s", SV_ARG(id),
              SV_ARG(source ? source->kind : SV("not in the registry")),
              source && !source->kind.len ? "" : "  ", count, count == 1 ? "" : "s");
    out_para(&cli->out, &para, 0, 4);
}

static void print_plain(struct cli *cli, const struct registry *registry,
                        const struct sayings *sayings)
{
    struct para para = { 0 };

    for (size_t i = 0; i < sayings->count; i++) {
        const struct saying *saying = &sayings->items[i];
        const struct layer *layer = library_layer_of(saying->hit->layer);
        struct buf quote = { 0 };

        if (!i || !sv_eq(saying->source, sayings->items[i - 1].source))
            out_source(cli, registry, sayings, i);
        claim_quote(saying->hit->claim, &quote);
        para_add(&para, STYLE_PLAIN, saying->voice->act.len ? saying->voice->act : SV("says"));
        if (saying->voice->unsure)
            para_add(&para, STYLE_WARNING, SV("?"));
        para_add_via(&para, registry, saying);
        para_addf(&para, STYLE_QUOTE, " “%s”", buf_cstr(&quote));
        para_addf(&para, STYLE_LABEL, " " SV_FMT " " SV_FMT " " SV_FMT, SV_ARG(layer->head.article),
                  SV_ARG(saying->hit->claim->id), SV_ARG(layer->head.annotator));
        out_para(&cli->out, &para, 4, 6);
        buf_release(&quote);
    }
}

static bool print_counts(struct cli *cli, const struct library *library,
                         const struct sayings *sayings, struct err *err)
{
    struct tally tally;
    bool ok = tally_init(&tally, sv_from(counts_asked(cli)), err);

    for (size_t i = 0; ok && i < sayings->count; i++)
        counts_add(&tally, library, sayings->items[i].hit, sayings->items[i].voice);
    if (ok) {
        tally_finish(&tally);
        counts_print(cli, &tally, "voices");
    }
    tally_release(&tally);
    return ok;
}

static int answer(struct cli *cli, const struct library *library, const struct hits *hits)
{
    const struct registry *registry = &library->registry.registry;
    struct sayings sayings = { 0 };
    struct err err = { 0 };
    int status;

    collect(registry, hits, &sayings);
    if (sayings.count)
        qsort(sayings.items, sayings.count, sizeof(*sayings.items), compare);
    status = sayings.count ? 0 : 1;
    if (counts_asked(cli)) {
        if (!print_counts(cli, library, &sayings, &err))
            status = cli_fail(cli, &err);
    } else if (cli->format == FORMAT_JSON) {
        print_json(cli, registry, &sayings);
    } else if (cli->format == FORMAT_TSV) {
        print_tsv(cli, registry, &sayings);
    } else {
        print_plain(cli, registry, &sayings);
    }
    mem_free(sayings.items);
    return cli_status(cli, status);
}

int cmd_sources(struct cli *cli)
{
    struct library library;
    struct hits hits = { 0 };
    struct err err = { 0 };
    int status;

    cli->may_page = true;
    if (!library_load(cli, (struct sv){ 0 }, &library, &err))
        return cli_fail(cli, &err);
    if (!library_find(cli, &library, 0, 0, &hits, &err))
        status = cli_fail(cli, &err);
    else if (cli->values[OPT_NAMES])
        status = source_names(cli, &library, cli->operand_count ? &hits : NULL);
    else if (cli->values[OPT_MATRIX_OF_SOURCES])
        status = source_matrix(cli, &library, &hits);
    else
        status = answer(cli, &library, &hits);
    hits_release(&hits);
    library_release(&library);
    return status;
}
