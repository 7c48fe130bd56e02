// The values of a vocabulary as a table of letters, words and definitions.
// Never leaves a value out while there is a cell for it.
#include "tui/values.h"

#include "text/glyph.h"

#define COLUMN_MIN 34 // cells of a column with definitions; less would cut most of them
#define GAP        2

struct table {
    const struct scheme *scheme;
    enum vocab_id vocab;
    struct sv current;
    bool (*skip)(const struct word *word);
};

static const struct {
    const char *color;
    enum role role;
} colors[] = {
    { "red", ROLE_RED },   { "green", ROLE_GREEN },     { "yellow", ROLE_YELLOW },
    { "blue", ROLE_BLUE }, { "magenta", ROLE_MAGENTA }, { "cyan", ROLE_CYAN },
};

static enum role color_role(const struct word *word, enum role otherwise)
{
    for (size_t i = 0; word && i < ARRAY_LEN(colors); i++)
        if (sv_eq_cstr(word->color, colors[i].color))
            return colors[i].role;
    return otherwise;
}

enum role value_role(const struct scheme *scheme, enum vocab_id vocab, struct sv value,
                     enum role otherwise)
{
    return color_role(value.len ? scheme_find(scheme, vocab, value) : NULL, otherwise);
}

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

// Letter and word; returns cells used.
static int put_word(struct grid *grid, int row, int col, int cols, const struct word *word,
                    struct sv current)
{
    bool is_current = sv_eq(word->id, current);
    int used =
        grid_put(grid, row, col, cols, sv_is_blank(word->key) ? SV(" ") : word->key, ROLE_KEY);

    used += grid_put(grid, row, col + used, cols - used, SV(" "), ROLE_TEXT);
    return used + grid_put(grid, row, col + used, cols - used, word->id,
                           is_current ? ROLE_CHOSEN : color_role(word, ROLE_VALUE));
}

// In `across` columns, down each. One column: the definitions stand in line; several: each behind
// its word.
static void draw_defined(struct grid *grid, struct rect rect, const struct table *table, int across)
{
    int count = word_count(table), down = (count + across - 1) / across, shown = 0;
    int wide = rect.cols / across, line_up = across == 1 ? widest(table) + 2 + GAP : 0;

    for (size_t i = 0; i < table->scheme->vocabs[table->vocab].count; i++) {
        const struct word *word = word_at(table, i);
        int row, col, used;

        if (!word)
            continue;
        row = rect.row + shown % down;
        col = rect.col + shown / down * wide;
        used = put_word(grid, row, col, wide - 1, word, table->current) + GAP;
        used = used < line_up ? line_up : used;
        grid_put_cut(grid, row, col + used, wide - 1 - used, word->definition, ROLE_LABEL);
        shown++;
    }
}

static void draw_running(struct grid *grid, struct rect rect, const struct table *table)
{
    const struct word *current = scheme_find(table->scheme, table->vocab, table->current);
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
    if (current && row + 1 < rect.rows)
        grid_put_cut(grid, rect.row + row + 1, rect.col, rect.cols, current->definition,
                     ROLE_LABEL);
}

// Columns that hold all values in `rows`; 0: they would be too narrow.
static int columns(const struct table *table, int rows, int cols)
{
    int count = word_count(table), across = rows > 0 ? (count + rows - 1) / rows : 0;

    return across > 0 && cols / across >= COLUMN_MIN ? across : 0;
}

// The index-th of the values offered.
static const struct word *word_nth(const struct table *table, int index)
{
    for (size_t i = 0; i < table->scheme->vocabs[table->vocab].count; i++)
        if (word_at(table, i) && index-- == 0)
            return word_at(table, i);
    return NULL;
}

static const struct word *running_at(struct rect rect, const struct table *table, int at_row,
                                     int at_col)
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
        if (row == at_row - rect.row && at_col - rect.col >= col && at_col - rect.col < col + need)
            return word;
        col += need + GAP;
    }
    return NULL;
}

// Rows that the words alone take when they run on.
static int running_rows(const struct table *table, int cols)
{
    int rows = 1, col = 0;

    for (size_t i = 0; i < table->scheme->vocabs[table->vocab].count; i++) {
        const struct word *word = word_at(table, i);
        int need = word ? glyph_cols(word->id) + 2 : 0;

        if (col && col + need > cols) {
            rows++;
            col = 0;
        }
        col += word ? need + GAP : 0;
    }
    return rows;
}

int values_rows(const struct scheme *scheme, enum vocab_id vocab, int cols, int rows)
{
    struct table table = { scheme, vocab, { 0 }, NULL };
    int across = columns(&table, rows, cols);

    return across ? (word_count(&table) + across - 1) / across : running_rows(&table, cols);
}

void values_draw(struct grid *grid, struct rect rect, const struct scheme *scheme,
                 enum vocab_id vocab, struct sv current, bool (*skip)(const struct word *word))
{
    struct table table = { scheme, vocab, current, skip };
    int across = columns(&table, rect.rows, rect.cols);

    if (rect.rows < 1 || rect.cols < 4)
        return;
    if (across)
        draw_defined(grid, rect, &table, across);
    else
        draw_running(grid, rect, &table);
}

const struct word *values_at(struct rect rect, const struct scheme *scheme, enum vocab_id vocab,
                             bool (*skip)(const struct word *word), int row, int col)
{
    struct table table = { scheme, vocab, { 0 }, skip };
    int across = columns(&table, rect.rows, rect.cols), down;

    if (rect.rows < 1 || rect.cols < 4 || row < rect.row || col < rect.col ||
        row >= rect.row + rect.rows || col >= rect.col + rect.cols)
        return NULL;
    if (!across)
        return running_at(rect, &table, row, col);
    down = (word_count(&table) + across - 1) / across;
    if (row - rect.row >= down)
        return NULL;
    return word_nth(&table, row - rect.row + (col - rect.col) / (rect.cols / across) * down);
}
