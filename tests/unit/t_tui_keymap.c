// The table of commands holds what it promises, and keys find their command.
// Runs no command.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attr.h"
#include "base/limits.h"
#include "tui/keymap.h"

struct sequence {
    key_num keys[4];
    int count;
    int id; // enum command_id
};

static bool read_sequence(struct sv text, struct sequence *out)
{
    for (out->count = 0; text.len; out->count++) {
        if (out->count >= 4 || !key_parse(&text, &out->keys[out->count]))
            return false;
    }
    return out->count > 0;
}

static bool is_clash(const struct sequence *a, const struct sequence *b)
{
    for (int i = 0; i < a->count && i < b->count; i++) {
        if (a->keys[i] != b->keys[i])
            return false;
    }
    return true;
}

static void rows_are_complete(void **state)
{
    (void)state;
    for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
        const struct command *command = command_get((enum command_id)i);

        assert_true(command->name[0] != '\0');
        assert_true(command->group[0] != '\0');
        assert_true(command->help[0] != '\0');
        assert_true(command->contexts != 0);
        assert_true(sv_from(command->help).len <= 60);
        assert_int_equal(command_find(sv_from(command->name)), i);
    }
}

static void groups_are_those_of_the_file(void **state)
{
    (void)state;
    assert_string_equal(command_get(COMMAND_DOWN)->group, "Moving");
    assert_string_equal(command_get(COMMAND_JUMP_FORWARD)->group, "Moving");
    assert_string_equal(command_get(COMMAND_SEARCH)->group, "Searching");
    assert_string_equal(command_get(COMMAND_UNDO)->group, "Marking claims");
    assert_string_equal(command_get(COMMAND_HELP_CLOSE)->group, "In help");
}

// No sequence of a context is another one of it, or begins with another one.
static void keys_are_unique_in_each_context(void **state)
{
    static struct sequence seen[COMMAND__N * 4];

    (void)state;
    for (unsigned context = CONTEXT_TEXT; context <= CONTEXT_HELP; context <<= 1) {
        size_t total = 0;

        for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
            const struct command *command = command_get((enum command_id)i);
            struct sv rest = sv_from(command->keys), text;

            while (command->contexts & context && rest.len && sv_split(&rest, ' ', &text)) {
                assert_true(read_sequence(text, &seen[total]));
                seen[total].id = i;
                for (size_t k = 0; k < total; k++) {
                    if (is_clash(&seen[k], &seen[total]))
                        fail_msg("%s: keys of %s in context %u", command->name,
                                 command_get((enum command_id)seen[k].id)->name, context);
                }
                total++;
            }
        }
    }
}

static void every_sequence_finds_its_command(void **state)
{
    (void)state;
    for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
        const struct command *command = command_get((enum command_id)i);
        unsigned context = command->contexts & -command->contexts; // lowest bit
        struct sv rest = sv_from(command->keys), sequence;

        while (rest.len && sv_split(&rest, ' ', &sequence)) {
            struct keymap map = { 0 };
            enum command_id id = COMMAND_NONE;
            enum keymap_result result = KEYMAP_PENDING;
            int count = -1;
            key_num key, arg;

            while (key_parse(&sequence, &key)) {
                assert_int_equal(result, KEYMAP_PENDING);
                result = keymap_feed(&map, context, key, &id, &count, &arg);
            }
            if (command->flags & COMMAND_ARG) {
                assert_int_equal(result, KEYMAP_PENDING);
                result = keymap_feed(&map, context, 'q', &id, &count, &arg);
                assert_int_equal(arg, 'q');
            }

            assert_int_equal(result, KEYMAP_COMMAND);
            assert_int_equal(id, i);
            // A digit that is a command of its own is its count.
            assert_int_equal(count, key >= '1' && key <= '9' ? (int)(key - '0') : 0);
            assert_int_equal(map.key_count, 0);
        }
    }
}

static enum keymap_result type(struct keymap *map, unsigned context, const char *keys,
                               enum command_id *id, int *count)
{
    enum keymap_result result = KEYMAP_UNKNOWN;
    struct sv rest = sv_from(keys);
    key_num key, arg;

    while (key_parse(&rest, &key))
        result = keymap_feed(map, context, key, id, count, &arg);
    return result;
}

static void counts_are_collected(void **state)
{
    static const struct {
        const char *keys;
        enum command_id id;
        int count;
    } cases[] = {
        { "12j", COMMAND_DOWN, 12 },
        { "10gg", COMMAND_FIRST, 10 },
        { "0", COMMAND_ROW_START, 0 },
        { "999999999j", COMMAND_DOWN, LIMIT_COUNT },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct keymap map = { 0 };
        enum command_id id;
        int count;

        assert_int_equal(type(&map, CONTEXT_TEXT, cases[i].keys, &id, &count), KEYMAP_COMMAND);
        assert_int_equal(id, cases[i].id);
        assert_int_equal(count, cases[i].count);
    }
}

static void digits_are_keys_where_nothing_is_counted(void **state)
{
    struct keymap map = { 0 };
    enum command_id id;
    int count;

    (void)state;
    assert_int_equal(type(&map, CONTEXT_LINE, "3", &id, &count), KEYMAP_UNKNOWN);
    assert_int_equal(map.count, 0);
}

static void a_digit_can_be_an_argument(void **state)
{
    struct keymap map = { 0 };
    enum command_id id;
    int count;
    key_num arg;

    (void)state;
    assert_int_equal(keymap_feed(&map, CONTEXT_TEXT, 'm', &id, &count, &arg), KEYMAP_PENDING);
    assert_int_equal(keymap_feed(&map, CONTEXT_TEXT, '7', &id, &count, &arg), KEYMAP_COMMAND);
    assert_int_equal(id, COMMAND_SET_MARK);
    assert_int_equal(arg, '7');
}

static void an_unknown_key_clears_what_was_typed(void **state)
{
    struct keymap map = { 0 };
    enum command_id id;
    int count;

    (void)state;
    assert_int_equal(type(&map, CONTEXT_TEXT, "12gQ", &id, &count), KEYMAP_UNKNOWN);
    assert_int_equal(type(&map, CONTEXT_TEXT, "j", &id, &count), KEYMAP_COMMAND);
    assert_int_equal(count, 0);
}

static void pending_keys_are_shown_as_typed(void **state)
{
    struct keymap map = { 0 };
    enum command_id id;
    struct buf out = { 0 };
    int count;

    (void)state;
    type(&map, CONTEXT_TEXT, "12g", &id, &count);
    keymap_pending(&map, &out);

    assert_string_equal(buf_cstr(&out), "12g");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_complete),
        cmocka_unit_test(groups_are_those_of_the_file),
        cmocka_unit_test(keys_are_unique_in_each_context),
        cmocka_unit_test(every_sequence_finds_its_command),
        cmocka_unit_test(counts_are_collected),
        cmocka_unit_test(digits_are_keys_where_nothing_is_counted),
        cmocka_unit_test(a_digit_can_be_an_argument),
        cmocka_unit_test(an_unknown_key_clears_what_was_typed),
        cmocka_unit_test(pending_keys_are_shown_as_typed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
