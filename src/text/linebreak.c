// Where a row of text may end.
// Never lets a row end inside a cluster, nor takes more than what fits but blanks.
#include "text/linebreak.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "text/cluster.h"
#include "text/glyph.h"

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define SHORT_MAX 32 // bytes: the cells of a longer cluster are asked of glyph.c, which may cut it

// What breaking needs to know of a code point.
enum side {
    SIDE_OTHER,
    SIDE_LETTER, // letters and digits of scripts that part words by spaces
    SIDE_OPEN,   // no break after it
    SIDE_CLOSE,  // no break before it
    SIDE_WIDE,   // ideographs and kana: a break on either side
};

// Sorted; what is in no range is SIDE_OTHER.
static const struct {
    int32_t first, last;
    enum side side;
} sides[] = {
    { '!', '!', SIDE_CLOSE },          { '(', '(', SIDE_OPEN },
    { ')', ')', SIDE_CLOSE },          { ',', ',', SIDE_CLOSE },
    { '.', '.', SIDE_CLOSE },          { '0', '9', SIDE_LETTER },
    { ':', ';', SIDE_CLOSE },          { '?', '?', SIDE_CLOSE },
    { 'A', 'Z', SIDE_LETTER },         { '[', '[', SIDE_OPEN },
    { ']', ']', SIDE_CLOSE },          { 'a', 'z', SIDE_LETTER },
    { '{', '{', SIDE_OPEN },           { '}', '}', SIDE_CLOSE },
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

static enum side side_of(int32_t cp)
{
    size_t lo = 0, hi = ARRAY_LEN(sides);

    if ((cp >= 'a' && cp <= 'z') || (cp >= 0x370 && cp < 0x1680))
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

// High bit of a byte: it is 0x80 or more, 0x7f, or below 0x20.
static uint64_t not_plain(uint64_t w)
{
    return w | (w + EACH_BYTE) | ((w - EACH_BYTE * 0x20) & ~w);
}

static bool is_plain32(const char *p)
{
    uint64_t w[4];

    memcpy(w, p, sizeof(w));
    return !((not_plain(w[0]) | not_plain(w[1]) | not_plain(w[2]) | not_plain(w[3])) & HIGH_BITS);
}

// How many bytes from `p` on, at most `len`, are 0x20..0x7e.
static size_t plain_run(const char *p, size_t len)
{
    size_t run = 0;
    uint64_t w;

    for (; len - run >= 4 * sizeof(w) && is_plain32(p + run); run += 4 * sizeof(w))
        ;
    for (; len - run >= sizeof(w); run += sizeof(w)) {
        memcpy(&w, p + run, sizeof(w));
        if (not_plain(w) & HIGH_BITS)
            break;
    }
    while (run < len && p[run] >= 0x20 && p[run] < 0x7f)
        run++;
    return run;
}

// The sign `back` bytes before `pos` of a run of plain ASCII that begins at `run`; what stood
// before the run where it is not long enough. A blank counts as none.
static struct sign sign_before(struct sv text, size_t run, size_t pos, size_t back,
                               const struct filling *row)
{
    struct sign none = { -1, SIDE_OTHER };

    if (pos - run < back)
        return back - (pos - run) == 1 ? row->last : row->before;
    return text.ptr[pos - back] == ' ' ? none : sign_of(text.ptr[pos - back]);
}

// The last break in the plain run [run, stop], a break before text[stop] included if `has_next`;
// 0 when there is none.
static size_t last_break(struct sv text, size_t run, size_t stop, bool has_next,
                         const struct filling *row)
{
    for (size_t pos = stop; pos > run; pos--) {
        char last = text.ptr[pos - 1];

        if (last == ' ')
            return pos;
        if ((last == '-' || last == '/') && (pos < stop || has_next) &&
            may_break(sign_before(text, run, pos, 2, row), sign_of(last), sign_of(text.ptr[pos])))
            return pos;
    }
    return 0;
}

// Behind the blanks at `pos`.
static size_t skip_blank_run(struct sv text, size_t pos, size_t end)
{
    while (pos < end && text.ptr[pos] == ' ')
        pos++;
    return pos;
}

// Take the run of `len` plain bytes at row->pos, or as much of it as fits.
//   returns  true when the row ends in it, at row->fit
static bool take_plain(struct sv text, size_t beg, size_t len, int cols, struct filling *row)
{
    size_t run = row->pos, room = row->col < cols ? (size_t)(cols - row->col) : 0;

    if (run > beg && row->last.cp >= 0 && text.ptr[run] != ' ' &&
        may_break(row->before, row->last, sign_of(text.ptr[run])))
        row->fit = run; // between what stood before the run and it
    if (len > room && text.ptr[run + room] != ' ') {
        size_t at = last_break(text, run, run + room, true, row);

        if (!at && row->fit == beg)
            at = run + room > beg ? run + room : run + 1;
        row->fit = at ? at : row->fit;
        return true;
    }
    if (len > room)
        len = skip_blank_run(text, run + room, run + len) - run;

    size_t at = last_break(text, run, run + len, false, row);
    struct sign before = sign_before(text, run, run + len, 2, row);
    struct sign last = sign_before(text, run, run + len, 1, row);

    row->before = before;
    row->last = last;
    row->fit = at ? at : row->fit;
    row->col += (int)len;
    row->pos = run + len;
    return false;
}

// Take the letters at row->pos that fit; no row ends between them.
//   returns  false when there are none
static bool take_letters(struct sv text, size_t beg, int cols, struct filling *row)
{
    struct sign letter = { 0xe9, SIDE_LETTER }; // stands for all of them
    int width;
    size_t len = cluster_letters(text, row->pos, cols - row->col, &width);

    if (len == 0)
        return false;
    if (row->pos > beg && may_break(row->before, row->last, letter))
        row->fit = row->pos;
    row->pos += len;
    row->col += width;
    row->before = row->last = letter;
    return true;
}

// Take the ideographs at row->pos that fit; a row may end between any two.
//   returns  false when there are none
static bool take_ideographs(struct sv text, size_t beg, int cols, struct filling *row)
{
    struct sign ideograph = { 0x5000, SIDE_WIDE };
    int width;
    size_t len = cluster_ideographs(text, row->pos, cols - row->col, &width);

    if (len == 0)
        return false;
    if (row->pos > beg && may_break(row->before, row->last, ideograph))
        row->fit = row->pos;
    if (len > 3)
        row->fit = row->pos + len - 3;
    row->pos += len;
    row->col += width;
    row->before = row->last = ideograph;
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
        row->pos += cluster.size;
        row->fit = row->pos;
        row->col += width;
        row->before = row->last = (struct sign){ -1, SIDE_OTHER };
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
    row->pos += cluster.size;
    row->col += width;
    row->before = row->last;
    row->last = sign;
    return false;
}

// Length of the plain run at row->pos, no longer than is of use; 0 when the next cluster is
// another.
static size_t next_run(struct sv text, int cols, const struct filling *row)
{
    size_t room = row->col < cols ? (size_t)(cols - row->col) : 0;
    size_t left = text.len - row->pos, most = left < room + 2 ? left : room + 2;
    size_t len = plain_run(text.ptr + row->pos, most), behind = row->pos + len;

    // the last one may have a mark behind it
    if (len > 0 && behind < text.len && (unsigned char)text.ptr[behind] >= 0x80 &&
        !cluster_surely_ends(text, behind))
        len--;
    return len;
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
        size_t len = 0;
        bool is_done;

        if ((unsigned char)text.ptr[row.pos] < 0x80)
            len = next_run(text, cols, &row);
        else if (take_letters(text, beg, cols, &row) || take_ideographs(text, beg, cols, &row))
            continue;
        is_done =
            len > 0 ? take_plain(text, beg, len, cols, &row) : take_cluster(text, beg, cols, &row);
        if (is_done)
            return row.fit;
    }
    return end;
}
