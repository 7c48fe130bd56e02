// Units that must not be mixed: byte offsets, code points, and terminal cells.
// Holds no code; a bare integer never crosses a layer where two of these could meet.
#ifndef GAINSAY_BASE_UNITS_H
#define GAINSAY_BASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

// Half-open range of bytes of an article's text, on cluster boundaries unless said otherwise.
struct byte_span {
    size_t beg; // 0 .. length of the text in bytes
    size_t end; // beg .. length
};

// Half-open range of code points of an article's text: what files store.
// Every byte of an invalid UTF-8 sequence counts as one code point; CR LF counts as two.
struct cp_span {
    size_t beg; // 0 .. length of the text in code points
    size_t end; // beg .. length
};

// Rectangle of terminal cells; row and col are 0-based from the top left.
struct rect {
    int row, col;
    int rows, cols; // 0 .. LIMIT_ROWS, LIMIT_COLS
};

static inline bool byte_span_is_empty(struct byte_span s)
{
    return s.end <= s.beg;
}

static inline bool byte_span_has(struct byte_span s, size_t pos)
{
    return s.beg <= pos && pos < s.end;
}

static inline bool byte_spans_overlap(struct byte_span a, struct byte_span b)
{
    return a.beg < b.end && b.beg < a.end;
}

#endif
