// A text being typed: moving, killing, yanking, pasting, drawing with horizontal scroll.
// Never cuts a cluster and never lets a control code in.
#include "tui/line.h"

#include <string.h>

#include "base/visible.h"
#include "text/glyph.h"

#define LINE_END_SIGN "⏎" // one cell, for LF

void line_release(struct line *line)
{
    buf_release(&line->text);
    buf_release(&line->killed);
    *line = (struct line){ 0 };
}

// First cluster boundary at or after `pos`.
static size_t boundary(struct sv text, size_t pos)
{
    if (pos >= text.len)
        return text.len;
    while (pos < text.len && ((unsigned char)text.ptr[pos] & 0xC0) == 0x80)
        pos++;
    return pos ? glyph_next(text, glyph_prev(text, pos)) : 0;
}

// Append `text` to `out` with nothing in it that is not text.
static void clean(struct sv text, bool is_multi, struct buf *out)
{
    while (text.len) {
        size_t size;
        int32_t cp = utf8_decode(text, &size);

        if (cp == '\r' && text.len > 1 && text.ptr[1] == '\n')
            size = 2;
        if (cp == '\r' || cp == '\n')
            buf_add_char(out, is_multi ? '\n' : ' ');
        else if (cp == '\t')
            buf_add_char(out, ' ');
        else if (cp < 0)
            buf_add_cstr(out, "\xEF\xBF\xBD");
        else if (cp >= 0x20 && cp != 0x7F && !(cp >= 0x80 && cp < 0xA0))
            buf_add(out, sv_sub(text, 0, size));
        text = sv_sub(text, size, text.len);
    }
}

void line_insert(struct line *line, struct sv text)
{
    struct buf cleaned = { 0 };

    clean(text, line->is_multi, &cleaned);
    buf_splice(&line->text, line->cursor, line->cursor, buf_sv(&cleaned));
    line->cursor = boundary(buf_sv(&line->text), line->cursor + cleaned.len);
    line->was_kill = false;
    buf_release(&cleaned);
}

void line_set(struct line *line, struct sv text)
{
    buf_clear(&line->text);
    line->cursor = line->left = 0;
    line_insert(line, text);
}

void line_set_at(struct line *line, struct sv text, size_t cursor)
{
    line_set(line, text);
    line->cursor = boundary(buf_sv(&line->text), cursor);
}

static bool is_blank(struct sv text, size_t pos)
{
    return text.ptr[pos] == ' ' || text.ptr[pos] == '\n';
}

static size_t word_before(struct sv text, size_t pos)
{
    while (pos && is_blank(text, glyph_prev(text, pos)))
        pos = glyph_prev(text, pos);
    while (pos && !is_blank(text, glyph_prev(text, pos)))
        pos = glyph_prev(text, pos);
    return pos;
}

static size_t word_after(struct sv text, size_t pos)
{
    while (pos < text.len && !is_blank(text, pos))
        pos = glyph_next(text, pos);
    while (pos < text.len && is_blank(text, pos))
        pos = glyph_next(text, pos);
    return pos;
}

static void cut(struct line *line, size_t beg, size_t end)
{
    buf_splice(&line->text, beg, end, SV(""));
    line->cursor = boundary(buf_sv(&line->text), beg);
}

// Cut [beg, end) into the killed text; kills in a row make one text.
static void kill_range(struct line *line, size_t beg, size_t end)
{
    struct sv gone = sv_sub(buf_sv(&line->text), beg, end);

    if (!line->was_kill)
        buf_clear(&line->killed);
    if (end == line->cursor && beg < end)
        buf_splice(&line->killed, 0, 0, gone);
    else
        buf_add(&line->killed, gone);
    cut(line, beg, end);
    line->was_kill = true;
}

static bool move(struct line *line, enum command_id id)
{
    struct sv text = buf_sv(&line->text);
    size_t cursor = line->cursor;

    if (id == COMMAND_LINE_LEFT)
        cursor = glyph_prev(text, cursor);
    else if (id == COMMAND_LINE_RIGHT)
        cursor = glyph_next(text, cursor);
    else if (id == COMMAND_LINE_START)
        cursor = 0;
    else if (id == COMMAND_LINE_END)
        cursor = text.len;
    else if (id == COMMAND_LINE_WORD_BACK)
        cursor = word_before(text, cursor);
    else if (id == COMMAND_LINE_WORD)
        cursor = word_after(text, cursor);
    else
        return false;
    line->cursor = cursor;
    line->was_kill = false;
    return true;
}

