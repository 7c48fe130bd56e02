// Fewer bytes for the same picture: what curses says twice, or at more length than is needed.
// Never looks at what a text says: texts hold no escape sequence, whatever begins with one is
// curses' own. What it does not know it leaves as it is.
#include "term/thin.h"

#include <string.h>

#include "base/attr.h"

#define PARAMS_MAX 16

// A control sequence: ESC [ params final.
struct csi {
    struct sv whole;
    int params[PARAMS_MAX]; // 0: not given
    size_t count;
    char final;
};

// A sequence with nothing but numbers in it at the front of `bytes`.
static bool read_csi(struct sv bytes, struct csi *out)
{
    size_t at = 2;

    memset(out, 0, sizeof(*out));
    if (!sv_starts(bytes, SV("\033[")))
        return false;
    out->count = 1;
    for (; at < bytes.len; at++) {
        char c = bytes.ptr[at];
        int *param = &out->params[out->count - 1];

        if (c >= '0' && c <= '9' && *param < 10000)
            *param = *param * 10 + (c - '0');
        else if (c == ';' && out->count < PARAMS_MAX)
            out->count++;
        else
            break;
    }
    if (at == bytes.len || bytes.ptr[at] < '@' || bytes.ptr[at] > '~')
        return false;
    out->final = bytes.ptr[at];
    out->whole = sv_sub(bytes, 0, at + 1);
    return true;
}

static bool is_pen_eq(const struct pen *a, const struct pen *b)
{
    return a->attrs == b->attrs && a->fg == b->fg && a->bg == b->bg;
}

// false: a look that is not kept here.
static bool set_look(struct pen *pen, int look)
{
    if (!look)
        *pen = (struct pen){ 0 };
    else if (look <= 9)
        pen->attrs |= 1U << look;
    else if (look == 22)
        pen->attrs &= ~(1U << 1 | 1U << 2); // bold and dim
    else if (look >= 23 && look <= 29)
        pen->attrs &= ~(1U << (look - 20));
    else if (look == 39)
        pen->fg = 0;
    else if (look == 49)
        pen->bg = 0;
    else if ((look >= 30 && look <= 37) || (look >= 90 && look <= 97))
        pen->fg = look;
    else if ((look >= 40 && look <= 47) || (look >= 100 && look <= 107))
        pen->bg = look;
    else
        return false;
    return true;
}

static bool set_looks(struct pen *pen, const struct csi *csi)
{
    struct pen next = *pen;

    for (size_t i = 0; i < csi->count; i++) {
        if (!set_look(&next, csi->params[i]))
            return false;
    }
    *pen = next;
    return true;
}

static void add_look(struct buf *out, int look)
{
    if (out->ptr[out->len - 1] != '[')
        buf_add_char(out, ';');
    buf_addf(out, "%d", look);
}

static void add_attrs(struct buf *out, unsigned attrs)
{
    for (int look = 1; look <= 9; look++) {
        if (attrs & 1U << look)
            add_look(out, look);
    }
}

// Say the looks that are wanted, by what differs if nothing has to be switched off.
static void say_pen(struct thin *thin, struct buf *out)
{
    const struct pen *pen = &thin->pen, *wanted = &thin->wanted;
    bool is_reset = !thin->is_pen_known || (pen->attrs & ~wanted->attrs);
    bool is_plain = !wanted->attrs && !wanted->fg && !wanted->bg;

    if (thin->is_foreign || (thin->is_pen_known && is_pen_eq(pen, wanted)))
        return;
    buf_add_cstr(out, "\033[");
    if (is_reset && !is_plain)
        add_look(out, 0);
    if (!is_plain) {
        add_attrs(out, is_reset ? wanted->attrs : wanted->attrs & ~pen->attrs);
        if (wanted->fg != (is_reset ? 0 : pen->fg))
            add_look(out, wanted->fg ? wanted->fg : 39);
        if (wanted->bg != (is_reset ? 0 : pen->bg))
            add_look(out, wanted->bg ? wanted->bg : 49);
    }
    buf_add_char(out, 'm');
    thin->pen = *wanted;
    thin->is_pen_known = true;
}

// true: kept, to be said when it is needed.
static bool take_looks(struct thin *thin, const struct csi *csi, struct buf *out)
{
    if (thin->is_foreign && csi->params[0])
        return false;
    if (set_looks(&thin->wanted, csi)) {
        thin->is_pen_known = thin->is_pen_known && !thin->is_foreign;
        thin->is_foreign = false;
        return true;
    }
    say_pen(thin, out);
    thin->is_foreign = true;
    return false;
}

static int at_least_1(int number)
{
    return number > 1 ? number : 1;
}

