// What a page says of its article, in tables of where it may say so, most trusted first.
// Never takes a name or date out of running text.
#include "exchange/metadata_page.h"

#include <string.h>

#include "exchange/furniture.h"

#define SAVED_WITHIN   4096 // bytes in which a browser notes where a page came from
#define HEADLINE_LEAST 15   // bytes before the name of an outlet
#define BYLINE_MAX     100  // bytes; a longer one says more than a name

// <meta name="KEY"> or <meta property="KEY">.
static const struct {
    const char *key;
    enum metadata_field field;
} meta_rows[] = {
    { "og:title", METADATA_TITLE },
    { "og:site_name", METADATA_OUTLET },
    { "og:url", METADATA_URL },
    { "article:published_time", METADATA_PUBLISHED },
    { "og:article:published_time", METADATA_PUBLISHED },
    { "article:author", METADATA_AUTHOR },
    { "og:locale", METADATA_LANGUAGE },
    { "dc.title", METADATA_TITLE },
    { "dcterms.title", METADATA_TITLE },
    { "citation_title", METADATA_TITLE },
    { "parsely-title", METADATA_TITLE },
    { "sailthru.title", METADATA_TITLE },
    { "twitter:title", METADATA_TITLE },
    { "author", METADATA_AUTHOR },
    { "byl", METADATA_AUTHOR },
    { "dc.creator", METADATA_AUTHOR },
    { "dcterms.creator", METADATA_AUTHOR },
    { "citation_author", METADATA_AUTHOR },
    { "parsely-author", METADATA_AUTHOR },
    { "sailthru.author", METADATA_AUTHOR },
    { "dc.publisher", METADATA_OUTLET },
    { "application-name", METADATA_OUTLET },
    { "dcterms.created", METADATA_PUBLISHED },
    { "dc.date.issued", METADATA_PUBLISHED },
    { "dc.date", METADATA_PUBLISHED },
    { "dcterms.date", METADATA_PUBLISHED },
    { "datepublished", METADATA_PUBLISHED },
    { "parsely-pub-date", METADATA_PUBLISHED },
    { "sailthru.date", METADATA_PUBLISHED },
    { "pubdate", METADATA_PUBLISHED },
    { "pdate", METADATA_PUBLISHED },
    { "publish-date", METADATA_PUBLISHED },
    { "date", METADATA_PUBLISHED },
    { "dc.language", METADATA_LANGUAGE },
    { "language", METADATA_LANGUAGE },
    { "dc.rights", METADATA_LICENCE },
};

// itemprop="KEY" on an element of the page.
static const struct {
    const char *key;
    enum metadata_field field;
} item_rows[] = {
    { "headline", METADATA_TITLE },
    { "datePublished", METADATA_PUBLISHED },
    { "inLanguage", METADATA_LANGUAGE },
};

static bool eq_ci(struct sv a, const char *b)
{
    if (a.len != strlen(b))
        return false;
    for (size_t i = 0; i < a.len; i++) {
        char c = a.ptr[i];

        if ((c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c) != b[i])
            return false;
    }
    return true;
}

static bool has_word(struct sv words, const char *word)
{
    struct sv each;

    while (sv_split(&words, ' ', &each))
        if (eq_ci(each, word))
            return true;
    return false;
}

static void read_meta(const struct html *html, struct metadata *metadata)
{
    for (size_t r = 0; r < ARRAY_LEN(meta_rows); r++) {
        for (size_t i = 0; i < html->count; i++) {
            const struct html_node *node = &html->nodes[i];
            struct sv content;

            if (node->tag != HTML_META ||
                (!has_word(html_attr(node, "property"), meta_rows[r].key) &&
                 !eq_ci(html_attr(node, "name"), meta_rows[r].key)))
                continue;
            content = html_attr(node, "content");
            if (meta_rows[r].field == METADATA_AUTHOR && sv_starts(content, SV("http")))
                continue; // a page about the author
            (void)metadata_offer(metadata, meta_rows[r].field, content);
        }
    }
}

static void offer_text(const struct html *html, size_t node, struct metadata *metadata,
                       enum metadata_field field)
{
    struct buf text = { 0 };

    html_add_text(html, node, &text);
    (void)metadata_offer(metadata, field, buf_sv(&text));
    buf_release(&text);
}

// An element that says when: what it says to programs, else to people.
static void offer_time(const struct html *html, size_t i, struct metadata *metadata)
{
    struct sv machine = html_attr(&html->nodes[i], "datetime");

    if (sv_is_absent(machine))
        machine = html_attr(&html->nodes[i], "content");
    if (!sv_is_absent(machine))
        (void)metadata_offer(metadata, METADATA_PUBLISHED, machine);
    else
        offer_text(html, i, metadata, METADATA_PUBLISHED);
}

