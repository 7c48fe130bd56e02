// The reader on terminals of many types, in many sizes, locales and moods: what is shown is what
// the grid says. usage: terminals --list; terminals NAME PROGRAM ARGS...   (as sessions.c)
// GAINSAY_LONG: more of each.
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "tty.h"

#define FIRST "Ferry Sinks off Lindø"
#define ROWS  24
#define COLS  80

static char *const *program; // and its arguments

static bool is_long(void)
{
    return getenv("GAINSAY_LONG");
}

static void start_at(struct tty *tty, int rows, int cols, const char *const *env)
{
    tty_start(tty, rows, cols, program, env);
}

static bool start(struct tty *tty, const char *type, const char *setting)
{
    char term[64];
    const char *const env[] = { term, "LC_ALL=C.UTF-8", "NO_COLOR", setting, NULL };

    snprintf(term, sizeof(term), "TERM=%s", type);
    start_at(tty, ROWS, COLS, env);
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    tty_settle(tty);
    return true;
}

// Until what waits for the end of a held key is drawn too.
static void rest(struct tty *tty)
{
    long since = tty_now_ms();

    while (tty_now_ms() < since + 150)
        tty_settle(tty);
}

// Until a picture has come, and all of it.
static void settle_after(struct tty *tty, size_t bytes)
{
    for (long since = tty_now_ms(); tty->bytes < bytes + 200 && tty_now_ms() < since + WAIT;)
        tty_wait_text(tty, "this text never comes", 10);
    tty_settle(tty);
}

static void redraw(struct tty *tty)
{
    size_t bytes = tty->bytes;

    tty_keys(tty, "\f");
    settle_after(tty, bytes);
}

static bool leave(struct tty *tty)
{
    tty_keys(tty, "q");
    CHECK(tty_wait_exit(tty, WAIT));
    CHECK(tty->exit_status == 0);
    CHECK(tty_modes_restored(tty));
    CHECK(!tty->is_alternate && tty->is_cursor_visible && tty_mode(tty, 2004) != 'h');
    return true;
}

// Sequences that ask the terminal something, or that are no control sequence at all: never sent.
static bool asks_nothing(const struct tty *tty)
{
    for (size_t i = 0; i + 1 < tty->bytes; i++) {
        const char *at = tty->log + i;

        if (at[0] != '\033') {
            CHECK((unsigned char)at[0] >= ' ' || strchr("\r\n\b\017", at[0]));
            continue;
        }
        CHECK(!strchr("]P_^XZ", at[1]));
        if (at[1] != '[' || at[2] == '?') // a mode, a cursor
            continue;
        for (i += 2; i < tty->bytes && ((unsigned char)tty->log[i] < 0x40); i++)
            continue;
        CHECK(i == tty->bytes || !strchr("cnxy", tty->log[i])); // DA, DSR, DECREQTPARM
    }
    return true;
}

static bool sends_color(const struct tty *tty)
{
    for (size_t i = 0; i + 1 < tty->bytes; i++) {
        size_t end = i + 2;

        if (tty->log[i] != '\033' || tty->log[i + 1] != '[')
            continue;
        while (end < tty->bytes && (unsigned char)tty->log[end] < 0x40)
            end++;
        for (size_t at = i + 2; end < tty->bytes && tty->log[end] == 'm' && at + 1 < end; at++)
            if ((tty->log[at] == '3' || tty->log[at] == '4') && tty->log[at + 1] >= '0' &&
                tty->log[at + 1] <= '9')
                return true;
        i = end - 1;
    }
    return false;
}

// ---- the grid

