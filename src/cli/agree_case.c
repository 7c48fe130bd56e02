// agree --case: a case's data as the measures take it, and what they say of it as NAME VALUE lines.
// Computes nothing itself.
#include "cli/agree_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "exchange/json.h"
#include "model/agree_coding.h"
#include "model/agree_gamma.h"
#include "model/agree_units.h"

#define CASE_BYTES ((size_t)16 << 20) // a larger file is no case
#define CELLS_MOST ((size_t)4 << 20)  // raters * units
#define PAIRS_MOST 100000             // of gamma, printed one by one

struct figure { // a line of the output
    char *name;
    struct jnode *value;
};

struct case_file {
    const char *path;
    const struct jnode *root, *data;
    struct arena arena;
    struct figure *figures;
    size_t count, cap;
};

static bool refuse(const struct case_file *file, struct err *err, const char *what)
{
    return err_set(err, E_SHAPE, (struct err_at){ .path = file->path }, "%s", what);
}

// ---- what is printed

static void add(struct case_file *file, const char *name, struct jnode *value)
{
    MEM_GROW(file->figures, file->count, file->cap);
    file->figures[file->count++] = (struct figure){ mem_copy(name, strlen(name)), value };
}

static struct jnode *number_or_null(bool is_defined, double value)
{
    return is_defined ? jnode_double(value) : jnode_null();
}

static void add_number(struct case_file *file, const char *name, bool is_defined, double value)
{
    add(file, name, number_or_null(is_defined, value));
}

// "alpha_U:c"
static void add_part(struct case_file *file, const char *name, struct sv part, bool is_defined,
                     double value)
{
    struct buf full = { 0 };

    buf_addf(&full, "%s:", name);
    visible_add(&full, part);
    add_number(file, buf_cstr(&full), is_defined, value);
    buf_release(&full);
}

static void print_plain(const struct case_file *file, struct buf *out)
{
    for (size_t i = 0; i < file->count; i++) {
        buf_addf(out, "%s ", file->figures[i].name);
        if (jnode_type(file->figures[i].value) == JNODE_NULL)
            buf_add_cstr(out, "undefined");
        else
            jnode_print_flat(file->figures[i].value, out);
        buf_add_char(out, '\n');
    }
}

static void print_json(struct case_file *file, struct buf *out)
{
    struct jnode *map = jnode_map();

    for (size_t i = 0; i < file->count; i++) {
        jnode_set(map, file->figures[i].name, file->figures[i].value);
        file->figures[i].value = NULL;
    }
    jnode_print(map, out);
    jnode_free(map);
}

static void print_table(const struct case_file *file, struct out *out)
{
    static const char *const columns[] = { "measure", "value" };
    struct buf cell = { 0 };
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < file->count; i++) {
        buf_clear(&cell);
        if (jnode_type(file->figures[i].value) == JNODE_NULL)
            buf_add_cstr(&cell, "undefined");
        else
            jnode_print_flat(file->figures[i].value, &cell);
        table_add(&table, sv_from(file->figures[i].name));
        table_add(&table, buf_sv(&cell));
    }
    table_print(&table, FORMAT_TSV, out);
    table_release(&table);
    buf_release(&cell);
}

// ---- coding, table, counts

static void add_item_agreement(struct case_file *file, const struct coding *coding)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < coding->units; i++) {
        struct measured m;

        coding_unit(coding, i, &m);
        jnode_add(list, number_or_null(m.why == AGREE_DEFINED, m.value));
    }
    add(file, "item_agreement", list);
}

static void add_fleiss_by_category(struct case_file *file, const struct coding *coding)
{
    const char *name = "fleiss_kappa_by_category";
    struct jnode *map = jnode_map();
    struct measured m;

    for (size_t v = 0; v < coding->value_count; v++) {
        struct buf key = { 0 };

        visible_add(&key, coding->values[v].name);
        coding_fleiss_of(coding, v, &m);
        jnode_set(map, buf_cstr(&key), number_or_null(m.why == AGREE_DEFINED, m.value));
        buf_release(&key);
    }
    add(file, name, map);
    for (size_t v = 0; v < coding->value_count; v++) {
        coding_fleiss_of(coding, v, &m);
        add_part(file, name, coding->values[v].name, m.why == AGREE_DEFINED, m.value);
    }
}

