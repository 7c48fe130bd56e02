// How far annotators agree, printed: the rows, for one field its labels and which went with which.
// Every number comes with what it rests on.
#include "cli/agree_print.h"

#include "base/mem.h"
#include "exchange/json.h"
#include "text/glyph.h"

#define CONFUSIONS 4 // shown of a field, in plain output
#define NO_VOICE   "(the article)"

static struct sv label_or_article(struct sv label)
{
    return label.len ? label : SV(NO_VOICE);
}

// ---- plain

static void add_names(struct para *para, const struct agree_answer *answer)
{
    for (size_t r = 0; r < answer->agreement.raters; r++) {
        para_add(para, STYLE_PLAIN,
                 !r                                 ? SV("")
                 : r + 1 < answer->agreement.raters ? SV(", ")
                                                    : SV(" and "));
        para_add(para, STYLE_HEAD, sv_from(answer->names[r]));
    }
}

static void add_counts(struct para *para, const struct agree_answer *answer, const size_t *counts)
{
    for (size_t r = 0; r < answer->agreement.raters; r++)
        para_addf(para, STYLE_PLAIN, "%s%s %zu", r ? ", " : "", answer->names[r], counts[r]);
}

static size_t common_links(const struct agreement *agreement)
{
    size_t common = 0;

    for (size_t g = 0; g < agreement->link_count; g++) {
        size_t size = 0;

        for (size_t r = 0; r < agreement->raters; r++)
            size += agreement->links[g].links[r] != NULL;
        common += size > 1;
    }
    return common;
}

static size_t common_claims(const struct agreement *agreement)
{
    struct agree_common common;

    agreement_common(agreement, AGREE_MATCH_OVERLAP, 0, &common);
    return common.common;
}

static void out_head(struct cli *cli, const struct agree_answer *answer)
{
    const struct agreement *agreement = &answer->agreement;
    size_t claims = common_claims(agreement), links = common_links(agreement);
    struct para para = { 0 };

    add_names(&para, answer);
    para_addf(&para, STYLE_PLAIN, ", %zu article%s", agreement->articles,
              agreement->articles == 1 ? "" : "s");
    out_para(&cli->out, &para, 0, 2);
    para_add(&para, STYLE_LABEL, SV("claims  "));
    add_counts(&para, answer, agreement->claims_of);
    if (answer->least > 0)
        para_addf(&para, STYLE_PLAIN,
                  "; %zu in common: %.0f %% of the longer one lies in the other; %zu by one alone",
                  claims, answer->least * 100, agreement->group_count - claims);
    else
        para_addf(&para, STYLE_PLAIN, "; %zu in common: they overlap; %zu by one alone", claims,
                  agreement->group_count - claims);
    out_para(&cli->out, &para, 0, 8);
    para_add(&para, STYLE_LABEL, SV("links   "));
    add_counts(&para, answer, agreement->links_of);
    para_addf(&para, STYLE_PLAIN,
              "; %zu in common: both ends are; with an end of one alone: ", links);
    add_counts(&para, answer, agreement->loose_of);
    out_para(&cli->out, &para, 0, 8);
}

static void add_plain_row(struct table *table, const struct agree_row *row, bool is_first,
                          const char *measure)
{
    table_add(table, is_first ? sv_from(row->field) : SV(""));
    table_add(table, sv_from(measure));
    if (row->why == AGREE_DEFINED)
        table_addf(table, "%6.3f", row->value);
    else
        table_add(table, SV("undefined"));
    if (row->why != AGREE_DEFINED)
        table_add(table, sv_from(agree_why_name(row->why)));
    else if (row->has_range)
        table_addf(table, "%5.2f to %5.2f", row->range.low, row->range.high);
    else
        table_add(table, SV(""));
    table_addf(table, "%5zu", row->units);
    table_addf(table, "%5zu", row->alone);
    table_addf(table, "%5zu", row->blank);
}

// Rows from `from` on that are of one field and all undefined for one reason: one row will do.
static size_t same_undefined(const struct agree_rows *rows, size_t from)
{
    size_t i = from;

    while (i < rows->count && rows->items[i].field == rows->items[from].field) {
        if (rows->items[i].why == AGREE_DEFINED || rows->items[i].why != rows->items[from].why)
            return from;
        i++;
    }
    return i;
}

