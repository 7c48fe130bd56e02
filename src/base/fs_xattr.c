// Access lists and the user's own attributes of a file that is replaced.
// Never takes along what belongs to the bytes of before: capabilities and signatures of the system
// stay behind.
#include "base/fs_call.h"

#ifdef __linux__

#include <string.h>
#include <sys/xattr.h>

#define ACCESS_LIST "system.posix_acl_access"
#define NAMES_BYTES 1024

static bool is_kept(const char *name)
{
    return strncmp(name, "user.", 5) == 0 || strcmp(name, ACCESS_LIST) == 0;
}

// Names or a value, as far as they can be had at all; empty otherwise.
static bool get(const char *path, const char *name, struct buf *out)
{
    ssize_t size = name ? getxattr(path, name, NULL, 0) : listxattr(path, NULL, 0);

    buf_clear(out);
    while (size > 0) {
        buf_reserve(out, (size_t)size);

        ssize_t got = name ? getxattr(path, name, out->ptr, (size_t)size)
                           : listxattr(path, out->ptr, (size_t)size);

        if (got >= 0) {
            out->len = (size_t)got;
            return true;
        }
        if (errno != ERANGE)
            break;
        size = name ? getxattr(path, name, NULL, 0) : listxattr(path, NULL, 0);
    }
    return size == 0 || errno == ENODATA || errno == ENOTSUP;
}

bool fs_call_has_user_xattrs(int fd)
{
    char names[NAMES_BYTES];
    ssize_t got = flistxattr(fd, names, sizeof(names));

    for (ssize_t i = 0; i < got; i += (ssize_t)strlen(names + i) + 1)
        if (sv_starts(sv_from(names + i), SV("user.")))
            return true;
    return got < 0 && errno != ENOTSUP;
}

bool fs_call_keep_xattrs(const char *from, int to)
{
    struct buf names = { 0 }, value = { 0 };
    bool has_list = false, ok = !from || get(from, NULL, &names);

    for (size_t i = 0; ok && i < names.len; i += strlen(names.ptr + i) + 1) {
        const char *name = names.ptr + i;

        if (!is_kept(name))
            continue;
        has_list |= strcmp(name, ACCESS_LIST) == 0;
        ok = get(from, name, &value) && !fsetxattr(to, name, value.ptr, value.len, 0);
    }
    // One that the folder gave to the new file would open what was closed.
    if (ok && !has_list && fremovexattr(to, ACCESS_LIST))
        ok = errno == ENODATA || errno == ENOTSUP;
    buf_release(&names);
    buf_release(&value);
    return ok;
}

#else

bool fs_call_has_user_xattrs(int fd)
{
    (void)fd;
    return true;
}

bool fs_call_keep_xattrs(const char *from, int to)
{
    (void)from, (void)to;
    return true;
}

#endif
