// Sources, remarks and the register of claims of a report. Declared in exchange/report_html.h.
// Every quote comes with its position.
#include "exchange/report_html.h"

#include "base/mem.h"

// ---- sources

// How often a source does what in a text: "reports 2, confirms 1", in the order of the scheme.
static void add_acts(const struct page *page, const struct saying *sayings, size_t count,
                     size_t text, struct buf *out)
{
    const struct rec_list *acts = &page->report->in->scheme->vocabs[VOCAB_ACT];
    size_t known = 0, all = 0, before = out->len;

    for (size_t i = 0; i < count; i++)
        all += sayings[i].exhibit->text == text;
    for (size_t a = 0; a < acts->count; a++) {
        const struct word *act = acts->items[a];
        size_t times = 0;

        for (size_t i = 0; i < count; i++)
            times += sayings[i].exhibit->text == text && sv_eq(sayings[i].voice->act, act->id);
        if (times)
            buf_addf(out, "%s" SV_FMT " %zu", out->len > before ? ", " : "", SV_ARG(act->id),
                     times);
        known += times;
    }
    if (all > known)
        buf_addf(out, "%ssays %zu", out->len > before ? ", " : "", all - known);
}

static size_t run_of(const struct reading *reading, size_t first)
{
    size_t count = 1;

    while (first + count < reading->saying_count &&
           sv_cmp(reading->sayings[first + count].source, reading->sayings[first].source) == 0)
        count++;
    return count;
}

static void source_row(struct page *page, const struct saying *sayings, size_t count)
{
    struct markup *m = &page->m;

    markup_begin(m, "tr");
    markup_begin(m, "th");
    markup_attr(m, "scope", SV("row"));
    page_source_link(page, sayings->source);
    markup_end(m, "th");
    for (size_t t = 0; t < page->report->in->text_count; t++) {
        struct buf acts = { 0 };

        add_acts(page, sayings, count, t, &acts);
        markup_element(m, "td", NULL, acts.len ? buf_sv(&acts) : SV("–"));
        buf_release(&acts);
    }
    markup_end(m, "tr");
    markup_line(m);
}

static void source_table(struct page *page)
{
    const struct reading *reading = page->reading;
    struct markup *m = &page->m;

    markup_begin(m, "div");
    markup_attr(m, "class", SV("wide"));
    markup_begin(m, "table");
    markup_elementf(m, "caption", NULL, "Sources by articles: what each does, how often");
    markup_begin(m, "thead");
    markup_begin(m, "tr");
    markup_begin(m, "th");
    markup_attr(m, "scope", SV("col"));
    markup_textf(m, "Source");
    markup_end(m, "th");
    for (size_t t = 0; t < page->report->in->text_count; t++) {
        struct buf letter = { 0 };

        add_letter(t, &letter);
        markup_begin(m, "th");
        markup_attr(m, "scope", SV("col"));
        markup_textf(m, "in %s", buf_cstr(&letter));
        markup_end(m, "th");
        buf_release(&letter);
    }
    markup_end(m, "tr");
    markup_end(m, "thead");
    markup_begin(m, "tbody");
    markup_line(m);
    for (size_t i = 0, count; i < reading->saying_count; i += count) {
        count = run_of(reading, i);
        source_row(page, &reading->sayings[i], count);
    }
    markup_end(m, "tbody");
    markup_end(m, "table");
    markup_end(m, "div");
    markup_line(m);
}

// Through whom the article has it: "via United Nations reports".
static void add_way(struct page *page, const struct saying *saying)
{
    struct markup *m = &page->m;

    if (saying->voice == saying->root)
        return;
    markup_textf(m, " via ");
    for (const struct voice *v = saying->root; v && v != saying->voice; v = v->citing) {
        if (v != saying->root)
            markup_textf(m, " › ");
        markup_text(m, v->source.len ? registry_name(page->report->in->registry, v->source)
                                     : SV("somebody"));
    }
}

static void source_saying(struct page *page, const struct saying *saying)
{
    const struct claim *claim = saying->exhibit->claim;
    struct markup *m = &page->m;
    struct buf at = { 0 };

    markup_begin(m, "li");
    page_claim_link(page, saying->exhibit);
    markup_textf(m, " ");
    markup_element(m, "b", "act", saying->voice->act.len ? saying->voice->act : SV("says"));
    if (saying->voice->unsure)
        markup_textf(m, " (unsure)");
    add_way(page, saying);
    markup_textf(m, " ");
    page_quote(page, saying->exhibit);
    if (!sv_is_blank(claim->author_stance)) {
        markup_textf(m, " · ");
        markup_elementf(m, "span", "term", "the article:");
        markup_textf(m, " ");
        markup_text(m, claim->author_stance);
    }
    markup_textf(m, " ");
    add_position(saying->exhibit, &at);
    markup_element(m, "span", "at", buf_sv(&at));
    markup_end(m, "li");
    markup_line(m);
    buf_release(&at);
}

