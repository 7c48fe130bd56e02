// Files read, listed and named.
// Never waits for a file that is no regular one, and never writes (base/fs_replace.c,
// base/fs_lock.c).
#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/env.h"
#include "base/fs_call.h"
#include "base/mem.h"

#define READ_STEP    ((size_t)64 << 10)
#define COMPARE_STEP ((size_t)256 << 10) // bytes; what the processor keeps close by
#define SETTLED_NS   2000000000          // the coarsest clock of a file system, that of FAT
#define UNLINK_TRIES 3                   // unlike a write, it may be tried again

static int64_t nanoseconds(const struct timespec *time)
{
    return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

void fs_call_stamp(const struct stat *st, struct fs_stamp *out)
{
    *out = (struct fs_stamp){
        .exists = true,
        .size = (uint64_t)st->st_size,
        .inode = (uint64_t)st->st_ino,
        .device = (uint64_t)st->st_dev,
        .mtime_ns = nanoseconds(&st->st_mtim),
        .ctime_ns = nanoseconds(&st->st_ctim),
    };
}

static const char *type_name(mode_t mode)
{
    return S_ISDIR(mode)    ? "a folder"
           : S_ISFIFO(mode) ? "a named pipe"
           : S_ISSOCK(mode) ? "a socket"
                            : "a device";
}

// -1 with errno alone when it cannot be opened, with `err` when it is no regular file.
static int open_regular(const char *path, int flags, struct stat *st, struct err *err)
{
    int fd = -1;

    for (int attempt = 0; attempt < 2; attempt++) {
        fd = fs_call_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags, 0);
        if (fd >= 0 || errno != ESTALE)
            break;
    }
    if (fd < 0)
        return -1;
    if (FS_RETRY(fstat(fd, st)))
        (void)err_set_errno(err, path, "cannot be read");
    else if (!S_ISREG(st->st_mode))
        (void)err_set(err, E_SYSTEM, (struct err_at){ .path = path },
                      "is %s; a regular file is wanted here", type_name(st->st_mode));
    else
        return fd;
    close(fd);
    errno = 0;
    return -1;
}

int fs_call_open_regular(const char *path, struct stat *st, struct err *err)
{
    int fd = open_regular(path, 0, st, err);

    if (fd < 0 && errno)
        (void)err_set_errno(err, path, "cannot be read");
    return fd;
}

bool fs_call_write_all(int fd, struct sv bytes)
{
    while (bytes.len) {
        ssize_t done = FS_RETRY(write(fd, bytes.ptr, bytes.len));

        if (done <= 0) {
            if (!done)
                errno = EIO;
            return false;
        }
        bytes = sv_sub(bytes, (size_t)done, bytes.len);
    }
    return true;
}

bool fs_call_read_all(int fd, size_t expected, size_t max, struct buf *out)
{
    size_t before = out->len;
    ssize_t got = 0;

    buf_reserve(out, expected ? expected + 1 : READ_STEP); // one more, to meet the end in that room
    while (out->len - before <= max) {
        if (out->cap - out->len < 2)
            buf_reserve(out, out->len > READ_STEP ? out->len : READ_STEP);
        got = FS_RETRY(read(fd, out->ptr + out->len, out->cap - out->len - 1));
        if (got <= 0)
            break;
        out->len += (size_t)got;
        out->ptr[out->len] = '\0';
    }
    return got >= 0;
}

static bool may_access(const char *path, int mode)
{
    return !FS_RETRY(faccessat(AT_FDCWD, path, mode, AT_EACCESS)) ||
           (errno != EACCES && errno != EPERM && errno != EROFS && errno != ENOTDIR);
}

static int compare_entries(const void *a, const void *b)
{
    const struct fs_entry *x = a, *y = b;

    return strcmp(x->name, y->name);
}

static enum fs_type entry_type(unsigned char type)
{
    return type == DT_REG                         ? FS_FILE
           : type == DT_DIR                       ? FS_DIR
           : type == DT_LNK || type == DT_UNKNOWN ? FS_UNKNOWN
                                                  : FS_OTHER;
}

static bool is_below(struct sv path, struct sv folder)
{
    return path.len > folder.len && sv_starts(path, folder) && path.ptr[folder.len] == '/';
}

// Does the link lead to something below the folder?
static bool stays_in(const char *link, struct sv folder, struct err *err)
{
    struct err_at at = { .path = link + folder.len + 1 };
    char *real = FS_RETRY_PTR(realpath(link, NULL));
    bool is_in = real && is_below(sv_from(real), folder);

    if (!real)
        (void)err_set(err, E_NAME, at,
                      "is a link to nothing; put there what it names, or remove it");
    else if (!is_in)
        (void)err_set(err, E_NAME, at,
                      "is a link out of the workspace and is not followed; "
                      "put here itself what it names");
    mem_free(real);
    return is_in;
}

