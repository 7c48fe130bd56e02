// Folding for search.
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/visible.h"

#define NORMALIZATION_TEST "/usr/share/unicode/NormalizationTest.txt.bz2"

// The folded form as UTF-8.
static void add_folded(struct buf *out, struct sv text, bool fold_case)
{
    struct fold fold;

    for (size_t pos = 0; pos < text.len; pos += fold.size) {
        fold_at(text, pos, fold_case, &fold);
        for (size_t i = 0; i < fold.count; i++)
            utf8_add(out, fold.cp[i]);
    }
}

static void letters_lose_accents_and_case(void **state)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        { "Na\u00efve CAF\u00c9", "naive cafe" },
        { "nai\u0308ve", "naive" },
        { "Kr\u00fcger Stra\u00dfe", "kruger strasse" },
        { "\u0130stanbul Diyarbak\u0131r", "istanbul diyarbakir" },
        { "S\u00f8ren \u0141\u00f3d\u017a", "soren lodz" },
        { "\u0413\u043e\u0440\u0431\u0430\u0447\u0451\u0432",
          "\u0433\u043e\u0440\u0431\u0430\u0447\u0435\u0432" },
        { "\u0643\u064e\u062a\u064e\u0628", "\u0643\u062a\u0628" },
        { "co\u00adoper\u200bate", "cooperate" },
        { "wait\u2026", "wait..." },
        { "\u304c", "\u304b\u3099" },
        { "\u201cx\u201d", "\u201cx\u201d" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };

        add_folded(&out, sv_from(cases[i].text), true);
        assert_string_equal(buf_cstr(&out), cases[i].folded);
        buf_release(&out);
    }
}

static void case_is_kept_where_it_counts(void **state)
{
    struct buf out = { 0 };

    (void)state;
    add_folded(&out, SV("\u00c9t\u00e9"), false);
    assert_string_equal(buf_cstr(&out), "Ete");
    buf_release(&out);
}

static void invalid_byte_is_itself(void **state)
{
    struct fold fold;

    (void)state;
    fold_at(SV("\xff"), 0, true, &fold);
    assert_int_equal(fold.size, 1);
    assert_int_equal(fold.count, 1);
    assert_int_equal(fold.cp[0], 0x1100ff);
}

static void unit_takes_in_the_marks_behind_it(void **state)
{
    struct fold fold;

    (void)state;
    fold_at(SV("e\u0301\u0327x"), 0, true, &fold);
    assert_int_equal(fold.size, 5);
    assert_int_equal(fold.count, 1);
}

static void run_of_marks_is_bounded(void **state)
{
    struct buf text = { 0 };
    struct fold fold;

    (void)state;
    for (int i = 0; i < 300; i++)
        buf_add_cstr(&text, "\u3099");
    fold_at(buf_sv(&text), 0, true, &fold);
    assert_int_equal(fold.size, text.len);
    assert_int_equal(fold.count, FOLD_MAX);
    buf_release(&text);
}

static void plain_keys_have_relatives(void **state)
{
    (void)state;
    assert_true(fold_is_relative('\'', 0x2019));
    assert_true(fold_is_relative('"', 0x201c));
    assert_true(fold_is_relative('-', 0x2014));
    assert_true(fold_is_relative(' ', 0xa0));
    assert_false(fold_is_relative('"', 0x2019));
    assert_false(fold_is_relative('-', '-'));
    assert_false(fold_is_relative(0x201c, '"'));
}

// Columns "0041 0300;00C0;..." of the test file: fields 1 to 3 are equivalent, and 4 and 5.
static bool is_equivalent_line(const char *line)
{
    struct buf keys[5] = { 0 };
    const char *p = line;
    bool ok;

    for (int i = 0; i < 5; i++, p++) {
        struct buf text = { 0 };

        while (*p && *p != ';') {
            char *end;

            utf8_add(&text, (int32_t)strtol(p, &end, 16));
            p = end + strspn(end, " ");
        }
        add_folded(&keys[i], buf_sv(&text), false);
        buf_release(&text);
    }
    ok = sv_eq(buf_sv(&keys[0]), buf_sv(&keys[1])) && sv_eq(buf_sv(&keys[0]), buf_sv(&keys[2])) &&
         sv_eq(buf_sv(&keys[3]), buf_sv(&keys[4]));
    for (int i = 0; i < 5; i++)
        buf_release(&keys[i]);
    return ok;
}

static void equivalent_texts_have_equal_keys(void **state)
{
    FILE *file = popen("bzcat " NORMALIZATION_TEST " 2>/dev/null", "r");
    char line[2048];
    int lines = 0, passed = 0;

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof(line), file)) {
        if (line[0] == '#' || line[0] == '@' || line[0] == '\n')
            continue;
        lines++;
        if (is_equivalent_line(line))
            passed++;
    }
    pclose(file);
    if (lines == 0)
        skip(); // no unicode-data or no bzcat
    assert_int_equal(passed, lines);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_lose_accents_and_case),
        cmocka_unit_test(case_is_kept_where_it_counts),
        cmocka_unit_test(invalid_byte_is_itself),
        cmocka_unit_test(unit_takes_in_the_marks_behind_it),
        cmocka_unit_test(run_of_marks_is_bounded),
        cmocka_unit_test(plain_keys_have_relatives),
        cmocka_unit_test(equivalent_texts_have_equal_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
