// Sittings of the reader on a terminal: what only a real terminal, real signals and a real end of
// the line can show. What the screen says is the business of the golden screens. usage: sessions
// --list; sessions NAME PROGRAM ARGS...   (prints an ok line; the folder is a workspace to spoil)
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tty.h"

#define FIRST "Ferry Sinks off Lindø" // stands on the first screen

static char *const *program; // and its arguments

static void start_with(struct tty *tty, int rows, int cols, const char *setting)
{
    const char *const env[] = { "TERM=xterm-256color", "LC_ALL=C.UTF-8", "NO_COLOR", setting,
                                NULL };

    tty_start(tty, rows, cols, program, env);
}

static bool start(struct tty *tty)
{
    start_with(tty, 24, 80, NULL);
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    tty_settle(tty);
    return true;
}

static bool is_given_back(struct tty *tty)
{
    CHECK(!tty->is_alternate);
    CHECK(tty->is_cursor_visible);
    CHECK(tty_mode(tty, 2004) == 'l');
    CHECK(tty_modes_restored(tty));
    return true;
}

static bool t_starts_and_leaves(struct tty *tty)
{
    CHECK(start(tty));
    CHECK(tty->is_alternate);
    CHECK(tty_mode(tty, 2004) == 'h');
    tty_keys(tty, "q");
    CHECK(tty_wait_exit(tty, WAIT));
    CHECK(tty->exit_status == 0);
    return is_given_back(tty);
}

static bool t_resize_storm_ends_as_a_fresh_screen(struct tty *tty)
{
    static const int sizes[][2] = { { 1, 1 },   { 2, 5 },   { 200, 300 }, { 1, 80 }, { 24, 1 },
                                    { 5, 20 },  { 12, 40 }, { 50, 132 },  { 3, 3 },  { 24, 80 },
                                    { 10, 10 }, { 1, 1 },   { 30, 100 } };
    char row[4096], fresh_row[4096];
    struct tty fresh;

    CHECK(start(tty));
    for (int i = 0; i < 100; i++) {
        tty_resize(tty, sizes[i % 13][0], sizes[i % 13][1]);
        tty_keys(tty, "0"); // moves nothing, but draws
        if (i % 10 == 0)
            tty_settle(tty);
    }
    tty_resize(tty, 24, 80);
    tty_settle(tty);
    CHECK(tty_wait_text(tty, FIRST, WAIT));

    bool ok = start(&fresh);

    tty_settle(&fresh);
    for (int i = 0; ok && i < 24; i++) {
        tty_row(tty, i, row, sizeof(row));
        tty_row(&fresh, i, fresh_row, sizeof(fresh_row));
        ok = !strcmp(row, fresh_row);
        if (!ok)
            printf("# row %d is %s\n# but fresh %s\n", i, row, fresh_row);
    }
    tty_end(&fresh);
    CHECK(ok);
    return true;
}

// The program's arguments with another article and, unless NULL, an option with its value.
static char *const *program_with(const char *article, const char *option, const char *value)
{
    static char *arguments[16];
    size_t count = 0;

    while (program[count + 1] && count < 12) {
        arguments[count] = program[count];
        count++;
    }
    arguments[count++] = strdup(article); // the last one
    if (option)
        arguments[count++] = strdup(option);
    if (option)
        arguments[count++] = strdup(value);
    arguments[count] = NULL;
    return arguments;
}

#define CELLS (24 * 80)

static void take_cells(const struct tty *tty, VTermScreenCell *out)
{
    memset(out, 0, CELLS * sizeof(*out));
    for (int i = 0; i < CELLS; i++)
        vterm_screen_get_cell(tty->screen, (VTermPos){ .row = i / 80, .col = i % 80 }, &out[i]);
}

static bool is_blank(const VTermScreenCell *cell)
{
    return !cell->chars[0] || (cell->chars[0] == ' ' && !cell->chars[1]);
}

// Do they look alike? Of a blank only what shows on one is compared.
static bool is_cell_eq(const VTermScreenCell *a, const VTermScreenCell *b)
{
    if (a->chars[0] == UINT32_MAX && b->chars[0] == UINT32_MAX)
        return true; // right half of a wide character: it has no looks of its own
    if (a->attrs.underline != b->attrs.underline || a->attrs.reverse != b->attrs.reverse ||
        !vterm_color_is_equal(&a->bg, &b->bg))
        return false;
    if (is_blank(a) && is_blank(b))
        return true;
    return !memcmp(a->chars, b->chars, sizeof(a->chars)) && a->width == b->width &&
           a->attrs.bold == b->attrs.bold && vterm_color_is_equal(&a->fg, &b->fg);
}

