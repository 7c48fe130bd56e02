// The table of subcommands and options.
// Holds no state and prints nothing.
#include "cli/context.h"

static const struct subcommand subcommands[SUBCOMMAND__N] = {
#define SUBCOMMAND(id, name, function, operands, least, most, flags, help)                         \
    [SUBCOMMAND_##id] = { name, function, operands, least, most, flags, help },
#define OPTION(command, id, name, letter, value, help)
#include "cli/options.def"
#undef SUBCOMMAND
#undef OPTION
};

static const struct option_def option_defs[OPT__N] = {
#define SUBCOMMAND(id, name, function, operands, least, most, flags, help)
#define OPTION(command, id, name, letter, value, help)                                             \
    [OPT_##id] = { OPT_##id, name, letter, value, help },
#include "cli/options.def"
#undef SUBCOMMAND
#undef OPTION
};

static const enum subcommand_id owners[OPT__N] = {
#define SUBCOMMAND(id, name, function, operands, least, most, flags, help)
#define OPTION(command, id, name, letter, value, help) [OPT_##id] = SUBCOMMAND_##command,
#include "cli/options.def"
#undef SUBCOMMAND
#undef OPTION
};

const struct subcommand *subcommand_get(enum subcommand_id id)
{
    return &subcommands[id];
}

enum subcommand_id subcommand_find(struct sv name)
{
    for (int id = SUBCOMMAND_GLOBAL + 1; id < SUBCOMMAND__N; id++)
        if (sv_eq_cstr(name, subcommands[id].name))
            return (enum subcommand_id)id;
    return SUBCOMMAND_GLOBAL;
}

struct option_table subcommand_options(enum subcommand_id id)
{
    size_t beg = 0, end;

    while (beg < OPT__N && owners[beg] != id)
        beg++;
    for (end = beg; end < OPT__N && owners[end] == id;)
        end++;
    return (struct option_table){ option_defs + (beg < OPT__N ? beg : 0), end - beg };
}
