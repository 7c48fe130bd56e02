// Code points that texts are full of, by tables: what wrapping and measuring need to know of each
// without asking the libraries.
#ifndef GAINSAY_TEXT_COMMON_H
#define GAINSAY_TEXT_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/decode.h"

// All but marks are a cluster of their own, unless a mark or something rare stands beside them, and
// assigned since Unicode 6. The values are the letters of the tables in common.c.
enum common {
    COMMON_NOT = '.',    // rare: ask the libraries
    COMMON_LETTER = 'L', // of an alphabet, one cell; digits other than ASCII too
    COMMON_DIGIT = 'd',
    COMMON_BLANK = ' ', // U+0020
    // signs of one cell
    COMMON_SIGN = 's',
    COMMON_OPEN = '(',
    COMMON_CLOSE = ')',
    COMMON_HYPHEN = '-',
    COMMON_DASH = '=',       // en dash and em dash
    COMMON_OTHER_DASH = '~', // no row ends at these
    COMMON_SLASH = '/',
    // two cells
    COMMON_WIDE = 'W', // ideographs and kana
    COMMON_WIDE_SIGN = 'S',
    COMMON_WIDE_OPEN = '[',
    COMMON_WIDE_CLOSE = ']',
    COMMON_SYLLABLE = 'H', // Hangul: a letter
    // they join what stands before them
    COMMON_MARK = 'm',      // no cell
    COMMON_WIDE_MARK = 'M', // one cell
    COMMON_VIRAMA = 'v',    // no cell; the library is to be asked of what follows
};

#define COMMON_LOW 0x980 // the table of the first code points ends here

extern const char common_low[COMMON_LOW + 1];  // enum common
extern const signed char common_widths[128];   // cells by enum common, -1 for COMMON_NOT
enum common common_high(int32_t cp);           // of what lies beyond the table

// The kind of `cp`; -1 (an invalid byte) is COMMON_NOT.
static inline enum common common_of(int32_t cp)
{
    if ((uint32_t)cp < COMMON_LOW)
        return (enum common)common_low[cp];
    return common_high(cp);
}

// The kind of what stands at `pos` < s.len; `*size` its bytes, when it is not COMMON_NOT.
static inline enum common common_at(struct sv s, size_t pos, size_t *size)
{
    const unsigned char *p = (const unsigned char *)s.ptr + pos;

    if (p[0] < 0x80) {
        *size = 1;
        return (enum common)common_low[p[0]];
    }
    if (p[0] < 0xe0) {
        *size = 2;
        return p[0] >= 0xc2 && s.len - pos > 1 && decode_is_cont(p[1])
                   ? (enum common)common_low[(p[0] & 0x1f) << 6 | (p[1] & 0x3f)]
                   : COMMON_NOT;
    }
    if (s.len - pos < 3)
        return COMMON_NOT;

    int32_t bytes = p[0] << 16 | p[1] << 8 | p[2];
    int32_t cp = (bytes >> 4 & 0xf000) | (bytes >> 2 & 0xfc0) | (bytes & 0x3f);

    *size = 3;
    if ((bytes & 0xf0c0c0) != 0xe08080 || cp < 0x800) // an overlong form is no code point
        return COMMON_NOT;
    return cp < COMMON_LOW ? (enum common)common_low[cp] : common_high(cp);
}

static inline bool common_is_mark(enum common kind)
{
    return kind == COMMON_MARK || kind == COMMON_WIDE_MARK || kind == COMMON_VIRAMA;
}

// Cells of one of these kinds, -1 for COMMON_NOT.
static inline int common_cols(enum common kind)
{
    return common_widths[kind];
}

#endif
