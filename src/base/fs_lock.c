// The lock of one save: PATH.lock, which says who holds it.
// Never takes a lock from a process that may be alive; is itself never waited for longer than
// asked.
//
// Two may find the same dead lock, and a lock may be given back, made anew and left by the dead
// between any two calls of another. What a lock file says is therefore changed only under flock,
// and only when it still says what made it free: nothing, or the name of a dead process. And who
// has written its name there holds the lock only if the file lies at its path then: nobody but its
// holder takes it from there, and the holder before is dead. A holder's file so lies at its path
// as long as it holds the lock, and two files cannot. A file system without flock (some of the
// network) has O_EXCL at least: there a lock of the dead is left for a person to remove.
#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fs_call.h"
#include "base/owner.h"

#define STEP_MS        10 // between two looks
#define LINE_MAX_BYTES 512
#ifndef UNCLEAR_MS
#define UNCLEAR_MS 300 // a lock that names nobody for so long was left by one who died making it
#endif

enum attempt { ATTEMPT_HELD, ATTEMPT_BUSY, ATTEMPT_AGAIN, ATTEMPT_FAILED };

static void release(struct fs_lock *lock)
{
    buf_release(&lock->path);
    buf_release(&lock->owner);
}

static void sleep_ms(int ms)
{
    struct timespec left = { ms / 1000, (long)(ms % 1000) * 1000000 };

    while (nanosleep(&left, &left) && errno == EINTR)
        ;
}

static bool read_line(int fd, struct buf *out)
{
    char bytes[LINE_MAX_BYTES];
    ssize_t got = FS_RETRY(pread(fd, bytes, sizeof(bytes), 0));

    buf_clear(out);
    if (got > 0)
        buf_add(out, sv_of(bytes, (size_t)got));
    return got >= 0;
}

// Is the open file still the one at `path`?
static bool is_at(int fd, const char *path)
{
    struct stat here, there;

    return !FS_RETRY(fstat(fd, &here)) && !FS_RETRY(lstat(path, &there)) &&
           here.st_ino == there.st_ino && here.st_dev == there.st_dev;
}

static bool write_owner(int fd, struct buf *owner)
{
    buf_clear(owner);
    owner_self(owner);
    buf_add_char(owner, '\n');

    // The position of a descriptor that was only read by pread is still 0.
    return !FS_RETRY(ftruncate(fd, 0)) && fs_call_write_all(fd, buf_sv(owner));
}

// Put our name into the open lock file, which is free, and see whether that is worth anything.
//   is_ours  we have just made it
static enum attempt occupy(int fd, bool is_ours, struct fs_lock *lock)
{
    if (write_owner(fd, &lock->owner))
        return is_at(fd, buf_cstr(&lock->path)) ? ATTEMPT_HELD : ATTEMPT_AGAIN;

    int saved = errno;

    if (is_ours && is_at(fd, buf_cstr(&lock->path)))
        fs_unlink(buf_cstr(&lock->path));
    errno = saved;
    return ATTEMPT_FAILED;
}

// Take the open lock file if nobody holds it.
//   is_ours  we have just made it; may_be_dead  it has named nobody long enough
static enum attempt take(int fd, bool is_ours, bool may_be_dead, struct buf *line,
                         struct fs_lock *lock)
{
    enum attempt result = ATTEMPT_BUSY;
    bool is_alone = !FS_RETRY(flock(fd, LOCK_EX | LOCK_NB));

    if (!is_alone && errno != ENOLCK && errno != EOPNOTSUPP)
        return errno == EWOULDBLOCK ? ATTEMPT_BUSY : ATTEMPT_FAILED;
    if (read_line(fd, line)) {
        enum owner_state state = owner_state(buf_sv(line), NULL, NULL);
        bool is_left = state == OWNER_GONE || (state == OWNER_UNCLEAR && may_be_dead);

        if ((is_ours && !line->len) || (is_left && is_alone))
            result = occupy(fd, is_ours, lock);
    } else {
        result = ATTEMPT_FAILED;
    }

    int saved = errno;

    (void)FS_RETRY(flock(fd, LOCK_UN));
    errno = saved;
    return result;
}

