// A terminal for tests: a pty, libvterm as what stands behind it, and a small shell between, so
// that stopping and hanging up happen as they do to people. Never sleeps: it waits for a text, an
// end or quiet, with a deadline.
#ifndef TTY_H
#define TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include <vterm.h>

// Deadlines, in milliseconds: only what never comes takes so long, whatever else the machine does.
#define WAIT    20000 // a text that must come
#define AT_ONCE 10000 // an end that nothing may hold up

struct tty {
    int master, slave;
    int orders, reports;  // to and from the shell
    pid_t shell, pid;     // pid: of the program
    struct termios modes; // before the start
    VTerm *vterm;
    VTermScreen *screen;
    int rows, cols;
    bool is_alternate, is_cursor_visible;
    size_t bytes;    // received so far
    int exit_status; // -1 while it runs; 128 + signal
    bool is_stopped;
    bool is_deaf; // the terminal does not read
    char *log;    // the bytes received
    size_t shown; // so many of them: no half of a character or of a sequence
};

// A test by its name, as it is listed; false from `run`, and the screen is printed.
struct tty_test {
    const char *name;
    bool (*run)(struct tty *tty);
    bool is_long; // in make check-long alone
};
#define TTY_TEST(name)      { #name, t_##name, false }
#define TTY_LONG_TEST(name) { #name, t_##name, true }

#define CHECK(cond)                                                                                \
    do {                                                                                           \
        if (!(cond)) {                                                                             \
            printf("# %s:%d: not so: %s\n", __FILE__, __LINE__, #cond);                            \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

// Start argv[0] on a new terminal. `env` is NAME=VALUE or NAME (taken out), ended by NULL.
void tty_start(struct tty *tty, int rows, int cols, char *const *argv, const char *const *env);
void tty_end(struct tty *tty); // kills what still runs

void tty_send(struct tty *tty, const char *bytes, size_t len);
void tty_keys(struct tty *tty, const char *keys);
void tty_resize(struct tty *tty, int rows, int cols);
void tty_hang_up(struct tty *tty);
void tty_signal(struct tty *tty, int number);
void tty_continue(struct tty *tty); // as `fg`

// How a private mode was switched last: 'h' on, 'l' off, 0 not at all.
char tty_mode(const struct tty *tty, int number);

// Each returns false when the deadline passes first.
bool tty_wait_text(struct tty *tty, const char *text, int ms);
bool tty_wait_exit(struct tty *tty, int ms);
bool tty_wait_stop(struct tty *tty, int ms);
void tty_settle(struct tty *tty); // until every key is read, nothing came for a while, and it sleeps

void tty_row(const struct tty *tty, int row, char *out, size_t size);
bool tty_has(const struct tty *tty, const char *text);
void tty_print(const struct tty *tty); // the screen as comment lines
bool tty_modes_restored(const struct tty *tty);

// main of a program of tests: --list names them; NAME PROGRAM ARGS... runs one, with *program at PROGRAM.
int tty_main(int argc, char **argv, const struct tty_test *tests, size_t count,
             char *const **program);

// Everything that is in a layer under annotations/, one after the other; "" when there is none. To be freed.
char *tty_saved(void);
bool tty_is_saved(const char *text);
long tty_now_ms(void);

#endif
