// Markdown as plain text, and what its first lines say.
#include "t.h"

#include "exchange/markdown.h"

static void the_marks_go_and_the_words_stay(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "one\ntwo\n\nthree\n", "one two\n\nthree\n" },
        { "# Head #\ntext", "Head\n\ntext\n" },
        { "Head\n====\n\nOther\n---\ntext", "Head\n\nOther\n\ntext\n" },
        { "#tag is no heading", "#tag is no heading\n" },
        { "a *b* **c** _d_ __e__ ***f*** ~~g~~", "a b c d e f g\n" },
        { "5 * 3 * 2, snake_case_name, 2*3", "5 * 3 * 2, snake_case_name, 2*3\n" },
        { "un*frigging*believable **not closed", "unfriggingbelievable **not closed\n" },
        { "[text](http://x.org \"t\") and [more][1] and [plain]\n\n[1]: http://y.org",
          "text and more and [plain]\n" },
        { "see <https://example.org/a_b> and <b>bold</b>",
          "see https://example.org/a_b and bold\n" },
        { "![A ferry](f.jpg)", "A ferry\n" },
        { "[![alt](i.png)](http://x)", "alt\n" },
        { "a `code *x*` b", "a code *x* b\n" },
        { "\\*literal\\* &amp; &lt;x&gt; A&B", "*literal* & <x> A&B\n" },
        { "line one  \nline two\\\nthree\n", "line one\nline two\nthree\n" },
        { "- a\n- b\n  goes on\n    - c\n- d\n", "  • a\n  • b goes on\n    • c\n  • d\n" },
        { "1. one\n2. two\n\nafter", "  1. one\n  2. two\n\nafter\n" },
        { "> quoted\n> still\n\nnot", "quoted still\n\nnot\n" },
        { "```c\nint *x;\n\n# y\n```\nafter", "int *x;\n\n# y\n\nafter\n" },
        { "text\n\n    code *here*\n\nmore", "text\n\ncode *here*\n\nmore\n" },
        { "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n", "a\tb\n1\t2\n3\t4\n" },
        { "a | b is no table", "a | b is no table\n" },
        { "one <!-- two\nthree --> four", "one four\n" },
        { "---\ntitle: T\n---\ntext", "text\n" },
        { "---\nno end\ntext", "no end text\n" },
        { "* * *\n\n---\n", "" },
        { "A claim.[^1]\n\n[^1]: The source.", "A claim.\n\nThe source.\n" },
        { "[a [b] c](x) [not (closed", "a [b] c [not (closed\n" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct prose prose = { 0 };
        struct metadata metadata = { 0 };
        struct buf out = { 0 };

        markdown_read(sv_from(cases[i].text), &prose, &metadata);
        prose_print(&prose, &out);
        assert_string_equal(buf_cstr(&out), cases[i].want);
        buf_release(&out);
        prose_release(&prose);
        metadata_release(&metadata);
    }
}

static void the_lines_at_the_top_are_metadata(void **state)
{
    struct prose prose = { 0 };
    struct metadata metadata = { 0 };

    (void)state;
    markdown_read(SV("---\ntitle: 'A: b'\nauthors: [Ann, Ben]\ndate: March 4, 2026\nlang: en_GB\n"
                     "url: https://example.org/x\nsite: Herald\n---\n# Other\n"),
                  &prose, &metadata);
    assert_true(sv_eq_cstr(metadata.meta.title, "A: b"));
    assert_true(sv_eq_cstr(metadata.meta.author, "Ann, Ben"));
    assert_true(sv_eq_cstr(metadata.meta.published, "2026-03-04"));
    assert_true(sv_eq_cstr(metadata.meta.language, "en-GB"));
    assert_true(sv_eq_cstr(metadata.meta.url, "https://example.org/x"));
    assert_true(sv_eq_cstr(metadata.meta.outlet, "Herald"));
    prose_release(&prose);
    metadata_release(&metadata);
}

static void values_take_the_form_of_files_or_are_left_out(void **state)
{
    static const struct {
        enum metadata_field field;
        const char *value, *want;
    } cases[] = {
        { METADATA_PUBLISHED, "2026-03-04", "2026-03-04" },
        { METADATA_PUBLISHED, "2026-03-04T05:06:07.123+02:00", "2026-03-04T05:06:07+02:00" },
        { METADATA_PUBLISHED, "2026-03-04 05:06Z", "2026-03-04T05:06:00Z" },
        { METADATA_PUBLISHED, "2026-03-04T05:06:07+0200", "2026-03-04T05:06:07+02:00" },
        { METADATA_PUBLISHED, "20260304", "2026-03-04" },
        { METADATA_PUBLISHED, "2026/03/04", "2026-03-04" },
        { METADATA_PUBLISHED, "Wed, 4 Mar 2026 10:00:00 GMT", "2026-03-04" },
        { METADATA_PUBLISHED, "Updated Mar. 4, 2026", "2026-03-04" },
        { METADATA_PUBLISHED, "2026-13-04", NULL },
        { METADATA_PUBLISHED, "yesterday", NULL },
        { METADATA_LANGUAGE, "de", "de" },
        { METADATA_LANGUAGE, "pt_BR", "pt-BR" },
        { METADATA_LANGUAGE, "e n", NULL },
        { METADATA_URL, "https://example.org/a?b=c", "https://example.org/a?b=c" },
        { METADATA_URL, "javascript:x", NULL },
        { METADATA_URL, "/relative", NULL },
        { METADATA_TITLE, "  Two\n words ", "Two words" },
        { METADATA_TITLE, "  ", NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct metadata metadata = { 0 };
        struct sv got;

        assert_int_equal(metadata_offer(&metadata, cases[i].field, sv_from(cases[i].value)),
                         cases[i].want != NULL);
        got = metadata_get(&metadata, cases[i].field);
        if (cases[i].want)
            assert_true(sv_eq_cstr(got, cases[i].want));
        else
            assert_true(sv_is_absent(got));
        metadata_release(&metadata);
    }
}

static void the_first_value_holds(void **state)
{
    struct metadata metadata = { 0 };

    (void)state;
    assert_true(metadata_offer(&metadata, METADATA_TITLE, SV("one")));
    assert_false(metadata_offer(&metadata, METADATA_TITLE, SV("two")));
    assert_true(sv_eq_cstr(metadata.meta.title, "one"));
    metadata_release(&metadata);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_marks_go_and_the_words_stay),
        cmocka_unit_test(the_lines_at_the_top_are_metadata),
        cmocka_unit_test(values_take_the_form_of_files_or_are_left_out),
        cmocka_unit_test(the_first_value_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