// An article of what is hard to keep in its columns: wide, combining, joined, right to left,
// hidden, invalid.
static bool write_text(void)
{
    static char *arguments[8], article[] = "ferry/wide";
    FILE *file = fopen("corpus/ferry/wide.txt", "w");
    size_t count = 0;

    CHECK(file);
    fputs(FIRST "\n", file);
    for (; program[count + 1]; count++)
        arguments[count] = program[count];
    arguments[count] = article; // the last one: what is read
    program = arguments;
    for (int i = 0; i < 30; i++)
        fprintf(
            file,
            "\n%d 日本語のテキスト e\xCC\x81\xCC\x81 \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91"
            "\xA9 \xF0\x9F\x87\xB5\xF0\x9F\x87\xB0 \xE2\x9D\xA4\xEF\xB8\x8F \xE2\x80\xAEsaid"
            "\xE2\x80\xAC \tשלום \x1B[31mred\x1B[0m \xFF \xE0\xA4\x95\xE0\xA4\x83 e\xCC\x80 한글 "
            "1\xEF\xB8\x8F\xE2\x83\xA3 \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD he said.\n",
            i);
    fclose(file);
    return true;
}

// Keys that move about and change nothing, from a number.
static void choose_keys(unsigned random, int count, char *out)
{
    static const char *const steps[] = { "j", "k", "\005", "\031", " ", "\004", "\025", ")",
                                         "}", "G", "gg",   "5j",   "{", "2j",   "(",    "3k" };

    for (*out = '\0'; count > 0; count--) {
        random = random * 1103515245u + 12345u;
        strcat(out, steps[(random >> 16) % (sizeof(steps) / sizeof(steps[0]))]);
    }
}

static void trim(char *row)
{
    size_t len = strlen(row);

    while (len && (row[len - 1] == ' ' || row[len - 1] == '\n'))
        row[--len] = '\0';
}

// The grid after these keys, as the program itself tells it: rows without trailing blanks.
static bool take_grid(const char *keys, char rows[ROWS][4096])
{
    char command[1024];
    FILE *script = fopen("grid.keys", "w"), *out;
    int count = 0;

    CHECK(script);
    fputs("keys ", script);
    for (; *keys; keys++) {
        if ((unsigned char)*keys < ' ')
            fprintf(script, "<C-%c>", *keys + 0x60);
        else if (*keys == ' ')
            fputs("<Space>", script);
        else
            fputc(*keys, script);
    }
    fputs("\nsnap\n", script);
    fclose(script);
    snprintf(command, sizeof(command),
             "rm -rf grid-state; GAINSAY_STATE=grid-state LC_ALL=C.UTF-8 '%s' --as ana read "
             "ferry/wide --script grid.keys --size 80x24",
             program[0]);
    memset(rows, 0, ROWS * sizeof(rows[0]));
    out = popen(command, "r");
    CHECK(out && fgets(rows[0], sizeof(rows[0]), out) && rows[0][0] == '=');
    while (count < ROWS && fgets(rows[count], sizeof(rows[0]), out) &&
           strcmp(rows[count], "-- roles\n"))
        trim(rows[count++]);
    while (fgets(command, sizeof(command), out))
        continue;
    CHECK(!pclose(out));
    return true;
}

static bool shows(const struct tty *tty, char rows[ROWS][4096])
{
    char row[4096];

    for (int i = 0; i < ROWS; i++) {
        tty_row(tty, i, row, sizeof(row));
        trim(row);
        if (strcmp(row, rows[i])) {
            printf("# row %d: '%s'\n# grid:  '%s'\n", i, row, rows[i]);
            return false;
        }
    }
    return true;
}

static const char *const types[] = { "xterm-256color",
                                     "xterm",
                                     "tmux-256color",
                                     "screen-256color",
                                     "screen",
                                     "linux",
                                     "vt100",
                                     "vt220",
                                     "ansi",
                                     "rxvt",
                                     "xterm-direct",
                                     "xterm-16color",
                                     "rxvt-unicode-256color",
                                     "kitty",
                                     "foot" };

#define TYPES (sizeof(types) / sizeof(types[0]))

