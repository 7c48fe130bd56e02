// Command-line options, GNU style, from constant tables: --name VALUE, --name=VALUE, -x VALUE, -xVALUE, bundles
// of short ones, operands in between, `--` ends the options, `-` alone is an operand. Names are never
// abbreviated: scripts that do would break with the next option.
//
// Calling sequence: options_init, then options_next until OPTION_END or OPTION_ERROR.
#ifndef GAINSAY_BASE_OPTIONS_H
#define GAINSAY_BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct option_def {
    int id;           // the caller's, unique over the tables of one parse
    const char *name; // "json"
    char letter;      // '\0': none
    const char *arg;  // name of the value in help, "DIR"; NULL: takes none
    const char *help;
};

struct option_table {
    const struct option_def *items;
    size_t count;
};

#define OPTIONS_TABLES 2

struct options {
    char **argv; // borrowed
    int argc, next;
    const char *bundle; // rest of a word of short options; NULL: none
    bool is_ended;      // `--` was seen
    struct option_table tables[OPTIONS_TABLES]; // searched in turn; the caller may change them between calls
};

enum option_result { OPTION_FOUND, OPTION_OPERAND, OPTION_END, OPTION_ERROR };

// Words argv[1] .. argv[argc - 1], borrowed, are to be read.
void options_init(struct options *options, int argc, char **argv);

// The next option or operand.
//   def    OPTION_FOUND: its row
//   value  OPTION_FOUND: its value, NULL for an option without; OPTION_OPERAND: the word. Borrowed from argv
//   err    OPTION_ERROR: E_USAGE, names the nearest option
enum option_result options_next(struct options *options, const struct option_def **def,
                                const char **value, struct err *err);

// The row with this name in the tables, or NULL; and the one nearest to it, or NULL when none is near.
const struct option_def *options_find(const struct options *options, struct sv name);
const struct option_def *options_nearest(const struct options *options, struct sv name);

#endif
