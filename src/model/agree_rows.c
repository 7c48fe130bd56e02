// Rows of agreement: which measure goes with which field.
// Computes nothing that agree.c and agree_coding.c do not.
#include "model/agree_rows.h"

#include <stdlib.h>

#include "base/mem.h"

static const char *const names[AGREE_MEASURE__N] = {
    [AGREE_F1] = "f1",         [AGREE_PERCENTAGE] = "percentage", [AGREE_COHEN] = "cohen",
    [AGREE_FLEISS] = "fleiss", [AGREE_SCOTT] = "scott",           [AGREE_BENNETT] = "bennett",
    [AGREE_GWET] = "gwet",     [AGREE_ALPHA] = "alpha",           [AGREE_ALPHA_U] = "alpha_u",
    [AGREE_GAMMA] = "gamma",
};

struct making {
    struct agreement *agreement;
    const struct agree_choice *choice;
    struct agree_rows *out;
};

const char *agree_measure_name(enum agree_measure measure)
{
    return names[measure];
}

enum agree_measure agree_measure_find(struct sv name)
{
    int measure = 0;

    while (measure < AGREE_MEASURE__N && !sv_eq_cstr(name, names[measure]))
        measure++;
    return (enum agree_measure)measure;
}

struct agree_choice agree_choice_usual(size_t raters)
{
    struct agree_choice choice = { .field = AGREE_FIELD__N, .seed = 1 };

    choice.measures[AGREE_F1] = choice.measures[AGREE_PERCENTAGE] = true;
    choice.measures[raters == 2 ? AGREE_COHEN : AGREE_FLEISS] = true;
    choice.measures[AGREE_ALPHA] = choice.measures[AGREE_ALPHA_U] = true;
    choice.measures[AGREE_GAMMA] = true;
    return choice;
}

static void add_row(struct making *making, const struct agree_row *row)
{
    struct agree_rows *out = making->out;

    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = *row;
}

static void add_common(struct making *making, const char *field, const char *measure,
                       enum agree_match match)
{
    struct agree_common common;

    if (!making->choice->measures[AGREE_F1])
        return;
    agreement_common(making->agreement, match, making->choice->seed, &common);
    add_row(making, &(struct agree_row){ .field = field,
                                         .measure = measure,
                                         .why = common.why,
                                         .value = common.f1,
                                         .has_range = common.has_range,
                                         .range = common.range,
                                         .units = common.units });
}

static void add_alpha_u(struct making *making, const char *field, const struct sv_list *types)
{
    struct measured *each, all;

    if (!making->choice->measures[AGREE_ALPHA_U])
        return;
    each = mem_new(((types ? types->count : 1) + 1) * sizeof(*each));
    agreement_units(making->agreement, types, each, &all, &making->out->merged);
    mem_free(each);
    add_row(making, &(struct agree_row){ .field = field,
                                         .measure = "alpha_u",
                                         .why = all.why,
                                         .value = all.value,
                                         .units = all.units });
}

static void add_gamma(struct making *making, const char *field, const struct sv_list *types)
{
    struct gamma_options options = GAMMA_DEFAULT;
    struct gamma_result result;
    size_t units = 0;

    if (!making->choice->measures[AGREE_GAMMA])
        return;
    options.seed = making->choice->seed;
    agreement_gamma(making->agreement, types, &options, &result);
    for (size_t r = 0; r < making->agreement->raters; r++)
        units += making->agreement->claims_of[r];
    making->out->gamma = result;
    add_row(making, &(struct agree_row){ .field = field,
                                         .measure = "gamma",
                                         .why = result.why,
                                         .value = result.gamma,
                                         .units = units });
}

// The alpha that the values of a field allow.
static enum coding_measure alpha_of(enum agree_scale scale)
{
    static const enum coding_measure measures[] = {
        [AGREE_WORDS] = CODING_ALPHA_NOMINAL,
        [AGREE_ORDERED] = CODING_ALPHA_ORDINAL,
        [AGREE_NUMBERS] = CODING_ALPHA_RATIO,
        [AGREE_SETS] = CODING_ALPHA_MASI,
    };

