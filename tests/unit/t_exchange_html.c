// Pages as trees: what reaches the parser, how deep it goes, what stands where.
#include "t.h"

#include <string.h>

#include "base/limits.h"
#include "exchange/html.h"
#include "exchange/html_guard.h"

static void what_reaches_the_parser(void **state)
{
    static const struct {
        const char *page, *want;
    } cases[] = {
        { "<p>a</p>", "<p>a</p>" },
        { "a < b <3 <> </>", "a &lt; b &lt;3 &lt;> " },
        { "<</>script>a<<b>script>b", "&lt;script>a&lt;script>b" }, // no tag of two halves
        { "<!-- x > y --><p>a<!---->b<!-->c<!--->d<!-- --!>e", "<p>abcde" },
        { "<!DOCTYPE html><?xml x?><![CDATA[y]]>z", "<!DOCTYPE html>z" },
        { "<b>a</b> <EM x=y>b</EM> <font>c", "a b c" },
        { "<script>x</script>a<STYLE>y</style >b<noscript><p>z</noscript>c", "abc" },
        { "<script><!-- <script> </script> --></script>a", "a" },
        { "<script><!-- </script>a", "a" },
        { "<script></scriptx></script/>a", "a" },
        { "<script>never closed <p>x", "" },
        { "<svg><title>t</title><svg></svg><p>x</svg>a<svg>b", "ab" },
        { "<template><p>x<template></template>y</template>a", "a" },
        { "<div class='a \"b\"' onclick=\"x>y\" DATA-X=1 id=c>d</div>",
          "<div class=\"a &quot;b&quot;\" id=\"c\">d</div>" },
        { "<div id=a id=b hidden>c</div>", "<div id=\"a\" hidden=\"\">c</div>" },
        { "<a href=/x/y>z</a/>", "<a href=\"/x/y\">z</a>" },
        { "<img src=x><br/></br><wbr><input name=q>", "<img><br><br><input name=\"q\">" },
        { "<p <p>a", "<p>a" },
        { "<p a='b", "" },
        { "<div></span></div></div>x", "<div></div>x" },
        { "<div><span>a</div>b", "<div><span>a</span></div>b" },
        { "<h1>a</h2>b", "<h1>a</h1>b" },
        { "<div><table><td></div>x</table></div>", "<div><table><td>x</table></div>" },
        { "<x-y>a</x-y><o:p>b</o:p><a%b>c", "<x-y>a</x-y><o:p>b</o:p>c" },
        { "<title>a <b> c</title>d", "<title>a <b> c</title>d" },
        { "<frameset><frame><math>x</math>", "x" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct html html = { 0 };
        struct buf out = { 0 };
        struct err err = { 0 };

        assert_true(html_guard(sv_from(cases[i].page), &html, &out, &err));
        assert_string_equal(buf_cstr(&out), cases[i].want);
        buf_release(&out);
        html_release(&html);
    }
}

static void depth_ends_and_text_does_not(void **state)
{
    struct buf page = { 0 }, text = { 0 };
    struct html html;
    struct err err = { 0 };
    size_t depth = 0;

    (void)state;
    for (size_t i = 0; i < 5000; i++)
        buf_add_cstr(&page, "<div>");
    buf_add_cstr(&page, "bottom");
    for (size_t i = 0; i < 5000; i++)
        buf_add_cstr(&page, "</div>");
    buf_add_cstr(&page, "<p>after");

    assert_true(html_parse(buf_sv(&page), &html, &err));

    for (size_t i = html.count - 1, at = 1; i; i = at ? i - 1 : 0) {
        size_t levels = 0;

        for (size_t node = i; node; node = html.nodes[node].parent)
            levels++;
        depth = levels > depth ? levels : depth;
    }
    assert_true(depth <= LIMIT_PAGE_DEPTH + 4);
    html_add_text(&html, 0, &text);
    assert_string_equal(buf_cstr(&text), "bottom after");
    buf_release(&page);
    buf_release(&text);
    html_release(&html);
}

static void too_much_is_refused(void **state)
{
    struct buf page = { 0 };
    struct html html;
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i <= LIMIT_PAGE_TAGS; i++)
        buf_add_cstr(&page, "<p>");
    assert_false(html_parse(buf_sv(&page), &html, &err));
    assert_int_equal(err.code, E_REFUSED);
    html_release(&html);
    buf_clear(&page);
    buf_add_fill(&page, 'x', LIMIT_PAGE_TEXT + 1);
    assert_false(html_parse(buf_sv(&page), &html, &err));
    assert_int_equal(err.code, E_REFUSED);
    html_release(&html);
    err_release(&err);
    buf_release(&page);
}

static void the_tree_is_in_the_order_of_the_page(void **state)
{
    static const char page[] =
        "<title>T</title><div id=a class='x y'>one &amp; two<p>three</div><p>four";
    struct html html;
    struct err err = { 0 };
    size_t div = 0;

    (void)state;
    assert_true(html_parse(sv_from(page), &html, &err));

    assert_int_equal(html.nodes[0].tag, HTML_HTML);
    assert_int_equal(html.nodes[0].end, html.count);
    while (html.nodes[div].tag != HTML_DIV)
        div++;
    assert_true(sv_eq_cstr(html_attr(&html.nodes[div], "class"), "x y"));
    assert_true(sv_is_absent(html_attr(&html.nodes[div], "style")));
    assert_int_equal(html.nodes[div + 1].tag, HTML_TEXT);
    assert_true(sv_eq_cstr(html.nodes[div + 1].text, "one & two"));
    assert_int_equal(html.nodes[div + 2].tag, HTML_P);
    assert_int_equal(html.nodes[div + 2].parent, div);
    assert_true(html_is_in(&html, div + 3, div));
    assert_false(html_is_in(&html, html.nodes[div].end, div));
    html_release(&html);
}

static void data_is_kept_apart(void **state)
{
    static const char page[] = "<script type='application/ld+json'>{\"a\": \"</p>\"}</script>"
                               "<script type=text/javascript>x</script>"
                               "<script TYPE=\"APPLICATION/LD+JSON; charset=utf-8\">[]</script>";
    struct html html;
    struct err err = { 0 };

    (void)state;
    assert_true(html_parse(sv_from(page), &html, &err));
    assert_int_equal(html.data_count, 2);
    assert_true(sv_eq_cstr(html.data[0], "{\"a\": \"</p>\"}"));
    assert_true(sv_eq_cstr(html.data[1], "[]"));
    html_release(&html);
}

static void tags_are_found_by_name(void **state)
{
    (void)state;
    for (enum html_tag tag = HTML_TEXT + 1; tag < HTML__N; tag++)
        assert_int_equal(html_tag_find(sv_from(html_name(tag))), tag);
    assert_int_equal(html_tag_find(SV("DIV")), HTML_DIV);
    assert_int_equal(html_tag_find(SV("di")), HTML_OTHER);
    assert_int_equal(html_tag_find(SV("divs")), HTML_OTHER);
    assert_int_equal(html_tag_find(SV("")), HTML_OTHER);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_reaches_the_parser),
        cmocka_unit_test(depth_ends_and_text_does_not),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(the_tree_is_in_the_order_of_the_page),
        cmocka_unit_test(data_is_kept_apart),
        cmocka_unit_test(tags_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
