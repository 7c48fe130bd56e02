// Where a row of text may end.
// Never lets a row end inside a cluster, nor takes more than what fits but blanks.
#include "text/linebreak.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "text/cluster.h"
#include "text/common.h"
#include "text/decode.h"
#include "text/glyph.h"

#define SHORT_MAX 32 // bytes: the cells of a longer cluster are asked of glyph.c, which may cut it

// What breaking needs to know of a code point.
enum side {
    SIDE_OTHER,
    SIDE_LETTER, // letters and digits of scripts that part words by spaces
    SIDE_OPEN,   // no break after it
    SIDE_CLOSE,  // no break before it
    SIDE_WIDE,   // ideographs and kana: a break on either side
};

// Beyond ASCII, sorted; what is in no range is SIDE_OTHER.
static const struct {
    int32_t first, last;
    enum side side;
} sides[] = {
    { 0x00ab, 0x00ab, SIDE_OPEN },     { 0x00bb, 0x00bb, SIDE_CLOSE },
    { 0x00c0, 0x00d6, SIDE_LETTER },   { 0x00d8, 0x00f6, SIDE_LETTER },
    { 0x00f8, 0x167f, SIDE_LETTER },   { 0x1681, 0x1fff, SIDE_LETTER },
    { 0x2018, 0x2018, SIDE_OPEN },     { 0x2019, 0x2019, SIDE_CLOSE },
    { 0x201c, 0x201c, SIDE_OPEN },     { 0x201d, 0x201d, SIDE_CLOSE },
    { 0x2026, 0x2026, SIDE_CLOSE },    { 0x2c00, 0x2dff, SIDE_LETTER },
    { 0x2e80, 0x2fff, SIDE_WIDE },     { 0x3001, 0x3002, SIDE_CLOSE },
    { 0x3005, 0x3005, SIDE_CLOSE },    { 0x3008, 0x3008, SIDE_OPEN },
    { 0x3009, 0x3009, SIDE_CLOSE },    { 0x300a, 0x300a, SIDE_OPEN },
    { 0x300b, 0x300b, SIDE_CLOSE },    { 0x300c, 0x300c, SIDE_OPEN },
    { 0x300d, 0x300d, SIDE_CLOSE },    { 0x300e, 0x300e, SIDE_OPEN },
    { 0x300f, 0x300f, SIDE_CLOSE },    { 0x3010, 0x3010, SIDE_OPEN },
    { 0x3011, 0x3011, SIDE_CLOSE },    { 0x3014, 0x3014, SIDE_OPEN },
    { 0x3015, 0x3015, SIDE_CLOSE },    { 0x3041, 0x3096, SIDE_WIDE },
    { 0x309b, 0x309e, SIDE_CLOSE },    { 0x30a1, 0x30fa, SIDE_WIDE },
    { 0x30fb, 0x30fe, SIDE_CLOSE },    { 0x3100, 0x312f, SIDE_WIDE },
    { 0x3130, 0x318f, SIDE_LETTER },   { 0x3190, 0xa4cf, SIDE_WIDE },
    { 0xa4d0, 0xd7ff, SIDE_LETTER },   { 0xf900, 0xfaff, SIDE_WIDE },
    { 0xfb00, 0xfdff, SIDE_LETTER },   { 0xfe70, 0xfefe, SIDE_LETTER },
    { 0xff01, 0xff01, SIDE_CLOSE },    { 0xff08, 0xff08, SIDE_OPEN },
    { 0xff09, 0xff09, SIDE_CLOSE },    { 0xff0c, 0xff0c, SIDE_CLOSE },
    { 0xff0e, 0xff0e, SIDE_CLOSE },    { 0xff10, 0xff19, SIDE_WIDE },
    { 0xff1a, 0xff1b, SIDE_CLOSE },    { 0xff1f, 0xff1f, SIDE_CLOSE },
    { 0xff21, 0xff3a, SIDE_WIDE },     { 0xff41, 0xff5a, SIDE_WIDE },
    { 0x10000, 0x1afff, SIDE_LETTER }, { 0x1b000, 0x1b2ff, SIDE_WIDE },
    { 0x1f000, 0x1f1e5, SIDE_WIDE },   { 0x1f200, 0x1faff, SIDE_WIDE },
    { 0x20000, 0x3ffff, SIDE_WIDE },
};

// Kana that may not begin a row: small ones. Both syllabaries have them at the same places.
static bool is_small_kana(int32_t cp)
{
    static const char places[] = "\x01\x03\x05\x07\x09\x23\x43\x45\x47";

    return cp >= 0x3041 && cp <= 0x30e7 &&
           memchr(places, cp >= 0x30a1 ? cp - 0x30a0 : cp - 0x3040, sizeof(places) - 1);
}

static enum side side_of_ascii(int32_t cp)
{
    static const char closing[] = "!),.:;?]}";

