// JSON of values and records.
#include "t.h"

#include "exchange/json.h"
#include "model/types.h"

static void print(struct jnode *node, const char *want)
{
    struct buf out = { 0 };

    jnode_print(node, &out);
    assert_string_equal(buf_cstr(&out), want);
    jnode_free(node);
    buf_release(&out);
}

static void numbers_stay_as_they_were_written(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "5", "5\n" },
        { "-7", "-7\n" },
        { "0", "0\n" },
        { "2.5", "2.5\n" },
        { "0.1", "0.1\n" },
        { "1,000", "\"1,000\"\n" },
        { "05", "\"05\"\n" },
        { "", "\"\"\n" },
        { "-", "\"-\"\n" },
        { "1.", "\"1.\"\n" },
        { "1e5", "\"1e5\"\n" },
        { "some", "\"some\"\n" },
        { "123456789012345678901", "\"123456789012345678901\"\n" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        print(jnode_number(sv_from(cases[i].text)), cases[i].want);
}

static void strings_hold_nothing_that_a_terminal_obeys(void **state)
{
    static const struct {
        struct sv text;
        const char *want;
    } cases[] = {
        { { "plain \xc3\xa9", 8 }, "\"plain \xc3\xa9\"\n" },
        { { "a\nb\tc\"\\", 7 }, "\"a\\nb\\tc\\\"\\\\\"\n" },
        { { "\x1b[2J", 4 }, "\"\\u001B[2J\"\n" },
        { { "\xc2\x9b", 2 }, "\"\\u009B\"\n" },
        { { "\xe2\x80\xae", 3 }, "\"\\u202E\"\n" },
        { { "\xf3\xa0\x81\x81", 4 }, "\"\\uDB40\\uDC41\"\n" },
        { { "a\xff", 2 }, "\"a\xef\xbf\xbd\"\n" },
        { { "a\0b", 3 }, "\"a\\u0000b\"\n" },
        { { NULL, 0 }, "\"\"\n" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        print(jnode_text(cases[i].text), cases[i].want);
}

static void a_record_follows_the_schema(void **state)
{
    static const struct part part = { .at = { 3, 9 }, .quote = { "quoted", 6 } };
    static const void *const parts[] = { &part };
    static const struct value value = { .what = { "dead", 4 }, .number = { "5", 1 } };
    static const void *const values[] = { &value };
    static const struct voice inner = { .source = { "b", 1 } };
    static const struct voice voice = { .source = { "a", 1 }, .unsure = true, .citing = &inner };
    static const void *const voices[] = { &voice };
    static const struct contested contested = { 0 };
    static const struct sv tags[] = { { "x", 1 }, { "y", 1 } };
    static const struct extra extra = { .key = { "color", 5 }, .yaml = { "red", 3 } };
    static const struct claim claim = {
        .id = { "c0000001", 8 },
        .span = { parts, 1 },
        .values = { values, 1 },
        .attributed_to = { voices, 1 },
        .contested = &contested,
        .tags = { tags, 2 },
        .extra = &extra,
    };

    (void)state;
    print(jnode_record(KIND_CLAIM, &claim),
          "{\n  \"id\": \"c0000001\",\n  \"span\": [\n    {\n      \"at\": [\n        3,\n        "
          "9\n      ],\n      \"quote\": \"quoted\"\n    }\n  ],\n  \"values\": [\n    {\n      "
          "\"what\": \"dead\",\n      \"number\": 5\n    }\n  ],\n  \"attributed_to\": [\n    {\n"
          "      \"source\": \"a\",\n      \"unsure\": true,\n      \"citing\": {\n        "
          "\"source\": \"b\"\n      }\n    }\n  ],\n  \"contested\": {},\n  \"tags\": [\n    "
          "\"x\",\n    \"y\"\n  ],\n  \"extra\": {\n    \"color\": \"red\"\n  }\n}\n");
}

static void absent_text_is_not_set(void **state)
{
    struct jnode *map = jnode_map();

    (void)state;
    jnode_set_text(map, "no", (struct sv){ 0 });
    jnode_set_text(map, "empty", SV(""));
    jnode_set(map, "count", jnode_count(7));
    jnode_set(map, "flag", jnode_bool(false));
    print(map, "{\n  \"empty\": \"\",\n  \"count\": 7,\n  \"flag\": false\n}\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stay_as_they_were_written),
        cmocka_unit_test(strings_hold_nothing_that_a_terminal_obeys),
        cmocka_unit_test(a_record_follows_the_schema),
        cmocka_unit_test(absent_text_is_not_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
