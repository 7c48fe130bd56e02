// The motions of a view: by rows, characters, words, clauses, sentences, paragraphs, claims,
// screens, jumps. Never changes a record; text objects only set the selection.
#include "tui/view.h"

#include <string.h>

#include "base/attr.h"
#include "base/limits.h"
#include "text/glyph.h"

#define PAGE_OVERLAP 2    // rows of the old screen still seen after a page
#define COL_END      9999 // wanted column of `$`: the end of every row

struct motion {
    enum command_id id;
    bool (*move)(struct view *view, const struct motion *motion, int count);
    int dir;        // 1 onwards, -1 back
    enum unit unit; // for those that go by a unit
};

static const struct article *article_of(const struct view *view)
{
    return view->reading->article;
}

static size_t last_pos(const struct view *view)
{
    return view_snap(view, article_bytes(article_of(view)).len);
}

// Go to `pos` unless that is where the cursor is.
static bool go(struct view *view, size_t pos)
{
    size_t old = view->cursor;

    view_show(view, pos);
    return view->cursor != old;
}

static bool jump(struct view *view, size_t pos)
{
    if (view_snap(view, pos) == view->cursor)
        return false;
    view_jump(view, pos);
    return true;
}

static void want_col(struct view *view)
{
    struct row row = view_row(view, view->cursor);

    if (view->want_col < 0)
        view->want_col = wrap_col(article_of(view), &row, view->cursor);
}

static bool step_row(const struct view *view, struct row *row, int dir)
{
    struct row next;

    if (dir > 0 ? !view_next_row(view, row, &next) : !view_prev_row(view, row, &next))
        return false;
    *row = next;
    return true;
}

// The cursor to `row`, in the column wanted.
static void go_row(struct view *view, const struct row *row)
{
    int want = view->want_col;

    view_show(view, wrap_pos(article_of(view), row, want));
    view->want_col = want;
}

static bool move_row(struct view *view, const struct motion *motion, int count)
{
    struct row row = view_row(view, view->cursor);
    int gone = 0;

    want_col(view);
    while (gone < count && step_row(view, &row, motion->dir))
        gone++;
    if (gone)
        go_row(view, &row);
    return gone > 0;
}

static size_t next_cluster(const struct view *view, size_t pos)
{
    struct row row = view_row(view, pos), next;
    struct sv text = article_sub(article_of(view), row.span);

    if (pos < row.span.end) {
        size_t after = row.span.beg + glyph_next(text, pos - row.span.beg);

        if (after < row.span.end)
            return after;
    }
    return view_next_row(view, &row, &next) ? next.span.beg : pos;
}

static size_t prev_cluster(const struct view *view, size_t pos)
{
    struct row row = view_row(view, pos), prev;
    struct sv text = article_sub(article_of(view), row.span);

    if (pos > row.span.beg)
        return row.span.beg + glyph_prev(text, pos - row.span.beg);
    return view_prev_row(view, &row, &prev) ? view_snap(view, prev.span.end) : pos;
}

static bool move_cluster(struct view *view, const struct motion *motion, int count)
{
    size_t pos = view->cursor;

    for (int i = 0; i < count; i++) {
        size_t next = motion->dir > 0 ? next_cluster(view, pos) : prev_cluster(view, pos);

        if (next == pos)
            break;
        pos = next;
    }
    return go(view, pos);
}

static bool move_unit(struct view *view, const struct motion *motion, int count)
{
    size_t pos = view->cursor;

    for (int i = 0; i < count; i++) {
        size_t next = motion->dir > 0 ? unit_next(article_of(view), motion->unit, pos)
                                      : unit_prev(article_of(view), motion->unit, pos);

        if (next == pos)
            break;
        pos = next;
    }
    return go(view, pos);
}

static bool move_unit_end(struct view *view, const struct motion *motion, int count)
{
    size_t pos = view->cursor;

    for (int i = 0; i < count; i++)
        pos = unit_end(article_of(view), motion->unit, pos);
    return go(view, pos);
}

static bool move_row_edge(struct view *view, const struct motion *motion, int count)
{
    struct row row = view_row(view, view->cursor);
    struct sv text = article_sub(article_of(view), row.span);
    size_t pos = text.len;

    (void)count;
    if (motion->dir < 0)
        return go(view, row.span.beg);
    while (!row.is_last && pos > 1 && text.ptr[pos - 1] == ' ')
        pos--; // the blank where the row was broken

    bool has_moved = go(view, row.span.beg + (pos ? pos - 1 : 0));

    view->want_col = COL_END;
    return has_moved;
}

