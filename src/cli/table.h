// Rows under named columns, printed as TSV, JSON or aligned text.
#ifndef GAINSAY_CLI_TABLE_H
#define GAINSAY_CLI_TABLE_H

#include "cli/out.h"

enum format { FORMAT_PLAIN, FORMAT_TSV, FORMAT_JSON };

struct table {
    const char *const *columns; // borrowed; "#line" is a number in JSON, its name is "line"
    size_t column_count;
    struct sv *cells; // row by row, copies in `arena`
    size_t count, cap;
    struct arena arena;
};

void table_init(struct table *table, const char *const *columns, size_t count);
void table_add(struct table *table, struct sv cell); // the next cell of the row; absent is empty
void table_addf(struct table *table, const char *fmt, ...) PRINTF(2, 3);
void table_print(const struct table *table, enum format format, struct out *out);
int table_cols(const struct table *table); // cells that a row takes as aligned text, when none is broken
void table_release(struct table *table);

#endif
