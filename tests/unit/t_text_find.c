// Searching; built with blocks of 16 bytes so that matches lie across their edges.
#define FIND_BLOCK ((size_t)16)
#define NEEDLE_MET 2
#define FIND_REACH ((size_t)64)
#define FIND_WORK  UINT64_C(20000000)
#include <stdint.h>

#include "text/find.c"
#include "text/needle.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/attr.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static struct finder *new_finder(const char *pattern)
{
    struct finder *finder;
    struct err err = { 0 };

    assert_true(finder_new(sv_from(pattern), &finder, &err));
    assert_int_equal(err.code, E_NONE);
    return finder;
}

// The first match, or an empty view.
static struct sv first(const char *pattern, const char *text)
{
    struct finder *finder = new_finder(pattern);
    struct byte_span span = { 0, 0 };

    if (!finder_next(finder, sv_from(text), 0, &span))
        span = (struct byte_span){ 0, 0 };
    finder_free(finder);
    return sv_sub(sv_from(text), span.beg, span.end);
}

static void literal_finds_what_a_reader_means(void **state)
{
    static const struct {
        const char *pattern, *text, *match; // "" for none
    } cases[] = {
        { "kabul", "In Kabul today", "Kabul" },
        { "Kabul", "in kabul, in Kabul", "Kabul" },
        { "KABUL", "in Kabul", "" },
        { "naive", "a na\u00efve view", "na\u00efve" },
        { "naive", "a nai\u0308ve view", "nai\u0308ve" },
        { "na\u00efve", "a nai\u0308ve view", "nai\u0308ve" },
        { "nai\u0308ve", "a na\u00efve view", "na\u00efve" },
        { "\u00e9", "cafe\u0301!", "e\u0301" },
        { "e\u0301", "caf\u00e9!", "\u00e9" },
        { "cafe", "CAFE\u0301 x", "CAFE\u0301" },
        { "ete", "l\u2019\u00e9t\u00e9.", "\u00e9t\u00e9" },
        { "it's", "but it\u2019s so", "it\u2019s" },
        { "\"great", "a \u201cgreat loss\u201d", "\u201cgreat" },
        { "great loss\"", "a \u201cgreat loss\u201d", "great loss\u201d" },
        { "war-peace", "war\u2014peace", "war\u2014peace" },
        { "\u2014", "a - b \u2014 c", "\u2014" },
        { "\u2019", "it's ok", "" },
        { "10 km", "some 10\u00a0km off", "10\u00a0km" },
        { "strasse", "die Stra\u00dfe", "Stra\u00dfe" },
        { "s", "\u00df", "" },
        { "cooperate", "co\u00adoperate", "co\u00adoperate" },
        { "a.c", "abc a.c", "a.c" },
        { "\u043a\u0430\u0431\u0443\u043b", "\u0412 \u041a\u0430\u0431\u0443\u043b\u0435",
          "\u041a\u0430\u0431\u0443\u043b" },
        { "\uac00", "\uac01", "" },
        { "\uac00", "\u1100\u1161\u11a8", "" },
        { "\uac00", "x \u1100\u1161 y", "\u1100\u1161" },
        { "\u0915", "\u0915\u093f", "\u0915\u093f" },
        { "\u0301", "caf\u00e9 cafe\u0301", "\u0301" },
        { "wait...", "wait\u2026", "wait\u2026" },
        { "x\xff", "xx\xffz", "x\xff" },
        { "/bomb(ing)?s/", "one Bombings", "Bombings" },
        { "/[A-Z]{3,}/", "the TTP", "TTP" },
        { "/\\bthe\\W/", "other the ", "the " },
        { "/^b/", "a\nb", "b" },
        { "/\\x{e9}/", "\xff\u00e9", "\u00e9" },
        { "/x*/", "aaxx", "xx" },
        { "/", "and/or", "/" },
        { "/a", "and/a", "/a" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sv match = first(cases[i].pattern, cases[i].text);

        if (!sv_eq(match, sv_from(cases[i].match)))
            print_message("'%s' in '%s': '" SV_FMT "'\n", cases[i].pattern, cases[i].text,
                          SV_ARG(match));
        assert_true(sv_eq(match, sv_from(cases[i].match)));
    }
}

static void bad_regex_is_refused_with_its_place(void **state)
{
    struct finder *finder = NULL;
    struct err err = { 0 };

    (void)state;
    assert_false(finder_new(SV("/\u00e9(b/"), &finder, &err));
    assert_int_equal(err.code, E_QUERY);
    assert_int_equal(err.col, 5);
    assert_non_null(strstr(buf_cstr(&err.text), "is no regular expression: missing clos"));
    assert_false(finder_new(SV(""), &finder, &err));
    assert_false(finder_new(SV("//"), &finder, &err));
    err_release(&err);
}

static void searching_goes_both_ways(void **state)
{
    static const char *const patterns[] = { "ab", "/ab/" };
    struct sv text = SV("ab -- ab -- -- -- -- -- -- -- ab\nab -- a\u0301b x");
    static const size_t at[] = { 0, 6, 30, 33, 39 };

    (void)state;
    for (size_t p = 0; p < ARRAY_LEN(patterns); p++) {
        struct finder *finder = new_finder(patterns[p]);
        size_t count = p ? 4 : 5; // a regex does not fold
        struct byte_span span;

        for (size_t i = 0, from = 0; i < count; i++, from = span.beg + 1) {
            assert_true(finder_next(finder, text, from, &span));
            assert_int_equal(span.beg, at[i]);
        }
        for (size_t i = count, before = text.len; i-- > 0; before = span.beg) {
            assert_true(finder_prev(finder, text, before, &span));
            assert_int_equal(span.beg, at[i]);
        }
        assert_false(finder_prev(finder, text, 0, &span));
        assert_false(finder_next(finder, text, text.len, &span));
        finder_free(finder);
    }
}

static void pathological_pattern_stops_at_the_limit(void **state)
{
    struct finder *finder = new_finder("/(a|aa|aaa)*[bc]d/");
    struct buf text = { 0 };
    struct byte_span span;

    (void)state;
    buf_add_fill(&text, 'a', 4000);
    buf_add_cstr(&text, "bcd");
    assert_false(finder_next(finder, buf_sv(&text), 0, &span));
    assert_true(finder_was_limited(finder));
    assert_false(finder_prev(finder, buf_sv(&text), text.len, &span));
    assert_true(finder_was_limited(finder));
    assert_false(finder_next(finder, SV("x"), 0, &span));
    assert_false(finder_was_limited(finder));
    buf_release(&text);
    finder_free(finder);
}

// Each attempt is short of PCRE2's limit; all together would take minutes.
static void pattern_that_is_slow_everywhere_stops_too(void **state)
{
    static const char *const patterns[] = { "/[^#]*[^#]*\\d/", "/(\\w+ ?)+\\d/",
                                            "/(?s).*x.*y.*\\d/" };
    struct buf text = { 0 };
    struct byte_span span;

    (void)state;
    while (text.len < (size_t)1 << 20)
        buf_add_cstr(&text, "xy ");
    for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
        struct finder *finder = new_finder(patterns[i]);

        assert_false(finder_next(finder, buf_sv(&text), 0, &span));
        assert_true(finder_was_limited(finder));
        assert_false(finder_prev(finder, buf_sv(&text), text.len, &span));
        assert_true(finder_was_limited(finder));
        finder_free(finder);
    }
    buf_release(&text);
}

