// A library to preload: counts the calls of a save, and makes one of them fail or be the program's
// last. Must never touch a call on a path outside $FAULT_UNDER, nor reading.
//
//   FAULT_UNDER  absolute folder, without a slash at its end
//   FAULT_AT     number of the call, from 1
//   FAULT_HOW    kill: the program dies before it; torn: a write is half done first;
//                otherwise a number: the call is not made and fails with this errno;
//                short: a write does half and says so
//   FAULT_LAST   1: that call and all later ones
//   FAULT_LOG    file that takes the name of each call, one a line
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum act { ACT_GO, ACT_FAIL, ACT_HALF, ACT_TORN };

static int calls;

// The next definition of a function behind this library.
static void *behind(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);

    if (!found)
        _exit(99);
    return found;
}

#define BEHIND(type, name) (__extension__(type) behind(name))

typedef int open_fn(const char *, int, ...);
typedef ssize_t write_fn(int, const void *, size_t);
typedef ssize_t pwrite_fn(int, const void *, size_t, off_t);
typedef int fd_fn(int);
typedef int fd_int_fn(int, int);
typedef int path_fn(const char *);
typedef int two_paths_fn(const char *, const char *);
typedef int path_mode_fn(const char *, mode_t);
typedef int fd_mode_fn(int, mode_t);
typedef int truncate_fn(int, off_t);

static bool is_under(const char *path)
{
    const char *under = getenv("FAULT_UNDER");
    size_t len = under ? strlen(under) : 0;

    return len && strncmp(path, under, len) == 0 && (path[len] == '/' || !path[len]);
}

static bool is_fd_under(int fd)
{
    char name[64], path[PATH_MAX];

    snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);

    ssize_t len = readlink(name, path, sizeof(path) - 1);

    if (len <= 0)
        return false;
    path[len] = '\0';
    return is_under(path);
}

static void note(const char *call)
{
    const char *path = getenv("FAULT_LOG");
    int fd = path ? BEHIND(open_fn *, "open")(path, O_WRONLY | O_APPEND | O_CREAT, 0666) : -1;
    char line[32];

    if (fd < 0)
        return;

    int len = snprintf(line, sizeof(line), "%s\n", call);

    if (BEHIND(write_fn *, "write")(fd, line, (size_t)len) != len)
        _exit(99);
    BEHIND(fd_fn *, "close")(fd);
}

// What is to become of this call. Does not come back when it is to be the last.
static enum act meet(const char *call)
{
    const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");
    bool is_write = strstr(call, "write") != NULL;
    int wanted = at ? atoi(at) : 0;

    note(call);
    calls++;
    if (!wanted || !how || calls < wanted || (calls > wanted && !getenv("FAULT_LAST")))
        return ACT_GO;
    if (strcmp(how, "torn") == 0 && is_write)
        return ACT_TORN;
    if (strcmp(how, "kill") == 0 || strcmp(how, "torn") == 0)
        raise(SIGKILL);
    if (strcmp(how, "short") == 0)
        return is_write ? ACT_HALF : ACT_GO;
    errno = atoi(how);
    return ACT_FAIL;
}

#define FAIL_OR(is_ours, call, real) return (is_ours) && meet(call) == ACT_FAIL ? -1 : (real)

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;

    if (flags & O_CREAT) {
        va_list args;

        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }

    bool is_saving = (flags & (O_CREAT | O_DIRECTORY)) || (flags & O_ACCMODE) != O_RDONLY;

    FAIL_OR(is_saving && is_under(path), "open", BEHIND(open_fn *, "open")(path, flags, mode));
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    enum act act = is_fd_under(fd) ? meet("write") : ACT_GO;

    if (act == ACT_FAIL)
        return -1;

    ssize_t done = BEHIND(write_fn *, "write")(fd, bytes, act == ACT_GO ? len : (len + 1) / 2);

    if (act == ACT_TORN)
        raise(SIGKILL);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    enum act act = is_fd_under(fd) ? meet("pwrite") : ACT_GO;

    if (act == ACT_FAIL)
        return -1;

    ssize_t done =
        BEHIND(pwrite_fn *, "pwrite")(fd, bytes, act == ACT_GO ? len : (len + 1) / 2, at);

    if (act == ACT_TORN)
        raise(SIGKILL);
    return done;
}

// The close is made all the same, as a system does that reports what it could not write.
int close(int fd)
{
    bool is_ours = is_fd_under(fd);
    int result = BEHIND(fd_fn *, "close")(fd);

    FAIL_OR(is_ours, "close", result);
}

int fsync(int fd)
{
    FAIL_OR(is_fd_under(fd), "fsync", BEHIND(fd_fn *, "fsync")(fd));
}

int ftruncate(int fd, off_t len)
{
    FAIL_OR(is_fd_under(fd), "ftruncate", BEHIND(truncate_fn *, "ftruncate")(fd, len));
}

int fchmod(int fd, mode_t mode)
{
    FAIL_OR(is_fd_under(fd), "fchmod", BEHIND(fd_mode_fn *, "fchmod")(fd, mode));
}

int flock(int fd, int op)
{
    FAIL_OR(is_fd_under(fd), "flock", BEHIND(fd_int_fn *, "flock")(fd, op));
}

int rename(const char *from, const char *to)
{
    FAIL_OR(is_under(from), "rename", BEHIND(two_paths_fn *, "rename")(from, to));
}

int link(const char *from, const char *to)
{
    FAIL_OR(is_under(from), "link", BEHIND(two_paths_fn *, "link")(from, to));
}

int unlink(const char *path)
{
    FAIL_OR(is_under(path), "unlink", BEHIND(path_fn *, "unlink")(path));
}

int mkdir(const char *path, mode_t mode)
{
    FAIL_OR(is_under(path), "mkdir", BEHIND(path_mode_fn *, "mkdir")(path, mode));
}
