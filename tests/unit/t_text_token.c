// Words as comparing texts sees them.
#include "text/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

static void words_are_cut_and_folded(void **state)
{
    static const struct {
        const char *text, *words; // blanks between
    } cases[] = {
        { "The mayor's bridge", "the mayor bridge" },
        { "O’Brien’s Café", "obrien cafe" },
        { "Tehrik-e-Taliban, 1,000 men at 9:30", "tehrik e taliban 1,000 men at 9:30" },
        { "2024-12-11 — “Über”", "2024-12-11 uber" },
        { "don't", "dont" },
        { " .,! ", "" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf got = { 0 };
        struct token token;
        size_t pos = 0;

        while (token_next(sv_from(cases[i].text), &pos, &token)) {
            if (got.len)
                buf_add_char(&got, ' ');
            buf_add(&got, sv_of(token.word, token.len));
        }
        assert_string_equal(buf_cstr(&got), cases[i].words);
        buf_release(&got);
    }
}

static struct sv stem(const char *word, struct token *token)
{
    size_t pos = 0;

    assert_true(token_next(sv_from(word), &pos, token));
    return sv_of(token->word, token_stem(token));
}

static void forms_of_a_word_have_one_stem(void **state)
{
    static const char *const same[][2] = {
        { "attack", "attacks" },     { "attack", "attacked" },     { "attack", "attacking" },
        { "family", "families" },    { "bomb", "bombings" },       { "stop", "stopped" },
        { "minister", "ministers" }, { "relocate", "relocation" }, { "blame", "blamed" },
        { "Kabul", "Kabul’s" },      { "rapid", "rapidly" },       { "accuse", "accusations" },
    };
    static const char *const other[][2] = {
        { "press", "pres" }, { "bus", "bu" }, { "sing", "s" }, { "king", "k" }, { "red", "r" },
    };
    struct token a, b;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        struct sv x = stem(same[i][0], &a), y = stem(same[i][1], &b);

        if (!sv_eq(x, y))
            print_message("'" SV_FMT "' '" SV_FMT "'\n", SV_ARG(x), SV_ARG(y));
        assert_true(sv_eq(x, y));
    }
    for (size_t i = 0; i < ARRAY_LEN(other); i++)
        assert_false(sv_eq(stem(other[i][0], &a), stem(other[i][1], &b)));
}

static void long_words_are_cut_at_a_letter(void **state)
{
    struct buf text = { 0 };
    struct token token;
    size_t pos = 0;

    (void)state;
    for (int i = 0; i < 100; i++)
        buf_add_cstr(&text, i % 2 ? "й" : "ж€");
    for (int i = 0; i < 100; i++)
        buf_add_cstr(&text, "aж");
    while (token_next(buf_sv(&text), &pos, &token)) {
        assert_true(token.len <= TOKEN_MAX);
        assert_true(token.span.end <= text.len);
    }
    buf_release(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut_and_folded),
        cmocka_unit_test(forms_of_a_word_have_one_stem),
        cmocka_unit_test(long_words_are_cut_at_a_letter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
