// From one grid to the next: which bands of rows scrolled, and which cells differ then.
// Never leaves a cell to chance: what is not sent is what the terminal shows already.
#include "term/paint.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/mem.h"
#include "base/visible.h"

#define RUN_COST    5 // bytes to get to a run of cells that differ, about
#define SCROLL_COST 8
#define EL_COST     3
#define SET_COST    12 // more of them to set what scrolls

struct painter {
    struct wire *wire;
    const struct pen *looks;
    struct grid *shown;
    const struct grid *grid;
    int spilt; // columns of the row at hand before this may have been written over by a cluster
    int most;  // column before which its cells can be drawn
    int end;   // column before which the cells of the row at hand are drawn; those behind wait
};

static struct cell *row_of(const struct grid *grid, int row)
{
    return grid->cells + (size_t)row * (size_t)grid->cols;
}

static bool is_blank(const struct cell *cell)
{
    return cell->text[0] == ' ' && !cell->text[1];
}

// Does a blank show nothing of the look?
static bool is_bare(const struct pen *look)
{
    return !(look->attrs & (1U << 4 | 1U << 7)) && !look->bg;
}

static bool is_pen_eq(const struct pen *a, const struct pen *b)
{
    return a->attrs == b->attrs && a->fg == b->fg && a->bg == b->bg;
}

static const struct pen *pen_of(const struct painter *painter, const struct cell *cell)
{
    return &painter->looks[cell->role];
}

static bool is_bare_blank(const struct painter *painter, const struct cell *cell)
{
    return is_blank(cell) && is_bare(pen_of(painter, cell));
}

// Is the same written in two cells? By words: asked of thousands of cells for a picture.
static bool is_text_same(const struct cell *a, const struct cell *b)
{
    uint64_t x[CELL_TEXT / sizeof(uint64_t)], y[ARRAY_LEN(x)], differing = 0;

    static_assert(sizeof(x) == CELL_TEXT, "a cell's text is whole words");
    memcpy(x, a->text, sizeof(x));
    memcpy(y, b->text, sizeof(y));
    for (size_t i = 0; i < ARRAY_LEN(x); i++)
        differing |= x[i] ^ y[i];
    return !differing && a->cols == b->cols;
}

// Do two cells look the same?
static bool is_same(const struct painter *painter, const struct cell *a, const struct cell *b)
{
    if (!is_text_same(a, b))
        return false;
    if (a->role == b->role)
        return true;

    const struct pen *x = pen_of(painter, a), *y = pen_of(painter, b);

    return is_pen_eq(x, y) || (is_blank(a) && is_bare(x) && is_bare(y));
}

// Column before which the cells of a row can be drawn: the last of all would scroll some terminals.
static int most_of(const struct painter *painter, int row)
{
    const struct grid *grid = painter->grid;
    int cols = grid->cols;

    if (painter->wire->can.wraps && row == grid->rows - 1)
        cols -= cols > 1 && !row_of(grid, row)[cols - 1].cols ? 2 : 1;
    return cols;
}

static int end_of(const struct painter *painter, int row)
{
    const struct rect *waits = &painter->grid->waits;
    int most = most_of(painter, row);

    return row >= waits->row && row < waits->row + waits->rows && waits->col < most ? waits->col
                                                                                    : most;
}

// ---- one row

// Does the terminal show the cell at `col` already?
static bool is_shown(const struct painter *painter, const struct cell *old,
                     const struct cell *cells, int col)
{
    return col >= painter->spilt && is_same(painter, &old[col], &cells[col]);
}