static void print_cells(int step, int cell, const VTermScreenCell *a, const VTermScreenCell *b)
{
    printf("# step %d, row %d column %d:\n", step, cell / 80, cell % 80);
    for (int i = 0; i < 2; i++, a = b)
        printf("# U+%04X U+%04X width %d bold %d underline %d reverse %d fg %d/%d bg %d/%d\n",
               a->chars[0], a->chars[1], a->width, a->attrs.bold, a->attrs.underline,
               a->attrs.reverse, a->fg.type, a->fg.indexed.idx, a->bg.type, a->bg.indexed.idx);
}

// A text that is hard to keep in its columns, beside the two articles.
static bool write_wide_text(void)
{
    FILE *file = fopen("corpus/ferry/wide.txt", "w");

    CHECK(file);
    for (int i = 0; i < 40; i++)
        fprintf(
            file,
            "%d 日本語のテキスト e\xCC\x81\xCC\x81 \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 "
            "\xF0\x9F\x87\xB5\xF0\x9F\x87\xB0 \xE2\x9D\xA4\xEF\xB8\x8F "
            "\xE2\x80\xAEsaid\xE2\x80\xAC "
            "\tשלום \x1B[31mred\x1B[0m \xFF e\xCC\x80 한글 the ship sank, he said.\n\n",
            i);
    fclose(file);
    return true;
}

// With `first` typed at the beginning.
static bool scroll_and_redraw(struct tty *tty, const char *setting, const char *first)
{
    static const char *const steps[] = { "j",    "j", "k", "\005", "\031", " ",  "\004",
                                         "\025", ")", "G", "gg",   "}",    "\t", "7j" };
    static VTermScreenCell drawn[CELLS], redrawn[CELLS];
    unsigned random = 1;
    int count = getenv("GAINSAY_LONG") ? 1000 : 300;

    CHECK(write_wide_text());
    program = program_with("ferry/wide", NULL, NULL);
    start_with(tty, 24, 80, setting);
    CHECK(tty_wait_text(tty, "日本語", WAIT));
    tty_keys(tty, first);
    for (int i = 0; i < count; i++) {
        random = random * 1103515245u + 12345u;
        tty_keys(tty, steps[(random >> 16) % (sizeof(steps) / sizeof(steps[0]))]);
        if (i % 20)
            continue;
        tty_keys(tty, "0vv"); // v is no motion: what waits for rest is shown
        tty_settle(tty);
        take_cells(tty, drawn);
        tty_keys(tty, "\f");
        tty_settle(tty);
        take_cells(tty, redrawn);
        for (int cell = 0; cell < CELLS; cell++) {
            if (!is_cell_eq(&drawn[cell], &redrawn[cell]))
                print_cells(i, cell, &drawn[cell], &redrawn[cell]);
            CHECK(is_cell_eq(&drawn[cell], &redrawn[cell]));
        }
    }
    return true;
}

static bool t_scrolling_leaves_what_a_redraw_shows(struct tty *tty)
{
    return scroll_and_redraw(tty, NULL, "");
}

// The list beside the text is scrolled along while keys are held.
static bool t_scrolling_beside_a_list_does_too(struct tty *tty)
{
    return scroll_and_redraw(tty, NULL, "gC");
}

static bool t_scrolling_inside_margins_does_too(struct tty *tty)
{
    return scroll_and_redraw(tty, "GAINSAY_MARGINS=1", "gC");
}

// A count, not a time: raise it only for what is worth being sent over a slow line.
static bool t_a_start_stays_within_its_bytes(struct tty *tty)
{
    start_with(tty, 40, 120, NULL);
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    tty_settle(tty);
    printf("# %zu bytes\n", tty->bytes);
    CHECK(tty->bytes <= 4700); // 4,300 of them the text and the signs around it
    return true;
}

static bool t_keys_held_down_cost_one_picture(struct tty *tty)
{
    char keys[200];
    size_t before;

    CHECK(start(tty));
    before = tty->bytes;
    tty_keys(tty, "\f"); // the whole screen once
    tty_settle(tty);

    size_t picture = tty->bytes - before;

    memset(keys, 'j', sizeof(keys));
    before = tty->bytes;
    tty_send(tty, keys, sizeof(keys));
    tty_settle(tty);
    CHECK(tty->bytes - before <= 2 * picture); // the write may arrive in two
    return true;
}

