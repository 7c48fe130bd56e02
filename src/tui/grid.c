// Cells of the screen: drawing text, areas and roles into them, and reading them back for tests.
// Never lets a code point through that a terminal would obey: everything passes text/glyph.h.
#include "tui/grid.h"

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"
#include "base/visible.h"
#include "tui/theme.h"

#define CLEAR_CELLS 64 // copied at once

static struct cell *cells_of(const struct grid *grid, int row)
{
    return grid->cells + (size_t)row * (size_t)grid->cols;
}

static void set_blank(struct cell *cell)
{
    memset(cell->text, 0, sizeof(cell->text));
    cell->text[0] = ' ';
    cell->cols = 1;
}

// Make `cols` cells free to be written: what is left of a wide character they cut becomes a blank.
static struct cell *take_cells(struct grid *grid, int row, int col, int cols)
{
    struct cell *line = cells_of(grid, row);

    if (line[col].cols == 0 && col > 0)
        set_blank(&line[col - 1]);
    if (line[col + cols - 1].cols == 2 && col + cols < grid->cols)
        set_blank(&line[col + cols]);
    return line + col;
}

static void put_char(struct grid *grid, int row, int col, const char *text, size_t len, int cols,
                     enum role role)
{
    struct cell *cell = take_cells(grid, row, col, cols);

    memset(cell->text, 0, sizeof(cell->text));
    memcpy(cell->text, text, len);
    cell->cols = (uint8_t)cols;
    cell->role = (uint8_t)role;
    if (cols == 2) {
        memset(cell[1].text, 0, sizeof(cell[1].text));
        cell[1].cols = 0;
        cell[1].role = (uint8_t)role;
    }
}

// Printable ASCII, a cell each.
static void put_plain(struct grid *grid, int row, int col, struct sv text, enum role role)
{
    const struct cell cell = { .cols = 1, .role = (uint8_t)role };
    struct cell *cells = take_cells(grid, row, col, (int)text.len);

    for (size_t i = 0; i < text.len; i++) {
        cells[i] = cell;
        cells[i].text[0] = text.ptr[i]; // there: a copy would wait for the byte
    }
}

static void add_combining(struct cell *cell, const char *text, size_t len)
{
    size_t have = strlen(cell->text);

    if (have + len < CELL_TEXT)
        memcpy(cell->text + have, text, len);
}

// How many bytes from `pos` on, at most `max`, are printable ASCII with no combining mark behind:
// they need no measuring.
static size_t plain_run(struct sv s, size_t pos, size_t max)
{
    size_t end = s.len - pos > max ? pos + max : s.len, i = pos;

    while (i < end && s.ptr[i] >= 0x20 && s.ptr[i] < 0x7F)
        i++;
    if (i > pos && i < s.len && (unsigned char)s.ptr[i] >= 0x80)
        i--;
    return i - pos;
}

static int clamp_cols(const struct grid *grid, int row, int col, int max_cols)
{
    if (row < 0 || row >= grid->rows || col < 0 || col >= grid->cols)
        return 0;
    return max_cols < grid->cols - col ? max_cols : grid->cols - col;
}

static struct rect clip(const struct grid *grid, struct rect rect)
{
    int end_row = rect.row + rect.rows, end_col = rect.col + rect.cols;

    if (rect.row < 0)
        rect.row = 0;
    if (rect.col < 0)
        rect.col = 0;
    rect.rows = (end_row < grid->rows ? end_row : grid->rows) - rect.row;
    rect.cols = (end_col < grid->cols ? end_col : grid->cols) - rect.col;
    return rect;
}

void grid_init(struct grid *grid, int rows, int cols)
{
    memset(grid, 0, sizeof(*grid));
    grid->rows = rows > 0 ? rows : 0;
    grid->cols = cols > 0 ? cols : 0;
    grid->cells = mem_new((size_t)grid->rows * (size_t)grid->cols * sizeof(*grid->cells));
    grid_clear(grid);
}

void grid_release(struct grid *grid)
{
    mem_free(grid->cells);
    memset(grid, 0, sizeof(*grid));
}

void grid_clear(struct grid *grid)
{
    static const struct cell blank = { .text = " ", .cols = 1, .role = ROLE_TEXT };
    size_t count = (size_t)grid->rows * (size_t)grid->cols;

    for (size_t i = 0; i < count && i < CLEAR_CELLS; i++)
        grid->cells[i] = blank;
    for (size_t i = CLEAR_CELLS; i < count; i += CLEAR_CELLS)
        memcpy(grid->cells + i, grid->cells,
               (count - i < CLEAR_CELLS ? count - i : CLEAR_CELLS) * sizeof(blank));
    grid->is_cursor_visible = false;
    grid->band_count = 0;
    grid->waits = (struct rect){ 0 };
}