static void go_to(struct thin *thin, int row, int col, struct buf *out)
{
    if (row == thin->row && col == 1)
        buf_add_char(out, '\r');
    else if (row == thin->row && thin->has_columns)
        buf_addf(out, "\033[%dG", col);
    else if (thin->row && row == thin->row + 1 && col == 1 && row <= thin->rows &&
             thin->row != thin->region_end)
        buf_add_cstr(out, "\r\n");
    else if (col > 1)
        buf_addf(out, "\033[%d;%dH", row, col);
    else if (row > 1)
        buf_addf(out, "\033[%dH", row);
    else
        buf_add_cstr(out, "\033[H");
    thin->row = row;
}

// The rows that scroll. Set at once if they are others than before, for the cursor goes to the
// first row of the screen then; all rows only when it matters, since the same few are likely to
// come again. Curses always moves the cursor to where it wants it next.
static void set_region(struct thin *thin, const struct csi *csi, struct buf *out)
{
    int beg = at_least_1(csi->params[0]), end = csi->params[1];

    thin->is_region_full = beg == 1 && (!end || end == thin->rows);
    if (thin->is_region_full || (beg == thin->region_beg && end == thin->region_end))
        return;
    buf_add(out, csi->whole);
    thin->region_beg = beg;
    thin->region_end = end;
    thin->row = 0;
}

// Before something whose effect depends on which rows scroll.
static void say_region(struct thin *thin, struct buf *out)
{
    if (thin->is_region_full && thin->region_end) {
        buf_add_cstr(out, "\0337\033[r\0338"); // the cursor stays
        thin->region_beg = thin->region_end = 0;
    }
}

static void add_csi(struct thin *thin, const struct csi *csi, struct buf *out)
{
    switch (csi->final) {
    case 'm':
        if (take_looks(thin, csi, out))
            return;
        break;
    case 'H':
        go_to(thin, at_least_1(csi->params[0]), at_least_1(csi->params[1]), out);
        return;
    case 'r':
        set_region(thin, csi, out);
        return;
    case 'd':
        thin->row = at_least_1(csi->params[0]);
        break;
    case 'C':
    case 'D':
    case 'G':
        break;
    case 'J':
    case 'K':
    case 'X':
    case 'b':
        say_pen(thin, out);
        break;
    case 'P':
    case '@':
        say_pen(thin, out);
        say_region(thin, out); // some terminals shift characters only in rows that scroll
        break;
    default:
        say_pen(thin, out);
        say_region(thin, out);
        thin->row = 0;
        break;
    }
    buf_add(out, csi->whole);
}

static void add_plain(struct thin *thin, struct sv text, struct buf *out)
{
    if (!text.len)
        return;
    say_pen(thin, out);
    if (memchr(text.ptr, '\n', text.len)) {
        say_region(thin, out);
        if (text.len > 1 || !thin->region_end || thin->row != thin->region_end)
            thin->row = 0; // else the rows scrolled and the cursor stayed
    }
    buf_add(out, text);
}

void thin_forget(struct thin *thin)
{
    thin->is_pen_known = false;
    thin->has_charset = false;
    thin->is_foreign = false;
    thin->is_forgotten = true;
    thin->is_region_full = true;
    thin->region_beg = thin->region_end = 0;
    thin->row = 0;
}

void thin_add(struct thin *thin, struct sv bytes, struct buf *out)
{
    struct csi csi;

    if (thin->is_forgotten && bytes.len)
        buf_add_cstr(out, "\033[r"); // curses begins with a move
    thin->is_forgotten = thin->is_forgotten && !bytes.len;
    while (bytes.len) {
        const char *escape = memchr(bytes.ptr, '\033', bytes.len);
        size_t plain = escape ? (size_t)(escape - bytes.ptr) : bytes.len;

        add_plain(thin, sv_sub(bytes, 0, plain), out);
        bytes = sv_sub(bytes, plain, bytes.len);
        if (sv_starts(bytes, SV("\033(B"))) {
            if (!thin->has_charset)
                buf_add_cstr(out, "\033(B");
            thin->has_charset = true;
            bytes = sv_sub(bytes, 3, bytes.len);
        } else if (read_csi(bytes, &csi)) {
            add_csi(thin, &csi, out);
            bytes = sv_sub(bytes, csi.whole.len, bytes.len);
        } else if (bytes.len) { // a sequence of another kind: its first byte, the rest is plain
            say_pen(thin, out);
            say_region(thin, out);
            thin->row = 0;
            thin->has_charset = false;
            buf_add_char(out, '\033');
            bytes = sv_sub(bytes, 1, bytes.len);
        }
    }
    say_pen(thin, out);
}

void thin_end(struct thin *thin, struct buf *out)
{
    if (thin->region_end)
        buf_add_cstr(out, "\033[r");
    thin_forget(thin);
}
