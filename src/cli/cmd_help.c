// help, --help, --version: how the program is used, and what it is made of.
// The manual itself is shown by man; only where there is none is the page's place printed.
#include "cli/completion.h"

#include <string.h>

#include "base/proc.h"
#include "base/version.h"
#include "exchange/json.h"

static const struct {
    const char *topic, *page, *section;
} pages[] = {
    { "gainsay", "gainsay", "1" },
    { "format", "gainsay", "5" },
    { "fields", "gainsay", "5" },
    { "files", "gainsay", "5" },
    { "keys", "gainsay-keys", "7" },
    { "scripts", "gainsay-keys", "7" },
    { "tutorial", "gainsay-tutorial", "7" },
    { "workflows", "gainsay-workflows", "7" },
    { "team", "gainsay-team", "7" },
};

const char *help_topic(size_t index)
{
    return index < ARRAY_LEN(pages) ? pages[index].topic : NULL;
}

static void out_pair(struct cli *cli, const char *left, const char *right, int width)
{
    struct para para = { 0 };

    para_add(&para, STYLE_HEAD, sv_from(left));
    para_addf(&para, STYLE_PLAIN, "%*s",
              width - (int)strlen(left) > 1 ? width - (int)strlen(left) : 2, "");
    para_add(&para, STYLE_PLAIN, sv_from(right));
    out_para(&cli->out, &para, 2, width + 2);
}

static void out_text(struct cli *cli, const char *text)
{
    struct para para = { 0 };

    para_add(&para, STYLE_PLAIN, sv_from(text));
    out_para(&cli->out, &para, 0, 4);
}

static void out_options(struct cli *cli, enum subcommand_id id)
{
    struct option_table options = subcommand_options(id);

    for (size_t i = 0; i < options.count; i++) {
        const struct option_def *def = &options.items[i];
        struct buf left = { 0 };

        if (def->letter)
            buf_addf(&left, "-%c, ", def->letter);
        buf_addf(&left, "--%s%s%s", def->name, def->arg ? " " : "", def->arg ? def->arg : "");
        out_pair(cli, buf_cstr(&left), def->help, 22);
        buf_release(&left);
    }
}

static void out_usage_of(struct cli *cli, enum subcommand_id id)
{
    const struct subcommand *command = subcommand_get(id);
    struct buf line = { 0 };

    buf_addf(&line, "usage: gainsay %s%s%s%s", command->name,
             subcommand_options(id).count ? " [OPTION...]" : "", *command->operands ? " " : "",
             command->operands);
    out_text(cli, buf_cstr(&line));
    out_text(cli, command->help);
    buf_release(&line);
    if (subcommand_options(id).count) {
        out_blank(&cli->out);
        out_options(cli, id);
    }
    out_blank(&cli->out);
    out_text(cli, "Options of every command:");
    out_options(cli, SUBCOMMAND_GLOBAL);
}

int cmd_usage(struct cli *cli)
{
    if (cli->command != SUBCOMMAND_GLOBAL) {
        out_usage_of(cli, cli->command);
        return 0;
    }
    out_text(cli, "usage: gainsay [OPTION...] [COMMAND [ARGUMENT...]]");
    out_text(cli, "Read articles that tell the same event differently; mark who disputes what.");
    out_blank(&cli->out);
    for (int id = SUBCOMMAND_GLOBAL + 1; id < SUBCOMMAND__N; id++) {
        const struct subcommand *command = subcommand_get((enum subcommand_id)id);
        struct buf left = { 0 };

        buf_addf(&left, "%s%s%s", command->name, *command->operands ? " " : "", command->operands);
        out_pair(cli, buf_cstr(&left), command->help, 26);
        buf_release(&left);
    }
    out_blank(&cli->out);
    out_text(cli, "Options of every command:");
    out_options(cli, SUBCOMMAND_GLOBAL);
    out_blank(&cli->out);
    out_text(cli, "More: gainsay help, gainsay help tutorial, gainsay help keys.");
    return 0;
}

