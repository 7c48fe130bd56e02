// Where one pane stands in its article: scroll position, cursor, selection, jumps, what is under
// the cursor. Never draws, never changes a record. Every cost is that of the screen, not of the
// text.
#include "tui/view.h"

#include <string.h>

#include "base/attr.h"
#include "text/glyph.h"

#define CLAIMS_MAX 64 // claims looked at under one position

// Rows kept in sight above the cursor where the text goes on.
static int margin_above(const struct view *view)
{
    return view->rows >= 12 ? 2 : view->rows >= 6 ? 1 : 0;
}

// The same below it: more, so that there is room for the card of the claim one comes upon.
static int margin_below(const struct view *view)
{
    return view->rows >= 12 ? view->rows / 4 : margin_above(view);
}

static int wrap_cols(const struct view *view)
{
    return view->cols > 0 ? view->cols : 1;
}

// The row behind a final line end.
static bool is_past_end(const struct view *view, const struct row *row)
{
    struct sv text = article_bytes(view->reading->article);

    return text.len > 0 && row->span.beg == text.len && text.ptr[text.len - 1] == '\n';
}

// Go `count` rows back from `row`, or as many as there are. Returns the rows gone.
static int rows_back(const struct view *view, struct row *row, int count)
{
    struct row prev;
    int gone = 0;

    while (gone < count && view_prev_row(view, row, &prev)) {
        *row = prev;
        gone++;
    }
    return gone;
}

static int rows_on(const struct view *view, struct row *row, int count)
{
    struct row next;
    int gone = 0;

    while (gone < count && view_next_row(view, row, &next)) {
        *row = next;
        gone++;
    }
    return gone;
}

// Rows from the one at `from` to the one that begins at `to`, at most `max`; -1: further, or
// before.
static int row_distance(const struct view *view, size_t from, size_t to, int max)
{
    struct row row = view_row(view, from);
    int count = 0;

    if (to < row.span.beg)
        return -1;
    while (row.span.beg != to) {
        if (count == max || !rows_on(view, &row, 1))
            return -1;
        count++;
    }
    return count;
}

// No rows left empty at the bottom while there is text above.
static void fill_screen(struct view *view)
{
    struct row row = view_row(view, view->top);
    int shown = 1 + rows_on(view, &row, view->rows - 1);

    row = view_row(view, view->top);
    rows_back(view, &row, view->rows - shown);
    view->top = row.span.beg;
}

// Scroll so that the cursor is in sight: by as little as it takes when it is near.
static void show_cursor(struct view *view)
{
    struct row cur = view_row(view, view->cursor), row = cur;
    struct row top = view_row(view, view->top);
    int margin = margin_above(view), rows = view->rows > 0 ? view->rows : 1;
    int below = rows_on(view, &row, margin_below(view)); // rows to keep in sight under the cursor's

    view->top = top.span.beg;
    row = cur;
    if (cur.span.beg < top.span.beg) {
        bool is_near = row_distance(view, cur.span.beg, top.span.beg, rows) >= 0;

        rows_back(view, &row, is_near ? margin : rows / 3);
        view->top = row.span.beg;
        if (!is_near)
            fill_screen(view);
        return;
    }

    int at = row_distance(view, top.span.beg, cur.span.beg, 2 * rows);

    if (at >= margin && at < rows - below)
        return;
    if (at >= 0 && at < margin) {
        rows_back(view, &row, margin);
        view->top = row.span.beg;
    } else {
        rows_back(view, &row, at >= 0 ? rows - 1 - below : rows / 3);
        view->top = row.span.beg;
        fill_screen(view);
    }
}

// A pick among overlapping claims holds while the cursor is in that claim.
static void drop_stale_pick(struct view *view)
{
    const struct claim *claims[CLAIMS_MAX];
    size_t count;

    if (sv_is_absent(view->picked))
        return;
    count = view_claims(view, claims, ARRAY_LEN(claims));
    for (size_t i = 0; i < count; i++) {
        if (sv_eq(claims[i]->id, view->picked))
            return;
    }
    view->picked = (struct sv){ 0 };
}

