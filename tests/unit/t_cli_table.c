// Rows under columns: TSV, JSON, aligned text.
#include "t.h"

#include "cli/table.h"

static const char *const columns[] = { "name", "#line", "text" };

static void print(const struct table *table, enum format format, int cols, const char *want)
{
    struct out out = { .cols = cols };

    table_print(table, format, &out);
    assert_string_equal(buf_cstr(&out.text), want);
    out_release(&out);
}

static void rows_are_printed_in_each_format(void **state)
{
    struct table table;

    (void)state;
    table_init(&table, columns, ARRAY_LEN(columns));
    table_add(&table, SV("one"));
    table_addf(&table, "%d", 12);
    table_add(&table, SV("a\tb\\\n\x1b"));
    table_add(&table, SV("second"));
    table_add(&table, (struct sv){ 0 });
    table_add(&table, SV("long words to be broken"));
    print(&table, FORMAT_TSV, 0,
          "name\tline\ttext\none\t12\ta\\tb\\\\\\n^[\nsecond\t\tlong words to be broken\n");
    print(
        &table, FORMAT_JSON, 0,
        "[\n  {\n    \"name\": \"one\",\n    \"line\": 12,\n    \"text\": "
        "\"a\\tb\\\\\\n\\u001B\"\n  },\n  {\n    \"name\": \"second\",\n    \"text\": \"long words "
        "to be broken\"\n  }\n]\n");
    print(&table, FORMAT_PLAIN, 30,
          "one     12  a^Ib\\^J^[\nsecond      long words to be\n            broken\n");
    table_release(&table);
}

static void no_rows_are_a_head_or_an_empty_list(void **state)
{
    struct table table;

    (void)state;
    table_init(&table, columns, ARRAY_LEN(columns));
    print(&table, FORMAT_TSV, 0, "name\tline\ttext\n");
    print(&table, FORMAT_JSON, 0, "[]\n");
    print(&table, FORMAT_PLAIN, 0, "");
    table_release(&table);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_printed_in_each_format),
        cmocka_unit_test(no_rows_are_a_head_or_an_empty_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