    return measures[scale];
}

static void add_coding_row(struct making *making, enum agree_field field,
                           const struct coding *coding, enum coding_measure measure)
{
    const struct agreement *agreement = making->agreement;
    const struct agree_field_info *info = agree_field_get(field);
    size_t groups = info->of == AGREE_CLAIMS ? agreement->group_count : agreement->link_count;
    struct agree_row row = { .field = info->name, .measure = coding_measure_name(measure) };
    struct measured measured;

    coding_measure(coding, measure, &measured);
    row.why = measured.why;
    row.value = measured.value;
    row.units = measured.units;
    row.alone = groups - coding->units;
    row.blank = coding->units - measured.units;
    if (measured.why == AGREE_DEFINED)
        row.has_range = coding_interval(coding, measure, making->choice->seed, &row.range);
    add_row(making, &row);
}

static void add_field(struct making *making, enum agree_field field)
{
    static const struct {
        enum agree_measure measure;
        enum coding_measure coding;
    } plain[] = {
        { AGREE_PERCENTAGE, CODING_PERCENTAGE }, { AGREE_COHEN, CODING_COHEN },
        { AGREE_FLEISS, CODING_FLEISS },         { AGREE_SCOTT, CODING_SCOTT },
        { AGREE_BENNETT, CODING_BENNETT },       { AGREE_GWET, CODING_GWET },
    };
    const bool *chosen = making->choice->measures;
    struct coding coding;

    agreement_coding(making->agreement, field, &coding);
    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        if (chosen[plain[i].measure])
            add_coding_row(making, field, &coding, plain[i].coding);
    if (chosen[AGREE_ALPHA])
        add_coding_row(making, field, &coding, alpha_of(agree_field_get(field)->scale));
    coding_release(&coding);
    if (field == AGREE_FIELD_TYPE) {
        struct sv_list types = agreement_types(making->agreement);

        add_alpha_u(making, agree_field_get(field)->name, &types);
        add_gamma(making, agree_field_get(field)->name, &types);
    }
}

void agree_rows_make(struct agreement *agreement, const struct agree_choice *choice,
                     struct agree_rows *out)
{
    struct making making = { agreement, choice, out };
    bool is_whole = choice->field == AGREE_FIELD__N;
    enum agree_of of = AGREE_CLAIMS;

    if (is_whole) {
        add_common(&making, "claims", "f1 exact", AGREE_MATCH_EXACT);
        add_common(&making, "claims", "f1 overlap", AGREE_MATCH_OVERLAP);
        add_alpha_u(&making, "claims", NULL);
        add_gamma(&making, "claims", NULL);
    }
    for (int i = 0; i < AGREE_FIELD__N; i++) {
        enum agree_field field = (enum agree_field)i;

        if (is_whole && of == AGREE_CLAIMS && agree_field_get(field)->of == AGREE_LINKS) {
            of = AGREE_LINKS;
            add_common(&making, "links", "f1 ends", AGREE_MATCH_ENDS);
            add_common(&making, "links", "f1 typed", AGREE_MATCH_TYPED);
        }
        if (is_whole || choice->field == field)
            add_field(&making, field);
    }
}

void agree_rows_release(struct agree_rows *rows)
{
    mem_free(rows->items);
    *rows = (struct agree_rows){ 0 };
}

// ---- labels

// How a coding of "no" and "yes" went: uses of yes, units with two of them, F1.
static void count_label(const struct coding *coding, struct agree_label *label)
{
    double common = 0, all = 0;

    for (size_t u = 0; u < coding->units; u++) {
        const size_t *codes = coding->codes + u * coding->raters;
        size_t coded = 0, used = 0;

        for (size_t r = 0; r < coding->raters; r++)
            coded += codes[r] != CODING_NONE;
        for (size_t r = 0; coded > 1 && r < coding->raters; r++)
            if (codes[r] == 1) {
                label->used[r]++;
                label->uses++;
                used++;
            }
        label->common += used > 1;
        common += (double)used * ((double)used - 1);
        all += (double)used * ((double)coded - 1);
    }
    label->f1 = all > 0 ? common / all : 0;
}

