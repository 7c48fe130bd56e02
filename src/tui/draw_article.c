// The text of an article pane with its gutter: claims, notes, furniture, matches, selection.
// Never draws a byte as the text has it: everything goes through text/glyph.h. Cost: that of the
// screen.
#include "tui/draw.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "tui/adjudic.h"
#include "tui/clashing.h"
#include "tui/margin.h"
#include "tui/talk.h"
#include "tui/values.h"

#define MATCH_REACH 1024 // bytes above and below the screen in which a match may begin or end

// A run of text to be drawn in a role; later ones cover earlier ones.
struct paint {
    struct byte_span span;
    enum role role;
    enum role tint; // of a claim whose type has a colour; else as `role`
};

struct paints {
    struct paint *items;
    size_t count, cap;
};

// One row as it is drawn: the byte and the role of each cell.
struct line {
    size_t at[LIMIT_COLS];
    unsigned char role[LIMIT_COLS], depth[LIMIT_COLS]; // depth: claims over the cell
    int first; // cell that shows text; those from here to `cols` do, in its order
    int cols;
    int blanks; // cells of blanks at the end, where the row was broken
};

static void add_paint(struct paints *paints, struct byte_span span, enum role role)
{
    if (byte_span_is_empty(span))
        return;
    MEM_GROW(paints->items, paints->count, paints->cap);
    paints->items[paints->count++] = (struct paint){ span, role, role };
}

static struct byte_span page_span(const struct page *page)
{
    return (struct byte_span){ page->rows[page->above].span.beg,
                               page->rows[page->count - 1].span.end };
}

static void add_marks(struct paints *paints, const struct scheme *scheme,
                      const struct reading *reading, struct byte_span seen, enum section section,
                      enum role role)
{
    size_t end = view_mark_from(reading, seen.end);

    for (size_t i = view_mark_over(reading, seen.beg); i < end; i++) {
        const struct mark *mark = &reading->marks[i];

        if (mark->section != section || mark->span.end <= seen.beg ||
            byte_span_is_empty(mark->span))
            continue;
        add_paint(paints, mark->span, role);
        if (section == SECTION_CLAIMS)
            paints->items[paints->count - 1].tint =
                value_role(scheme, VOCAB_TYPE, ((const struct claim *)mark->rec)->type, role);
    }
}

static void add_cues(struct paints *paints, struct article *article, const struct claim *claim)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        const struct voice *voice = claim->attributed_to.items[i];

        for (; voice; voice = voice->citing) {
            if (voice->cue)
                add_paint(paints, article_to_bytes(article, voice->cue->at), ROLE_CUE);
        }
    }
}

static void add_current(struct paints *paints, const struct reading *reading,
                        const struct claim *current, struct byte_span seen)
{
    size_t end = view_mark_from(reading, seen.end);

    for (size_t i = view_mark_over(reading, seen.beg); i < end; i++) {
        if (reading->marks[i].rec == current)
            add_paint(paints, reading->marks[i].span, ROLE_CURRENT);
    }
}

static void add_matches(struct paints *paints, const struct app *app, const struct view *view,
                        struct byte_span seen)
{
    struct sv text = article_bytes(view->reading->article);
    size_t from = seen.beg > MATCH_REACH ? seen.beg - MATCH_REACH : 0;
    struct byte_span match;

    if (from) { // begin with a line, else on a cluster
        size_t line = seen.beg;

        while (line > from && text.ptr[line - 1] != '\n')
            line--;
        from = line > from ? line : view_snap(view, from);
    }
    text.len = seen.end + MATCH_REACH < text.len ? seen.end + MATCH_REACH : text.len;
    while (finder_next(app->finder, text, from, &match) && match.beg < seen.end) {
        add_paint(paints, match, byte_span_has(match, view->cursor) ? ROLE_MATCH_NOW : ROLE_MATCH);
        from = match.end;
    }
}

static void add_clashes(struct paints *paints, struct app *app, const struct view *view,
                        struct byte_span seen)
{
    int side;
    const struct clashes *clashes = clashing_known(app, view, &side);

    for (size_t i = 0; clashes && i < clashes->count; i++) {
        if (byte_spans_overlap(clashes->items[i].ends[side].span, seen))
            add_paint(paints, clashes->items[i].ends[side].span, ROLE_CLASH);
    }
}