static enum attempt try_lock(bool may_be_dead, struct buf *line, struct fs_lock *lock)
{
    const char *path = buf_cstr(&lock->path);
    bool is_ours = true;
    int fd = fs_call_open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);

    if (fd < 0 && errno == EEXIST) {
        is_ours = false;
        fd = fs_call_open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
        if (fd < 0 && errno == ENOENT)
            return ATTEMPT_AGAIN;
    }
    if (fd < 0)
        return ATTEMPT_FAILED;

    enum attempt result = take(fd, is_ours, may_be_dead, line, lock);
    int saved = errno;

    close(fd);
    errno = saved;
    return result;
}

static bool say_locked(const char *path, const char *lock, const struct buf *line, struct err *err)
{
    struct sv host = { 0 }, pid = { 0 };
    struct err_at at = { .path = path };

    if (owner_state(buf_sv(line), &host, &pid) == OWNER_UNCLEAR)
        return err_set(err, E_LOCKED, at, "is locked by '%s'; remove it if nothing is writing",
                       fs_base_name(lock));
    return err_set(err, E_LOCKED, at,
                   "is being written by process " SV_FMT " on '" SV_FMT
                   "'; if that is gone, remove '%s'",
                   SV_ARG(pid), SV_ARG(host), fs_base_name(lock));
}

bool fs_lock(const char *path, int wait_ms, struct fs_lock *out, struct err *err)
{
    struct fs_lock lock = { 0 };
    struct buf line = { 0 }, dir = { 0 };
    int waited = 0, unclear = 0;
    bool ok = false;

    *out = (struct fs_lock){ 0 };
    fs_add_parent(&dir, path);
    buf_addf(&lock.path, "%s.lock", path);
    if (!fs_make_dirs(buf_cstr(&dir), err))
        goto out;
    for (;;) {
        enum attempt attempt = try_lock(unclear >= UNCLEAR_MS, &line, &lock);

        if (attempt == ATTEMPT_FAILED) {
            (void)err_set_errno(err, path, "cannot be locked");
            break;
        }
        if (attempt == ATTEMPT_HELD) {
            *out = lock;
            lock = (struct fs_lock){ 0 };
            ok = true;
            break;
        }
        if (waited >= wait_ms) {
            (void)say_locked(path, buf_cstr(&lock.path), &line, err);
            break;
        }
        sleep_ms(STEP_MS);
        waited += STEP_MS;
        if (attempt == ATTEMPT_BUSY && owner_state(buf_sv(&line), NULL, NULL) == OWNER_UNCLEAR)
            unclear += STEP_MS; // empty, or zeros after a power cut
        else
            unclear = 0;
    }
out:
    release(&lock);
    buf_release(&line);
    buf_release(&dir);
    return ok;
}

void fs_lock_sweep(const char *path)
{
    struct buf lock_path = { 0 }, line = { 0 };
    struct fs_lock lock;
    struct err ignored = { 0 };

    buf_addf(&lock_path, "%s.lock", path);
    if (fs_is_file(buf_cstr(&lock_path)) &&
        fs_read(buf_cstr(&lock_path), LINE_MAX_BYTES, &line, &ignored)) {
        enum owner_state state = owner_state(buf_sv(&line), NULL, NULL);

        if ((state == OWNER_GONE || state == OWNER_UNCLEAR) &&
            fs_lock(path, 2 * UNCLEAR_MS, &lock, &ignored))
            fs_unlock(&lock);
    }
    err_release(&ignored);
    buf_release(&lock_path);
    buf_release(&line);
}

// Does the lock file name us, as far as can be told? One that somebody took away by hand may be
// another's by now.
static bool is_own(const struct fs_lock *lock)
{
    int fd = fs_call_open(buf_cstr(&lock->path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
    struct buf line = { 0 };

    if (fd < 0)
        return errno != ENOENT;

    bool is_so = !read_line(fd, &line) || sv_eq(buf_sv(&line), buf_sv(&lock->owner));

    buf_release(&line);
    close(fd);
    return is_so;
}

void fs_unlock(struct fs_lock *lock)
{
    if (lock->path.len && is_own(lock))
        fs_unlink(buf_cstr(&lock->path)); // one that stays would shut out this very process
    release(lock);
}
