// Where rows may end: the quick ways against the plain one, which asks the libraries for every
// cluster.
#define LINEBREAK_QUICK     false
#define linebreak_after     linebreak_plainly
#define linebreak_plain_any own_plain_any
#define linebreak_plain_end own_plain_end
#include "text/linebreak.c"
#undef linebreak_after
#undef linebreak_plain_any
#undef linebreak_plain_end

size_t linebreak_after(struct sv text, size_t beg, size_t end, int indent, int cols);

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

// Code points of many kinds, those beside each other likely of one kind as in a text.
static void add_random(struct buf *text, uint32_t *seed)
{
    static const struct {
        int32_t first, last;
    } ranges[] = {
        { 'a', 'z' },         { ' ', ' ' },         { 0x20, 0x7e },       { 'a', 'z' },
        { 0xa0, 0x24f },      { 0x2d, 0x2f },       { 0x300, 0x36f },     { 0x391, 0x3c9 },
        { 0x410, 0x44f },     { 0x591, 0x5ea },     { 0x600, 0x66f },     { 0x900, 0x97f },
        { 0x900, 0x94d },     { 0x980, 0xdff },     { 0xe01, 0xe5b },     { 0x1100, 0x11ff },
        { 0x1e00, 0x1eff },   { 0x2000, 0x206f },   { 0x2010, 0x2027 },   { 0x2600, 0x27bf },
        { 0x3000, 0x30ff },   { 0x3041, 0x3096 },   { 0x4e00, 0x4fff },   { 0x9f00, 0xa0ff },
        { 0xac00, 0xd7a3 },   { 0xd7a0, 0xd7ff },   { 0xe000, 0xe00f },   { 0xfe00, 0xfe0f },
        { 0xff00, 0xffef },   { 0x1f1e6, 0x1f1ff }, { 0x1f300, 0x1f64f }, { 0x1f3fb, 0x1f3ff },
        { 0x1f468, 0x1f469 }, { 0x200d, 0x200d },   { 0x20000, 0x2000f }, { 0x10400, 0x1044f },
        { 0xe0020, 0xe007f }, { 0, 0x1f },          { 0x80, 0x9f },       { 0x10fff0, 0x10ffff },
    };
    size_t r = next_random(seed) % ARRAY_LEN(ranges);
    uint32_t count = (uint32_t)(ranges[r].last - ranges[r].first + 1);

    if (next_random(seed) % 64 == 0)
        buf_add_char(text, (char)(0x80 | next_random(seed) % 0x80)); // most likely invalid
    for (uint32_t n = 1 + next_random(seed) % 6; n > 0; n--) {
        int32_t cp = ranges[r].first + (int32_t)(next_random(seed) % count);

        if (cp < 0xd800 || cp > 0xdfff)
            utf8_add(text, cp);
        if (next_random(seed) % 16 == 0)
            buf_add_char(text, ' ');
    }
}

// One cluster after the other by the libraries, as take_cluster has it.
static void quick_ways_break_where_the_plain_one_does(void **state)
{
    uint32_t seed = 11;

    (void)state;
    for (int round = 0; round < 4000; round++) {
        struct buf buf = { 0 };
        int cols = 1 + (int)(next_random(&seed) % 24), indent = 0;

        for (uint32_t n = next_random(&seed) % 20; n > 0; n--)
            add_random(&buf, &seed);

        struct sv text = buf_sv(&buf);

        for (size_t beg = 0, end; beg < text.len; beg = end) {
            end = linebreak_plainly(text, beg, text.len, indent, cols);
            assert_int_equal(linebreak_after(text, beg, text.len, indent, cols), end);
            assert_true(end > beg);
            indent = (int)(next_random(&seed) % (unsigned)cols);
        }
        buf_release(&buf);
    }
}

static void ascii_rows_are_those_of_the_plain_way(void **state)
{
    static const char *const pieces[] = {
        "a",  "Kabul ", "on ",  "-based ", "/or ", ", ",  "5-6",     "-",  " ",
        "  ", "(so) ",  "it's", "longer-", "7/8",  "end", "e\u0301", "\t", "\u4e2d",
    };
    uint32_t seed = 5;
    int rows = 0;

    (void)state;
    for (int round = 0; round < 4000; round++) {
        struct buf buf = { 0 };
        int cols = 1 + (int)(next_random(&seed) % 80), indent = 0;
        size_t count = round % 2 ? ARRAY_LEN(pieces) : ARRAY_LEN(pieces) - 3;

        for (uint32_t n = next_random(&seed) % 60; n > 0; n--)
            buf_add_cstr(&buf, pieces[next_random(&seed) % count]);

        struct sv text = buf_sv(&buf);

        for (size_t beg = 0, end; beg < text.len; beg = end) {
            size_t plain = own_plain_end(text, beg, text.len);
            size_t quick = SIZE_MAX;

            for (size_t at = beg; at < text.len && (at < plain || at == plain); at++)
                assert_int_equal(text.ptr[at] >= 0x20 && text.ptr[at] < 0x7f, at < plain);
            if (plain > beg)
                quick = linebreak_plain(text, beg, plain, text.len, indent, cols);
            end = linebreak_plainly(text, beg, text.len, indent, cols);
            if (quick != SIZE_MAX) {
                assert_int_equal(quick, end);
                rows++;
            }
            indent = (int)(next_random(&seed) % (unsigned)cols);
        }
        buf_release(&buf);
    }
    assert_true(rows > 10000);
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(quick_ways_break_where_the_plain_one_does),
        cmocka_unit_test(ascii_rows_are_those_of_the_plain_way),
    };

    return cmocka_run_group_tests(tests, set_locale, NULL);
}
