// A library to preload: counts the calls of a save, and makes one of them fail or be the program's
// last. Must never touch a call on a path outside $FAULT_UNDER, nor reading unless told.
//
//   FAULT_UNDER  absolute folder, without a slash at its end
//   FAULT_AT     number of the call, from 1
//   FAULT_HOW    kill: the program dies before it; torn: a write is half done first;
//                power: it dies and what no fsync has made safe is lost; zeros: or is zeros;
//                otherwise a number: the call is not made and fails with this errno;
//                short: a write does half and says so
//   FAULT_LAST   1: that call and all later ones
//   FAULT_READS  1: counts what only looks as well: opening to read, folders too, read, stat,
//   access FAULT_LOG    file that takes the name of each call, one a line FAULT_AUDIT  file that
//   takes a line for each rename of bytes that no fsync has made safe, and
//                at the end for each folder that a rename or link changed and no fsync followed
#include <dirent.h>
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
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

enum act { ACT_GO, ACT_FAIL, ACT_HALF, ACT_TORN };

static int calls;

// Files written to: what a loss of power takes. Folders changed: what it may take.
static struct written {
    dev_t dev;
    ino_t ino;
    int fd;     // our own
    off_t safe; // so many bytes are on the disk
} written[64];
static size_t written_count;
static struct folder {
    char path[PATH_MAX];
    bool is_dirty;
} folders[64];
static size_t folder_count;

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
typedef int exchange_fn(int, const char *, int, const char *, unsigned);
typedef int path_mode_fn(const char *, mode_t);
typedef int fd_mode_fn(int, mode_t);
typedef int truncate_fn(int, off_t);
typedef ssize_t read_fn(int, void *, size_t);
typedef ssize_t pread_fn(int, void *, size_t, off_t);
typedef int stat_fn(const char *, struct stat *);
typedef int fstat_fn(int, struct stat *);
typedef int statfs_fn(const char *, struct statfs *);
typedef int fstatfs_fn(int, struct statfs *);
typedef int access_fn(int, const char *, int, int);
typedef DIR *opendir_fn(const char *);
typedef int allocate_fn(int, int, off_t, off_t);
typedef int watch_fn(int, const char *, uint32_t);

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
    return is_under(path) || !strcmp(path, "anon_inode:inotify"); // which watches ours alone
}

// One line into the file that this variable names, if it names one.
static void note(const char *variable, const char *call, const char *path)
{
    const char *log = getenv(variable);
    int fd = log ? BEHIND(open_fn *, "open")(log, O_WRONLY | O_APPEND | O_CREAT, 0666) : -1;
    char line[PATH_MAX + 64];

    if (fd < 0)
        return;

    int len = snprintf(line, sizeof(line), "%s%s%s\n", call, *path ? " " : "", path);

    if (BEHIND(write_fn *, "write")(fd, line, (size_t)len) != len)
        _exit(99);
    BEHIND(fd_fn *, "close")(fd);
}

static int look_at(int fd, struct stat *st)
{
    return BEHIND(fstat_fn *, "fstat")(fd, st);
}

// The file in the list; NULL: nothing of it is at risk.
static struct written *find_file(const struct stat *st)
{
    for (size_t i = 0; i < written_count; i++)
        if (written[i].dev == st->st_dev && written[i].ino == st->st_ino)
            return &written[i];
    return NULL;
}

static struct written *find_written(int fd)
{
    struct stat st;

    return look_at(fd, &st) ? NULL : find_file(&st);
}

// Before a write to this descriptor.
static void becomes_dirty(int fd)
{
    struct stat st;

    if (find_written(fd) || look_at(fd, &st) || !S_ISREG(st.st_mode))
        return;
    if (written_count == sizeof(written) / sizeof(*written))
        _exit(98);
    written[written_count++] =
        (struct written){ .dev = st.st_dev, .ino = st.st_ino, .fd = dup(fd), .safe = st.st_size };
}

