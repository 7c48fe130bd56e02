// The life of a sitting on a terminal: wait, read everything there is, hand it on, draw once.
// Never draws while input is pending, never wakes without a cause, never outlives its terminal.
#include "term/term.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/proc.h"
#include "term/keys.h"
#include "term/recorder.h"
#include "term/screen.h"
#include "term/sig.h"
#include "term/terminal.h"
#include "tui/ahead.h"

#define READ_BYTES    4096
#define UNDRAWN_MAX   (64 << 10) // bytes of input after which a frame is drawn whatever still comes
#define KEY_INTERRUPT 3          // Ctrl-C
#define REST_MS       120        // no input for so long: rest; longer than a held key's beat
#define LET_GO_MS     10         // the same after a picture: it is seen, and nobody waits

struct loop {
    struct app *app;
    struct screen *screen;
    struct keys keys;
    struct grid grid;
    struct recorder recorder;
    struct termios modes; // of the terminal before it was taken
    struct sig_saved signals;
    sigset_t waiting; // mask for ppoll
    bool is_changed;  // something happened since the last frame
    bool is_resting;  // no input came for REST_MS, nor since
    size_t undrawn;   // bytes read since the last frame
    int64_t keep_at;  // ms of the monotonic clock when a text is to be kept; 0: nothing is
    bool is_over;
};

// The sequences of this terminal's keys, by their terminfo names.
static const struct {
    const char *name;
    key_num key;
} described_keys[] = {
    { "kcuu1", KEYCODE_UP },
    { "kcud1", KEYCODE_DOWN },
    { "kcub1", KEYCODE_LEFT },
    { "kcuf1", KEYCODE_RIGHT },
    { "khome", KEYCODE_HOME },
    { "kend", KEYCODE_END },
    { "kpp", KEYCODE_PAGE_UP },
    { "knp", KEYCODE_PAGE_DOWN },
    { "kdch1", KEYCODE_DELETE },
    { "kcbt", KEYCODE_BACK_TAB },
    { "kent", '\r' },
};

static void define_keys(struct loop *loop)
{
    const char erase = (char)loop->modes.c_cc[VERASE];

    for (size_t i = 0; i < ARRAY_LEN(described_keys); i++) {
        const char *bytes = screen_capability(loop->screen, described_keys[i].name);

        if (bytes)
            keys_define(&loop->keys, sv_from(bytes), described_keys[i].key);
    }
    if (erase == '\b')
        keys_define(&loop->keys, sv_of(&erase, 1), 127);
}

static void hand_on(struct loop *loop, const struct event *event)
{
    recorder_event(&loop->recorder, event);
    app_event(loop->app, event);
    loop->is_changed = true;
}

static void hang_up(struct loop *loop)
{
    struct event event;

    if (loop->is_over)
        return;
    if (loop->keys.is_pasting && keys_next(&loop->keys, true, &event)) // no more of it will come
        hand_on(loop, &event);
    hand_on(loop, &(struct event){ .type = EVENT_HANGUP });
    loop->is_over = true;
}

static void resize(struct loop *loop)
{
    struct event event = { .type = EVENT_RESIZE };

    if (!screen_measure(loop->screen, &event.rows, &event.cols))
        return;
    grid_release(&loop->grid);
    grid_init(&loop->grid, event.rows, event.cols);
    hand_on(loop, &event);
}

// Give the terminal to somebody else, and take it back.
static void leave_terminal(struct loop *loop)
{
    screen_suspend(loop->screen);
    sig_leave(&loop->signals);
}

static void return_to_terminal(struct loop *loop)
{
    sig_enter(&loop->modes, &loop->signals, &loop->waiting);
    screen_resume(loop->screen);
    resize(loop);
}

static void wake(struct loop *loop)
{
    hand_on(loop, &(struct event){ .type = EVENT_WAKE });
}