static bool t_every_type_shows_the_grid(struct tty *tty)
{
    static char rows[ROWS][4096];
    char keys[512];

    CHECK(write_text());
    for (unsigned i = 0; i < TYPES * (is_long() ? 20 : 1); i++) {
        choose_keys(i, 60, keys);
        strcat(keys, "vv");
        CHECK(take_grid(keys, rows));
        if (i)
            tty_end(tty);
        CHECK(system("rm -rf \"$GAINSAY_STATE\"") == 0);
        printf("# %s\n", types[i % TYPES]);
        CHECK(start(tty, types[i % TYPES], i % 2 ? NULL : "GAINSAY_MARGINS=1"));
        tty_keys(tty, keys);
        rest(tty);
        CHECK(shows(tty, rows));
        tty_keys(tty, "\f");
        tty_settle(tty);
        CHECK(shows(tty, rows));
        CHECK(leave(tty));
        CHECK(asks_nothing(tty));
    }
    return true;
}

static bool t_colors_are_those_of_the_description(struct tty *tty)
{
    static const struct {
        const char *type, *setting;
        bool has_color;
    } cases[] = { { "xterm-256color", NULL, true }, { "xterm-256color", "NO_COLOR=1", false },
                  { "linux", NULL, true },          { "vt100", NULL, false },
                  { "xterm-mono", NULL, false },    { "xterm-direct", NULL, true } };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (i)
            tty_end(tty);
        printf("# %s\n", cases[i].type);
        CHECK(start(tty, cases[i].type, cases[i].setting));
        CHECK(leave(tty));
        CHECK(sends_color(tty) == cases[i].has_color);
    }
    return true;
}

// ---- types and locales

// Starts readable, or says in one line, in the terminal as it was, what to set.
static bool starts_or_tells(struct tty *tty, const char *const *env, bool *has_started)
{
    int lines = 0;

    start_at(tty, ROWS, COLS, env);
    for (int ms = 0; ms < WAIT && tty->exit_status < 0; ms += 20)
        if (tty_wait_text(tty, FIRST, 20))
            break;
    *has_started = tty->exit_status < 0;
    if (*has_started) {
        tty_settle(tty);
        return leave(tty);
    }
    CHECK(tty_wait_exit(tty, WAIT));
    for (size_t i = 0; i < tty->bytes; i++) {
        CHECK((unsigned char)tty->log[i] < 0x80);
        CHECK(tty->log[i] != '\033');
        lines += tty->log[i] == '\n';
    }
    CHECK(lines == 1 && tty->exit_status == 3);
    CHECK(tty_modes_restored(tty));
    return true;
}

static bool t_every_type_and_locale_starts_or_says_what_to_set(struct tty *tty)
{
    static const char *const more[] = { "dumb", "no-such", "", "unknown", "xterm-kitty" };
    static const char *const locales[] = { "LC_ALL=C", "LC_ALL=C.UTF-8", "LC_ALL",
                                           "LC_ALL=xx_YY.UTF-8", "LC_ALL=xx_YY" };
    size_t step = is_long() ? 1 : 5, all = TYPES + sizeof(more) / sizeof(more[0]);
    bool is_first = true, has_started;

    for (size_t i = 0; i < all * 5; i += step) {
        char term[64];
        const char *const env[] = { term, locales[i / all], "NO_COLOR", NULL };
        const char *type = i % all < TYPES ? types[i % all] : more[i % all - TYPES];

        if (!is_first)
            tty_end(tty);
        is_first = false;
        snprintf(term, sizeof(term), "TERM=%s", type);
        printf("# %s %s\n", term, env[1]);
        CHECK(starts_or_tells(tty, env, &has_started));
        CHECK(has_started == (i / all % 4 && strcmp(type, "dumb") && strcmp(type, "no-such") &&
                              strcmp(type, "") && strcmp(type, "unknown")));
    }
    return true;
}

// ---- sizes