static void add_lane_paint(void *paints, struct byte_span span, enum role role)
{
    add_paint(paints, span, role);
}

static void collect_paints(struct app *app, enum pane pane, const struct page *page,
                           const struct claim *current, struct paints *out)
{
    struct view *view = &app->views[pane];
    const struct reading *reading = view->reading;
    struct byte_span seen = page_span(page), selection;

    add_marks(out, session_scheme(app->session), reading, seen, SECTION_FURNITURE, ROLE_FURNITURE);
    if (adjudic_lanes(app)) {
        adjudic_paint(app, reading, seen, add_lane_paint, out);
        return;
    }
    add_marks(out, session_scheme(app->session), reading, seen, SECTION_CLAIMS, ROLE_CLAIM);
    add_marks(out, session_scheme(app->session), reading, seen, SECTION_NOTES, ROLE_NOTE);
    if (current) {
        add_current(out, reading, current, seen);
        add_cues(out, reading->article, current);
    }
    add_clashes(out, app, view, seen);
    if (reading == app->lookup.other)
        add_paint(out, app->lookup.shown, ROLE_PROPOSAL);
    if (app->is_match_shown && app->finder)
        add_matches(out, app, view, seen);
    if (view == app_view(app))
        add_paint(out, app->choosing.proposal, ROLE_PROPOSAL);
    if (view_selection(view, &selection))
        add_paint(out, selection, ROLE_SELECTION);
}

// How many bytes from `pos` are printable ASCII, one cell each, with no combining mark behind; at
// most `max`.
static size_t plain_run(struct sv bytes, size_t pos, int max)
{
    size_t end = pos + (size_t)max < bytes.len ? pos + (size_t)max : bytes.len, i = pos;

    while (i < end && bytes.ptr[i] >= 0x20 && bytes.ptr[i] < 0x7F)
        i++;
    if (i > pos && i < bytes.len && (unsigned char)bytes.ptr[i] >= 0x80)
        i--;
    return i - pos;
}

// Draw the row's text and note which byte each cell shows.
static void draw_row(const struct view *view, const struct row *row, const struct rect *text,
                     int at_row, struct line *line, struct grid *grid)
{
    struct sv bytes = article_sub(view->reading->article, row->span);
    int col = row->indent;
    struct glyph glyph;

    memset(line->role, ROLE_TEXT, (size_t)text->cols);
    for (size_t pos = 0; pos < bytes.len && col < text->cols; pos += glyph.size) {
        glyph.size = plain_run(bytes, pos, text->cols - col);
        if (glyph.size) {
            grid_put(grid, at_row, text->col + col, text->cols - col,
                     sv_of(bytes.ptr + pos, glyph.size), ROLE_TEXT);
            for (size_t i = 0; i < glyph.size; i++)
                line->at[(size_t)col + i] = row->span.beg + pos + i;
            memset(line->role + col, ROLE_TEXT, glyph.size);
            col += (int)glyph.size;
            continue;
        }
        glyph_at(bytes, pos, col, &glyph);
        grid_put_glyph(grid, at_row, text->col + col, text->cols - col, &glyph, bytes.ptr + pos,
                       ROLE_TEXT);
        for (int i = 0; i < glyph.cols && col + i < text->cols; i++) {
            line->at[col + i] = row->span.beg + pos;
            line->role[col + i] = glyph.is_mark ? ROLE_HIDDEN : ROLE_TEXT;
        }
        col += glyph.cols;
    }
    line->first = bytes.len ? row->indent : 0;
    line->blanks = 0;
    while (!row->is_last && line->blanks < (int)bytes.len &&
           bytes.ptr[bytes.len - 1 - (size_t)line->blanks] == ' ')
        line->blanks++;
    if (!bytes.len) { // an empty line has a cell to show that it is selected
        line->at[0] = row->span.beg;
        line->role[0] = ROLE_TEXT;
    }
    line->cols = col < text->cols ? col : text->cols;
    if (!bytes.len)
        line->cols = 1;
    memset(line->depth, 0, (size_t)text->cols);
}

static void paint_cell(struct line *line, int col, const struct paint *paint)
{
    bool is_hidden = line->role[col] == ROLE_HIDDEN;
    enum role role = paint->tint;

    if (paint->role == ROLE_CLAIM && ++line->depth[col] > 1)
        role = ROLE_NESTED;
    if (!is_hidden || role == ROLE_SELECTION || role == ROLE_MATCH || role == ROLE_MATCH_NOW)
        line->role[col] = (unsigned char)role;
}