static bool t_is_silent_when_idle(struct tty *tty)
{
    CHECK(start(tty));

    size_t before = tty->bytes;
    long since = tty_now_ms();

    while (tty_now_ms() < since + 500)
        tty_wait_text(tty, "this text never comes", 100);
    CHECK(tty->bytes == before);
    return true;
}

static bool t_hang_up_ends_it_with_the_claim_saved(struct tty *tty)
{
    CHECK(start(tty));
    tty_keys(tty, ")))C");
    tty_settle(tty);
    tty_hang_up(tty);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(tty->exit_status == 0);
    CHECK(tty_is_saved("created: 2026-03-01T12:00:00Z"));
    return true;
}

static bool ends_by(struct tty *tty, int number)
{
    CHECK(start(tty));
    tty_keys(tty, ")))C");
    tty_settle(tty);
    tty_signal(tty, number);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(tty->exit_status == 0);
    CHECK(tty_is_saved("created: 2026-03-01T12:00:00Z"));
    return is_given_back(tty);
}

static bool t_sigterm_ends_it(struct tty *tty)
{
    return ends_by(tty, SIGTERM);
}

static bool t_sighup_ends_it(struct tty *tty)
{
    return ends_by(tty, SIGHUP);
}

static bool is_full(const struct tty *tty)
{
    struct pollfd out = { .fd = tty->slave, .events = POLLOUT };

    return !poll(&out, 1, 0);
}

// The terminal stops reading in the middle of a picture.
static bool stuff(struct tty *tty)
{
    start_with(tty, 200, 400, NULL);
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    tty_settle(tty);
    tty->is_deaf = true;
    for (long end = tty_now_ms() + WAIT; !is_full(tty) && tty_now_ms() < end;) {
        tty_keys(tty, "\f");
        poll(NULL, 0, 5);
    }
    CHECK(is_full(tty));
    return true;
}

static bool ends_while_stuck(struct tty *tty, int number)
{
    CHECK(stuff(tty));
    tty_signal(tty, number);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    tty->is_deaf = false;
    tty_settle(tty);
    CHECK(!(fcntl(tty->slave, F_GETFL) & O_NONBLOCK));
    return is_given_back(tty);
}

static bool t_a_terminal_that_stops_reading_holds_nobody_up(struct tty *tty)
{
    CHECK(ends_while_stuck(tty, SIGTERM));
    tty_end(tty);
    CHECK(ends_while_stuck(tty, SIGABRT));
    tty_end(tty);
    CHECK(stuff(tty));
    tty_keys(tty, ")))C");
    tty_settle(tty);
    tty_hang_up(tty);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(tty_is_saved("created: 2026-03-01T12:00:00Z"));
    return true;
}

// Pictures that the terminal never took are not drawn: it sees the last one.
static bool t_a_terminal_that_reads_again_sees_the_last_picture(struct tty *tty)
{
    CHECK(stuff(tty));
    tty_keys(tty, "jk?");
    tty_settle(tty);
    tty->is_deaf = false;
    CHECK(tty_wait_text(tty, "close  / search", WAIT));
    tty_settle(tty);
    tty_keys(tty, "\033q");
    CHECK(tty_wait_exit(tty, WAIT));
    return is_given_back(tty);
}

static bool t_a_deadly_signal_gives_the_terminal_back(struct tty *tty)
{
    CHECK(start(tty));
    tty_signal(tty, SIGFPE);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(tty->exit_status != 0); // 128 + SIGFPE, or what a sanitizer makes of it
    return is_given_back(tty);
}

static bool stops_and_comes_back(struct tty *tty)
{
    CHECK(tty_wait_stop(tty, WAIT));
    CHECK(is_given_back(tty));
    tty_continue(tty);
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    CHECK(tty->is_alternate);
    tty_settle(tty);
    tty_keys(tty, "q");
    CHECK(tty_wait_exit(tty, WAIT));
    CHECK(tty->exit_status == 0);
    return is_given_back(tty);
}

static bool t_suspends_by_key(struct tty *tty)
{
    CHECK(start(tty));
    tty_keys(tty, "\032");
    return stops_and_comes_back(tty);
}

