// Files written: replaced as a whole or made anew, durable when the call returns true.
// Never opens a file for writing that has its own name, never leaves half a file under that.
#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __linux__
#include <linux/magic.h>
#include <sys/statfs.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/env.h"
#include "base/fs_call.h"
#include "base/fs_hold.h"
#include "base/owner.h"

#define TEMP_MARK ".gainsay-" // temporary files are .NAME.gainsay-MACHINE-PID
#define FOREIGN_AGE                                                                                \
    (24 * 60 * 60) // seconds until one of another machine or boot counts as left over
#define MODE_BITS 07777

struct target {
    struct buf path, dir; // links followed
    struct stat st;       // of the old file, when `exists`
    bool exists;
};

static void target_release(struct target *target)
{
    buf_release(&target->path);
    buf_release(&target->dir);
}

// Machine and boot in eight digits: a pid says something only where these are equal. FNV-1a.
static unsigned machine_hash(void)
{
    struct buf line = { 0 };
    struct sv rest, host = { 0 }, pid, boot = { 0 };
    unsigned hash = 2166136261U;

    owner_self(&line);
    rest = buf_sv(&line);
    if (sv_split(&rest, ' ', &host) && sv_split(&rest, ' ', &pid))
        (void)sv_split(&rest, ' ', &boot);
    for (size_t i = 0; i < host.len; i++)
        hash = (hash ^ (unsigned char)host.ptr[i]) * 16777619U;
    for (size_t i = 0; i < boot.len; i++)
        hash = (hash ^ (unsigned char)boot.ptr[i]) * 16777619U;
    buf_release(&line);
    return hash;
}

static bool is_left_over(const char *path, const char *tail)
{
    char *end;
    unsigned long hash = strtoul(tail, &end, 16);

    if (end != tail + 8 || *end != '-')
        return false;

    unsigned long pid = strtoul(end + 1, &end, 10);
    struct stat st;

    if (*end || !pid || pid > INT32_MAX)
        return false;
    if (hash == machine_hash())
        return (pid_t)pid == getpid() || (kill((pid_t)pid, 0) && errno == ESRCH);
    return !FS_RETRY(lstat(path, &st)) && st.st_mtime + FOREIGN_AGE < time(NULL);
}

// Take away the temporary files in `dir` of dead writers: those of `name`, or of any file when
// NULL. Best effort.
//   keep  the path of one that stays; NULL: none
static void sweep(const char *dir, const char *name, const char *keep)
{
    struct fs_names names;
    struct err ignored = { 0 };
    struct buf prefix = { 0 }, path = { 0 };

    if (!fs_list(dir, &names, &ignored)) {
        err_release(&ignored);
        return;
    }
    buf_addf(&prefix, ".%s" TEMP_MARK, name ? name : "");
    for (size_t i = 0; i < names.count; i++) {
        const char *item = names.items[i];
        size_t mark = sv_find(sv_from(item), SV(TEMP_MARK), 0);

        if (name ? strncmp(item, buf_cstr(&prefix), prefix.len) != 0
                 : item[0] != '.' || mark == SIZE_MAX)
            continue;
        buf_clear(&path);
        fs_join(&path, dir, item);
        if ((!keep || strcmp(buf_cstr(&path), keep) != 0) &&
            is_left_over(buf_cstr(&path), item + (name ? prefix.len : mark + strlen(TEMP_MARK))))
            fs_unlink(buf_cstr(&path));
    }
    buf_release(&prefix);
    buf_release(&path);
    fs_names_release(&names);
}

static bool target_find(const char *path, struct target *out, struct err *err)
{
    struct stat st;

    *out = (struct target){ 0 };
    if (FS_RETRY(lstat(path, &st))) {
        if (errno != ENOENT)
            return err_set_errno(err, path, "cannot be looked at");
        buf_add_cstr(&out->path, path);
    } else if (!S_ISLNK(st.st_mode)) {
        buf_add_cstr(&out->path, path);
    } else if (!fs_is_file(path)) {
        return err_set(err, E_SYSTEM, (struct err_at){ .path = path },
                       "is a link to no file; make the file, or remove the link");
    } else if (!fs_real(path, &out->path, err)) {
        return false;
    }
    fs_add_parent(&out->dir, buf_cstr(&out->path));
    return true;
}

