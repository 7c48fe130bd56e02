// Files of this person alone: replaced, appended to, renamed.
// Never follows a link and never changes the bytes of a file in place.
#include "base/fs_own.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/fs_call.h"

#define TEMP_END ".tmp" // temporary files are NAME.PID.tmp

// Close, and keep the first reason of a failure in errno.
static bool close_after(int fd, bool ok)
{
    int saved = errno;

    if (close(fd) && errno != EINTR && ok)
        return false;
    errno = saved;
    return ok;
}

static bool make_dir(const char *path)
{
    struct buf parent = { 0 };
    bool ok = true;

    if (!mkdir(path, 0700) || errno == EEXIST)
        return true;
    if (errno != ENOENT)
        return false;
    fs_add_parent(&parent, path);
    ok = strcmp(buf_cstr(&parent), path) != 0 && make_dir(buf_cstr(&parent)) &&
         (!mkdir(path, 0700) || errno == EEXIST);
    buf_release(&parent);
    return ok;
}

static int open_own(const char *path, int flags)
{
    return fs_call_open(path, flags | O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
                        0600);
}

// Open; where the folder is missing, make it and try again.
static int open_in_dir(const char *path, int flags)
{
    int fd = open_own(path, flags);
    struct buf dir = { 0 };

    if (fd >= 0 || errno != ENOENT)
        return fd;
    fs_add_parent(&dir, path);
    fd = make_dir(buf_cstr(&dir)) ? open_own(path, flags) : -1;
    buf_release(&dir);
    return fd;
}

static bool sync_dir_of(const char *path)
{
    struct buf dir = { 0 };

    fs_add_parent(&dir, path);

    int fd = fs_call_open(buf_cstr(&dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

    buf_release(&dir);
    return fd >= 0 && close_after(fd, !FS_RETRY(fsync(fd)) || errno == EINVAL);
}

bool fs_own_write(const char *path, struct sv bytes, bool is_durable, bool is_new, struct err *err)
{
    struct buf temp = { 0 };
    int fd;
    bool ok;

    buf_addf(&temp, "%s.%ld" TEMP_END, path, (long)getpid());
    fd = open_in_dir(buf_cstr(&temp), O_TRUNC);
    ok = fd >= 0 &&
         close_after(fd, fs_call_write_all(fd, bytes) && (!is_durable || !FS_RETRY(fsync(fd))));
    if (ok && is_new)
        ok = !FS_RETRY(link(buf_cstr(&temp), path));
    else if (ok)
        ok = !FS_RETRY(rename(buf_cstr(&temp), path));
    ok = ok && (!is_durable || sync_dir_of(path));
    if (!ok)
        (void)err_set_errno(err, path, "cannot be written");
    if (fd >= 0 && (!ok || is_new))
        fs_unlink(buf_cstr(&temp));
    buf_release(&temp);
    return ok;
}

bool fs_own_append(const char *path, struct sv bytes, uint64_t *size, struct err *err)
{
    struct stat st;
    int fd = open_in_dir(path, O_APPEND);
    bool ok = fd >= 0 && !FS_RETRY(fstat(fd, &st));

    if (ok && !S_ISREG(st.st_mode)) {
        errno = EINVAL;
        ok = false;
    }
    ok = ok && fs_call_write_all(fd, bytes);
    if (ok && size)
        *size = (uint64_t)st.st_size + bytes.len;
    if (fd >= 0)
        ok = close_after(fd, ok);
    return ok || err_set_errno(err, path, "cannot be written");
}

bool fs_own_rename(const char *from, const char *to, struct err *err)
{
    return !FS_RETRY(rename(from, to)) || err_set_errno(err, from, "cannot be renamed");
}

// The pid of NAME.PID.tmp; 0: another name.
static pid_t temp_pid(const char *name)
{
    size_t len = strlen(name), end = strlen(TEMP_END);
    size_t at = len > end ? len - end : 0;
    unsigned long pid;
    char *rest;

    if (!at || strcmp(name + at, TEMP_END) != 0)
        return 0;
    while (at && name[at - 1] >= '0' && name[at - 1] <= '9')
        at--;
    pid = strtoul(name + at, &rest, 10);
    return at && name[at - 1] == '.' && strcmp(rest, TEMP_END) == 0 && pid <= INT32_MAX ? (pid_t)pid
                                                                                        : 0;
}

void fs_own_sweep(const char *dir)
{
    struct fs_names names;
    struct buf path = { 0 };
    struct err ignored = { 0 };

    if (!fs_list(dir, &names, &ignored)) {
        err_release(&ignored);
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        pid_t pid = temp_pid(names.items[i]);

        if (pid <= 0 || (pid != getpid() && (!kill(pid, 0) || errno != ESRCH)))
            continue;
        buf_clear(&path);
        fs_join(&path, dir, names.items[i]);
        fs_unlink(buf_cstr(&path));
    }
    buf_release(&path);
    fs_names_release(&names);
}
