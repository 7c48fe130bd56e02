// dump: the tables of the program, from the .def files they stand in.
// The pages of the manual are filled from here.
#include "cli/completion.h"

#include <string.h>

#include "exchange/formats.h"
#include "model/record.h"
#include "model/scheme.h"
#include "model/tally.h"
#include "tui/keymap.h"

static const char *const type_names[] = {
    [FIELD_STR] = "line",      [FIELD_TEXT] = "text",       [FIELD_WORD] = "word",
    [FIELD_ID] = "id",         [FIELD_SOURCE] = "source",   [FIELD_TIME] = "time",
    [FIELD_NUMBER] = "number", [FIELD_BOOL] = "boolean",    [FIELD_COUNT] = "count",
    [FIELD_CP_SPAN] = "range", [FIELD_CP_SPANS] = "ranges", [FIELD_STRS] = "words",
    [FIELD_MAP] = "map",       [FIELD_LIST] = "list",
};

static const struct {
    unsigned bit;
    const char *name;
} contexts[] = {
    { CONTEXT_TEXT, "text" },     { CONTEXT_SELECT, "select" }, { CONTEXT_LIST, "list" },
    { CONTEXT_FORM, "form" },     { CONTEXT_PICKER, "picker" }, { CONTEXT_LINE, "line" },
    { CONTEXT_HELP, "help" },     { CONTEXT_BOARD, "board" },
    { CONTEXT_LANES, "lanes" },
}, flags[] = {
    { COMMAND_COUNT, "count" },   { COMMAND_ARG, "arg" },
    { COMMAND_LINE_ARG, "line-arg" }, { COMMAND_CLAIM, "claim" },
    { COMMAND_NEEDS_OTHER, "other" }, { COMMAND_WRITE, "write" },
    { COMMAND_MOTION, "motion" },
};

static void add_bits(struct table *table, unsigned bits, bool is_context)
{
    struct buf names = { 0 };
    size_t count = is_context ? ARRAY_LEN(contexts) : ARRAY_LEN(flags);

    for (size_t i = 0; i < count; i++) {
        unsigned bit = is_context ? contexts[i].bit : flags[i].bit;

        if (bits & bit)
            buf_addf(&names, "%s%s", names.len ? "," : "",
                     is_context ? contexts[i].name : flags[i].name);
    }
    table_add(table, buf_sv(&names));
    buf_release(&names);
}

static void dump_keys(const struct cli *cli, struct table *table)
{
    (void)cli;
    for (int id = COMMAND_NONE + 1; id < COMMAND__N; id++) {
        const struct command *command = command_get((enum command_id)id);

        table_add(table, sv_from(command->group));
        table_add(table, sv_from(command->name));
        table_add(table, sv_from(command->keys));
        add_bits(table, command->contexts, true);
        add_bits(table, command->flags, false);
        table_add(table, sv_from(command->help));
    }
}

static void dump_fields(const struct cli *cli, struct table *table)
{
    (void)cli;
    for (int id = KIND_NONE + 1; id < KIND__N; id++) {
        const struct kind *kind = kind_get((enum kind_id)id);

        for (size_t i = 0; i < kind->field_count; i++) {
            const struct field *field = &kind->fields[i];

            table_add(table, sv_from(kind->name));
            table_add(table, sv_from(field->key));
            table_add(table, sv_from(type_names[field->type]));
            table_add(table, sv_from(field->sub ? kind_get(field->sub)->name : ""));
            table_add(table, sv_from(field->vocab ? vocab_name(field->vocab) : ""));
            table_add(table, field->is_required ? SV("yes") : SV("no"));
            table_add(table, sv_from(field->help));
        }
    }
}