static const struct {
    int rows, cols;
} edges[] = { { 0, 0 }, { 1, 1 }, { 0, 80 }, { 24, 0 }, { 2, 5 }, { 500, 1000 }, { 24, 80 } };

static bool t_random_sizes_and_keys_break_nothing(struct tty *tty)
{
    static const char *const more[] = { "\033[A", "\033[B", "\033[5~", "\033[6~", "\033", "\r",
                                        "\t",     "\f",     "\025",    "gd",      "gw",   "|",
                                        "gC",     "C",      "u",       "?",       "/ab\r" };
    int steps = is_long() ? 10000 : 200;
    unsigned random = 7;

    CHECK(write_text());
    CHECK(start(tty, "xterm-256color", NULL));
    for (int i = 0; i < steps; i++) {
        char key[] = { 0, 0 };

        random = random * 1103515245u + 12345u;
        unsigned dice = random >> 16;

        key[0] = (char)(' ' + dice / 2 % 95);
        if (key[0] == 'q')
            key[0] = 'j';
        tty_keys(tty, dice % 2 ? more[dice / 2 % (sizeof(more) / sizeof(more[0]))] : key);
        random = random * 1103515245u + 12345u;
        dice = random >> 16;
        if (dice % 8 == 0)
            tty_resize(tty, edges[dice / 8 % 7].rows, edges[dice / 8 % 7].cols);
        else
            tty_resize(tty, (int)(dice % 60), (int)(random >> 8) % 200);
        tty_wait_text(tty, "this text never comes", 0);
        if (tty->exit_status < 0)
            continue;
        CHECK(tty->exit_status == 0); // by a command
        tty_end(tty);
        CHECK(start(tty, "xterm-256color", NULL));
    }
    tty_keys(tty, "\033");
    redraw(tty); // nothing is on its way any more
    tty_resize(tty, 30, 100);
    settle_after(tty, tty->bytes);
    tty_resize(tty, ROWS, COLS);
    settle_after(tty, tty->bytes);

    char drawn[ROWS][4096], redrawn[4096];

    for (int i = 0; i < ROWS; i++)
        tty_row(tty, i, drawn[i], sizeof(drawn[i]));
    redraw(tty);
    for (int i = 0; i < ROWS; i++) {
        tty_row(tty, i, redrawn, sizeof(redrawn));
        trim(redrawn);
        trim(drawn[i]);
        if (strcmp(redrawn, drawn[i]))
            printf("# row %d: '%s'\n# again:  '%s'\n", i, drawn[i], redrawn);
        CHECK(!strcmp(redrawn, drawn[i]));
    }
    CHECK(tty->exit_status < 0);
    return true;
}

static bool t_too_small_a_terminal_is_told_so(struct tty *tty)
{
    CHECK(start(tty, "xterm", NULL));
    tty_resize(tty, 3, 19);
    CHECK(tty_wait_text(tty, "too small", WAIT));
    tty_resize(tty, ROWS, COLS);
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    tty_settle(tty);
    return leave(tty);
}

// ---- exits

static bool is_given_back(struct tty *tty)
{
    CHECK(tty_modes_restored(tty));
    CHECK(!tty->is_alternate && tty->is_cursor_visible && tty_mode(tty, 2004) == 'l');
    CHECK(tty_mode(tty, 1000) == 'l' && tty_mode(tty, 1004) == 'l' && tty_mode(tty, 1006) == 'l');
    CHECK(tty_mode(tty, 7) == 'h');
    return true;
}

