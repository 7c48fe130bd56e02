// Claims that match, counted and grouped.
// Counts nothing itself: model/tally.h does.
#include "cli/counts.h"

#include "base/mem.h"
#include "exchange/json.h"

const char *counts_asked(const struct cli *cli)
{
    static const enum option_id ids[] = { OPT_LIST_COUNT_BY, OPT_CONTESTED_COUNT_BY,
                                          OPT_SOURCES_COUNT_BY, OPT_DISPUTED_COUNT_BY };

    for (size_t i = 0; i < ARRAY_LEN(ids); i++)
        if (cli->values[ids[i]])
            return cli->values[ids[i]];
    return NULL;
}

void counts_add(struct tally *tally, const struct library *library, const struct hit *hit,
                const struct voice *voice)
{
    struct query_ctx ctx = { .derived = library_derived(library, hit->layer),
                             .registry = &library->registry.registry };

    tally_add(tally, &ctx, library_layer_of(hit->layer), hit->claim, voice);
}

static void print_tsv(struct cli *cli, const struct tally *tally)
{
    const char *columns[TALLY_KEYS + 1];
    struct table table;

    for (size_t i = 0; i < tally->key_count; i++)
        columns[i] = tally->names[i];
    columns[tally->key_count] = "#count";
    table_init(&table, columns, tally->key_count + 1);
    for (size_t i = 0; i < tally->row_count; i++) {
        for (size_t k = 0; k < tally->key_count; k++)
            table_add(&table, tally->rows[i].values[k]);
        table_addf(&table, "%zu", tally->rows[i].count);
    }
    table_print(&table, FORMAT_TSV, &cli->out);
    table_release(&table);
}

static void print_json(struct cli *cli, const struct tally *tally, const char *what)
{
    struct jnode *map = jnode_map(), *list = jnode_list();

    for (size_t i = 0; i < tally->row_count; i++) {
        struct jnode *row = jnode_map();

        for (size_t k = 0; k < tally->key_count; k++)
            if (tally->rows[i].values[k].len)
                jnode_set(row, tally->names[k], jnode_text(tally->rows[i].values[k]));
        jnode_set(row, "count", jnode_count(tally->rows[i].count));
        jnode_add(list, row);
    }
    jnode_set(map, what, jnode_count(tally->added));
    jnode_set(map, "counts", list);
    jnode_print(map, &cli->out.text);
    jnode_free(map);
}

static int digits_of(size_t number)
{
    int digits = 1;

    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

static void print_plain(struct cli *cli, const struct tally *tally, const char *what)
{
    struct para para = { 0 };
    struct table table;
    const char *columns[TALLY_KEYS + 1] = { 0 }; // plain output has no line of names
    int width = tally->row_count ? digits_of(tally->rows[0].count) : 1;

    table_init(&table, columns, tally->key_count + 1);
    for (size_t i = 0; i < tally->row_count; i++) {
        table_addf(&table, "%*zu", width, tally->rows[i].count);
        for (size_t k = 0; k < tally->key_count; k++)
            table_add(&table,
                      tally->rows[i].values[k].len ? tally->rows[i].values[k] : SV("(none)"));
    }
    table_print(&table, FORMAT_PLAIN, &cli->out);
    table_release(&table);
    para_addf(&para, STYLE_LABEL, "of %zu %s%s", tally->added, what,
              tally->is_many ? "; one with several values counts for each" : "");
    out_para(&cli->out, &para, 0, 2);
}

void counts_print(struct cli *cli, const struct tally *tally, const char *what)
{
    if (cli->format == FORMAT_TSV)
        print_tsv(cli, tally);
    else if (cli->format == FORMAT_JSON)
        print_json(cli, tally, what);
    else
        print_plain(cli, tally, what);
}