    if ((cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z'))
        return SIDE_LETTER;
    if (cp == '(' || cp == '[' || cp == '{')
        return SIDE_OPEN;
    return cp > 0 && memchr(closing, cp, sizeof(closing) - 1) ? SIDE_CLOSE : SIDE_OTHER;
}

static enum side side_of(int32_t cp)
{
    size_t lo = 0, hi = ARRAY_LEN(sides);

    if (cp < 0x80)
        return side_of_ascii(cp);
    if ((cp >= 0x370 && cp < 0x1680) || (cp >= 0xac00 && cp <= 0xd7ff))
        return SIDE_LETTER;
    if (cp >= 0x3190 && cp <= 0xa4cf)
        return SIDE_WIDE;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (cp > sides[mid].last)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == ARRAY_LEN(sides) || cp < sides[lo].first)
        return SIDE_OTHER;
    return is_small_kana(cp) ? SIDE_CLOSE : sides[lo].side;
}

// A sign of the row: its code point and what that means for breaking.
struct sign {
    int32_t cp; // -1: none, or an invalid byte
    enum side side;
};

// The state of a row while it is filled.
struct filling {
    size_t pos;               // what comes next
    size_t fit;               // the last break found; the beginning of the row when there is none
    int col;                  // cells filled, the indent counted
    struct sign before, last; // the two signs before pos; not across a blank
};

static struct sign sign_of(int32_t cp)
{
    return (struct sign){ cp, side_of(cp) };
}

static bool is_letter(struct sign sign)
{
    return sign.side == SIDE_LETTER && !(sign.cp >= '0' && sign.cp <= '9');
}

// Blanks at which a line may break: not the no-break kinds.
static bool is_breaking_blank(int32_t cp)
{
    return cp == ' ' || cp == '\t' ||
           (cp >= 0x1680 && cp_is_blank(cp) && cp != 0x2007 && cp != 0x202f && cp != 0x2028 &&
            cp != 0x2029);
}

static bool is_cjk(struct sign sign)
{
    return sign.side == SIDE_WIDE || (sign.cp >= 0x3000 && sign.cp <= 0x30ff) || sign.cp >= 0xff01;
}

static bool is_dash(int32_t cp)
{
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2015);
}

// May a row end between the signs `last` and `next`, neither of them a blank? `before` stands
// before `last`.
static bool may_break(struct sign before, struct sign last, struct sign next)
{
    if (last.cp == '-' || last.cp == 0x2010)
        return before.side == SIDE_LETTER && is_letter(next);
    if (last.cp == '/')
        return is_letter(before) && is_letter(next);
    if (last.cp == 0x2013 || last.cp == 0x2014)
        return before.cp >= 0 && !is_dash(before.cp) && !is_dash(next.cp) &&
               next.side != SIDE_CLOSE;
    if (last.cp < 0 || (!is_cjk(last) && !is_cjk(next)))
        return false;
    return (last.side == SIDE_WIDE || last.side == SIDE_LETTER || last.side == SIDE_CLOSE) &&
           (next.side == SIDE_WIDE || next.side == SIDE_LETTER || next.side == SIDE_OPEN);
}

// True when a cluster of common code points surely ends before what stands at `pos`.
static inline bool ends_before(struct sv text, size_t pos)
{
    enum common kind;
    size_t size;

    if (pos == text.len || (unsigned char)text.ptr[pos] < 0x80)
        return true;
    kind = common_of(decode_short(text, pos, &size));
    return kind != COMMON_NOT && !common_is_mark(kind);
}

// Put a sign of `width` cells into the row, up to `end`.
static inline void put_sign(struct filling *row, struct sign sign, int width, size_t end)
{
    row->pos = end;
    row->col += width;
    row->before = row->last;
    row->last = sign;
}

static inline void put_blank(struct filling *row, int width, size_t end)
{
    row->pos = row->fit = end;
    row->col += width;
    row->before = row->last = (struct sign){ -1, SIDE_OTHER };
}

// Bytes of the letter at `pos` when it is small ASCII or a common one of an alphabet, of two bytes
// or Devanagari; 0: it is none of these.
static inline size_t letter_at(struct sv text, size_t pos)
{
    const unsigned char *p = (const unsigned char *)text.ptr + pos;
    size_t avail = text.len - pos;

    if (p[0] < 0x80)
        return p[0] >= 'a' && p[0] <= 'z';
    if (p[0] < 0xe0) // a block for each lead byte
        return p[0] >= 0xc2 && avail > 1 && decode_is_cont(p[1]) &&
                       common_blocks[p[0] & 0x1f].letters >> (p[1] & 0x3f) & 1
                   ? 2
                   : 0;
    return p[0] == 0xe0 && avail > 2 && (p[1] == 0xa4 || p[1] == 0xa5) && decode_is_cont(p[2]) &&
                   common_blocks[p[1] & 0x3f].letters >> (p[2] & 0x3f) & 1
               ? 3
               : 0;
}

