// What a terminal is told, in as few bytes as can be, and what is known of it meanwhile.
// Never knows what is drawn or why, never writes to the terminal.
#include "term/wire.h"

#include <string.h>

#include "base/attr.h"

#define SEQUENCE_MAX   32
#define LINE_FEED_MOST 4 // so many rows are scrolled one by one; more at once, where that is known

static const struct pen plain;

// A few bytes being composed.
struct sequence {
    char bytes[SEQUENCE_MAX];
    int len;
};

static void add(struct sequence *sequence, char c)
{
    if (sequence->len < SEQUENCE_MAX)
        sequence->bytes[sequence->len++] = c;
}

static void add_number(struct sequence *sequence, int number)
{
    if (number >= 10)
        add_number(sequence, number / 10);
    add(sequence, (char)('0' + number % 10));
}

static void add_csi(struct sequence *sequence, int number, char final)
{
    add(sequence, '\033');
    add(sequence, '[');
    if (number)
        add_number(sequence, number);
    add(sequence, final);
}

static void send(struct wire *wire, const struct sequence *sequence)
{
    buf_add(&wire->out, sv_of(sequence->bytes, (size_t)sequence->len));
}

static void send_csi(struct wire *wire, int number, char final)
{
    struct sequence sequence = { .len = 0 };

    add_csi(&sequence, number, final);
    send(wire, &sequence);
}

static bool has_margins(const struct wire *wire)
{
    return wire->left > 0 || wire->right < wire->cols - 1;
}

void wire_release(struct wire *wire)
{
    buf_release(&wire->out);
}

// ---- the cursor

static void take_shorter(struct sequence *best, const struct sequence *other)
{
    if (!best->len || other->len < best->len)
        *best = *other;
}

// The shortest way within a row from column `from` (-1: unknown) to another; none (len 0) when the
// terminal has no such way.
static void row_way(const struct wire *wire, int from, bool is_sure, int to, struct sequence *best)
{
    struct sequence way = { .len = 0 };
    bool is_free = !has_margins(wire); // else it matters on which side of a margin the cursor is

    best->len = 0;
    if (to == (is_free ? 0 : wire->left) && (is_free || (is_sure && from >= wire->left)))
        add(best, '\r');
    if (from > to && from - to <= 3 && is_sure && is_free) {
        way.len = 0;
        for (int i = to; i < from; i++)
            add(&way, '\b');
        take_shorter(best, &way);
    }
    if (wire->can.forward && from >= 0 && from < to && is_sure && is_free) {
        way.len = 0;
        add_csi(&way, to - from > 1 ? to - from : 0, 'C');
        take_shorter(best, &way);
    }
    if (wire->can.to_column) {
        way.len = 0;
        add_csi(&way, to ? to + 1 : 0, 'G');
        take_shorter(best, &way);
    }
}

static void full_way(int row, int col, struct sequence *out)
{
    add(out, '\033');
    add(out, '[');
    if (row || col)
        add_number(out, row + 1);
    if (col) {
        add(out, ';');
        add_number(out, col + 1);
    }
    add(out, 'H');
}

void wire_move(struct wire *wire, int row, int col)
{
    struct sequence best = { .len = 0 }, way, down = { .len = 0 };

    if (row == wire->row && col == wire->col && wire->is_sure)
        return;
    full_way(row, col, &best);
    if (row == wire->row) {
        row_way(wire, wire->col, wire->is_sure, col, &way);
        if (way.len && way.len <= best.len)
            best = way;
    } else if (wire->row >= 0 && row == wire->row + 1 && wire->row != wire->bottom) {
        add(&down, '\n');
        row_way(wire, wire->col, wire->is_sure, col, &way);
        if (wire->col == col && wire->is_sure)
            way.len = 0;
        if ((way.len || wire->col == col) && way.len + 1 <= best.len) {
            memcpy(down.bytes + 1, way.bytes, (size_t)way.len);
            down.len += way.len;
            best = down;
        }
    }
    send(wire, &best);
    wire->row = row;
    wire->col = col;
    wire->is_sure = true;
}

