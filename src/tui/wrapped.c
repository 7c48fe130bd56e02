// Short texts in rows of a given width.
// Counts and draws by the same breaking (text/wrap.h).
#include "tui/wrapped.h"

#include "text/wrap.h"

// Cut the next row off; an empty line is a row.
static bool next_row(struct sv *text, struct sv *line, bool *has_line, int cols, struct sv *row)
{
    for (;;) {
        if (!*has_line && !sv_split(text, '\n', line))
            return false;
        if (!*has_line && !line->len) {
            *row = SV("");
            return true;
        }
        *has_line = line->len && wrap_string(line, cols, row);
        if (*has_line)
            return true;
    }
}

int wrapped_rows(struct sv text, int cols, int most)
{
    struct sv line = { 0 }, row;
    bool has_line = false;
    int count = 0;

    while (count < most && next_row(&text, &line, &has_line, cols, &row))
        count++;
    return count;
}

int wrapped_draw(struct grid *grid, struct rect rect, struct sv text, enum role role)
{
    struct sv line = { 0 }, row;
    bool has_line = false;
    int count = 0;

    while (count < rect.rows && next_row(&text, &line, &has_line, rect.cols, &row)) {
        if (count == rect.rows - 1 && sv_trim(line).len)
            row.len = (size_t)(line.ptr + line.len - row.ptr); // with what is left of its line
        grid_put_cut(grid, rect.row + count, rect.col, rect.cols, row, role);
        count++;
    }
    return count;
}
