// Clusters as they are drawn: stand-ins for what must not reach the terminal, and their cells.
// Never sends a control code on, and never measures other than it draws.
#include "text/glyph.h"

#include <stdio.h>
#include <string.h>

#include "base/visible.h"
#include "text/cluster.h"

#define ZWJ           0x200d
#define DOTTED_CIRCLE "\u25cc"
#define REPLACEMENT   "\ufffd"
#define TAB_STOP      8
#define WHOLE_MAX     38 // bytes: a cluster no longer is never cut, even if U+FFFD makes it grow

// One cell and a cluster of its own: printable ASCII with ASCII (or nothing) behind it.
static bool is_plain_ascii(struct sv line, size_t pos)
{
    unsigned char c = (unsigned char)line.ptr[pos];

    return c >= 0x20 && c < 0x7f &&
           (pos + 1 == line.len || (unsigned char)line.ptr[pos + 1] < 0x80);
}

static int tab_cols(int col)
{
    return TAB_STOP - col % TAB_STOP;
}

// The marks of base/visible.h, without its buffer.
static size_t write_mark(char *draw, int32_t cp, unsigned char byte)
{
    int len;

    if (cp < 0)
        len = snprintf(draw, GLYPH_DRAW_MAX, "<%02X>", (unsigned)byte);
    else if (cp < 0x20 || cp == 0x7f)
        len = snprintf(draw, GLYPH_DRAW_MAX, "^%c", (int)(cp ^ 0x40));
    else if (cp < 0xa0)
        len = snprintf(draw, GLYPH_DRAW_MAX, "<%02X>", (unsigned)cp);
    else
        len = snprintf(draw, GLYPH_DRAW_MAX, "<U+%04X>", (unsigned)cp);
    return (size_t)len;
}

// Cells of a mark: it is ASCII.
static int mark_cols(int32_t cp)
{
    if (cp < 0)
        return 4;
    if (cp < 0xa0)
        return cp < 0x20 || cp == 0x7f ? 2 : 4;
    return cp < 0x10000 ? 8 : cp < 0x100000 ? 9 : 10;
}

static int cluster_cols(const struct cluster *cluster, int col)
{
    if (cluster->cp == '\t')
        return tab_cols(col);
    if (cluster->is_hidden)
        return mark_cols(cluster->cp);
    return cluster->cols > 0 ? cluster->cols : 1;
}

// Write the drawn form of a cluster that is not drawn as it stands; sets cols too, since a cut
// changes them.
static void write_altered(struct sv text, bool is_bare, struct glyph *out)
{
    size_t size, len = 0;
    int cols = 0;

    if (is_bare) {
        memcpy(out->draw, DOTTED_CIRCLE, strlen(DOTTED_CIRCLE));
        len = strlen(DOTTED_CIRCLE);
        cols = 1;
    }
    for (size_t pos = 0; pos < text.len; pos += size) {
        int32_t cp = utf8_decode(sv_sub(text, pos, text.len), &size);
        int width = cp_width(cp);
        struct sv piece = width < 0 ? sv_from(REPLACEMENT) : sv_sub(text, pos, pos + size);

        if (cp == ZWJ)
            continue;
        if (len + piece.len + strlen(REPLACEMENT) > GLYPH_DRAW_MAX) {
            memcpy(out->draw + len, REPLACEMENT, strlen(REPLACEMENT));
            len += strlen(REPLACEMENT);
            cols++;
            break;
        }
        memcpy(out->draw + len, piece.ptr, piece.len);
        len += piece.len;
        cols += width < 0 ? 1 : width;
    }
    out->draw_len = len;
    out->cols = cols;
}

void glyph_at(struct sv line, size_t pos, int col, struct glyph *out)
{
    struct cluster cluster;

    cluster_at(line, pos, &cluster);
    out->size = cluster.size;
    out->cols = cluster_cols(&cluster, col);
    out->is_mark = cluster.is_hidden;
    out->is_blank = cluster.is_single && cp_is_blank(cluster.cp);
    out->draw_len = 0;

    if (cluster.cp == '\t') {
        out->draw_len = (size_t)out->cols;
        memset(out->draw, ' ', out->draw_len);
    } else if (cluster.is_hidden) {
        out->draw_len = write_mark(out->draw, cluster.cp, (unsigned char)line.ptr[pos]);
    } else if (cluster.is_altered || cluster.cols < 1 || cluster.size > WHOLE_MAX) {
        write_altered(sv_sub(line, pos, pos + cluster.size), cluster.cols < 1, out);
    }
}

int glyph_measure(struct sv line, size_t pos, int col, size_t *size)
{
    struct cluster cluster;

    if (is_plain_ascii(line, pos)) {
        *size = 1;
        return 1;
    }
    cluster_at(line, pos, &cluster);
    *size = cluster.size;
    if (cluster.size > WHOLE_MAX) {
        struct glyph glyph; // it may be cut

        glyph_at(line, pos, col, &glyph);
        return glyph.cols;
    }
    return cluster_cols(&cluster, col);
}

size_t glyph_next(struct sv line, size_t pos)
{
    size_t size;

    if (pos >= line.len)
        return line.len;
    glyph_measure(line, pos, 0, &size);
    return pos + size;
}

size_t glyph_prev(struct sv line, size_t pos)
{
    if (pos > line.len)
        pos = line.len;
    return pos > 0 ? cluster_before(line, pos) : 0;
}

int glyph_cp_cols(int32_t cp)
{
    if (cp == ZWJ)
        return 0;

    int cols = cp_width(cp);

    return cols < 0 ? 1 : cols;
}

int glyph_cols(struct sv s)
{
    int cols = 0;
    size_t size;

    for (size_t pos = 0; pos < s.len; pos += size) {
        size = 1;
        cols += is_plain_ascii(s, pos) ? 1 : glyph_measure(s, pos, cols, &size);
    }
    return cols;
}

size_t glyph_fit(struct sv s, int cols, int *used)
{
    int col = 0;
    size_t size, pos = 0;

    while (pos < s.len) {
        if (is_plain_ascii(s, pos) && col < cols) {
            pos++;
            col++;
            continue;
        }

        int width = glyph_measure(s, pos, col, &size);

        if (width > cols - col)
            break;
        col += width;
        pos += size;
    }
    if (used)
        *used = col;
    return pos;
}

void glyph_library(struct buf *out)
{
    cluster_library(out);
}
