// Where a row of text may end.
#ifndef GAINSAY_TEXT_LINEBREAK_H
#define GAINSAY_TEXT_LINEBREAK_H

#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"
#include "text/bytes8.h"

// End of the row of at most `cols` cells, the first `indent` of them left free, that begins at `beg`
// < `end`: where the next row begins. Breaks behind blanks, hyphens, dashes and slashes and between
// ideographs, else between clusters; blanks at a break stay with the row even where they reach
// beyond it. The result is behind at least one cluster.
//   text     whatever stands behind `end` is not looked at
//   cost     O(row)
size_t linebreak_after(struct sv text, size_t beg, size_t end, int indent, int cols);

// Where printable ASCII ends that begins at `beg` <= `end`: `end`, or the first other byte. O(result).
size_t linebreak_plain_end(struct sv text, size_t beg, size_t end);

// Length of the row that begins at `row` with more than `room` bytes of printable ASCII, `room` >= 1:
// up to the last break, one blank behind `room` included. O(room).
size_t linebreak_plain_any(const char *row, size_t room);

// The same for the commonest: the last break is behind a blank, and within sixteen bytes.
//   returns  0 for other rows
static inline size_t linebreak_plain_blank(const char *row, size_t room)
{
    uint64_t near, far, signs;
    unsigned blanks;

    if (room < 16)
        return 0;
    near = bytes8_at(row + room - 7);
    far = bytes8_at(row + room - 15);
    // hyphen and slash differ in one bit
    signs = bytes8_zeros((near & ~BYTES8('-' ^ '/')) ^ BYTES8('-' & '/')) |
            bytes8_zeros((far & ~BYTES8('-' ^ '/')) ^ BYTES8('-' & '/'));
    blanks = bytes8_bits(bytes8_zeros(near ^ BYTES8(' '))) << 8 |
             bytes8_bits(bytes8_zeros(far ^ BYTES8(' ')));
    if (signs || !blanks)
        return 0;
    return room + 1 - (size_t)__builtin_clz(blanks << 16);
}

// linebreak_after, quicker, for a row that begins with printable ASCII.
//   plain    as linebreak_plain_end has it: beg < plain <= end
//   indent   0 <= indent < cols
//   returns  SIZE_MAX when the row may depend on what stands at `plain`: ask linebreak_after
static inline size_t linebreak_plain(struct sv text, size_t beg, size_t plain, size_t end,
                                     int indent, int cols)
{
    size_t room = (size_t)(cols - indent), pos;

    if (plain - beg <= room)
        return plain == end ? end : SIZE_MAX;
    pos = linebreak_plain_blank(text.ptr + beg, room);
    pos = beg + (pos ? pos : linebreak_plain_any(text.ptr + beg, room));
    while (pos < plain && text.ptr[pos] == ' ')
        pos++;
    return pos < plain || plain == end ? pos : SIZE_MAX;
}

#endif
