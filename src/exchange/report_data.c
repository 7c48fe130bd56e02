// What a report says, gathered: claims named and placed, voices filed by source, the board,
// agreement. Writes no form; says nothing that is not in the records.
#include "exchange/report_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

// ---- texts

static void gather_lines(struct report *report, size_t text)
{
    const struct article *article = report->in->texts[text].article;
    size_t length = article_bytes(article).len, count = 0, cap = 0;
    size_t *lines = NULL;

    for (size_t pos = 0; pos < length; pos = article_line_next(article, pos)) {
        MEM_GROW(lines, count, cap);
        lines[count++] = pos;
    }
    report->lines[text] = lines;
    report->line_counts[text] = count;
    article_sha256(article_bytes(article), report->hashes[text]);
}

size_t line_at(const struct report *report, size_t text, size_t pos)
{
    size_t lo = 0, hi = report->line_counts[text];

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (report->lines[text][mid] <= pos)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

// ---- claims

// Where something stood that is not found: a place in the text all the same.
static struct cp_span clamp(struct cp_span at, size_t length)
{
    at.end = at.end < length ? at.end : length;
    at.beg = at.beg < at.end ? at.beg : at.end;
    return at;
}

static void place_parts(struct report *report, const struct reading *reading,
                        struct exhibit *exhibit)
{
    struct article *article = report->in->texts[exhibit->text].article;
    struct anchors *anchors = reading->in->anchors[exhibit->text];
    const struct rec_list *span = &exhibit->claim->span;
    struct cp_span *parts = arena_new(&report->arena, (span->count + 1) * sizeof(*parts));
    struct cp_span extent = { SIZE_MAX, 0 };

    for (size_t i = 0; i < span->count; i++) {
        const struct part *part = span->items[i];
        struct quoted quoted = {
            .at = part->at, .quote = part->quote, .before = part->before, .after = part->after
        };
        struct cp_span at = part->at;
        enum anchor anchor = anchors_find(anchors, &quoted, &at);

        if (anchor > exhibit->anchor)
            exhibit->anchor = anchor;
        if (anchor != ANCHOR_HERE && anchor != ANCHOR_MOVED)
            continue;
        parts[i] = at;
        extent.beg = at.beg < extent.beg ? at.beg : extent.beg;
        extent.end = at.end > extent.end ? at.end : extent.end;
    }
    exhibit->parts = parts;
    exhibit->at = extent.end ? extent : clamp(parts_extent(*span), article_cp_len(article));
    exhibit->line = line_at(report, exhibit->text, article_pos(article, exhibit->at.beg));
}

static int compare_addresses(const void *a, const void *b)
{
    const struct exhibit *x = *(const struct exhibit *const *)a,
                         *y = *(const struct exhibit *const *)b;
    uintptr_t left = (uintptr_t)x->claim, right = (uintptr_t)y->claim;

    return (left > right) - (left < right);
}

// All that was marked in a text, asked for or not.
static const struct layer *whole_layer(const struct report *report, const struct reading *reading,
                                       size_t text)
{
    return reading->in->layers[text] ? reading->in->layers[text] : &report->empty[text];
}

// What links make of claims, also those that were not asked for.
static struct derived *derive_whole(const struct report *report, const struct reading *reading)
{
    size_t texts = report->in->text_count;
    const struct layer **layers = mem_new((texts + 1) * sizeof(*layers));
    struct derived *derived;

    for (size_t t = 0; t < texts; t++)
        layers[t] = whole_layer(report, reading, t);
    derived = derive_new(layers, texts, report->in->scheme);
    mem_free(layers);
    return derived;
}

// The claims of a text, by the numbers they have among all that were marked in it.
static void gather_text(struct report *report, struct reading *reading, size_t text,
                        const struct derived *derived)
{
    const struct layer *layer = reading->layers[text], *whole = whole_layer(report, reading, text);
    size_t number = 0;

    reading->first[text] = reading->exhibit_count;
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];
        struct exhibit *exhibit = &reading->exhibits[reading->exhibit_count];

        while (whole->sections[SECTION_CLAIMS].items[number++] != claim)
            ;
        *exhibit = (struct exhibit){ .claim = claim, .text = text, .number = number };
        exhibit->flags = derive_flags(derived, whole, claim);
        place_parts(report, reading, exhibit);
        reading->by_claim[reading->exhibit_count++] = exhibit;
    }
}

static void gather_exhibits(struct report *report, struct reading *reading)
{
    size_t texts = report->in->text_count, count = 0;
    struct derived *derived = derive_whole(report, reading);

    for (size_t t = 0; t < texts; t++)
        count += reading->layers[t]->sections[SECTION_CLAIMS].count;
    reading->exhibits = mem_new((count + 1) * sizeof(*reading->exhibits));
    reading->by_claim = mem_new((count + 1) * sizeof(*reading->by_claim));
    reading->first = mem_new((texts + 1) * sizeof(*reading->first));
    for (size_t t = 0; t < texts; t++)
        gather_text(report, reading, t, derived);
    derive_free(derived);
    reading->first[texts] = reading->exhibit_count;
    qsort(reading->by_claim, count, sizeof(*reading->by_claim), compare_addresses);
}