static bool t_suspends_by_signal(struct tty *tty)
{
    CHECK(start(tty));
    tty_signal(tty, SIGTSTP);
    return stops_and_comes_back(tty);
}

static bool t_draws_anew_after_a_stop_it_could_not_see(struct tty *tty)
{
    size_t before;

    CHECK(start(tty));
    tty_signal(tty, SIGSTOP);
    CHECK(tty_wait_stop(tty, WAIT));
    before = tty->bytes;
    tty_continue(tty);
    tty_settle(tty);
    CHECK(tty->bytes > before + 200);
    CHECK(tty_has(tty, FIRST));
    return true;
}

static bool t_control_s_is_a_key(struct tty *tty)
{
    CHECK(start(tty));
    tty_keys(tty, "\023\021\034");
    tty_settle(tty);
    CHECK(tty->exit_status < 0);
    tty_keys(tty, "q");
    CHECK(tty_wait_exit(tty, WAIT));
    CHECK(tty->exit_status == 0);
    return true;
}

static bool t_a_paste_into_the_text_runs_no_command(struct tty *tty)
{
    char *before = tty_saved(), *after, *big = malloc(1 << 20);

    CHECK(start(tty));
    tty_keys(tty, "\033[200~ddCCq\033[A!!x\r\033[201~");
    memset(big, 'd', 1 << 20);
    tty_keys(tty, "\033[200~");
    tty_send(tty, big, 1 << 20);
    tty_keys(tty, "\033[201~");
    tty_settle(tty);
    free(big);
    after = tty_saved();
    CHECK(tty->exit_status < 0);
    CHECK(!strcmp(before, after));
    free(before);
    free(after);
    return true;
}

static bool t_a_paste_without_end_gives_the_keys_back(struct tty *tty)
{
    CHECK(start(tty));
    tty_keys(tty, "\033[200~ddd");
    tty_settle(tty); // shorter than the paste's limit: the next key still belongs to it
    CHECK(tty->exit_status < 0);

    long since = tty_now_ms();

    while (tty_now_ms() < since + 1200)
        tty_wait_text(tty, "this text never comes", 100);
    tty_keys(tty, "q");
    CHECK(tty_wait_exit(tty, AT_ONCE));
    return true;
}

#define RULE "──────────────────"

static bool t_a_recorded_sitting_can_be_played(struct tty *tty)
{
    char command[1024], text[4096] = "";

    program = program_with("ferry/herald", "--record", "sitting.keys");
    CHECK(start(tty));
    tty_keys(tty, "))C");
    tty_keys(tty, "\033[200~pasted\033[201~");
    CHECK(tty_wait_text(tty, "text fields only", WAIT)); // or the size could come before the keys
    tty_resize(tty, 30, 100);
    CHECK(tty_wait_text(tty, RULE RULE RULE, WAIT)); // 80 columns have no room for it
    tty_keys(tty, "uq");
    CHECK(tty_wait_exit(tty, WAIT));

    FILE *file = fopen("sitting.keys", "r");

    CHECK(file);
    CHECK(fread(text, 1, sizeof(text) - 1, file) > 0);
    fclose(file);
    CHECK(strstr(text, "\nresize 80x24\nkeys ))C\npaste \"pasted\"\nresize 100x30\nkeys uq\n"));
    snprintf(command, sizeof(command), "'%s' --as ana read ferry/herald --script sitting.keys",
             program[0]);
    CHECK(system(command) == 0);
    return true;
}

// A key that asks for an editor: a note on the sentence, by <C-x>.
static bool start_editor(struct tty *tty, const char *setting)
{
    FILE *file = fopen("editor.sh", "w");

    CHECK(file);
    fputs("stty -a | grep -q ' icanon' && echo in the editor >\"$1\"\n", file);
    fclose(file);
    start_with(tty, 24, 80, setting);
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    tty_keys(tty, "))M\030");
    return true;
}

static bool t_the_editor_gets_the_terminal_and_gives_it_back(struct tty *tty)
{
    CHECK(start_editor(tty, "VISUAL=sh editor.sh"));
    CHECK(tty_wait_text(tty, "note: in the editor", WAIT));
    CHECK(tty->is_alternate);
    CHECK(tty_mode(tty, 2004) == 'h');
    tty_keys(tty, "\rq");
    tty_settle(tty);
    CHECK(tty_is_saved("text: in the editor"));
    return true;
}

