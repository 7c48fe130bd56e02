// Cells of CSV as bytes (RFC 4180), safe in a spreadsheet.
#ifndef GAINSAY_EXCHANGE_CSV_TEXT_H
#define GAINSAY_EXCHANGE_CSV_TEXT_H

#include "exchange/exchange.h"

// Append a cell: nothing for an absent one, "" for an empty one. What a spreadsheet would take for a formula gets an
// apostrophe in front.
void csv_add_cell(struct buf *out, struct sv cell);

// Reading cell by cell. Lines end with LF or CR LF, blank ones are passed over; the separator is what follows
// the first cell: comma, semicolon or tab.
struct csv_reader {
    struct sv rest;
    char separator;   // 0: not known yet
    bool is_in_row;   // a cell of it was read
    int line, col;    // of what is read next, col in code points
    int cell_line, cell_col; // of the cell read last
};
enum csv_event { CSV_CELL, CSV_ROW_END, CSV_END, CSV_BAD };

// The next cell, in `arena`, apostrophe taken off; or the end of a row.
//   want  CSV_BAD: what would be right, at reader's line and col
enum csv_event csv_next(struct csv_reader *reader, struct arena *arena, struct sv *cell, const char **want);

#endif