// Code points about whose width terminals agree when they stand alone; outside ASCII.
static const struct {
    int32_t first, last;
    int cols;
} agreed[] = {
    { 0x00A0, 0x00AC, 1 }, { 0x00AE, 0x02FF, 1 }, // Latin; not the soft hyphen
    { 0x0370, 0x0482, 1 }, { 0x048A, 0x052F, 1 }, // Greek, Cyrillic; not its marks
    { 0x05D0, 0x05EA, 1 }, { 0x0620, 0x064A, 1 }, // Hebrew, Arabic letters
    { 0x0904, 0x0939, 1 },                        // Devanagari letters without a sign
    { 0x1E00, 0x1FFF, 1 }, { 0x2010, 0x2027, 1 }, // Latin, Greek; punctuation
    { 0x2030, 0x205E, 1 }, { 0x20A0, 0x20BF, 1 }, // punctuation, currencies
    { 0x2190, 0x21FF, 1 }, { 0x2500, 0x259F, 1 }, // arrows, lines and blocks
    { 0x25CC, 0x25CC, 1 }, { 0xFFFD, 0xFFFD, 1 }, // what stands for the rest
    { 0x3041, 0x3096, 2 }, { 0x30A0, 0x30FF, 2 }, // kana
    { 0x3001, 0x3029, 2 }, { 0x3400, 0x4DBF, 2 }, // punctuation, Han
    { 0x4E00, 0x9FA5, 2 }, { 0xAC00, 0xD7A3, 2 }, // Han, Hangul
    { 0xFF01, 0xFF60, 2 }, { 0xFFE0, 0xFFE6, 2 }, // wide forms of ASCII
};

// Cells of a code point when terminals agree about them, else 0.
static int agreed_cols(int32_t cp)
{
    if (cp < 0x80)
        return cp > 0;
    for (size_t i = 0; i < ARRAY_LEN(agreed); i++) {
        if (cp >= agreed[i].first && cp <= agreed[i].last)
            return agreed[i].cols;
    }
    return 0;
}

static bool is_sure(const struct cell *cell)
{
    size_t size;
    int32_t cp = utf8_decode(sv_from(cell->text), &size);

    return !cell->text[size] && agreed_cols(cp) == cell->cols;
}

// Does it begin with a character that fills its cells on every terminal?
static bool is_filling(const struct cell *cell)
{
    size_t size;

    return agreed_cols(utf8_decode(sv_from(cell->text), &size)) == cell->cols;
}

// Cells that a terminal may write for it: no more than two for each code point.
static int most_cols(const struct cell *cell)
{
    int cols = 0;

    for (const char *c = cell->text; *c; c++)
        cols += (*c & 0xC0) != 0x80 ? 2 : 0;
    return cols;
}

static bool is_in_force(const struct painter *painter, const struct cell *cell)
{
    const struct wire *wire = painter->wire;

    if (!wire->is_look_known)
        return false;
    return is_pen_eq(&wire->look, pen_of(painter, cell)) ||
           (is_bare(&wire->look) && is_bare_blank(painter, cell));
}

// Cells from `col` on that are the same as the one there.
static int run_length(const struct painter *painter, const struct cell *cells, int col)
{
    int next = col + 1;

    while (next < painter->end && is_same(painter, &cells[next], &cells[col]))
        next++;
    return next - col;
}

// How many of them are to be drawn: those at the end that the terminal shows already are not.
static int needed_length(const struct painter *painter, const struct cell *old,
                         const struct cell *cells, int col)
{
    int count = run_length(painter, cells, col);

    while (count > 1 && is_shown(painter, old, cells, col + count - 1))
        count--;
    return count;
}

// Is anything of the row still to be drawn from `col` on?
static bool goes_on(const struct painter *painter, const struct cell *old, const struct cell *cells,
                    int col)
{
    while (col < painter->end && is_shown(painter, old, cells, col))
        col++;
    return col < painter->end;
}

// Blank cells at once where that is shorter; returns how many, 0: none.
static int erase(const struct painter *painter, const struct cell *old, const struct cell *cells,
                 int col)
{
    struct wire *wire = painter->wire;
    int count, needed, cost = EL_COST;

    if (!is_bare_blank(painter, &cells[col]))
        return 0;
    count = run_length(painter, cells, col);
    needed = needed_length(painter, old, cells, col);
    if (col + count < painter->grid->cols) {
        cost = wire->can.blank ? wire_count_cost(count) : count;
        if (needed > cost && goes_on(painter, old, cells, col + count))
            cost += wire_move_cost(wire, col, col + count);
    }
    if (needed <= cost || (wire->can.repeat && 1 + wire_count_cost(count - 1) < cost))
        return 0;
    if (!wire->is_look_known || !is_bare(&wire->look))
        wire_look(wire, pen_of(painter, &cells[col]));
    wire_erase(wire, col + count < painter->grid->cols ? count : -1);
    return count;
}