// Does U+0020 stand at `pos`, and before a letter as above or ASCII?
static inline bool is_plain_blank(struct sv text, size_t pos)
{
    return text.ptr[pos] == ' ' &&
           (pos + 1 == text.len || (unsigned char)text.ptr[pos + 1] < 0x80 ||
            letter_at(text, pos + 1));
}

// What the signs of a row were, two bits each, the last one lowest.
enum was { WAS_NONE, WAS_LETTER, WAS_LAST, WAS_BEFORE }; // the latter two: row->last, row->before

// Take the letters, with their marks, and blanks at row->pos, as many as fit; no row ends between
// letters.
//   returns  false when there are none
static bool take_words(struct sv text, size_t beg, int cols, struct filling *row)
{
    const struct sign none = { -1, SIDE_OTHER };
    const struct sign letter = { 0xe9, SIDE_LETTER };        // stands for all of them
    size_t size, pos = row->pos, fit = row->fit, last = pos; // last: where the last letter began
    int col = row->col, last_col = col;
    unsigned signs = WAS_BEFORE << 2 | WAS_LAST;

    for (; pos < text.len; pos += size) {
        size = letter_at(text, pos);
        if (size && col < cols) { // the commonest
            last = pos;
            last_col = col++;
            signs = signs << 2 | WAS_LETTER;
            continue;
        }
        if (is_plain_blank(text, pos)) {
            size = 1;
            col++;
            fit = pos + 1;
            signs = WAS_NONE;
            continue;
        }

        enum common kind = common_of(decode_short(text, pos, &size));

        if (kind == COMMON_LETTER || kind == COMMON_SYLLABLE) {
            int width = kind == COMMON_LETTER ? 1 : 2;

            if (col + width > cols)
                break;
            last = pos;
            last_col = col;
            col += width;
            signs = signs << 2 | WAS_LETTER;
        } else if (kind == COMMON_BLANK && ends_before(text, pos + 1)) {
            col++;
            fit = pos + 1;
            signs = WAS_NONE;
        } else if (common_is_mark(kind) && (signs & 3) == WAS_LETTER) {
            col += kind == COMMON_WIDE_MARK;
            if (col > cols || pos + size - last > SHORT_MAX)
                break;
        } else {
            break;
        }
    }
    if ((signs & 3) == WAS_LETTER && !ends_before(text, pos)) { // take_cluster decides about it
        pos = last;
        col = last_col;
        signs >>= 2;
    }
    if (pos == row->pos)
        return false;
    if (fit == row->fit && row->pos > beg && row->last.side != SIDE_LETTER &&
        may_break(row->before, row->last, letter))
        fit = row->pos; // a letter came first

    const struct sign were[] = { none, letter, row->last, row->before };

    *row = (struct filling){ pos, fit, col, were[signs >> 2 & 3], were[signs & 3] };
    return true;
}

// Does an ideograph of U+5000 to U+8FFF, which are all there, stand at `pos`?
static inline bool is_plain_ideograph(struct sv text, size_t pos)
{
    const unsigned char *p = (const unsigned char *)text.ptr + pos;

    return p[0] >= 0xe5 && p[0] <= 0xe8 && text.len - pos >= 3 && decode_is_cont(p[1]) &&
           decode_is_cont(p[2]);
}

// Take the ideographs at row->pos that fit; a row may end between any two.
//   returns  false when there are none
static bool take_ideographs(struct sv text, size_t beg, int cols, struct filling *row)
{
    const struct sign ideograph = { 0x5000, SIDE_WIDE };
    size_t size, pos = row->pos, last = pos;
    int room = cols - row->col, left = room;

    for (; left >= 2 && pos < text.len; pos += size) {
        size = 3;
        if (!is_plain_ideograph(text, pos) &&
            common_of(decode_short(text, pos, &size)) != COMMON_IDEOGRAPH)
            break;
        last = pos;
        left -= 2;
    }
    if (left < room && !ends_before(text, pos)) {
        pos = last;
        left += 2;
    }
    if (pos == row->pos)
        return false;
    if (pos - row->pos > 3)
        row->fit = pos - 3; // all of them have three bytes
    else if (row->pos > beg && may_break(row->before, row->last, ideograph))
        row->fit = row->pos;
    row->before = room - left > 2 ? ideograph : row->last;
    row->last = ideograph;
    row->pos = pos;
    row->col += room - left;
    return true;
}

