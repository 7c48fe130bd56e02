// System calls as base/fs*.c make them: an interrupted one is made again.
// For base/fs*.c alone.
#ifndef GAINSAY_BASE_FS_CALL_H
#define GAINSAY_BASE_FS_CALL_H

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/err.h"

// Value of `call`, made again while it fails with EINTR.
#define FS_RETRY(call)                                                                             \
    __extension__({                                                                                \
        __typeof__(call) result_;                                                                  \
        do                                                                                         \
            result_ = (call);                                                                      \
        while (result_ == -1 && errno == EINTR);                                                   \
        result_;                                                                                   \
    })
#define FS_RETRY_PTR(call)                                                                         \
    __extension__({                                                                                \
        __typeof__(call) result_;                                                                  \
        do                                                                                         \
            result_ = (call);                                                                      \
        while (!result_ && errno == EINTR);                                                        \
        result_;                                                                                   \
    })

static inline int fs_call_open(const char *path, int flags, mode_t mode)
{
    return FS_RETRY(open(path, flags, mode));
}

// Open a regular file for reading; -1 with `err` set otherwise. A stale NFS handle is tried once more.
int fs_call_open_regular(const char *path, struct stat *st, struct err *err);

// Append everything up to the end of file, `expected` bytes probably (0: who knows), or `max` bytes and some more.
// false: errno says why, and part of them may be there.
bool fs_call_read_all(int fd, size_t expected, size_t max, struct buf *out);

// Write all of `bytes`. false: errno says why, and part of them may be there.
bool fs_call_write_all(int fd, struct sv bytes);

// Its stamp, of a file that is there.
struct fs_stamp;
void fs_call_stamp(const struct stat *st, struct fs_stamp *out);

// Has the open file attributes of the user's own? True in doubt.
bool fs_call_has_user_xattrs(int fd);

// Give the open file the access list and the user's attributes of the one at `from`, and no list when that has
// none, or when `from` is NULL. false: errno says why; a file system that knows neither is no failure.
bool fs_call_keep_xattrs(const char *from, int to);

void fs_lock_sweep(const char *path); // the part of fs_sweep that is about the lock

#endif
