// Where a row of text may end.
// Never lets a row end inside a cluster, nor takes more than what fits but blanks.
#include "text/linebreak.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/bytes16.h"
#include "text/bytes8.h"
#include "text/cluster.h"
#include "text/common.h"
#include "text/glyph.h"
#include "text/sign.h"

#ifndef LINEBREAK_QUICK
#define LINEBREAK_QUICK true // false in the test that holds the quick ways against the plain one
#endif

#define SHORT_MAX 32 // bytes: the cells of a longer cluster are asked of glyph.c, which may cut it

// Blanks at which a line may break: not the no-break kinds.
static bool is_breaking_blank(int32_t cp)
{
    return cp == ' ' || cp == '\t' ||
           (cp >= 0x1680 && cp_is_blank(cp) && cp != 0x2007 && cp != 0x202f && cp != 0x2028 &&
            cp != 0x2029);
}

// Does a consonant join what a virama stands behind? That is not known before the library is asked,
// whose versions differ.
enum joins { JOINS_UNKNOWN, JOINS, JOINS_NOT };

// The state of a row while it is filled.
struct filling {
    size_t pos;     // what comes next
    size_t fit;     // the last break found; the beginning of the row when there is none
    int col;        // cells filled, the indent counted
    unsigned signs; // of the clusters before pos, four bits each, the last one lowest; 0 at a blank
    enum joins joins;
};

// Take the cluster at row->pos.
//   returns  true when it does not fit: the row ends at row->fit
static bool take_cluster(struct sv text, size_t beg, int cols, struct filling *row)
{
    struct cluster cluster;
    int width;

    cluster_at(text, row->pos, &cluster);
    width = cluster.cols;
    if (cluster.is_hidden || width < 1 || cluster.size > SHORT_MAX)
        width = glyph_measure(text, row->pos, row->col, &cluster.size);
    if (cluster.is_single && is_breaking_blank(cluster.cp)) {
        row->fit = row->pos += cluster.size;
        row->col += width;
        row->signs = SIGN_NONE;
        return false;
    }

    enum sign sign = sign_of(cluster.cp);

    if (sign_may_break(row->signs, sign))
        row->fit = row->pos;
    if (row->col + width > cols && row->pos > beg) {
        if (row->fit == beg)
            row->fit = row->pos;
        return true;
    }
    row->pos += cluster.size;
    row->col += width;
    row->signs = row->signs << 4 | (cluster.cp < 0 ? SIGN_NONE : sign);
    return false;
}

// Can what stands at `pos`, which is not common, join a common code point before it? ASCII and most
// emoji cannot; of the others nothing is known here.
static bool can_join(struct sv text, size_t pos)
{
    const unsigned char *p = (const unsigned char *)text.ptr + pos;
    bool is_emoji = p[0] == 0xf0 && text.len - pos > 3 && p[1] == 0x9f && p[2] >= 0x8c &&
                    !(p[2] == 0x8f && p[3] >= 0xbb); // not the colours of skin

    return p[0] >= 0x80 && !is_emoji;
}

// Signs by enum common. SIGN_NONE: a blank, or rare.
static const unsigned char common_signs[128] = {
    [COMMON_LETTER] = SIGN_LETTER,
    [COMMON_DIGIT] = SIGN_DIGIT,
    [COMMON_SIGN] = SIGN_OTHER,
    [COMMON_OPEN] = SIGN_OPEN,
    [COMMON_CLOSE] = SIGN_CLOSE,
    [COMMON_HYPHEN] = SIGN_HYPHEN,
    [COMMON_DASH] = SIGN_DASH,
    [COMMON_OTHER_DASH] = SIGN_OTHER_DASH,
    [COMMON_SLASH] = SIGN_SLASH,
    [COMMON_WIDE] = SIGN_WIDE,
    [COMMON_WIDE_SIGN] = SIGN_WIDE_OTHER,
    [COMMON_WIDE_OPEN] = SIGN_WIDE_OPEN,
    [COMMON_WIDE_CLOSE] = SIGN_WIDE_CLOSE,
    [COMMON_SYLLABLE] = SIGN_LETTER,
    [COMMON_MARK] = SIGN_MARK,
    [COMMON_WIDE_MARK] = SIGN_MARK,
    [COMMON_VIRAMA] = SIGN_MARK,
};

// Clusters of common code points put into a row, and what it takes to give the last of them back.
struct run {
    struct filling row;
    size_t last;      // where the last cluster began,
    int last_col;     // and in which column
    size_t blank_fit; // the row's before the last blank
    unsigned blank_signs;
};