// A dialog that takes rows and gives them back leaves the text where it was.
static void keep_top(struct view *view, int rows)
{
    if (rows < view->rows && !view->kept_rows) {
        view->kept_top = view->top;
        view->kept_rows = view->rows;
    } else if (view->kept_rows && rows >= view->kept_rows) {
        struct row cur = view_row(view, view->cursor);

        if (row_distance(view, view->kept_top, cur.span.beg, rows - 1) >= 0)
            view->top = view->kept_top;
        view->kept_rows = 0;
    }
}

struct row view_row(const struct view *view, size_t pos)
{
    struct row row = wrap_at(view->reading->article, pos, wrap_cols(view)), prev;

    if (is_past_end(view, &row) && wrap_prev(view->reading->article, &row, wrap_cols(view), &prev))
        return prev;
    return row;
}

bool view_next_row(const struct view *view, const struct row *row, struct row *out)
{
    return wrap_next(view->reading->article, row, wrap_cols(view), out) && !is_past_end(view, out);
}

bool view_prev_row(const struct view *view, const struct row *row, struct row *out)
{
    return wrap_prev(view->reading->article, row, wrap_cols(view), out);
}

size_t view_snap(const struct view *view, size_t pos)
{
    struct row row = view_row(view, pos);
    struct sv text = article_sub(view->reading->article, row.span);
    size_t at = 0;

    if (!text.len)
        return row.span.beg;
    if (pos >= row.span.end)
        return row.span.beg + glyph_prev(text, text.len);
    while (true) {
        size_t next = glyph_next(text, at);

        if (row.span.beg + next > pos || next >= text.len)
            return row.span.beg + at;
        at = next;
    }
}

int view_rows_between(const struct view *view, size_t from, size_t to, int max)
{
    int count = to >= from ? row_distance(view, from, to, max) : row_distance(view, to, from, max);

    return count < 0 ? 0 : to >= from ? count : -count;
}

int view_cursor_row(const struct view *view)
{
    struct row cur = view_row(view, view->cursor);
    int at = row_distance(view, view->top, cur.span.beg, view->rows);

    return at < 0 ? 0 : at;
}

void view_open(struct view *view, struct reading *reading, size_t cursor)
{
    int rows = view->rows, cols = view->cols;

    memset(view, 0, sizeof(*view));
    view->reading = reading;
    view->rows = rows;
    view->cols = cols;
    view->want_col = -1;
    if (!reading)
        return;
    view->cursor = view_snap(view, cursor);
    show_cursor(view);
}

void view_resize(struct view *view, int rows, int cols)
{
    bool is_first = view->rows <= 0;
    int at;

    if (!view->reading || (view->rows == rows && view->cols == cols)) {
        view->rows = rows;
        view->cols = cols;
        return;
    }
    at = is_first ? rows / 3 : view_cursor_row(view);
    if (view->cols != cols || is_first) {
        view->kept_rows = 0;
        view->cols = cols;
        view->rows = rows;

        struct row row = view_row(view, view->cursor);

        rows_back(view, &row, at < rows ? at : rows - 1);
        view->top = row.span.beg;
        view->want_col = -1;
    }
    keep_top(view, rows);
    view->rows = rows;
    fill_screen(view);
    show_cursor(view);
}

void view_show(struct view *view, size_t pos)
{
    view->cursor = view_snap(view, pos);
    view->want_col = -1;
    drop_stale_pick(view);
    show_cursor(view);
}

void view_show_at(struct view *view, size_t pos, int row)
{
    int low = margin_above(view), high = view->rows - 1 - margin_below(view);
    struct row cur;

    view->cursor = view_snap(view, pos);
    view->want_col = -1;
    drop_stale_pick(view);
    cur = view_row(view, view->cursor);
    rows_back(view, &cur, row < low ? low : row > high ? high : row);
    view->top = cur.span.beg;
    fill_screen(view);
    show_cursor(view);
}

void view_jump(struct view *view, size_t pos)
{
    if (view->jump_at == VIEW_JUMPS) {
        memmove(view->jumps, view->jumps + 1, (VIEW_JUMPS - 1) * sizeof(*view->jumps));
        view->jump_at--;
    }
    view->jumps[view->jump_at++] = view->cursor;
    view->jump_count = view->jump_at;
    view_show(view, pos);
}

