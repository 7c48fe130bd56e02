// Text pieced together from the old file's bytes and new ones.
// Never looks into records; it knows lines and line ends.
#include "store/doc_sheet.h"

#include <string.h>

#include "store/doc_runs.h"

static struct sv old_bytes(const struct sheet *sheet)
{
    return buf_sv(&sheet->old->bytes);
}

// The buffer to write to, when what is copied last is put into it.
static struct buf *settle(struct sheet *sheet)
{
    struct byte_span tail = sheet->tail;

    sheet->tail = (struct byte_span){ 0 };
    buf_add(&sheet->text, sv_sub(old_bytes(sheet), tail.beg, tail.end));
    return &sheet->text;
}

// As settle, with what stands from position `beg` on in the buffer.
static struct buf *hold(struct sheet *sheet, size_t beg)
{
    settle(sheet);
    if (beg < sheet->head) {
        buf_splice(&sheet->text, 0, 0, sv_sub(old_bytes(sheet), beg, sheet->head));
        sheet->head = beg;
    }
    return &sheet->text;
}

static char last_char(const struct sheet *sheet)
{
    const char *old = sheet->old->bytes.ptr;

    if (sheet->tail.beg < sheet->tail.end)
        return old[sheet->tail.end - 1];
    return sheet->text.len ? sheet->text.ptr[sheet->text.len - 1] : old[sheet->head - 1];
}

size_t sheet_len(const struct sheet *sheet)
{
    return sheet->head + sheet->text.len + (sheet->tail.end - sheet->tail.beg);
}

struct sv sheet_from(struct sheet *sheet, size_t beg)
{
    struct buf *text = hold(sheet, beg);

    return sv_sub(buf_sv(text), beg - sheet->head, text->len);
}

void sheet_cut(struct sheet *sheet, size_t len)
{
    struct buf *text = hold(sheet, len);

    buf_splice(text, len - sheet->head, text->len, SV(""));
}

void sheet_copy(struct sheet *sheet, size_t beg, size_t end)
{
    size_t open = sheet->old->open_scalar;

    if (open != SIZE_MAX && beg <= open && open < end)
        sheet->open_at = sheet_len(sheet) + (open - beg);
    if (beg >= end)
        return;
    if (beg == sheet->head && !sheet->text.len && sheet->tail.beg == sheet->tail.end) {
        sheet->head = end;
    } else if (beg == sheet->tail.end && sheet->tail.beg < beg) {
        sheet->tail.end = end;
    } else {
        settle(sheet);
        sheet->tail = (struct byte_span){ beg, end };
    }
}

// A block scalar without a line end keeps its value behind `|-`.
static void close_scalar(struct sheet *sheet)
{
    struct buf *text = hold(sheet, sheet->open_at);
    size_t pos = sheet->open_at - sheet->head + 1;

    while (pos < text->len && strchr("123456789", text->ptr[pos]))
        pos++;
    if (text->ptr[pos] == '+')
        text->ptr[pos] = '-';
    else if (text->ptr[pos] != '-')
        buf_splice(text, pos, pos, SV("-"));
    sheet->ends_keep = false;
    sheet->open_at = SIZE_MAX;
}

static bool is_mark_alone(const struct sheet *sheet)
{
    return sheet_len(sheet) == sizeof(BYTE_ORDER_MARK) - 1 &&
           sheet->head == sizeof(BYTE_ORDER_MARK) - 1 &&
           sv_starts(old_bytes(sheet), SV(BYTE_ORDER_MARK));
}

size_t sheet_end_line(struct sheet *sheet)
{
    size_t len = sheet_len(sheet);

    if (!len || last_char(sheet) == '\n' || is_mark_alone(sheet))
        return 0;
    if (sheet->open_at != SIZE_MAX)
        close_scalar(sheet);
    if (sheet->is_crlf && last_char(sheet) != '\r')
        buf_add_char(settle(sheet), '\r');
    buf_add_char(settle(sheet), '\n');
    return sheet_len(sheet) - len;
}

void sheet_write(struct sheet *sheet, struct sv text)
{
    struct buf *out;
    struct sv line;

    if (!text.len)
        return;
    out = settle(sheet);
    if (!sheet->is_crlf) {
        buf_add(out, text);
        return;
    }
    while (text.len && sv_split(&text, '\n', &line)) {
        buf_add(out, line);
        if (text.ptr)
            buf_add_cstr(out, "\r\n");
    }
}

void sheet_indent(struct sheet *sheet, int count)
{
    if (count)
        buf_add_fill(settle(sheet), ' ', (size_t)count);
}

void sheet_write_blank(struct sheet *sheet)
{
    if (!sheet->ends_keep)
        sheet_write(sheet, SV("\n"));
}

bool sheet_copy_rest(struct sheet *sheet, size_t beg, size_t end)
{
    struct sv bytes = buf_sv(&sheet->old->bytes);
    size_t own = lead_own(bytes, beg, end);

    while (own > beg && strchr(" \t\r\n", bytes.ptr[own - 1]))
        own--;
    if (own == beg)
        return false;
    sheet_copy(sheet, beg, own < end ? line_next(bytes, own) : end);
    return true;
}

struct splice sheet_take(struct sheet *sheet)
{
    struct sv old = old_bytes(sheet);

    if (sheet->tail.end != old.len || sheet->tail.beg < sheet->head)
        settle(sheet);

    bool has_tail = sheet->tail.beg < sheet->tail.end;
    struct splice splice = { sheet->head, has_tail ? sheet->tail.beg : old.len, sheet->text };

    sheet->text = (struct buf){ 0 };
    splice_trim(&splice, old);
    return splice;
}
