// Quotations of a line, and what a walk over them keeps.
#include "text/quotation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

#define LINE_BYTES ((size_t)64 << 10) // the longest there is: text/piece.h

// Quotations of the line, each with a walk of its own when `is_fresh`; ends are added to `out`.
static size_t walk(struct sv line, bool is_fresh, struct buf *out)
{
    struct quotations kept = { .line = line };
    struct byte_span inner, outer;
    size_t from = 0, count = 0;

    for (;; count++) {
        struct quotations fresh = { .line = line };

        if (!quotation_next(is_fresh ? &fresh : &kept, from, &inner, &outer))
            return count;
        buf_addf(out, "%zu-%zu(%zu-%zu) ", outer.beg, outer.end, inner.beg, inner.end);
        from = inner.beg;
    }
}

static void what_a_walk_keeps_changes_no_answer(void **state)
{
    static const char *const pieces[] = {
        "\"",     "'", "\u201c", "\u201d", "\u2018", "\u2019", "\u201e", "\u00ab",
        "\u00bb", "a", "b",      " ",      " ",      ". A",    "? ",     "4",
    };
    uint64_t seed = 1;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct buf line = { 0 }, kept = { 0 }, fresh = { 0 };

        for (int i = 0; i < 24; i++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            buf_add_cstr(&line, pieces[(seed >> 33) % ARRAY_LEN(pieces)]);
        }
        walk(buf_sv(&line), false, &kept);
        walk(buf_sv(&line), true, &fresh);
        assert_string_equal(buf_cstr(&kept), buf_cstr(&fresh));
        buf_release(&line);
        buf_release(&kept);
        buf_release(&fresh);
    }
}

static void marks_that_nothing_closes_are_read_once(void **state)
{
    static const char *const cases[] = { "\"a ", "'a ", "\u201ca ", "\u201ca. A",
                                         "\u00aba \u2039b " };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf line = { 0 }, out = { 0 };

        while (line.len < LINE_BYTES)
            buf_add_cstr(&line, cases[i]);
        assert_true(walk(buf_sv(&line), false, &out) > 1000); // minutes, if each were looked for
        buf_release(&line);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_walk_keeps_changes_no_answer),
        cmocka_unit_test(marks_that_nothing_closes_are_read_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
