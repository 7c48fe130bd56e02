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
#include "text/linebreak.h"
#include "text/piece.h"

#define MARKER_MAX 5 // bytes of a list item's number or letter: "viii."

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Length of a list marker at the start of `s`: a bullet, "1.", "a)", "iv."; 0 for none.
static size_t marker_len(struct sv s)
{
    static const char *const bullets[] = { "\u2022", "\u25e6", "\u25aa", "\u2023",
                                           "\u00b7", "\u2013", "-",      "*" };
    size_t len = 0;
    bool has_bullet = s.len && (memchr("-*", s.ptr[0], 2) || (unsigned char)s.ptr[0] >= 0x80);

    for (size_t i = 0; has_bullet && i < ARRAY_LEN(bullets); i++)
        if (sv_starts(s, sv_from(bullets[i])))
            return strlen(bullets[i]);
    while (len < s.len && len < MARKER_MAX && s.ptr[len] >= '0' && s.ptr[len] <= '9')
        len++;
    if (len > 3)
        return 0; // a year
    if (len == 0)
        while (len < s.len && len < MARKER_MAX && memchr("ivx", s.ptr[len], 3))
            len++;
    if (len == 0 && s.len && is_ascii_letter(s.ptr[0]))
        len = 1;
    return len > 0 && len < s.len && (s.ptr[len] == '.' || s.ptr[len] == ')') ? len + 1 : 0;
}

static size_t skip_spaces(struct sv s, size_t pos)
{
    while (pos < s.len && (s.ptr[pos] == ' ' || s.ptr[pos] == '\t'))
        pos++;
    return pos;
}

static bool begins_item(struct sv text, size_t beg)
{
    return marker_len(sv_sub(text, skip_spaces(text, beg), text.len)) > 0;
}

// Cells to leave free before the rows that follow the first of a list item.
static int hang_of(struct sv line, int cols)
{
    size_t marker = skip_spaces(line, 0);
    size_t len = marker_len(sv_sub(line, marker, line.len));
    size_t text = skip_spaces(line, marker + len);

    if (!len || text == marker + len || text == line.len)
        return 0;

    int hang = glyph_cols(sv_sub(line, 0, text));

    return hang < cols / 2 ? hang : cols / 2;
}

static size_t row_end(struct sv text, size_t beg, size_t end, int indent, int cols)
{
    size_t stop = SIZE_MAX;

    if (indent < cols && (unsigned char)text.ptr[beg] < 0x80)
        stop = linebreak_plain(sv_sub(text, 0, end), beg, indent, cols);
    return stop != SIZE_MAX ? stop : linebreak_after(text, beg, end, indent, cols);
}

// The row of `piece` that begins at `beg`; `hang` for all but the first row of the line.
static struct row row_from(struct sv text, const struct piece *piece, size_t beg, int hang,
                           int cols)
{
    struct row row = { .span = { beg, beg } };

    row.is_first = piece->is_first && beg == piece->beg;
    row.indent = row.is_first ? 0 : hang;
    if (beg < piece->end)
        row.span.end = row_end(text, beg, piece->end, row.indent, cols);
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

// The row at `beg` when it is of the commonest kind, plain ASCII.
static inline bool plain_row(struct sv text, size_t beg, int hang, int cols, bool is_first,
                             struct row *out)
{
    size_t end = hang < cols ? linebreak_plain(text, beg, hang, cols) : SIZE_MAX;

    if (end == SIZE_MAX || !piece_is_uncut(beg, end + (size_t)cols))
        return false; // perhaps the row ends at a cut
    out->span = (struct byte_span){ beg, end };
    out->indent = hang;
    out->is_first = is_first;
    out->is_last = text.ptr[end] == '\n' || text.ptr[end] == '\r';
    return true;
}

// The next row of the same line.
SELDOM static void row_behind(struct sv text, const struct row *row, int cols, struct row *out)
{
    size_t pos = row->span.end;
    struct piece piece = { .beg = pos };
    int hang = row->indent;

    piece_find_end(text, pos, &piece);
    if (piece_is_cut(text, pos))
        hang = 0;
    else if (row->is_first)
        hang = hang_of(sv_sub(text, row->span.beg, piece.end), cols);
    *out = row_from(text, &piece, pos, hang, cols);
}

// The first row of the line that begins at `beg`.
SELDOM static void first_row(struct sv text, size_t beg, int cols, struct row *out)
{
    struct piece piece = { .beg = beg, .is_first = true };

    piece_find_end(text, beg, &piece);
    *out = row_from(text, &piece, beg, 0, cols);
}

bool wrap_next(const struct article *article, const struct row *row, int cols, struct row *out)
{
    struct sv text = article_bytes(article);
    size_t pos = row->span.end;
    bool is_first = row->is_last;
    int hang = 0;

    if (cols < 1)
        cols = 1;
    if (is_first) {
        if (pos >= text.len)
            return false;
        pos += text.ptr[pos] == '\r' ? 2 : 1;
    } else if (!row->is_first) {
        hang = row->indent;
    } else if (begins_item(text, row->span.beg)) {
        row_behind(text, row, cols, out);
        return true;
    }
    if (pos < text.len && plain_row(text, pos, hang, cols, is_first, out))
        return true;
    if (is_first)
        first_row(text, pos, cols, out);
    else
        row_behind(text, row, cols, out);
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
    size_t cut = end ? linebreak_after(*rest, 0, end, 0, cols > 1 ? cols : 1) : 0;
    size_t shown = cut;

    while (shown > 0 && (rest->ptr[shown - 1] == ' ' || rest->ptr[shown - 1] == '\t'))
        shown--;
    *row = sv_sub(*rest, 0, shown);
    if (cut == end)
        cut = lf ? line + 1 : line;
    *rest = sv_sub(*rest, cut, rest->len);
    return true;
}
