// Keys to commands: the table of commands.def, and a matcher for counts, sequences and arguments.
#ifndef GAINSAY_TUI_KEYMAP_H
#define GAINSAY_TUI_KEYMAP_H

#include <stdbool.h>

#include "base/sv.h"
#include "tui/event.h"

enum command_id {
    COMMAND_NONE,
#define GROUP(title)
#define COMMAND(id, name, keys, contexts, flags, help) COMMAND_##id,
#include "tui/commands.def"
#undef GROUP
#undef COMMAND
    COMMAND__N
};

enum context {
    CONTEXT_TEXT = 1 << 0,
    CONTEXT_SELECT = 1 << 1,
    CONTEXT_LIST = 1 << 2,
    CONTEXT_FORM = 1 << 3,
    CONTEXT_PICKER = 1 << 4,
    CONTEXT_LINE = 1 << 5,
    CONTEXT_HELP = 1 << 6,
    CONTEXT_BOARD = 1 << 7,
    CONTEXT_LANES = 1 << 8,
};

enum command_flag {
    COMMAND_COUNT = 1 << 0,
    COMMAND_ARG = 1 << 1,
    COMMAND_LINE_ARG = 1 << 2,
    COMMAND_CLAIM = 1 << 3,
    COMMAND_NEEDS_OTHER = 1 << 4,
    COMMAND_WRITE = 1 << 5,
    COMMAND_MOTION = 1 << 6,
};

struct command {
    const char *name, *keys, *group, *help;
    unsigned contexts; // enum context
    unsigned flags;    // enum command_flag
};

const struct command *command_get(enum command_id id);
enum command_id command_find(struct sv name); // COMMAND_NONE when there is none

// Keys typed so far that are no whole command yet. Zero value: nothing typed.
struct keymap {
    int count;      // 0: none given
    key_num keys[4];
    int key_count;
    enum command_id wants_arg; // waits for the argument of an ARG command
};

enum keymap_result { KEYMAP_COMMAND, KEYMAP_PENDING, KEYMAP_UNKNOWN };

// Feed one key in `context`. COMMAND: *id, *count (0 none) and *arg are set and the matcher is clear again.
// UNKNOWN clears it. Counts are only taken in TEXT, SELECT, LIST and BOARD; elsewhere a digit that is the key of a
// command which takes a count is its count.
enum keymap_result keymap_feed(struct keymap *map, unsigned context, key_num key,
                               enum command_id *id, int *count, key_num *arg);

// What is typed so far, for the status line ("12g").
void keymap_pending(const struct keymap *map, struct buf *out);

#endif