// "alpha_nominal" with "observed_disagreement_nominal" and "expected_disagreement_nominal".
static void add_alpha(struct case_file *file, const struct coding *coding,
                      enum coding_measure measure)
{
    const char *name = coding_measure_name(measure), *metric = strchr(name, '_') + 1;
    struct measured m;
    struct buf full = { 0 };

    coding_measure(coding, measure, &m);
    add_number(file, name, m.why == AGREE_DEFINED, m.value);
    buf_addf(&full, "observed_disagreement_%s", metric);
    add_number(file, buf_cstr(&full), m.why == AGREE_DEFINED, m.observed);
    buf_clear(&full);
    buf_addf(&full, "expected_disagreement_%s", metric);
    add_number(file, buf_cstr(&full), m.why == AGREE_DEFINED, m.expected);
    buf_release(&full);
}

static void add_coding(struct case_file *file, const struct coding *coding, bool has_raters)
{
    for (int i = 0; i < CODING_MEASURE__N; i++) {
        enum coding_measure measure = (enum coding_measure)i;
        struct measured m;

        coding_measure(coding, measure, &m);
        if (m.why == AGREE_NO_NUMBERS || m.why == AGREE_NO_SETS || m.why == AGREE_NOT_TWO)
            continue; // not for such a case
        if (measure >= CODING_COHEN && measure <= CODING_GWET && !has_raters)
            continue;
        if (measure >= CODING_ALPHA_NOMINAL)
            add_alpha(file, coding, measure);
        else
            add_number(file, coding_measure_name(measure), m.why == AGREE_DEFINED, m.value);
    }
}

static struct sv number_name(struct case_file *file, double number)
{
    struct buf text = { 0 };

    buf_addf(&text, "%.15g", number);

    struct sv name = sv_copy(&file->arena, buf_sv(&text));

    buf_release(&text);
    return name;
}

static struct sv scalar_name(struct case_file *file, const struct jnode *node)
{
    if (jnode_type(node) == JNODE_NUMBER)
        return number_name(file, jnode_real(node));
    return jnode_string(node);
}

static size_t add_set(struct case_file *file, struct coding *coding, const struct jnode *node)
{
    size_t size = jnode_size(node), value;
    struct sv *members = mem_new((size + 1) * sizeof(*members));

    for (size_t i = 0; i < size; i++)
        members[i] = scalar_name(file, jnode_item(node, i));
    value = coding_set_add(coding, &file->arena, members, size, ",");
    mem_free(members);
    return value;
}

static bool is_scalar(const struct jnode *node)
{
    return jnode_type(node) == JNODE_NUMBER || jnode_type(node) == JNODE_TEXT;
}

// Look at every value: lists alone, numbers alone, or words.
static bool find_scale(const struct case_file *file, size_t units, enum coding_scale *scale,
                       struct err *err)
{
    size_t lists = 0, numbers = 0, words = 0;

    for (size_t r = 0; r < jnode_size(file->data); r++) {
        const struct jnode *row = jnode_item(file->data, r);

        if (jnode_type(row) != JNODE_LIST || jnode_size(row) != units)
            return refuse(file, err, "'data' must be lists of one length, one for each rater");
        for (size_t u = 0; u < units; u++) {
            const struct jnode *node = jnode_item(row, u);
            enum jnode_type type = jnode_type(node);

            numbers += type == JNODE_NUMBER;
            words += type == JNODE_TEXT;
            lists += type == JNODE_LIST;
            for (size_t i = 0; i < jnode_size(node); i++)
                if (!is_scalar(jnode_item(node, i)))
                    return refuse(file, err, "a set in 'data' must hold numbers and words");
            if (type == JNODE_MAP || type == JNODE_BOOL)
                return refuse(file, err,
                              "a value in 'data' must be a number, a word, a list or null");
        }
    }
    if (lists && numbers + words)
        return refuse(file, err, "'data' must be all lists, or have none");
    *scale = lists ? CODING_SETS : words ? CODING_WORDS : CODING_NUMBERS;
    return true;
}