static bool move_screen(struct view *view, const struct motion *motion, int count)
{
    bool is_page = motion->id == COMMAND_PAGE || motion->id == COMMAND_PAGE_BACK;
    int step = is_page ? view->rows - PAGE_OVERLAP : view->rows / 2;
    int at = view_cursor_row(view);
    size_t top = view->top, cursor = view->cursor;
    struct row row;

    if (step < 1)
        step = 1;
    want_col(view);
    if (step <= LIMIT_COUNT / count)
        step *= count;
    else
        step = LIMIT_COUNT;
    view_scroll(view, motion->dir * step);
    if (view->top != top) {
        row = view_row(view, view->top);
        while (at-- > 0 && step_row(view, &row, 1))
            ;
        go_row(view, &row);
        return true;
    }
    row = view_row(view, motion->dir > 0 ? last_pos(view) : 0);
    go_row(view, &row);
    return view->cursor != cursor;
}

static bool move_scroll(struct view *view, const struct motion *motion, int count)
{
    size_t top = view->top;

    view_scroll(view, motion->dir * count);
    return view->top != top;
}

// The cursor's row to the top (dir -1), middle (0) or bottom (1) of the screen.
static bool move_place(struct view *view, const struct motion *motion, int count)
{
    struct row row = view_row(view, view->cursor);
    int above = motion->dir < 0 ? 0 : motion->dir > 0 ? view->rows - 1 : view->rows / 2;
    size_t top = view->top;

    (void)count;
    while (above-- > 0 && step_row(view, &row, -1))
        ;
    view->top = row.span.beg;
    return view->top != top;
}

static bool move_edge(struct view *view, const struct motion *motion, int count)
{
    (void)count;
    return jump(view, motion->dir < 0 ? 0 : last_pos(view));
}

static bool move_percent(struct view *view, const struct motion *motion, int count)
{
    size_t len = article_bytes(article_of(view)).len;

    (void)motion;
    if (count > 100)
        count = 100;
    return jump(view, len / 100 * (size_t)count + len % 100 * (size_t)count / 100);
}

// Claims are visited in the order of their marks, so that of two that begin together both are met.
static bool move_claim(struct view *view, const struct motion *motion, int count)
{
    const struct reading *r = view->reading;
    const struct claim *claim = view_claim(view);
    size_t at = view_mark_from(r, view->cursor), next, found = SIZE_MAX;
    size_t end = view_mark_from(r, view->cursor + 1);

    for (size_t i = at; i < end && claim; i++) {
        if (r->marks[i].rec == claim)
            at = i;
    }
    if (motion->dir > 0 && (at >= r->mark_count || r->marks[at].rec != claim || !claim))
        at = end - 1; // wraps to the step before the first mark when there is none
    for (next = at + (size_t)motion->dir; next < r->mark_count; next += (size_t)motion->dir) {
        if (r->marks[next].section != SECTION_CLAIMS || r->marks[next].part != 0)
            continue;
        found = next;
        if (--count == 0)
            break;
    }
    if (found == SIZE_MAX)
        return false;
    view_show(view, r->marks[found].span.beg);
    view->picked = ((const struct claim *)r->marks[found].rec)->id;
    return true;
}

static bool move_cycle(struct view *view, const struct motion *motion, int count)
{
    const struct claim *claims[64], *claim = view_claim(view);
    size_t total = view_claims(view, claims, ARRAY_LEN(claims));

    (void)motion;
    (void)count;
    for (size_t i = 0; i < total && total > 1; i++) {
        if (claims[i] == claim) {
            view->picked = claims[(i + 1) % total]->id;
            return true;
        }
    }
    return false;
}

static bool move_jump(struct view *view, const struct motion *motion, int count)
{
    bool has_moved = false;

    for (int i = 0; i < count; i++) {
        if (motion->dir < 0 ? view->jump_at == 0 : view->jump_at + 1 >= view->jump_count)
            break;
        if (view->jump_at == view->jump_count && view->jump_count < VIEW_JUMPS)
            view->jumps[view->jump_count++] = view->cursor; // the place to come forward to
        view->jump_at += motion->dir;
        view_show(view, view->jumps[view->jump_at]);
        has_moved = true;
    }
    return has_moved;
}

static bool move_select(struct view *view, const struct motion *motion, int count)
{
    (void)motion;
    (void)count;
    view->has_selection = !view->has_selection;
    view->anchor = view->cursor;
    return true;
}

static bool move_other_end(struct view *view, const struct motion *motion, int count)
{
    size_t anchor = view->anchor;

    (void)motion;
    (void)count;
    view->anchor = view->cursor;
    view_show(view, anchor);
    return true;
}

// Select the unit under the cursor.
static bool take_unit(struct view *view, const struct motion *motion, int count)
{
    struct byte_span span;

    (void)count;
    if (!unit_at(article_of(view), motion->unit, view->cursor, &span) || byte_span_is_empty(span))
        return false;
    view_select(view, span);
    return true;
}

// What a selection that is made of whole units takes in next: of a clause that something is put
// into what is left of it; else the next unit.
static bool find_more(const struct view *view, enum unit unit, struct byte_span have,
                      struct byte_span *out)
{
    const struct article *article = article_of(view);

    if (unit == UNIT_CLAUSE && unit_at(article, UNIT_WHOLE, have.beg, out) && out->end > have.end)
        return true;
    return unit_at(article, unit, unit_next(article, unit, have.end - 1), out) &&
           out->end > have.end;
}

