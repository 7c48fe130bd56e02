// Sixteen bytes at a time; the compiler makes of it what the machine has.
#ifndef GAINSAY_TEXT_BYTES16_H
#define GAINSAY_TEXT_BYTES16_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef signed char flags16 __attribute__((vector_size(16))); // of comparisons: -1 or 0 each

static inline bytes16 bytes16_at(const char *p)
{
    bytes16 bytes;

    memcpy(&bytes, p, sizeof(bytes));
    return bytes;
}

static inline bool flags16_any(flags16 flags)
{
    uint64_t half[2];

    memcpy(half, &flags, sizeof(half));
    return (half[0] | half[1]) != 0;
}

static inline bool flags16_all(flags16 flags)
{
    return !flags16_any(~flags);
}

#endif
