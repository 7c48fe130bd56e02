// What of a page is its article, and what the page says of it, in small pages; whole ones are in
// tests/data/pages.
#include "t.h"

#include <string.h>

#include "exchange/extract.h"
#include "exchange/furniture.h"
#include "exchange/metadata_page.h"

#define WORDS                                                                                      \
    "Words of an article, with commas, and enough of them, so that it counts as a paragraph."

static void parts_are_known_by_their_names(void **state)
{
    static const struct {
        const char *page;
        bool is_unlikely, is_hidden, is_byline;
        int weight;
    } cases[] = {
        { "<div class='related-posts'>", true, false, false, 0 },
        { "<div class='RelatedLinks'>", true, false, false, -25 },
        { "<div class='articleSidebar'>", false, false, false, 0 },
        { "<div class='sidebar'>", true, false, false, -25 },
        { "<div id='comments'>", true, false, false, -25 },
        { "<div class='adequate'>", false, false, false, 0 },
        { "<div class='ad-slot'>", true, false, false, -25 },
        { "<div class='story-body' id='main'>", false, false, false, 50 },
        { "<span class='sr-only'>", false, true, false, 0 },
        { "<span class='byline'>", false, false, true, 0 },
        { "<a rel=author>", false, false, true, 0 },
        { "<div class='css-1x9k2'>", false, false, false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct html html;
        struct err err = { 0 };
        struct part_names names = { 0 };

        assert_true(html_parse(sv_from(cases[i].page), &html, &err));
        for (size_t k = 0; k < html.count; k++)
            if (html.nodes[k].attr_count)
                names = furniture_names(&html.nodes[k]);
        assert_int_equal(names.is_unlikely, cases[i].is_unlikely);
        assert_int_equal(names.is_hidden, cases[i].is_hidden);
        assert_int_equal(names.is_byline, cases[i].is_byline);
        if (names.weight != cases[i].weight)
            fail_msg("%s: %d", cases[i].page, names.weight);
        html_release(&html);
    }
}

static void lines_that_lead_elsewhere(void **state)
{
    (void)state;
    assert_true(furniture_line(SV("Read more: the harbour in pictures"), true));
    assert_true(furniture_line(SV("ADVERTISEMENT"), false));
    assert_false(furniture_line(SV("Read more books, the minister said"), false));
    assert_false(furniture_line(SV("The minister said"), true));
}

// The pieces of a page, one a line, those left out behind "- WHY: ".
static void list(const char *page, const char *title, const char *want)
{
    struct html html;
    struct prose prose = { 0 };
    struct buf out = { 0 };
    struct err err = { 0 };

    assert_true(html_parse(sv_from(page), &html, &err));
    (void)extract_prose(&html, sv_from(title), false, &prose);
    for (size_t i = 0; i < prose.count; i++) {
        if (prose.items[i].why)
            buf_addf(&out, "- %s: ", prose.items[i].why);
        else
            buf_addf(&out, "%s: ", prose_kind_name(prose.items[i].kind));
        buf_addf(&out, SV_FMT "\n", SV_ARG(prose.items[i].text));
    }
    assert_string_equal(buf_cstr(&out), want);
    buf_release(&out);
    prose_release(&prose);
    html_release(&html);
}

static void pieces_are_of_kinds(void **state)
{
    (void)state;
    list("<article><h1>A headline here</h1><p>" WORDS "</p><h2>Head</h2><ul><li>one<li>two</ul>"
         "<blockquote>" WORDS "</blockquote><pre>a\n  b\n</pre>"
         "<figure><img><figcaption>Cap</figcaption></figure><p>" WORDS "</p></article>",
         "A headline here - Outlet",
         "heading: A headline here\nparagraph: " WORDS "\nheading: Head\nitem: one\nitem: two\n"
         "quotation: " WORDS "\nlines: a\n  b\ncaption: Cap\nparagraph: " WORDS "\n");
}

static void what_is_left_out_says_why(void **state)
{
    (void)state;
    list("<nav>Menu</nav><div><p>" WORDS "</p><p hidden>H</p><aside>Box</aside><p>" WORDS
         "</p><div class=share-bar>Share</div></div><footer>Foot</footer>",
         NULL,
         "- navigation: Menu\nparagraph: " WORDS "\n- hidden: H\n- set beside the text: Box\n"
         "paragraph: " WORDS "\n- by its name: Share\n- foot of the page: Foot\n");
}

static void breaks_part_paragraphs_when_there_are_two(void **state)
{
    (void)state;
    list("<div>" WORDS "<br>next line<br> <br>\xc2\xa0<br>" WORDS "</div>", NULL,
         "paragraph: " WORDS "\nnext line\nparagraph: " WORDS "\n");
}

static void data_says_what_an_article_is(void **state)
{
    static const struct {
        const char *data;
        enum metadata_field field;
        const char *want;
    } cases[] = {
        { "{\"@type\":\"NewsArticle\",\"headline\":\"A &amp; B\"}", METADATA_TITLE, "A & B" },
        { "[{\"@type\":\"WebSite\",\"name\":\"S\"},{\"@type\":[\"X\",\"Article\"],\"name\":\"N\"}]",
          METADATA_TITLE, "N" },
        { "{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"name\":\"Ann\"}}]}", METADATA_AUTHOR,
          "Ann" },
        { "{\"@type\":\"Article\",\"author\":[\"Ann\",{\"name\":\"Ben\"},\"http://x\"]}",
          METADATA_AUTHOR, "Ann, Ben" },
        { "{\"@type\":\"https://schema.org/Report\",\"publisher\":{\"name\":\"P\"}}",
          METADATA_OUTLET, "P" },
        { "{\"@type\":\"Article\",\"datePublished\":\"2026-03-05\"}", METADATA_PUBLISHED,
          "2026-03-05" },
        { "{\"@type\":\"Article\",\"mainEntityOfPage\":\"https://x.example/\"}", METADATA_URL,
          "https://x.example/" },
        { "{\"@type\":\"Article\",\"headline\":\"two\nlines\"}", METADATA_TITLE, "two lines" },
        { "{\"@type\":\"Recipe\",\"name\":\"Soup\"}", METADATA_TITLE, NULL },
        { "{\"@type\":\"Article\",\"headline\":7}", METADATA_TITLE, NULL },
        { "not JSON", METADATA_TITLE, NULL },
        { "[[[[[[[[[[{\"@type\":\"Article\",\"headline\":\"deep\"}]]]]]]]]]]", METADATA_TITLE,
          NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct metadata metadata = { 0 };
        struct buf body = { 0 };
        struct sv got;

        metadata_from_data(sv_from(cases[i].data), &metadata, &body);
        got = metadata_get(&metadata, cases[i].field);
        if (cases[i].want)
            assert_true(sv_eq_cstr(got, cases[i].want));
        else
            assert_true(sv_is_absent(got));
        metadata_release(&metadata);
        buf_release(&body);
    }
}

static void the_most_trusted_says_it(void **state)
{
    static const struct {
        const char *page;
        enum metadata_field field;
        const char *want;
    } cases[] = {
        { "<title>T</title><meta property=og:title content=O>"
          "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"J\"}</script>",
          METADATA_TITLE, "J" },
        { "<title>T</title><meta name=twitter:title content=W><meta property=og:title content=O>",
          METADATA_TITLE, "O" },
        { "<title>A headline of some length | The Outlet - News</title>", METADATA_TITLE,
          "A headline of some length" },
        { "<title>Short - Long name of an outlet</title>", METADATA_TITLE,
          "Short - Long name of an outlet" },
        { "<p class=byline>By Ann Writer</p>", METADATA_AUTHOR, "Ann Writer" },
        { "<meta property=article:author content=https://x.example/ann><p class=byline>Von Ann</p>",
          METADATA_AUTHOR, "Ann" },
        { "<p class=byline>10 minutes ago</p>", METADATA_AUTHOR, NULL },
        { "<time>5 March</time><time datetime=2026-03-05T10:00Z>x</time>", METADATA_PUBLISHED,
          "2026-03-05T10:00:00Z" },
        { "<span itemprop=datePublished content=2026-03-05>x</span><time datetime=2020-01-01>",
          METADATA_PUBLISHED, "2026-03-05" },
        { "<html lang=de>", METADATA_LANGUAGE, "de" },
        { "<html lang=de><meta property=og:locale content=de_AT>", METADATA_LANGUAGE, "de-AT" },
        { "<link rel=canonical href=https://x.example/c>", METADATA_URL, "https://x.example/c" },
        { "<a rel=license href=https://l.example/>x</a>", METADATA_LICENCE, "https://l.example/" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct metadata metadata = { 0 };
        struct html html;
        struct buf body = { 0 };
        struct err err = { 0 };
        struct sv got;

        assert_true(html_parse(sv_from(cases[i].page), &html, &err));
        metadata_from_page(&html, sv_from(cases[i].page), &metadata, &body);
        got = metadata_get(&metadata, cases[i].field);
        if (cases[i].want ? !sv_eq_cstr(got, cases[i].want) : !sv_is_absent(got))
            fail_msg("%s: '" SV_FMT "'", cases[i].page, SV_ARG(got));
        metadata_release(&metadata);
        html_release(&html);
        buf_release(&body);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_known_by_their_names),
        cmocka_unit_test(lines_that_lead_elsewhere),
        cmocka_unit_test(pieces_are_of_kinds),
        cmocka_unit_test(what_is_left_out_says_why),
        cmocka_unit_test(breaks_part_paragraphs_when_there_are_two),
        cmocka_unit_test(data_says_what_an_article_is),
        cmocka_unit_test(the_most_trusted_says_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