static bool run_coding(struct case_file *file, struct err *err)
{
    size_t raters = jnode_size(file->data);
    size_t units = jnode_size(jnode_item(file->data, 0));
    struct coding coding;
    enum coding_scale scale = CODING_WORDS;

    if (!raters || (units && raters > CELLS_MOST / units))
        return refuse(file, err,
                      "'data' must hold the values of 1 rater at least, and not too many");
    if (!find_scale(file, units, &scale, err))
        return false;
    coding_init(&coding, scale, raters, units);
    for (size_t r = 0; r < raters; r++)
        for (size_t u = 0; u < units; u++) {
            const struct jnode *node = jnode_item(jnode_item(file->data, r), u);
            size_t value;

            if (jnode_type(node) == JNODE_NULL)
                continue;
            value = scale == CODING_SETS
                        ? add_set(file, &coding, node)
                        : coding_value_add(&coding, scalar_name(file, node), jnode_real(node));
            coding_set(&coding, r, u, value);
        }
    add_coding(file, &coding, true);
    if (raters > 2)
        add_fleiss_by_category(file, &coding);
    add_item_agreement(file, &coding);
    coding_release(&coding);
    return true;
}

// A count out of JSON.
static bool read_count(const struct jnode *node, size_t *count)
{
    double number = jnode_real(node);

    if (!node || jnode_type(node) != JNODE_NUMBER || number < 0 || number > (double)CELLS_MOST ||
        floor(number) < number)
        return false;
    *count = (size_t)number;
    return true;
}

// Look at a matrix of counts: rows of `cols` counts each.
//   most  the largest sum of a row;  all  the sum of everything
static bool read_counts(const struct case_file *file, size_t *cols, size_t *most, size_t *all,
                        struct err *err)
{
    *cols = jnode_size(jnode_item(file->data, 0));
    *most = *all = 0;
    for (size_t i = 0; i < jnode_size(file->data); i++) {
        const struct jnode *row = jnode_item(file->data, i);
        size_t sum = 0, count;

        if (jnode_size(row) != *cols)
            return refuse(file, err, "'data' must be rows of one length");
        for (size_t j = 0; j < *cols; j++) {
            if (!read_count(jnode_item(row, j), &count) || (sum += count) > CELLS_MOST)
                return refuse(file, err, "'data' must hold counts that are not too large");
        }
        *most = sum > *most ? sum : *most;
        if ((*all += sum) > CELLS_MOST)
            return refuse(file, err, "'data' must hold counts that are not too large");
    }
    return *cols > 0 || refuse(file, err, "'data' must be rows of counts");
}

static void add_numbered_values(struct case_file *file, struct coding *coding, size_t count)
{
    coding->is_ordered = true;
    for (size_t i = 0; i < count; i++)
        (void)coding_value_add(coding, number_name(file, (double)(i + 1)), (double)i);
}

static bool run_table(struct case_file *file, struct err *err)
{
    size_t values, most, all, unit = 0;
    struct coding coding;

    if (!read_counts(file, &values, &most, &all, err))
        return false;
    if (values != jnode_size(file->data))
        return refuse(file, err, "'data' must have as many rows as columns");
    coding_init(&coding, CODING_WORDS, 2, all);
    add_numbered_values(file, &coding, values);
    for (size_t i = 0; i < values; i++)
        for (size_t j = 0; j < values; j++)
            for (double n = jnode_real(jnode_item(jnode_item(file->data, i), j)); n > 0; n--) {
                coding_set(&coding, 0, unit, i);
                coding_set(&coding, 1, unit++, j);
            }
    add_coding(file, &coding, true);
    coding_release(&coding);
    return true;
}

static bool run_counts(struct case_file *file, struct err *err)
{
    size_t values, raters, all, units = jnode_size(file->data);
    struct coding coding;

    if (!read_counts(file, &values, &raters, &all, err))
        return false;
    if (raters > CELLS_MOST / units)
        return refuse(file, err, "'data' must hold counts that are not too large");
    coding_init(&coding, CODING_WORDS, raters, units);
    add_numbered_values(file, &coding, values);
    for (size_t u = 0; u < units; u++) {
        size_t rater = 0;

        for (size_t v = 0; v < values; v++)
            for (double n = jnode_real(jnode_item(jnode_item(file->data, u), v)); n > 0; n--)
                coding_set(&coding, rater++, u, v);
    }
    add_coding(file, &coding, false);
    add_fleiss_by_category(file, &coding);
    add_item_agreement(file, &coding);
    coding_release(&coding);
    return true;
}

// ---- units

struct labels { // of categories and raters; an index is an id
    struct sv *items;
    size_t count, cap;
};

static size_t label_id(struct labels *labels, struct sv label)
{
    for (size_t i = 0; i < labels->count; i++)
        if (sv_eq(labels->items[i], label))
            return i;
    MEM_GROW(labels->items, labels->count, labels->cap);
    labels->items[labels->count] = label;
    return labels->count++;
}

