// Function attributes that gcc and clang both know, under names that say what they promise.
#ifndef GAINSAY_BASE_ATTR_H
#define GAINSAY_BASE_ATTR_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define NORETURN __attribute__((noreturn))
#define MALLOC __attribute__((malloc, warn_unused_result, returns_nonnull))
#define SELDOM __attribute__((cold, noinline)) // keeps its stack frame out of a hot caller
#define NEVER_NULL __attribute__((returns_nonnull))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
