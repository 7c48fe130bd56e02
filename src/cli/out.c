// Standard output: lines, colours, pager.
// Never writes before everything is known to be printed; never lets a control byte of a text
// through.
#include "cli/out.h"

#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/env.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/visible.h"
#include "text/glyph.h"
#include "text/wrap.h"

#define MIN_COLS 20 // narrower terminals break their lines themselves

static const char *const sgr[STYLE__N] = {
    [STYLE_PLAIN] = "",         [STYLE_HEAD] = "1",        [STYLE_LABEL] = "2",
    [STYLE_QUOTE] = "36",       [STYLE_SOURCE] = "32",     [STYLE_MATCH] = "1;7",
    [STYLE_CONTESTED] = "1;33", [STYLE_DISPUTED] = "1;31", [STYLE_WARNING] = "33",
    [STYLE_ERROR] = "31",
};

static int env_number(const char *name)
{
    const char *text = env_get(name);
    long value = text ? strtol(text, NULL, 10) : 0;

    return value > 0 && value <= LIMIT_COLS ? (int)value : 0;
}

static void add_styled(struct out *out, enum style style, struct sv text)
{
    bool on = out->is_colour && sgr[style][0] && text.len;

    if (on)
        buf_addf(&out->text, "\033[%sm", sgr[style]);
    buf_add(&out->text, text);
    if (on)
        buf_add_cstr(&out->text, "\033[0m");
}

// The bytes [beg, end) of a paragraph, in their styles.
static void add_row(struct out *out, const struct para *para, size_t beg, size_t end)
{
    for (size_t i = 0; i < para->count; i++) {
        size_t from = para->pieces[i].beg;
        size_t to = i + 1 < para->count ? para->pieces[i + 1].beg : para->text.len;

        if (from < beg)
            from = beg;
        if (to > end)
            to = end;
        if (from < to)
            add_styled(out, para->pieces[i].style, sv_sub(buf_sv(&para->text), from, to));
    }
    buf_add_char(&out->text, '\n');
}

// Where the locale is not UTF-8 a terminal gets ASCII alone.
static void make_ascii(struct buf *text)
{
    struct buf plain = { 0 };
    struct sv rest = buf_sv(text);

    while (rest.len) {
        size_t size;
        int32_t cp = utf8_decode(rest, &size);

        if (cp >= 0 && cp < 0x80)
            buf_add_char(&plain, (char)cp);
        else
            buf_addf(&plain, "<U+%04X>", (unsigned)(cp < 0 ? 0xfffd : cp));
        rest = sv_sub(rest, size, rest.len);
    }
    buf_release(text);
    *text = plain;
}

static int count_rows(const struct out *out)
{
    struct sv rest = buf_sv(&out->text), line;
    int rows = -1; // what follows the last line end is no row

    while (sv_split(&rest, '\n', &line)) {
        rows++;
        if (out->cols == 0 || rows > LIMIT_ROWS)
            continue;
        rows += glyph_cols(line) > out->cols && !out->is_colour;
    }
    return rows;
}

static bool write_all(struct sv bytes)
{
    while (bytes.len) {
        ssize_t done = write(STDOUT_FILENO, bytes.ptr, bytes.len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes = sv_sub(bytes, (size_t)done, bytes.len);
    }
    return true;
}

void out_init(struct out *out, bool is_closed)
{
    struct winsize size = { 0 };

    *out = (struct out){ .is_closed = is_closed, .cols = env_number("COLUMNS") };
    if (is_closed || !isatty(STDOUT_FILENO))
        return;
    out->is_tty = true;
    if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) {
        if (size.ws_col)
            out->cols = size.ws_col;
        out->rows = size.ws_row;
    }
    if (!out->cols)
        out->cols = 80;
    if (out->cols < MIN_COLS)
        out->cols = 0;

    const char *term = env_get("TERM");

    out->is_colour = !env_get("NO_COLOR") && term && strcmp(term, "dumb") != 0;
    out->is_ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

bool out_flush(struct out *out, bool may_page, struct err *err)
{
    if (!out->text.len)
        return true;
    if (out->is_closed) {
        errno = EBADF;
        return err_set_errno(err, NULL, "standard output cannot be written");
    }
    if (out->is_ascii)
        make_ascii(&out->text);
    if (may_page && out->is_tty && out->rows && count_rows(out) >= out->rows &&
        proc_page(buf_sv(&out->text)))
        return true;
    if (write_all(buf_sv(&out->text)))
        return true;
    if (errno == EPIPE)
        return err_set(err, E_SYSTEM, ERR_NOWHERE, "%s", "");
    return err_set_errno(err, NULL, "standard output cannot be written");
}

void out_release(struct out *out)
{
    buf_release(&out->text);
}

void para_add(struct para *para, enum style style, struct sv text)
{
    if (!text.len)
        return;
    if (!para->count || para->pieces[para->count - 1].style != style) {
        MEM_GROW(para->pieces, para->count, para->cap);
        para->pieces[para->count++] = (struct para_piece){ para->text.len, style };
    }
    visible_add(&para->text, text);
}

void para_add_flat(struct para *para, enum style style, struct sv text)
{
    struct buf flat = { 0 };

    for (size_t i = 0; i < text.len; i++)
        buf_add_char(&flat, strchr("\n\r\t", text.ptr[i]) && text.ptr[i] ? ' ' : text.ptr[i]);
    para_add(para, style, buf_sv(&flat));
    buf_release(&flat);
}

void para_addf(struct para *para, enum style style, const char *fmt, ...)
{
    struct buf text = { 0 };
    va_list args;

    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);
    para_add(para, style, buf_sv(&text));
    buf_release(&text);
}

void para_release(struct para *para)
{
    buf_release(&para->text);
    mem_free(para->pieces);
    *para = (struct para){ 0 };
}

void out_para(struct out *out, struct para *para, int first, int rest)
{
    struct sv text = buf_sv(&para->text), row;
    int indent = first;

    if (!out->cols && text.len) {
        buf_add_fill(&out->text, ' ', (size_t)first);
        add_row(out, para, 0, text.len);
    }
    while (out->cols && text.len) {
        const char *beg = buf_cstr(&para->text);
        int cols = out->cols - indent < MIN_COLS / 2 ? MIN_COLS / 2 : out->cols - indent;

        if (!wrap_string(&text, cols, &row))
            break;
        buf_add_fill(&out->text, ' ', (size_t)indent);
        add_row(out, para, (size_t)(row.ptr - beg), (size_t)(row.ptr - beg) + row.len);
        indent = rest;
    }
    para_release(para);
}

void out_long_line(struct out *out, struct para *para)
{
    if (para->text.len)
        add_row(out, para, 0, para->text.len);
    para_release(para);
}

void out_blank(struct out *out)
{
    size_t len = out->text.len;

    if (len && !(len >= 2 && out->text.ptr[len - 2] == '\n'))
        buf_add_char(&out->text, '\n');
}
