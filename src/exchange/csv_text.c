// Bytes of CSV to cells and back. A file that is not CSV is refused where it stops being so.
// Never lets a cell out that a spreadsheet would run.
#include "exchange/csv_text.h"

#include <string.h>

#include "base/visible.h"

// What formulas begin with; the wide forms do so in some languages. A tab or return in front is
// passed over by some.
static const char *const formula_signs[] = { "=",  "+",  "-",  "@",  "\t", "\r",
                                             "\n", "＝", "＋", "－", "＠" };

static bool is_number(struct sv cell)
{
    size_t i = cell.len && cell.ptr[0] == '-';
    bool has_digit = false, has_point = false;

    for (; i < cell.len; i++) {
        if (cell.ptr[i] == '.' && has_digit && !has_point)
            has_point = true;
        else if (cell.ptr[i] >= '0' && cell.ptr[i] <= '9')
            has_digit = true;
        else
            return false;
    }
    return has_digit;
}

static bool is_formula(struct sv cell)
{
    for (size_t i = 0; i < ARRAY_LEN(formula_signs); i++)
        if (sv_starts(cell, sv_from(formula_signs[i])))
            return !is_number(cell);
    return false;
}

// An apostrophe that stands there already is told from ours by a second one.
static bool wants_mark(struct sv cell)
{
    while (sv_starts(cell, SV("'")))
        cell = sv_sub(cell, 1, cell.len);
    return is_formula(cell);
}

void csv_add_cell(struct buf *out, struct sv cell)
{
    bool is_quoted = !sv_is_absent(cell) && !cell.len;
    bool is_marked = wants_mark(cell);

    for (size_t i = 0; i < cell.len; i++)
        is_quoted = is_quoted || strchr(",;\t\"\r\n", cell.ptr[i]);
    is_quoted = is_quoted || sv_starts(cell, SV(" ")) || sv_ends(cell, SV(" "));
    if (is_quoted)
        buf_add_char(out, '"');
    if (is_marked)
        buf_add_char(out, '\'');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, cell.ptr[i]);
    }
    if (is_quoted)
        buf_add_char(out, '"');
}

// ---- reading

static char peek(const struct csv_reader *reader)
{
    return reader->rest.len ? reader->rest.ptr[0] : '\0';
}

// Pass one code point on, to `out` unless that is NULL. false: it is no UTF-8, or a NUL.
static bool pass(struct csv_reader *reader, struct buf *out)
{
    size_t size;
    int32_t cp = utf8_decode(reader->rest, &size);

    if (cp <= 0)
        return false;
    if (out)
        buf_add(out, sv_sub(reader->rest, 0, size));
    reader->rest = sv_sub(reader->rest, size, reader->rest.len);
    reader->col = cp == '\n' ? 1 : reader->col + 1;
    reader->line += cp == '\n';
    return true;
}

static bool is_line_end(const struct csv_reader *reader)
{
    return !reader->rest.len || sv_starts(reader->rest, SV("\n")) ||
           sv_starts(reader->rest, SV("\r\n"));
}

static bool is_separator(const struct csv_reader *reader, char c)
{
    return reader->separator ? c == reader->separator : c && strchr(",;\t", c);
}

static bool read_quoted(struct csv_reader *reader, struct buf *out, const char **want)
{
    (void)pass(reader, NULL);
    for (;;) {
        if (!reader->rest.len) {
            *want = "a quotation mark that ends the cell";
            reader->line = reader->cell_line;
            reader->col = reader->cell_col;
            return false;
        }
        if (peek(reader) == '"') {
            (void)pass(reader, NULL);
            if (peek(reader) != '"')
                break;
        }
        if (!pass(reader, out)) {
            *want = "UTF-8 text; save the table as UTF-8";
            return false;
        }
    }
    if (is_line_end(reader) || is_separator(reader, peek(reader)))
        return true;
    *want = "the next cell after the quotation mark; a mark inside a cell is written twice";
    return false;
}

static bool read_plain(struct csv_reader *reader, struct buf *out, const char **want)
{
    while (!is_line_end(reader) && !is_separator(reader, peek(reader))) {
        if (!pass(reader, out)) {
            *want = "UTF-8 text; save the table as UTF-8";
            return false;
        }
    }
    return true;
}

static void pass_line_end(struct csv_reader *reader)
{
    if (peek(reader) == '\r')
        (void)pass(reader, NULL);
    if (reader->rest.len)
        (void)pass(reader, NULL);
}

enum csv_event csv_next(struct csv_reader *reader, struct arena *arena, struct sv *cell,
                        const char **want)
{
    struct buf text = { 0 };
    bool is_quoted, ok;

    if (reader->is_in_row && is_line_end(reader)) {
        pass_line_end(reader);
        reader->is_in_row = false;
        return CSV_ROW_END;
    }
    while (!reader->is_in_row && reader->rest.len && is_line_end(reader))
        pass_line_end(reader);
    if (!reader->is_in_row && !reader->rest.len)
        return CSV_END;
    if (reader->is_in_row)
        (void)pass(reader, NULL); // the separator
    reader->is_in_row = true;
    reader->cell_line = reader->line;
    reader->cell_col = reader->col;
    is_quoted = peek(reader) == '"';
    ok = is_quoted ? read_quoted(reader, &text, want) : read_plain(reader, &text, want);
    if (!reader->separator && !is_line_end(reader))
        reader->separator = peek(reader);
    *cell = (struct sv){ 0 };
    if (text.len || is_quoted) {
        struct sv whole = buf_sv(&text);

        *cell = sv_copy(arena, sv_starts(whole, SV("'")) && wants_mark(whole)
                                   ? sv_sub(whole, 1, whole.len)
                                   : whole);
    }
    buf_release(&text);
    return ok ? CSV_CELL : CSV_BAD;
}
