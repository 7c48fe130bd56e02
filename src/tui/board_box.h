// What the two files of the board share: its state and its drawing.
#ifndef GAINSAY_TUI_BOARD_BOX_H
#define GAINSAY_TUI_BOARD_BOX_H

#include "model/board.h"
#include "tui/sheet.h"

struct board_layers { // columns: the article above, the other one, the rest by id
    const struct layer **items;
    size_t count, cap;
};

struct board_box {
    struct sheet sheet; // first: the box is its sheet
    struct board board;
    struct board_layers layers;
    struct buf filter;
    struct query *query; // NULL: all
    enum board_order order;
    bool is_matrix;
};

// board_draw.c: see struct sheet_ops.
int board_lines(struct sheet *sheet, struct app *app, size_t row, int cols);
void board_draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                struct rect rect);
void board_head(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect);

#endif
