// Broken invariants and lost memory: say so, save what can be saved, stop.
// Never allocates.
#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void (*bug_hook)(void *ctx);
static void *bug_hook_ctx;

static void run_hook(void)
{
    void (*hook)(void *) = bug_hook;

    bug_hook = NULL;
    if (hook)
        hook(bug_hook_ctx);
}

void bug_set_hook(void (*hook)(void *ctx), void *ctx)
{
    bug_hook = hook;
    bug_hook_ctx = ctx;
}

void bug(const char *file, int line, const char *what)
{
    run_hook();
    fprintf(stderr, "gainsay: internal error at %s:%d: %s; please report it\n", file, line, what);
    abort();
}

void bug_out_of_memory(void)
{
    static const char text[] = "gainsay: out of memory; everything saved so far is on disk\n";

    run_hook();
    if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
        _exit(3);
    _exit(3);
}