static void out_rows(struct cli *cli, const struct agree_answer *answer)
{
    static const char *const heads[] = {
        "", "measure", " value", "95 %", "    n", "alone", "blank"
    };
    const struct agree_rows *rows = &answer->rows;
    const char *last = NULL;
    struct table table;

    if (!rows->count)
        return;
    table_init(&table, heads, ARRAY_LEN(heads));
    for (size_t i = 0; i < ARRAY_LEN(heads); i++)
        table_add(&table, sv_from(heads[i]));
    for (size_t i = 0, next; i < rows->count; i = next) {
        const struct agree_row *row = &rows->items[i];
        bool is_first = row->field != last;
        size_t same = is_first ? same_undefined(rows, i) : i;

        add_plain_row(&table, row, is_first, same > i + 1 ? "all" : row->measure);
        next = same > i ? same : i + 1;
        last = row->field;
    }
    out_blank(&cli->out);
    table_print(&table, FORMAT_PLAIN, &cli->out);
    table_release(&table);
}

static void add_whys(struct para *para, const struct agree_rows *rows)
{
    bool is_said[AGREE_WHY__N] = { [AGREE_DEFINED] = true };

    for (size_t i = 0; i < rows->count; i++) {
        enum agree_why why = rows->items[i].why;

        if (!is_said[why])
            para_addf(para, STYLE_LABEL, " %s: %s.", agree_why_name(why), agree_why_text(why));
        is_said[why] = true;
    }
}

// How the numbers came about.
static void out_foot(struct cli *cli, const struct agree_answer *answer)
{
    const struct gamma_result *gamma = &answer->rows.gamma;
    struct para para = { 0 };

    out_blank(&cli->out);
    para_addf(
        &para, STYLE_LABEL,
        "n: what the value rests on; left out: alone, what one alone marked; blank, what they did "
        "not give two values to. 95 %%: %d samples of the n, seed %llu.",
        INTERVAL_ROUNDS, (unsigned long long)answer->seed);
    add_whys(&para, &answer->rows);
    if (answer->rows.merged)
        para_addf(
            &para, STYLE_LABEL,
            " alpha_u: %zu parts that overlap one of the same annotator count as one with it.",
            answer->rows.merged);
    if (gamma->samples)
        para_addf(&para, STYLE_LABEL,
                  " gamma: alpha 1, beta 1 for types and 0 for claims, %zu shuffled samples, seed "
                  "%llu; %s.",
                  gamma->samples, (unsigned long long)answer->seed,
                  gamma->is_best ? "no alignment is better"
                                 : "the alignment is the best found, not proved to be the best");
    out_para(&cli->out, &para, 0, 0);
}

// The next most frequent pair of unequal values below those of `most`, in order of cells.
static size_t next_confusion(const struct agree_table *table, size_t last)
{
    size_t best = SIZE_MAX, cells = table->count * table->count;

    for (size_t i = 0; i < cells; i++) {
        bool is_after = last == SIZE_MAX || table->cells[i] < table->cells[last] ||
                        (table->cells[i] == table->cells[last] && i > last);

        if (i / table->count == i % table->count || !table->cells[i] || !is_after)
            continue;
        if (best == SIZE_MAX || table->cells[i] > table->cells[best])
            best = i;
    }
    return best;
}

static void out_confusions(struct cli *cli, const struct agree_table *table, const char *field,
                           size_t most)
{
    struct para para = { 0 };
    size_t shown = 0;

    for (size_t cell = next_confusion(table, SIZE_MAX); cell != SIZE_MAX && shown < most;
         cell = next_confusion(table, cell)) {
        if (!shown++)
            para_addf(&para, STYLE_HEAD, "%-10s  ", field);
        else
            para_add(&para, STYLE_LABEL, SV(" · "));
        para_addf(&para, STYLE_PLAIN, "%zu ", table->cells[cell]);
        para_add(&para, STYLE_PLAIN, label_or_article(table->names[cell / table->count]));
        para_add(&para, STYLE_LABEL, SV(" / "));
        para_add(&para, STYLE_PLAIN, label_or_article(table->names[cell % table->count]));
    }
    out_para(&cli->out, &para, 0, 12);
}

