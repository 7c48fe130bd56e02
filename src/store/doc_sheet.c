// Text pieced together from the old file's bytes and new ones.
// Never looks into records; it knows lines and line ends.
#include "store/doc_sheet.h"

#include <string.h>

#include "store/doc_runs.h"

void sheet_copy(struct sheet *sheet, size_t beg, size_t end)
{
    size_t open = sheet->old->open_scalar;

    if (open != SIZE_MAX && beg <= open && open < end)
        sheet->open_at = sheet->text.len + (open - beg);
    buf_add(&sheet->text, sv_sub(buf_sv(&sheet->old->bytes), beg, end));
}

// A block scalar without a line end keeps its value behind `|-`.
static void close_scalar(struct sheet *sheet)
{
    size_t pos = sheet->open_at + 1;
    char *ptr = sheet->text.ptr;

    while (pos < sheet->text.len && strchr("123456789", ptr[pos]))
        pos++;
    if (ptr[pos] == '+')
        ptr[pos] = '-';
    else if (ptr[pos] != '-')
        buf_splice(&sheet->text, pos, pos, SV("-"));
    sheet->ends_keep = false;
    sheet->open_at = SIZE_MAX;
}

size_t sheet_end_line(struct sheet *sheet)
{
    size_t len = sheet->text.len;

    if (!len || sheet->text.ptr[len - 1] == '\n' ||
        sv_eq_cstr(buf_sv(&sheet->text), BYTE_ORDER_MARK))
        return 0;
    if (sheet->open_at != SIZE_MAX)
        close_scalar(sheet);
    if (sheet->is_crlf && sheet->text.ptr[sheet->text.len - 1] != '\r')
        buf_add_char(&sheet->text, '\r');
    buf_add_char(&sheet->text, '\n');
    return sheet->text.len - len;
}

void sheet_write(struct sheet *sheet, struct sv text)
{
    struct sv line;

    if (!sheet->is_crlf) {
        buf_add(&sheet->text, text);
        return;
    }
    while (text.len && sv_split(&text, '\n', &line)) {
        buf_add(&sheet->text, line);
        if (text.ptr)
            buf_add_cstr(&sheet->text, "\r\n");
    }
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