static void rest(struct loop *loop)
{
    loop->is_changed |= app_is_behind(loop->app);
    app_event(loop->app,
              &(struct event){ .type = EVENT_REST }); // not recorded: scripts always rest
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// Milliseconds until the text being typed is to be kept, counted from its first character that is
// not; -1: nothing is.
static int keep_wait_ms(struct loop *loop)
{
    int64_t left;

    if (!app_wants_keep(loop->app)) {
        loop->keep_at = 0;
        return -1;
    }
    if (!loop->keep_at)
        loop->keep_at = now_ms() + KEEP_MS;
    left = loop->keep_at - now_ms();
    return left > 0 ? (int)left : 0;
}

// While keys come nobody waits for the disk.
static void keep(struct loop *loop, bool is_quiet)
{
    app_keep(loop->app, is_quiet);
    loop->keep_at = 0;
}

static void suspend(struct loop *loop)
{
    keep(loop, true);
    leave_terminal(loop);
    sig_stop();
    return_to_terminal(loop);
    wake(loop);
}

// An editor's last line end is the editor's, not the text's.
static struct sv without_line_end(struct sv text)
{
    return sv_ends(text, SV("\n")) ? sv_sub(text, 0, text.len - 1) : text;
}

// Run the user's editor on `text`; true when `out` holds what came back.
static bool run_editor(struct loop *loop, struct sv text, struct buf *out, struct err *err)
{
    struct buf path = { 0 };

    if (!fs_temp(".txt", text, &path, err))
        return false;
    leave_terminal(loop);

    bool ok = proc_edit(buf_cstr(&path), err);

    return_to_terminal(loop);
    ok = ok && fs_read(buf_cstr(&path), LIMIT_YAML_BYTES, out, err);
    fs_unlink(buf_cstr(&path));
    buf_release(&path);
    return ok;
}

static void edit(struct loop *loop, struct sv text)
{
    struct buf out = { 0 };
    struct err err = { 0 };
    bool ok = run_editor(loop, text, &out, &err);
    struct sv edited = without_line_end(buf_sv(&out));

    if (ok)
        recorder_edit(&loop->recorder, edited);
    app_edit_done(loop->app, ok, edited);
    if (!ok)
        app_say_err(loop->app, &err);
    wake(loop);
    buf_release(&out);
}

static void serve_request(struct loop *loop)
{
    struct buf text = { 0 };

    switch (app_request(loop->app, &text)) {
    case REQUEST_NONE:
        break;
    case REQUEST_QUIT:
        loop->is_over = true;
        break;
    case REQUEST_SUSPEND:
        suspend(loop);
        break;
    case REQUEST_EDIT:
        edit(loop, buf_sv(&text));
        break;
    case REQUEST_REDRAW:
        screen_spoil(loop->screen);
        loop->is_changed = true;
        break;
    }
    buf_release(&text);
}

static void hand_on_keys(struct loop *loop, bool is_late)
{
    struct event event;

    while (!loop->is_over && keys_next(&loop->keys, is_late, &event)) {
        hand_on(loop, &event);
        serve_request(loop);
    }
}

// One read. End of file, EIO (the terminal is gone) and every other failure end the sitting.
static void read_input(struct loop *loop)
{
    char bytes[READ_BYTES];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof(bytes));

    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0) {
        hang_up(loop);
        return;
    }
    loop->undrawn += (size_t)count;
    keys_feed(&loop->keys, sv_of(bytes, (size_t)count));
    hand_on_keys(loop, false);
}

// What was typed before the end came and is still to be read.
static void read_the_rest(struct loop *loop)
{
    struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };

    loop->undrawn = 0;
    while (!loop->is_over && loop->undrawn < UNDRAWN_MAX && poll(&fd, 1, 0) > 0 &&
           fd.revents & POLLIN)
        read_input(loop);
}

static void take_signals(struct loop *loop)
{
    if (sig_take(SIG_ENDED)) {
        read_the_rest(loop);
        hang_up(loop);
    }
    if (loop->is_over)
        return;
    if (sig_take(SIG_STOPPED))
        suspend(loop);
    if (sig_take(SIG_CONTINUED)) { // after a stop that could not be caught
        screen_resume(loop->screen);
        wake(loop);
    }
    if (sig_take(SIG_RESIZED)) {
        screen_spoil(loop->screen); // another size in between may have cut what it showed
        loop->is_changed = true;
        resize(loop);
    }
    if (sig_take(SIG_INTERRUPTED)) {
        hand_on(loop, &(struct event){ .type = EVENT_KEY, .key = KEY_INTERRUPT });
        serve_request(loop);
    }
}

// Send what is left of the last picture; then draw the next, unless more input is there.
static void show(struct loop *loop, bool is_input_there)
{
    if (!screen_send(loop->screen)) {
        hang_up(loop);
        return;
    }
    if (screen_is_busy(loop->screen) || !loop->is_changed ||
        (is_input_there && loop->undrawn <= UNDRAWN_MAX))
        return;
    app_draw(loop->app, &loop->grid);
    screen_draw(loop->screen, &loop->grid);
    loop->is_changed = false;
    loop->undrawn = 0;
    if (!screen_send(loop->screen))
        hang_up(loop);
}