static bool t_an_editor_that_fails_is_named(struct tty *tty)
{
    CHECK(start_editor(tty, "VISUAL=no-such-editor"));
    CHECK(tty_wait_text(tty, "no-such-editor", WAIT));
    tty_keys(tty, "\033");
    tty_settle(tty);
    CHECK(tty_has(tty, FIRST));
    return true;
}

static bool refuses(struct tty *tty, const char *setting, const char *message)
{
    start_with(tty, 24, 80, setting);
    CHECK(tty_wait_exit(tty, WAIT));
    CHECK(tty->exit_status == 3);
    CHECK(tty_has(tty, message));
    CHECK(tty_modes_restored(tty));
    return true;
}

static bool t_says_what_is_wrong_with_TERM(struct tty *tty)
{
    CHECK(refuses(tty, "TERM=dumb", "TERM is 'dumb', a terminal that cannot place its cursor"));
    tty_end(tty);
    CHECK(refuses(tty, "TERM=no-such", "TERM is 'no-such', a type this system does not know"));
    tty_end(tty);
    CHECK(refuses(tty, "TERM", "TERM is not set"));
    return true;
}

static bool t_unknown_relatives_of_xterm_start(struct tty *tty)
{
    static const char *const types[] = { "TERM=xterm-kitty", "TERM=tmux-direct", "TERM=vt100",
                                         "TERM=linux" };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (i)
            tty_end(tty);
        start_with(tty, 24, 80, types[i]);
        CHECK(tty_wait_text(tty, FIRST, WAIT));
        tty_keys(tty, "q");
        CHECK(tty_wait_exit(tty, WAIT));
        CHECK(tty_modes_restored(tty));
    }
    return true;
}

static bool t_starts_where_no_locale_is_set(struct tty *tty)
{
    start_with(tty, 24, 80, "LC_ALL");
    CHECK(tty_wait_text(tty, FIRST, WAIT));
    return true;
}

static bool t_says_what_is_wrong_with_the_locale(struct tty *tty)
{
    return refuses(tty, "LC_ALL=C", "the locale's character set is '");
}

static bool t_wide_and_narrow_terminals_start(struct tty *tty)
{
    static const int sizes[][2] = { { 1, 1 }, { 2, 5 }, { 5, 20 }, { 500, 1000 } };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        if (i)
            tty_end(tty);
        start_with(tty, sizes[i][0], sizes[i][1], NULL);
        tty_settle(tty);
        CHECK(tty->exit_status < 0);
        tty_keys(tty, "q");
        CHECK(tty_wait_exit(tty, WAIT));
        CHECK(tty->exit_status == 0);
    }
    return true;
}

// ---- a text that is being typed

// The sitting after this one offers a text that begins so; it is dropped.
static bool is_offered(const char *text)
{
    struct tty next;

    start_with(&next, 24, 80, NULL);

    bool ok = tty_wait_text(&next, text, WAIT);

    if (!ok)
        tty_print(&next);
    tty_keys(&next, "d\033q");
    (void)tty_wait_exit(&next, WAIT);
    tty_end(&next);
    return ok;
}

// Type `text` into a note; true when it is seen.
static bool type_note(struct tty *tty, const char *text)
{
    size_t len = strlen(text);

    CHECK(start(tty));
    tty_keys(tty, "))M");
    tty_keys(tty, text);
    CHECK(tty_wait_text(tty, text + (len > 20 ? len - 20 : 0), WAIT));
    return true;
}

static void add_words(char *out, size_t from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sprintf(out + 5 * i, "w%03zu,", from + i);
}

// Killed after 400 characters and less than 200 more.
static bool t_a_killed_sitting_loses_two_hundred_characters(struct tty *tty)
{
    char text[5 * 110 + 1];

    add_words(text, 0, 110);
    CHECK(type_note(tty, text));
    tty_signal(tty, SIGKILL);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(is_offered("w078,")); // the opening key counts too
    return true;
}

// Or 4 seconds.
static bool t_a_killed_sitting_loses_four_seconds(struct tty *tty)
{
    CHECK(type_note(tty, "the boats came late"));

    long since = tty_now_ms();

    while (tty_now_ms() < since + 4200)
        tty_wait_text(tty, "this text never comes", 100);
    tty_keys(tty, ", gone");
    CHECK(tty_wait_text(tty, "late, gone", WAIT));
    tty_signal(tty, SIGKILL);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(is_offered("the boats came late"));
    return true;
}

