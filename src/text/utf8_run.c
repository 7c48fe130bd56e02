// Code points of valid UTF-8 counted sixteen bytes at a time.
// Never takes for valid what utf8_decode would not.
#include "text/utf8_run.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/bytes16.h"
#include "text/decode.h"

#define BLOCK      16  // bytes
#define BLOCKS_MAX 255 // counted in bytes

// Add the code points that begin in the block at `p`, three bytes before which may be read, to
// *counts.
//   returns  false when the block, or how it goes on from what stands before it, is not valid
static inline bool count_block(const char *p, bytes16 *counts)
{
    bytes16 a = bytes16_at(p), b = bytes16_at(p - 1), c = bytes16_at(p - 2), d = bytes16_at(p - 3);
    flags16 goes_on = (flags16)a < -0x40; // 0x80 to 0xbf
    flags16 wrong = goes_on ^ ((b >= 0xc0) | (c >= 0xe0) | (d >= 0xf0));
    wrong |= ((a & 0xfe) == 0xc0) | (a >= 0xf5);                        // leads of nothing
    wrong |= ((b == 0xe0) & (a < 0xa0)) | ((b == 0xf0) & (a < 0x90));   // overlong
    wrong |= ((b == 0xed) & (a >= 0xa0)) | ((b == 0xf4) & (a >= 0x90)); // surrogates, too high
    *counts -= (bytes16)~goes_on;
    return !flags16_any(wrong);
}

static size_t sum(bytes16 counts)
{
    unsigned char bytes[BLOCK];
    size_t total = 0;

    memcpy(bytes, &counts, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        total += bytes[i];
    return total;
}

// Where the code point begins that is cut at `pos`, in valid text up to there; `pos` when none is.
static size_t whole_end(struct sv text, size_t pos)
{
    size_t beg = pos, size;

    do
        beg--;
    while (decode_is_cont((unsigned char)text.ptr[beg]));
    return decode_at(sv_sub(text, 0, pos), beg, &size) < 0 ? beg : pos;
}

size_t utf8_run(struct sv text, size_t beg, size_t end, size_t most, size_t *count)
{
    size_t pos = beg;

    *count = 0;
    if (beg < 3 || beg == end || decode_is_cont((unsigned char)text.ptr[beg]))
        return beg; // a continuation byte that no lead byte of valid text stands before
    while (end - pos >= BLOCK && most - *count >= BLOCK) {
        bytes16 counts = { 0 };
        size_t first = pos, blocks = (most - *count) / BLOCK;

        if (blocks > BLOCKS_MAX)
            blocks = BLOCKS_MAX;
        for (; blocks > 0 && end - pos >= BLOCK; blocks--, pos += BLOCK) {
            bytes16 before = counts;

            if (!count_block(text.ptr + pos, &counts)) {
                counts = before;
                break;
            }
        }
        *count += sum(counts);
        if (pos == first || blocks > 0)
            break;
    }
    if (pos > beg) {
        end = whole_end(text, pos);
        *count -= end < pos;
        pos = end;
    }
    return pos;
}
