// Text made safe to print.
#include "t.h"

#include <string.h>

#include "base/visible.h"

static void code_points_are_decoded_strictly(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        int32_t cp;
        size_t size;
    } cases[] = {
        { "a", 1, 'a', 1 },
        { "", 1, 0, 1 },
        { "\xc3\xa9", 2, 0xe9, 2 },
        { "\xe2\x82\xac", 3, 0x20ac, 3 },
        { "\xf0\x9f\x98\x80", 4, 0x1f600, 4 },
        { "\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4 },
        { "\xc3", 1, -1, 1 },             // cut short
        { "\xc3(", 2, -1, 1 },            // no continuation
        { "\x80", 1, -1, 1 },             // stray continuation
        { "\xc0\x80", 2, -1, 1 },         // overlong
        { "\xe0\x80\x80", 3, -1, 1 },     // overlong
        { "\xf0\x80\x80\x80", 4, -1, 1 }, // overlong
        { "\xed\xa0\x80", 3, -1, 1 },     // surrogate
        { "\xf4\x90\x80\x80", 4, -1, 1 }, // above U+10FFFF
        { "\xf8\x88\x80\x80", 4, -1, 1 }, // five bytes
        { "\xff", 1, -1, 1 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t size = 0;

        assert_int_equal(utf8_decode(sv_of(cases[i].bytes, cases[i].len), &size), cases[i].cp);
        assert_int_equal(size, cases[i].size);
    }
}

static void every_code_point_survives_coding(void **state)
{
    struct buf out = { 0 };

    (void)state;
    for (int32_t cp = 0; cp <= 0x10ffff; cp += cp < 0x3000 ? 1 : 97) {
        size_t size;

        if (cp >= 0xd800 && cp <= 0xdfff)
            continue;
        buf_clear(&out);
        utf8_add(&out, cp);
        assert_int_equal(utf8_decode(buf_sv(&out), &size), cp);
        assert_int_equal(size, out.len);
    }
    buf_release(&out);
}

static void what_a_terminal_obeys_or_hides_is_shown(void **state)
{
    static const struct {
        const char *in, *item, *text;
    } cases[] = {
        { "plain caf\xc3\xa9 \xe2\x82\xac", "plain caf\xc3\xa9 \xe2\x82\xac",
          "plain caf\xc3\xa9 \xe2\x82\xac" },
        { "a\tb\nc", "a^Ib^Jc", "a\tb\nc" },
        { "\x1b[31m\x07\x7f\r", "^[[31m^G^?^M", "^[[31m^G^?^M" },
        { "\xc2\x9b"
          "31m",
          "<9B>31m", "<9B>31m" },
        { "\x9b\xff", "<9B><FF>", "<9B><FF>" },
        { "a\xe2\x80\xae"
          "b",
          "a<U+202E>b", "a<U+202E>b" },
        { "\xf3\xa0\x81\x81", "<U+E0041>", "<U+E0041>" },
        { "\xef\xbb\xbf", "<U+FEFF>", "<U+FEFF>" },
        { "\xef\xbf\xbf", "<U+FFFF>", "<U+FFFF>" },
        { "\xe2\x80\xa8", "<U+2028>", "<U+2028>" },
        // needed to read scripts: they pass
        { "\xe0\xa4\x95\xe2\x80\x8d", "\xe0\xa4\x95\xe2\x80\x8d", "\xe0\xa4\x95\xe2\x80\x8d" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf item = { 0 }, text = { 0 };

        visible_add(&item, sv_from(cases[i].in));
        visible_add_text(&text, sv_from(cases[i].in));
        assert_string_equal(buf_cstr(&item), cases[i].item);
        assert_string_equal(buf_cstr(&text), cases[i].text);
        buf_release(&item);
        buf_release(&text);
    }
}

static void no_byte_gives_a_control_byte(void **state)
{
    (void)state;
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            char bytes[] = { (char)a, (char)b, 'x' };
            struct buf out = { 0 };

            visible_add(&out, sv_of(bytes, sizeof(bytes)));
            for (size_t i = 0; i < out.len; i++)
                assert_true((unsigned char)out.ptr[i] >= 0x20 && out.ptr[i] != 0x7f);
            buf_release(&out);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_are_decoded_strictly),
        cmocka_unit_test(every_code_point_survives_coding),
        cmocka_unit_test(what_a_terminal_obeys_or_hides_is_shown),
        cmocka_unit_test(no_byte_gives_a_control_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
