// Bytes to the terminal. A terminal that stops reading must not hold the program up.
// Never waits for longer than it is told, never changes how others find standard output.
#include "term/send.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

// The open file may be the shell's too, and its jobs': it does not wait only for the moment.
static ssize_t write_at_once(struct sv bytes)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);

    if (flags < 0)
        return -1;
    if (!(flags & O_NONBLOCK) && fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK) < 0)
        return -1;

    ssize_t count = write(STDOUT_FILENO, bytes.ptr, bytes.len);
    int saved = errno;

    if (!(flags & O_NONBLOCK) && fcntl(STDOUT_FILENO, F_SETFL, flags) < 0)
        return -1;
    errno = saved;
    return count;
}

bool send_some(struct buf *bytes)
{
    struct sv left = buf_sv(bytes);
    bool ok = true;

    while (left.len) {
        ssize_t count = write_at_once(left);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            ok = errno == EAGAIN || errno == EWOULDBLOCK;
            break;
        }
        left = sv_sub(left, (size_t)count, left.len);
    }
    buf_splice(bytes, 0, bytes->len - left.len, sv_of("", 0));
    return ok;
}

bool send_within(struct buf *bytes, int ms)
{
    struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

    while (send_some(bytes)) {
        if (!bytes->len)
            return true;

        int ready = poll(&out, 1, ms);

        if (ready == 0 || (ready < 0 && errno != EINTR))
            return false;
    }
    return false;
}
