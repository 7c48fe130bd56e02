// How a report came about: texts, readers, scheme, agreement, what its words mean. Declared in
// exchange/report_html.h.
// Dates come from the records: there is no clock here.
#include "exchange/report_html.h"

#include "base/version.h"

// ---- agreement

struct head { // of a column
    const char *name;
    bool is_words; // set at the left; figures stand at the right
};

static void table_head(struct markup *m, const char *caption, const struct head *heads,
                       size_t count)
{
    markup_begin(m, "div");
    markup_attr(m, "class", SV("wide"));
    markup_begin(m, "table");
    markup_attr(m, "class", SV("figures"));
    markup_elementf(m, "caption", NULL, "%s", caption);
    markup_begin(m, "thead");
    markup_begin(m, "tr");
    for (size_t i = 0; i < count; i++) {
        markup_begin(m, "th");
        markup_attr(m, "scope", SV("col"));
        if (heads[i].is_words)
            markup_attr(m, "class", SV("word"));
        markup_textf(m, "%s", heads[i].name);
        markup_end(m, "th");
    }
    markup_end(m, "tr");
    markup_end(m, "thead");
    markup_begin(m, "tbody");
    markup_line(m);
}

static void table_end(struct markup *m)
{
    markup_end(m, "tbody");
    markup_end(m, "table");
    markup_end(m, "div");
    markup_line(m);
}

static void row_heading(struct markup *m, struct sv text)
{
    markup_begin(m, "th");
    markup_attr(m, "scope", SV("row"));
    markup_text(m, text);
    markup_end(m, "th");
}

// Rows from `from` on that are of one field.
static size_t rows_of_field(const struct agree_rows *rows, size_t from)
{
    size_t count = 1;

    while (from + count < rows->count && rows->items[from + count].field == rows->items[from].field)
        count++;
    return count;
}

// Are all of them undefined, for one reason? Then one row says it.
static bool are_undefined(const struct agree_rows *rows, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++)
        if (rows->items[i].why == AGREE_DEFINED || rows->items[i].why != rows->items[from].why)
            return false;
    return true;
}

// The field before its first row, for all of them.
static void agreement_field(struct markup *m, const char *field, size_t rows)
{
    markup_begin(m, "th");
    markup_attr(m, "scope", SV("rowgroup"));
    markup_attrf(m, "rowspan", "%zu", rows);
    markup_textf(m, "%s", field);
    markup_end(m, "th");
}

static void agreement_cells(struct markup *m, const struct agree_row *row, const char *measure)
{
    markup_elementf(m, "td", "word", "%s", measure);
    if (row->why == AGREE_DEFINED)
        markup_elementf(m, "td", NULL, "%.3f", row->value);
    else
        markup_elementf(m, "td", "word", "undefined: %s", agree_why_text(row->why));
    if (row->why == AGREE_DEFINED && row->has_range)
        markup_elementf(m, "td", NULL, "%.2f to %.2f", row->range.low, row->range.high);
    else
        markup_elementf(m, "td", NULL, "–");
    markup_elementf(m, "td", NULL, "%zu", row->units);
    markup_elementf(m, "td", NULL, "%zu", row->alone);
    markup_elementf(m, "td", NULL, "%zu", row->blank);
}

static void agreement_rows(struct markup *m, const struct agree_rows *rows)
{
    for (size_t i = 0, count; i < rows->count; i += count) {
        const struct agree_row *first = &rows->items[i];
        size_t shown;

        count = rows_of_field(rows, i);
        shown = are_undefined(rows, i, count) ? 1 : count;
        for (size_t j = 0; j < shown; j++) {
            markup_begin(m, "tr");
            if (!j)
                agreement_field(m, first->field, shown);
            agreement_cells(m, &first[j], shown < count ? "all measures" : first[j].measure);
            markup_end(m, "tr");
            markup_line(m);
        }
    }
}

