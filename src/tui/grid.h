// The screen as a value: cells with a role each, and the cursor. Drawn whole for every frame; term/ sends the
// difference, tests print it.
#ifndef GAINSAY_TUI_GRID_H
#define GAINSAY_TUI_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/sv.h"
#include "base/units.h"
#include "text/glyph.h"

enum role { // colours and attributes: theme.def
#define ROLE(id, letter, fg, bg, attrs, help) ROLE_##id,
#include "tui/theme.def"
#undef ROLE
    ROLE__N
};

#define CELL_TEXT 24 // bytes: a spacing character and up to five combining ones

struct cell {
    char text[CELL_TEXT]; // UTF-8, NULs behind it, so that equal cells have equal bytes; "" is the
                          // right half of a wide character
    uint8_t cols;         // 1 or 2; 0: right half
    uint8_t role;         // enum role
};

#define GRID_BANDS 4

struct grid {
    int rows, cols;
    struct cell *cells; // rows * cols, row by row
    int cursor_row, cursor_col;
    bool is_cursor_visible;
    struct rect bands[GRID_BANDS]; // advice to who sends the difference: areas whose rows move together
    int band_count;
    struct rect waits; // what may be left wrong until another picture says nothing waits; to the right edge
};

void grid_init(struct grid *grid, int rows, int cols); // all blanks, ROLE_TEXT
void grid_release(struct grid *grid);
void grid_clear(struct grid *grid); // blanks, no cursor, no advice
void grid_add_band(struct grid *grid, struct rect band); // clipped; more are passed over
struct cell *grid_cell(struct grid *grid, int row, int col); // NULL outside

// Draw `s` at a cell, cut at `max_cols` cells and at the grid's edge; hidden code points as text/glyph.h shows them.
// Returns the cells used. Overwriting half a wide character blanks the other half.
int grid_put(struct grid *grid, int row, int col, int max_cols, struct sv s, enum role role);
// One cluster (glyph->size bytes at `text`), as glyph_at measured it; not drawn unless all its cells fit.
int grid_put_glyph(struct grid *grid, int row, int col, int max_cols, const struct glyph *glyph,
                   const char *text, enum role role);
int grid_putf(struct grid *grid, int row, int col, int max_cols, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
// The same, ending in "…" when it does not fit. Returns the cells used.
int grid_put_cut(struct grid *grid, int row, int col, int max_cols, struct sv s, enum role role);
void grid_fill(struct grid *grid, struct rect rect, const char *text, enum role role);
// Change the role of cells, keeping what is written there.
void grid_tint(struct grid *grid, struct rect rect, enum role role);

// Text of a row without trailing blanks; letters of its roles (theme.def), one a cell.
void grid_row_text(const struct grid *grid, int row, struct buf *out);
void grid_row_roles(const struct grid *grid, int row, struct buf *out);

#endif