// May the old file be replaced? Its permissions bind us though rename would not ask for them.
static bool target_check(struct target *target, const char *path, struct err *err)
{
    struct err_at at = { .path = path };

    if (FS_RETRY(lstat(buf_cstr(&target->path), &target->st)))
        return errno == ENOENT || err_set_errno(err, path, "cannot be looked at");
    target->exists = true;
    if (!S_ISREG(target->st.st_mode))
        return err_set(err, E_SYSTEM, at, "is no regular file; nothing is written");
    if (target->st.st_nlink > 1)
        return err_set(err, E_SYSTEM, at,
                       "has %ju hard links, which saving would part; make it a file of its own "
                       "(cp FILE FILE.new && mv FILE.new FILE)",
                       (uintmax_t)target->st.st_nlink);
    if (FS_RETRY(faccessat(AT_FDCWD, buf_cstr(&target->path), W_OK, AT_EACCESS)))
        return err_set_errno(err, path, "cannot be written");
    return true;
}

static size_t total(const struct sv *pieces, size_t count)
{
    size_t len = 0;

    for (size_t i = 0; i < count; i++)
        len += pieces[i].len;
    return len;
}

// Room for a large file at once, which is half the work of room for one stretch after the other.
// Not in memory (tmpfs), which would be cleared for it. That there is none the writing will tell.
static void make_room(int fd, const struct sv *pieces, size_t count)
{
#ifdef __linux__
    struct statfs st;
    size_t len = total(pieces, count);

    if (len >= FS_LARGE_BYTES && !FS_RETRY(fstatfs(fd, &st)) && st.f_type != TMPFS_MAGIC)
        (void)FS_RETRY(fallocate(fd, 0, 0, (off_t)len));
#else
    (void)fd;
    (void)pieces;
    (void)count;
#endif
}

static bool write_pieces(int fd, const struct sv *pieces, size_t count)
{
    make_room(fd, pieces, count);
    for (size_t i = 0; i < count; i++) {
        if (!fs_call_write_all(fd, pieces[i]))
            return false;
    }
    return true;
}

// Give the new file what the old one at `path` had. Only root may give a file away: another owner
// is let go, and a group that cannot be kept takes its rights with it.
static bool keep_attributes(int fd, const char *path, const struct stat *old)
{
    struct stat st;
    mode_t mode = old->st_mode & MODE_BITS;

    if (FS_RETRY(fstat(fd, &st)))
        return false;
    if (st.st_uid != old->st_uid && FS_RETRY(fchown(fd, old->st_uid, (gid_t)-1)) &&
        errno != EPERM && errno != EINVAL)
        return false;
    if (st.st_gid != old->st_gid && FS_RETRY(fchown(fd, (uid_t)-1, old->st_gid))) {
        if (errno != EPERM && errno != EINVAL)
            return false;
        mode = (mode & ~(mode_t)02070) | ((mode & 07) << 3);
        path = NULL; // a list would give the other group what the old one had
    }
    return !FS_RETRY(fchmod(fd, mode)) && fs_call_keep_xattrs(path, fd);
}

// Write the pieces over the open file, which has some of their bytes already.
static bool write_over(int fd, const struct sv *pieces, size_t count, const struct fs_same *same)
{
    size_t len = total(pieces, count), end = len, pos = 0;
    struct stat st;

    if (FS_RETRY(fstat(fd, &st)))
        return false;
    if ((uintmax_t)st.st_size == len)
        end -= same->end; // at the same place in both
    if (lseek(fd, (off_t)same->beg, SEEK_SET) < 0)
        return false;
    for (size_t i = 0; i < count && pos < end; pos += pieces[i++].len) {
        size_t from = same->beg > pos ? same->beg - pos : 0, left = end - pos;
        size_t to = left < pieces[i].len ? left : pieces[i].len;

        if (from < to && !fs_call_write_all(fd, sv_sub(pieces[i], from, to)))
            return false;
    }
    return (uintmax_t)st.st_size <= len || !FS_RETRY(ftruncate(fd, (off_t)len));
}

static int make_temp(const struct target *target, struct buf *temp)
{
    struct buf name = { 0 };
    int fd;

    buf_addf(&name, ".%s" TEMP_MARK "%08x-%ld", fs_base_name(buf_cstr(&target->path)),
             machine_hash(), (long)getpid());
    fs_join(temp, buf_cstr(&target->dir), buf_cstr(&name));
    buf_release(&name);
    fd = fs_call_open(buf_cstr(temp), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                      target->exists ? 0600 : 0666);
    if (fd < 0)
        buf_clear(temp);
    return fd;
}

// The file of before, to be written over; -1: there is none that may be.
static int open_spare(const struct fs_known *known, size_t len, struct fs_same *same,
                      struct buf *temp)
{
    if (!known->hold)
        return -1;
    if (len < FS_LARGE_BYTES)
        fs_hold_drop_spare(known->hold);
    return fs_hold_open_spare(known->hold, known->seen, same, temp);
}