void page_agreement(struct page *page)
{
    static const struct head heads[] = { { "of", true },     { "measure", true },
                                         { "value", false }, { "95 %", false },
                                         { "n", false },     { "by one alone", false },
                                         { "blank", false } };
    const struct report *report = page->report;
    struct markup *m = &page->m;

    markup_begin(m, "p");
    markup_textf(m, "Between ");
    for (size_t r = 0; r < report->agreement.raters; r++) {
        markup_textf(m, !r ? "" : r + 1 < report->agreement.raters ? ", " : " and ");
        markup_text(m, reader_name(report, report->raters[r]->annotator));
    }
    markup_textf(m,
                 ", over %zu article%s that two of them read at least. Two claims are taken for "
                 "one when half of the "
                 "longer one lies in the other.",
                 report->agreement.articles, report->agreement.articles == 1 ? "" : "s");
    if (report->differing)
        markup_textf(m, " %zu left out, as the readings count in different states of the text.",
                     report->differing);
    markup_end(m, "p");
    markup_line(m);
    table_head(m, "Agreement, by field and measure", heads, ARRAY_LEN(heads));
    agreement_rows(m, &report->rows);
    table_end(m);
    markup_elementf(
        m, "p", "note",
        "n: what the value rests on. Left out of it: what one marked alone, and what was not "
        "given a value by two. Ranges by drawing units again, seed 1.");
    markup_line(m);
}

// ---- methods

static void begin_terms(struct markup *m)
{
    markup_begin(m, "dl");
    markup_line(m);
}

static void end_terms(struct markup *m)
{
    markup_end(m, "dl");
    markup_line(m);
}

static void begin_term(struct markup *m, const char *term)
{
    markup_elementf(m, "dt", NULL, "%s", term);
    markup_begin(m, "dd");
}

static void end_term(struct markup *m)
{
    markup_end(m, "dd");
    markup_line(m);
}

static void add_term(struct markup *m, const char *term, struct sv value)
{
    struct buf text = { 0 };

    if (sv_is_blank(value))
        return;
    add_flat(value, &text);
    begin_term(m, term);
    markup_text(m, buf_sv(&text));
    end_term(m);
    buf_release(&text);
}

static void add_text(struct page *page, size_t index)
{
    const struct report *report = page->report;
    const struct report_text *text = &report->in->texts[index];
    struct markup *m = &page->m;
    struct buf letter = { 0 };

    add_letter(index, &letter);
    markup_begin(m, "h4");
    markup_element(m, "b", "letter", buf_sv(&letter));
    markup_textf(m, " ");
    markup_element(m, "bdi", NULL, text_title(text));
    markup_end(m, "h4");
    begin_terms(m);
    add_term(m, "Article", text->id);
    add_term(m, "Outlet", text->meta->outlet);
    add_term(m, "Author", text->meta->author);
    add_term(m, "Published", text->meta->published);
    if (!sv_is_blank(text->meta->url)) {
        begin_term(m, "Address");
        markup_begin(m, "a");
        if (markup_url(m, "href", text->meta->url))
            markup_attr(m, "rel", SV("external noopener noreferrer"));
        markup_text(m, text->meta->url);
        markup_end(m, "a");
        end_term(m);
    }
    add_term(m, "Retrieved", text->meta->retrieved);
    add_term(m, "Language", text->meta->language);
    add_term(m, "Licence", text->meta->licence);
    add_term(m, "Rests on", text->meta->origin);
    add_term(m, "Note", text->meta->note);
    begin_term(m, "Text");
    markup_textf(m, "%zu code points, %zu lines; SHA-256 ", article_cp_len(text->article),
                 report->line_counts[index]);
    markup_elementf(m, "code", NULL, "%s", report->hashes[index]);
    end_term(m);
    end_terms(m);
    buf_release(&letter);
}

static void add_reader_row(struct page *page, const struct report_reading *in, size_t text)
{
    const struct layer *layer = in->layers[text];
    const struct text_state *state = layer->head.text;
    struct markup *m = &page->m;
    struct buf letter = { 0 };

    add_letter(text, &letter);
    markup_begin(m, "tr");
    row_heading(m, reader_name(page->report, in->annotator));
    markup_elementf(m, "td", "word", "%s", buf_cstr(&letter));
    markup_elementf(m, "td", NULL, "%zu", layer->sections[SECTION_CLAIMS].count);
    markup_elementf(m, "td", NULL, "%zu", layer->sections[SECTION_LINKS].count);
    markup_elementf(m, "td", NULL, "%zu %%", layer_read_share(layer));
    markup_elementf(m, "td", "word", "%s", layer_is_finished(layer) ? "finished" : "in progress");
    markup_element(m, "td", "word", layer->head.guideline.len ? layer->head.guideline : SV("–"));
    markup_elementf(m, "td", "word", "%s",
                    !state                                                  ? "unknown"
                    : sv_eq_cstr(state->sha256, page->report->hashes[text]) ? "as it is"
                                                                            : "as it was before");
    markup_end(m, "tr");
    markup_line(m);
    buf_release(&letter);
}