void grid_add_band(struct grid *grid, struct rect band)
{
    band = clip(grid, band);
    if (band.rows > 0 && band.cols > 0 && grid->band_count < GRID_BANDS)
        grid->bands[grid->band_count++] = band;
}

struct cell *grid_cell(struct grid *grid, int row, int col)
{
    if (row < 0 || row >= grid->rows || col < 0 || col >= grid->cols)
        return NULL;
    return &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];
}

int grid_put_glyph(struct grid *grid, int row, int col, int max_cols, const struct glyph *glyph,
                   const char *text, enum role role)
{
    struct sv drawn =
        glyph->draw_len ? sv_of(glyph->draw, glyph->draw_len) : sv_of(text, glyph->size);
    int used = 0;
    size_t size;

    if (glyph->cols > clamp_cols(grid, row, col, max_cols))
        return 0;
    for (size_t pos = 0; pos < drawn.len; pos += size) {
        int32_t cp = utf8_decode(sv_sub(drawn, pos, drawn.len), &size);
        int cols = cp < 0 ? 1 : glyph_cp_cols(cp);

        if (cols > 0 && used + cols <= glyph->cols) {
            put_char(grid, row, col + used, drawn.ptr + pos, size, cols, role);
            used += cols;
        } else if (cols == 0 && used > 0) {
            struct cell *cell = cells_of(grid, row) + col + used - 1;

            add_combining(cell->cols ? cell : cell - 1, drawn.ptr + pos, size);
        }
    }
    for (; used < glyph->cols; used++)
        put_char(grid, row, col + used, " ", 1, 1, role);
    return used;
}

int grid_put(struct grid *grid, int row, int col, int max_cols, struct sv s, enum role role)
{
    int room = clamp_cols(grid, row, col, max_cols), used = 0;
    struct glyph glyph;

    for (size_t pos = 0; pos < s.len && used < room; pos += glyph.size) {
        glyph.size = plain_run(s, pos, (size_t)(room - used));
        if (glyph.size) {
            put_plain(grid, row, col + used, sv_sub(s, pos, pos + glyph.size), role);
            used += (int)glyph.size;
            continue;
        }
        glyph_at(s, pos, used, &glyph);

        int cols = grid_put_glyph(grid, row, col + used, room - used, &glyph, s.ptr + pos,
                                  glyph.is_mark && role == ROLE_TEXT ? ROLE_HIDDEN : role);

        if (!cols)
            break;
        used += cols;
    }
    return used;
}

int grid_put_cut(struct grid *grid, int row, int col, int max_cols, struct sv s, enum role role)
{
    int room = clamp_cols(grid, row, col, max_cols), used;

    if (room <= 0)
        return 0;
    if (glyph_fit(s, room, &used) >= s.len)
        return grid_put(grid, row, col, room, s, role);
    used = grid_put(grid, row, col, room - 1, s, role);
    return used + grid_put(grid, row, col + used, room - used, SV("…"), role);
}

int grid_putf(struct grid *grid, int row, int col, int max_cols, enum role role, const char *fmt,
              ...)
{
    struct buf text = { 0 };
    va_list args;

    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);

    int used = grid_put(grid, row, col, max_cols, buf_sv(&text), role);

    buf_release(&text);
    return used;
}

void grid_fill(struct grid *grid, struct rect rect, const char *text, enum role role)
{
    size_t len = strlen(text);

    rect = clip(grid, rect);
    for (int row = rect.row; row < rect.row + rect.rows; row++) {
        for (int col = rect.col; col < rect.col + rect.cols; col++)
            put_char(grid, row, col, text, len, 1, role);
    }
}

void grid_tint(struct grid *grid, struct rect rect, enum role role)
{
    rect = clip(grid, rect);
    for (int row = rect.row; row < rect.row + rect.rows; row++) {
        for (int col = rect.col; col < rect.col + rect.cols; col++)
            cells_of(grid, row)[col].role = (uint8_t)role;
    }
}

void grid_row_text(const struct grid *grid, int row, struct buf *out)
{
    size_t beg = out->len, end = beg;

    for (int col = 0; col < grid->cols; col++) {
        const struct cell *cell = &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];

        buf_add_cstr(out, cell->text);
        if (cell->cols && strcmp(cell->text, " ") != 0)
            end = out->len;
    }
    buf_splice(out, end, out->len, SV(""));
}

void grid_row_roles(const struct grid *grid, int row, struct buf *out)
{
    for (int col = 0; col < grid->cols; col++) {
        size_t at = (size_t)row * (size_t)grid->cols + (size_t)col;

        buf_add_char(out, theme_get((enum role)grid->cells[at].role)->letter);
    }
}