// The scheme in force, where there is a workspace; the built-in one elsewhere.
static void dump_scheme(const struct cli *cli, struct table *table)
{
    const struct scheme *scheme =
        cli->workspace.root.len ? &cli->workspace.scheme : scheme_builtin();

    for (int id = VOCAB_NONE + 1; id < VOCAB__N; id++) {
        for (size_t i = 0; i < scheme->vocabs[id].count; i++) {
            const struct word *word = scheme->vocabs[id].items[i];
            struct buf kinds = { 0 };

            if (word->disputes)
                buf_add_cstr(&kinds, "disputes");
            if (word->ordered)
                buf_addf(&kinds, "%sordered", kinds.len ? "," : "");
            if (word->one_end)
                buf_addf(&kinds, "%sone-end", kinds.len ? "," : "");
            table_add(table, sv_from(vocab_name((enum vocab_id)id)));
            table_add(table, word->id);
            table_add(table, word->key);
            table_add(table, buf_sv(&kinds));
            table_add(table, word->definition);
            buf_release(&kinds);
        }
    }
}

static void dump_query(const struct cli *cli, struct table *table)
{
    size_t count;
    const struct query_word *words = query_words(&count);

    (void)cli;
    for (size_t i = 0; i < count; i++) {
        const struct query_word *word = &words[i];
        struct sv name = sv_from(word->text);

        table_add(table, name);
        table_add(table, sv_from(word->example));
        table_add(table, sv_from(word->vocab != VOCAB_NONE ? vocab_name(word->vocab) : ""));
        table_add(table, tally_takes(sv_sub(name, 0, name.len - (word->example != NULL)))
                             ? SV("yes")
                             : SV("no"));
        table_add(table, sv_from(word->help));
    }
}

static void dump_errors(const struct cli *cli, struct table *table)
{
    (void)cli;
    for (int code = E_NONE + 1; code < E__N; code++) {
        table_add(table, sv_from(err_name((enum err_code)code)));
        table_addf(table, "%d", err_status((enum err_code)code));
        table_add(table, sv_from(err_meaning((enum err_code)code)));
    }
}

static void dump_options(const struct cli *cli, struct table *table)
{
    (void)cli;
    for (int id = SUBCOMMAND_GLOBAL; id < SUBCOMMAND__N; id++) {
        struct option_table options = subcommand_options((enum subcommand_id)id);

        for (size_t i = 0; i < options.count; i++) {
            const struct option_def *def = &options.items[i];

            table_add(table, sv_from(subcommand_get((enum subcommand_id)id)->name));
            table_addf(table, "--%s", def->name);
            if (def->letter)
                table_addf(table, "-%c", def->letter);
            else
                table_add(table, SV(""));
            table_add(table, sv_from(def->arg));
            table_add(table, sv_from(def->help));
        }
    }
}

static void dump_commands(const struct cli *cli, struct table *table)
{
    (void)cli;
    for (int id = SUBCOMMAND_GLOBAL + 1; id < SUBCOMMAND__N; id++) {
        const struct subcommand *command = subcommand_get((enum subcommand_id)id);

        table_add(table, sv_from(command->name));
        table_add(table, sv_from(command->operands));
        table_add(table, sv_from(command->help));
    }
}

static void dump_forms(const struct cli *cli, struct table *table)
{
    (void)cli;
    for (int id = FORM_NONE + 1; id < FORM__N; id++) {
        const struct form *form = form_get((enum form_id)id);

        table_add(table, sv_from(form->name));
        table_add(table, form->write ? SV("yes") : SV("no"));
        table_add(table, form->read ? SV("yes") : SV("no"));
        table_add(table, sv_from(form->ending));
        table_add(table, sv_from(form->help));
    }
}

// The forms that hold something of a record, in a cell.
static void add_holders(struct table *table, const char *kind, const char *key, enum kind_id id,
                        const struct field *field)
{
    struct buf forms = { 0 };

    for (int form = FORM_NONE + 1; form < FORM__N; form++) {
        bool holds =
            id ? form_holds((enum form_id)form, id, field) : form_holds_layers((enum form_id)form);

        if (holds)
            buf_addf(&forms, "%s%s", forms.len ? " " : "", form_get((enum form_id)form)->name);
    }
    table_add(table, sv_from(kind));
    table_add(table, sv_from(key));
    table_add(table, buf_sv(&forms));
    buf_release(&forms);
}

