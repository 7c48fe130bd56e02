// System calls as base/fs*.c make them: an interrupted one is made again.
// For base/fs*.c alone.
#ifndef GAINSAY_BASE_FS_CALL_H
#define GAINSAY_BASE_FS_CALL_H

#include <errno.h>
#include <fcntl.h>
#include <sys/types.h>

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

void fs_lock_sweep(const char *path); // the part of fs_sweep that is about the lock

#endif