static void read_items(const struct html *html, struct metadata *metadata)
{
    for (size_t i = 0; i < html->count; i++) {
        struct sv prop = html_attr(&html->nodes[i], "itemprop");

        for (size_t r = 0; prop.len && r < ARRAY_LEN(item_rows); r++) {
            if (!sv_eq_cstr(prop, item_rows[r].key))
                continue;
            if (item_rows[r].field == METADATA_PUBLISHED)
                offer_time(html, i, metadata);
            else
                offer_text(html, i, metadata, item_rows[r].field);
        }
    }
    for (size_t i = 0; i < html->count; i++)
        if (html->nodes[i].tag == HTML_TIME &&
            !sv_is_absent(html_attr(&html->nodes[i], "datetime")))
            offer_time(html, i, metadata);
}

// "By Ann Writer", in a few languages: without the word.
static struct sv without_by(struct sv text)
{
    static const char *const by[] = { "by ", "von ", "par ", "por ", "di ", "av ", "af ", "door " };

    for (size_t i = 0; i < ARRAY_LEN(by); i++)
        if (text.len > strlen(by[i]) && eq_ci(sv_sub(text, 0, strlen(by[i])), by[i]))
            return sv_trim(sv_sub(text, strlen(by[i]), text.len));
    return text;
}

// Is a byline that short a name, and no date or address in it?
static bool is_name(struct sv text)
{
    if (text.len < 3 || text.len > BYLINE_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((text.ptr[i] >= '0' && text.ptr[i] <= '9') || strchr("@|:/", text.ptr[i]))
            return false;
    return true;
}

static void read_byline(const struct html *html, struct metadata *metadata)
{
    for (size_t i = 0; i < html->count && sv_is_absent(metadata->meta.author); i++) {
        struct buf text = { 0 };

        if (html->nodes[i].tag == HTML_TEXT || html_flags(html->nodes[i].tag) & (GONE | VOID) ||
            !furniture_names(&html->nodes[i]).is_byline)
            continue;
        html_add_text(html, i, &text);
        if (is_name(without_by(buf_sv(&text))))
            (void)metadata_offer(metadata, METADATA_AUTHOR, without_by(buf_sv(&text)));
        buf_release(&text);
    }
}

static void read_links(const struct html *html, struct metadata *metadata)
{
    for (size_t i = 0; i < html->count; i++) {
        const struct html_node *node = &html->nodes[i];
        struct sv rel = html_attr(node, "rel");

        if (node->tag == HTML_LINK && has_word(rel, "canonical"))
            (void)metadata_offer(metadata, METADATA_URL, html_attr(node, "href"));
        if (has_word(rel, "license"))
            (void)metadata_offer(metadata, METADATA_LICENCE, html_attr(node, "href"));
    }
}

// "Headline - Outlet", "Headline | Outlet": without the outlet, when that is known or all but a few
// words.
static struct sv without_outlet(struct sv title, struct sv outlet)
{
    static const struct sv marks[] = {
        { " | ", 3 },        { " - ", 3 }, { " \xe2\x80\x93 ", 5 }, { " \xe2\x80\x94 ", 5 },
        { " \xc2\xbb ", 4 }, { " :: ", 4 }
    };

    for (size_t i = 0; i < ARRAY_LEN(marks);) {
        size_t cut = title.len, at = sv_find(title, marks[i], 0);

        for (; at < title.len; at = sv_find(title, marks[i], at + 1)) // the last one
            cut = at;

        struct sv tail = sv_sub(title, cut + marks[i].len, title.len);
        bool is_outlet =
            cut < title.len && cut >= HEADLINE_LEAST && (sv_eq(tail, outlet) || 2 * tail.len < cut);

        title.len = is_outlet ? cut : title.len;
        i = is_outlet ? 0 : i + 1; // before it there may be more of the kind
    }
    return title;
}

static void read_title(const struct html *html, struct metadata *metadata)
{
    for (size_t i = 0; i < html->count; i++) {
        struct buf text = { 0 };

        if (html->nodes[i].tag != HTML_TITLE)
            continue;
        html_add_text(html, i, &text);
        (void)metadata_offer(metadata, METADATA_TITLE,
                             without_outlet(buf_sv(&text), metadata->meta.outlet));
        buf_release(&text);
    }
}

// "<!-- saved from url=(0031)https://example.org/a -->": where a browser got the page.
static void read_saved(struct sv page, struct metadata *metadata)
{
    struct sv head = sv_sub(page, 0, SAVED_WITHIN);
    size_t at = sv_find(head, SV("saved from url=("), 0), close, end;

    if (at >= head.len)
        return;
    close = sv_find(head, SV(")"), at);
    end = close < head.len ? sv_find(head, SV(" -->"), close) : head.len;
    if (end < head.len)
        (void)metadata_offer(metadata, METADATA_URL, sv_trim(sv_sub(head, close + 1, end)));
}

void metadata_from_page(const struct html *html, struct sv page, struct metadata *metadata,
                        struct buf *body)
{
    for (size_t i = 0; i < html->data_count; i++)
        metadata_from_data(html->data[i], metadata, body);
    read_meta(html, metadata);
    read_links(html, metadata);
    read_items(html, metadata);
    read_byline(html, metadata);
    read_title(html, metadata);
    (void)metadata_offer(metadata, METADATA_LANGUAGE, html_attr(&html->nodes[0], "lang"));
    read_saved(page, metadata);
}