static bool t_every_exit_gives_the_terminal_back(struct tty *tty)
{
    static const int numbers[] = { SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE };

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (i)
            tty_end(tty);
        printf("# signal %d\n", numbers[i]);
        CHECK(start(tty, "xterm-256color", NULL));
        tty_signal(tty, numbers[i]);
        CHECK(tty_wait_exit(tty, AT_ONCE));
        CHECK(is_given_back(tty));
    }
    tty_end(tty);
    CHECK(start(tty, "xterm-256color", NULL));
    tty_keys(tty, "?"); // hides the cursor
    tty_settle(tty);
    CHECK(!tty->is_cursor_visible);
    tty_signal(tty, SIGTERM);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(is_given_back(tty));
    tty_end(tty);
    CHECK(start(tty, "xterm-256color", NULL));
    tty_signal(tty, SIGINT);
    tty_signal(tty, SIGPIPE);
    tty_settle(tty);
    CHECK(tty->exit_status < 0); // a key; nothing
    CHECK(leave(tty));
    return is_given_back(tty);
}

// ---- pastes

// Paste; ms until what it does is shown and the keyboard is back.
static long paste(struct tty *tty, const char *text, size_t len, const char *end)
{
    tty_keys(tty, "\033[200~");
    tty_send(tty, text, len);
    tty_keys(tty, end);

    long since = tty_now_ms();

    tty_wait_text(tty, "this text never comes", 0);
    tty_settle(tty);
    return tty_now_ms() - since;
}

static bool t_a_paste_arrives_whole_in_a_text_field(struct tty *tty)
{
    size_t len = is_long() ? 10 << 20 : 1 << 20;
    char *text = malloc(len), *all;
    long took;

    memset(text, 'd', len);
    memcpy(text + len - 8, "the last", 8);
    CHECK(start(tty, "xterm-256color", NULL));
    tty_keys(tty, "))M");
    CHECK(tty_wait_text(tty, "note:", WAIT));
    took = paste(tty, text, len, "\033[201~");
    CHECK(took < AT_ONCE * (is_long() ? 10 : 1));
    CHECK(tty_wait_text(tty, "the last", AT_ONCE));
    tty_keys(tty, "\r\r");
    for (long since = tty_now_ms(); !tty_is_saved("the last") && tty_now_ms() < since + WAIT;)
        tty_settle(tty);
    CHECK(tty->exit_status < 0);
    all = tty_saved();

    const char *at = strstr(all, "ddddd");

    CHECK(at && strspn(at, "d") == len - 8 && !strncmp(at + len - 8, "the last", 8));
    free(text);
    free(all);
    return true;
}

// Everything that can be pasted into but text fields: nothing happens.
static bool t_a_paste_elsewhere_runs_no_command(struct tty *tty)
{
    static const char *const places[] = { "", "\t", "|", "gd", "gw", "?", "gC", "v", "\"", "3" };
    static const char evil[] = "ddCC\rq\033[A!!x\r\033[201~ddCCq\r:q\ry";
    char *before = tty_saved(), *after;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        if (i)
            tty_end(tty);
        printf("# after '%s'\n", places[i]);
        CHECK(start(tty, "xterm-256color", NULL));
        tty_keys(tty, places[i]);
        tty_settle(tty);
        paste(tty, evil, sizeof(evil) - 1, "\033[201~");
        tty_settle(tty);
        CHECK(tty->exit_status < 0);
        after = tty_saved();
        CHECK(!strcmp(before, after));
        free(after);
    }
    free(before);
    return true;
}

// clang-format off
static const struct tty_test tests[] = {
    TTY_TEST(every_type_shows_the_grid),
    TTY_TEST(colors_are_those_of_the_description),
    TTY_TEST(every_type_and_locale_starts_or_says_what_to_set),
    TTY_TEST(random_sizes_and_keys_break_nothing),
    TTY_TEST(too_small_a_terminal_is_told_so),
    TTY_TEST(every_exit_gives_the_terminal_back),
    TTY_TEST(a_paste_arrives_whole_in_a_text_field),
    TTY_TEST(a_paste_elsewhere_runs_no_command),
};
// clang-format on

int main(int argc, char **argv)
{
    return tty_main(argc, argv, tests, sizeof(tests) / sizeof(tests[0]), &program);
}