static void source_facts(struct page *page, const struct source *source)
{
    const struct registry *registry = page->report->in->registry;
    struct markup *m = &page->m;

    markup_begin(m, "p");
    markup_attr(m, "class", SV("note"));
    markup_text(m, source->kind.len ? source->kind : SV("of no kind"));
    if (source->part_of.len) {
        markup_textf(m, "; part of ");
        markup_text(m, registry_name(registry, source->part_of));
    }
    if (source->origin.len) {
        markup_textf(m, "; its knowledge is from: ");
        markup_text(m, registry_name(registry, source->origin));
    }
    if (!sv_is_blank(source->note)) {
        struct buf note = { 0 };

        add_flat(source->note, &note);
        markup_textf(m, ". ");
        markup_text(m, buf_sv(&note));
        buf_release(&note);
    }
    markup_end(m, "p");
    markup_line(m);
}

void page_sources(struct page *page)
{
    const struct reading *reading = page->reading;
    struct markup *m = &page->m;

    if (!reading->saying_count) {
        markup_elementf(m, "p", "none", "No claim is attributed to anybody.");
        return;
    }
    source_table(page);
    for (size_t i = 0, count; i < reading->saying_count; i += count) {
        struct sv id = reading->sayings[i].source;
        const struct source *source = registry_find(page->report->in->registry, id);

        count = run_of(reading, i);
        markup_begin(m, "h3");
        page_source_place(page, id);
        markup_text(m, id.len ? registry_name(page->report->in->registry, id) : SV("Nobody named"));
        markup_end(m, "h3");
        markup_line(m);
        if (source)
            source_facts(page, source);
        markup_begin(m, "ul");
        markup_attr(m, "class", SV("plain"));
        markup_line(m);
        for (size_t j = i; j < i + count; j++)
            source_saying(page, &reading->sayings[j]);
        markup_end(m, "ul");
        markup_line(m);
    }
}

// ---- remarks

static void add_remark(struct page *page, size_t text, const struct note *note)
{
    struct cp_span at = parts_extent(note->span);
    struct markup *m = &page->m;
    struct buf letter = { 0 }, words = { 0 };

    add_letter(text, &letter);
    markup_begin(m, "li");
    markup_element(m, "b", "letter", buf_sv(&letter));
    markup_textf(m, " ");
    for (size_t i = 0; i < note->span.count; i++) {
        buf_add_cstr(&words, i ? " … " : "");
        add_flat(((const struct part *)note->span.items[i])->quote, &words);
    }
    markup_begin(m, "q");
    markup_attr(m, "dir", SV("auto"));
    markup_text(m, buf_sv(&words));
    markup_end(m, "q");
    markup_textf(m, " ");
    markup_elementf(m, "span", "at", "code points %zu–%zu", at.beg, at.end);
    if (note->kind.len) {
        markup_textf(m, " ");
        markup_element(m, "b", "act", note->kind);
    }
    buf_clear(&words);
    add_flat(note->text, &words);
    if (words.len) {
        markup_textf(m, ": ");
        markup_text(m, buf_sv(&words));
    }
    markup_end(m, "li");
    markup_line(m);
    buf_release(&letter);
    buf_release(&words);
}

void page_remarks(struct page *page)
{
    struct markup *m = &page->m;

    markup_begin(m, "ul");
    markup_attr(m, "class", SV("plain"));
    markup_line(m);
    for (size_t t = 0; t < page->report->in->text_count; t++) {
        const struct layer *layer = page->reading->layers[t];

        for (size_t i = 0; i < layer->sections[SECTION_NOTES].count; i++)
            add_remark(page, t, layer->sections[SECTION_NOTES].items[i]);
    }
    markup_end(m, "ul");
    markup_line(m);
}

// ---- the register

static void add_field(struct markup *m, const char *name, struct sv value)
{
    struct buf text = { 0 };

    if (sv_is_blank(value))
        return;
    add_flat(value, &text);
    markup_textf(m, " ");
    markup_begin(m, "span");
    markup_attr(m, "class", SV("field"));
    markup_elementf(m, "span", "term", "%s", name);
    markup_textf(m, " ");
    markup_text(m, buf_sv(&text));
    markup_end(m, "span");
    buf_release(&text);
}