static void out_all_confusions(struct cli *cli, struct agree_answer *answer)
{
    struct para para = { 0 };

    out_blank(&cli->out);
    if (answer->agreement.raters == 2)
        para_addf(&para, STYLE_LABEL, "most often %s / %s:", answer->names[0], answer->names[1]);
    else
        para_add(&para, STYLE_LABEL, SV("most often one / another:"));
    out_para(&cli->out, &para, 0, 0);
    for (int f = 0; f < AGREE_FIELD__N; f++) {
        struct agree_table table;

        agree_table_make(&answer->agreement, (enum agree_field)f, &table);
        out_confusions(cli, &table, agree_field_get((enum agree_field)f)->name, CONFUSIONS);
        agree_table_release(&table);
    }
}

static void add_measured(struct table *table, const struct measured *measured)
{
    if (measured->why == AGREE_DEFINED)
        table_addf(table, "%6.3f", measured->value);
    else
        table_add(table, SV("undefined"));
}

static void out_labels(struct cli *cli, struct agree_answer *answer)
{
    bool has_units = answer->field == AGREE_FIELD_TYPE;
    size_t raters = answer->agreement.raters, columns = raters + (has_units ? 5 : 4);
    const char **names = mem_new(columns * sizeof(*names));
    struct agree_labels labels;
    struct table table;

    agree_labels_make(&answer->agreement, answer->field, &labels);
    table_init(&table, names, columns);
    table_add(&table, sv_from(agree_field_get(answer->field)->name));
    for (size_t r = 0; r < raters; r++)
        table_add(&table, sv_from(answer->names[r]));
    table_add(&table, raters == 2 ? SV("both") : SV("two"));
    table_add(&table, SV("    f1"));
    table_add(&table, SV(" kappa"));
    if (has_units)
        table_add(&table, SV("alpha_u"));
    for (size_t i = 0; i < labels.count; i++) {
        const struct agree_label *label = &labels.items[i];

        table_add(&table, label_or_article(label->name));
        for (size_t r = 0; r < raters; r++)
            table_addf(&table, "%4zu", label->used[r]);
        table_addf(&table, "%4zu", label->common);
        table_addf(&table, "%6.3f", label->f1);
        add_measured(&table, &label->kappa);
        if (has_units)
            add_measured(&table, &label->alpha_u);
    }
    out_blank(&cli->out);
    table_print(&table, FORMAT_PLAIN, &cli->out);
    table_release(&table);
    agree_labels_release(&labels);
    mem_free(names);
}

// Rows have numbers, and columns these numbers as heads.
static void out_matrix(struct cli *cli, const struct agree_answer *answer,
                       const struct agree_table *counts, int widest)
{
    struct para para = { 0 };

    if (answer->agreement.raters == 2)
        para_addf(&para, STYLE_LABEL, "rows %s, columns %s", answer->names[0], answer->names[1]);
    else
        para_add(&para, STYLE_LABEL, SV("rows one of them, columns another"));
    out_para(&cli->out, &para, 0, 0);
    para_addf(&para, STYLE_LABEL, "%*s", widest + 3, "");
    for (size_t i = 0; i < counts->count; i++)
        para_addf(&para, STYLE_LABEL, "%4zu", i + 1);
    out_para(&cli->out, &para, 0, 0);
    for (size_t i = 0; i < counts->count; i++) {
        struct sv name = label_or_article(counts->names[i]);

        para_addf(&para, STYLE_LABEL, "%2zu ", i + 1);
        para_add(&para, STYLE_HEAD, name);
        para_addf(&para, STYLE_PLAIN, "%*s", widest - glyph_cols(name), "");
        for (size_t j = 0; j < counts->count; j++) {
            size_t count = counts->cells[i * counts->count + j];

            if (count)
                para_addf(&para, STYLE_PLAIN, "%4zu", count);
            else
                para_add(&para, STYLE_LABEL, SV("   ."));
        }
        out_para(&cli->out, &para, 0, 0);
    }
}

