// What JSON-LD says of an article, in the vocabulary of schema.org. Declared in
// exchange/metadata_page.h. Never goes deeper than articles are described.
#include "exchange/metadata_page.h"

#include <string.h>

#include "exchange/json.h"

#define DEPTH_MOST 6  // lists, graphs and pages around an article
#define NAMES_MOST 20 // authors

static const char *const article_types[] = {
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BlogPosting",
    "OpinionNewsArticle",
    "LiveBlogPosting",
    "BackgroundNewsArticle",
    "Report",
    "ReviewNewsArticle",
    "AdvertiserContentArticle",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
};

static struct sv text_of(const struct jnode *map, const char *key)
{
    const struct jnode *value = jnode_get(map, key);

    if (value && jnode_type(value) == JNODE_LIST)
        value = jnode_item(value, 0);
    return value ? jnode_string(value) : (struct sv){ 0 };
}

static bool is_article_type(struct sv type)
{
    for (size_t i = 0; i < ARRAY_LEN(article_types); i++)
        if (sv_eq_cstr(type, article_types[i]) ||
            (sv_starts(type, SV("http")) && sv_ends(type, sv_from(article_types[i]))))
            return true;
    return false;
}

static bool is_article(const struct jnode *node)
{
    const struct jnode *type = jnode_get(node, "@type");

    if (!type)
        return false;
    if (jnode_type(type) != JNODE_LIST)
        return is_article_type(jnode_string(type));
    for (size_t i = 0; i < jnode_size(type); i++)
        if (is_article_type(jnode_string(jnode_item(type, i))))
            return true;
    return false;
}

// The first article in a value, in its lists, graphs and what pages are about; NULL: none.
static const struct jnode *find_article(const struct jnode *node, int depth)
{
    static const char *const ways[] = { "@graph", "mainEntity", "mainEntityOfPage",
                                        "itemListElement" };
    const struct jnode *found = NULL;

    if (!node || depth > DEPTH_MOST)
        return NULL;
    if (jnode_type(node) == JNODE_LIST) {
        for (size_t i = 0; i < jnode_size(node) && !found; i++)
            found = find_article(jnode_item(node, i), depth + 1);
        return found;
    }
    if (jnode_type(node) != JNODE_MAP)
        return NULL;
    if (is_article(node))
        return node;
    for (size_t i = 0; i < ARRAY_LEN(ways) && !found; i++)
        found = find_article(jnode_get(node, ways[i]), depth + 1);
    return found;
}

// Entities in a string are a habit of those who write pages by templates.
static void add_plain(struct buf *out, struct sv text)
{
    struct html html = { 0 };
    struct err ignored = { 0 };

    if (sv_find(text, SV("&"), 0) < text.len && html_parse(text, &html, &ignored))
        html_add_text(&html, 0, out);
    else
        buf_add(out, text);
    html_release(&html);
    err_release(&ignored);
}

static void offer(struct metadata *metadata, enum metadata_field field, struct sv value)
{
    struct buf plain = { 0 };

    add_plain(&plain, value);
    (void)metadata_offer(metadata, field, buf_sv(&plain));
    buf_release(&plain);
}

static struct sv name_of(const struct jnode *node)
{
    return jnode_type(node) == JNODE_MAP ? text_of(node, "name") : jnode_string(node);
}

// Names of one or several people, as text or as maps.
static void offer_names(struct metadata *metadata, enum metadata_field field,
                        const struct jnode *node)
{
    struct buf names = { 0 };
    size_t count = !node ? 0 : jnode_type(node) == JNODE_LIST ? jnode_size(node) : 1;

    for (size_t i = 0; i < count && i < NAMES_MOST; i++) {
        struct sv name = name_of(jnode_type(node) == JNODE_LIST ? jnode_item(node, i) : node);

        if (!sv_is_blank(name) && !sv_starts(name, SV("http")))
            buf_addf(&names, "%s" SV_FMT, names.len ? ", " : "", SV_ARG(name));
    }
    offer(metadata, field, buf_sv(&names));
    buf_release(&names);
}

static void read_article(const struct jnode *article, struct metadata *metadata, struct buf *body)
{
    const struct jnode *page = jnode_get(article, "mainEntityOfPage");
    const struct jnode *language = jnode_get(article, "inLanguage");

    offer(metadata, METADATA_TITLE, text_of(article, "headline"));
    offer(metadata, METADATA_TITLE, text_of(article, "name"));
    offer_names(metadata, METADATA_AUTHOR, jnode_get(article, "author"));
    offer_names(metadata, METADATA_OUTLET, jnode_get(article, "publisher"));
    offer_names(metadata, METADATA_OUTLET, jnode_get(article, "sourceOrganization"));
    offer(metadata, METADATA_PUBLISHED, text_of(article, "datePublished"));
    offer(metadata, METADATA_PUBLISHED, text_of(article, "dateCreated"));
    offer(metadata, METADATA_URL, text_of(article, "url"));
    if (page)
        offer(metadata, METADATA_URL,
              jnode_type(page) == JNODE_MAP ? text_of(page, "@id") : jnode_string(page));
    offer(metadata, METADATA_LICENCE, text_of(article, "license"));
    if (language)
        offer(metadata, METADATA_LANGUAGE,
              jnode_type(language) == JNODE_MAP ? text_of(language, "alternateName")
                                                : jnode_string(language));
    if (!body->len)
        add_plain(body, text_of(article, "articleBody"));
}

void metadata_from_data(struct sv data, struct metadata *metadata, struct buf *body)
{
    struct buf clean = { 0 };
    struct err ignored = { 0 };
    struct jnode *root;
    const struct jnode *article;

    for (size_t i = 0; i < data.len; i++) // line ends in strings are no JSON, but common
        buf_add_char(&clean, (unsigned char)data.ptr[i] < ' ' ? ' ' : data.ptr[i]);
    data = sv_trim(buf_sv(&clean));
    if (sv_starts(data, SV("<!--")) && sv_ends(data, SV("-->")))
        data = sv_sub(data, 4, data.len - 3);
    root = jnode_read(data, NULL, &ignored);
    article = find_article(root, 0);
    if (article)
        read_article(article, metadata, body);
    if (root)
        jnode_free(root);
    err_release(&ignored);
    buf_release(&clean);
}