static bool kill(struct line *line, enum command_id id)
{
    struct sv text = buf_sv(&line->text);

    if (id == COMMAND_LINE_KILL_WORD)
        kill_range(line, word_before(text, line->cursor), line->cursor);
    else if (id == COMMAND_LINE_KILL)
        kill_range(line, line->cursor, text.len);
    else if (id == COMMAND_LINE_KILL_ALL)
        kill_range(line, 0, line->cursor);
    else
        return false;
    return true;
}

bool line_command(struct line *line, enum command_id id)
{
    struct sv text = buf_sv(&line->text);

    if (move(line, id) || kill(line, id))
        return true;
    if (id == COMMAND_LINE_RUBOUT)
        cut(line, glyph_prev(text, line->cursor), line->cursor);
    else if (id == COMMAND_LINE_DELETE)
        cut(line, line->cursor, glyph_next(text, line->cursor));
    else if (id == COMMAND_LINE_YANK)
        line_insert(line, buf_sv(&line->killed));
    else
        return false;
    line->was_kill = false;
    return true;
}

bool line_event(struct line *line, const struct event *event)
{
    struct buf typed = { 0 };

    if (event->type == EVENT_PASTE) {
        line_insert(line, event->paste);
        return true;
    }
    if (event->type != EVENT_KEY || event->key < 0x20 || event->key == 0x7F ||
        event->key >= KEYCODE__BASE)
        return false;
    utf8_add(&typed, event->key);
    line_insert(line, buf_sv(&typed));
    buf_release(&typed);
    return true;
}

// Cells of the cluster at `pos` when it stands at `col`.
static int cells_at(struct sv text, size_t pos, int col)
{
    struct glyph glyph;

    if (text.ptr[pos] == '\n')
        return 1;
    glyph_at(text, pos, col, &glyph);
    return glyph.cols;
}

// Cells of [beg, end), or some number over `most` when there are more.
static int cells(struct sv text, size_t beg, size_t end, int most)
{
    int cols = 0;

    for (; beg < end && cols <= most; beg = glyph_next(text, beg))
        cols += cells_at(text, beg, cols);
    return cols;
}

// The nearest cluster before `pos` with `cols` cells or more between; 0 when there is none.
static size_t cells_before(struct sv text, size_t pos, int cols)
{
    size_t beg = pos;

    while (beg && cells(text, beg, pos, cols) < cols)
        beg = glyph_prev(text, beg);
    return beg;
}

// Choose `left` so that the cursor stands inside, with a cell to spare at either end for the signs.
static void scroll(struct line *line, int cols)
{
    struct sv text = buf_sv(&line->text);

    line->left = boundary(text, line->left);
    if (line->left >= line->cursor || cells(text, line->left, line->cursor, cols) < cols / 3)
        line->left = cells_before(text, line->cursor, cols / 3);
    if (cells(text, line->left, line->cursor, cols) > cols - 3)
        line->left = cells_before(text, line->cursor, cols - 3);
    while (line->left < line->cursor && cells(text, line->left, line->cursor, cols) > cols - 3)
        line->left = glyph_next(text, line->left);
}

void line_draw(struct line *line, struct grid *grid, int row, int col, int cols, enum role role)
{
    struct sv text = buf_sv(&line->text);
    int used = 0;
    size_t pos;

    scroll(line, cols);
    grid_fill(grid, (struct rect){ row, col, 1, cols }, " ", role);
    if (line->left)
        used = grid_put(grid, row, col, 1, SV("<"), ROLE_FRAME);
    for (pos = line->left; pos < text.len; pos = glyph_next(text, pos)) {
        int wide = cells_at(text, pos, used);

        if (pos == line->cursor)
            grid->cursor_col = col + used;
        if (used + wide > cols - (glyph_next(text, pos) < text.len))
            break;
        if (text.ptr[pos] == '\n')
            grid_put(grid, row, col + used, 1, SV(LINE_END_SIGN), ROLE_HIDDEN);
        else
            grid_put(grid, row, col + used, wide, sv_sub(text, pos, glyph_next(text, pos)), role);
        used += wide;
    }
    if (pos < text.len)
        grid_put(grid, row, col + cols - 1, 1, SV(">"), ROLE_FRAME);
    if (line->cursor == text.len)
        grid->cursor_col = col + used;
    grid->cursor_row = row;
    grid->is_cursor_visible = true;
}
