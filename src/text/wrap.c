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

static bool is_roman(char c)
{
    return c == 'i' || c == 'v' || c == 'x';
}

static bool begins_bullet(unsigned char c)
{
    return c == '-' || c == '*' || c == 0xc2 || c == 0xe2;
}

SELDOM static size_t bullet_len(struct sv s)
{
    static const char *const bullets[] = { "\u2022", "\u25e6", "\u25aa", "\u2023",
                                           "\u00b7", "\u2013", "-",      "*" };

    for (size_t i = 0; i < ARRAY_LEN(bullets); i++)
        if (sv_starts(s, sv_from(bullets[i])))
            return strlen(bullets[i]);
    return 0;
}

// Length of a list marker at the start of `s`: a bullet, "1.", "a)", "iv."; 0 for none.
static size_t marker_len(struct sv s)
{
    size_t len = 0;

    if (!s.len)
        return 0;
    if (begins_bullet((unsigned char)s.ptr[0]))
        return bullet_len(s);
    while (len < s.len && len < MARKER_MAX && s.ptr[len] >= '0' && s.ptr[len] <= '9')
        len++;
    if (len > 3)
        return 0; // a year
    if (len == 0)
        while (len < s.len && len < MARKER_MAX && is_roman(s.ptr[len]))
            len++;
    if (len == 0 && is_ascii_letter(s.ptr[0]))
        len = 1;
    return len > 0 && len < s.len && (s.ptr[len] == '.' || s.ptr[len] == ')') ? len + 1 : 0;
}

static size_t skip_spaces(struct sv s, size_t pos)
{
    while (pos < s.len && (s.ptr[pos] == ' ' || s.ptr[pos] == '\t'))
        pos++;
    return pos;
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

// Where the row ends that begins at `beg`, before the end of what is known of its line.
static inline size_t row_end(struct sv text, size_t beg, int indent, int cols, struct row *row)
{
    if (indent < cols) {
        size_t end;

        if (row->line_plain <= beg)
            row->line_plain = linebreak_plain_end(text, beg, row->line_end);
        if (row->line_plain > beg) {
            end = linebreak_plain(text, beg, row->line_plain, row->line_end, indent, cols);
            if (end != SIZE_MAX)
                return end;
        }
    }
    return linebreak_after(text, beg, row->line_end, indent, cols);
}

// Make `row`, of whose line all is known, the row that begins at `beg`.
static inline void set_row(struct sv text, size_t beg, int indent, int cols, struct row *row)
{
    size_t end = beg < row->line_end ? row_end(text, beg, indent, cols, row) : beg;

    row->span = (struct byte_span){ beg, end };
    row->indent = indent;
    row->is_last = end == row->line_end && !row->is_cut;
}

// A row of the piece, with what is known of the line, that is not set yet.
static struct row row_of(const struct piece *piece)
{
    return (struct row){ .is_first = piece->is_first,
                         .line_end = piece->end,
                         .is_cut = !piece->is_last };
}

struct row wrap_at(const struct article *article, size_t pos, int cols)
{
    struct sv text = article_bytes(article);

    if (cols < 1)
        cols = 1;

    struct piece piece = piece_at(text, pos);
    int hang = piece.is_first ? hang_of(sv_sub(text, piece.beg, piece.end), cols) : 0;
    struct row row = row_of(&piece);

    set_row(text, piece.beg, 0, cols, &row);
    while (row.span.end <= pos && row.span.end < piece.end) {
        row.is_first = false;
        set_row(text, row.span.end, hang, cols, &row);
    }
    return row;
}

// The next row of a line of which nothing is known, or that was cut.
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
    *out = row_of(&piece);
    set_row(text, pos, hang, cols, out);
}

// The first row of the line that begins at `beg`.
SELDOM static void first_row(struct sv text, size_t beg, int cols, struct row *out)
{
    struct piece piece = { .beg = beg, .end = beg, .is_first = true, .is_last = true };

    if (beg < text.len && text.ptr[beg] != '\n')
        piece_find_end(text, beg, &piece);
    *out = row_of(&piece);
    set_row(text, beg, 0, cols, out);
}

// The commonest of all rows: one of printable ASCII that ends behind a blank.
static inline bool plain_row(struct sv text, const struct row *row, int cols, struct row *out)
{
    size_t beg = row->span.end, end, room = (size_t)(cols - row->indent);

    if (row->is_first || row->indent >= cols || beg + room >= row->line_plain)
        return false;
    end = beg + linebreak_plain_blank(text.ptr + beg, room);
    if (end == beg || end >= row->line_plain || text.ptr[end] == ' ')
        return false;
    if (out != row) // else what was just written would have to reach memory first
        *out = *row;
    out->span = (struct byte_span){ beg, end };
    return true;
}

// Any other row of the line.
SELDOM static void other_row(struct sv text, const struct row *row, int cols, struct row *out)
{
    size_t pos = row->span.end;
    int hang = row->indent;

    if (row->is_first)
        hang = hang_of(sv_sub(text, row->span.beg, row->line_end), cols);
    *out = *row;
    out->is_first = false;
    set_row(text, pos, hang, cols, out);
}

bool wrap_next(const struct article *article, const struct row *row, int cols, struct row *out)
{
    struct sv text = article_bytes(article);
    size_t pos = row->span.end;

    if (cols < 1)
        cols = 1;
    if (row->is_last) {
        if (pos >= text.len)
            return false;
        first_row(text, pos + (text.ptr[pos] == '\r' ? 2 : 1), cols, out);
    } else if (!plain_row(text, row, cols, out)) {
        if (pos < row->line_end)
            other_row(text, row, cols, out);
        else
            row_behind(text, row, cols, out);
    }
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
