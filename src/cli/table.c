// Rows under named columns, printed three ways.
// Never lets a tab or line end of a cell break a row.
#include "cli/table.h"

#include <stdlib.h>

#include "base/bug.h"
#include "base/mem.h"
#include "base/visible.h"
#include "exchange/json.h"
#include "text/glyph.h"

#define GAP        2  // cells between columns
#define MAX_COLUMN 40 // cells; a wider cell pushes its row to the right

static const char *column_name(const struct table *table, size_t column)
{
    return table->columns[column] + (table->columns[column][0] == '#');
}

// TSV as CLI.md has it: \t \n \\ for themselves, and nothing a terminal would obey.
static void add_escaped(struct buf *out, struct sv cell)
{
    size_t beg = 0;

    for (size_t i = 0; i <= cell.len; i++) {
        char c = i < cell.len ? cell.ptr[i] : '\0';
        const char *escape = i == cell.len ? ""
                             : c == '\t'   ? "\\t"
                             : c == '\n'   ? "\\n"
                             : c == '\\'   ? "\\\\"
                                           : NULL;

        if (!escape)
            continue;
        visible_add(out, sv_sub(cell, beg, i));
        buf_add_cstr(out, escape);
        beg = i + 1;
    }
}

static void print_tsv(const struct table *table, struct buf *out)
{
    for (size_t i = 0; i < table->column_count; i++)
        buf_addf(out, "%s%s", i ? "\t" : "", column_name(table, i));
    buf_add_char(out, '\n');
    for (size_t i = 0; i < table->count; i++) {
        add_escaped(out, table->cells[i]);
        buf_add_char(out, (i + 1) % table->column_count ? '\t' : '\n');
    }
}

static void print_json(const struct table *table, struct buf *out)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < table->count; i += table->column_count) {
        struct jnode *row = jnode_map();

        for (size_t j = 0; j < table->column_count; j++) {
            bool is_number = table->columns[j][0] == '#';
            struct sv cell = table->cells[i + j];

            if (!is_number || cell.len)
                jnode_set(row, column_name(table, j),
                          is_number ? jnode_number(cell) : jnode_text(cell));
        }
        jnode_add(list, row);
    }
    jnode_print(list, out);
    jnode_free(list);
}

// Cells of each column, the longest texts left out. The caller frees them.
static int *column_widths(const struct table *table)
{
    size_t n = table->column_count;
    int *widths = mem_new(n * sizeof(*widths));

    for (size_t i = 0; i < table->count; i++) {
        int cols = glyph_cols(table->cells[i]);

        if (cols > widths[i % n] && cols <= MAX_COLUMN)
            widths[i % n] = cols;
    }
    return widths;
}

int table_cols(const struct table *table)
{
    int *widths = column_widths(table), cols = 0;

    for (size_t i = 0; i < table->column_count; i++)
        cols += widths[i] + (widths[i] && i + 1 < table->column_count ? GAP : 0);
    mem_free(widths);
    return cols;
}

static void print_plain(const struct table *table, struct out *out)
{
    size_t n = table->column_count;
    int *widths = column_widths(table);
    struct para para = { 0 };

    for (size_t i = 0; i < table->count; i += n) {
        int hang = 0;

        for (size_t j = 0; j < n; j++) {
            int pad = widths[j] + GAP - glyph_cols(table->cells[i + j]);
            bool is_last = j + 1 == n;

            para_add(&para, j ? STYLE_PLAIN : STYLE_HEAD, table->cells[i + j]);
            if (!is_last && widths[j])
                para_addf(&para, STYLE_PLAIN, "%*s", pad < GAP ? GAP : pad, "");
            if (!is_last && widths[j])
                hang += widths[j] + GAP;
        }
        if (out->cols && hang > out->cols / 2)
            hang = 4;
        out_para(out, &para, 0, hang);
    }
    mem_free(widths);
}

void table_init(struct table *table, const char *const *columns, size_t count)
{
    *table = (struct table){ .columns = columns, .column_count = count };
}

void table_add(struct table *table, struct sv cell)
{
    MEM_GROW(table->cells, table->count, table->cap);
    table->cells[table->count++] = sv_is_absent(cell) ? SV("") : sv_copy(&table->arena, cell);
}

void table_addf(struct table *table, const char *fmt, ...)
{
    struct buf text = { 0 };
    va_list args;

    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);
    table_add(table, buf_sv(&text));
    buf_release(&text);
}

void table_print(const struct table *table, enum format format, struct out *out)
{
    BUG_ON(table->count % table->column_count);
    switch (format) {
    case FORMAT_PLAIN:
        print_plain(table, out);
        break;
    case FORMAT_TSV:
        print_tsv(table, &out->text);
        break;
    case FORMAT_JSON:
        print_json(table, &out->text);
        break;
    }
}

void table_release(struct table *table)
{
    arena_release(&table->arena);
    mem_free(table->cells);
    *table = (struct table){ 0 };
}