static bool run_units(struct case_file *file, struct err *err)
{
    size_t count = jnode_size(file->data), begin, length, raters, merged;
    struct text_unit *units;
    struct measured *each, all;
    struct labels labels = { 0 };
    bool ok = read_count(jnode_get(file->root, "begin"), &begin) &&
              read_count(jnode_get(file->root, "length"), &length) &&
              read_count(jnode_get(file->root, "raters"), &raters);

    if (!ok)
        return refuse(file, err, "'begin', 'length' and 'raters' must be counts");
    units = mem_new((count + 1) * sizeof(*units));
    for (size_t i = 0; ok && i < count; i++) {
        const struct jnode *unit = jnode_item(file->data, i);
        const struct jnode *category = jnode_get(unit, "category");

        ok = read_count(jnode_get(unit, "rater"), &units[i].rater) && units[i].rater < raters &&
             read_count(jnode_get(unit, "begin"), &units[i].beg) &&
             read_count(jnode_get(unit, "length"), &units[i].end) && category &&
             is_scalar(category);
        if (!ok)
            break;
        units[i].end += units[i].beg;
        units[i].category = label_id(&labels, scalar_name(file, category));
    }
    each = mem_new((labels.count + 1) * sizeof(*each));
    if (ok) {
        units_alpha(units, count, raters, labels.count, begin, begin + length, each, &all, &merged);
        add_number(file, "alpha_U", all.why == AGREE_DEFINED, all.value);
    }
    for (size_t c = 0; ok && c < labels.count; c++) {
        bool is_defined = each[c].why == AGREE_DEFINED;

        add_part(file, "alpha_U", labels.items[c], is_defined, each[c].value);
        add_part(file, "observed", labels.items[c], is_defined, each[c].observed);
        add_part(file, "expected", labels.items[c], is_defined, each[c].expected);
    }
    mem_free(each);
    mem_free(units);
    mem_free(labels.items);
    return ok || refuse(file, err, "a unit must have 'rater', 'category', 'begin' and 'length'");
}

// ---- gamma

static struct jnode *end_node(const struct labels *raters, const struct gamma_unit *units,
                              size_t which)
{
    struct jnode *end = jnode_list();
    size_t place = 0;

    for (size_t i = 0; i < which; i++)
        place += units[i].rater == units[which].rater;
    jnode_add(end, jnode_text(raters->items[units[which].rater]));
    jnode_add(end, jnode_count(place));
    return end;
}

// The pairs of a unit of one rater and a unit of another.
static void add_pairs_of(struct jnode *list, const struct labels *raters, size_t first,
                         size_t second, const struct gamma_unit *units, size_t count,
                         const struct gamma_options *options)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count && jnode_size(list) < PAIRS_MOST; j++) {
            struct jnode *pair;
            double place, category;

            if (units[i].rater != first || units[j].rater != second)
                continue;
            pair = jnode_map();
            place = gamma_positional(&units[i], &units[j], options);
            category = gamma_categorical(&units[i], &units[j], options);
            jnode_set(pair, "a", end_node(raters, units, i));
            jnode_set(pair, "b", end_node(raters, units, j));
            jnode_set(pair, "positional", jnode_double(place));
            jnode_set(pair, "categorical", jnode_double(category));
            jnode_set(pair, "combined",
                      jnode_double(options->alpha * place + options->beta * category));
            jnode_add(list, pair);
        }
}

static void add_dissimilarities(struct case_file *file, const struct labels *raters,
                                const struct gamma_unit *units, size_t count,
                                const struct gamma_options *options)
{
    struct jnode *list = jnode_list();

    for (size_t a = 0; a < raters->count; a++)
        for (size_t b = a + 1; b < raters->count; b++)
            add_pairs_of(list, raters, a, b, units, count, options);
    add(file, "pair_dissimilarities", list);
}

static bool read_weight(const struct jnode *params, const char *key, double *out)
{
    const struct jnode *node = jnode_get(params, key);

    if (!node)
        return true; // as it is without being named
    *out = jnode_real(node);
    return jnode_type(node) == JNODE_NUMBER && *out >= 0 && *out <= 1e6;
}

static bool read_gamma_unit(struct case_file *file, const struct jnode *node, struct labels *raters,
                            struct labels *categories, struct gamma_unit *out)
{
    const struct jnode *rater = jnode_get(node, "annotator"), *beg = jnode_get(node, "start");
    const struct jnode *end = jnode_get(node, "end"), *category = jnode_get(node, "category");

