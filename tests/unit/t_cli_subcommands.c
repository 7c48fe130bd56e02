// The table of subcommands and options, sound in itself.
#include "t.h"

#include <string.h>

#include "cli/context.h"

static void subcommands_have_names_help_and_room(void **state)
{
    (void)state;
    for (int id = SUBCOMMAND_GLOBAL + 1; id < SUBCOMMAND__N; id++) {
        const struct subcommand *command = subcommand_get((enum subcommand_id)id);

        assert_non_null(command->run);
        assert_true(strlen(command->name) > 0);
        assert_true(strlen(command->help) > 0 && strlen(command->help) <= 60);
        assert_true(command->least <= command->most);
        assert_int_equal(subcommand_find(sv_from(command->name)), id);
    }
    assert_int_equal(subcommand_find(SV("")), SUBCOMMAND_GLOBAL);
    assert_int_equal(subcommand_find(SV("nothing")), SUBCOMMAND_GLOBAL);
}

// No name or letter twice among the options of one command and those of all.
static void options_do_not_meet(void **state)
{
    size_t count = 0;

    (void)state;
    for (int id = SUBCOMMAND_GLOBAL; id < SUBCOMMAND__N; id++) {
        struct option_table tables[] = { subcommand_options((enum subcommand_id)id),
                                         subcommand_options(SUBCOMMAND_GLOBAL) };

        count += tables[0].count;
        for (size_t i = 0; i < tables[0].count; i++) {
            const struct option_def *def = &tables[0].items[i];

            assert_true(strlen(def->help) > 0 && strlen(def->help) <= 60);
            for (size_t t = 0; t < 2; t++)
                for (size_t j = 0; j < tables[t].count; j++) {
                    const struct option_def *other = &tables[t].items[j];

                    if (other == def)
                        continue;
                    assert_string_not_equal(def->name, other->name);
                    assert_true(!def->letter || def->letter != other->letter);
                }
        }
    }
    assert_int_equal(count, OPT__N); // rows of one command stand together
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(subcommands_have_names_help_and_room),
        cmocka_unit_test(options_do_not_meet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
