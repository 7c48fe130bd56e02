// Cells of CSV: written safe for spreadsheets, read from whatever wrote them.
#include "t.h"

#include "exchange/csv_text.h"

static void cells_are_safe_and_come_back(void **state)
{
    static const struct {
        const char *cell, *want; // NULL: absent
    } cases[] = {
        { NULL, "" },
        { "", "\"\"" },
        { "plain", "plain" },
        { "a,b", "\"a,b\"" },
        { "a;b", "\"a;b\"" },
        { "a \"b\"", "\"a \"\"b\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { " blank", "\" blank\"" },
        { "=1+1", "'=1+1" },
        { "@x", "'@x" },
        { "+x", "'+x" },
        { "-x", "'-x" },
        { "-7", "-7" },
        { "-7.5", "-7.5" },
        { "-7.5.5", "'-7.5.5" },
        { "\t=x", "\"'\t=x\"" },
        { "＝x", "'＝x" },
        { "'=x", "''=x" },
        { "'quoted'", "'quoted'" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena arena = { 0 };
        struct buf out = { 0 };
        const char *want;
        struct sv cell;

        csv_add_cell(&out, sv_from(cases[i].cell));
        assert_string_equal(buf_cstr(&out), cases[i].want);
        buf_add_cstr(&out, ",end\n");

        struct csv_reader reader = { .rest = buf_sv(&out), .separator = ',', .line = 1, .col = 1 };

        assert_int_equal(csv_next(&reader, &arena, &cell, &want), CSV_CELL);
        assert_true(sv_eq(cell, sv_from(cases[i].cell)));
        assert_int_equal(csv_next(&reader, &arena, &cell, &want), CSV_CELL);
        assert_true(sv_eq(cell, SV("end")));
        assert_int_equal(csv_next(&reader, &arena, &cell, &want), CSV_ROW_END);
        assert_int_equal(csv_next(&reader, &arena, &cell, &want), CSV_END);
        buf_release(&out);
        arena_release(&arena);
    }
}

// Cells one after another, rows between bars; "!" is where the file stops being CSV.
static void what_others_write_is_read(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "a,b\nc,d\n", "a.b|c.d|" },
        { "a;b\r\nc;d", "a.b|c.d|" },
        { "a\tb,c\n\n\nd\te\n", "a.b,c|d.e|" },
        { ",a\n,,\n", ".a|..|" },
        { "\"a\"\"b\",\"c\nd\"\n", "a\"b.c\nd|" },
        { "a\n", "a|" },
        { "", "" },
        { "\n\n", "" },
        { "a,\"b", "a.!" },
        { "\"a\"b,c\n", "!" },
        { "a\xff", "!" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct csv_reader reader = { .rest = sv_from(cases[i].text), .line = 1, .col = 1 };
        struct arena arena = { 0 };
        struct buf got = { 0 };
        enum csv_event event;
        const char *want;
        bool is_first = true;
        struct sv cell;

        while ((event = csv_next(&reader, &arena, &cell, &want)) == CSV_CELL ||
               event == CSV_ROW_END) {
            if (event == CSV_CELL)
                buf_addf(&got, "%s" SV_FMT, is_first ? "" : ".", SV_ARG(cell));
            else
                buf_add_char(&got, '|');
            is_first = event == CSV_ROW_END;
        }
        if (event == CSV_BAD)
            buf_addf(&got, "%s!", is_first ? "" : ".");
        assert_string_equal(buf_cstr(&got), cases[i].want);
        buf_release(&got);
        arena_release(&arena);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_safe_and_come_back),
        cmocka_unit_test(what_others_write_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
