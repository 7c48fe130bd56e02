// Numbers in a text.
#include "text/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

static const char *const kinds[] = { "", "%", "money ", "ordinal ", "year ", "date ", "time " };
static const char *const bounds[] = { "", "~", ">", "<" };

// What is found, as "3; ~1000; >300; 10..20; year 2021; money USD 5000000".
static void show(struct sv text, struct buf *out)
{
    struct number number;
    size_t pos = 0;

    while (number_next(text, &pos, &number)) {
        if (out->len)
            buf_add_cstr(out, "; ");
        if (number.kind != NUMBER_PERCENT)
            buf_add_cstr(out, kinds[number.kind]);
        if (number.currency)
            buf_addf(out, "%s ", number.currency);
        buf_add_cstr(out, bounds[number.bound]);
        buf_addf(out, "%.10g", number.low);
        if (number.high != number.low)
            buf_addf(out, "..%.10g", number.high);
        if (number.kind == NUMBER_PERCENT)
            buf_add_cstr(out, "%");
        assert_true(number.from <= number.span.beg && number.span.beg < number.span.end);
        assert_true(number.span.end <= text.len && pos >= number.span.end);
    }
}

static void numbers_are_read(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "Six others fell.", "6" },
        { "He and 5 other people", "5" },
        { "1,200 men and 3.5 tons", "1200; 3.5" },
        { "1,00,000 rupees", "money RS 100000" },
        { "twenty-five ships, two hundred and fifty boats", "25; 250" },
        { "a dozen, a hundred, three million", "12; 100; 3000000" },
        { "two and a half years", "2.5" },
        { "2.5bn, 30k and 4 crore", "2500000000; 30000; 40000000" },
        { "three million five", "3000000; 5" },
        // bounds
        { "nearly 1,000 dead", "~1000" },
        { "more than 300 attacks, at least ten dead", ">300; >10" },
        { "no more than 20, fewer than 30 and up to forty", "<20; <30; <40" },
        { "300+ men, 50 or more, 20-odd", ">300; >50; ~20" },
        { "handsome 3 boats", "3" },
        // ranges
        { "10 to 20 men", "10..20" },
        { "10-20 men, 30–40 women", "10..20; 30..40" },
        { "between five and seven boats", "5..7" },
        { "five and seven boats", "5; 7" },
        { "2 to 3 million people", "2000000..3000000" },
        // units
        { "5 % or 6 per cent, 7 percent", "5%; 6%; 7%" },
        { "$5 million, €3, 20 dollars, Rs 40",
          "money USD 5000000; money EUR 3; money USD 20; money RS 40" },
        { "5kg at 30km", "5; 30" },
        // years, dates, times
        { "In 2021, more fell.", "year 2021" },
        { "since 1996", "year 1996" },
        { "the 1990s and 2001-2021", "year 1990; year 2001..2021" },
        { "2000 people and 1,999 boats", "2000; 1999" },
        { "on 11 December 2024", "date 11; year 2024" },
        { "on December 11, 2024", "date 11; year 2024" },
        { "on Dec. 11", "date 11" },
        { "2024-12-11 at 9:30", "date 20241211; time 930" },
        { "at 5 p.m. or 6am", "time 5; time 6" },
        { "the first of the 21st and second", "ordinal 1; ordinal 21; ordinal 2" },
        // no numbers
        { "one of them, no one, F-16, AK-47, G7, 5G, COVID-19", "" },
        { "1.2.3 and 1,2", "" },
        { "someone’s tent", "" },
        { "", "" },
    };
    struct buf got = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_clear(&got);
        show(sv_from(cases[i].text), &got);
        if (strcmp(buf_cstr(&got), cases[i].want))
            print_message("'%s'\n", cases[i].text);
        assert_string_equal(buf_cstr(&got), cases[i].want);
    }
    buf_release(&got);
}

static void any_bytes_end(void **state)
{
    static const char *const odd[] = {
        "$",       "$$$1",     "1,",
        "1-",      "-1-",      "9999999999999999999999999999999999999",
        "5\xff%",  "\xe2\x82", "5 \xe2\x82",
        "twenty-", "a ",       "between 1 and",
        "1 to",    "12:",      "and a half",
        "%5",
    };
    struct buf got = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        size_t len = strlen(odd[i]);
        char *copy = mem_copy(odd[i], len); // no byte behind it may be read, but the NUL

        show(sv_of(copy, len), &got);
        mem_free(copy);
    }
    buf_release(&got);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(any_bytes_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