// Marks of records end before the blanks at which a row was broken: an underlined blank says
// nothing.
static int painted_cols(const struct line *line, enum role role)
{
    bool is_whole = role == ROLE_SELECTION || role == ROLE_MATCH || role == ROLE_MATCH_NOW;

    return is_whole ? line->cols : line->cols - line->blanks;
}

// First cell from `col` on that shows byte `pos` or one behind it; `end`: none.
static int cell_from(const struct line *line, int col, int end, size_t pos)
{
    while (col < end) {
        int mid = col + (end - col) / 2;

        if (line->at[mid] < pos)
            col = mid + 1;
        else
            end = mid;
    }
    return end;
}

static void paint_row(const struct paints *paints, const struct row *row, struct line *line)
{
    for (size_t i = 0; i < paints->count; i++) {
        const struct paint *paint = &paints->items[i];
        int end = painted_cols(line, paint->role);

        if (paint->span.beg > row->span.end || paint->span.end <= row->span.beg)
            continue;
        end = cell_from(line, line->first, end, paint->span.end);
        for (int col = cell_from(line, line->first, end, paint->span.beg); col < end; col++)
            paint_cell(line, col, paint);
    }
}

static bool is_read(const struct reading *reading, struct byte_span span)
{
    struct cp_span_list read = reading->file.layer.head.read;

    if (!read.count || byte_span_is_empty(span))
        return false;

    struct cp_span cps = article_to_cp(reading->article, span);

    for (size_t i = 0; i < read.count; i++) {
        if (read.items[i].beg <= cps.beg && cps.end <= read.items[i].end)
            return true;
    }
    return false;
}

// What the signs of every row are taken from.
struct signs {
    struct app *app;
    const struct reading *reading;
    const struct clashes *clashes; // NULL: none known
    int side;                      // of them
};

struct gutter_sign {
    const char *text;
    enum role role;
};

// What stands beside a row: the weightiest sign of the claims that begin on it, else an open
// thread, else that a number on it clashes, else a note, else "read".
static struct gutter_sign row_sign(const struct signs *signs, const struct row *row)
{
    struct app *app = signs->app;
    const struct reading *reading = signs->reading;
    struct gutter_sign sign = { NULL, ROLE_TEXT };
    size_t end = view_mark_from(reading, row->span.end);

    for (size_t i = view_mark_from(reading, row->span.beg); i < end; i++) {
        const struct mark *mark = &reading->marks[i];
        unsigned flags;

        if (mark->section == SECTION_NOTES && !sign.text)
            sign = (struct gutter_sign){ "*", ROLE_NOTE };
        if (sign.role != ROLE_CONTESTED && mark->part == 0 && talk_open_on(app, reading, mark->rec))
            sign = (struct gutter_sign){ TALK_SIGN, ROLE_WARNING };
        if (mark->section != SECTION_CLAIMS)
            continue;
        if (margin_is_doubtful(reading, mark->rec))
            return (struct gutter_sign){ "?", ROLE_WARNING };
        flags = derive_flags(session_derived(app->session), &reading->file.layer, mark->rec);
        if (flags & CLAIM_DISPUTED)
            return (struct gutter_sign){ "≠", ROLE_DISPUTED };
        if (flags & CLAIM_CONTESTED)
            sign = (struct gutter_sign){ "!", ROLE_CONTESTED };
    }
    if ((!sign.text || sign.role == ROLE_NOTE) && signs->clashes &&
        clashing_has(signs->clashes, signs->side, row->span))
        return (struct gutter_sign){ "#", ROLE_CLASH };
    if (!sign.text && row->is_first && is_read(reading, row->span))
        sign = (struct gutter_sign){ "✓", ROLE_LABEL };
    return sign;
}

