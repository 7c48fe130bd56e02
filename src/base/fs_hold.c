// What is kept of a file that was replaced, from one save of it to the next.
// Never vouches for a file that it has not seen get its name, never writes over one that anybody
// else may see, and never fails: what cannot be had is done without.
#include "base/fs_hold.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/fs_call.h"

// The time of the inode (ctime) changes when a file gets another name. That of the bytes does not.
static bool is_same_file(const struct fs_stamp *a, const struct fs_stamp *b)
{
    return a->exists && a->inode == b->inode && a->device == b->device && a->size == b->size &&
           a->mtime_ns == b->mtime_ns;
}

#ifdef __linux__

#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/statfs.h>

#define EVENTS_BYTES 4096

// Only what goes through this kernel can change a file there. All others are doubted: those of the
// network, of a program (FUSE), of a layer below.
static bool is_local(const char *path)
{
    struct statfs st;

    if (FS_RETRY(statfs(path, &st)))
        return false;
    switch (st.f_type) {
    case EXT4_SUPER_MAGIC:
    case XFS_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC:
    case TMPFS_MAGIC:
        return true;
    default:
        return false;
    }
}

// Take what the kernel has told. Of files that were watched before it may still tell that they are
// gone.
static void take_events(struct fs_hold *hold)
{
    struct fs_watched *watched[] = { &hold->here, &hold->coming, &hold->spare.seen };
    _Alignas(struct inotify_event) char bytes[EVENTS_BYTES];
    ssize_t got = 0;

    while (hold->has_events && (got = FS_RETRY(read(hold->events, bytes, sizeof(bytes)))) > 0) {
        for (const char *p = bytes; p < bytes + got;) {
            const struct inotify_event *event = (const void *)p;

            for (size_t i = 0; i < ARRAY_LEN(watched); i++)
                if (event->wd == watched[i]->watch || event->mask & IN_Q_OVERFLOW)
                    watched[i]->is_on = false;
            p += sizeof(*event) + event->len;
        }
    }
    if (!got || errno != EAGAIN)
        for (size_t i = 0; i < ARRAY_LEN(watched); i++)
            watched[i]->is_on = false;
}

static void unwatch(struct fs_hold *hold, struct fs_watched *watched)
{
    if (watched->is_on)
        (void)inotify_rm_watch(hold->events, watched->watch);
    *watched = (struct fs_watched){ 0 };
}

void fs_hold_watch(struct fs_hold *hold, const char *temp)
{
    struct fs_watched *coming = &hold->coming;
    struct err ignored = { 0 };

    unwatch(hold, coming);
    if (!is_local(temp))
        return;
    if (!hold->has_events) {
        hold->events = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        hold->has_events = hold->events >= 0;
    }
    if (!hold->has_events)
        return;
    // Writing takes opening, but for a cut by its name, and for servers of the network inside the
    // kernel.
    coming->watch = inotify_add_watch(hold->events, temp, IN_OPEN | IN_MODIFY);
    coming->is_on = coming->watch >= 0;
    if (coming->is_on && (!fs_stamp(temp, &coming->stamp, &ignored) || !coming->stamp.exists))
        unwatch(hold, coming);
    err_release(&ignored);
}

bool fs_hold_swap(struct fs_hold *hold, const char *temp, const char *path,
                  const struct fs_same *same)
{
    take_events(hold);
    if (!hold->here.is_on || !hold->coming.is_on ||
        FS_RETRY(renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_EXCHANGE)))
        return false;
    (void)FS_RETRY(chmod(temp, S_IRUSR | S_IWUSR)); // whoever may read the file from now on
    buf_clear(&hold->spare.path);
    buf_add_cstr(&hold->spare.path, temp);
    hold->spare.seen = hold->here;
    hold->spare.same = *same;
    hold->here = (struct fs_watched){ 0 };
    fs_hold_arrived(hold);
    return true;
}

// A lease to write is given for a file that nobody else has open, by map either, and whoever opens
// it waits until it is given back. Who waits is told by a signal that does nothing.
static bool take_lease(int fd)
{
    return fcntl(fd, F_SETSIG, SIGURG) == 0 && fcntl(fd, F_SETLEASE, F_WRLCK) == 0;
}

