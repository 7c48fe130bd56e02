// A library to preload: counts the allocations of a program and refuses one, or all from there on.
// Must never allocate itself.
//
//   OOM_AT    number of the allocation that is refused, from 1; none: only count
//   OOM_LAST  1: all later ones too
//   OOM_LOG   file that takes the count when the program ends
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What stands behind them in glibc.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *ptr, size_t size);

static long calls, wanted = -1; // -1: the environment was not asked yet
static bool is_lasting;

static bool is_refused(void)
{
    if (wanted < 0) {
        const char *at = getenv("OOM_AT");

        // A child, git for one, has its own memory.
        wanted = at && strcmp(program_invocation_short_name, "gainsay") == 0 ? atol(at) : 0;
        is_lasting = getenv("OOM_LAST") != NULL;
    }
    calls++;
    if (!wanted || calls < wanted || (calls > wanted && !is_lasting))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size)
{
    return is_refused() ? NULL : __libc_realloc(ptr, size);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("OOM_LOG");
    char text[32];
    int fd = path && strcmp(program_invocation_short_name, "gainsay") == 0
                 ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)
                 : -1;

    if (fd < 0)
        return;

    int len = snprintf(text, sizeof(text), "%ld\n", calls);

    if (write(fd, text, (size_t)len) != len)
        _exit(99);
    close(fd);
}