// After an fsync of a file or of a folder.
static void becomes_safe(int fd)
{
    struct stat st;
    char name[64], path[PATH_MAX];

    if (look_at(fd, &st))
        return;
    if (S_ISREG(st.st_mode)) {
        struct written *file = find_written(fd);

        if (file) {
            BEHIND(fd_fn *, "close")(file->fd);
            *file = written[--written_count];
        }
        return;
    }
    snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);

    ssize_t len = readlink(name, path, sizeof(path) - 1);

    if (len <= 0)
        return;
    path[len] = '\0';
    for (size_t i = 0; i < folder_count; i++)
        if (!strcmp(folders[i].path, path))
            folders[i].is_dirty = false;
}

static void folder_of_is_dirty(const char *path)
{
    char folder[PATH_MAX];

    snprintf(folder, sizeof(folder), "%s", path);
    *strrchr(folder, '/') = '\0';
    for (size_t i = 0; i < folder_count; i++)
        if (!strcmp(folders[i].path, folder)) {
            folders[i].is_dirty = true;
            return;
        }
    if (folder_count == sizeof(folders) / sizeof(*folders))
        _exit(98);
    strcpy(folders[folder_count].path, folder);
    folders[folder_count++].is_dirty = true;
}

// A name is about to be given to these bytes. They are not opened, which would be told of.
static void audit_rename(const char *from, const char *to)
{
    struct stat st;

    if (!BEHIND(stat_fn *, "lstat")(from, &st) && find_file(&st))
        note("FAULT_AUDIT", "renamed before its bytes were safe:", to);
    folder_of_is_dirty(to);
}

__attribute__((destructor)) static void audit_folders(void)
{
    for (size_t i = 0; i < folder_count; i++)
        if (folders[i].is_dirty)
            note("FAULT_AUDIT", "not made safe after a rename:", folders[i].path);
}

static void lose_power(bool zeros)
{
    for (size_t i = 0; i < written_count; i++) {
        struct stat st;

        if (look_at(written[i].fd, &st))
            continue;
        if (BEHIND(truncate_fn *, "ftruncate")(written[i].fd, written[i].safe))
            _exit(99);
        if (zeros && st.st_size > written[i].safe &&
            BEHIND(truncate_fn *, "ftruncate")(written[i].fd, st.st_size))
            _exit(99);
    }
}

// What is to become of this call. Does not come back when it is to be the last.
static enum act meet(const char *call)
{
    const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");
    bool is_write = strstr(call, "write") != NULL;
    int wanted = at ? atoi(at) : 0;

    note("FAULT_LOG", call, "");
    calls++;
    if (!wanted || !how || calls < wanted || (calls > wanted && !getenv("FAULT_LAST")))
        return ACT_GO;
    if (strcmp(how, "torn") == 0 && is_write)
        return ACT_TORN;
    if (strcmp(how, "power") == 0 || strcmp(how, "zeros") == 0)
        lose_power(*how == 'z');
    if (strcmp(how, "kill") == 0 || strcmp(how, "torn") == 0 || strcmp(how, "power") == 0 ||
        strcmp(how, "zeros") == 0)
        raise(SIGKILL);
    if (strcmp(how, "short") == 0)
        return is_write ? ACT_HALF : ACT_GO;
    errno = atoi(how);
    return ACT_FAIL;
}

static bool counts_reads(void)
{
    return getenv("FAULT_READS") != NULL;
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

    FAIL_OR((is_saving || counts_reads()) && is_under(path), is_saving ? "open" : "open to read",
            BEHIND(open_fn *, "open")(path, flags, mode));
}

ssize_t read(int fd, void *bytes, size_t len)
{
    FAIL_OR(counts_reads() && is_fd_under(fd), "read", BEHIND(read_fn *, "read")(fd, bytes, len));
}

int stat(const char *path, struct stat *st)
{
    FAIL_OR(counts_reads() && is_under(path), "stat", BEHIND(stat_fn *, "stat")(path, st));
}

