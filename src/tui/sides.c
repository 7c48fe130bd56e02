// Two values beside each other. Declared in tui/sides.h.
// Never draws outside the area it is given.
#include "tui/sides.h"

#include "tui/wrapped.h"

#define WIDE_COLS  58 // from here they stand side by side
#define GAP_COLS   3
#define VALUE_MOST 12 // lines of a value

static int value_cols(int cols)
{
    return cols < WIDE_COLS ? cols : (cols - GAP_COLS) / 2;
}

static struct sv shown(struct sv value)
{
    return value.len ? value : SV("(nothing)");
}

int sides_lines(const struct sides *sides, int cols)
{
    int width = value_cols(cols);
    int left = wrapped_rows(shown(sides->left), width, VALUE_MOST);
    int right = wrapped_rows(shown(sides->right), width, VALUE_MOST);

    if (cols < WIDE_COLS)
        return left + right;
    return left > right ? left : right;
}

int sides_draw(const struct sides *sides, struct grid *grid, struct rect rect)
{
    int width = value_cols(rect.cols), most = rect.rows < VALUE_MOST ? rect.rows : VALUE_MOST;
    int used = wrapped_draw(grid, (struct rect){ rect.row, rect.col, most, width },
                            shown(sides->left), sides->left_role);
    int right, rows;

    if (rect.cols < WIDE_COLS) {
        most = rect.rows - used < VALUE_MOST ? rect.rows - used : VALUE_MOST;
        return used + wrapped_draw(grid, (struct rect){ rect.row + used, rect.col, most, width },
                                   shown(sides->right), sides->right_role);
    }
    right = wrapped_draw(grid, (struct rect){ rect.row, rect.col + width + GAP_COLS, most, width },
                         shown(sides->right), sides->right_role);
    rows = used > right ? used : right;
    for (int i = 0; i < rows; i++)
        grid_put(grid, rect.row + i, rect.col + width + 1, 1, SV("│"), ROLE_FRAME);
    return rows;
}
