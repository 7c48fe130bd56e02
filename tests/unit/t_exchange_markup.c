// Building HTML and Markdown out of text of others.
#include "t.h"

#include <string.h>

#include "exchange/markdown_out.h"
#include "exchange/markup.h"

static void is_markup(struct markup *markup, const char *want)
{
    assert_string_equal(buf_cstr(&markup->out), want);
    markup_release(markup);
}

static void elements_nest_and_void_ones_do_not(void **state)
{
    struct markup m = { 0 };

    (void)state;
    markup_begin(&m, "p");
    markup_attr(&m, "class", SV("a"));
    markup_text(&m, SV("x"));
    markup_void(&m, "br");
    markup_element(&m, "b", NULL, SV("y"));
    markup_void(&m, "hr");
    markup_end(&m, "p");

    is_markup(&m, "<p class=\"a\">x<br><b>y</b><hr></p>");
}

static void text_and_attributes_are_escaped(void **state)
{
    static const struct {
        struct sv text;
        const char *want;
    } cases[] = {
        { { "a < b & c > d", 13 }, "a &lt; b &amp; c &gt; d" },
        { { "</p><script>", 12 }, "&lt;/p&gt;&lt;script&gt;" },
        { { "\" onload='x'", 12 }, "&quot; onload=&#39;x&#39;" },
        { { "&amp;", 5 }, "&amp;amp;" },
        { { "a\0b", 3 }, "a^@b" },
        { { "\x1b[2J\r", 5 }, "^[[2J^M" },
        { { "\x7f", 1 }, "^?" },
        { { "\xc2\x85", 2 }, "&lt;85&gt;" },
        { { "\xe2\x80\xae", 3 }, "&lt;U+202E&gt;" },
        { { "\xe2\x81\xa6", 3 }, "&lt;U+2066&gt;" },
        { { "\xef\xb7\x90", 3 }, "&lt;U+FDD0&gt;" },
        { { "\xe2\x80\x8e\xc2\xad", 5 }, "&lt;U+200E&gt;&lt;U+00AD&gt;" },
        { { "\xff\xc0\xaf\xed\xa0\x80", 6 },
          "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { { "\xf0\x9f\x98\x80", 4 }, "\xf0\x9f\x98\x80" },
        { { "a\n\tb", 4 }, "a\n\tb" },
        { { NULL, 0 }, "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct markup m = { 0 };
        struct buf want = { 0 };

        markup_begin(&m, "p");
        markup_attr(&m, "title", cases[i].text);
        markup_text(&m, cases[i].text);
        markup_end(&m, "p");

        buf_addf(&want, "<p title=\"%s\">%s</p>", cases[i].want, cases[i].want);
        is_markup(&m, buf_cstr(&want));
        buf_release(&want);
    }
}

static void only_addresses_of_the_web_become_links(void **state)
{
    static const struct {
        const char *url;
        bool is_taken;
    } cases[] = {
        { "https://example.org/a?b=c&d=e#f", true },
        { "HTTP://EXAMPLE.ORG/", true },
        { "https://example.org/\xc3\xa9", true },
        { "javascript:alert(1)", false },
        { " javascript:alert(1)", false },
        { "JaVaScRiPt:alert(1)", false },
        { "java\tscript:alert(1)", false },
        { "data:text/html,<script>", false },
        { "vbscript:x", false },
        { "//example.org/", false },
        { "/etc/passwd", false },
        { "file:///etc/passwd", false },
        { "http://", false },
        { "https://", false },
        { "https://a b/", false },
        { "https://a\"b/", false },
        { "https://a'b/", false },
        { "https://a\nb/", false },
        { "https://a\xe2\x80\xae/", false },
        { "https://a\xff/", false },
        { "", false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct markup m = { 0 };

        markup_begin(&m, "a");
        assert_int_equal(markup_url(&m, "href", sv_from(cases[i].url)), cases[i].is_taken);
        assert_int_equal(strstr(buf_cstr(&m.out), "href") != NULL, cases[i].is_taken);
        markup_release(&m);
    }
}

static void places_and_ways_to_them_are_spelt_alike(void **state)
{
    struct markup m = { 0 };

    (void)state;
    markup_begin(&m, "a");
    markup_place(&m, "t", SV("c7k2\"> \xc3\xa9-_"));
    markup_goto(&m, "t", SV("c7k2\"> \xc3\xa9-_"));
    markup_end(&m, "a");

    is_markup(&m, "<a id=\"t-c7k2_22_3e_20_c3_a9_2d_5f\" href=\"#t-c7k2_22_3e_20_c3_a9_2d_5f\"></a>");
}

static void markdown_stays_text(void **state)
{
    static const struct {
        struct sv text;
        const char *want;
    } cases[] = {
        { { "*a* _b_ `c` ~d~", 15 }, "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~" },
        { { "[a](b) ![c](d)", 14 }, "\\[a\\](b) !\\[c\\](d)" },
        { { "a | b\\", 6 }, "a \\| b\\\\" },
        { { "<script>&lt;", 12 }, "&lt;script&gt;&amp;lt;" },
        { { "<!-- x -->", 10 }, "&lt;!-- x --&gt;" },
        { { "@ana #12 a#1", 12 }, "\\@<!-- -->ana \\#<!-- -->12 a\\#<!-- -->1" },
        { { "gh-7 GH-7 high-7", 16 }, "g<!-- -->h-7 G<!-- -->H-7 hig<!-- -->h-7" },
        { { "http://a www.b", 14 }, "http:<!-- -->//a w<!-- -->ww.b" },
        { { ":smile: at 5: x", 15 }, ":<!-- -->smile: at 5: x" },
        { { "$x$ a\nb\tc", 9 }, "\\$x\\$ a b c" },
        { { "a\0\x1b\xff", 4 }, "a^\\@<!-- -->^\\[\xef\xbf\xbd" },
        { { "\xe2\x80\xae", 3 }, "&lt;U+202E&gt;" },
        { { "No. 5, 1-2", 10 }, "No. 5, 1-2" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };

        markdown_text(cases[i].text, &out);
        assert_string_equal(buf_cstr(&out), cases[i].want);
        buf_release(&out);
    }
}

static void code_holds_nothing_but_names(void **state)
{
    struct buf out = { 0 };

    (void)state;
    markdown_code(SV("flood/dam-1_b.c`|<\n@"), &out);
    assert_string_equal(buf_cstr(&out), "`flood/dam-1_b.c?????`");
    buf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_nest_and_void_ones_do_not),
        cmocka_unit_test(text_and_attributes_are_escaped),
        cmocka_unit_test(only_addresses_of_the_web_become_links),
        cmocka_unit_test(places_and_ways_to_them_are_spelt_alike),
        cmocka_unit_test(markdown_stays_text),
        cmocka_unit_test(code_holds_nothing_but_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
