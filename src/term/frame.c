// Pictures held in memory while curses writes them, and sent by one write.
// Never looks into them: that is thin.c's work.
#include "term/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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
    buf_release(&frame->thinned);
    *frame = (struct frame){ 0 };
}

void frame_hold(struct frame *frame)
{
    if (frame->memory >= 0 && dup3(frame->memory, fileno(frame->stream), O_CLOEXEC) < 0)
        frame->memory = -1;
}

void frame_send(struct frame *frame)
{
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
    buf_clear(&frame->thinned);
    thin_add(&frame->thin, buf_sv(&frame->bytes), &frame->thinned);
    write_all(STDOUT_FILENO, buf_sv(&frame->thinned));
}

void frame_leave(struct frame *frame)
{
    buf_clear(&frame->thinned);
    thin_end(&frame->thin, &frame->thinned);
    write_all(STDOUT_FILENO, buf_sv(&frame->thinned));
}
