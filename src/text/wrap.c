// Screen rows of a text at a given width.
// Never loses a byte: the rows of a line cover it; and never looks further than one piece of a
// line.
#include "text/wrap.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/glyph.h"
#include "text/piece.h"

#define MARKER_MAX 5 // bytes of a list item's number or letter: "viii."

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)

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

static bool is_letter(int32_t cp)
{
    return side_of(cp) == SIDE_LETTER && !(cp >= '0' && cp <= '9');
}

// Blanks at which a line may break: not the no-break kinds.
static bool is_breaking_blank(int32_t cp)
{
    return cp_is_blank(cp) && (cp == ' ' || cp == '\t' || cp > 0xa0) && cp != 0x2007 &&
           cp != 0x202f && !cp_is_hidden(cp);
}

static bool is_cjk(int32_t cp)
{
    return side_of(cp) == SIDE_WIDE || (cp >= 0x3000 && cp <= 0x30ff) || cp >= 0xff01;
}

static bool is_dash(int32_t cp)
{
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2015);
}

// May a row end between the signs `last` and `next`, neither of them a blank? `before` stands
// before `last`; -1 where there is none.
static bool may_break(int32_t before, int32_t last, int32_t next)
{
    if (last == '-' || last == 0x2010)
        return side_of(before) == SIDE_LETTER && is_letter(next);
    if (last == '/')
        return is_letter(before) && is_letter(next);
    if (last == 0x2013 || last == 0x2014)
        return before >= 0 && !cp_is_blank(before) && !is_dash(before) && !is_dash(next) &&
               side_of(next) != SIDE_CLOSE;
    if (last < 0x80 && next < 0x80)
        return false;

    enum side left = side_of(last), right = side_of(next);

    if (!is_cjk(last) && !is_cjk(next))
        return false;
    return (left == SIDE_WIDE || left == SIDE_LETTER || left == SIDE_CLOSE) &&
           (right == SIDE_WIDE || right == SIDE_LETTER || right == SIDE_OPEN);
}

// All of [p, p + len) is 0x20..0x7e.
static bool is_plain(const char *p, size_t len)
{
    uint64_t bad = 0, w;

    for (; len >= 8; p += 8, len -= 8) {
        memcpy(&w, p, 8);
        // high bit of each byte: set when it is >= 0x80, 0x7f, or below 0x20
        bad |= w | (w + EACH_BYTE) | ((w - EACH_BYTE * 0x20) & ~w);
        if (bad & HIGH_BITS)
            return false;
    }
    for (; len > 0; p++, len--)
        if (*p < 0x20 || *p == 0x7f || (unsigned char)*p >= 0x80)
            return false;
    return true;
}

// The break for `room` cells of plain ASCII from `beg`; 0 when the row has other signs in it.
static size_t break_plain(struct sv text, size_t beg, size_t end, size_t room)
{
    size_t stop = beg + room;

    if (end - beg <= room)
        return is_plain(text.ptr + beg, end - beg) ? end : 0;
    if (!is_plain(text.ptr + beg, room + 1))
        return 0;
    if (text.ptr[stop] == ' ') {
        while (stop < end && text.ptr[stop] == ' ')
            stop++;
        if (stop < end && (text.ptr[stop] == '\t' || !cluster_surely_ends(text, stop)))
            return 0;
        return stop;
    }
    for (size_t pos = stop; pos > beg; pos--) {
        char last = text.ptr[pos - 1];

        if (last == ' ')
            return pos;
        if ((last == '-' || last == '/') && pos - beg >= 2 &&
            may_break(text.ptr[pos - 2], last, text.ptr[pos]))
            return pos;
    }
    return stop;
}

// End of the row that begins at `beg` < end: where the next one begins. Blanks at a break stay with
// the row even when they reach beyond it.
static size_t break_row(struct sv text, size_t beg, size_t end, int indent, int cols)
{
    size_t size, plain = break_plain(text, beg, end, (size_t)(cols - indent));
    size_t fit = beg; // the last break found
    int col = indent;
    int32_t before = -1, last = -1;

    if (plain)
        return plain;
    text.len = end;
    for (size_t pos = beg; pos < end; pos += size) {
        int width = glyph_measure(text, pos, col, &size);
        size_t first;
        int32_t cp = utf8_decode(sv_sub(text, pos, end), &first);
        bool is_blank = first == size && is_breaking_blank(cp);

        if (!is_blank) {
            bool is_after_blank = last >= 0 && fit == pos;

            if (!is_after_blank && pos > beg && may_break(before, last, cp))
                fit = pos;
            if (col + width > cols && pos > beg)
                return fit > beg ? fit : pos;
        }
        col += width;
        before = last;
        last = cp;
        if (is_blank)
            fit = pos + size;
    }
    return end;
}