// The whole table where it fits, else every pair of unequal values.
static void out_table(struct cli *cli, struct agree_answer *answer)
{
    struct agree_table counts;
    int widest = 0;

    agree_table_make(&answer->agreement, answer->field, &counts);
    for (size_t i = 0; i < counts.count; i++) {
        int cols = glyph_cols(label_or_article(counts.names[i]));

        widest = cols > widest ? cols : widest;
    }
    out_blank(&cli->out);
    if (counts.count && (!cli->out.cols || widest + 3 + 4 * (int)counts.count <= cli->out.cols))
        out_matrix(cli, answer, &counts, widest);
    else
        out_confusions(cli, &counts, agree_field_get(answer->field)->name, SIZE_MAX);
    agree_table_release(&counts);
}

void agree_print_plain(struct cli *cli, struct agree_answer *answer)
{
    out_head(cli, answer);
    out_rows(cli, answer);
    if (answer->field == AGREE_FIELD__N) {
        out_all_confusions(cli, answer);
    } else {
        out_labels(cli, answer);
        out_table(cli, answer);
    }
    out_foot(cli, answer);
}

// ---- TSV

static void add_cell(struct table *table, bool is_there, double value)
{
    if (is_there)
        table_addf(table, "%.6f", value);
    else
        table_add(table, SV(""));
}

static void tsv_rows(struct cli *cli, const struct agree_answer *answer)
{
    static const char *const columns[] = { "field", "measure", "value", "low", "high",
                                           "n",     "alone",   "blank", "why" };
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < answer->rows.count; i++) {
        const struct agree_row *row = &answer->rows.items[i];

        table_add(&table, sv_from(row->field));
        table_add(&table, sv_from(row->measure));
        if (row->why == AGREE_DEFINED)
            table_addf(&table, "%.6f", row->value);
        else
            table_add(&table, SV("undefined"));
        add_cell(&table, row->has_range, row->range.low);
        add_cell(&table, row->has_range, row->range.high);
        table_addf(&table, "%zu", row->units);
        table_addf(&table, "%zu", row->alone);
        table_addf(&table, "%zu", row->blank);
        table_add(&table, sv_from(agree_why_text(row->why)));
    }
    table_print(&table, FORMAT_TSV, &cli->out);
    table_release(&table);
}

static void tsv_table(struct cli *cli, struct agree_answer *answer)
{
    static const char *const columns[] = { "field", "one", "other", "count" };
    struct agree_table counts;
    struct table table;

    agree_table_make(&answer->agreement, answer->field, &counts);
    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < counts.count * counts.count; i++) {
        if (!counts.cells[i])
            continue;
        table_add(&table, sv_from(agree_field_get(answer->field)->name));
        table_add(&table, counts.names[i / counts.count]);
        table_add(&table, counts.names[i % counts.count]);
        table_addf(&table, "%zu", counts.cells[i]);
    }
    table_print(&table, FORMAT_TSV, &cli->out);
    table_release(&table);
    agree_table_release(&counts);
}

void agree_print_tsv(struct cli *cli, struct agree_answer *answer)
{
    if (answer->field == AGREE_FIELD__N)
        tsv_rows(cli, answer);
    else
        tsv_table(cli, answer);
}

// ---- JSON

static struct jnode *counts_node(const struct agree_answer *answer, const size_t *counts)
{
    struct jnode *map = jnode_map();

    for (size_t r = 0; r < answer->agreement.raters; r++)
        jnode_set(map, answer->names[r], jnode_count(counts[r]));
    return map;
}

static struct jnode *value_node(enum agree_why why, double value)
{
    return why == AGREE_DEFINED ? jnode_double(value) : jnode_null();
}

static struct jnode *row_node(const struct agree_row *row)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "field", sv_from(row->field));
    jnode_set_text(map, "measure", sv_from(row->measure));
    jnode_set(map, "value", value_node(row->why, row->value));
    if (row->why != AGREE_DEFINED)
        jnode_set_text(map, "why", sv_from(agree_why_text(row->why)));
    if (row->has_range) {
        jnode_set(map, "low", jnode_double(row->range.low));
        jnode_set(map, "high", jnode_double(row->range.high));
    }
    jnode_set(map, "n", jnode_count(row->units));
    jnode_set(map, "alone", jnode_count(row->alone));
    jnode_set(map, "blank", jnode_count(row->blank));
    return map;
}

