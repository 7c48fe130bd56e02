// sources --matrix: sources by articles by act, a table for each event.
// Counts nothing itself: model/tally.h does.
#include "cli/source_matrix.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/counts.h"

enum { KEY_EVENT, KEY_SOURCE, KEY_ACT, KEY_ARTICLE, KEYS }; // as asked of the tally

static const char *const columns[] = { "event", "source", "name", "act", "article", "#count" };

// One count, with how often its source speaks in its event.
struct cell {
    const struct sv *values; // by KEY_*
    size_t count, total;
};

struct matrix {
    struct cli *cli;
    const struct registry *registry;
    struct cell *cells; // by event, total of the source, source, act, article
    size_t count;
};

static bool same_source(const struct cell *a, const struct cell *b)
{
    return sv_eq(a->values[KEY_EVENT], b->values[KEY_EVENT]) &&
           sv_eq(a->values[KEY_SOURCE], b->values[KEY_SOURCE]);
}

static int compare(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    int diff = sv_cmp(x->values[KEY_EVENT], y->values[KEY_EVENT]);

    if (!diff && x->total != y->total)
        return x->total > y->total ? -1 : 1;
    for (int i = KEY_SOURCE; !diff && i < KEYS; i++)
        diff = sv_cmp(x->values[i], y->values[i]);
    return diff;
}

static void sort(struct matrix *m)
{
    if (!m->count)
        return;
    qsort(m->cells, m->count, sizeof(*m->cells), compare); // sources together
    for (size_t beg = 0, end; beg < m->count; beg = end) {
        size_t total = 0;

        for (end = beg; end < m->count && same_source(&m->cells[beg], &m->cells[end]); end++)
            total += m->cells[end].count;
        for (size_t i = beg; i < end; i++)
            m->cells[i].total = total;
    }
    qsort(m->cells, m->count, sizeof(*m->cells), compare);
}

static void print_table(struct matrix *m)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < m->count; i++) {
        const struct cell *cell = &m->cells[i];

        table_add(&table, cell->values[KEY_EVENT]);
        table_add(&table, cell->values[KEY_SOURCE]);
        table_add(&table, registry_name(m->registry, cell->values[KEY_SOURCE]));
        table_add(&table, cell->values[KEY_ACT]);
        table_add(&table, cell->values[KEY_ARTICLE]);
        table_addf(&table, "%zu", cell->count);
    }
    table_print(&table, m->cli->format, &m->cli->out);
    table_release(&table);
}

// ---- plain

static int compare_ids(const void *a, const void *b)
{
    return sv_cmp(*(const struct sv *)a, *(const struct sv *)b);
}

// The articles of the cells [beg, end), sorted; to be freed.
static struct sv *articles_of(const struct matrix *m, size_t beg, size_t end, size_t *count)
{
    struct sv *ids = mem_new((end - beg + 1) * sizeof(*ids));

    *count = 0;
    for (size_t i = beg; i < end; i++)
        ids[i - beg] = m->cells[i].values[KEY_ARTICLE];
    qsort(ids, end - beg, sizeof(*ids), compare_ids);
    for (size_t i = 0; i < end - beg; i++)
        if (!i || !sv_eq(ids[i], ids[*count - 1]))
            ids[(*count)++] = ids[i];
    return ids;
}

// A row for the cells from *at on that have one source and act; moves *at behind them.
static void add_row(const struct matrix *m, struct table *table, const struct sv *ids, size_t count,
                    size_t beg, size_t end, size_t *at)
{
    const struct cell *first = &m->cells[*at];
    bool is_first = *at == beg || !same_source(first, first - 1);

    table_add(table, is_first ? registry_name(m->registry, first->values[KEY_SOURCE]) : SV(""));
    table_add(table, first->values[KEY_ACT].len ? first->values[KEY_ACT] : SV("(no act)"));
    for (size_t i = 0; i < count; i++) {
        const struct cell *cell = &m->cells[*at];
        bool is_here = *at < end && same_source(cell, first) &&
                       sv_eq(cell->values[KEY_ACT], first->values[KEY_ACT]) &&
                       sv_eq(cell->values[KEY_ARTICLE], ids[i]);

        if (is_here)
            table_addf(table, "%zu", cell->count);
        else
            table_add(table, SV("·"));
        *at += is_here;
    }
}

static void print_event(struct matrix *m, size_t beg, size_t end)
{
    size_t count;
    struct sv *ids = articles_of(m, beg, end, &count), event = m->cells[beg].values[KEY_EVENT];
    const char **names = mem_new((count + 2) * sizeof(*names));
    struct para para = { 0 };
    struct table table;

    out_blank(&m->cli->out);
    para_add(&para, STYLE_HEAD, event.len ? event : SV("articles of no event"));
    out_para(&m->cli->out, &para, 0, 2);
    table_init(&table, names, count + 2); // plain output has no line of names: they are a row
    table_add(&table, SV("source"));
    table_add(&table, SV("act"));
    for (size_t i = 0; i < count; i++)
        table_add(&table, article_name(ids[i]));
    for (size_t at = beg; at < end;)
        add_row(m, &table, ids, count, beg, end, &at);
    table_print(&table, FORMAT_PLAIN, &m->cli->out);
    table_release(&table);
    mem_free(names);
    mem_free(ids);
}

static void print_plain(struct matrix *m)
{
    for (size_t beg = 0, end; beg < m->count; beg = end) {
        for (end = beg; end < m->count &&
                        sv_eq(m->cells[end].values[KEY_EVENT], m->cells[beg].values[KEY_EVENT]);)
            end++;
        print_event(m, beg, end);
    }
}

// ---- counting

static void add_voices(struct tally *tally, const struct library *library, const struct hit *hit)
{
    const struct rec_list *voices = &hit->claim->attributed_to;

    for (size_t i = 0; i < voices->count; i++)
        for (const struct voice *v = voices->items[i]; v; v = v->citing)
            if (!sv_is_blank(v->source))
                counts_add(tally, library, hit, v);
}

int source_matrix(struct cli *cli, const struct library *library, const struct hits *hits)
{
    struct matrix m = { .cli = cli, .registry = &library->registry.registry };
    struct tally tally;
    struct err err = { 0 };

    if (!tally_init(&tally, SV("event,source,act,article"), &err)) {
        tally_release(&tally);
        return cli_fail(cli, &err);
    }
    for (size_t i = 0; i < hits->count; i++)
        add_voices(&tally, library, &hits->items[i]);
    tally_finish(&tally);
    m.count = tally.row_count;
    m.cells = mem_new((m.count + 1) * sizeof(*m.cells));
    for (size_t i = 0; i < m.count; i++)
        m.cells[i] = (struct cell){ tally.rows[i].values, tally.rows[i].count, 0 };
    sort(&m);
    if (cli->format == FORMAT_PLAIN)
        print_plain(&m);
    else
        print_table(&m);
    mem_free(m.cells);
    tally_release(&tally);
    return cli_status(cli, m.count ? 0 : 1);
}
