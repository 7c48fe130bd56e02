// Signals as flags, and the terminal put back when the program dies of one.
// Handlers do nothing but set flags or restore; what a flag means is decided in the loop.
#ifndef GAINSAY_TERM_SIG_H
#define GAINSAY_TERM_SIG_H

#include <signal.h>
#include <stdbool.h>
#include <termios.h>

enum sig_flag {
    SIG_RESIZED,     // SIGWINCH
    SIG_STOPPED,     // SIGTSTP from outside: the program should suspend itself
    SIG_CONTINUED,   // SIGCONT
    SIG_INTERRUPTED, // SIGINT from outside: as the key Ctrl-C
    SIG_ENDED,       // SIGHUP, SIGTERM, SIGQUIT: leave, everything saved
    SIG__N
};

// What was there before, for sig_leave.
struct sig_saved {
    sigset_t mask;
    struct sigaction actions[32];
};

// Take the signals over. They stay blocked, so that nothing is interrupted, but in a wait with
// `waiting` as its mask (ppoll).
//   modes  of the terminal before it was changed: what a deadly signal restores, and with them
//          whether the open file at standard output waits
void sig_enter(const struct termios *modes, struct sig_saved *saved, sigset_t *waiting);

// Give them back: for an editor, a stop, the end.
void sig_leave(const struct sig_saved *saved);

// True once per arrival.
bool sig_take(enum sig_flag flag);

// Stop this process group as Ctrl-Z does; returns when it is continued. To be called after
// sig_leave.
void sig_stop(void);

#endif