static int compare_labels(const void *a, const void *b)
{
    const struct agree_label *x = a, *y = b;

    if (x->uses != y->uses)
        return x->uses > y->uses ? -1 : 1;
    return sv_cmp(x->name, y->name);
}

static void add_units_of_types(struct agreement *agreement, struct agree_labels *labels)
{
    struct sv_list types = agreement_types(agreement);
    struct measured *each = mem_new((types.count + 1) * sizeof(*each)), all;
    size_t merged;

    agreement_units(agreement, &types, each, &all, &merged);
    for (size_t i = 0; i < labels->count; i++)
        for (size_t t = 0; t < types.count; t++)
            if (sv_eq(labels->items[i].name, types.items[t]))
                labels->items[i].alpha_u = each[t];
    mem_free(each);
}

void agree_labels_make(struct agreement *agreement, enum agree_field field,
                       struct agree_labels *out)
{
    struct coding coding;
    size_t count;

    *out = (struct agree_labels){ 0 };
    agreement_coding(agreement, field, &coding);
    count = coding.scale == CODING_SETS ? coding.label_count : coding.value_count;
    out->items = arena_new(&out->arena, (count + 1) * sizeof(*out->items));
    for (size_t i = 0; i < count; i++) {
        struct agree_label *label = &out->items[out->count];
        struct coding one;

        coding_of_label(&coding, i, &one);
        label->name = coding.scale == CODING_SETS ? coding.labels[i] : coding.values[i].name;
        label->used = arena_new(&out->arena, (agreement->raters + 1) * sizeof(*label->used));
        label->alpha_u.why = AGREE_NO_RECORDS;
        count_label(&one, label);
        coding_measure(&one, agreement->raters == 2 ? CODING_COHEN : CODING_FLEISS, &label->kappa);
        coding_release(&one);
        if (label->uses)
            out->count++;
        else
            *label = (struct agree_label){ 0 };
    }
    coding_release(&coding);
    qsort(out->items, out->count, sizeof(*out->items), compare_labels);
    if (field == AGREE_FIELD_TYPE)
        add_units_of_types(agreement, out);
}

void agree_labels_release(struct agree_labels *labels)
{
    arena_release(&labels->arena);
    *labels = (struct agree_labels){ 0 };
}

// ---- confusions

void agree_table_make(struct agreement *agreement, enum agree_field field, struct agree_table *out)
{
    struct coding coding;
    size_t *places, n;

    *out = (struct agree_table){ 0 };
    agreement_coding(agreement, field, &coding);
    n = coding.value_count;
    places = mem_new((n + 1) * sizeof(*places));
    out->names = arena_new(&out->arena, (n + 1) * sizeof(*out->names));
    for (size_t v = 0; v < n; v++)
        places[v] = CODING_NONE;
    for (size_t u = 0; u < coding.units; u++) { // values used where another gave one, too
        const size_t *codes = coding.codes + u * coding.raters;
        struct measured unit;

        coding_unit(&coding, u, &unit);
        for (size_t r = 0; unit.why == AGREE_DEFINED && r < coding.raters; r++)
            if (codes[r] != CODING_NONE)
                places[codes[r]] = 0;
    }
    for (size_t v = 0; v < n; v++)
        if (places[v] != CODING_NONE) {
            places[v] = out->count;
            out->names[out->count++] = coding.values[v].name;
        }
    out->cells = arena_new(&out->arena, (out->count * out->count + 1) * sizeof(*out->cells));
    for (size_t u = 0; u < coding.units; u++)
        for (size_t i = 0; i < coding.raters; i++)
            for (size_t j = i + 1; j < coding.raters; j++) {
                const size_t *codes = coding.codes + u * coding.raters;

                if (codes[i] != CODING_NONE && codes[j] != CODING_NONE)
                    out->cells[places[codes[i]] * out->count + places[codes[j]]]++;
            }
    mem_free(places);
    coding_release(&coding);
}

void agree_table_release(struct agree_table *table)
{
    arena_release(&table->arena);
    *table = (struct agree_table){ 0 };
}