int lstat(const char *path, struct stat *st)
{
    FAIL_OR(counts_reads() && is_under(path), "stat", BEHIND(stat_fn *, "lstat")(path, st));
}

int fstat(int fd, struct stat *st)
{
    FAIL_OR(counts_reads() && is_fd_under(fd), "fstat", look_at(fd, st));
}

ssize_t pread(int fd, void *bytes, size_t len, off_t at)
{
    FAIL_OR(counts_reads() && is_fd_under(fd), "pread",
            BEHIND(pread_fn *, "pread")(fd, bytes, len, at));
}

int statfs(const char *path, struct statfs *st)
{
    FAIL_OR(counts_reads() && is_under(path), "statfs", BEHIND(statfs_fn *, "statfs")(path, st));
}

int fstatfs(int fd, struct statfs *st)
{
    FAIL_OR(counts_reads() && is_fd_under(fd), "fstatfs", BEHIND(fstatfs_fn *, "fstatfs")(fd, st));
}

int faccessat(int folder, const char *path, int mode, int flags)
{
    FAIL_OR(counts_reads() && is_under(path), "faccessat",
            BEHIND(access_fn *, "faccessat")(folder, path, mode, flags));
}

DIR *opendir(const char *path)
{
    if (counts_reads() && is_under(path) && meet("opendir") == ACT_FAIL)
        return NULL;
    return BEHIND(opendir_fn *, "opendir")(path);
}

int inotify_init1(int flags)
{
    FAIL_OR(getenv("FAULT_UNDER"), "inotify_init1", BEHIND(fd_fn *, "inotify_init1")(flags));
}

int inotify_add_watch(int fd, const char *path, uint32_t mask)
{
    FAIL_OR(is_under(path), "inotify_add_watch",
            BEHIND(watch_fn *, "inotify_add_watch")(fd, path, mask));
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    enum act act = is_fd_under(fd) ? meet("write") : ACT_GO;

    if (act == ACT_FAIL)
        return -1;

    if (is_fd_under(fd))
        becomes_dirty(fd);

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

    if (is_fd_under(fd))
        becomes_dirty(fd);

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
    if (!is_fd_under(fd))
        return BEHIND(fd_fn *, "fsync")(fd);
    if (meet("fsync") == ACT_FAIL)
        return -1;

    int result = BEHIND(fd_fn *, "fsync")(fd);

    if (!result)
        becomes_safe(fd);
    return result;
}

int ftruncate(int fd, off_t len)
{
    FAIL_OR(is_fd_under(fd), "ftruncate", BEHIND(truncate_fn *, "ftruncate")(fd, len));
}

int fallocate(int fd, int mode, off_t at, off_t len)
{
    FAIL_OR(is_fd_under(fd), "fallocate", BEHIND(allocate_fn *, "fallocate")(fd, mode, at, len));
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
    if (!is_under(from))
        return BEHIND(two_paths_fn *, "rename")(from, to);
    if (meet("rename") == ACT_FAIL)
        return -1;
    audit_rename(from, to);
    return BEHIND(two_paths_fn *, "rename")(from, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    if (is_under(from)) {
        if (meet("exchange") == ACT_FAIL)
            return -1;
        audit_rename(from, to);
    }
    return BEHIND(exchange_fn *, "renameat2")(from_dir, from, to_dir, to, flags);
}

int link(const char *from, const char *to)
{
    if (!is_under(from))
        return BEHIND(two_paths_fn *, "link")(from, to);
    if (meet("link") == ACT_FAIL)
        return -1;
    audit_rename(from, to);
    return BEHIND(two_paths_fn *, "link")(from, to);
}

int unlink(const char *path)
{
    FAIL_OR(is_under(path), "unlink", BEHIND(path_fn *, "unlink")(path));
}

int mkdir(const char *path, mode_t mode)
{
    FAIL_OR(is_under(path), "mkdir", BEHIND(path_mode_fn *, "mkdir")(path, mode));
}