// Length of a list marker at the start of `s`: a bullet, "1.", "a)", "iv."; 0 for none.
static size_t marker_len(struct sv s)
{
    static const char *const bullets[] = { "\u2022", "\u25e6", "\u25aa", "\u2023",
                                           "\u00b7", "\u2013", "-",      "*" };
    size_t len = 0;

    for (size_t i = 0; i < ARRAY_LEN(bullets); i++)
        if (sv_starts(s, sv_from(bullets[i])))
            return strlen(bullets[i]);
    while (len < s.len && len < MARKER_MAX && s.ptr[len] >= '0' && s.ptr[len] <= '9')
        len++;
    if (len > 3)
        return 0; // a year
    if (len == 0)
        while (len < s.len && len < MARKER_MAX && memchr("ivx", s.ptr[len], 3))
            len++;
    if (len == 0 && s.len && s.ptr[0] > 0 && is_letter(s.ptr[0]))
        len = 1;
    return len > 0 && len < s.len && (s.ptr[len] == '.' || s.ptr[len] == ')') ? len + 1 : 0;
}

static size_t skip_blanks(struct sv s, size_t pos)
{
    while (pos < s.len && (s.ptr[pos] == ' ' || s.ptr[pos] == '\t'))
        pos++;
    return pos;
}

// Cells to leave free before the rows that follow the first of a list item.
static int hang_of(struct sv line, int cols)
{
    size_t marker = skip_blanks(line, 0);
    size_t len = marker_len(sv_sub(line, marker, line.len));
    size_t text = skip_blanks(line, marker + len);

    if (!len || text == marker + len || text == line.len)
        return 0;

    int hang = glyph_cols(sv_sub(line, 0, text));

    return hang < cols / 2 ? hang : cols / 2;
}

// The row of `piece` that begins at `beg`; `hang` for all but the first row of the line.
static struct row row_from(struct sv text, const struct piece *piece, size_t beg, int hang,
                           int cols)
{
    struct row row = { .span = { beg, beg } };

    row.is_first = piece->is_first && beg == piece->beg;
    row.indent = row.is_first ? 0 : hang;
    if (beg < piece->end)
        row.span.end = break_row(text, beg, piece->end, row.indent, cols);
    row.is_last = piece->is_last && row.span.end == piece->end;
    return row;
}

static int piece_hang(struct sv text, const struct piece *piece, int cols)
{
    return piece->is_first ? hang_of(sv_sub(text, piece->beg, piece->end), cols) : 0;
}

struct row wrap_at(const struct article *article, size_t pos, int cols)
{
    struct sv text = article_bytes(article);

    if (cols < 1)
        cols = 1;

    struct piece piece = piece_at(text, pos);
    int hang = piece_hang(text, &piece, cols);
    struct row row = row_from(text, &piece, piece.beg, hang, cols);

    while (row.span.end <= pos && row.span.end < piece.end)
        row = row_from(text, &piece, row.span.end, hang, cols);
    return row;
}

bool wrap_next(const struct article *article, const struct row *row, int cols, struct row *out)
{
    struct sv text = article_bytes(article);
    size_t pos = row->span.end;
    struct piece piece = { .beg = pos };

    if (cols < 1)
        cols = 1;
    if (!row->is_last) {
        int hang = row->indent;

        piece_find_end(text, pos, &piece);
        if (piece_is_cut(text, pos))
            hang = 0;
        else if (row->is_first)
            hang = hang_of(sv_sub(text, row->span.beg, piece.end), cols);
        *out = row_from(text, &piece, pos, hang, cols);
        return true;
    }
    if (pos >= text.len)
        return false;
    piece.beg = pos + (text.ptr[pos] == '\r') + 1;
    piece.is_first = true;
    piece_find_end(text, piece.beg, &piece);
    *out = row_from(text, &piece, piece.beg, 0, cols);
    return true;
}

bool wrap_prev(const struct article *article, const struct row *row, int cols, struct row *out)
{
    if (row->span.beg == 0)
        return false;
    *out = wrap_at(article, row->span.beg - 1, cols);
    return true;
}

int wrap_col(const struct article *article, const struct row *row, size_t pos)
{
    struct sv text = article_sub(article, (struct byte_span){ 0, row->span.end });
    int col = row->indent;
    size_t size;

    for (size_t at = row->span.beg; at < pos && at < row->span.end; at += size) {
        int width = glyph_measure(text, at, col, &size);

        if (at + size > pos)
            break;
        col += width;
    }
    return col;
}

size_t wrap_pos(const struct article *article, const struct row *row, int col)
{
    struct sv text = article_sub(article, (struct byte_span){ 0, row->span.end });
    size_t size, pos = row->span.beg;

    for (int at = row->indent; pos < row->span.end; pos += size) {
        at += glyph_measure(text, pos, at, &size);
        if (at > col || pos + size == row->span.end)
            break;
    }
    return pos;
}

bool wrap_string(struct sv *rest, int cols, struct sv *row)
{
    if (!rest->len)
        return false;

    const char *lf = memchr(rest->ptr, '\n', rest->len);
    size_t line = lf ? (size_t)(lf - rest->ptr) : rest->len;
    size_t end = line && lf && rest->ptr[line - 1] == '\r' ? line - 1 : line;
    size_t cut = end ? break_row(*rest, 0, end, 0, cols > 1 ? cols : 1) : 0;
    size_t shown = cut;

    while (shown > 0 && (rest->ptr[shown - 1] == ' ' || rest->ptr[shown - 1] == '\t'))
        shown--;
    *row = sv_sub(*rest, 0, shown);
    if (cut == end)
        cut = lf ? line + 1 : line;
    *rest = sv_sub(*rest, cut, rest->len);
    return true;
}
