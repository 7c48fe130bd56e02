// A report as one HTML file: head, contents, and the parts in order.
// Never refers to anything outside itself but where a reader follows a link to an article.
#include "exchange/report_html.h"

#include <string.h>

#include "base/version.h"

// ---- the head

static int hex_value(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

// Append "'sha256-BASE64'": what the policy lets be applied or run.
static void add_policy_hash(struct sv text, struct buf *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char bytes[33] = { 0 };
    char hex[65];

    article_sha256(text, hex);
    for (size_t i = 0; i < 32; i++)
        bytes[i] = (unsigned char)(hex_value(hex[2 * i]) << 4 | hex_value(hex[2 * i + 1]));
    buf_add_cstr(out, "'sha256-");
    for (size_t i = 0; i < 33; i += 3) {
        unsigned group = (unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | bytes[i + 2];

        for (unsigned j = 0; j < 4; j++)
            buf_add_char(out, i == 30 && j == 3 ? '=' : digits[group >> (18 - 6 * j) & 63]);
    }
    buf_add_char(out, '\'');
}

static void add_meta(struct page *page, const char *name, struct sv content)
{
    markup_void(&page->m, "meta");
    markup_attr(&page->m, "name", sv_from(name));
    markup_attr(&page->m, "content", content);
    markup_line(&page->m);
}

static void add_event(const struct page *page, struct buf *out)
{
    add_flat(page->report->in->event.len ? page->report->in->event : SV("articles of no event"),
             out);
}

static void page_head(struct page *page, struct sv style, struct sv script)
{
    struct markup *m = &page->m;
    struct buf policy = { 0 }, title = { 0 };

    buf_add_cstr(&policy, "default-src 'none'; base-uri 'none'; form-action 'none'; style-src ");
    add_policy_hash(style, &policy);
    buf_add_cstr(&policy, "; script-src ");
    add_policy_hash(script, &policy);
    add_event(page, &title);
    buf_add_cstr(&title, ": dispute report");

    markup_begin(m, "head");
    markup_line(m);
    markup_void(m, "meta");
    markup_attr(m, "charset", SV("utf-8"));
    markup_line(m);
    markup_void(m, "meta");
    markup_attr(m, "http-equiv", SV("Content-Security-Policy"));
    markup_attr(m, "content", buf_sv(&policy));
    markup_line(m);
    add_meta(page, "viewport", SV("width=device-width, initial-scale=1"));
    add_meta(page, "color-scheme", SV("light dark"));
    add_meta(page, "referrer", SV("no-referrer"));
    add_meta(page, "generator", SV("gainsay " GAINSAY_VERSION));
    markup_element(m, "title", NULL, buf_sv(&title));
    markup_line(m);
    markup_begin(m, "style");
    markup_embed(m, style);
    markup_end(m, "style");
    markup_line(m);
    markup_end(m, "head");
    markup_line(m);
    buf_release(&policy);
    buf_release(&title);
}

// ---- sections

// "board", or "board-ana" where there are several readings.
static void section_place(struct page *page, const char *id, const char *attr)
{
    struct sv whose =
        page->is_one || !page->reading ? (struct sv){ 0 } : page->reading->in->annotator;

    markup_attrf(&page->m, attr, "%s%s%s" SV_FMT, strcmp(attr, "href") ? "" : "#", id,
                 whose.len ? "-" : "", SV_ARG(whose));
}

static void add_heading(struct page *page, const char *heading)
{
    markup_textf(&page->m, "%s", heading);
    if (!page->is_one && page->reading) {
        markup_textf(&page->m, " — reading of ");
        markup_text(&page->m, reader_name(page->report, page->reading->in->annotator));
    }
}

void page_claim_link(struct page *page, const struct exhibit *exhibit)
{
    struct buf label = { 0 };

    add_label(exhibit, &label);
    markup_begin(&page->m, "a");
    markup_attr(&page->m, "class", SV("id"));
    markup_goto(&page->m, exhibit_is_there(exhibit) ? "t" : "c", exhibit->claim->id);
    markup_text(&page->m, buf_sv(&label));
    markup_end(&page->m, "a");
    buf_release(&label);
}

void page_language(struct page *page, size_t text)
{
    struct sv language = page->report->in->texts[text].meta->language;
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";

    for (size_t i = 0; i < language.len; i++)
        if (!memchr(letters, language.ptr[i], sizeof(letters) - 1))
            return;
    if (language.len >= 2)
        markup_attr(&page->m, "lang", language);
}

void page_quote(struct page *page, const struct exhibit *exhibit)
{
    struct buf quote = { 0 };

    add_quote(exhibit->claim, &quote);
    markup_begin(&page->m, "q");
    markup_attr(&page->m, "dir", SV("auto"));
    page_language(page, exhibit->text);
    markup_text(&page->m, buf_sv(&quote));
    markup_end(&page->m, "q");
    buf_release(&quote);
}

static void source_key(const struct page *page, struct sv source, struct buf *out)
{
    if (!page->is_one)
        buf_addf(out, SV_FMT "/", SV_ARG(page->reading->in->annotator));
    buf_add(out, source.len ? source : SV("nobody"));
}

void page_source_place(struct page *page, struct sv source)
{
    struct buf key = { 0 };

    source_key(page, source, &key);
    markup_place(&page->m, "s", buf_sv(&key));
    buf_release(&key);
}

void page_source_link(struct page *page, struct sv source)
{
    struct sv name =
        source.len ? registry_name(page->report->in->registry, source) : SV("Nobody named");
    struct buf key = { 0 };

    source_key(page, source, &key);
    markup_begin(&page->m, "a");
    markup_goto(&page->m, "s", buf_sv(&key));
    markup_text(&page->m, name);
    markup_end(&page->m, "a");
    buf_release(&key);
}

// ---- in short

static void tally_row(struct page *page, size_t text)
{
    struct tally sum = tally(page->reading, text);
    const size_t cells[] = { sum.claims,     sum.claims - sum.attributed,
                             sum.attributed, sum.contested,
                             sum.disputed,   sum.corroborated,
                             sum.silent };
    struct markup *m = &page->m;
    struct buf letter = { 0 };

    add_letter(text, &letter);
    markup_begin(m, "tr");
    markup_begin(m, "th");
    markup_attr(m, "scope", SV("row"));
    markup_element(m, "b", "letter", buf_sv(&letter));
    markup_textf(m, " ");
    markup_element(m, "bdi", NULL, text_title(&page->report->in->texts[text]));
    markup_end(m, "th");
    for (size_t i = 0; i < ARRAY_LEN(cells); i++)
        markup_elementf(m, "td", NULL, "%zu", cells[i]);
    markup_end(m, "tr");
    markup_line(m);
    buf_release(&letter);
}

static void page_summary(struct page *page)
{
    static const char *const heads[] = {
        "Article",   "Claims",   "its own",      "of others",
        "contested", "disputed", "corroborated", "told by it alone"
    };
    struct markup *m = &page->m;

    markup_begin(m, "div");
    markup_attr(m, "class", SV("wide"));
    markup_begin(m, "table");
    markup_attr(m, "class", SV("figures"));
    markup_elementf(m, "caption", NULL, "Claims of each article, and what becomes of them");
    markup_begin(m, "thead");
    markup_begin(m, "tr");
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        markup_begin(m, "th");
        markup_attr(m, "scope", SV("col"));
        markup_textf(m, "%s", heads[i]);
        markup_end(m, "th");
    }
    markup_end(m, "tr");
    markup_end(m, "thead");
    markup_begin(m, "tbody");
    markup_line(m);
    for (size_t t = 0; t < page->report->in->text_count; t++)
        tally_row(page, t);
    markup_end(m, "tbody");
    markup_end(m, "table");
    markup_end(m, "div");
    markup_line(m);
    page_map(page);
    page_matrix(page);
}

// ---- the beginning

static const struct part_row {
    const char *id, *heading;
    void (*write)(struct page *page);
} of_reading[] = {
    { "summary", "In short", page_summary },
    { "board", "What is disputed", page_board },
    { "texts", "The texts, claim by claim", page_texts },
    { "sources", "Who says what", page_sources },
    { "omissions", "What only one tells", page_omissions },
    { "remarks", "Remarks on the texts", page_remarks },
    { "claims", "Register of claims", page_claims },
}, of_all[] = {
    { "talk", "What the readers said to each other", page_talk },
    { "agreement", "Agreement of the readers", page_agreement },
    { "methods", "How this was made", page_methods },
};

static bool has_remarks(const struct page *page)
{
    for (size_t t = 0; t < page->report->in->text_count; t++)
        if (page->reading->layers[t]->sections[SECTION_NOTES].count)
            return true;
    return false;
}

// A part that has nothing to say is neither written nor listed.
static bool is_written(const struct page *page, const struct part_row *part)
{
    if (part->write == page_remarks)
        return has_remarks(page);
    if (part->write == page_talk)
        return report_has_talk(page->report);
    return part->write != page_agreement || page->report->agreement.raters;
}

static void page_part(struct page *page, const struct part_row *part)
{
    struct markup *m = &page->m;

    if (!is_written(page, part))
        return;
    markup_begin(m, "section");
    section_place(page, part->id, "id");
    markup_line(m);
    markup_begin(m, "h2");
    add_heading(page, part->heading);
    markup_end(m, "h2");
    markup_line(m);
    part->write(page);
    markup_end(m, "section");
    markup_line(m);
}

static void contents_row(struct page *page, const struct part_row *part)
{
    if (!is_written(page, part))
        return;
    markup_begin(&page->m, "li");
    markup_begin(&page->m, "a");
    section_place(page, part->id, "href");
    add_heading(page, part->heading);
    markup_end(&page->m, "a");
    markup_end(&page->m, "li");
    markup_line(&page->m);
}

static void page_contents(struct page *page)
{
    struct markup *m = &page->m;

    markup_begin(m, "nav");
    markup_attr(m, "aria-label", SV("Contents"));
    markup_line(m);
    markup_begin(m, "ol");
    markup_line(m);
    for (size_t r = 0; r < page->report->reading_count; r++) {
        page->reading = &page->report->readings[r];
        for (size_t i = 0; i < ARRAY_LEN(of_reading); i++)
            contents_row(page, &of_reading[i]);
    }
    page->reading = NULL;
    for (size_t i = 0; i < ARRAY_LEN(of_all); i++)
        contents_row(page, &of_all[i]);
    markup_end(m, "ol");
    markup_end(m, "nav");
    markup_line(m);
}

static void add_counted(struct buf *out, size_t count, const char *one, const char *many)
{
    buf_addf(out, "%zu %s", count, count == 1 ? one : many);
}

static void add_after_comma(struct markup *m, struct sv text)
{
    if (sv_is_blank(text))
        return;
    markup_textf(m, ", ");
    markup_text(m, text);
}

// Which claims there are alone, when not all were asked for.
static void page_asked(struct page *page)
{
    struct markup *m = &page->m;
    struct buf text = { 0 };

    if (sv_is_absent(page->report->in->where))
        return;
    add_asked(page->report, &text);
    markup_begin(m, "p");
    markup_attr(m, "class", SV("lead"));
    markup_textf(m, "Claims that match ");
    markup_element(m, "code", NULL, page->report->in->where);
    markup_text(m, buf_sv(&text));
    markup_end(m, "p");
    markup_line(m);
    buf_release(&text);
}

static void page_title(struct page *page)
{
    const struct report_input *in = page->report->in;
    struct report_counts counts = report_count(page->report);
    struct markup *m = &page->m;
    struct buf text = { 0 };

    markup_begin(m, "header");
    markup_attr(m, "class", SV("top"));
    markup_line(m);
    markup_element(m, "p", "kind", SV("Dispute report"));
    markup_line(m);
    add_event(page, &text);
    markup_element(m, "h1", NULL, buf_sv(&text));
    markup_line(m);
    markup_begin(m, "ol");
    markup_attr(m, "class", SV("articles"));
    for (size_t t = 0; t < in->text_count; t++) {
        const struct meta *meta = in->texts[t].meta;

        buf_clear(&text);
        add_letter(t, &text);
        markup_begin(m, "li");
        markup_element(m, "b", "letter", buf_sv(&text));
        markup_textf(m, " ");
        markup_begin(m, "cite");
        markup_attr(m, "dir", SV("auto"));
        markup_text(m, text_title(&in->texts[t]));
        markup_end(m, "cite");
        add_after_comma(m, meta->outlet);
        add_after_comma(m, meta->published);
        markup_end(m, "li");
        markup_line(m);
    }
    markup_end(m, "ol");
    buf_clear(&text);
    add_counted(&text, counts.claims, "claim", "claims");
    buf_add_cstr(&text, ", ");
    add_counted(&text, counts.links, "link", "links");
    buf_add_cstr(&text, ", of which ");
    buf_addf(&text, "%zu dispute%s", counts.disputes, counts.disputes == 1 ? "s" : "");
    buf_add_cstr(
        &text,
        ". This report compares what the articles say; it does not say which of them is right.");
    markup_element(m, "p", "lead", buf_sv(&text));
    markup_line(m);
    buf_clear(&text);
    add_open(page->report, &text);
    if (text.len) {
        markup_begin(m, "p");
        markup_attr(m, "class", SV("lead"));
        markup_element(m, "strong", "lost", buf_sv(&text));
        markup_end(m, "p");
        markup_line(m);
    }
    buf_release(&text);
    page_asked(page);
    page_contents(page);
    markup_end(m, "header");
    markup_line(m);
}

static void page_body(struct page *page)
{
    struct markup *m = &page->m;

    markup_begin(m, "a");
    markup_attr(m, "class", SV("skip"));
    markup_attr(m, "href", SV("#main"));
    markup_textf(m, "Skip to the report");
    markup_end(m, "a");
    markup_line(m);
    page_title(page);
    markup_begin(m, "main");
    markup_attr(m, "id", SV("main"));
    markup_line(m);
    for (size_t r = 0; r < page->report->reading_count; r++) {
        page->reading = &page->report->readings[r];
        for (size_t i = 0; i < ARRAY_LEN(of_reading); i++)
            page_part(page, &of_reading[i]);
    }
    page->reading = NULL;
    for (size_t i = 0; i < ARRAY_LEN(of_all); i++)
        page_part(page, &of_all[i]);
    markup_end(m, "main");
    markup_line(m);
    markup_elementf(m, "footer", NULL,
                    "Made by gainsay %s from the annotations named under “How this was made”.",
                    GAINSAY_VERSION);
    markup_line(m);
}

void report_html(struct report *report, struct buf *out)
{
    struct page page = { .report = report, .is_one = report->reading_count == 1 };
    struct buf style = { 0 }, script = { 0 };

    report_style(&style);
    report_script(&script);
    buf_add_cstr(&page.m.out, "<!DOCTYPE html>\n");
    markup_begin(&page.m, "html");
    markup_attr(&page.m, "lang", SV("en"));
    markup_line(&page.m);
    page_head(&page, buf_sv(&style), buf_sv(&script));
    markup_begin(&page.m, "body");
    markup_line(&page.m);
    page_body(&page);
    markup_begin(&page.m, "script");
    markup_embed(&page.m, buf_sv(&script));
    markup_end(&page.m, "script");
    markup_line(&page.m);
    markup_end(&page.m, "body");
    markup_line(&page.m);
    markup_end(&page.m, "html");
    markup_line(&page.m);
    buf_add(out, buf_sv(&page.m.out));
    markup_release(&page.m);
    buf_release(&style);
    buf_release(&script);
}
