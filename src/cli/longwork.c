// Work that may take long: how far it is, and Ctrl-C.
// Needs no handler and no flag: the signal is blocked, and asked for between two steps.
#include "cli/longwork.h"

#include <time.h>
#include <unistd.h>

#include "base/visible.h"
#include "text/glyph.h"

#define PATIENCE_MS 500 // after which people want to know
#define SHOW_MS     100
#define SHOW_COLS   79

int64_t longwork_ms(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_int_pending(void)
{
    sigset_t pending;

    return !sigpending(&pending) && sigismember(&pending, SIGINT) == 1;
}

// Progress is a comfort: where it cannot be written, nothing is lost.
static void show(struct sv text)
{
    ssize_t done = write(STDERR_FILENO, text.ptr, text.len);

    (void)done;
}

void longwork_begin(struct longwork *work)
{
    sigset_t set;

    *work = (struct longwork){ .start_ms = longwork_ms(), .is_watched = isatty(STDERR_FILENO) };
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, &work->before);
}

bool longwork_step(struct longwork *work, size_t done, size_t all, const char *what, struct sv name)
{
    int64_t now;
    struct buf text = { 0 }, line = { 0 };

    work->is_stopped = work->is_stopped || is_int_pending();
    if (work->is_stopped || !work->is_watched)
        return !work->is_stopped;
    now = longwork_ms();
    if (now - work->start_ms < PATIENCE_MS || now - work->shown_ms < SHOW_MS)
        return true;
    work->shown_ms = now;
    buf_addf(&text, "%s %zu of %zu: ", what, done, all);
    visible_add(&text, name);
    buf_add_cstr(&line, "\r\033[K");
    buf_add(&line, sv_sub(buf_sv(&text), 0, glyph_fit(buf_sv(&text), SHOW_COLS, NULL)));
    show(buf_sv(&line));
    buf_release(&text);
    buf_release(&line);
    return true;
}

void longwork_end(struct longwork *work)
{
    if (work->shown_ms)
        show(SV("\r\033[K"));
    work->shown_ms = 0;
}

void longwork_leave(struct longwork *work, struct cli *cli)
{
    struct err err = { 0 };

    if (work->is_stopped) {
        if (!out_flush(&cli->out, false, &err))
            err_release(&err); // nobody is left to read it
        buf_clear(&cli->out.text);
    }
    sigprocmask(SIG_SETMASK, &work->before, NULL);
}