// Take the cluster of common code points at row->pos.
//   returns  false when it does not fit, or is none: it is for take_cluster
static bool take_common(struct sv text, size_t beg, int cols, struct filling *row)
{
    size_t size;
    int32_t cp = decode_at(text, row->pos, &size);
    enum common kind = common_of(cp);
    size_t end = row->pos + size;
    int width = common_cols(kind);

    if (kind == COMMON_NOT || kind == COMMON_BLANK || common_is_mark(kind))
        return false;
    for (; !ends_before(text, end); end += size) {
        kind = common_of(decode_at(text, end, &size));
        if (kind == COMMON_NOT || end + size - row->pos > SHORT_MAX)
            return false;
        width += common_cols(kind);
    }
    if (row->col + width > cols)
        return false;

    struct sign sign = sign_of(cp);

    if (row->pos > beg && (sign.side != SIDE_LETTER || row->last.side != SIDE_LETTER) &&
        may_break(row->before, row->last, sign))
        row->fit = row->pos;
    put_sign(row, sign, width, end);
    return true;
}

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
        put_blank(row, width, row->pos + cluster.size);
        return false;
    }

    struct sign sign = sign_of(cluster.cp);

    if (row->pos > beg && may_break(row->before, row->last, sign))
        row->fit = row->pos;
    if (row->col + width > cols && row->pos > beg) {
        if (row->fit == beg)
            row->fit = row->pos;
        return true;
    }
    put_sign(row, sign, width, row->pos + cluster.size);
    return false;
}

// Sixteen bytes at a time; the compiler makes of it what the machine has.
typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef signed char flags16 __attribute__((vector_size(16)));

// All bits of each byte that is printable ASCII, none of the others.
static inline flags16 plain16(const char *p)
{
    bytes16 bytes;

    memcpy(&bytes, p, sizeof(bytes));
    return (flags16)(bytes + 1) > 0x20; // 0x7f and all above it are negative then
}

// True when the `len` bytes at `p` are printable ASCII.
static inline bool is_all_plain(const char *p, size_t len)
{
    flags16 plain;
    uint64_t half[2];
    size_t at = 0;

    if (len < sizeof(plain)) {
        while (at < len && p[at] >= 0x20 && p[at] < 0x7f)
            at++;
        return at == len;
    }
    plain = plain16(p + len - sizeof(plain));
    for (; at + sizeof(plain) < len; at += sizeof(plain))
        plain &= plain16(p + at);
    memcpy(half, &plain, sizeof(half));
    return (half[0] & half[1]) == UINT64_MAX;
}

// May a row of printable ASCII end before its byte `pos` >= 1?
static inline bool may_break_plain(const char *row, size_t pos)
{
    char last = row[pos - 1];

    if (last > '/' || (last != ' ' && last != '-' && last != '/'))
        return false;
    return last == ' ' ||
           (pos > 1 && may_break(sign_of(row[pos - 2]), sign_of(last), sign_of(row[pos])));
}

// A line end, or printable ASCII, begins at `p`.
static bool is_end_or_plain(const char *p, size_t len)
{
    return len > 0 &&
           ((*p >= 0x20 && *p < 0x7f) || *p == '\n' || (*p == '\r' && len > 1 && p[1] == '\n'));
}

// The rest of a line, `most` bytes at most, when it is plain.
static size_t plain_rest(struct sv text, size_t beg, size_t most)
{
    const char *row = text.ptr + beg, *lf = memchr(row, '\n', most);
    size_t len = lf ? (size_t)(lf - row) : SIZE_MAX;

    if (len && lf && row[len - 1] == '\r')
        len--;
    return lf && is_all_plain(row, len) ? beg + len : SIZE_MAX;
}

size_t linebreak_plain(struct sv text, size_t beg, int indent, int cols)
{
    size_t room = (size_t)(cols - indent), left = text.len - beg, pos = room;
    const char *row = text.ptr + beg;

    if (left <= room + 1)
        return SIZE_MAX;
    if (row[0] == '\n')
        return beg;
    if (!is_all_plain(row, room + 1))
        return plain_rest(text, beg, room + 1);
    if (row[pos] == ' ') {
        while (pos < left && row[pos] == ' ')
            pos++;
        return is_end_or_plain(row + pos, left - pos) ? beg + pos : SIZE_MAX;
    }
    while (pos > 0 && !may_break_plain(row, pos))
        pos--;
    return pos > 0 ? beg + pos : SIZE_MAX;
}

size_t linebreak_after(struct sv text, size_t beg, size_t end, int indent, int cols)
{
    struct sign none = { -1, SIDE_OTHER };
    struct filling row = { beg, beg, indent, none, none };

    text.len = end;
    while (row.pos < end) {
        unsigned char lead = (unsigned char)text.ptr[row.pos];

        if (take_words(text, beg, cols, &row) ||
            (lead >= 0xe4 && lead <= 0xe9 && take_ideographs(text, beg, cols, &row)) ||
            take_common(text, beg, cols, &row))
            continue;
        if (take_cluster(text, beg, cols, &row))
            return row.fit;
    }
    return end;
}