static void add_fields(struct page *page, const struct exhibit *exhibit)
{
    const struct claim *claim = exhibit->claim;
    const struct contested *contested = claim->contested;
    struct markup *m = &page->m;
    struct buf text = { 0 };

    add_voices(page->report, claim, &text);
    add_field(m, "by", buf_sv(&text));
    add_field(m, "type", claim->type);
    add_field(m, "form", claim->form);
    add_field(m, "topic", claim->topic);
    add_field(m, "certainty", claim->certainty);
    add_field(m, "the article’s stance", claim->author_stance);
    buf_clear(&text);
    for (size_t i = 0; i < claim->values.count; i++) {
        const struct value *value = claim->values.items[i];

        buf_add_cstr(&text, i ? "; " : "");
        value_figure(value, &text);
        buf_add_char(&text, ' ');
        add_flat(value->what, &text);
    }
    add_field(m, "figures", buf_sv(&text));
    if (contested) {
        buf_clear(&text);
        for (size_t i = 0; i < contested->by.count; i++) {
            buf_add_cstr(&text, i ? ", " : "by ");
            buf_add(&text, registry_name(page->report->in->registry, contested->by.items[i]));
        }
        buf_add_cstr(&text, text.len && !sv_is_blank(contested->why) ? ": " : "");
        add_flat(contested->why, &text);
        add_field(m, "contested", text.len ? buf_sv(&text) : SV("yes"));
    }
    add_field(m, "note", claim->note);
    buf_clear(&text);
    add_decision(SECTION_CLAIMS, claim, &text);
    add_field(m, "decision", buf_sv(&text));
    buf_clear(&text);
    add_strs(&claim->origin, ", ", &text);
    add_field(m, "from", buf_sv(&text));
    buf_release(&text);
}

// Links of a claim, each by its row.
static void add_links(struct page *page, const struct exhibit *exhibit)
{
    const struct reading *reading = page->reading;
    struct markup *m = &page->m;
    size_t count;
    const struct end *ends =
        derive_ends(reading->derived, reading->layers[exhibit->text], exhibit->claim, &count);

    if (!count)
        return;
    markup_textf(m, " ");
    markup_begin(m, "span");
    markup_attr(m, "class", SV("field"));
    markup_elementf(m, "span", "term", "linked");
    for (size_t i = 0; i < count; i++) {
        const struct exhibit *other = exhibit_find(reading, ends[i].other);
        struct buf label = { 0 };

        if (other)
            add_label(other, &label);
        markup_textf(m, i ? ", " : " ");
        markup_begin(m, "a");
        markup_goto(m, "l", ends[i].link->id);
        markup_text(m, ends[i].link->type);
        markup_textf(m, "%s%s", label.len ? " " : "", buf_cstr(&label));
        markup_end(m, "a");
        buf_release(&label);
    }
    markup_end(m, "span");
}

static void add_entry(struct page *page, const struct exhibit *exhibit)
{
    struct markup *m = &page->m;
    struct buf at = { 0 };

    add_position(exhibit, &at);
    markup_begin(m, "li");
    markup_place(m, "c", exhibit->claim->id);
    page_claim_link(page, exhibit);
    markup_textf(m, " ");
    page_quote(page, exhibit);
    markup_textf(m, " ");
    markup_element(m, "span", "at", buf_sv(&at));
    markup_textf(m, " ");
    markup_element(m, "code", NULL, exhibit->claim->id);
    if (anchor_text(exhibit->anchor)) {
        markup_textf(m, " ");
        markup_elementf(m, "strong", "lost", "%s", anchor_text(exhibit->anchor));
    }
    markup_void(m, "br");
    markup_line(m);
    if (!sv_is_blank(exhibit->claim->says))
        add_field(m, "in short", exhibit->claim->says);
    add_fields(page, exhibit);
    add_links(page, exhibit);
    markup_end(m, "li");
    markup_line(m);
    buf_release(&at);
}

void page_claims(struct page *page)
{
    const struct reading *reading = page->reading;
    struct markup *m = &page->m;

    markup_elementf(
        m, "p", "note",
        "Positions count code points of the text as stored, from 0, the end not included.");
    markup_line(m);
    for (size_t t = 0; t < page->report->in->text_count; t++) {
        struct buf letter = { 0 };

        add_letter(t, &letter);
        markup_begin(m, "h3");
        markup_element(m, "b", "letter", buf_sv(&letter));
        markup_textf(m, " ");
        markup_element(m, "bdi", NULL, text_title(&page->report->in->texts[t]));
        markup_end(m, "h3");
        markup_line(m);
        buf_release(&letter);
        if (reading->first[t] == reading->first[t + 1]) {
            markup_elementf(m, "p", "none", "No claim is marked.");
            continue;
        }
        markup_begin(m, "ul");
        markup_attr(m, "class", SV("register"));
        markup_line(m);
        for (size_t i = reading->first[t]; i < reading->first[t + 1]; i++)
            add_entry(page, &reading->exhibits[i]);
        markup_end(m, "ul");
        markup_line(m);
    }
}
