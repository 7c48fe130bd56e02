// The table of commands, and the matcher that turns keys into them.
// Never runs a command: app.c does.
#include "tui/keymap.h"

#include <string.h>

#include "base/attr.h"
#include "base/bug.h"
#include "base/limits.h"

enum { // the bare words of commands.def
    TEXT = CONTEXT_TEXT,
    SELECT = CONTEXT_SELECT,
    LIST = CONTEXT_LIST,
    BOARD = CONTEXT_BOARD,
    LANES = CONTEXT_LANES,
    FORM = CONTEXT_FORM,
    PICKER = CONTEXT_PICKER,
    LINE = CONTEXT_LINE,
    HELP = CONTEXT_HELP,
    COUNT = COMMAND_COUNT,
    ARG = COMMAND_ARG,
    LINE_ARG = COMMAND_LINE_ARG,
    CLAIM = COMMAND_CLAIM,
    OTHER = COMMAND_NEEDS_OTHER,
    WRITE = COMMAND_WRITE,
    MOTION = COMMAND_MOTION,
};

// A command's group is the last GROUP above it: its row in the file less the commands before it.
#define ROW_NAME2(line) ROW_GROUP_##line
#define ROW_NAME(line)  ROW_NAME2(line)
enum row {
#define GROUP(title)                                   ROW_NAME(__LINE__),
#define COMMAND(id, name, keys, contexts, flags, help) ROW_##id,
#include "tui/commands.def"
#undef GROUP
#undef COMMAND
};

static const char groups[][24] = {
#define GROUP(title) title,
#define COMMAND(id, name, keys, contexts, flags, help)
#include "tui/commands.def"
#undef GROUP
#undef COMMAND
};

static const struct command commands[COMMAND__N] = {
    [COMMAND_NONE] = { .name = "", .keys = "", .group = "", .help = "" },
#define GROUP(title)
#define COMMAND(id, name, keys, contexts, flags, help)                                             \
    [COMMAND_##                                                                                    \
        id] = { name, keys, groups[(int)ROW_##id - (int)COMMAND_##id], help, contexts, flags },
#include "tui/commands.def"
#undef GROUP
#undef COMMAND
};

#define CONTEXT_COUNTS (CONTEXT_TEXT | CONTEXT_SELECT | CONTEXT_LIST | CONTEXT_BOARD)

enum match { MATCH_NOT, MATCH_PREFIX, MATCH_WHOLE };

// Compare the keys typed with one sequence of a table row ("gg").
static enum match match_sequence(struct sv sequence, const key_num *keys, int count)
{
    for (int i = 0; i < count; i++) {
        key_num key;

        if (!key_parse(&sequence, &key) || key != keys[i])
            return MATCH_NOT;
    }
    return sequence.len ? MATCH_PREFIX : MATCH_WHOLE;
}

static enum match match_command(const struct command *command, const key_num *keys, int count)
{
    struct sv rest = sv_from(command->keys), sequence;
    enum match best = MATCH_NOT;

    while (sv_split(&rest, ' ', &sequence)) {
        enum match match = sequence.len ? match_sequence(sequence, keys, count) : MATCH_NOT;

        if (match > best)
            best = match;
    }
    return best;
}

static enum match find_command(unsigned context, const key_num *keys, int count,
                               enum command_id *id)
{
    enum match best = MATCH_NOT;

    for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
        if (!(commands[i].contexts & context))
            continue;

        enum match match = match_command(&commands[i], keys, count);

        if (match == MATCH_WHOLE) {
            *id = (enum command_id)i;
            return match;
        }
        if (match > best)
            best = match;
    }
    return best;
}

static bool take_digit(struct keymap *map, unsigned context, key_num key)
{
    if (!(context & CONTEXT_COUNTS) || map->key_count || key < '0' || key > '9')
        return false;
    if (key == '0' && !map->count)
        return false;
    map->count = map->count * 10 + (int)(key - '0');
    if (map->count > LIMIT_COUNT)
        map->count = LIMIT_COUNT;
    return true;
}

const struct command *command_get(enum command_id id)
{
    BUG_ON((unsigned)id >= COMMAND__N);
    return &commands[id];
}

enum command_id command_find(struct sv name)
{
    for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
        if (sv_eq_cstr(name, commands[i].name))
            return (enum command_id)i;
    }
    return COMMAND_NONE;
}

enum keymap_result keymap_feed(struct keymap *map, unsigned context, key_num key,
                               enum command_id *id, int *count, key_num *arg)
{
    *arg = 0;
    if (map->wants_arg) {
        *id = map->wants_arg;
        *arg = key;
        *count = map->count;
        memset(map, 0, sizeof(*map));
        return KEYMAP_COMMAND;
    }
    if (take_digit(map, context, key))
        return KEYMAP_PENDING;
    if (map->key_count >= (int)ARRAY_LEN(map->keys)) {
        memset(map, 0, sizeof(*map));
        return KEYMAP_UNKNOWN;
    }
    map->keys[map->key_count++] = key;

    enum match match = find_command(context, map->keys, map->key_count, id);

    if (match == MATCH_PREFIX)
        return KEYMAP_PENDING;
    if (match == MATCH_WHOLE && commands[*id].flags & COMMAND_ARG) {
        map->wants_arg = *id;
        return KEYMAP_PENDING;
    }
    *count = map->count;
    if (match == MATCH_WHOLE && commands[*id].flags & COMMAND_COUNT && key > '0' && key <= '9')
        *count = (int)(key - '0');
    memset(map, 0, sizeof(*map));
    return match == MATCH_WHOLE ? KEYMAP_COMMAND : KEYMAP_UNKNOWN;
}

void keymap_pending(const struct keymap *map, struct buf *out)
{
    if (map->count)
        buf_addf(out, "%d", map->count);
    for (int i = 0; i < map->key_count; i++)
        key_add_name(map->keys[i], out);
}
