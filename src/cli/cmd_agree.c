// agree: how far annotators agree, over the articles that two of them read at least.
// Changes nothing; pairs claims by their words, never by ids.
#include "cli/agree_print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/agree_case.h"
#include "cli/library.h"

// ---- options

static bool read_seed(const struct cli *cli, uint64_t *seed, struct err *err)
{
    const char *text = cli->values[OPT_SEED];
    char *end;

    *seed = 1;
    if (!text)
        return true;
    *seed = strtoull(text, &end, 10);
    if (!*text || *end || strspn(text, "0123456789") != strlen(text))
        return err_set(err, E_USAGE, ERR_NOWHERE, "'%s' is no seed; say a whole number", text);
    return true;
}

static bool read_overlap(const struct cli *cli, double *least, struct err *err)
{
    const char *text = cli->values[OPT_OVERLAP];
    char *end;

    *least = PAIR_HALF;
    if (!text)
        return true;
    *least = strtod(text, &end); // LC_NUMERIC stays "C"
    if (end == text || *end || !(*least >= 0 && *least <= 1))
        return err_set(err, E_USAGE, ERR_NOWHERE,
                       "'%s' is no share; say 0 (any overlap) to 1 (the same words)", text);
    return true;
}

static bool read_choice(const struct cli *cli, struct agree_choice *choice, struct err *err)
{
    const char *by = cli->values[OPT_BY], *name = cli->values[OPT_MEASURE];
    struct buf names = { 0 };
    bool ok = true;

    *choice = agree_choice_usual(cli->operand_count);
    if (by)
        choice->field = agree_field_find(sv_from(by));
    if (by && choice->field == AGREE_FIELD__N) {
        for (int i = 0; i < AGREE_FIELD__N; i++)
            buf_addf(&names, "%s%s", i ? ", " : "", agree_field_get((enum agree_field)i)->name);
        ok = err_set(err, E_USAGE, ERR_NOWHERE, "'%s' is no field; say one of: %s", by,
                     buf_cstr(&names));
    } else if (name) {
        enum agree_measure measure = agree_measure_find(sv_from(name));

        for (int i = 0; i < AGREE_MEASURE__N; i++) {
            choice->measures[i] = measure == (enum agree_measure)i;
            buf_addf(&names, "%s%s", i ? ", " : "", agree_measure_name((enum agree_measure)i));
        }
        if (measure == AGREE_MEASURE__N)
            ok = err_set(err, E_USAGE, ERR_NOWHERE, "'%s' is no measure; say one of: %s", name,
                         buf_cstr(&names));
    }
    buf_release(&names);
    return ok;
}

// ---- articles

struct shelf {                   // the layers to compare
    const struct layer **layers; // [article * raters + rater]
    struct sv *articles;
    size_t count, raters;
};

static int compare_svs(const void *a, const void *b)
{
    return sv_cmp(*(const struct sv *)a, *(const struct sv *)b);
}

static const struct layer *find_layer(const struct library *library, size_t annotator,
                                      struct sv article)
{
    const struct library_annotator *who = &library->annotators[annotator];

    for (size_t i = 0; i < who->count; i++) {
        const struct layer *layer = library_layer_of(&library->layers[who->first + i]);

        if (sv_eq(layer->head.article, article))
            return layer;
    }
    return NULL;
}

// Say that an article (absent: every one) is left out.
static void warn(struct cli *cli, struct sv article)
{
    struct findings findings = { 0 };

    if (article.len)
        findings_add(&findings, SEVERITY_WARNING, E_TEXT, ERR_NOWHERE,
                     "'" SV_FMT
                     "' is left out: the layers count in different texts; run 'reanchor'",
                     SV_ARG(article));
    else
        findings_add(&findings, SEVERITY_WARNING, E_INCOMPLETE, ERR_NOWHERE,
                     "there is no article that two of them read");
    (void)cli_report(cli, &findings);
    findings_release(&findings);
}

// Add an article when two annotators at least have read it.
static void shelf_add(struct cli *cli, const struct library *library, struct sv article,
                      struct shelf *shelf)
{
    const struct layer **layers = shelf->layers + shelf->count * shelf->raters;
    size_t there = 0;

