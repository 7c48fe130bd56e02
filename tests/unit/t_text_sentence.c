// Where sentences end, and the tables of words behind that.
#include "text/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "text/lexicon.h"

// The sentences of `block` with '|' between them.
static void cut(struct sv block, struct buf *out)
{
    for (size_t beg = skip_blanks(block, 0); beg < block.len;) {
        size_t end = sentence_end(block, beg);

        if (out->len)
            buf_add_char(out, '|');
        buf_add(out, sv_sub(block, beg, end));
        beg = skip_blanks(block, end);
    }
}

static void check(const char *const *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buf text = { 0 }, out = { 0 };

        // '|' is a boundary across a blank, '^' one without
        for (const char *p = expected[i]; *p; p++)
            if (*p != '^')
                buf_add_char(&text, *p == '|' ? ' ' : *p);
        cut(buf_sv(&text), &out);
        buf_clear(&text);
        for (const char *p = expected[i]; *p; p++)
            buf_add_char(&text, *p == '^' ? '|' : *p);
        assert_string_equal(buf_cstr(&out), buf_cstr(&text));
        buf_release(&text);
        buf_release(&out);
    }
}

static void stops_end_sentences_before_capitals(void **state)
{
    static const char *const cases[] = {
        "The bridge fell.|Nobody was hurt.",
        "Who saw it?|Two drivers did!|Then it was gone.",
        "What?!|He laughed.",
        "Really!!|So they say.",
        "the river rose. nobody knew why",
        "They sell Yum! sauces here.",
        "It cost $3.50.|It was worth it.",
        "Some 1,200 came.|5 stayed.",
        "No stop here",
        "\u201cWe won.\u201d|The crowd cheered.",
        "\u201cWe won.\u201d he said.",
        "\u201cWhy now?\u201d Anna Berg asked.",
        "\u201cWhy now?\u201d|The hall fell silent.",
        "\"It is over.\"|She put the phone down.",
        "\u201cheinous crime.|The police came.",
        "(They had been warned.)|Nobody listened.",
        "Boats (He owned four of them.) lay in the harbour.",
        "The figure is old.[3]|It is still used.",
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void titles_and_initials_end_none(void **state)
{
    static const char *const cases[] = {
        "Dr. Weiss met Gen. Anders near Mt. Ararat.|They spoke for an hour.",
        "Lady Anne K. Moore wrote it.",
        "J. R. Petrov was there.",
        "See No. 7 and p. 12 of Vol. IV for that.",
        "He said no.|Nobody asked again.",
        "It is up to you and I.|Did they tell Mark I. Olsen?",
        "Take vitamin C.|It helps.",
        "North vs. South is an old story.",
        "Look at fish, e.g. Atlantic cod, i.e. Gadus.",
        "St. Olaf slept on Elm St.|The shops were shut.",
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void abbreviations_end_one_before_a_starter(void **state)
{
    static const char *const cases[] = {
        "The U.S. State Department knew.",
        "He left the U.S.|In May he came back.",
        "They flew to the U.K.|However, nobody met them.",
        "Smith & Co. built it.|It stands.",
        "They sued Orion Inc.|The firm lost.",
        "They sued Orion Inc. Boston in May.",
        "By 7 a.m. Mr. Lund was up.|He left at 9 P.M.|Mr. Lund was late.",
        "It rained from Sept. 3 to Nov. 9.",
        "She has a Ph.D. from Lund.|She teaches.",
        "Pens, ink, etc.|Anna bought them.",
        "That is Tom Hale Jr.'s boat.",
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void ellipses_end_one_only_when_attached_or_of_four(void **state)
{
    static const char *const cases[] = {
        "She waited...|Then she left.",
        "She waited ... Kai did not.",
        "It was . . . Kai knew it.",
        "He never meant that....|She left.",
        "All was well.|. . . Then it was not.",
        "\u201cThe laws [...] They hold\u201d, he wrote.",
        "Well\u2026|Perhaps.",
        "so it goes\u2026 and goes",
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void list_items_begin_with_their_markers(void **state)
{
    static const char *const cases[] = {
        "1. Kandahar vs. Kabul: a divide.|It grew.",
        "1. The first 2 boats|2. The rest",
        "1.) Wood|2.) Iron",
        "a) wood|b) iron|c) tin",
        "\u2022 Wood|\u2022 Iron and tin",
        "(1) Wood|(2) Iron",
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void missing_blank_is_seen_before_a_starter(void **state)
{
    static const char *const cases[] = {
        "It fell.^The noise was heard.",
        "He paid 1,000.^That is a lot.",
        "Write to Jane.The@example.com now.",
        "See www.example.com/The.Page now.",
        "A Node.Js talk.",
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void other_scripts_have_stops_of_their_own(void **state)
{
    static const char *const cases[] = {
        "\u5929\u6c14\u5f88\u597d\u3002^\u6211\u4eec\u8d70\u5427\uff01^\u597d\u3002",
        "\u300c\u884c\u304f\u3002\u300d\u3068\u8a00\u3063\u305f\u3002",
        "\u092f\u0939 \u0918\u0930 \u0939\u0948\u0964|\u0935\u0939 \u092d\u0940\u0964",
        "\u06cc\u06c1 \u06af\u06be\u0631 \u06c1\u06d2\u06d4|\u0648\u06c1 \u0628\u06be\u06cc\u06d4",
        "\u0647\u0644 \u062c\u0627\u0621\u061f|\u0646\u0639\u0645.",
        "\u041e\u043d \u0443\u0448\u0451\u043b.|\u042f \u043e\u0441\u0442\u0430\u043b\u0441\u044f.",
    };

    (void)state;
    check(cases, ARRAY_LEN(cases));
}

static void hard_wrapped_lines_are_one_block(void **state)
{
    struct buf out = { 0 };

    (void)state;
    cut(SV("It was a cold\nnight. Nobody\r\nspoke."), &out);
    assert_string_equal(buf_cstr(&out), "It was a cold\nnight.|Nobody\r\nspoke.");
    buf_release(&out);
}

static void tables_are_sorted(void **state)
{
    static const char *const words[] = {
#define WORD(word, classes) word,
#include "text/words.def"
#undef WORD
    };
    static const char *const abbrevs[] = {
#define ABBREV(word, class) word,
#include "text/abbrev.def"
#undef ABBREV
    };

    static const char *const verbs[] = {
#define VERB(base, third, past, ing, how, act) base,
#define PHRASE(words, how, act)
#include "text/cue.def"
#undef VERB
#undef PHRASE
    };
    static const char *const phrases[] = {
#define VERB(base, third, past, ing, how, act)
#define PHRASE(words, how, act) words,
#include "text/cue.def"
#undef VERB
#undef PHRASE
    };

    (void)state;
    for (size_t i = 1; i < ARRAY_LEN(verbs); i++)
        assert_true(strcmp(verbs[i - 1], verbs[i]) < 0);
    for (size_t i = 1; i < ARRAY_LEN(phrases); i++)
        assert_true(strcmp(phrases[i - 1], phrases[i]) < 0);
    for (size_t i = 1; i < ARRAY_LEN(words); i++)
        assert_true(strcmp(words[i - 1], words[i]) < 0);
    for (size_t i = 1; i < ARRAY_LEN(abbrevs); i++)
        assert_true(strcmp(abbrevs[i - 1], abbrevs[i]) < 0);
}

static void words_are_found_in_any_case(void **state)
{
    (void)state;
    assert_true(lexicon_classes(SV("However")) & LINK);
    assert_true(lexicon_classes(SV("WHO")) & RELATIVE);
    assert_int_equal(lexicon_classes(SV("zebra")), 0);
    assert_int_equal(lexicon_classes(SV("a-word-that-is-far-too-long-for-the-tables")), 0);
    assert_int_equal(lexicon_abbrev(SV("Gen")), TITLE);
    assert_int_equal(lexicon_abbrev(SV("gen")), NOT_ABBREV);
    assert_int_equal(lexicon_abbrev(SV("N\u00b0")), NUMBER);
}

static void longest_reporting_words_are_found(void **state)
{
    static const struct {
        const char *text;
        size_t len; // 0: none
        const char *act;
    } cases[] = {
        { "said that", 4, "" },
        { "Confirmed on", 9, "confirms" },
        { "claimed responsibility for it", 26, "claims-responsibility" },
        { "claimed the", 7, "alleges" },
        { "according\nto him", 12, "reports" },
        { "according him", 0, "" },
        { "saidx", 0, "" },
        { "thought so", 7, "asserts" },
        { "in a statement", 14, "asserts" },
        { "denied\u2014twice", 6, "denies" },
        { "house", 0, "" },
        { "", 0, "" },
    };
    struct cue_word cue;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool found = lexicon_cue(sv_from(cases[i].text), &cue);

        assert_int_equal(found, cases[i].len > 0);
        if (!found)
            continue;
        assert_int_equal(cue.len, cases[i].len);
        assert_true(sv_is_absent(cue.act) ? !cases[i].act[0] : sv_eq_cstr(cue.act, cases[i].act));
    }
}

static void runs_without_blanks_are_not_read_again_for_each_stop(void **state)
{
    struct buf text = { 0 }, out = { 0 };

    (void)state;
    while (text.len < (size_t)256 << 10)
        buf_add_cstr(&text, "a.A@");
    cut(buf_sv(&text), &out);            // minutes, if each were
    assert_int_equal(out.len, text.len); // an address
    buf_release(&text);
    buf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(stops_end_sentences_before_capitals),
        cmocka_unit_test(titles_and_initials_end_none),
        cmocka_unit_test(abbreviations_end_one_before_a_starter),
        cmocka_unit_test(ellipses_end_one_only_when_attached_or_of_four),
        cmocka_unit_test(list_items_begin_with_their_markers),
        cmocka_unit_test(missing_blank_is_seen_before_a_starter),
        cmocka_unit_test(other_scripts_have_stops_of_their_own),
        cmocka_unit_test(hard_wrapped_lines_are_one_block),
        cmocka_unit_test(tables_are_sorted),
        cmocka_unit_test(words_are_found_in_any_case),
        cmocka_unit_test(longest_reporting_words_are_found),
        cmocka_unit_test(runs_without_blanks_are_not_read_again_for_each_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