// Draw the cell at `col`, or as many alike as can be drawn at once; returns how many columns.
static int draw_cells(struct painter *painter, const struct cell *old, const struct cell *cells,
                      int col)
{
    struct wire *wire = painter->wire;
    const struct cell *cell = &cells[col];
    int count = erase(painter, old, cells, col);

    if (count)
        return count;
    if (!is_in_force(painter, cell))
        wire_look(wire, pen_of(painter, cell));
    if (!is_sure(cell)) {
        wire_unsure(wire, sv_from(cell->text), cell->cols, is_filling(cell));
        if (painter->spilt < col + most_cols(cell))
            painter->spilt = col + most_cols(cell);
        if (painter->spilt > painter->end)
            painter->end = painter->most; // what waits there cannot any more
        return cell->cols;
    }
    if (cell->cols > 1 || col + 1 == painter->end || !is_same(painter, cell, &cells[col + 1])) {
        wire_text(wire, sv_from(cell->text), cell->cols);
        return cell->cols;
    }
    count = needed_length(painter, old, cells, col);
    if (count > wire_room(wire))
        count = wire_room(wire);
    wire_repeat(wire, sv_from(cell->text), count);
    return count;
}

// Is it shorter to draw what stands from `col` to `end` once more than to pass over it?
static bool is_shorter_drawn(const struct painter *painter, const struct cell *cells, int col,
                             int end)
{
    const struct wire *wire = painter->wire;
    int most = wire_move_cost(wire, col, end), cost = 0;

    if (wire->col != col || !wire->is_sure)
        return false;
    for (; col < end && cost <= most; col++) {
        cost += (int)strlen(cells[col].text);
        if (!is_in_force(painter, &cells[col]) || !is_sure(&cells[col]))
            return false;
    }
    return cost <= most;
}

static void paint_row(struct painter *painter, int row)
{
    struct wire *wire = painter->wire;
    const struct cell *old = row_of(painter->shown, row), *cells = row_of(painter->grid, row);
    int col = 0;

    painter->spilt = 0;
    while (col < painter->end) {
        int next = col;

        while (next < painter->end && is_shown(painter, old, cells, next))
            next++;
        if (next == painter->end)
            return;
        if (!cells[next].cols)
            next--; // the left half goes with it
        if (next > col && (wire->row != row || !is_shorter_drawn(painter, cells, col, next)))
            col = next;
        wire_move(wire, row, col);
        col += draw_cells(painter, old, cells, col);
    }
}

// Bytes that it would take to draw a row over another, about.
static int row_cost(const struct painter *painter, const struct cell *old, const struct cell *cells)
{
    int cost = 0;
    bool is_run = false;

    if (!memcmp(old, cells, (size_t)painter->end * sizeof(*cells)))
        return 0;

    for (int col = 0; col < painter->end; col++) {
        if (is_same(painter, &old[col], &cells[col])) {
            is_run = false;
            continue;
        }
        cost +=
            (is_run ? 0 : RUN_COST) + (is_blank(&cells[col]) ? 0 : (int)strlen(cells[col].text));
        is_run = true;
    }
    return cost;
}

// ---- bands

static bool is_row_eq(const struct rect *band, const struct cell *a, const struct cell *b)
{
    return !memcmp(a + band->col, b + band->col, (size_t)band->cols * sizeof(*a));
}

// How far the rows of a band moved up (down: < 0), by what most of those that differ tell; 0: they
// did not.
static int find_shift(const struct painter *painter, const struct rect *band)
{
    int best = 0, best_count = 1; // one row alone tells nothing

    for (int by = 1 - band->rows; by < band->rows; by++) {
        int first = band->row + (by < 0 ? -by : 0), end = band->row + band->rows, count = 0;

        for (int row = first; by && row < end && row + by < end; row++) {
            const struct cell *new = row_of(painter->grid, row);

            count += is_row_eq(band, new, row_of(painter->shown, row + by)) &&
                     !is_row_eq(band, new, row_of(painter->shown, row));
        }
        if (count > best_count) {
            best = by;
            best_count = count;
        }
    }
    return best;
}

// What a row of the band is drawn over once it has scrolled, into `out`: a row of cells.
static void scrolled_row(const struct painter *painter, const struct rect *band, int row, int by,
                         struct cell *out)
{
    static const struct cell blank = { .text = " ", .cols = 1, .role = ROLE_TEXT };
    int from = row + by;