bool fs_stamp(const char *path, struct fs_stamp *out, struct err *err)
{
    struct stat st;
    int result = FS_RETRY(stat(path, &st));

    if (result && errno == ESTALE)
        result = FS_RETRY(stat(path, &st));
    *out = (struct fs_stamp){ 0 };
    if (!result)
        fs_call_stamp(&st, out);
    else if (errno != ENOENT && errno != ENOTDIR)
        return err_set_errno(err, path, "cannot be looked at");
    return true;
}

bool fs_stamp_eq(const struct fs_stamp *a, const struct fs_stamp *b)
{
    return a->exists == b->exists && a->size == b->size && a->inode == b->inode &&
           a->device == b->device && a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

bool fs_stamp_is_settled(const struct fs_stamp *stamp)
{
    struct timespec now;

    return !clock_gettime(CLOCK_REALTIME, &now) &&
           stamp->mtime_ns < nanoseconds(&now) - SETTLED_NS &&
           stamp->ctime_ns < nanoseconds(&now) - SETTLED_NS;
}

bool fs_stamp_is_older(const struct fs_stamp *stamp, int64_t seconds)
{
    struct timespec now;

    return !clock_gettime(CLOCK_REALTIME, &now) &&
           stamp->mtime_ns / 1000000000 <= (int64_t)now.tv_sec - seconds;
}

// Append what `fd` holds and close it.
static bool read_open(int fd, const struct stat *st, const char *path, size_t max, struct buf *out,
                      struct err *err)
{
    size_t before = out->len;
    bool ok = false;

    if (st->st_size > 0 && (uintmax_t)st->st_size > max)
        (void)err_set(err, E_REFUSED, (struct err_at){ .path = path },
                      "has %ju bytes; at most %zu are read here", (uintmax_t)st->st_size, max);
    else if (!fs_call_read_all(fd, (size_t)st->st_size, max, out))
        (void)err_set_errno(err, path, "cannot be read");
    else if (out->len - before > max)
        (void)err_set(err, E_REFUSED, (struct err_at){ .path = path },
                      "has more than the %zu bytes that are read here", max);
    else
        ok = true;
    if (!ok && out->len > before)
        buf_splice(out, before, out->len, SV(""));
    close(fd);
    return ok;
}

bool fs_read(const char *path, size_t max, struct buf *out, struct err *err)
{
    struct stat st;
    int fd = fs_call_open_regular(path, &st, err);

    return fd >= 0 && read_open(fd, &st, path, max, out, err);
}

bool fs_read_below(const char *path, const char *root, size_t max, struct buf *out, struct err *err)
{
    struct stat st;
    int fd = open_regular(path, O_NOFOLLOW, &st, err);

    if (fd >= 0)
        return read_open(fd, &st, path, max, out, err);
    if (errno == ELOOP || errno == EMLINK) // which of them is said differs between systems
        return fs_stays_in(path, root, err) && fs_read(path, max, out, err);
    return errno ? err_set_errno(err, path, "cannot be read") : false;
}

bool fs_holds(const char *path, struct sv bytes, bool *same, struct err *err)
{
    struct stat st;
    int fd = fs_call_open_regular(path, &st, err);

    *same = false;
    if (fd < 0)
        return false;

    size_t step = bytes.len < COMPARE_STEP ? bytes.len + 1 : COMPARE_STEP;
    char *block = mem_new(step);
    ssize_t got = 0;

    while ((got = FS_RETRY(read(fd, block, step))) > 0) {
        if (!sv_starts(bytes, sv_of(block, (size_t)got)))
            break;
        bytes = sv_sub(bytes, (size_t)got, bytes.len);
    }
    *same = got == 0 && bytes.len == 0;

    bool ok = got >= 0 || err_set_errno(err, path, "cannot be read");

    mem_free(block);
    close(fd);
    return ok;
}

bool fs_read_input(size_t max, struct buf *out, struct err *err)
{
    if (!fs_call_read_all(STDIN_FILENO, 0, max, out))
        return err_set_errno(err, "-", "standard input cannot be read");
    if (out->len > max)
        return err_set(err, E_REFUSED, (struct err_at){ .path = "-" },
                       "has more than the %zu bytes that are read here", max);
    return true;
}

unsigned fs_hold_streams(void)
{
    unsigned closed = 0;

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        closed |= 1U << fd;
        if (fs_call_open("/dev/null", O_RDWR, 0) != fd)
            break; // the lowest free number is always given: only a failure comes here
    }
    return closed;
}

enum fs_type fs_look(const char *path, struct err *err)
{
    struct stat st;
    int result = FS_RETRY(stat(path, &st));

    if (result && errno == ESTALE)
        result = FS_RETRY(stat(path, &st));
    if (!result)
        return S_ISREG(st.st_mode) ? FS_FILE : S_ISDIR(st.st_mode) ? FS_DIR : FS_OTHER;
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
        return FS_NONE;
    (void)err_set_errno(err, path, "cannot be looked at");
    return FS_UNKNOWN;
}

bool fs_is_dir(const char *path)
{
    struct stat st;

    return !FS_RETRY(stat(path, &st)) && S_ISDIR(st.st_mode);
}

bool fs_is_file(const char *path)
{
    struct stat st;

    return !FS_RETRY(stat(path, &st)) && S_ISREG(st.st_mode);
}