static void cheap_pattern_goes_through_a_long_text(void **state)
{
    struct finder *finder = new_finder("/needle\\d+/");
    struct buf text = { 0 };
    struct byte_span span;

    (void)state;
    while (text.len < (size_t)1 << 20)
        buf_add_cstr(&text, "some words of a text\n");
    buf_add_cstr(&text, "and a needle");
    buf_add_fill(&text, '9', 500); // beyond what is seen at once
    assert_true(finder_next(finder, buf_sv(&text), 0, &span));
    assert_int_equal(span.end, text.len);
    assert_int_equal(span.end - span.beg, 506);
    assert_false(finder_was_limited(finder));
    finder_free(finder);
    buf_release(&text);
}

// Every place at which the needle stands, tried one after the other.
static bool find_slowly(struct finder *finder, struct sv text, size_t from, struct byte_span *out)
{
    for (size_t size; from < text.len; from += size) {
        utf8_decode(sv_sub(text, from, text.len), &size);
        if (needle_at(finder->needle, text, from, &out->end)) {
            out->beg = from;
            return true;
        }
    }
    return false;
}

static bool find_bytes(struct sv needle, struct sv text, size_t from, struct byte_span *out)
{
    out->beg = sv_find(text, needle, from);
    out->end = out->beg + needle.len;
    return out->beg != SIZE_MAX;
}