// Lanes from the text outwards: one for each claim that overlaps another on this row. The first
// looks like a sign of its claim, and that of text that was read like the first: another change of
// looks would be sent for one cell.
static void draw_gutter(const struct signs *signs, const struct row *row, const struct line *line,
                        const struct rect *gutter, int at_row, struct grid *grid)
{
    struct gutter_sign sign = row_sign(signs, row);
    int lanes = gutter->cols - 1, depth = 0;
    bool is_claims = sign.role == ROLE_CONTESTED || sign.role == ROLE_DISPUTED;
    bool is_furniture = false;

    for (int col = 0; col < line->cols; col++) {
        depth = line->depth[col] > depth ? line->depth[col] : depth;
        is_furniture = is_furniture || line->role[col] == ROLE_FURNITURE;
    }
    if (depth && sign.role == ROLE_LABEL)
        sign.role = ROLE_CLAIM;
    if (sign.text)
        grid_put(grid, at_row, gutter->col + lanes, 1, sv_from(sign.text), sign.role);
    for (int lane = 0; lane < lanes; lane++) {
        int col = gutter->col + lanes - 1 - lane;
        bool is_last = lane == lanes - 1;

        if (lane < depth)
            grid_put(grid, at_row, col, 1, is_last && depth > lanes ? SV("║") : SV("│"),
                     lane        ? ROLE_NESTED
                     : is_claims ? sign.role
                                 : ROLE_CLAIM);
        else if (!depth && is_furniture && lane == 0)
            grid_put(grid, at_row, col, 1, SV("┊"), ROLE_FURNITURE);
    }
}

static void put_cursor(const struct app *app, const struct view *view, const struct row *row,
                       const struct rect *text, int at_row, struct grid *grid)
{
    int col = wrap_col(view->reading->article, row, view->cursor);

    if (app->top || view != &app->views[app->focus == PANE_OTHER] || app->focus == PANE_LIST)
        return;
    grid->cursor_row = at_row;
    grid->cursor_col = text->col + (col < text->cols ? col : text->cols - 1);
    grid->is_cursor_visible = true;
}

void page_make(const struct view *view, int above, int below, struct page *out)
{
    struct row row = view_row(view, view->top), next;
    int rows = view->rows > 0 ? view->rows : 1, gone = 0;

    out->rows = mem_resize(NULL, (size_t)(above + rows + below), sizeof(*out->rows));
    while (gone < above && view_prev_row(view, &row, &next)) {
        row = next;
        gone++;
    }
    out->above = gone;
    out->rows[0] = row;
    out->count = 1;
    while (out->count < gone + rows &&
           view_next_row(view, &out->rows[out->count - 1], &out->rows[out->count]))
        out->count++;
    out->below = 0;
    while (out->count == gone + rows && out->below < below) {
        struct row *last = &out->rows[out->count + out->below];

        if (!view_next_row(view, last - 1, last))
            break;
        out->below++;
    }
}

void page_release(struct page *page)
{
    mem_free(page->rows);
    memset(page, 0, sizeof(*page));
}

int page_find(const struct page *page, size_t pos)
{
    int low = 0, count = page->count + page->below, high = count;

    while (low < high) { // first row that begins behind pos
        int mid = low + (high - low) / 2;

        if (page->rows[mid].span.beg <= pos)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == count && pos > page->rows[low - 1].span.end)
        return count;
    return low - 1;
}

void draw_article(struct app *app, enum pane pane, const struct pane_box *box,
                  const struct page *page, const struct claim *current, struct grid *grid)
{
    const struct view *view = &app->views[pane];
    struct signs signs = { .app = app, .reading = view->reading };
    struct paints paints = { 0 };
    struct cell *cells;
    struct line *line = mem_resize(NULL, 1, sizeof(*line)); // large: what is used of it is set
    int at_cursor = page_find(page, view->cursor);

    signs.clashes = clashing_known(app, view, &signs.side);
    collect_paints(app, pane, page, current, &paints);
    for (int i = page->above; i < page->count; i++) {
        const struct row *row = &page->rows[i];
        int at_row = box->text.row + i - page->above;

        draw_row(view, row, &box->text, at_row, line, grid);
        paint_row(&paints, row, line);
        cells = grid_cell(grid, at_row, box->text.col);
        for (int col = line->first; cells && col < line->cols; col++)
            cells[col].role = line->role[col];
        if (adjudic_lanes(app))
            adjudic_draw_lanes(app, view->reading, row->span, box->gutter, at_row, grid);
        else
            draw_gutter(&signs, row, line, &box->gutter, at_row, grid);
        if (at_cursor == i)
            put_cursor(app, view, row, &box->text, at_row, grid);
    }
    mem_free(line);
    mem_free(paints.items);
}
