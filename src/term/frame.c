// Pictures held in memory while curses writes them, and sent by one write.
// Never looks at what a cell says: texts hold no escape sequence, whatever begins with one is
// curses' own.
#include "term/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct sv set_ascii = { "\033(B", 3 };
static const struct sv reset_all = { "\033[m", 3 };
static const struct sv reset_some[] = {
    { "\033[39m", 5 }, { "\033[49m", 5 }, { "\033[39;49m", 8 }, { "\033[m", 3 }
};

static int open_memory(void)
{
#ifdef MFD_CLOEXEC
    return memfd_create("frame", MFD_CLOEXEC);
#else
    return -1;
#endif
}

static void write_all(int fd, struct sv bytes)
{
    while (bytes.len) {
        ssize_t count = write(fd, bytes.ptr, bytes.len);

        if (count < 0 && errno == EAGAIN) { // somebody left the terminal non-blocking
            poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
            continue;
        }
        if (count < 0 && errno != EINTR)
            return; // the terminal is gone: reading will tell
        if (count > 0)
            bytes = sv_sub(bytes, (size_t)count, bytes.len);
    }
}

// Read back what was written to memory, and empty it.
static void take_memory(struct frame *frame)
{
    char bytes[16384];
    off_t at = 0;
    ssize_t count;

    buf_clear(&frame->bytes);
    while ((count = pread(frame->memory, bytes, sizeof(bytes), at)) > 0) {
        buf_add(&frame->bytes, sv_of(bytes, (size_t)count));
        at += count;
    }
    if (ftruncate(frame->memory, 0) || lseek(frame->memory, 0, SEEK_SET)) {
        close(frame->memory);
        frame->memory = -1;
    }
}

// Does a sequence that resets everything begin here: ESC [ m, ESC [ 0 m, ESC [ 0 ; ...?
static bool is_reset(struct sv s)
{
    return sv_starts(s, reset_all) || sv_starts(s, SV("\033[0m")) || sv_starts(s, SV("\033[0;"));
}

// Take resets off the end: another that does more follows.
static void drop_resets(struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(reset_some);) {
        if (sv_ends(buf_sv(out), reset_some[i])) {
            buf_splice(out, out->len - reset_some[i].len, out->len, SV(""));
            i = 0;
        } else {
            i++;
        }
    }
}

void frame_thin(struct sv bytes, bool *is_first, struct buf *out)
{
    while (bytes.len) {
        const char *escape = memchr(bytes.ptr, '\033', bytes.len);
        size_t plain = escape ? (size_t)(escape - bytes.ptr) : bytes.len;

        buf_add(out, sv_sub(bytes, 0, plain));
        bytes = sv_sub(bytes, plain, bytes.len);
        if (!bytes.len)
            return;
        if (sv_starts(bytes, set_ascii)) {
            if (*is_first)
                buf_add(out, set_ascii);
            *is_first = false;
            bytes = sv_sub(bytes, set_ascii.len, bytes.len);
            continue;
        }
        if (is_reset(bytes))
            drop_resets(out);
        buf_add_char(out, '\033');
        bytes = sv_sub(bytes, 1, bytes.len);
    }
}

bool frame_open(struct frame *frame, struct err *err)
{
    int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

    frame->memory = -1;
    frame->stream = fd < 0 ? NULL : fdopen(fd, "w");
    if (!frame->stream)
        return err_set_errno(err, NULL, "opening the terminal a second time");
    frame->memory = open_memory();
    return true;
}

void frame_close(struct frame *frame)
{
    if (frame->stream)
        fclose(frame->stream);
    if (frame->stream && frame->memory >= 0)
        close(frame->memory);
    buf_release(&frame->bytes);
    buf_release(&frame->thin);
    *frame = (struct frame){ 0 };
}

void frame_hold(struct frame *frame)
{
    if (frame->memory >= 0 && dup3(frame->memory, fileno(frame->stream), O_CLOEXEC) < 0)
        frame->memory = -1;
}

void frame_send(struct frame *frame)
{
    bool is_first = !frame->is_thinned;

    fflush(frame->stream);
    if (frame->memory < 0)
        return;
    while (dup3(STDOUT_FILENO, fileno(frame->stream), O_CLOEXEC) < 0 && errno == EINTR)
        continue;
    take_memory(frame);
    if (!frame->is_ansi) {
        write_all(STDOUT_FILENO, buf_sv(&frame->bytes));
        return;
    }
    buf_clear(&frame->thin);
    frame_thin(buf_sv(&frame->bytes), &is_first, &frame->thin);
    frame->is_thinned = !is_first;
    write_all(STDOUT_FILENO, buf_sv(&frame->thin));
}
