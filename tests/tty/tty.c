// The terminal of tests: see tty.h.
// Never used by the program itself.
#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SAVED_MAX ((size_t)64 << 20)
#define QUIET_MS  60    // no byte for so long, and the program sleeps: settled
#define SETTLE_MS 10000 // at most, on a busy machine

static void die(const char *what)
{
    perror(what);
    exit(2);
}

static void set_size(int fd, int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

    if (ioctl(fd, TIOCSWINSZ, &size))
        die("TIOCSWINSZ");
}

// ---- the shell: one job, in front. Tells 'P' pid, 'S', 'E' status; is told 'f' to continue it.

static void tell(int fd, char what, int value)
{
    char message[1 + sizeof(value)] = { what };

    memcpy(message + 1, &value, sizeof(value));
    if (write(fd, message, sizeof(message)) < 0)
        _exit(1);
}

static void set_environment(const char *const *env)
{
    for (size_t i = 0; env[i]; i++) {
        char *name = strdup(env[i]), *equals = strchr(name, '=');

        if (equals) {
            *equals = '\0';
            setenv(name, equals + 1, 1);
        } else {
            unsetenv(name);
        }
        free(name);
    }
}

static void run_job(int slave, char *const *argv, const char *const *env)
{
    setpgid(0, 0);
    tcsetpgrp(slave, getpid());
    signal(SIGTTOU, SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    set_environment(env);
    dup2(slave, 0);
    dup2(slave, 1);
    dup2(slave, 2);
    execv(argv[0], argv);
    _exit(127);
}

static void run_shell(int slave, int orders, int reports, char *const *argv, const char *const *env)
{
    int status;

    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    signal(SIGTTOU, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN); // the program must see the end of the terminal by itself

    pid_t pid = fork();

    if (!pid)
        run_job(slave, argv, env);
    setpgid(pid, pid);
    tell(reports, 'P', pid);
    while (waitpid(pid, &status, WUNTRACED) == pid) {
        char order;

        tcsetpgrp(slave, getpid());
        if (!WIFSTOPPED(status)) {
            tell(reports, 'E', WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
            break;
        }
        tell(reports, 'S', 0);
        if (read(orders, &order, 1) != 1)
            break;
        tcsetpgrp(slave, pid);
        kill(-pid, SIGCONT);
    }
    _exit(0);
}

// ---- the terminal

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    struct tty *tty = user;

    if (prop == VTERM_PROP_ALTSCREEN)
        tty->is_alternate = value->boolean;
    if (prop == VTERM_PROP_CURSORVISIBLE)
        tty->is_cursor_visible = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

// Bytes at the end that begin a character of UTF-8 and do not end it.
static size_t unfinished(const char *bytes, size_t len)
{
    for (size_t back = 1; back <= 3 && back <= len; back++) {
        unsigned char c = (unsigned char)bytes[len - back];

        if (c >= 0xC0)
            return back < (c >= 0xF0 ? 4U : c >= 0xE0 ? 3U : 2U) ? back : 0;
        if (c < 0x80)
            return 0;
    }
    return 0;
}

// The same of an escape sequence, when it begins within `most` bytes.
static size_t unfinished_sequence(const char *bytes, size_t len)
{
    const size_t most = 64;
    size_t beg = len;

    while (beg > 0 && len - beg < most && bytes[beg - 1] != '\033')
        beg--;
    if (!beg || bytes[beg - 1] != '\033')
        return 0;
    if (beg == len)
        return 1;
    if (bytes[beg] == '(' || bytes[beg] == ')')
        return beg + 1 == len ? 2 : 0;
    if (bytes[beg] != '[')
        return 0;
    for (size_t i = beg + 1; i < len; i++)
        if (bytes[i] >= 0x40 && bytes[i] <= 0x7E)
            return 0;
    return len - beg + 1;
}

// Keep what came and show it, but for a character or a sequence that is not whole.
static void take_bytes(struct tty *tty, const char *bytes, size_t len)
{
    const char *fresh;

    tty->log = realloc(tty->log, tty->bytes + len);
    memcpy(tty->log + tty->bytes, bytes, len);
    tty->bytes += len;
    fresh = tty->log + tty->shown;
    len = tty->bytes - tty->shown;
    len -= unfinished(fresh, len);
    len -= unfinished_sequence(fresh, len);
    vterm_input_write(tty->vterm, fresh, len);
    tty->shown += len;
}

static void take_report(struct tty *tty)
{
    char message[1 + sizeof(int)];
    int value;

    if (read(tty->reports, message, sizeof(message)) != (ssize_t)sizeof(message))
        return;
    memcpy(&value, message + 1, sizeof(value));
    if (message[0] == 'P')
        tty->pid = value;
    if (message[0] == 'S')
        tty->is_stopped = true;
    if (message[0] == 'E')
        tty->exit_status = value;
}

// Wait up to `ms` for output or a report; true when something came.
static bool pump(struct tty *tty, int ms)
{
    struct pollfd fds[2] = {
        { .fd = tty->is_deaf ? -1 : tty->master, .events = POLLIN },
        { .fd = tty->exit_status < 0 ? tty->reports : -1, .events = POLLIN },
    };
    char bytes[65536];

    if (poll(fds, 2, ms) <= 0)
        return false;
    if (fds[0].revents & POLLIN) {
        ssize_t count = read(tty->master, bytes, sizeof(bytes));

        if (count > 0) {
            take_bytes(tty, bytes, (size_t)count);
            return true;
        }
    }
    if (fds[1].revents & POLLIN) {
        take_report(tty);
        return true;
    }
    return false;
}

long tty_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

char tty_mode(const struct tty *tty, int number)
{
    char last = 0;

    for (size_t i = 0; i + 3 < tty->bytes; i++) {
        bool is_named = false;

        if (memcmp(tty->log + i, "\033[?", 3) != 0)
            continue;
        i += 3;
        for (int param = 0; i < tty->bytes; i++) {
            char c = tty->log[i];

            if (c >= '0' && c <= '9') {
                param = param * 10 + c - '0';
                continue;
            }
            is_named = is_named || param == number;
            param = 0;
            if (c == ';')
                continue;
            if (is_named && (c == 'h' || c == 'l'))
                last = c;
            break;
        }
    }
    return last;
}

void tty_start(struct tty *tty, int rows, int cols, char *const *argv, const char *const *env)
{
    int orders[2], reports[2];

    *tty = (struct tty){ .rows = rows, .cols = cols, .exit_status = -1, .is_cursor_visible = true };
    tty->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (tty->master < 0 || grantpt(tty->master) || unlockpt(tty->master))
        die("posix_openpt");
    tty->slave = open(ptsname(tty->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (tty->slave < 0 || tcgetattr(tty->slave, &tty->modes))
        die("pty");
    if (pipe2(orders, O_CLOEXEC) || pipe2(reports, O_CLOEXEC))
        die("pipe");
    set_size(tty->master, rows, cols);
    tty->vterm = vterm_new(rows, cols);
    vterm_set_utf8(tty->vterm, 1);
    tty->screen = vterm_obtain_screen(tty->vterm);
    vterm_screen_enable_altscreen(tty->screen, 1);
    vterm_screen_set_callbacks(tty->screen, &callbacks, tty);
    vterm_screen_reset(tty->screen, 1);

    tty->shell = fork();
    if (tty->shell < 0)
        die("fork");
    if (!tty->shell) {
        close(tty->master);
        close(orders[1]);
        close(reports[0]);
        run_shell(tty->slave, orders[0], reports[1], argv, env);
    }
    close(orders[0]);
    close(reports[1]);
    tty->orders = orders[1];
    tty->reports = reports[0];
    while (!tty->pid)
        take_report(tty);
}

void tty_end(struct tty *tty)
{
    if (tty->exit_status < 0)
        kill(tty->pid, SIGKILL);
    close(tty->orders);
    close(tty->reports);
    if (tty->master >= 0)
        close(tty->master);
    close(tty->slave);
    waitpid(tty->shell, NULL, 0);
    vterm_free(tty->vterm);
    free(tty->log);
}

void tty_send(struct tty *tty, const char *bytes, size_t len)
{
    while (len) {
        struct pollfd fd = { .fd = tty->master, .events = POLLOUT };
        size_t part = len < 1024 ? len : 1024; // a pty holds 4096 at most

        while (pump(tty, 0))
            continue;
        if (poll(&fd, 1, SETTLE_MS) <= 0)
            return;

        ssize_t count = write(tty->master, bytes, part);

        if (count < 0)
            return;
        bytes += count;
        len -= (size_t)count;
    }
}

void tty_keys(struct tty *tty, const char *keys)
{
    tty_send(tty, keys, strlen(keys));
}

// Terminals scroll all of their rows again after another size. This libvterm would keep the rows it
// was told, and scroll what lies behind its cells.
static void forget_margins(struct tty *tty)
{
    char sequence[64];
    VTermPos pos;

    vterm_state_get_cursorpos(vterm_obtain_state(tty->vterm), &pos);
    snprintf(sequence, sizeof(sequence), "\033[r\033[%d;%dH", pos.row + 1, pos.col + 1);
    vterm_input_write(tty->vterm, sequence, strlen(sequence));
}

void tty_resize(struct tty *tty, int rows, int cols)
{
    forget_margins(tty);
    tty->rows = rows;
    tty->cols = cols;
    // Of what is on its way for the size before: a wide character in one column writes behind
    // libvterm's cells.
    vterm_set_size(tty->vterm, rows > 0 ? rows : 1, cols > 1 ? cols : 2);
    set_size(tty->master, rows, cols);
}

void tty_hang_up(struct tty *tty)
{
    close(tty->master);
    tty->master = -1;
}

void tty_signal(struct tty *tty, int number)
{
    kill(tty->pid, number);
}

void tty_continue(struct tty *tty)
{
    tty->is_stopped = false;
    if (write(tty->orders, "f", 1) != 1)
        die("orders");
}

bool tty_has(const struct tty *tty, const char *text)
{
    char row[4096];

    for (int i = 0; i < tty->rows; i++) {
        tty_row(tty, i, row, sizeof(row));
        if (strstr(row, text))
            return true;
    }
    return false;
}

bool tty_wait_text(struct tty *tty, const char *text, int ms)
{
    long deadline = tty_now_ms() + ms;

    while (!tty_has(tty, text)) {
        long left = deadline - tty_now_ms();

        if (left <= 0 || (tty->exit_status >= 0 && !pump(tty, 0)))
            return tty_has(tty, text);
        pump(tty, (int)left);
    }
    return true;
}

bool tty_wait_exit(struct tty *tty, int ms)
{
    long deadline = tty_now_ms() + ms;

    while (tty->exit_status < 0) {
        long left = deadline - tty_now_ms();

        if (left <= 0)
            return false;
        pump(tty, (int)left);
    }
    while (tty->master >= 0 && pump(tty, 0))
        continue;
    return true;
}

bool tty_wait_stop(struct tty *tty, int ms)
{
    long deadline = tty_now_ms() + ms;

    while (!tty->is_stopped) {
        long left = deadline - tty_now_ms();

        if (left <= 0)
            return false;
        pump(tty, (int)left);
    }
    while (pump(tty, 0))
        continue;
    return true;
}

// The state of the program as /proc tells it: 'R' runs, 'S' sleeps, 'D' waits for a disk ...; 0
// when it is gone.
static char state_of(pid_t pid)
{
    char path[64], line[512];
    FILE *stat;
    char *end = NULL;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    stat = fopen(path, "re");
    if (!stat)
        return 0;
    if (fgets(line, sizeof(line), stat))
        end = strrchr(line, ')');
    fclose(stat);
    return end && end[1] == ' ' ? end[2] : 0;
}

// It has read every key and waits for the next: quiet alone may be that of a busy machine.
static bool is_waiting(const struct tty *tty)
{
    char state = state_of(tty->pid);
    int unread = 0;

    if (tty->exit_status >= 0 || tty->is_stopped || !state)
        return true;
    return state != 'R' && state != 'D' && !ioctl(tty->slave, FIONREAD, &unread) && !unread;
}

void tty_settle(struct tty *tty)
{
    long deadline = tty_now_ms() + SETTLE_MS;

    while (tty_now_ms() < deadline)
        if (!pump(tty, QUIET_MS) && is_waiting(tty))
            return;
}

void tty_row(const struct tty *tty, int row, char *out, size_t size)
{
    VTermRect rect = { .start_row = row, .end_row = row + 1, .start_col = 0, .end_col = tty->cols };
    size_t len = vterm_screen_get_text(tty->screen, out, size - 1, rect);

    if (len > size - 1)
        len = size - 1;
    out[len] = '\0';
}

void tty_print(const struct tty *tty)
{
    char row[4096];

    for (int i = 0; i < tty->rows; i++) {
        tty_row(tty, i, row, sizeof(row));
        printf("# |%s\n", row);
    }
}

bool tty_modes_restored(const struct tty *tty)
{
    struct termios now;

    return !tcgetattr(tty->slave, &now) && now.c_iflag == tty->modes.c_iflag &&
           now.c_oflag == tty->modes.c_oflag && now.c_cflag == tty->modes.c_cflag &&
           now.c_lflag == tty->modes.c_lflag && !memcmp(now.c_cc, tty->modes.c_cc, NCCS);
}

char *tty_saved(void)
{
    char *all = calloc(1, SAVED_MAX);
    size_t used = 0;
    glob_t found;

    if (glob("annotations/*/*/*.yaml", 0, NULL, &found))
        return all;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        FILE *file = fopen(found.gl_pathv[i], "r");

        if (file)
            used += fread(all + used, 1, SAVED_MAX - 1 - used, file), fclose(file);
    }
    globfree(&found);
    return all;
}

bool tty_is_saved(const char *text)
{
    char *all = tty_saved();
    bool is_there = strstr(all, text);

    free(all);
    return is_there;
}

static int list(const struct tty_test *tests, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!tests[i].is_long || getenv("GAINSAY_LONG"))
            puts(tests[i].name);
    return 0;
}

int tty_main(int argc, char **argv, const struct tty_test *tests, size_t count,
             char *const **program)
{
    if (argc == 2 && !strcmp(argv[1], "--list"))
        return list(tests, count);
    for (size_t i = 0; argc > 2 && i < count; i++) {
        struct tty tty = { 0 };
        bool ok;

        if (strcmp(argv[1], tests[i].name))
            continue;
        *program = argv + 2;
        ok = tests[i].run(&tty);
        if (!ok)
            tty_print(&tty);
        tty_end(&tty);
        printf("%sok tty/%s\n", ok ? "" : "not ", tests[i].name);
        return !ok;
    }
    fprintf(stderr, "usage: %s --list; %s NAME PROGRAM ARGS...\n", argv[0], argv[0]);
    return 2;
}