bool fs_is_link(const char *path)
{
    struct stat st;

    return !FS_RETRY(lstat(path, &st)) && S_ISLNK(st.st_mode);
}

bool fs_is_writable(const char *path)
{
    struct buf dir = { 0 };
    struct stat st;
    bool exists = !FS_RETRY(stat(path, &st));
    bool ok = !exists || may_access(path, W_OK);

    if (!ok || (exists && S_ISDIR(st.st_mode)))
        return ok;
    fs_add_parent(&dir, path);
    while (FS_RETRY(stat(buf_cstr(&dir), &st)) && errno == ENOENT) {
        struct buf up = { 0 };

        fs_add_parent(&up, buf_cstr(&dir));
        buf_release(&dir);
        dir = up;
    }
    ok = may_access(buf_cstr(&dir), W_OK | X_OK);
    buf_release(&dir);
    return ok;
}

bool fs_list_entries(const char *path, struct fs_entries *out, struct err *err)
{
    DIR *dir = FS_RETRY_PTR(opendir(path));
    struct dirent *entry;

    *out = (struct fs_entries){ 0 };
    if (!dir)
        return err_set_errno(err, path, "cannot be listed");
    errno = 0;
    while ((entry = readdir(dir))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = (struct fs_entry){
            mem_copy(entry->d_name, strlen(entry->d_name)),
            entry_type(entry->d_type),
        };
        errno = 0;
    }

    bool ok = errno == 0;

    if (!ok) {
        (void)err_set_errno(err, path, "cannot be listed");
        fs_entries_release(out);
    } else if (out->count) {
        qsort(out->items, out->count, sizeof(*out->items), compare_entries);
    }
    closedir(dir);
    return ok;
}

void fs_names_add(struct fs_names *names, const char *name)
{
    MEM_GROW(names->items, names->count, names->cap);
    names->items[names->count++] = mem_copy(name, strlen(name));
}

void fs_entries_release(struct fs_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        mem_free(entries->items[i].name);
    mem_free(entries->items);
    *entries = (struct fs_entries){ 0 };
}

bool fs_list(const char *path, struct fs_names *out, struct err *err)
{
    struct fs_entries entries;

    if (!fs_list_entries(path, &entries, err))
        return false;
    *out = (struct fs_names){ .count = entries.count, .cap = entries.count };
    out->items = entries.count ? mem_new(entries.count * sizeof(*out->items)) : NULL;
    for (size_t i = 0; i < entries.count; i++)
        out->items[i] = entries.items[i].name; // taken over
    mem_free(entries.items);
    return true;
}

void fs_names_release(struct fs_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        mem_free(names->items[i]);
    mem_free(names->items);
    *names = (struct fs_names){ 0 };
}

void fs_join(struct buf *out, const char *dir, const char *name)
{
    buf_add_cstr(out, dir);
    if (out->len && out->ptr[out->len - 1] != '/')
        buf_add_char(out, '/');
    buf_add_cstr(out, name);
}

void fs_add_parent(struct buf *out, const char *path)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    while (len && path[len - 1] != '/')
        len--;
    while (len > 1 && path[len - 1] == '/')
        len--;
    buf_add(out, len ? sv_of(path, len) : SV("."));
}

const char *fs_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

bool fs_real(const char *path, struct buf *out, struct err *err)
{
    char *real = FS_RETRY_PTR(realpath(path, NULL));

    if (!real)
        return err_set_errno(err, path, "cannot be found");
    buf_add_cstr(out, real);
    mem_free(real);
    return true;
}

bool fs_leads_out(const char *path, const char *root)
{
    struct err err = { 0 };
    bool stays = fs_stays_in(path, root, &err);

    err_release(&err);
    return !stays;
}

bool fs_stays_in(const char *path, const char *root, struct err *err)
{
    struct sv top = sv_from(root), whole = sv_from(path);
    struct buf part = { 0 };
    bool stays = true;

    if (sv_eq(top, SV("/")) || !is_below(whole, top))
        return true;
    for (size_t end = top.len; stays && end < whole.len;) {
        struct stat st;

        end = sv_find(whole, SV("/"), end + 1);
        buf_clear(&part);
        buf_add(&part, sv_sub(whole, 0, end)); // clamped
        if (FS_RETRY(lstat(buf_cstr(&part), &st)))
            break; // nothing there, or nothing to be seen: who opens it will be told why
        if (S_ISLNK(st.st_mode))
            stays = stays_in(buf_cstr(&part), top, err);
    }
    buf_release(&part);
    return stays;
}

void fs_unlink(const char *path)
{
    for (int tries = 0; tries < UNLINK_TRIES; tries++) {
        if (!FS_RETRY(unlink(path)) || errno == ENOENT)
            return;
    }
}

bool fs_make_executable(const char *path, struct err *err)
{
    struct stat st;

    if (stat(path, &st) || chmod(path, (st.st_mode & 0777) | ((st.st_mode & 0444) >> 2)))
        return err_set_errno(err, path, "cannot be made executable");
    return true;
}
