// Broken invariants: said loudly in every build, after the hook has saved and restored what it can.
// User input never reaches a BUG; it gets an error (base/err.h).
#ifndef GAINSAY_BASE_BUG_H
#define GAINSAY_BASE_BUG_H

#include "base/attr.h"

// Report a broken invariant at file:line on standard error, run the hook once, abort.
NORETURN void bug(const char *file, int line, const char *what);

#define BUG(what) bug(__FILE__, __LINE__, what)
#define BUG_ON(cond)                                                                     \
    do {                                                                                 \
        if (cond)                                                                        \
            bug(__FILE__, __LINE__, #cond);                                              \
    } while (0)

// Run `hook(ctx)` once before the program aborts, to put the terminal back and save a draft.
//   hook  must not allocate; NULL takes the hook away
void bug_set_hook(void (*hook)(void *ctx), void *ctx);

// Out of memory: message without allocation, hook, exit status 3. Called by base/mem.c alone.
NORETURN void bug_out_of_memory(void);

#endif