void wire_rest(struct wire *wire, int row, int col)
{
    bool is_same = row == wire->rest_row && col == wire->rest_col;

    if (row == wire->row && col == wire->col && wire->is_sure)
        return;
    if (is_same && wire->is_kept) {
        buf_add_cstr(&wire->out, "\0338");
        wire->row = row;
        wire->col = col;
        wire->is_sure = true;
        wire->look = plain;
        return;
    }
    wire_move(wire, row, col);
    wire->is_kept = is_same && wire->can.keep && wire->is_look_known;
    if (wire->is_kept) {         // the second time in a row: from the third on it is worth it
        wire_look(wire, &plain); // comes back with the place: most rows begin with it
        buf_add_cstr(&wire->out, "\0337");
    }
    wire->rest_row = row;
    wire->rest_col = col;
}

int wire_move_cost(const struct wire *wire, int from, int to)
{
    struct sequence way;

    row_way(wire, from, true, to, &way);
    return way.len ? way.len : 8;
}

int wire_count_cost(int count)
{
    struct sequence out = { .len = 0 };

    add_csi(&out, count > 1 ? count : 0, 'X');
    return out.len;
}

// ---- looks

static void add_look(struct sequence *out, int look)
{
    if (out->bytes[out->len - 1] != '[')
        add(out, ';');
    add_number(out, look);
}

static void add_attrs(struct sequence *out, unsigned attrs)
{
    for (int look = 1; look <= 9; look++) {
        if (attrs & 1U << look)
            add_look(out, look);
    }
}

void wire_look(struct wire *wire, const struct pen *wanted)
{
    const struct pen *look = &wire->look;
    bool is_reset = !wire->is_look_known || (look->attrs & ~wanted->attrs);
    bool is_plain = !wanted->attrs && !wanted->fg && !wanted->bg;
    struct sequence out = { .bytes = "\033[", .len = 2 };

    if (wire->is_look_known && look->attrs == wanted->attrs && look->fg == wanted->fg &&
        look->bg == wanted->bg)
        return;
    if (is_reset && !is_plain)
        add_look(&out, 0);
    if (!is_plain) {
        add_attrs(&out, is_reset ? wanted->attrs : wanted->attrs & ~look->attrs);
        if (wanted->fg != (is_reset ? 0 : look->fg))
            add_look(&out, wanted->fg ? wanted->fg : 39);
        if (wanted->bg != (is_reset ? 0 : look->bg))
            add_look(&out, wanted->bg ? wanted->bg : 49);
    }
    add(&out, 'm');
    send(wire, &out);
    wire->look = *wanted;
    wire->is_look_known = true;
}

// ---- what scrolls, and how far a row goes

static void send_pair(struct wire *wire, int a, int b, char final)
{
    struct sequence out = { .bytes = "\033[", .len = 2 };

    add_number(&out, a);
    add(&out, ';');
    add_number(&out, b);
    add(&out, final);
    send(wire, &out);
    wire->row = wire->col = 0; // where these two leave the cursor
    wire->is_sure = true;
}

static void set_columns(struct wire *wire, int left, int right)
{
    if (wire->left == left && wire->right == right)
        return;
    if (!has_margins(wire))
        buf_add_cstr(&wire->out, "\033[?69h");
    wire->left = left;
    wire->right = right;
    wire->row = wire->col = -1;
    if (has_margins(wire))
        send_pair(wire, left + 1, right + 1, 's');
    else
        buf_add_cstr(&wire->out, "\033[?69l");
}

// ---- cells

int wire_room(const struct wire *wire)
{
    return (wire->col <= wire->right ? wire->right + 1 : wire->cols) - wire->col;
}

// Behind the last column, or that of the margins, terminals differ about where the cursor is.
static void advance(struct wire *wire, int cols, bool is_sure)
{
    int room = wire_room(wire);

    if (wire->can.wraps && wire->col + cols >= wire->cols)
        wire->row = -1;
    wire->col += cols;
    wire->is_sure = wire->is_sure && is_sure;
    if (cols >= room) {
        wire->col = -1;
        wire->is_sure = false;
    }
}

static void write_text(struct wire *wire, struct sv text, int cols, bool is_sure)
{
    buf_add(&wire->out, text);
    advance(wire, cols, is_sure);
}

