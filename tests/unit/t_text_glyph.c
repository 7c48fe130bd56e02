// Clusters, their cells, and what is drawn for them.
#include "text/glyph.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/common.h"

#define BREAK_TEST "/usr/share/unicode/auxiliary/GraphemeBreakTest.txt"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static struct sv drawn(struct sv line, size_t pos, const struct glyph *glyph)
{
    return glyph->draw_len ? sv_of(glyph->draw, glyph->draw_len)
                           : sv_sub(line, pos, pos + glyph->size);
}

// One line of the test file: "÷ 0020 × 0308 ÷ 0020 ÷ # comment".
static bool breaks_as_said(const char *line)
{
    struct buf text = { 0 };
    size_t bounds[64], count = 0;
    bool ok = true;

    for (const char *p = line; *p && *p != '#' && *p != '\n';) {
        if (!strncmp(p, "\u00f7", 2)) {
            bounds[count++] = text.len;
            p += 2;
        } else if (!strncmp(p, "\u00d7", 2)) {
            p += 2;
        } else if (*p == ' ' || *p == '\t') {
            p++;
        } else {
            char *end;

            utf8_add(&text, (int32_t)strtol(p, &end, 16));
            p = end;
        }
    }
    for (size_t i = 0, pos = 0; i < count && ok; i++) {
        ok = pos == bounds[i];
        if (pos < text.len)
            pos += cluster_uax29(buf_sv(&text), pos);
    }
    buf_release(&text);
    return ok;
}

static void clusters_pass_the_unicode_break_test(void **state)
{
    FILE *file = fopen(BREAK_TEST, "r");
    char line[1024];
    int lines = 0, passed = 0;

    (void)state;
    if (!file)
        skip();
    while (fgets(line, sizeof(line), file)) {
        if (line[0] == '#')
            continue;
        lines++;
        passed += breaks_as_said(line);
    }
    fclose(file);
    assert_true(lines >= 602);
    assert_int_equal(passed, lines);
}

static void glyphs_have_the_cells_terminals_move_by(void **state)
{
    static const struct {
        const char *text;
        size_t size;
        int cols;
        bool is_mark;
        const char *draw; // NULL: the text itself
    } cases[] = {
        { "a", 1, 1, false, NULL },
        { "e\u0301x", 3, 1, false, NULL },
        { "\u4e2d", 3, 2, false, NULL },
        { "\u201cx", 3, 1, false, NULL },
        { "\u2764\ufe0f", 6, 1, false, NULL },
        { "\U0001f1f5\U0001f1f0", 8, 2, false, NULL },
        { "\U0001f44d\U0001f3fd", 8, 4, false, NULL },
        { "\U0001f468\u200d\U0001f469\u200d\U0001f467", 18, 6, false,
          "\U0001f468\U0001f469\U0001f467" },
        { "\u0301", 2, 1, false, "\u25cc\u0301" },
        { "\u0378", 2, 1, false, "\ufffd" },
        { "\x1b[0m", 1, 2, true, "^[" },
        { "\x7f", 1, 2, true, "^?" },
        { "\x9b", 1, 4, true, "<9B>" },
        { "\xc2\x9b", 2, 4, true, "<9B>" },
        { "\u202e", 3, 8, true, "<U+202E>" },
        { "\u200b", 3, 8, true, "<U+200B>" },
        { "\U000e0041", 4, 9, true, "<U+E0041>" },
        { "\xe2\x80", 1, 4, true, "<E2>" },
        { "\r\n", 1, 2, true, "^M" },
        { "a\u034f", 1, 1, false, NULL },
        { "\u00a0", 2, 1, false, NULL },
    };
    struct glyph glyph;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sv text = sv_from(cases[i].text);

        glyph_at(text, 0, 0, &glyph);
        assert_int_equal(glyph.size, cases[i].size);
        assert_int_equal(glyph.cols, cases[i].cols);
        assert_int_equal(glyph.is_mark, cases[i].is_mark);
        assert_int_equal(glyph.draw_len, cases[i].draw ? strlen(cases[i].draw) : 0);
        if (cases[i].draw)
            assert_memory_equal(glyph.draw, cases[i].draw, glyph.draw_len);
    }
}

static void tab_goes_to_the_next_stop(void **state)
{
    struct glyph glyph;

    (void)state;
    for (int col = 0; col < 20; col++) {
        glyph_at(SV("\t"), 0, col, &glyph);
        assert_int_equal(glyph.cols, 8 - col % 8);
        assert_true(glyph.is_blank);
        assert_int_equal(glyph.draw_len, glyph.cols);
    }
    assert_int_equal(glyph_cols(SV("abc\tde\t")), 16);
}

