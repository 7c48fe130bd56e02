// What is kept of a file that was replaced, from one save of it to the next.
// Never vouches for a file that it has not seen get its name, and never fails: what cannot be had
// is done without.
#include "base/fs_hold.h"

#include <unistd.h>

#include "base/fs_call.h"

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
    _Alignas(struct inotify_event) char bytes[EVENTS_BYTES];
    ssize_t got;

    while ((got = FS_RETRY(read(hold->events, bytes, sizeof(bytes)))) > 0) {
        for (const char *p = bytes; p < bytes + got;) {
            const struct inotify_event *event = (const void *)p;

            if (event->wd == hold->watch || event->mask & IN_Q_OVERFLOW)
                hold->is_watching = false;
            p += sizeof(*event) + event->len;
        }
    }
    if (!got || errno != EAGAIN)
        hold->is_watching = false;
}

void fs_hold_watch(struct fs_hold *hold, const char *temp)
{
    struct err ignored = { 0 };

    fs_hold_forget(hold);
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
    hold->watch = inotify_add_watch(hold->events, temp, IN_OPEN | IN_MODIFY);
    if (hold->watch < 0)
        return;
    hold->is_watching = true;
    if (!fs_stamp(temp, &hold->stamp, &ignored) || !hold->stamp.exists)
        fs_hold_forget(hold);
    err_release(&ignored);
}

void fs_hold_forget(struct fs_hold *hold)
{
    if (hold->is_watching)
        (void)inotify_rm_watch(hold->events, hold->watch);
    hold->is_watching = false;
}

#else

static void take_events(struct fs_hold *hold)
{
    hold->is_watching = false;
}

void fs_hold_watch(struct fs_hold *hold, const char *temp)
{
    (void)temp;
    fs_hold_forget(hold);
}

void fs_hold_forget(struct fs_hold *hold)
{
    hold->is_watching = false;
}

#endif

bool fs_hold_vouches(struct fs_hold *hold, const struct fs_stamp *now)
{
    if (hold->is_watching)
        take_events(hold);
    // The time of the inode (ctime) has changed by getting the name. That of the bytes has not.
    return hold->is_watching && now->exists && now->inode == hold->stamp.inode &&
           now->device == hold->stamp.device && now->size == hold->stamp.size &&
           now->mtime_ns == hold->stamp.mtime_ns;
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
    if (hold->has_events)
        close(hold->events);
    *hold = (struct fs_hold){ 0 };
}