    for (size_t r = 0; r < shelf->raters; r++) {
        layers[r] = find_layer(library, r, article);
        there += layers[r] != NULL;
    }
    if (there < 2)
        return;
    if (agreement_can_compare(layers, shelf->raters))
        shelf->articles[shelf->count++] = article;
    else
        warn(cli, article);
}

static void shelf_fill(struct cli *cli, const struct library *library, struct shelf *shelf)
{
    struct sv *ids = mem_new((library->layer_count + 1) * sizeof(*ids));

    shelf->raters = library->annotator_count;
    shelf->layers = mem_new((library->layer_count + 1) * shelf->raters * sizeof(*shelf->layers));
    shelf->articles = mem_new((library->layer_count + 1) * sizeof(*shelf->articles));
    for (size_t i = 0; i < library->layer_count; i++)
        ids[i] = library_layer_of(&library->layers[i])->head.article;
    qsort(ids, library->layer_count, sizeof(*ids), compare_svs);
    for (size_t i = 0; i < library->layer_count; i++)
        if (!i || !sv_eq(ids[i], ids[i - 1]))
            shelf_add(cli, library, ids[i], shelf);
    mem_free(ids);
}

static void shelf_release(struct shelf *shelf)
{
    mem_free(shelf->layers);
    mem_free(shelf->articles);
}

// ---- the command

static void print(struct cli *cli, struct agree_answer *answer)
{
    if (cli->format == FORMAT_JSON)
        agree_print_json(cli, answer);
    else if (cli->format == FORMAT_TSV)
        agree_print_tsv(cli, answer);
    else
        agree_print_plain(cli, answer);
}

static int compare_layers(struct cli *cli, const struct agree_choice *choice, double least)
{
    const char *typed = cli->values[OPT_ARTICLE];
    struct agree_answer answer = { .field = choice->field, .least = least, .seed = choice->seed };
    struct library library = { 0 };
    struct shelf shelf = { 0 };
    struct sv article = { 0 };
    struct err err = { 0 };
    size_t found = 0;

    if ((typed && !workspace_resolve(&cli->workspace, typed, &article, &err)) ||
        !library_load_of(cli, cli->operands, cli->operand_count, article, &library, &err))
        return cli_fail(cli, &err);
    shelf_fill(cli, &library, &shelf);
    if (shelf.count) {
        agreement_make(shelf.layers, shelf.raters, shelf.count, least, library.scheme,
                       &library.registry.registry, &answer.agreement);
        agree_rows_make(&answer.agreement, choice, &answer.rows);
        answer.names = cli->operands;
        answer.articles = shelf.articles;
        print(cli, &answer);
        agree_rows_release(&answer.rows);
        agreement_release(&answer.agreement);
    } else {
        warn(cli, (struct sv){ 0 });
    }
    found = shelf.count;
    shelf_release(&shelf);
    library_release(&library);
    return cli_status(cli, found ? 0 : 1);
}

static bool are_distinct(const struct cli *cli, struct err *err)
{
    for (size_t i = 0; i < cli->operand_count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(cli->operands[i], cli->operands[j]))
                return err_set(err, E_USAGE, ERR_NOWHERE, "'%s' is named twice", cli->operands[i]);
    return true;
}

int cmd_agree(struct cli *cli)
{
    struct agree_choice choice;
    struct findings findings = { 0 };
    struct err err = { 0 };
    double least;
    uint64_t seed;

    if (cli->values[OPT_CASE] && cli->operand_count)
        return cli_usage(cli, "a case has its raters in it; '%s' is too much", cli->operands[0]);
    if (cli->values[OPT_CASE])
        return agree_case(cli, cli->values[OPT_CASE], &err) ? cli_status(cli, 0)
                                                            : cli_fail(cli, &err);
    if (cli->operand_count < 2)
        return cli_usage(cli, "name two annotators at least, or a file with --case");
    if (!are_distinct(cli, &err) || !read_choice(cli, &choice, &err) ||
        !read_overlap(cli, &least, &err) || !read_seed(cli, &seed, &err) ||
        !workspace_open(cli->values[OPT_DIR], &cli->workspace, &findings, &err)) {
        findings_release(&findings);
        return cli_fail(cli, &err);
    }
    (void)cli_report(cli, &findings);
    findings_release(&findings);
    choice.seed = seed;
    cli->may_page = true;
    return compare_layers(cli, &choice, least);
}