static void quick_search_finds_what_a_slow_one_finds(void **state)
{
    static const char *const pieces[] = { "a",      "e",      "b",        "E",      "\u00e9",
                                          "\u0301", "\u0327", "ae",       "\u2019", "'",
                                          " ",      "\u00a0", "\xe2\x80", "\u00e6", "\u4e2d",
                                          "\u200d", "\u00df", "s",        "\n",     "\u00adb",
                                          "\u0436", "\u0905", "\u093c",   "\u0628", "\u0650",
                                          "\uac00", "\u11a8", "\u3000",   "\u212a", "\xff" };
    uint32_t seed = 5;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct buf text = { 0 }, needle = { 0 };
        struct finder *finder;
        struct err err = { 0 };
        struct byte_span quick, slow, last = { 0, 0 };
        bool found;

        for (uint32_t n = next_random(&seed) % 60; n > 0; n--)
            buf_add_cstr(&text, pieces[next_random(&seed) % ARRAY_LEN(pieces)]);
        for (uint32_t n = 1 + next_random(&seed) % 3; n > 0; n--)
            buf_add_cstr(&needle, pieces[next_random(&seed) % ARRAY_LEN(pieces)]);
        assert_true(finder_new(buf_sv(&needle), &finder, &err));
        for (size_t from = 0;; from = cp_align(buf_sv(&text), quick.beg + 1)) {
            found = finder->needle ? find_slowly(finder, buf_sv(&text), from, &slow)
                                      : find_bytes(buf_sv(&needle), buf_sv(&text), from, &slow);
            assert_int_equal(finder_next(finder, buf_sv(&text), from, &quick), found);
            if (!found)
                break;
            assert_int_equal(quick.beg, slow.beg);
            assert_int_equal(quick.end, slow.end);
            last = slow;
        }
        found = finder_prev(finder, buf_sv(&text), text.len, &quick);
        assert_int_equal(found, last.end > 0);
        if (found && finder->needle)
            assert_int_equal(quick.beg, last.beg);
        finder_free(finder);
        buf_release(&text);
        buf_release(&needle);
    }
}

static void lead_bytes_passed_over_begin_nothing_in_the_needle(void **state)
{
    static const char *const needles[] = {
        "abcdefghijklmnopqrstuvwxyz0123456789 !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ \"'-",
        "\u0436",
        "\u7684",
        "\uac00",
        "\u0905",
        "\u13a0",
        "\uff76",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(needles); i++) {
        struct finder *finder = new_finder(needles[i]);

        for (int32_t cp = 0x80; cp < 0x20000; cp++) {
            struct buf unit = { 0 };

            if (cp >= 0xd800 && cp <= 0xdfff)
                continue;
            utf8_add(&unit, cp);
            if (!finder->needle->stops[(unsigned char)unit.ptr[0]])
                assert_false(use_of(finder->needle, buf_sv(&unit), 0, unit.len, cp).is_in_needle);
            buf_release(&unit);
        }
        finder_free(finder);
    }
}

static void search_up_to_a_place_takes_what_begins_before_it(void **state)
{
    static const char *const patterns[] = { "west", "/w.st/", "/we(st|\\n)/" };
    struct sv text = SV("a west wind, \u2019 long and wide, went westward");
    struct byte_span span;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
        struct finder *finder = new_finder(patterns[i]);

        assert_false(finder_next_until(finder, text, 0, 2, &span));
        assert_true(finder_next_until(finder, text, 0, 3, &span)); // goes on beyond
        assert_int_equal(span.beg, 2);
        assert_int_equal(span.end, 6);
        assert_false(finder_next_until(finder, text, 3, text.len - 8, &span));
        assert_true(finder_next_until(finder, text, 3, text.len + 9, &span));
        assert_int_equal(span.beg, text.len - 8);
        finder_free(finder);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(literal_finds_what_a_reader_means),
        cmocka_unit_test(bad_regex_is_refused_with_its_place),
        cmocka_unit_test(searching_goes_both_ways),
        cmocka_unit_test(pathological_pattern_stops_at_the_limit),
        cmocka_unit_test(pattern_that_is_slow_everywhere_stops_too),
        cmocka_unit_test(cheap_pattern_goes_through_a_long_text),
        cmocka_unit_test(lead_bytes_passed_over_begin_nothing_in_the_needle),
        cmocka_unit_test(search_up_to_a_place_takes_what_begins_before_it),
        cmocka_unit_test(quick_search_finds_what_a_slow_one_finds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
