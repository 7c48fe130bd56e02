// Eight bytes at a time, as one number: what an instruction does to each of them.
#ifndef GAINSAY_TEXT_BYTES8_H
#define GAINSAY_TEXT_BYTES8_H

#include <stdint.h>
#include <string.h>

// The same byte eight times.
#define BYTES8(byte) (UINT64_C(0x0101010101010101) * (byte))

// The eight bytes at `p`, the first one lowest.
static inline uint64_t bytes8_at(const char *p)
{
    uint64_t bytes;

    memcpy(&bytes, p, sizeof(bytes));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    return bytes;
}

// The high bit of each byte that is 0. All of them must be below 0x80.
static inline uint64_t bytes8_zeros(uint64_t bytes)
{
    return ~(bytes + BYTES8(0x7f)) & BYTES8(0x80);
}

// The high bits of the bytes as bits 0 to 7; `bytes` has no others.
static inline unsigned bytes8_bits(uint64_t bytes)
{
    return (unsigned)(bytes * UINT64_C(0x0002040810204081) >> 56);
}

#endif