    if (!rater || !is_scalar(rater) || !beg || !end || jnode_type(beg) != JNODE_NUMBER ||
        jnode_type(end) != JNODE_NUMBER || jnode_real(beg) >= jnode_real(end))
        return false;
    *out = (struct gamma_unit){ .rater = label_id(raters, scalar_name(file, rater)),
                                .beg = jnode_real(beg),
                                .end = jnode_real(end) };
    if (category && is_scalar(category))
        out->category = label_id(categories, scalar_name(file, category));
    else
        out->category = label_id(categories, SV(""));
    return true;
}

static void add_gamma(struct case_file *file, const struct gamma_unit *units, size_t count,
                      const struct labels *raters, const struct gamma_options *options)
{
    struct gamma_result result;
    bool is_defined;

    gamma_measure(units, count, raters->count, options, true, &result);
    is_defined = result.why == AGREE_DEFINED;
    add_number(file, "best_alignment_disorder", result.why != AGREE_NO_RECORDS, result.disorder);
    add(file, "unitary_alignments", jnode_count(result.alignments));
    add_number(file, "gamma", is_defined, result.gamma);
    add_number(file, "expected_disorder", is_defined, result.expected);
    add(file, "samples", jnode_count(result.samples));
    add(file, "is_best", jnode_bool(result.is_best));
    add_dissimilarities(file, raters, units, count, options);
}

static bool run_gamma(struct case_file *file, struct err *err)
{
    const struct jnode *params = jnode_get(file->root, "params");
    struct gamma_options options = GAMMA_DEFAULT;
    struct labels raters = { 0 }, categories = { 0 };
    size_t count = jnode_size(file->data);
    struct gamma_unit *units = mem_new((count + 1) * sizeof(*units));
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++)
        ok = read_gamma_unit(file, jnode_item(file->data, i), &raters, &categories, &units[i]) ||
             refuse(file, err, "a unit must have 'annotator', and 'start' before 'end'");
    if (ok && (!read_weight(params, "alpha", &options.alpha) ||
               !read_weight(params, "beta", &options.beta) ||
               !read_weight(params, "deltaEmpty", &options.empty)))
        ok = refuse(file, err, "'alpha', 'beta' and 'deltaEmpty' must be weights");
    if (ok)
        add_gamma(file, units, count, &raters, &options);
    mem_free(units);
    mem_free(raters.items);
    mem_free(categories.items);
    return ok;
}

// ---- the file

static bool run(struct case_file *file, struct err *err)
{
    static const struct {
        const char *kind;
        bool (*run)(struct case_file *file, struct err *err);
    } kinds[] = {
        { "coding", run_coding }, { "table", run_table }, { "counts", run_counts },
        { "units", run_units },   { "gamma", run_gamma },
    };
    struct sv kind = jnode_string(jnode_get(file->root, "kind"));

    file->data = jnode_get(file->root, "data");
    if (!file->data || jnode_type(file->data) != JNODE_LIST)
        return refuse(file, err, "a case is a map with 'kind' and the list 'data'");
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (sv_eq_cstr(kind, kinds[i].kind))
            return kinds[i].run(file, err);
    return refuse(file, err, "'kind' must be one of: coding, table, counts, units, gamma");
}

static bool read_file(const char *path, struct buf *out, struct err *err)
{
    return strcmp(path, "-") ? fs_read(path, CASE_BYTES, out, err)
                             : fs_read_input(CASE_BYTES, out, err);
}

bool agree_case(struct cli *cli, const char *path, struct err *err)
{
    struct case_file file = { .path = path };
    struct buf text = { 0 };
    struct jnode *root = NULL;
    bool ok = false;

    if (!read_file(path, &text, err))
        goto out;
    root = jnode_read(buf_sv(&text), path, err);
    file.root = root;
    if (!root || !run(&file, err))
        goto out;
    ok = true;
    if (cli->format == FORMAT_JSON)
        print_json(&file, &cli->out.text);
    else if (cli->format == FORMAT_TSV)
        print_table(&file, &cli->out);
    else
        print_plain(&file, &cli->out.text);
out:
    for (size_t i = 0; i < file.count; i++) {
        mem_free(file.figures[i].name);
        jnode_free(file.figures[i].value);
    }
    mem_free(file.figures);
    arena_release(&file.arena);
    jnode_free(root);
    buf_release(&text);
    return ok;
}