static void add_readers(struct page *page)
{
    static const struct head heads[] = { { "Reader", true },    { "text", true },
                                         { "claims", false },   { "links", false },
                                         { "read", false },     { "state", true },
                                         { "guideline", true }, { "made on the text", true } };
    const struct report_input *in = page->report->in;

    table_head(&page->m, "Who read what", heads, ARRAY_LEN(heads));
    for (size_t r = 0; r < in->reading_count; r++)
        for (size_t t = 0; t < in->text_count; t++)
            if (in->readings[r].layers[t])
                add_reader_row(page, &in->readings[r], t);
    table_end(&page->m);
}

// Whose claims and links stand in the report.
static void add_base(struct page *page, const struct reading *reading)
{
    struct markup *m = &page->m;
    struct sv first, last;

    reading_dates(reading, &first, &last);
    if (reading->in->is_adjudicated) {
        markup_textf(
            m, "The adjudicated layer, which the team agreed on; what it rejected is left out");
    } else {
        markup_textf(m, "The reading of ");
        markup_text(m, reader_name(page->report, reading->in->annotator));
        markup_textf(m, ", by one reader and not adjudicated");
    }
    if (first.len) {
        markup_textf(m, sv_eq(first, last) ? "; recorded on " : "; recorded from ");
        markup_text(m, first);
        if (!sv_eq(first, last)) {
            markup_textf(m, " to ");
            markup_text(m, last);
        }
    }
    markup_textf(m, ". ");
}

static void add_rules(struct page *page)
{
    const struct report_input *in = page->report->in;
    struct markup *m = &page->m;

    begin_terms(m);
    begin_term(m, "What is shown");
    for (size_t r = 0; r < page->report->reading_count; r++)
        add_base(page, &page->report->readings[r]);
    end_term(m);
    add_term(m, "Query", in->where);
    begin_term(m, "Scheme");
    if (in->scheme->version.len) {
        markup_textf(m, "the team’s own, version ");
        markup_text(m, in->scheme->version);
    } else {
        markup_textf(m, "built into the program");
    }
    end_term(m);
    add_term(m, "Guideline", in->team->head.guideline);
    if (in->team->head.blind)
        add_term(m, "Blind", SV("readers do not see each other’s work before they have finished"));
    begin_term(m, "Program");
    markup_textf(m, "gainsay %s, format %d; the same files give this same report, byte for byte",
                 GAINSAY_VERSION, GAINSAY_FORMAT);
    end_term(m);
    end_terms(m);
}

static void add_words(struct page *page)
{
    const struct rec_list *types = &page->report->in->scheme->vocabs[VOCAB_LINK];
    struct markup *m = &page->m;

    begin_terms(m);
    add_term(m, "claim",
             SV("words of an article that say something is so; one may have several parts, and "
                "claims may "
                "overlap"));
    add_term(
        m, "contested",
        SV("marked as presented as open or disputed in its own article, or in dispute with another "
           "claim"));
    add_term(
        m, "disputed",
        SV("a disputing link joins it to a claim of another article; this says what the articles "
           "say, not which is right"));
    add_term(m, "strict", SV("of a dispute: as worded, both cannot be true"));
    for (size_t i = 0; i < types->count; i++) {
        const struct word *word = types->items[i];

        markup_element(m, "dt", NULL, word->id);
        markup_begin(m, "dd");
        markup_textf(m, word->disputes ? "a link that disputes: " : "a link: ");
        markup_text(m, word->definition);
        end_term(m);
    }
    end_terms(m);
}

void page_methods(struct page *page)
{
    struct markup *m = &page->m;

    add_rules(page);
    markup_elementf(m, "h3", NULL, "Readers");
    add_readers(page);
    markup_elementf(m, "h3", NULL, "Texts");
    for (size_t t = 0; t < page->report->in->text_count; t++)
        add_text(page, t);
    markup_elementf(m, "h3", NULL, "Words");
    add_words(page);
}
