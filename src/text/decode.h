// Decoding UTF-8 where whole texts are read: utf8_decode (base/visible.h), inline.
#ifndef GAINSAY_TEXT_DECODE_H
#define GAINSAY_TEXT_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"
#include "base/visible.h"

static inline bool decode_is_cont(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

// The code point at `pos` < s.len, or -1 for an invalid byte; `*size` the bytes it takes.
static inline int32_t decode_at(struct sv s, size_t pos, size_t *size)
{
    const unsigned char *p = (const unsigned char *)s.ptr + pos;
    size_t avail = s.len - pos;

    *size = 1;
    if (p[0] < 0x80)
        return p[0];
    if (p[0] >= 0xc2 && p[0] < 0xe0 && avail > 1 && decode_is_cont(p[1])) {
        *size = 2;
        return (p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    }
    if ((p[0] & 0xf0) == 0xe0 && avail > 2 && decode_is_cont(p[1]) && decode_is_cont(p[2])) {
        int32_t cp = (p[0] & 0x0f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f);

        if (cp >= 0x800 && (cp < 0xd800 || cp > 0xdfff)) {
            *size = 3;
            return cp;
        }
        return -1;
    }
    if (p[0] >= 0xf0 && avail > 3 && decode_is_cont(p[1]) && decode_is_cont(p[2]) &&
        decode_is_cont(p[3])) {
        int32_t cp = (p[0] & 0x0f) << 18 | (p[1] & 0x3f) << 12 | (p[2] & 0x3f) << 6 | (p[3] & 0x3f);

        if (p[0] < 0xf5 && cp >= 0x10000 && cp <= 0x10ffff) {
            *size = 4;
            return cp;
        }
    }
    return -1;
}

// Bytes of the code point, or invalid byte, at `pos` < s.len.
static inline size_t decode_size(struct sv s, size_t pos)
{
    size_t size;

    decode_at(s, pos, &size);
    return size;
}

// Where the code point that holds byte `pos` begins.
static inline size_t decode_start(struct sv text, size_t pos)
{
    size_t beg = pos, size;

    while (beg > 0 && beg < text.len && pos - beg < 3 && (text.ptr[beg] & 0xc0) == 0x80)
        beg--;
    if (beg == pos)
        return pos;
    utf8_decode(sv_sub(text, beg, text.len), &size);
    return beg + size > pos ? beg : pos;
}

#endif