void view_scroll(struct view *view, int rows)
{
    struct row top = view_row(view, view->top), cur = view_row(view, view->cursor), low, high, row;

    if (view->want_col < 0)
        view->want_col = wrap_col(view->reading->article, &cur, view->cursor);
    if (rows < 0)
        rows_back(view, &top, -rows);
    else
        rows_on(view, &top, rows);
    view->top = top.span.beg;
    fill_screen(view);

    low = high = view_row(view, view->top);
    rows_on(view, &high, view->rows - 1);
    if (view_prev_row(view, &low, &row))
        rows_on(view, &low, margin_above(view));
    if (view_next_row(view, &high, &row))
        rows_back(view, &high, margin_below(view));
    if (cur.span.beg < low.span.beg)
        view->cursor = wrap_pos(view->reading->article, &low, view->want_col);
    else if (cur.span.beg > high.span.beg)
        view->cursor = wrap_pos(view->reading->article, &high, view->want_col);
    drop_stale_pick(view);
}

bool view_selection(const struct view *view, struct byte_span *out)
{
    size_t low = view->anchor < view->cursor ? view->anchor : view->cursor;
    size_t high = view->anchor < view->cursor ? view->cursor : view->anchor;
    struct row row;
    struct sv text;

    if (!view->has_selection || !view->reading)
        return false;
    row = view_row(view, high);
    text = article_sub(view->reading->article, row.span);
    out->beg = low;
    out->end = row.span.beg + glyph_next(text, high - row.span.beg);
    return !byte_span_is_empty(*out);
}

void view_select(struct view *view, struct byte_span span)
{
    view_show(view, span.end > span.beg ? span.end - 1 : span.beg);
    view->has_selection = true;
    view->anchor = view_snap(view, span.beg);
}

void view_unselect(struct view *view)
{
    view->has_selection = false;
}

size_t view_mark_from(const struct reading *reading, size_t pos)
{
    size_t low = 0, high = reading->mark_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (reading->marks[mid].span.beg < pos)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

size_t view_mark_over(const struct reading *reading, size_t pos)
{
    size_t low = 0, high = view_mark_from(reading, pos);

    while (low < high) { // reach only grows
        size_t mid = low + (high - low) / 2;

        if (reading->marks[mid].reach <= pos)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

size_t view_claims(const struct view *view, const struct claim **out, size_t max)
{
    const struct reading *reading = view->reading;
    const struct mark *found[CLAIMS_MAX];
    size_t count = 0, end;

    if (!reading)
        return 0;
    end = view_mark_from(reading, view->cursor + 1);
    for (size_t i = view_mark_over(reading, view->cursor); i < end; i++) {
        const struct mark *mark = &reading->marks[i];
        size_t at, size = mark->span.end - mark->span.beg;

        if (mark->section != SECTION_CLAIMS || mark->span.end <= view->cursor)
            continue;
        if (count == max || count == ARRAY_LEN(found))
            break;
        for (at = count++; at > 0; at--) { // shorter first; of two alike the one that begins later
            if (found[at - 1]->span.end - found[at - 1]->span.beg < size)
                break;
            found[at] = found[at - 1];
        }
        found[at] = mark;
    }
    for (size_t i = 0; i < count; i++)
        out[i] = found[i]->rec;
    return count;
}

const struct claim *view_claim(const struct view *view)
{
    const struct claim *claims[CLAIMS_MAX];
    size_t count = view_claims(view, claims, ARRAY_LEN(claims));

    for (size_t i = 0; i < count; i++) {
        if (sv_eq(claims[i]->id, view->picked))
            return claims[i];
    }
    return count ? claims[0] : NULL;
}

const void *view_record(const struct view *view, enum section *section)
{
    const struct claim *claim = view_claim(view);
    const struct mark *found = NULL;
    size_t end;

    *section = SECTION_CLAIMS;
    if (claim || !view->reading)
        return claim;
    end = view_mark_from(view->reading, view->cursor + 1);
    for (size_t i = view_mark_over(view->reading, view->cursor); i < end; i++) {
        const struct mark *mark = &view->reading->marks[i];

        if (mark->span.end <= view->cursor)
            continue;
        if (!found || mark->section == SECTION_NOTES || found->section != SECTION_NOTES)
            found = mark;
    }
    if (!found)
        return NULL;
    *section = found->section;
    return found->rec;
}
