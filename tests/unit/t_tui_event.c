// Names of keys: every name reads back as its key.
// No terminal here.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attr.h"
#include "tui/event.h"

static void names_are_printed(void **state)
{
    static const struct {
        key_num key;
        const char *name;
    } cases[] = {
        { 'j', "j" },           { 27, "<Esc>" },        { 4, "<C-d>" },
        { ' ', "<Space>" },     { '<', "<lt>" },        { KEYCODE_DOWN, "<Down>" },
        { 0, "<C-@>" },         { 31, "<C-_>" },        { 0xE9, "é" },
        { 13, "<Enter>" },      { 0x202E, "<U+202E>" }, { KEYCODE_BACK_TAB, "<S-Tab>" },
        { 127, "<Backspace>" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };

        key_add_name(cases[i].key, &out);

        assert_string_equal(buf_cstr(&out), cases[i].name);
        buf_release(&out);
    }
}

static void every_key_reads_back(void **state)
{
    (void)state;
    for (key_num key = 0; key <= KEYCODE_BACK_TAB; key++) {
        if ((key >= 0xD800 && key <= 0xDFFF) || key == KEYCODE__BASE)
            continue; // no characters
        if (key == 0x3000)
            key = 0x1F000; // nothing new on the way
        if (key == 0x20000)
            key = 0xE0000;
        if (key == 0xE1000)
            key = 0x10FF00;

        struct buf out = { 0 };
        key_num back = -1;

        key_add_name(key, &out);

        struct sv rest = buf_sv(&out);

        assert_true(key_parse(&rest, &back));
        assert_int_equal(back, key);
        assert_int_equal(rest.len, 0);
        buf_release(&out);
    }
}

static void keys_are_read_one_by_one(void **state)
{
    struct sv rest = SV("g<C-d>é");
    key_num key;

    (void)state;
    assert_true(key_parse(&rest, &key));
    assert_int_equal(key, 'g');
    assert_true(key_parse(&rest, &key));
    assert_int_equal(key, 4);
    assert_true(key_parse(&rest, &key));
    assert_int_equal(key, 0xE9);
    assert_false(key_parse(&rest, &key));
}

static void what_is_no_key_is_refused(void **state)
{
    static const char *const cases[] = { "<Nope>", "<", "<C-é>", "<U+>", "<U+110000>", "\xff" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sv rest = sv_from(cases[i]);
        key_num key;

        assert_false(key_parse(&rest, &key));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_printed),
        cmocka_unit_test(every_key_reads_back),
        cmocka_unit_test(keys_are_read_one_by_one),
        cmocka_unit_test(what_is_no_key_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
