// The values of a vocabulary as a table of letters, words and definitions.
// Never leaves a value out while there is a cell for it.
#include "tui/values.h"

#include "text/glyph.h"
#include "text/wrap.h"

#define COLUMN_MIN 38 // cells of a column with definitions; less would cut most of them
#define GAP        2

struct table {
    const struct scheme *scheme;
    enum vocab_id vocab;
    struct sv current;
    bool (*skip)(const struct word *word);
};

static const struct word *word_at(const struct table *table, size_t index)
{
    const struct word *word = table->scheme->vocabs[table->vocab].items[index];

    return table->skip && table->skip(word) ? NULL : word;
}

static int word_count(const struct table *table)
{
    int count = 0;

    for (size_t i = 0; i < table->scheme->vocabs[table->vocab].count; i++)
        count += word_at(table, i) != NULL;
    return count;
}

static int widest(const struct table *table)
{
    int widest = 0;

    for (size_t i = 0; i < table->scheme->vocabs[table->vocab].count; i++) {
        const struct word *word = word_at(table, i);
        int cols = word ? glyph_cols(word->id) : 0;

        widest = cols > widest ? cols : widest;
    }
    return widest;
}

static int columns(int cols)
{
    return cols / COLUMN_MIN > 1 ? cols / COLUMN_MIN : 1;
}

// Letter and word; returns cells used.
static int put_word(struct grid *grid, int row, int col, int cols, const struct word *word,
                    struct sv current)
{
    bool is_current = sv_eq(word->id, current);
    int used =
        grid_put(grid, row, col, cols, sv_is_blank(word->key) ? SV(" ") : word->key, ROLE_KEY);

    used += grid_put(grid, row, col + used, cols - used, SV(" "), ROLE_TEXT);
    return used + grid_put(grid, row, col + used, cols - used, word->id,
                           is_current ? ROLE_CHOSEN : ROLE_VALUE);
}

static void draw_defined(struct grid *grid, struct rect rect, const struct table *table)
{
    int width = widest(table) + 2 + GAP, count = word_count(table), shown = 0;
    int across = columns(rect.cols), down = (count + across - 1) / across;
    int wide = rect.cols / across;

    for (size_t i = 0; i < table->scheme->vocabs[table->vocab].count; i++) {
        const struct word *word = word_at(table, i);
        int row, col;

        if (!word)
            continue;
        row = rect.row + shown % down;
        col = rect.col + shown / down * wide;
        put_word(grid, row, col, wide - 1, word, table->current);
        if (width < wide - 1)
            grid_put(grid, row, col + width, wide - 1 - width, word->definition, ROLE_LABEL);
        shown++;
    }
}

static void draw_definition(struct grid *grid, struct rect rect, const struct table *table)
{
    const struct word *word = scheme_find(table->scheme, table->vocab, table->current);

    if (word && rect.rows > 0)
        grid_put(grid, rect.row, rect.col, rect.cols, word->definition, ROLE_LABEL);
}

static void draw_running(struct grid *grid, struct rect rect, const struct table *table)
{
    int row = 0, col = 0;

    for (size_t i = 0; i < table->scheme->vocabs[table->vocab].count; i++) {
        const struct word *word = word_at(table, i);
        int need = word ? glyph_cols(word->id) + 2 : 0;

        if (!word)
            continue;
        if (col && col + need > rect.cols) {
            row++;
            col = 0;
        }
        if (row >= rect.rows)
            return;
        col +=
            put_word(grid, rect.row + row, rect.col + col, rect.cols - col, word, table->current);
        col += GAP;
    }
    rect.rows -= row + 1;
    rect.row += row + 1;
    draw_definition(grid, rect, table);
}

int values_rows(const struct scheme *scheme, enum vocab_id vocab, int cols,
                bool (*skip)(const struct word *word))
{
    struct table table = { scheme, vocab, { 0 }, skip };
    int across = columns(cols);

    return (word_count(&table) + across - 1) / across;
}

void values_draw(struct grid *grid, struct rect rect, const struct scheme *scheme,
                 enum vocab_id vocab, struct sv current, bool (*skip)(const struct word *word))
{
    struct table table = { scheme, vocab, current, skip };

    if (rect.rows < 1 || rect.cols < 4)
        return;
    if (values_rows(scheme, vocab, rect.cols, skip) <= rect.rows && rect.cols >= COLUMN_MIN)
        draw_defined(grid, rect, &table);
    else
        draw_running(grid, rect, &table);
}