// How many of eight bytes are ASCII letters before the first that is none.
static inline size_t letters_of8(const char *p)
{
    uint64_t bytes = bytes8_at(p), low = (bytes | BYTES8(0x20)) & BYTES8(0x7f);
    uint64_t from_a = low + BYTES8(0x80 - 'a'), behind_z = low + BYTES8(0x7f - 'z');
    uint64_t others = (~from_a | behind_z | bytes) & BYTES8(0x80);

    return others ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

// The kind of what stands at `p`, before `end`, if it is in the table of common.c: as common_at has
// it.
static inline enum common low_at(const char *p, const char *end, size_t *size)
{
    unsigned char a = (unsigned char)p[0], b;

    *size = 1;
    if (a < 0x80)
        return (enum common)common_low[a];
    if (end - p < 2)
        return COMMON_NOT;
    *size = 2;
    b = (unsigned char)p[1] ^ 0x80; // below 0x40 when it goes on
    if (a < 0xe0)
        return a >= 0xc2 && b < 0x40 ? (enum common)common_low[(a & 0x1f) << 6 | b] : COMMON_NOT;
    if (a != 0xe0 || (b | 1) != 0x25 || end - p < 3) // Devanagari
        return COMMON_NOT;
    *size = 3;
    a = (unsigned char)p[2] ^ 0x80;
    return a < 0x40 ? (enum common)common_low[b << 6 | a] : COMMON_NOT;
}

// Put the letters, and the marks on them, that stand at run->row.pos behind a letter, as many as
// fit.
static inline void put_word(struct sv text, int cols, struct run *run)
{
    const char *p = text.ptr + run->row.pos, *end = text.ptr + text.len;
    const char *last = text.ptr + run->last;
    int left = cols - run->row.col, last_left = left + 1;
    size_t size;

    while (left > 0 && p < end) {
        if ((unsigned char)*p < 0x80 && end - p >= 8) {
            size_t run_len = letters_of8(p);

            if (run_len > (size_t)left)
                run_len = (size_t)left;
            if (run_len == 0)
                break;
            p += run_len;
            last = p - 1;
            left -= (int)run_len;
            last_left = left + 1;
            if (run_len < 8 && (unsigned char)*p < 0x80)
                break;
            continue;
        }

        enum common kind = low_at(p, end, &size);

        if (kind == COMMON_LETTER) {
            last = p;
            last_left = left--;
        } else if ((kind != COMMON_MARK && kind != COMMON_WIDE_MARK) ||
                   (size_t)(p - last) + size > SHORT_MAX) {
            break;
        } else {
            left -= kind == COMMON_WIDE_MARK;
        }
        p += size;
    }
    if (last != text.ptr + run->last)
        run->row.signs = SIGN_LETTER << 4 | SIGN_LETTER;
    run->row.pos = (size_t)(p - text.ptr);
    run->row.col = cols - left;
    run->last = (size_t)(last - text.ptr);
    run->last_col = cols - last_left;
}

// Does an ideograph of U+4E00 to U+9FBF, which are all there, stand at `pos`?
static inline bool is_ideograph(struct sv text, size_t pos)
{
    const unsigned char *p = (const unsigned char *)text.ptr + pos;

    return text.len - pos >= 3 && p[0] >= 0xe4 && p[0] <= 0xe9 && decode_is_cont(p[1]) &&
           decode_is_cont(p[2]) && (p[0] > 0xe4 || p[1] >= 0xb8) && (p[0] < 0xe9 || p[1] < 0xbf);
}

static inline void put_blank(struct run *run)
{
    run->blank_fit = run->row.fit;
    run->blank_signs = run->row.signs;
    run->last = run->row.pos;
    run->last_col = run->row.col++;
    run->row.fit = ++run->row.pos;
    run->row.signs = SIGN_NONE;
}

// Put the letter of `size` bytes at run->row.pos, for which there is room, and the rest of its
// word.
static inline void put_letters(struct sv text, size_t size, int cols, struct run *run)
{
    struct filling *row = &run->row;

    if (row->signs && sign_may_break(row->signs, SIGN_LETTER))
        row->fit = row->pos;
    run->last = row->pos;
    run->last_col = row->col++;
    row->pos += size;
    row->signs = row->signs << 4 | SIGN_LETTER;
    put_word(text, cols, run);
}

// Put the ideographs at run->row.pos that fit behind another: a row may end before each.
static inline void put_ideographs(struct sv text, int cols, struct run *run)
{
    struct filling *row = &run->row;

    for (; row->col + 2 <= cols && is_ideograph(text, row->pos); row->pos += 3) {
        row->fit = run->last = row->pos;
        run->last_col = row->col;
        row->col += 2;
        row->signs = SIGN_WIDE << 4 | SIGN_WIDE;
    }
}

// Put a mark of `size` bytes to the last cluster.
//   returns  false when the cluster is no longer one that is known by tables
static inline bool put_mark(struct sv text, enum common kind, size_t size, int cols,
                            struct run *run)
{
    struct filling *row = &run->row;

    row->pos += size;
    row->col += kind == COMMON_WIDE_MARK;
    if (row->signs == SIGN_NONE || row->col > cols || row->pos - run->last > SHORT_MAX)
        return false; // on a blank, too wide, too long
    if (kind != COMMON_VIRAMA || row->pos == text.len || (unsigned char)text.ptr[row->pos] < 0x80)
        return true;
    if (row->joins == JOINS_UNKNOWN)
        row->joins = cluster_uax29(SV("\u0915\u094d\u0915"), 0) > 6 ? JOINS : JOINS_NOT;
    return row->joins == JOINS_NOT && common_at(text, row->pos, &size) == COMMON_LETTER;
}

// The row before its last cluster: that will be asked of the libraries.
static void take_back(struct run *run)
{
    if (run->row.signs == SIGN_NONE) {
        run->row.fit = run->blank_fit;
        run->row.signs = run->blank_signs;
    } else {
        run->row.signs >>= 4;
    }
    run->row.pos = run->last;
    run->row.col = run->last_col;
}

// Take the clusters of common code points at row->pos, as many as fit, each as take_cluster would.
//   returns  true when the next one does not fit: the row ends at row->fit; false: what stands at
//            row->pos is for take_cluster
static bool take_common(struct sv text, size_t beg, int cols, struct filling *out)
{
    struct run run = { .row = *out, .last = out->pos };
    struct filling *row = &run.row;
    size_t size;

    while (row->pos < text.len) {
        enum common kind = common_at(text, row->pos, &size);

        if (kind == COMMON_LETTER && row->col < cols) {
            put_letters(text, size, cols, &run);
            if (row->pos < text.len && text.ptr[row->pos] == ' ')
                put_blank(&run);
            continue;
        }
        if (kind == COMMON_BLANK) {
            put_blank(&run);
            continue;
        }

        enum sign sign = (enum sign)common_signs[kind];

        if (kind == COMMON_NOT || sign == SIGN_MARK) {
            if (row->pos == out->pos)
                break; // behind what is not common
            if (sign == SIGN_MARK && put_mark(text, kind, size, cols, &run))
                continue;
            if (sign == SIGN_MARK || can_join(text, row->pos))
                take_back(&run);
            break;
        }
        if (sign_may_break(row->signs, sign))
            row->fit = row->pos;
        if (row->col + common_cols(kind) > cols) {
            if (row->pos == beg)
                break; // a row has one cluster at least
            out->fit = row->fit == beg ? row->pos : row->fit;
            return true;
        }
        run.last = row->pos;
        run.last_col = row->col;
        row->pos += size;
        row->col += common_cols(kind);
        row->signs = row->signs << 4 | sign;
        if (kind == COMMON_WIDE)
            put_ideographs(text, cols, &run);
    }
    *out = *row;
    return false;
}

// Which bytes are printable ASCII.
static inline flags16 plain16(const char *p)
{
    return (flags16)(bytes16_at(p) + 1) > 0x20; // 0x7f and all above it are negative then
}

size_t linebreak_plain_end(struct sv text, size_t beg, size_t end)
{
    const char *p = text.ptr;
    size_t first = beg;

    for (; end - beg >= 64; beg += 64)
        if (!flags16_all(plain16(p + beg) & plain16(p + beg + 16) & plain16(p + beg + 32) &
                         plain16(p + beg + 48)))
            break;
    for (; end - beg >= 16; beg += 16)
        if (!flags16_all(plain16(p + beg)))
            break;
    if (end - beg < 16 && end - first >= 16 && flags16_all(plain16(p + end - 16)))
        return end;
    while (beg < end && p[beg] >= 0x20 && p[beg] < 0x7f)
        beg++;
    return beg;
}

// May a row of printable ASCII end before its byte `pos` >= 1?
static bool may_break_plain(const char *row, size_t pos)
{
    char last = row[pos - 1];

    if (last == ' ')
        return true;
    return (last == '-' || last == '/') && pos > 1 &&
           sign_may_break(sign_of(row[pos - 2]) << 4 | sign_of(last), sign_of(row[pos]));
}

size_t linebreak_plain_any(const char *row, size_t room)
{
    size_t pos = room;

    if (row[room] == ' ')
        return room + 1;
    while (pos > 0 && !may_break_plain(row, pos))
        pos--;
    return pos > 0 ? pos : room;
}

size_t linebreak_after(struct sv text, size_t beg, size_t end, int indent, int cols)
{
    struct filling row = { .pos = beg, .fit = beg, .col = indent };

    text.len = end;
    while (row.pos < end) {
        if (LINEBREAK_QUICK && take_common(text, beg, cols, &row))
            return row.fit;
        if (row.pos < end && take_cluster(text, beg, cols, &row))
            return row.fit;
    }
    return end;
}