// Milliseconds until something is done that nobody waits for, when no input comes; -1: nothing.
static int spare_ms(const struct loop *loop)
{
    if (app_holds(loop->app))
        return LET_GO_MS;
    if (ahead_is_due(loop->app))
        return loop->is_resting ? 0 : REST_MS;
    return -1;
}

static void use_spare_time(struct loop *loop)
{
    if (app_holds(loop->app)) {
        app_let_go(loop->app);
        return;
    }
    loop->is_resting = true;
    ahead_go_on(loop->app);
}

// Wait for input, a signal, the end of an unfinished sequence, rest after held keys, spare time, or
// (with something to draw) for the terminal to take more: while it is congested keys are still
// read, and the frames between are never made.
static void turn(struct loop *loop)
{
    bool has_to_show = loop->is_changed || screen_is_busy(loop->screen);
    int keys_ms = keys_wait_ms(&loop->keys);
    int pause_ms = app_is_resting(loop->app) ? 0 : REST_MS;
    int rest_ms = keys_ms < 0 && app_wants_rest(loop->app) ? pause_ms : keys_ms;
    int keep_ms = keep_wait_ms(loop);
    bool is_keeping = keep_ms >= 0 && (rest_ms < 0 || keep_ms < rest_ms);
    int wait_ms = is_keeping ? keep_ms : rest_ms;
    int idle_ms = has_to_show ? -1 : spare_ms(loop);
    bool is_spare = idle_ms >= 0 && (wait_ms < 0 || idle_ms < wait_ms);

    if (is_spare)
        wait_ms = idle_ms;

    struct timespec timeout = { .tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1000000L };
    struct pollfd fds[2] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = has_to_show ? STDOUT_FILENO : -1, .events = POLLOUT },
    };
    int ready = ppoll(fds, 2, wait_ms < 0 ? NULL : &timeout, &loop->waiting);

    if (ready < 0) {
        if (errno != EINTR)
            hang_up(loop);
        return;
    }
    if (!ready && is_spare) {
        use_spare_time(loop);
        return;
    }
    loop->is_resting = !ready && rest_ms >= 0 && !is_keeping;
    if (keep_ms == 0 || (!ready && is_keeping))
        keep(loop, !ready);
    else if (!ready && keys_ms >= 0)
        hand_on_keys(loop, true);
    else if (!ready)
        rest(loop);
    if (fds[0].revents)
        read_input(loop);
    else if (fds[1].revents & ~POLLOUT)
        hang_up(loop);
    if (!loop->is_over && (fds[1].revents & POLLOUT))
        show(loop, fds[0].revents);
}

// Called when the program breaks: only gives the terminal back.
static void on_bug(void *ctx)
{
    leave_terminal(ctx);
}

static bool open_loop(struct loop *loop, const char *record, struct err *err)
{
    int rows, cols;

    if (!terminal_check(err))
        return false;
    if (tcgetattr(STDOUT_FILENO, &loop->modes))
        return err_set_errno(err, NULL, "reading the terminal's modes");
    sig_enter(&loop->modes, &loop->signals, &loop->waiting);
    if (!screen_open(&loop->screen, err)) {
        sig_leave(&loop->signals);
        return false;
    }
    bug_set_hook(on_bug, loop);
    define_keys(loop);
    screen_measure(loop->screen, &rows, &cols);
    grid_init(&loop->grid, rows, cols);
    if (record && !recorder_open(&loop->recorder, record, rows, cols, err))
        return false;
    app_event(loop->app, &(struct event){ .type = EVENT_RESIZE, .rows = rows, .cols = cols });
    loop->is_changed = true;
    return true;
}

static void close_loop(struct loop *loop)
{
    if (!loop->screen)
        return;
    bug_set_hook(NULL, NULL);
    recorder_close(&loop->recorder);
    screen_close(loop->screen);
    sig_leave(&loop->signals);
    grid_release(&loop->grid);
    keys_release(&loop->keys);
}

bool term_run(struct app *app, const char *record, struct err *err)
{
    struct loop loop = { .app = app };
    bool ok = open_loop(&loop, record, err);

    while (ok && !loop.is_over) {
        turn(&loop);
        take_signals(&loop);
    }
    close_loop(&loop);
    return ok;
}