// Killed after each number of characters.
static bool t_a_sitting_killed_at_each_of_400_keys(struct tty *tty)
{
    char whole[5 * 80 + 1], text[sizeof(whole)], word[32];

    add_words(whole, 0, 80);
    for (size_t n = 1; n <= 400; n++) {
        size_t kept = (n + 1) / 200 * 200; // M counts too, and is no character

        snprintf(text, n + 1, "%s", whole);
        if (n > 1)
            tty_end(tty);
        CHECK(type_note(tty, text));
        tty_signal(tty, SIGKILL);
        CHECK(tty_wait_exit(tty, AT_ONCE));
        snprintf(word, sizeof(word), "w%03zu,", kept / 5 - 2);
        CHECK(is_offered(kept ? word : FIRST));
    }
    return true;
}

// No ghost stays, and no text is lost.
static bool t_two_hundred_hang_ups(struct tty *tty)
{
    char text[32];

    for (int i = 0; i < 200; i++) {
        snprintf(text, sizeof(text), "the boats came late %d", i);
        if (i)
            tty_end(tty);
        CHECK(type_note(tty, text));
        tty_hang_up(tty);
        CHECK(tty_wait_exit(tty, AT_ONCE));
        CHECK(is_offered(text));
    }
    return true;
}

static bool t_a_hang_up_loses_no_character(struct tty *tty)
{
    CHECK(type_note(tty, "the boats came late"));
    tty_hang_up(tty);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(is_offered("the boats came late"));
    return true;
}

// Nor one that was typed before the signal and not read yet.
static bool t_sigterm_loses_no_character(struct tty *tty)
{
    CHECK(type_note(tty, "the boats"));
    tty_signal(tty, SIGSTOP);
    CHECK(tty_wait_stop(tty, WAIT));
    tty_keys(tty, " came late");
    tty_signal(tty, SIGTERM);
    tty_continue(tty);
    CHECK(tty_wait_exit(tty, AT_ONCE));
    CHECK(is_offered("the boats came late"));
    return true;
}

// clang-format off
static const struct tty_test tests[] = {
    TTY_TEST(starts_and_leaves),
    TTY_TEST(resize_storm_ends_as_a_fresh_screen),
    TTY_TEST(scrolling_leaves_what_a_redraw_shows),
    TTY_TEST(scrolling_beside_a_list_does_too),
    TTY_TEST(scrolling_inside_margins_does_too),
    TTY_TEST(a_start_stays_within_its_bytes),
    TTY_TEST(keys_held_down_cost_one_picture),
    TTY_TEST(is_silent_when_idle),
    TTY_TEST(hang_up_ends_it_with_the_claim_saved),
    TTY_TEST(sigterm_ends_it),
    TTY_TEST(sighup_ends_it),
    TTY_TEST(a_killed_sitting_loses_two_hundred_characters),
    TTY_LONG_TEST(a_killed_sitting_loses_four_seconds),
    TTY_LONG_TEST(a_sitting_killed_at_each_of_400_keys),
    TTY_LONG_TEST(two_hundred_hang_ups),
    TTY_TEST(a_hang_up_loses_no_character),
    TTY_TEST(sigterm_loses_no_character),
    TTY_TEST(a_terminal_that_stops_reading_holds_nobody_up),
    TTY_TEST(a_terminal_that_reads_again_sees_the_last_picture),
    TTY_TEST(a_deadly_signal_gives_the_terminal_back),
    TTY_TEST(suspends_by_key),
    TTY_TEST(suspends_by_signal),
    TTY_TEST(draws_anew_after_a_stop_it_could_not_see),
    TTY_TEST(control_s_is_a_key),
    TTY_TEST(a_paste_into_the_text_runs_no_command),
    TTY_TEST(a_paste_without_end_gives_the_keys_back),
    TTY_TEST(a_recorded_sitting_can_be_played),
    TTY_TEST(the_editor_gets_the_terminal_and_gives_it_back),
    TTY_TEST(an_editor_that_fails_is_named),
    TTY_TEST(says_what_is_wrong_with_TERM),
    TTY_TEST(unknown_relatives_of_xterm_start),
    TTY_TEST(starts_where_no_locale_is_set),
    TTY_TEST(says_what_is_wrong_with_the_locale),
    TTY_TEST(wide_and_narrow_terminals_start),
};
// clang-format on

int main(int argc, char **argv)
{
    return tty_main(argc, argv, tests, sizeof(tests) / sizeof(tests[0]), &program);
}