const struct exhibit *exhibit_find(const struct reading *reading, const struct claim *claim)
{
    struct exhibit key = { .claim = claim };
    const struct exhibit *wanted = &key, *const * found;

    if (!claim || !reading->exhibit_count)
        return NULL;
    found = bsearch(&wanted, reading->by_claim, reading->exhibit_count, sizeof(*reading->by_claim),
                    compare_addresses);
    return found ? *found : NULL;
}

// ---- voices

static int compare_sayings(const void *a, const void *b)
{
    const struct saying *x = a, *y = b;
    int diff = sv_cmp(x->source, y->source);

    if (diff)
        return diff;
    return (x->order > y->order) - (x->order < y->order);
}

static void gather_sayings(const struct report *report, struct reading *reading)
{
    for (size_t i = 0; i < reading->exhibit_count; i++) {
        const struct exhibit *exhibit = &reading->exhibits[i];
        const struct rec_list *voices = &exhibit->claim->attributed_to;

        for (size_t j = 0; j < voices->count; j++) {
            for (const struct voice *voice = voices->items[j]; voice; voice = voice->citing) {
                const struct source *source = registry_find(report->in->registry, voice->source);

                MEM_GROW(reading->sayings, reading->saying_count, reading->saying_cap);
                reading->sayings[reading->saying_count] =
                    (struct saying){ source ? source->id : voice->source, exhibit, voice,
                                     voices->items[j], reading->saying_count };
                reading->saying_count++;
            }
        }
    }
    if (reading->saying_count)
        qsort(reading->sayings, reading->saying_count, sizeof(*reading->sayings), compare_sayings);
}

// ---- the board

const struct word *row_type(const struct report *report, const struct board_row *row)
{
    return row->link ? scheme_find(report->in->scheme, VOCAB_LINK, row->link->type) : NULL;
}

bool row_disputes(const struct report *report, const struct board_row *row)
{
    const struct word *type = row_type(report, row);

    return type && type->disputes;
}

enum row_kind row_kind(const struct report *report, const struct board_row *row)
{
    const struct word *type = row_type(report, row);

    if (!row->link)
        return ROW_ALONE;
    if (type && type->one_end)
        return row->left.claim || row->right.claim ? ROW_SILENT : ROW_BROKEN;
    return row->left.claim && row->right.claim ? ROW_LINK : ROW_BROKEN;
}

static void gather_board(const struct report *report, struct reading *reading)
{
    size_t texts = report->in->text_count;

    reading->derived = derive_new(reading->layers, texts, report->in->scheme);
    board_make(&(struct board_input){ .layers = reading->layers,
                                      .count = texts,
                                      .derived = reading->derived,
                                      .scheme = report->in->scheme,
                                      .registry = report->in->registry },
               BOARD_BY_TOPIC, &reading->board);
    reading->numbers = mem_new((reading->board.count + 1) * sizeof(*reading->numbers));
    for (size_t i = 0; i < reading->board.count; i++)
        reading->numbers[i] = ++reading->row_counts[row_kind(report, &reading->board.rows[i])];
}

// Claims that the board has without a link.
static void mark_alone(struct report *report, struct reading *reading)
{
    const struct exhibit *found;

    for (size_t i = 0; i < reading->board.count; i++) {
        const struct board_row *row = &reading->board.rows[i];

        if (row_kind(report, row) != ROW_ALONE)
            continue;
        found = exhibit_find(reading, row->left.claim ? row->left.claim : row->right.claim);
        if (found)
            reading->exhibits[found - reading->exhibits].is_alone = true;
    }
}

static void gather_reading(struct report *report, const struct report_reading *in)
{
    struct reading *reading = &report->readings[report->reading_count++];
    size_t texts = report->in->text_count;

    reading->in = in;
    reading->layers = mem_new((texts + 1) * sizeof(*reading->layers));
    for (size_t t = 0; t < texts; t++)
        reading->layers[t] =
            in->narrowed && in->layers[t] ? in->narrowed[t] : whole_layer(report, reading, t);
    gather_board(report, reading);
    gather_exhibits(report, reading);
    mark_alone(report, reading);
    gather_sayings(report, reading);
}

// ---- agreement