static void dump_held(const struct cli *cli, struct table *table)
{
    static const enum kind_id kinds[] = {
        KIND_CLAIM, KIND_PART,   KIND_VOICE,     KIND_CUE,  KIND_VALUE,   KIND_CONTESTED,
        KIND_LINK,  KIND_TARGET, KIND_FURNITURE, KIND_NOTE, KIND_COMMENT, KIND_SOURCE
    };

    (void)cli;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const struct kind *kind = kind_get(kinds[i]);

        for (size_t j = 0; j < kind->field_count; j++)
            add_holders(table, kind->name, kind->fields[j].key, kinds[i], &kind->fields[j]);
    }
    add_holders(table, "layer", "state", KIND_NONE, NULL);
    add_holders(table, "layer", "read", KIND_NONE, NULL);
    add_holders(table, "others", "unknown keys", KIND_CLAIM, NULL);
}

static const char *const form_columns[] = { "format", "export", "import", "ending", "help" };
static const char *const held_columns[] = { "kind", "key", "formats" };
static const char *const key_columns[] = { "group", "name", "keys", "contexts", "flags", "help" };
static const char *const field_columns[] = { "kind",       "key",      "type", "sub",
                                             "vocabulary", "required", "help" };
static const char *const scheme_columns[] = { "vocabulary", "value", "key", "flags", "definition" };
static const char *const query_columns[] = { "word", "example", "vocabulary", "counted", "help" };
static const char *const error_columns[] = { "name", "#status", "meaning" };
static const char *const option_columns[] = { "command", "option", "letter", "argument", "help" };
static const char *const command_columns[] = { "command", "operands", "help" };

#define TABLE(name, function, columns)                                                             \
    {                                                                                              \
        name, function, columns, ARRAY_LEN(columns)                                                \
    }
static const struct {
    const char *name;
    void (*fill)(const struct cli *cli, struct table *table);
    const char *const *columns;
    size_t column_count;
} tables[] = {
    TABLE("keys", dump_keys, key_columns),
    TABLE("fields", dump_fields, field_columns),
    TABLE("scheme", dump_scheme, scheme_columns),
    TABLE("query", dump_query, query_columns),
    TABLE("errors", dump_errors, error_columns),
    TABLE("options", dump_options, option_columns),
    TABLE("commands", dump_commands, command_columns),
    TABLE("formats", dump_forms, form_columns),
    TABLE("held", dump_held, held_columns),
};

const char *dump_table(size_t index)
{
    return index < ARRAY_LEN(tables) ? tables[index].name : NULL;
}

// The scheme of the workspace if there is one here; it is no error if there is none, unless -C
// asked for it.
static bool open_workspace(struct cli *cli, struct err *err)
{
    struct findings findings = { 0 };
    bool ok = workspace_open(cli->values[OPT_DIR], &cli->workspace, &findings, err);

    (void)cli_report(cli, &findings);
    if (ok || cli->values[OPT_DIR])
        return ok;
    err_release(err);
    return true;
}

int cmd_dump(struct cli *cli)
{
    struct table table;
    struct err err = { 0 };

    cli->may_page = true;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        if (strcmp(cli->operands[0], tables[i].name) != 0)
            continue;
        if (!strcmp(tables[i].name, "scheme") && !open_workspace(cli, &err))
            return cli_fail(cli, &err);
        table_init(&table, tables[i].columns, tables[i].column_count);
        tables[i].fill(cli, &table);
        table_print(&table, cli->format, &cli->out);
        table_release(&table);
        return cli_status(cli, 0);
    }
    return cli_usage(cli,
                     "no table '%s'; there are keys, fields, scheme, query, errors, options, "
                     "commands, formats, held",
                     cli->operands[0]);
}