static void hidden_code_points_bear_the_marks_of_plain_output(void **state)
{
    struct glyph glyph;

    (void)state;
    for (int32_t cp = 1; cp <= 0x10ffff; cp++) {
        if (!cp_is_hidden(cp) || cp == '\t')
            continue;

        struct buf text = { 0 }, mark = { 0 };

        utf8_add(&text, cp);
        visible_add_cp(&mark, cp, 0);
        glyph_at(buf_sv(&text), 0, 0, &glyph);
        assert_true(glyph.is_mark);
        assert_int_equal(glyph.cols, mark.len);
        assert_true(sv_eq(sv_of(glyph.draw, glyph.draw_len), buf_sv(&mark)));
        buf_release(&text);
        buf_release(&mark);
    }
}

static void overlong_cluster_is_cut_visibly(void **state)
{
    struct buf text = { 0 };
    struct glyph glyph;

    (void)state;
    buf_add_char(&text, 'a');
    for (int i = 0; i < 200; i++)
        buf_add_cstr(&text, "\u0301");
    glyph_at(buf_sv(&text), 0, 0, &glyph);
    assert_int_equal(glyph.size, text.len);
    assert_true(glyph.draw_len <= GLYPH_DRAW_MAX);
    assert_true(sv_ends(sv_of(glyph.draw, glyph.draw_len), SV("\ufffd")));
    assert_int_equal(glyph.cols, 2);
    assert_int_equal(glyph_cols(buf_sv(&text)), 2);
    buf_release(&text);
}

// A text of pieces that are hard on a cluster loop.
static void add_hostile(struct buf *text, uint32_t *seed)
{
    static const char *const pieces[] = {
        "a",      "zz ",        "\t",         "e\u0301", "\u0301", "\u200d",     "\U0001f468",
        "\x1b",   "\xff",       "\xe2\x80",   "\u202e",  "\u4e2d", "\U0001f1f5", "\U0001f3fd",
        "\u0600", "\u1100",     "\u1160",     "\uac00",  "\u11a8", "\u0915",     "\u094d",
        "\ufe0f", "\U00011f00", "\U000e0041", "\r\n",    "\u00a0", "\ufffd",     "\u0378",
    };

    for (uint32_t n = 1 + next_random(seed) % 24; n > 0; n--)
        buf_add_cstr(text, pieces[next_random(seed) % ARRAY_LEN(pieces)]);
}

static void measuring_and_drawing_agree_on_hostile_text(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct buf buf = { 0 };
        struct glyph glyph;
        int cols = 0;

        add_hostile(&buf, &seed);

        struct sv text = buf_sv(&buf);

        for (size_t pos = 0; pos < text.len; pos += glyph.size) {
            glyph_at(text, pos, cols, &glyph);
            assert_true(glyph.size >= 1 && glyph.cols >= 1 && glyph.draw_len <= GLYPH_DRAW_MAX);
            assert_int_equal(glyph_next(text, pos), pos + glyph.size);
            assert_int_equal(glyph_prev(text, pos + glyph.size), pos);
            assert_int_equal(glyph_fit(text, cols, NULL), pos);
            cols += glyph.cols;

            struct sv draw = drawn(text, pos, &glyph);
            size_t size;

            for (size_t i = 0; i < draw.len; i += size) {
                int32_t cp = utf8_decode(sv_sub(draw, i, draw.len), &size);

                assert_true(cp >= 0 && !cp_is_hidden(cp) && cp != 0x200d);
            }
        }
        assert_int_equal(glyph_cols(text), cols);
        assert_int_equal(glyph_prev(text, 0), 0);
        assert_int_equal(glyph_next(text, text.len), text.len);
        buf_release(&buf);
    }
}

// The quick way through common scripts says what the libraries say.
static void quick_clusters_are_those_of_the_libraries(void **state)
{
    static const struct {
        int32_t first, last;
    } ranges[] = {
        { 0x20, 0x7e },     { 0xa0, 0x24f },    { 0x300, 0x36f },     { 0x370, 0x52f },
        { 0x591, 0x65f },   { 0x900, 0x97f },   { 0x1100, 0x11ff },   { 0x1e00, 0x1eff },
        { 0x2010, 0x2027 }, { 0x3001, 0x30ff }, { 0x4e00, 0x9fff },   { 0xac00, 0xd7a3 },
        { 0xff01, 0xff60 }, { 0x200d, 0x200d }, { 0x1f468, 0x1f469 }, { 0xfe0f, 0xfe0f },
    };
    uint32_t seed = 17;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct buf buf = { 0 };
        struct cluster cluster;
        int cols = 0;
        size_t size;

        for (int i = 0; i < 4; i++) {
            size_t r = next_random(&seed) % ARRAY_LEN(ranges);
            uint32_t count = (uint32_t)(ranges[r].last - ranges[r].first + 1);
            int32_t cp = ranges[r].first + (int32_t)(next_random(&seed) % count);

            if (!cp_is_hidden(cp))
                utf8_add(&buf, cp);
        }

        struct sv text = buf_sv(&buf);

        for (size_t pos = 0; pos < text.len; pos += cluster.size) {
            cluster_at(text, pos, &cluster);
            assert_int_equal(cluster.size, cluster_uax29(text, pos));
            cols = 0;
            for (size_t at = pos; at < pos + cluster.size; at += size) {
                int32_t cp = utf8_decode(sv_sub(text, at, text.len), &size);
                int width = cp == 0x200d ? 0 : wcwidth((wchar_t)cp);

                cols += width < 0 ? 1 : width;
            }
            assert_int_equal(cluster.cols, cols);
        }
        buf_release(&buf);
    }
}