// A temporary file with the bytes of `pieces` beside the target, on disk when true. *temp is to be
// unlinked on failure.
static bool write_temp(const struct target *target, const struct sv *pieces, size_t count,
                       const struct fs_known *known, struct buf *temp)
{
    struct fs_same same = known->same;
    int fd = open_spare(known, total(pieces, count), &same, temp);
    bool is_spare = fd >= 0;

    if (!is_spare)
        fd = make_temp(target, temp);
    if (fd < 0)
        return false;

    bool ok = (is_spare ? write_over(fd, pieces, count, &same) : write_pieces(fd, pieces, count)) &&
              (!target->exists || keep_attributes(fd, buf_cstr(&target->path), &target->st)) &&
              !FS_RETRY(fsync(fd));
    int saved = errno;

    // An interrupted close has closed; all else that close reports is a failure of the write.
    if (close(fd) && errno != EINTR && ok) {
        saved = errno;
        ok = false;
    }
    errno = saved;
    return ok;
}

// *is_safe says whether its names are on disk: some folders cannot be brought there, which is no
// failure.
static bool sync_dir(const char *dir, bool *is_safe)
{
    int fd = fs_call_open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

    *is_safe = false;
    if (fd < 0)
        return errno ==
               EACCES; // a folder that may be written but not read: nothing more can be done

    *is_safe = !FS_RETRY(fsync(fd));

    bool ok = *is_safe || errno == EINVAL;
    int saved = errno;

    close(fd);
    errno = saved;
    return ok;
}

//   hold  of the file; NULL: none
static bool finish(const struct target *target, const char *path, struct fs_hold *hold,
                   struct err *err)
{
    bool is_safe;
    bool ok = sync_dir(buf_cstr(&target->dir), &is_safe);
    int saved = errno;

    if (hold && !is_safe)
        fs_hold_drop_spare(hold); // after a power cut that could be the file in place again
    errno = saved;
    if (ok)
        return true;
    return err_set_errno(err, path, "is written, but its folder cannot be brought to disk");
}

// Put the temporary file in the place of nothing. Without hard links: hold the name by an empty
// file.
static bool place_new(const char *temp, const char *path)
{
    if (!FS_RETRY(link(temp, path))) {
        fs_unlink(temp);
        return true;
    }
    if (errno != EPERM && errno != ENOSYS && errno != EOPNOTSUPP && errno != EMLINK)
        return false;

    int fd = fs_call_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return false;
    close(fd);
    if (!FS_RETRY(rename(temp, path)))
        return true;

    int saved = errno;

    fs_unlink(path);
    errno = saved;
    return false;
}

void fs_sweep(const char *path)
{
    struct target target = { 0 };
    struct err ignored = { 0 };

    if (target_find(path, &target, &ignored))
        sweep(buf_cstr(&target.dir), fs_base_name(buf_cstr(&target.path)), NULL);
    fs_lock_sweep(path);
    err_release(&ignored);
    target_release(&target);
}

void fs_sweep_folder(const char *dir)
{
    sweep(dir, NULL, NULL);
}

bool fs_replace(const char *path, struct sv bytes, struct err *err)
{
    bool is_in_place;

    return fs_replace_and_tell(path, &bytes, 1, &is_in_place, err);
}

bool fs_replace_and_tell(const char *path, const struct sv *pieces, size_t count, bool *is_in_place,
                         struct err *err)
{
    enum fs_outcome outcome;
    bool ok = fs_replace_seen(path, pieces, count, &(struct fs_known){ 0 }, &outcome, err);

    *is_in_place = outcome == FS_REPLACED;
    return ok;
}

// Is the file another one than it was when it was looked at? In doubt it is not: the rename will
// tell.
static bool is_overtaken(const char *path, const struct fs_stamp *seen)
{
    struct err ignored = { 0 };
    struct fs_stamp now;
    bool is_so = seen && fs_stamp(path, &now, &ignored) && !fs_stamp_eq(&now, seen);

    err_release(&ignored);
    return is_so;
}

// Give the temporary file the name of the old one, unless that was overtaken. *temp is emptied when
// nothing is to be unlinked.
static enum fs_outcome put_in_place(struct buf *temp, const char *path, bool is_large,
                                    const struct fs_known *known)
{
    struct fs_hold *hold = known->hold;
    enum fs_outcome outcome = FS_FAILED;

    if (hold && is_large)
        fs_hold_watch(hold, buf_cstr(temp));
    if (is_overtaken(path, known->seen)) {
        outcome = FS_OVERTAKEN;
    } else if (hold && is_large && fs_hold_swap(hold, buf_cstr(temp), path, &known->same)) {
        buf_clear(temp);
        return FS_REPLACED;
    } else {
        if (hold && is_large)
            fs_hold_old(hold, path);
        if (!FS_RETRY(rename(buf_cstr(temp), path))) {
            buf_clear(temp);
            if (hold)
                fs_hold_arrived(hold);
            return FS_REPLACED;
        }
    }

    int saved = errno;

    if (hold) {
        fs_hold_forget(hold);
        fs_hold_let_go(hold);
    }
    errno = saved;
    return outcome;
}

