// Command-line options from constant tables.
// Never guesses: an unknown or shortened name is an error that names the nearest one.
#include "base/options.h"

#include <string.h>

#include "base/sv.h"

static const struct option_def *find_letter(const struct options *options, char letter)
{
    for (size_t t = 0; t < OPTIONS_TABLES; t++)
        for (size_t i = 0; i < options->tables[t].count; i++)
            if (options->tables[t].items[i].letter == letter)
                return &options->tables[t].items[i];
    return NULL;
}

static bool take_word(struct options *options, const char **value)
{
    if (options->next >= options->argc)
        return false;
    *value = options->argv[options->next++];
    return true;
}

static enum option_result say_unknown(const struct options *options, struct sv name,
                                      struct err *err)
{
    const struct option_def *near = options_nearest(options, name);

    (void)err_set(err, E_USAGE, ERR_NOWHERE,
                  near ? "unknown option '--" SV_FMT "'; nearest: '--%s'"
                       : "unknown option '--" SV_FMT "'; see --help%s",
                  SV_ARG(name), near ? near->name : "");
    return OPTION_ERROR;
}

static enum option_result read_long(struct options *options, const char *word,
                                    const struct option_def **def, const char **value,
                                    struct err *err)
{
    const char *equals = strchr(word, '=');
    struct sv name = equals ? sv_of(word, (size_t)(equals - word)) : sv_from(word);

    *def = options_find(options, name);
    if (!*def)
        return say_unknown(options, name, err);
    *value = equals ? equals + 1 : NULL;
    if (!(*def)->arg && equals) {
        (void)err_set(err, E_USAGE, ERR_NOWHERE, "option '--%s' takes no value", (*def)->name);
        return OPTION_ERROR;
    }
    if ((*def)->arg && !equals && !take_word(options, value)) {
        (void)err_set(err, E_USAGE, ERR_NOWHERE, "option '--%s' wants %s", (*def)->name,
                      (*def)->arg);
        return OPTION_ERROR;
    }
    return OPTION_FOUND;
}

static enum option_result read_short(struct options *options, const struct option_def **def,
                                     const char **value, struct err *err)
{
    char letter = *options->bundle++;

    *def = find_letter(options, letter);
    *value = NULL;
    if (!*def) {
        (void)err_set(err, E_USAGE, ERR_NOWHERE, "unknown option '-%c'; see --help", letter);
        return OPTION_ERROR;
    }
    if (!(*def)->arg) {
        if (!*options->bundle)
            options->bundle = NULL;
        return OPTION_FOUND;
    }
    if (*options->bundle)
        *value = options->bundle;
    else if (!take_word(options, value)) {
        (void)err_set(err, E_USAGE, ERR_NOWHERE, "option '-%c' wants %s", letter, (*def)->arg);
        return OPTION_ERROR;
    }
    options->bundle = NULL;
    return OPTION_FOUND;
}

void options_init(struct options *options, int argc, char **argv)
{
    *options = (struct options){ .argv = argv, .argc = argc, .next = 1 };
}

enum option_result options_next(struct options *options, const struct option_def **def,
                                const char **value, struct err *err)
{
    const char *word;

    if (options->bundle)
        return read_short(options, def, value, err);
    if (!take_word(options, &word))
        return OPTION_END;
    if (!options->is_ended && !strcmp(word, "--")) {
        options->is_ended = true;
        if (!take_word(options, &word))
            return OPTION_END;
    }
    if (options->is_ended || word[0] != '-' || !word[1]) {
        *value = word;
        return OPTION_OPERAND;
    }
    if (word[1] == '-')
        return read_long(options, word + 2, def, value, err);
    options->bundle = word + 1;
    return read_short(options, def, value, err);
}

const struct option_def *options_find(const struct options *options, struct sv name)
{
    for (size_t t = 0; t < OPTIONS_TABLES; t++)
        for (size_t i = 0; i < options->tables[t].count; i++)
            if (sv_eq_cstr(name, options->tables[t].items[i].name))
                return &options->tables[t].items[i];
    return NULL;
}

const struct option_def *options_nearest(const struct options *options, struct sv name)
{
    const struct option_def *near = NULL;
    size_t best = name.len / 3 + 2; // more edits than this is another word

    for (size_t t = 0; t < OPTIONS_TABLES; t++) {
        for (size_t i = 0; i < options->tables[t].count; i++) {
            const struct option_def *def = &options->tables[t].items[i];
            size_t distance = sv_distance(name, sv_from(def->name));
            bool is_start = name.len && sv_starts(sv_from(def->name), name);

            if (is_start)
                distance = 1;
            if (distance < best) {
                best = distance;
                near = def;
            }
        }
    }
    return near;
}
