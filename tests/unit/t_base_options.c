// Command lines read by a table.
#include "t.h"

#include <string.h>

#include "base/options.h"

static const struct option_def global[] = {
    { 1, "dir", 'C', "DIR", "where" },
    { 2, "json", '\0', NULL, "JSON" },
    { 3, "help", 'h', NULL, "help" },
};
static const struct option_def own[] = {
    { 4, "title", 't', "T", "title" },
    { 5, "print", 'p', NULL, "print" },
};

static struct err err;

static int clean(void **state)
{
    (void)state;
    err_release(&err);
    return 0;
}

// What a command line gives, as "id=value" and "operand" joined by blanks; "!" ends an error.
static void parse(int argc, const char *const *words, struct buf *out)
{
    struct options options;
    const struct option_def *def;
    const char *value;
    char *argv[16];

    for (int i = 0; i < argc; i++)
        argv[i] = mem_copy(words[i], strlen(words[i]));
    options_init(&options, argc, argv);
    options.tables[0] = (struct option_table){ global, ARRAY_LEN(global) };
    options.tables[1] = (struct option_table){ own, ARRAY_LEN(own) };
    for (;;) {
        enum option_result result = options_next(&options, &def, &value, &err);

        if (result == OPTION_END)
            break;
        if (result == OPTION_ERROR) {
            buf_add_char(out, '!');
            break;
        }
        if (out->len)
            buf_add_char(out, ' ');
        if (result == OPTION_FOUND)
            buf_addf(out, "%d%s", def->id, value ? "=" : "");
        buf_add_cstr(out, value ? value : "");
    }
    for (int i = 0; i < argc; i++)
        mem_free(argv[i]);
}

static void options_and_operands_come_in_order(void **state)
{
    static const struct {
        const char *words[8];
        const char *want;
    } cases[] = {
        { { "g" }, "" },
        { { "g", "a", "--json", "b" }, "a 2 b" },
        { { "g", "--dir=x", "--dir", "y" }, "1=x 1=y" },
        { { "g", "--dir=", "--title", "--json" }, "1= 4=--json" },
        { { "g", "-Cx", "-C", "y", "-h" }, "1=x 1=y 3" },
        { { "g", "-hpC", "x", "-phtT" }, "3 5 1=x 5 3 4=T" },
        { { "g", "-", "--", "--json", "--", "-p" }, "- --json -- -p" },
        { { "g", "--" }, "" },
        { { "g", "-C", "--", "x" }, "1=-- x" },
        { { "g", "" }, "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };
        int argc = 0;

        while (cases[i].words[argc])
            argc++;
        parse(argc, cases[i].words, &out);
        assert_string_equal(buf_cstr(&out), cases[i].want);
        buf_release(&out);
    }
}

static void what_is_wrong_is_named_with_the_nearest(void **state)
{
    static const struct {
        const char *words[4];
        const char *text;
    } cases[] = {
        { { "g", "--jsno" }, "unknown option '--jsno'; nearest: '--json'" },
        { { "g", "--js" }, "unknown option '--js'; nearest: '--json'" },
        { { "g", "--quite-else" }, "unknown option '--quite-else'; see --help" },
        { { "g", "--json=x" }, "option '--json' takes no value" },
        { { "g", "--dir" }, "option '--dir' wants DIR" },
        { { "g", "-C" }, "option '-C' wants DIR" },
        { { "g", "-hx" }, "unknown option '-x'; see --help" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };
        int argc = 0;

        while (cases[i].words[argc])
            argc++;
        parse(argc, cases[i].words, &out);
        assert_int_equal(out.ptr[out.len - 1], '!');
        assert_int_equal(err.code, E_USAGE);
        assert_string_equal(buf_cstr(&err.text), cases[i].text);
        buf_release(&out);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(options_and_operands_come_in_order, clean),
        cmocka_unit_test_teardown(what_is_wrong_is_named_with_the_nearest, clean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