static struct jnode *label_node(const struct agree_answer *answer, const struct agree_label *label)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "label", label->name);
    jnode_set(map, "used", counts_node(answer, label->used));
    jnode_set(map, "both", jnode_count(label->common));
    jnode_set(map, "f1", jnode_double(label->f1));
    jnode_set(map, "kappa", value_node(label->kappa.why, label->kappa.value));
    if (answer->field == AGREE_FIELD_TYPE)
        jnode_set(map, "alpha_u", value_node(label->alpha_u.why, label->alpha_u.value));
    return map;
}

static struct jnode *table_node(struct agree_answer *answer, enum agree_field field)
{
    struct jnode *map = jnode_map(), *labels = jnode_list(), *counts = jnode_list();
    struct agree_table table;

    agree_table_make(&answer->agreement, field, &table);
    for (size_t i = 0; i < table.count; i++) {
        struct jnode *row = jnode_list();

        jnode_add(labels, jnode_text(table.names[i]));
        for (size_t j = 0; j < table.count; j++)
            jnode_add(row, jnode_count(table.cells[i * table.count + j]));
        jnode_add(counts, row);
    }
    agree_table_release(&table);
    jnode_set_text(map, "field", sv_from(agree_field_get(field)->name));
    jnode_set(map, "labels", labels);
    jnode_set(map, "counts", counts);
    return map;
}

static struct jnode *gamma_node(const struct gamma_result *gamma)
{
    struct jnode *map = jnode_map();

    jnode_set(map, "alpha", jnode_count(1));
    jnode_set(map, "beta", jnode_count(1));
    jnode_set(map, "samples", jnode_count(gamma->samples));
    jnode_set(map, "is_best", jnode_bool(gamma->is_best));
    return map;
}

void agree_print_json(struct cli *cli, struct agree_answer *answer)
{
    const struct agreement *agreement = &answer->agreement;
    struct jnode *map = jnode_map(), *articles = jnode_list(), *rows = jnode_list();
    struct jnode *tables = jnode_list();

    for (size_t a = 0; a < agreement->articles; a++)
        jnode_add(articles, jnode_text(answer->articles[a]));
    for (size_t i = 0; i < answer->rows.count; i++)
        jnode_add(rows, row_node(&answer->rows.items[i]));
    for (int f = 0; f < AGREE_FIELD__N; f++)
        if (answer->field == AGREE_FIELD__N || answer->field == (enum agree_field)f)
            jnode_add(tables, table_node(answer, (enum agree_field)f));
    jnode_set(map, "articles", articles);
    jnode_set(map, "overlap", jnode_double(answer->least));
    jnode_set(map, "seed", jnode_count((size_t)answer->seed));
    jnode_set(map, "rounds", jnode_count(INTERVAL_ROUNDS));
    jnode_set(map, "claims", counts_node(answer, agreement->claims_of));
    jnode_set(map, "common_claims", jnode_count(common_claims(agreement)));
    jnode_set(map, "links", counts_node(answer, agreement->links_of));
    jnode_set(map, "common_links", jnode_count(common_links(agreement)));
    jnode_set(map, "links_with_an_end_alone", counts_node(answer, agreement->loose_of));
    if (answer->rows.gamma.samples)
        jnode_set(map, "gamma", gamma_node(&answer->rows.gamma));
    jnode_set(map, "measures", rows);
    jnode_set(map, "tables", tables);
    if (answer->field != AGREE_FIELD__N) {
        struct jnode *list = jnode_list();
        struct agree_labels labels;

        agree_labels_make(&answer->agreement, answer->field, &labels);
        for (size_t i = 0; i < labels.count; i++)
            jnode_add(list, label_node(answer, &labels.items[i]));
        agree_labels_release(&labels);
        jnode_set(map, "labels", list);
    }
    jnode_print(map, &cli->out.text);
    jnode_free(map);
}