bool fs_replace_seen(const char *path, const struct sv *pieces, size_t count,
                     const struct fs_known *known, enum fs_outcome *outcome, struct err *err)
{
    const char *spare = known->hold ? buf_cstr(&known->hold->spare.path) : NULL;
    struct target target;
    struct buf temp = { 0 };
    bool ok = false;

    *outcome = FS_FAILED;
    if (!target_find(path, &target, err))
        goto out;
    if (!fs_make_dirs(buf_cstr(&target.dir), err))
        goto out;
    sweep(buf_cstr(&target.dir), fs_base_name(buf_cstr(&target.path)),
          spare); // before the look at hard links: a dead fs_create may have left one
    if (!target_check(&target, path, err))
        goto out;
    if (!write_temp(&target, pieces, count, known, &temp)) {
        (void)err_set_errno(err, path, "cannot be saved");
        goto out;
    }
    *outcome =
        put_in_place(&temp, buf_cstr(&target.path), total(pieces, count) >= FS_LARGE_BYTES, known);
    if (*outcome == FS_REPLACED)
        ok = finish(&target, path, known->hold, err);
    else if (*outcome == FS_FAILED)
        (void)err_set_errno(err, path, "cannot be replaced");
out:
    if (temp.len)
        fs_unlink(buf_cstr(&temp));
    buf_release(&temp);
    target_release(&target);
    return ok;
}

bool fs_create(const char *path, struct sv bytes, struct err *err)
{
    struct target target = { 0 };
    struct stat st;
    struct buf temp = { 0 };
    bool ok = false;

    buf_add_cstr(&target.path, path);
    fs_add_parent(&target.dir, path);
    if (!fs_make_dirs(buf_cstr(&target.dir), err))
        goto out;
    sweep(buf_cstr(&target.dir), fs_base_name(buf_cstr(&target.path)), NULL);
    if (!FS_RETRY(lstat(path, &st))) {
        errno = EEXIST;
        (void)err_set_errno(err, path, "cannot be made");
    } else if (!write_temp(&target, &bytes, 1, &(struct fs_known){ 0 }, &temp) ||
               !place_new(buf_cstr(&temp), path)) {
        (void)err_set_errno(err, path, "cannot be made");
    } else {
        buf_clear(&temp);
        ok = finish(&target, path, NULL, err);
        if (!ok)
            fs_unlink(path); // not made for good: not made
    }
out:
    if (temp.len)
        fs_unlink(buf_cstr(&temp));
    buf_release(&temp);
    target_release(&target);
    return ok;
}

bool fs_make_dirs(const char *path, struct err *err)
{
    struct buf parent = { 0 };
    bool ok = false, is_safe;

    enum fs_type type = fs_look(path, err);

    if (type == FS_DIR || type == FS_UNKNOWN)
        return type == FS_DIR;
    fs_add_parent(&parent, path);
    if (strcmp(buf_cstr(&parent), path) != 0 && !fs_make_dirs(buf_cstr(&parent), err))
        goto out;
    if (FS_RETRY(mkdir(path, 0777)) && (errno != EEXIST || !fs_is_dir(path))) {
        (void)err_set_errno(err, path, "cannot be made as a folder");
        goto out;
    }
    ok = sync_dir(buf_cstr(&parent), &is_safe) ||
         err_set_errno(err, path, "is made, but its folder cannot be brought to disk");
out:
    buf_release(&parent);
    return ok;
}

bool fs_temp(const char *suffix, struct sv bytes, struct buf *path, struct err *err)
{
    const char *dir = env_get("TMPDIR");
    struct buf name = { 0 };

    fs_join(&name, dir ? dir : "/tmp", "gainsay-");
    buf_add_fill(&name, 'X', 6);
    buf_add_cstr(&name, suffix);

    int fd = FS_RETRY(mkostemps(name.ptr, (int)strlen(suffix), O_CLOEXEC));
    bool ok = fd >= 0 && fs_call_write_all(fd, bytes);
    int saved = errno;

    if (fd >= 0 && close(fd) && errno != EINTR && ok) {
        saved = errno;
        ok = false;
    }
    errno = saved;
    if (ok) {
        buf_add(path, buf_sv(&name));
    } else {
        (void)err_set_errno(err, buf_cstr(&name), "cannot be written");
        if (fd >= 0)
            fs_unlink(buf_cstr(&name));
    }
    buf_release(&name);
    return ok;
}
