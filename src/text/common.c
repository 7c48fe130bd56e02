// Code points that texts are full of, by tables.
// Lists nothing about which the libraries could change their mind: joiners, viramas and what could
// join what follows it are left out.
#include "text/common.h"

#include <stddef.h>

#include "base/attr.h"

// Bits `first` to `last` of a block.
#define BITS(first, last) (UINT64_MAX >> (63 - ((last) - (first))) << (first))
#define ALL               UINT64_MAX

const struct common_block common_blocks[COMMON_BLOCKS] = {
    // ASCII and Latin
    [0x0000 / 64] = { .signs = BITS(0x21, 0x3f) },
    [0x0040 / 64] = { .letters = BITS(0x01, 0x1a) | BITS(0x21, 0x3a),
                      .signs = BITS(0x00, 0x00) | BITS(0x1b, 0x20) | BITS(0x3b, 0x3e) },
    [0x0080 / 64] = { .signs = BITS(0x20, 0x2c) | BITS(0x2e, 0x3f) },
    [0x00c0 / 64] = { .letters = ~(BITS(0x17, 0x17) | BITS(0x37, 0x37)),
                      .signs = BITS(0x17, 0x17) | BITS(0x37, 0x37) },
    [0x0100 / 64] = { .letters = ALL },
    [0x0140 / 64] = { .letters = ALL },
    [0x0180 / 64] = { .letters = ALL },
    [0x01c0 / 64] = { .letters = ALL },
    [0x0200 / 64] = { .letters = ALL },
    [0x0240 / 64] = { .letters = ALL },
    [0x0280 / 64] = { .letters = ALL },
    [0x02c0 / 64] = { .letters = ALL },
    [0x0300 / 64] = { .marks = ALL },
    [0x0340 / 64] = { .marks = BITS(0x00, 0x0e) | BITS(0x10, 0x2f) },

    // Greek and Cyrillic
    [0x0380 / 64] = { .letters = BITS(0x06, 0x06) | BITS(0x08, 0x0a) | BITS(0x0c, 0x0c) |
                                 BITS(0x0e, 0x21) | BITS(0x23, 0x3f) },
    [0x03c0 / 64] = { .letters = ALL },
    [0x0400 / 64] = { .letters = ALL },
    [0x0440 / 64] = { .letters = ALL },
    [0x0480 / 64] = { .letters = BITS(0x00, 0x02) | BITS(0x0a, 0x3f) },
    [0x04c0 / 64] = { .letters = ALL },
    [0x0500 / 64] = { .letters = BITS(0x00, 0x2f) },

    // Hebrew and Arabic
    [0x0580 / 64] = { .marks = BITS(0x11, 0x3d) },
    [0x05c0 / 64] = { .letters = BITS(0x10, 0x2a) },
    [0x0600 / 64] = { .letters = BITS(0x20, 0x3f),
                      .signs = BITS(0x0c, 0x0c) | BITS(0x1b, 0x1b) | BITS(0x1f, 0x1f) },
    [0x0640 / 64] = { .letters = BITS(0x00, 0x0a) | BITS(0x31, 0x3f), .marks = BITS(0x0b, 0x1f) },
    [0x0680 / 64] = { .letters = ALL },
    [0x06c0 / 64] = { .letters = BITS(0x00, 0x13) },

    // Devanagari
    [0x0900 / 64] = { .letters = BITS(0x04, 0x39),
                      .marks = BITS(0x00, 0x02) | BITS(0x3c, 0x3c),
                      .wide_marks = BITS(0x03, 0x03) | BITS(0x3e, 0x3f) },
    [0x0940 / 64] = { .marks = BITS(0x01, 0x08),
                      .wide_marks = BITS(0x00, 0x00) | BITS(0x09, 0x0c),
                      .signs = BITS(0x24, 0x25) },
};

enum common common_beyond(int32_t cp)
{
    static const struct {
        int32_t first, last;
        enum common kind;
    } ranges[] = {
        { 0x1e00, 0x1eff, COMMON_LETTER },    { 0x2010, 0x2027, COMMON_SIGN },
        { 0x3001, 0x3029, COMMON_WIDE_SIGN }, { 0x3041, 0x3096, COMMON_WIDE_SIGN },
        { 0x30a1, 0x30fa, COMMON_WIDE_SIGN }, { 0xff01, 0xff60, COMMON_WIDE_SIGN },
    };

    for (size_t i = 0; i < ARRAY_LEN(ranges) && cp >= ranges[i].first; i++)
        if (cp <= ranges[i].last)
            return ranges[i].kind;
    return COMMON_NOT;
}
