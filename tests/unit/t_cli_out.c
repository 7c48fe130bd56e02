// Paragraphs laid out for a width.
#include "t.h"

#include "cli/out.h"

static void print(struct out *out, int first, int rest, const char *want)
{
    struct para para = { 0 };

    para_add(&para, STYLE_HEAD, SV("Head"));
    para_add(&para, STYLE_PLAIN, SV(" and "));
    para_addf(&para, STYLE_QUOTE, "%s", "words \x1b that go on");
    out_para(out, &para, first, rest);
    assert_int_equal(para.text.len, 0);
    assert_string_equal(buf_cstr(&out->text), want);
    out_release(out);
}

static void lines_are_broken_and_indented(void **state)
{
    struct out narrow = { .cols = 20 }, endless = { .cols = 0 };

    (void)state;
    print(&narrow, 0, 4, "Head and words ^[\n    that go on\n");
    print(&endless, 2, 4, "  Head and words ^[ that go on\n");
}

static void styles_hold_over_line_ends(void **state)
{
    struct out out = { .cols = 20, .is_colour = true };

    (void)state;
    print(&out, 0, 2,
          "\033[1mHead\033[0m and \033[36mwords ^[\033[0m\n  \033[36mthat go on\033[0m\n");
}

static void one_empty_line_stands_between_and_none_at_the_top(void **state)
{
    struct out out = { 0 };
    struct para para = { 0 };

    (void)state;
    out_blank(&out);
    for (int i = 0; i < 2; i++) {
        para_add(&para, STYLE_PLAIN, SV("x"));
        out_para(&out, &para, 0, 0);
        out_blank(&out);
        out_blank(&out);
    }
    assert_string_equal(buf_cstr(&out.text), "x\n\nx\n\n");
    out_release(&out);
}

static void an_empty_paragraph_is_no_line(void **state)
{
    struct out out = { .cols = 30 };
    struct para para = { 0 };

    (void)state;
    para_add(&para, STYLE_PLAIN, SV(""));
    out_para(&out, &para, 4, 4);
    assert_string_equal(buf_cstr(&out.text), "");
    out_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_broken_and_indented),
        cmocka_unit_test(styles_hold_over_line_ends),
        cmocka_unit_test(one_empty_line_stands_between_and_none_at_the_top),
        cmocka_unit_test(an_empty_paragraph_is_no_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
