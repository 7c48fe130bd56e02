// What readers differ in and nobody has decided yet, of a report on what the team agreed on.
// Declared in exchange/report_data.h. Decides nothing.
#include "base/mem.h"
#include "exchange/report_data.h"
#include "model/adjudicate.h"

static bool is_of_agreed(const struct report *report)
{
    for (size_t r = 0; r < report->reading_count; r++)
        if (report->readings[r].in->is_adjudicated)
            return true;
    return false;
}

// Positions that count in another text cannot be held against those of this one.
static const struct layer *of_text(const struct report *report, size_t text,
                                   const struct layer *layer)
{
    return layer &&
                   (!layer->head.text || sv_eq_cstr(layer->head.text->sha256, report->hashes[text]))
               ? layer
               : NULL;
}

// The differences of one text, put first among the texts as adjudication_make asks.
static void count_open(struct report *report, const struct sv *names, size_t raters, size_t text)
{
    size_t texts = report->in->text_count;
    const struct layer **layers = mem_new(texts * raters * sizeof(*layers));
    const struct layer **settled = mem_new(texts * sizeof(*settled));
    struct sv *ids = mem_new(texts * sizeof(*ids));
    struct adjudication adjudication;

    for (size_t i = 0; i < texts; i++) {
        size_t t = i == 0 ? text : i <= text ? i - 1 : i;

        ids[i] = report->in->texts[t].id;
        settled[i] = of_text(report, t, report->in->texts[t].settled);
        for (size_t r = 0; r < raters; r++)
            layers[i * raters + r] = of_text(report, t, report->raters[r]->layers[t]);
    }
    adjudication_make(&(struct adjudicate_input){ .raters = raters,
                                                  .articles = texts,
                                                  .names = names,
                                                  .ids = ids,
                                                  .layers = layers,
                                                  .settled = settled,
                                                  .scheme = report->in->scheme,
                                                  .registry = report->in->registry },
                      &adjudication);
    for (size_t i = 0; i < adjudication.count; i++) {
        const struct adjudicate_row *row = &adjudication.rows[i];

        if (row->article != 0)
            continue; // a link that is counted with the text of its first end
        report->open += adjudicate_is_open(row->state);
        report->agreed += row->state == ADJUDICATE_AGREED;
    }
    adjudication_release(&adjudication);
    mem_free(layers);
    mem_free(settled);
    mem_free(ids);
}

void gather_open(struct report *report)
{
    size_t raters = 0;
    struct sv *names;

    if (!is_of_agreed(report))
        return;
    names = mem_new((report->in->reading_count + 1) * sizeof(*names));
    for (size_t r = 0; r < report->in->reading_count; r++)
        if (!report->in->readings[r].is_adjudicated)
            names[raters++] = report->in->readings[r].annotator; // in the order of report->raters
    for (size_t t = 0; raters && t < report->in->text_count; t++)
        count_open(report, names, raters, t);
    mem_free(names);
}

void add_open(const struct report *report, struct buf *out)
{
    bool is_one = report->open == 1;

    if (report->open)
        buf_addf(out,
                 "%zu difference%s between the readers %s still open: what is shown may change "
                 "when %s decided.",
                 report->open, is_one ? "" : "s", is_one ? "is" : "are",
                 is_one ? "it is" : "they are");
    if (report->agreed)
        buf_addf(out, "%sOf %zu record%s on which they agree nothing is taken over yet.",
                 report->open ? " " : "", report->agreed, report->agreed == 1 ? "" : "s");
}