// The unit under the cursor; with a selection: widen it to whole units, and if it is made of them
// take in more.
static bool take_more(struct view *view, const struct motion *motion, int count)
{
    struct byte_span have, first, last;

    if (!view_selection(view, &have))
        return take_unit(view, motion, count);
    if (!unit_at(article_of(view), motion->unit, have.beg, &first) ||
        !unit_at(article_of(view), motion->unit, view_snap(view, have.end - 1), &last))
        return false;
    if (have.beg <= first.beg && have.end >= last.end &&
        !find_more(view, motion->unit, have, &last))
        return false;
    if (first.beg < have.beg)
        have.beg = first.beg;
    if (last.end > have.end)
        have.end = last.end;
    view_select(view, have);
    return true;
}

static const struct motion motions[] = {
    { COMMAND_DOWN, move_row, 1, UNIT_CLUSTER },
    { COMMAND_UP, move_row, -1, UNIT_CLUSTER },
    { COMMAND_LEFT, move_cluster, -1, UNIT_CLUSTER },
    { COMMAND_RIGHT, move_cluster, 1, UNIT_CLUSTER },
    { COMMAND_WORD, move_unit, 1, UNIT_WORD },
    { COMMAND_WORD_BACK, move_unit, -1, UNIT_WORD },
    { COMMAND_WORD_END, move_unit_end, 1, UNIT_WORD },
    { COMMAND_CLAUSE, move_unit, 1, UNIT_CLAUSE },
    { COMMAND_CLAUSE_BACK, move_unit, -1, UNIT_CLAUSE },
    { COMMAND_SENTENCE, move_unit, 1, UNIT_SENTENCE },
    { COMMAND_SENTENCE_BACK, move_unit, -1, UNIT_SENTENCE },
    { COMMAND_PARAGRAPH, move_unit, 1, UNIT_PARAGRAPH },
    { COMMAND_PARAGRAPH_BACK, move_unit, -1, UNIT_PARAGRAPH },
    { COMMAND_ROW_START, move_row_edge, -1, UNIT_CLUSTER },
    { COMMAND_ROW_END, move_row_edge, 1, UNIT_CLUSTER },
    { COMMAND_PAGE, move_screen, 1, UNIT_CLUSTER },
    { COMMAND_PAGE_BACK, move_screen, -1, UNIT_CLUSTER },
    { COMMAND_HALF, move_screen, 1, UNIT_CLUSTER },
    { COMMAND_HALF_BACK, move_screen, -1, UNIT_CLUSTER },
    { COMMAND_SCROLL, move_scroll, 1, UNIT_CLUSTER },
    { COMMAND_SCROLL_BACK, move_scroll, -1, UNIT_CLUSTER },
    { COMMAND_CENTER, move_place, 0, UNIT_CLUSTER },
    { COMMAND_TO_TOP, move_place, -1, UNIT_CLUSTER },
    { COMMAND_TO_BOTTOM, move_place, 1, UNIT_CLUSTER },
    { COMMAND_FIRST, move_edge, -1, UNIT_CLUSTER },
    { COMMAND_LAST, move_edge, 1, UNIT_CLUSTER },
    { COMMAND_PERCENT, move_percent, 0, UNIT_CLUSTER },
    { COMMAND_CLAIM_NEXT, move_claim, 1, UNIT_CLUSTER },
    { COMMAND_CLAIM_BACK, move_claim, -1, UNIT_CLUSTER },
    { COMMAND_CLAIM_CYCLE, move_cycle, 0, UNIT_CLUSTER },
    { COMMAND_JUMP_BACK, move_jump, -1, UNIT_CLUSTER },
    { COMMAND_JUMP_FORWARD, move_jump, 1, UNIT_CLUSTER },
    { COMMAND_SELECT, move_select, 0, UNIT_CLUSTER },
    { COMMAND_OTHER_END, move_other_end, 0, UNIT_CLUSTER },
    { COMMAND_TAKE_CLAUSE, take_more, 0, UNIT_CLAUSE },
    { COMMAND_TAKE_SENTENCE, take_more, 0, UNIT_SENTENCE },
    { COMMAND_TAKE_QUOTE, take_unit, 0, UNIT_QUOTATION },
    { COMMAND_TAKE_WORD, take_unit, 0, UNIT_WORD },
    { COMMAND_TAKE_CLAUSE_I, take_unit, 0, UNIT_CLAUSE },
    { COMMAND_TAKE_SENT_I, take_unit, 0, UNIT_SENTENCE },
    { COMMAND_TAKE_QUOTE_I, take_unit, 0, UNIT_QUOTATION },
    { COMMAND_TAKE_PARA_I, take_unit, 0, UNIT_PARAGRAPH },
};

bool view_move(struct view *view, enum command_id motion, int count)
{
    if (!view->reading)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(motions); i++) {
        if (motions[i].id == motion)
            return motions[i].move(view, &motions[i], count > 0 ? count : 1);
    }
    return false;
}
