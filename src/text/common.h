// Code points that texts are full of, by tables: what wrapping and measuring need to know of each
// without asking the libraries.
#ifndef GAINSAY_TEXT_COMMON_H
#define GAINSAY_TEXT_COMMON_H

#include <stdbool.h>
#include <stdint.h>

// All but marks are a cluster of their own, unless a mark or something rare stands beside them, and
// assigned since Unicode 6.
enum common {
    COMMON_NOT,       // rare: ask the libraries
    COMMON_LETTER,    // of an alphabet, one cell
    COMMON_SYLLABLE,  // Hangul: a letter of two cells
    COMMON_IDEOGRAPH, // two cells
    COMMON_BLANK,     // U+0020
    COMMON_SIGN,      // one cell; digits too
    COMMON_WIDE_SIGN, // two cells; kana too
    COMMON_MARK,      // no cell: joins what stands before it
    COMMON_WIDE_MARK, // one cell: joins what stands before it
};

#define COMMON_BLOCKS 38 // of 64 code points: up to U+097F

// A bit for each code point of a block.
struct common_block {
    uint64_t letters, signs, marks, wide_marks;
};
extern const struct common_block common_blocks[COMMON_BLOCKS];

// For what lies beyond the blocks.
enum common common_beyond(int32_t cp);

// The kind of `cp`; -1 (an invalid byte) is COMMON_NOT.
static inline enum common common_of(int32_t cp)
{
    uint32_t at = (uint32_t)cp;

    if (at >= COMMON_BLOCKS * 64) {
        if (at - 0x4e00 <= 0x9fcb - 0x4e00)
            return COMMON_IDEOGRAPH;
        return at - 0xac00 <= 0xd7a3 - 0xac00 ? COMMON_SYLLABLE : common_beyond(cp);
    }

    const struct common_block *block = &common_blocks[at / 64];
    unsigned bit = at % 64;

    if (block->letters >> bit & 1)
        return COMMON_LETTER;
    if (at == ' ')
        return COMMON_BLANK;
    if (block->marks >> bit & 1)
        return COMMON_MARK;
    if (block->signs >> bit & 1)
        return COMMON_SIGN;
    return block->wide_marks >> bit & 1 ? COMMON_WIDE_MARK : COMMON_NOT;
}

static inline bool common_is_mark(enum common kind)
{
    return kind >= COMMON_MARK;
}

// Cells of one of these kinds, -1 for COMMON_NOT.
static inline int common_cols(enum common kind)
{
    static const signed char cols[] = { -1, 1, 2, 2, 1, 1, 2, 0, 1 };

    return cols[kind];
}

#endif