// Text that does not end before the margin would not stand across it.
static void free_columns(struct wire *wire, int cols)
{
    int row = wire->row, col = wire->col;

    if (cols <= wire_room(wire) || !has_margins(wire))
        return;
    set_columns(wire, 0, wire->cols - 1);
    wire_move(wire, row, col);
}

void wire_text(struct wire *wire, struct sv text, int cols)
{
    free_columns(wire, cols);
    write_text(wire, text, cols, true);
}

void wire_unsure(struct wire *wire, struct sv text, int cols, bool is_filling)
{
    int row = wire->row, col = wire->col;

    free_columns(wire, cols);
    if (!is_filling) {
        for (int i = 0; i < cols; i++)
            buf_add_cstr(&wire->out, " ");
        advance(wire, cols, true);
        wire_move(wire, row, col);
    }
    write_text(wire, text, cols, false);
    if (!wire->can.unwrap)
        wire->row = -1; // it may have gone on in the next row
}

void wire_repeat(struct wire *wire, struct sv text, int count)
{
    struct sequence again = { .len = 0 };
    bool can_repeat = text.len == 1 ? wire->can.repeat : wire->can.repeat_any;

    add_csi(&again, count - 1, 'b');
    if (can_repeat && again.len < (count - 1) * (int)text.len) {
        buf_add(&wire->out, text);
        send(wire, &again);
    } else {
        for (int i = 0; i < count; i++)
            buf_add(&wire->out, text);
    }
    advance(wire, count, true);
}

void wire_erase(struct wire *wire, int count)
{
    if (count < 0)
        send_csi(wire, 0, 'K');
    else
        send_csi(wire, count > 1 ? count : 0, 'X');
}

// ---- scrolling

static void set_rows(struct wire *wire, int top, int bottom)
{
    if (wire->top == top && wire->bottom == bottom)
        return;
    send_pair(wire, top + 1, bottom + 1, 'r');
    wire->top = top;
    wire->bottom = bottom;
}

void wire_scroll(struct wire *wire, int top, int bottom, int left, int right, int by)
{
    int count = by > 0 ? by : -by;

    set_columns(wire, left, right);
    set_rows(wire, top, bottom);
    if (count > LINE_FEED_MOST && wire->can.scroll_by) {
        send_csi(wire, count, by > 0 ? 'S' : 'T');
        return;
    }
    wire_move(wire, by > 0 ? bottom : top, left);
    for (int i = 0; i < count; i++)
        buf_add_cstr(&wire->out, by > 0 ? "\n" : "\033M");
}

// ---- beginning and end

static void forget_place(struct wire *wire)
{
    wire->row = wire->col = wire->rest_row = wire->rest_col = -1;
    wire->is_sure = wire->is_kept = false;
}

static void scroll_all(struct wire *wire)
{
    wire->top = wire->left = 0;
    wire->bottom = wire->rows - 1;
    wire->right = wire->cols - 1;
}

void wire_begin(struct wire *wire, int rows, int cols)
{
    wire->rows = rows;
    wire->cols = cols;
    if (wire->can.unwrap)
        buf_add_cstr(&wire->out, "\033[?7l");
    if (wire->can.margins)
        buf_add_cstr(&wire->out, "\033[?69l");                        // all columns scroll
    buf_add_cstr(&wire->out, wire->can.scroll ? "\033[r" : "\033[H"); // either goes home
    buf_add_cstr(&wire->out, "\033[m\033[J"); // what is blanked takes the looks in force
    wire->look = plain;
    wire->is_look_known = true;
    scroll_all(wire);
    forget_place(wire);
    wire->row = wire->col = 0;
    wire->is_sure = true;
}

void wire_end(struct wire *wire)
{
    if (has_margins(wire))
        buf_add_cstr(&wire->out, "\033[?69l");
    if (wire->top > 0 || wire->bottom < wire->rows - 1)
        buf_add_cstr(&wire->out, "\033[r");
    if (wire->can.unwrap)
        buf_add_cstr(&wire->out, "\033[?7h");
    wire_look(wire, &plain);
    scroll_all(wire);
    forget_place(wire);
}