// Path of a page in the tree that the program was built in; false when it runs from elsewhere.
static bool find_in_tree(const char *page, const char *section, struct buf *path)
{
    struct buf self = { 0 }, dir = { 0 }, up = { 0 };
    struct err err = { 0 };
    bool found = false;

    if (fs_real("/proc/self/exe", &self, &err)) {
        fs_add_parent(&dir, buf_cstr(&self)); // build/VARIANT
        fs_add_parent(&up, buf_cstr(&dir));   // build
        buf_clear(&dir);
        fs_add_parent(&dir, buf_cstr(&up));
        buf_addf(path, "%s/man/%s.%s", buf_cstr(&dir), page, section);
        found = fs_is_file(buf_cstr(path));
    }
    err_release(&err);
    buf_release(&self);
    buf_release(&dir);
    buf_release(&up);
    return found;
}

static bool is_installed(const char *page, const char *section)
{
    const char *const argv[] = { "man", "-w", section, page, NULL };
    struct buf out = { 0 };
    struct err err = { 0 };
    int status = 1;
    bool ok = proc_output(NULL, argv, &out, &status, &err);

    buf_release(&out);
    err_release(&err);
    return ok && status == 0;
}

// Run man with the terminal as it is; into anything else its text is collected, so that what cannot
// be written is told like that of every command.
static bool run_man(struct cli *cli, const char *const *argv, struct err *err)
{
    struct buf text = { 0 };
    int status = 1;
    bool ok;

    if (cli->out.is_tty)
        return proc_run(argv, &status, err) && status == 0;
    ok = proc_output(NULL, argv, &text, &status, err) && status == 0;
    if (ok)
        buf_add(&cli->out.text, buf_sv(&text));
    buf_release(&text);
    return ok;
}

static int show_page(struct cli *cli, const char *page, const char *section)
{
    struct buf path = { 0 };
    struct err err = { 0 };
    bool in_tree = find_in_tree(page, section, &path);
    const char *const tree[] = { "man", "-l", buf_cstr(&path), NULL };
    const char *const installed[] = { "man", section, page, NULL };
    bool shown = false;

    if (in_tree) // the page that belongs to this very program
        shown = run_man(cli, tree, &err);
    else if (is_installed(page, section))
        shown = run_man(cli, installed, &err);
    err_release(&err);
    if (!shown && in_tree) {
        struct buf line = { 0 };

        buf_addf(&line, "The page is at %s; 'man' cannot show it here.", buf_cstr(&path));
        out_text(cli, buf_cstr(&line));
        buf_release(&line);
        shown = true;
    }
    buf_release(&path);
    if (shown)
        return 0;
    (void)err_set(&err, E_SYSTEM, ERR_NOWHERE,
                  "no manual page %s(%s) is installed; 'gainsay --help' lists the commands", page,
                  section);
    return cli_fail(cli, &err);
}

static int no_topic(struct cli *cli, const char *topic)
{
    struct buf topics = { 0 };
    int status;

    for (size_t i = 1; i < ARRAY_LEN(pages); i++) // the first is what comes without a topic
        buf_addf(&topics, "%s%s", i > 1 ? ", " : "", pages[i].topic);
    status =
        cli_usage(cli, "no topic '%s'; there are %s and the commands", topic, buf_cstr(&topics));
    buf_release(&topics);
    return status;
}

int cmd_help(struct cli *cli)
{
    const char *topic = cli->operand_count ? cli->operands[0] : "gainsay";

    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        if (!strcmp(topic, pages[i].topic))
            return show_page(cli, pages[i].page, pages[i].section);
    if (subcommand_find(sv_from(topic)) == SUBCOMMAND_GLOBAL)
        return no_topic(cli, topic);
    cli->command = subcommand_find(sv_from(topic));
    out_usage_of(cli, cli->command);
    out_blank(&cli->out);
    out_text(cli, "The whole of it is in gainsay(1): gainsay help");
    return 0;
}