    memcpy(out, row_of(painter->shown, row), (size_t)painter->grid->cols * sizeof(*out));
    if (from >= band->row && from < band->row + band->rows) {
        memcpy(out + band->col, row_of(painter->shown, from) + band->col,
               (size_t)band->cols * sizeof(*out));
        return;
    }
    for (int col = band->col; col < band->col + band->cols; col++)
        out[col] = blank;
}

static bool is_worth_it(struct painter *painter, const struct rect *band, int by)
{
    const struct wire *wire = painter->wire;
    struct cell *cells = mem_resize(NULL, (size_t)painter->grid->cols, sizeof(*cells));
    bool is_set = wire->top == band->row && wire->bottom == band->row + band->rows - 1 &&
                  wire->left == band->col && wire->right == band->col + band->cols - 1;
    int still = 0, moved = SCROLL_COST + (is_set ? 0 : SET_COST), end = band->row + band->rows;

    for (int row = band->row; row < end; row++) {
        painter->end = end_of(painter, row);
        scrolled_row(painter, band, row, by, cells);
        moved += row_cost(painter, cells, row_of(painter->grid, row));
    }
    for (int row = band->row; row < end && still <= moved; row++) {
        painter->end = end_of(painter, row);
        still += row_cost(painter, row_of(painter->shown, row), row_of(painter->grid, row));
    }
    mem_free(cells);
    return moved < still;
}

// Note that the terminal has scrolled.
static void scroll_shown(const struct painter *painter, const struct rect *band, int by)
{
    int first = by > 0 ? band->row : band->row + band->rows - 1, step = by > 0 ? 1 : -1;

    for (int i = 0; i < band->rows; i++) {
        int row = first + i * step; // the row it comes from is still as it was

        scrolled_row(painter, band, row, by, row_of(painter->shown, row));
    }
}

static bool is_changed(const struct painter *painter, const struct rect *band)
{
    int count = 0;

    for (int row = band->row; row < band->row + band->rows && count < 2; row++) {
        count +=
            memcmp(row_of(painter->shown, row) + band->col, row_of(painter->grid, row) + band->col,
                   (size_t)band->cols * sizeof(struct cell)) != 0;
    }
    return count > 1;
}

// Does a wide character stand across the left or right edge of a band? Its half would move alone.
static bool is_cut(const struct painter *painter, const struct rect *band)
{
    int end = band->col + band->cols;

    for (int row = band->row; row < band->row + band->rows; row++) {
        const struct cell *cells = row_of(painter->shown, row);

        if (!cells[band->col].cols || (end < painter->grid->cols && !cells[end].cols))
            return true;
    }
    return false;
}

static void scroll_band(struct painter *painter, const struct rect *given)
{
    struct rect band = *given;
    int by;

    if (band.rows < 2 || !is_changed(painter, &band) || is_cut(painter, &band))
        return;
    by = find_shift(painter, &band);
    if (!by)
        return;
    if (!painter->wire->can.margins) {
        band.col = 0;
        band.cols = painter->grid->cols;
    }
    if (!is_worth_it(painter, &band, by))
        return;
    if (!painter->wire->is_look_known ||
        !is_bare(&painter->wire->look)) // what comes in may have it
        wire_look(painter->wire, &painter->looks[ROLE_TEXT]);
    wire_scroll(painter->wire, band.row, band.row + band.rows - 1, band.col,
                band.col + band.cols - 1, by);
    scroll_shown(painter, &band, by);
}

void paint(struct wire *wire, const struct pen *looks, struct grid *shown, const struct grid *grid)
{
    struct painter painter = { .wire = wire, .looks = looks, .shown = shown, .grid = grid };

    for (int i = 0; i < grid->band_count && wire->can.scroll; i++)
        scroll_band(&painter, &grid->bands[i]);
    for (int row = 0; row < grid->rows; row++) {
        size_t size = (size_t)end_of(&painter, row) * sizeof(*grid->cells);

        if (!memcmp(row_of(shown, row), row_of(grid, row), size))
            continue;
        painter.end = end_of(&painter, row);
        painter.most = most_of(&painter, row);
        paint_row(&painter, row);
        memcpy(row_of(shown, row), row_of(grid, row), (size_t)painter.end * sizeof(*grid->cells));
    }
}
