// Two values beside each other. Declared in tui/sides.h.
// Never draws outside the area it is given.
#include "tui/sides.h"

#include "text/wrap.h"

#define WIDE_COLS  58 // from here they stand side by side
#define GAP_COLS   3
#define VALUE_MOST 12 // lines of a value

static int value_cols(int cols)
{
    return cols < WIDE_COLS ? cols : (cols - GAP_COLS) / 2;
}

// Lines of a value in `cols` columns; drawn when there is a grid, from `row` on.
static int value_lines(struct sv value, int cols, struct grid *grid, int row, int col, int most,
                       enum role role)
{
    struct sv text = value.len ? value : SV("(nothing)"), line, piece;
    int count = 0;

    while (count < most && sv_split(&text, '\n', &line)) {
        do {
            piece = SV("");
            if (line.len && !wrap_string(&line, cols, &piece))
                break;
            if (grid)
                grid_put(grid, row + count, col, cols, piece, role);
            count++;
        } while (line.len && count < most);
    }
    return count;
}

int sides_lines(const struct sides *sides, int cols)
{
    int width = value_cols(cols);
    int left = value_lines(sides->left, width, NULL, 0, 0, VALUE_MOST, ROLE_TEXT);
    int right = value_lines(sides->right, width, NULL, 0, 0, VALUE_MOST, ROLE_TEXT);

    if (cols < WIDE_COLS)
        return left + right;
    return left > right ? left : right;
}

int sides_draw(const struct sides *sides, struct grid *grid, struct rect rect)
{
    int width = value_cols(rect.cols), most = rect.rows < VALUE_MOST ? rect.rows : VALUE_MOST;
    int used = value_lines(sides->left, width, grid, rect.row, rect.col, most, sides->left_role);
    int right, rows;

    if (rect.cols < WIDE_COLS) {
        most = rect.rows - used < VALUE_MOST ? rect.rows - used : VALUE_MOST;
        return used + value_lines(sides->right, width, grid, rect.row + used, rect.col, most,
                                  sides->right_role);
    }
    right = value_lines(sides->right, width, grid, rect.row, rect.col + width + GAP_COLS, most,
                        sides->right_role);
    rows = used > right ? used : right;
    for (int i = 0; i < rows; i++)
        grid_put(grid, rect.row + i, rect.col + width + 1, 1, SV("│"), ROLE_FRAME);
    return rows;
}
