// Records as rows of one table: which columns there are, and what of a record stands in which. For csv.c and
// csv_read.c.
#ifndef GAINSAY_EXCHANGE_CSV_ROW_H
#define GAINSAY_EXCHANGE_CSV_ROW_H

#include "exchange/exchange.h"

#define CSV_COLUMNS_MAX 128

// Cells by column. A name has the prefix of the map it stands in: "contested_why".
struct csv_row {
    struct sv names[CSV_COLUMNS_MAX]; // of the columns, in order
    struct sv cells[CSV_COLUMNS_MAX]; // of this row; absent: nothing there
    size_t count;
    struct arena *arena; // of cells that are made, and of what is read
    void *ctx;
};

// The columns of all kinds of rows: "record", "article", "annotator", "id", "level", then the keys of the schema.
void csv_columns(struct csv_row *row, struct arena *arena);
// Those of one kind of rows alone: "record", "article", "annotator" and its keys.
void csv_columns_of(struct csv_row *row, struct arena *arena, enum kind_id kind);

struct sv csv_cell(const struct csv_row *row, const char *name); // absent when there is no such column either
void csv_set(struct csv_row *row, const char *name, struct sv cell); // no effect when there is no such column

// Write a record's own fields into the row: all but lists of maps (rows of their own, but for the first part, which is
// in the row) and the voice inside a voice.
void csv_from_record(struct csv_row *row, enum kind_id kind, const void *rec);
// The reverse: fill `rec`. false: `bad` is called with the column that is wrong and what would be right.
MUST_CHECK bool csv_to_record(struct csv_row *row, enum kind_id kind, void *rec,
                              void (*bad)(struct csv_row *row, const char *column, const char *want));

// "0-9 12-20" and the reverse.
void csv_from_spans(struct cp_span_list spans, struct buf *out);
MUST_CHECK bool csv_to_spans(struct sv cell, struct arena *arena, struct cp_span_list *out);

#endif