static void fit_takes_no_half_of_a_wide_cluster(void **state)
{
    int used = -1;

    (void)state;
    assert_int_equal(glyph_fit(SV("a\u4e2db"), 2, &used), 1);
    assert_int_equal(used, 1);
    assert_int_equal(glyph_fit(SV("a\u4e2db"), 3, &used), 4);
    assert_int_equal(used, 3);
    assert_int_equal(glyph_fit(SV("abc"), 0, &used), 0);
    assert_int_equal(used, 0);
}

// Decoding inline says what decoding by a call does, of any bytes.
static void decoding_inline_is_decoding(void **state)
{
    static const unsigned char likely[] = { 0x41, 0x7f, 0x80, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xa0,
                                            0x9f, 0xed, 0xef, 0xf0, 0x90, 0x8f, 0xf4, 0xf5, 0xff };
    uint32_t seed = 23;

    (void)state;
    for (int round = 0; round < 200000; round++) {
        char bytes[5];
        size_t len = 1 + next_random(&seed) % sizeof(bytes), size, expected;

        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)likely[next_random(&seed) % ARRAY_LEN(likely)];

        int32_t cp = utf8_decode(sv_of(bytes, len), &expected);

        assert_int_equal(decode_at(sv_of(bytes, len), 0, &size), cp);
        assert_int_equal(size, expected);
        if (common_at(sv_of(bytes, len), 0, &size) != COMMON_NOT)
            assert_int_equal(size, expected);
        assert_int_equal(common_at(sv_of(bytes, len), 0, &size), common_of(cp));
    }
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

// The tables of common code points say what the libraries say.
static void common_code_points_are_as_the_libraries_have_them(void **state)
{
    struct buf text = { 0 };
    size_t size;
    int kinds[128] = { 0 };

    (void)state;
    for (int32_t cp = 0; cp < 0x20000; cp++) {
        enum common kind = common_of(cp);

        kinds[kind]++;
        if (kind == COMMON_NOT)
            continue;
        buf_clear(&text);
        buf_add_char(&text, 'a');
        utf8_add(&text, cp);
        buf_add_char(&text, 'b');
        assert_int_equal(wcwidth((wchar_t)cp), common_cols(kind));
        assert_int_equal(cluster_uax29(buf_sv(&text), 0), common_is_mark(kind) ? text.len - 1 : 1);
        if (!common_is_mark(kind))
            assert_int_equal(cluster_uax29(buf_sv(&text), 1), text.len - 2);
        assert_int_equal(kind == COMMON_BLANK, cp == ' ');
        assert_int_equal(common_at(buf_sv(&text), 1, &size), kind);
        assert_int_equal(size, text.len - 2);
    }
    for (const char *kind = ".Ld s()-=~/WS[]HmMv"; *kind; kind++)
        assert_true(kinds[(unsigned char)*kind] > 0);
    assert_int_equal(common_of(-1), COMMON_NOT);
    buf_release(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_code_points_are_as_the_libraries_have_them),
        cmocka_unit_test(decoding_inline_is_decoding),
        cmocka_unit_test(clusters_pass_the_unicode_break_test),
        cmocka_unit_test(glyphs_have_the_cells_terminals_move_by),
        cmocka_unit_test(tab_goes_to_the_next_stop),
        cmocka_unit_test(hidden_code_points_bear_the_marks_of_plain_output),
        cmocka_unit_test(overlong_cluster_is_cut_visibly),
        cmocka_unit_test(measuring_and_drawing_agree_on_hostile_text),
        cmocka_unit_test(quick_clusters_are_those_of_the_libraries),
        cmocka_unit_test(fit_takes_no_half_of_a_wide_cluster),
    };

    return cmocka_run_group_tests(tests, set_locale, NULL);
}