static void gather_agreement(struct report *report)
{
    const struct report_input *in = report->in;
    size_t raters = 0, articles = 0;

    report->raters = mem_new((in->reading_count + 1) * sizeof(*report->raters));
    for (size_t r = 0; r < in->reading_count; r++)
        if (!in->readings[r].is_adjudicated)
            report->raters[raters++] = &in->readings[r];
    report->compared = mem_new((raters * in->text_count + 1) * sizeof(*report->compared));
    report->compared_texts = mem_new((in->text_count + 1) * sizeof(*report->compared_texts));
    for (size_t t = 0; t < in->text_count; t++) {
        const struct layer **layers = report->compared + articles * raters;
        size_t there = 0;

        for (size_t r = 0; r < raters; r++) {
            layers[r] = report->raters[r]->layers[t];
            there += layers[r] != NULL;
        }
        if (there < 2)
            continue;
        if (!agreement_can_compare(layers, raters))
            report->differing++;
        else
            report->compared_texts[articles++] = in->texts[t].id;
    }
    if (!articles)
        return;

    struct agree_choice choice = agree_choice_usual(raters);

    choice.seed = 1;
    agreement_make(report->compared, raters, articles, PAIR_HALF, in->scheme, in->registry,
                   &report->agreement);
    agree_rows_make(&report->agreement, &choice, &report->rows);
}

// ---- the whole

struct report *report_new(const struct report_input *in)
{
    struct report *report = mem_new(sizeof(*report));

    report->in = in;
    report->lines = mem_new((in->text_count + 1) * sizeof(*report->lines));
    report->line_counts = mem_new((in->text_count + 1) * sizeof(*report->line_counts));
    report->hashes = mem_new((in->text_count + 1) * sizeof(*report->hashes));
    report->readings = mem_new((in->reading_count + 1) * sizeof(*report->readings));
    report->empty = mem_new((in->text_count + 1) * sizeof(*report->empty));
    for (size_t t = 0; t < in->text_count; t++) {
        report->empty[t].head.article = in->texts[t].id;
        gather_lines(report, t);
    }
    for (size_t r = 0; r < in->reading_count; r++)
        if (in->readings[r].is_shown)
            gather_reading(report, &in->readings[r]);
    gather_agreement(report);
    gather_open(report);
    return report;
}

static void reading_release(struct reading *reading)
{
    derive_free(reading->derived);
    board_release(&reading->board);
    mem_free(reading->layers);
    mem_free(reading->numbers);
    mem_free(reading->exhibits);
    mem_free(reading->by_claim);
    mem_free(reading->first);
    mem_free(reading->sayings);
}

void report_free(struct report *report)
{
    if (!report)
        return;
    for (size_t r = 0; r < report->reading_count; r++)
        reading_release(&report->readings[r]);
    for (size_t t = 0; t < report->in->text_count; t++)
        mem_free(report->lines[t]);
    if (report->agreement.raters) {
        agree_rows_release(&report->rows);
        agreement_release(&report->agreement);
    }
    mem_free(report->empty);
    mem_free(report->lines);
    mem_free(report->line_counts);
    mem_free(report->hashes);
    mem_free(report->readings);
    mem_free(report->compared);
    mem_free(report->compared_texts);
    mem_free(report->raters);
    arena_release(&report->arena);
    mem_free(report);
}

struct tally tally(const struct reading *reading, size_t text)
{
    struct tally sum = { 0 };

    for (size_t i = 0; i < reading->exhibit_count; i++) {
        const struct exhibit *exhibit = &reading->exhibits[i];

        if (text != SIZE_MAX && exhibit->text != text)
            continue;
        sum.claims++;
        sum.attributed += (exhibit->flags & CLAIM_ATTRIBUTED) != 0;
        sum.contested += (exhibit->flags & CLAIM_CONTESTED) != 0;
        sum.disputed += (exhibit->flags & CLAIM_DISPUTED) != 0;
        sum.corroborated += (exhibit->flags & CLAIM_CORROBORATED) != 0;
        sum.silent += (exhibit->flags & CLAIM_SILENT) != 0;
        sum.lost += exhibit->anchor == ANCHOR_DOUBT || exhibit->anchor == ANCHOR_LOST;
    }
    return sum;
}

struct report_counts report_count(const struct report *report)
{
    struct report_counts counts = { .texts = report->in->text_count, .open = report->open };

    for (size_t r = 0; r < report->reading_count; r++) {
        const struct reading *reading = &report->readings[r];
        struct tally all = tally(reading, SIZE_MAX);

        counts.claims += all.claims;
        for (size_t t = 0; t < report->in->text_count; t++)
            counts.marked += whole_layer(report, reading, t)->sections[SECTION_CLAIMS].count;
        counts.lost += all.lost;
        counts.links += reading->row_counts[ROW_LINK] + reading->row_counts[ROW_SILENT];
        for (size_t i = 0; i < reading->board.count; i++)
            counts.disputes += row_kind(report, &reading->board.rows[i]) == ROW_LINK &&
                               row_disputes(report, &reading->board.rows[i]);
    }
    return counts;
}
