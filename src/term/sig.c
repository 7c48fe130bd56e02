// Signal handlers, and the only flags that they share with the program.
// Never allocates, never calls curses, never decides anything.
#include "term/sig.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/fs.h"

#ifdef __SANITIZE_ADDRESS__
#define HAS_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN
#endif
#endif

static volatile sig_atomic_t flags[SIG__N];

// The terminal's modes before the start, as numbers a handler may read: input, output, control and
// local flags, then the control characters; and whether its open file did not wait even then. The
// first entry tells whether they hold.
static volatile sig_atomic_t has_modes;
static volatile sig_atomic_t modes_saved[4 + NCCS];
static volatile sig_atomic_t was_at_once;

// Mouse, focus and paste reports off, cursor on, plain colours, main screen: every terminal that
// the reader starts on obeys these or ignores them.
static const char restore[] = "\033[?2004l\033[?1004l\033[?1006l\033[?1000l\033[?69l\033[?7h\033[?"
                              "25h\033[r\033[0m\033[?1049l\r\n";

static void on_flag(int signal)
{
    switch (signal) {
    case SIGWINCH:
        flags[SIG_RESIZED] = 1;
        break;
    case SIGTSTP:
        flags[SIG_STOPPED] = 1;
        break;
    case SIGCONT:
        flags[SIG_CONTINUED] = 1;
        break;
    case SIGINT:
        flags[SIG_INTERRUPTED] = 1;
        break;
    default:
        flags[SIG_ENDED] = 1;
    }
}

// Without waiting: what a terminal that stopped reading did not take is thrown away for it. The
// signal may have come in the middle of send.c's write, which does not wait either: how the open
// file is left is what it was before the start.
static void write_restore(void)
{
    const ssize_t size = sizeof(restore) - 1;
    int modes = fcntl(STDOUT_FILENO, F_GETFL);

    if (modes < 0 || fcntl(STDOUT_FILENO, F_SETFL, modes | O_NONBLOCK) < 0)
        return;
    for (int i = 0; i < 2 && write(STDOUT_FILENO, restore, (size_t)size) < size; i++)
        tcflush(STDOUT_FILENO, TCOFLUSH);
    fcntl(STDOUT_FILENO, F_SETFL, was_at_once ? modes | O_NONBLOCK : modes & ~O_NONBLOCK);
}

static void restore_terminal(void)
{
    struct termios modes;

    if (!has_modes || tcgetattr(STDOUT_FILENO, &modes))
        return;
    has_modes = 0;
    modes.c_iflag = (tcflag_t)modes_saved[0];
    modes.c_oflag = (tcflag_t)modes_saved[1];
    modes.c_cflag = (tcflag_t)modes_saved[2];
    modes.c_lflag = (tcflag_t)modes_saved[3];
    for (size_t i = 0; i < NCCS; i++)
        modes.c_cc[i] = (cc_t)modes_saved[4 + i];
    write_restore();
    tcsetattr(STDOUT_FILENO, TCSANOW, &modes);
}

#ifdef HAS_ASAN // its own handlers of memory errors tell more; it calls this before it reports
void __asan_on_error(void);

void __asan_on_error(void)
{
    restore_terminal();
}
#endif

static void on_deadly(int signal)
{
    struct sigaction plain;

    restore_terminal();
    memset(&plain, 0, sizeof(plain));
    plain.sa_handler = SIG_DFL;
    sigaction(signal, &plain, NULL);
    raise(signal); // held back by this handler's mask until it returns
}

// What is done with each signal.
static const struct {
    int number;
    void (*handler)(int);
} handled[] = {
    { SIGWINCH, on_flag },  { SIGTSTP, on_flag },  { SIGCONT, on_flag },  { SIGINT, on_flag },
    { SIGHUP, on_flag },    { SIGTERM, on_flag },  { SIGQUIT, on_flag },  { SIGPIPE, SIG_IGN },
    { SIGABRT, on_deadly },
#ifndef HAS_ASAN
    { SIGSEGV, on_deadly }, { SIGBUS, on_deadly }, { SIGFPE, on_deadly }, { SIGILL, on_deadly },
#endif
};

void sig_enter(const struct termios *modes, struct sig_saved *saved, sigset_t *waiting)
{
    sigset_t blocked;

    modes_saved[0] = (sig_atomic_t)modes->c_iflag;
    modes_saved[1] = (sig_atomic_t)modes->c_oflag;
    modes_saved[2] = (sig_atomic_t)modes->c_cflag;
    modes_saved[3] = (sig_atomic_t)modes->c_lflag;
    for (size_t i = 0; i < NCCS; i++)
        modes_saved[4 + i] = modes->c_cc[i];

    int open_file = fcntl(STDOUT_FILENO, F_GETFL);

    was_at_once = open_file >= 0 && (open_file & O_NONBLOCK);
    has_modes = 1;

    sigemptyset(&blocked);
    for (size_t i = 0; i < ARRAY_LEN(handled); i++) {
        struct sigaction action;

        memset(&action, 0, sizeof(action));
        action.sa_handler = handled[i].handler;
        sigfillset(&action.sa_mask);
        sigaction(handled[i].number, &action, &saved->actions[i]);
        if (handled[i].handler == on_flag)
            sigaddset(&blocked, handled[i].number);
    }
    fs_guard_maps();
    sigprocmask(SIG_BLOCK, &blocked, &saved->mask);
    *waiting = saved->mask;
    for (size_t i = 0; i < ARRAY_LEN(handled); i++)
        sigdelset(waiting, handled[i].number);
}

void sig_leave(const struct sig_saved *saved)
{
    has_modes = 0;
    for (size_t i = 0; i < ARRAY_LEN(handled); i++)
        sigaction(handled[i].number, &saved->actions[i], NULL);
    sigprocmask(SIG_SETMASK, &saved->mask, NULL);
}

bool sig_take(enum sig_flag flag)
{
    bool was_set = flags[flag];

    flags[flag] = 0;
    return was_set;
}

void sig_stop(void)
{
    kill(0, SIGTSTP);
}