// Is the open file the one that was watched, by one name, without attributes that would stay?
static bool is_untouched(int fd, const struct fs_stamp *stamp)
{
    struct fs_stamp now;
    struct stat st;

    if (FS_RETRY(fstat(fd, &st)) || st.st_nlink != 1 || fs_call_has_user_xattrs(fd))
        return false;
    fs_call_stamp(&st, &now);
    return is_same_file(&now, stamp);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

int fs_hold_open_spare(struct fs_hold *hold, const struct fs_stamp *seen, struct fs_same *same,
                       struct buf *path)
{
    struct fs_stamp stamp = hold->spare.seen.stamp;
    int fd = -1;

    if (!hold->spare.path.len)
        return -1;
    if (!seen || !fs_hold_vouches(hold, seen))
        *same = (struct fs_same){ 0 };
    same->beg = smaller(same->beg, hold->spare.same.beg);
    same->end = smaller(same->end, hold->spare.same.end);
    take_events(hold);
    if (hold->spare.seen.is_on) {
        unwatch(hold, &hold->spare.seen); // of what we do we need not be told
        fd = fs_call_open(buf_cstr(&hold->spare.path), O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0);
    }
    if (fd >= 0 && !(take_lease(fd) && is_untouched(fd, &stamp))) {
        close(fd);
        fd = -1;
    }
    if (fd >= 0) {
        buf_add(path, buf_sv(&hold->spare.path));
        buf_clear(&hold->spare.path);
    }
    fs_hold_drop_spare(hold);
    return fd;
}

#else

static void take_events(struct fs_hold *hold)
{
    hold->here.is_on = false;
}

static void unwatch(struct fs_hold *hold, struct fs_watched *watched)
{
    (void)hold;
    *watched = (struct fs_watched){ 0 };
}

void fs_hold_watch(struct fs_hold *hold, const char *temp)
{
    (void)temp;
    unwatch(hold, &hold->coming);
}

bool fs_hold_swap(struct fs_hold *hold, const char *temp, const char *path,
                  const struct fs_same *same)
{
    (void)hold, (void)temp, (void)path, (void)same;
    return false;
}

int fs_hold_open_spare(struct fs_hold *hold, const struct fs_stamp *seen, struct fs_same *same,
                       struct buf *path)
{
    (void)hold, (void)seen, (void)same, (void)path;
    return -1;
}

#endif

bool fs_hold_vouches(struct fs_hold *hold, const struct fs_stamp *now)
{
    if (hold->here.is_on)
        take_events(hold);
    return hold->here.is_on && is_same_file(now, &hold->here.stamp);
}

void fs_hold_forget(struct fs_hold *hold)
{
    unwatch(hold, &hold->coming);
}

void fs_hold_arrived(struct fs_hold *hold)
{
    unwatch(hold, &hold->here);
    hold->here = hold->coming;
    hold->coming = (struct fs_watched){ 0 };
}

void fs_hold_drop_spare(struct fs_hold *hold)
{
    unwatch(hold, &hold->spare.seen);
    if (hold->spare.path.len)
        fs_unlink(buf_cstr(&hold->spare.path));
    buf_release(&hold->spare.path);
}

void fs_hold_old(struct fs_hold *hold, const char *path)
{
    fs_hold_let_go(hold);
#ifdef O_PATH
    // Opens nothing but holds the inode: no right to read is needed, and nobody is told.
    hold->old = fs_call_open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0);
    hold->has_old = hold->old >= 0;
#else
    (void)path;
#endif
}

void fs_hold_let_go(struct fs_hold *hold)
{
    if (hold->has_old)
        close(hold->old);
    hold->has_old = false;
}

void fs_hold_release(struct fs_hold *hold)
{
    fs_hold_let_go(hold);
    fs_hold_drop_spare(hold);
    if (hold->has_events)
        close(hold->events);
    *hold = (struct fs_hold){ 0 };
}
