// Size and frame of the dialogs docked at the bottom.
// Never differs from one dialog to the next: the text above stands still.
#include "tui/dock.h"

#define ROWS_MOST  13
#define ROWS_LEAST 3
#define SHORT_ROWS 14 // areas below that keep three rows for the text instead of half

int dock_height(const struct overlay *overlay, const struct app *app, int rows, int cols)
{
    int want = rows >= SHORT_ROWS ? rows / 2 : rows - 3;

    (void)overlay, (void)app, (void)cols;
    want = want > ROWS_MOST ? ROWS_MOST : want;
    return want < ROWS_LEAST ? ROWS_LEAST : want;
}

struct rect dock_frame(struct grid *grid, struct rect rect, struct sv label, int *label_end)
{
    struct rect inner = { rect.row + 1, rect.col + 1, rect.rows - 1, rect.cols - 2 };
    int col = rect.col + 1, end = rect.col + rect.cols - 1;

    grid_fill(grid, rect, " ", ROLE_TEXT);
    grid_fill(grid, (struct rect){ rect.row, rect.col, 1, rect.cols }, "─", ROLE_FRAME_ON);
    grid->is_cursor_visible = false;
    col += grid_put(grid, rect.row, col, end - col, SV(" "), ROLE_LABEL);
    col += grid_put_cut(grid, rect.row, col, end - col - 1, label, ROLE_LABEL);
    col += grid_put(grid, rect.row, col, end - col, SV(" "), ROLE_LABEL);
    if (label_end)
        *label_end = col;
    return inner;
}
