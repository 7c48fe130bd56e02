// The difference at hand, below the text: a column for each annotator, or a line where there is no
// room for columns. Draws only; what the keys do is adjudic.c's.
#include "tui/adjudic_box.h"

#include <string.h>

#include "text/glyph.h"
#include "tui/form_data.h"
#include "tui/form_rows.h"
#include "tui/wrapped.h"

#define WIDE_COLS  56 // from here a column for each annotator
#define LANE_LEAST 18 // of it
#define LABEL_COLS 12
#define VALUE_MOST 3 // rows of a value
#define ROWS_MOST  18
#define ROWS_LEAST 5
#define TEXT_LEAST 4  // rows left to the text
#define INLINE_GAP 4  // before a value: a blank, its dot, its number, a blank
#define SHORT_ROWS 16 // areas below leave the text no more than it needs
#define DOT        "●"

struct table { // where the difference is drawn
    struct app *app;
    const struct adjudicate_row *row;
    const struct adjudication *rows;
    struct grid *grid;
    struct rect rect; // of the fields
    int lane_cols;    // 0: stacked
};

// ---- values

// All that an annotator says of a field: of several pieces one after the other.
static void add_value(const struct table *table, size_t rater, size_t index, struct buf *out)
{
    const struct field *field = adjudic_field(table->row, index);
    bool is_words = field->sub == KIND_PART;

    for (size_t m = 0; m < table->row->count; m++) {
        const struct adjudicate_member *member = &table->row->members[m];

        if (member->rater != rater)
            continue;
        if (out->len)
            buf_add_cstr(out, "  +  ");
        form_data_show(table->app->session,
                       adjudicating_article(table->app->adjudic->it, member->article), member->rec,
                       field, out);
        if (!is_words)
            return;
    }
}

// A dot is for what is to be chosen: not where all say the same.
static bool has_dot(const struct table *table, size_t rater, size_t index)
{
    const struct adjudic *adjudic = table->app->adjudic;
    const struct adjudicate_member *members = table->row->members;

    return adjudic_is_choice(table->row, index) && adjudic->has_choice &&
           members[adjudic->choice[index]].rater == rater;
}

static enum role value_role(const struct table *table, size_t rater, size_t index)
{
    if (!adjudic_differs(table->row, index))
        return ROLE_TEXT;
    return has_dot(table, rater, index) ? ROLE_VALUE : ROLE_SOURCE;
}

// The value of one annotator in `rect`; rows it takes. Without a grid it is only counted.
static int value_rows(const struct table *table, size_t rater, size_t index, int cols)
{
    struct buf text = { 0 };
    int rows;

    add_value(table, rater, index, &text);
    rows = wrapped_rows(buf_sv(&text), cols, VALUE_MOST);
    buf_release(&text);
    return rows ? rows : 1;
}

static int draw_value(const struct table *table, size_t rater, size_t index, struct rect rect)
{
    bool is_there = adjudic_member(table->row, rater) < table->row->count;
    struct buf text = { 0 };
    int rows = 0;

    add_value(table, rater, index, &text);
    if (text.len)
        rows = wrapped_draw(table->grid, rect, buf_sv(&text), value_role(table, rater, index));
    else if (is_there && rect.rows > 0)
        grid_put(table->grid, rect.row, rect.col, rect.cols, SV("–"), ROLE_LABEL);
    buf_release(&text);
    return rows ? rows : 1;
}

// ---- fields

static int lane_col(const struct table *table, size_t rater)
{
    return table->rect.col + 2 + LABEL_COLS + (int)rater * table->lane_cols;
}

static int value_cols(const struct table *table)
{
    return table->lane_cols ? table->lane_cols - 3 : table->rect.cols - 6;
}

// Without columns: the cells of all values in one row behind the label; more than there are when
// they do not fit.
static int inline_cols(const struct table *table, size_t index)
{
    int cols = 2 + glyph_cols(sv_from(form_label(adjudic_field(table->row, index))));

    for (size_t r = 0; r < table->rows->raters; r++) {
        struct buf text = { 0 };

        if (adjudic_member(table->row, r) == table->row->count)
            continue;
        add_value(table, r, index, &text);
        cols += INLINE_GAP + (text.len ? glyph_cols(buf_sv(&text)) : 1);
        buf_release(&text);
    }
    return cols;
}

static int field_rows(const struct table *table, size_t index)
{
    int rows = 0;

    if (!table->lane_cols && inline_cols(table, index) <= table->rect.cols)
        return 1;
    for (size_t r = 0; r < table->rows->raters; r++) {
        int own;

        if (!table->lane_cols && adjudic_member(table->row, r) == table->row->count)
            continue;
        own = value_rows(table, r, index, value_cols(table));
        rows = table->lane_cols ? (own > rows ? own : rows) : rows + own;
    }
    return table->lane_cols ? rows : rows + 1;
}

static void draw_label(const struct table *table, size_t index, int row, bool is_chosen)
{
    bool differs = adjudic_differs(table->row, index);
    int col = table->rect.col, cols = table->lane_cols ? LABEL_COLS - 1 : table->rect.cols - 2;

    if (is_chosen)
        grid_put(table->grid, row, col, 1, SV("▶"), ROLE_KEY);
    grid_put_cut(table->grid, row, col + 2, cols,
                 sv_from(form_label(adjudic_field(table->row, index))),
                 is_chosen ? ROLE_VALUE
                 : differs ? ROLE_WARNING
                           : ROLE_LABEL);
}

static void draw_inline(const struct table *table, size_t index, struct rect rect)
{
    int col = rect.col + 2 + glyph_cols(sv_from(form_label(adjudic_field(table->row, index))));

    for (size_t r = 0; r < table->rows->raters; r++) {
        struct buf text = { 0 };

        if (adjudic_member(table->row, r) == table->row->count)
            continue;
        add_value(table, r, index, &text);
        if (has_dot(table, r, index))
            grid_put(table->grid, rect.row, col + 1, 1, SV(DOT), ROLE_KEY);
        grid_putf(table->grid, rect.row, col + 2, 1, ROLE_LABEL, "%zu", r + 1);
        col += INLINE_GAP;
        col += grid_put(table->grid, rect.row, col, rect.col + rect.cols - col,
                        text.len ? buf_sv(&text) : SV("–"), value_role(table, r, index));
        buf_release(&text);
    }
}

static void draw_field(const struct table *table, size_t index, struct rect rect, bool is_chosen)
{
    int used = !table->lane_cols;

    draw_label(table, index, rect.row, is_chosen);
    if (!table->lane_cols && inline_cols(table, index) <= table->rect.cols) {
        draw_inline(table, index, rect);
        return;
    }
    for (size_t r = 0; r < table->rows->raters; r++) {
        int col = table->lane_cols ? lane_col(table, r) : rect.col + 4;
        int row = table->lane_cols ? rect.row : rect.row + used;
        bool is_there = adjudic_member(table->row, r) < table->row->count;

        if (!is_there || row >= rect.row + rect.rows)
            continue;
        if (has_dot(table, r, index))
            grid_put(table->grid, row, col - (table->lane_cols ? 0 : 2), 1, SV(DOT), ROLE_KEY);
        if (!table->lane_cols)
            grid_putf(table->grid, row, col, 1, ROLE_LABEL, "%zu", r + 1);
        used += draw_value(
            table, r, index,
            (struct rect){ row, col + 2, rect.row + rect.rows - row, value_cols(table) });
    }
}

// As many as there is room for, the chosen one among them.
static void draw_fields(const struct table *table)
{
    size_t fields[ADJUDICATE_FIELDS], count = adjudic_fields(table->row, fields), first = 0;
    size_t chosen = table->app->adjudic->field;
    int need = 0, row = table->rect.row, end = table->rect.row + table->rect.rows;

    for (size_t i = 0; i <= chosen && i < count; i++)
        need += field_rows(table, fields[i]);
    while (first < chosen && need > table->rect.rows)
        need -= field_rows(table, fields[first++]);
    for (size_t i = first; i < count && row < end; i++) {
        int rows = field_rows(table, fields[i]);

        draw_field(table, fields[i],
                   (struct rect){ row, table->rect.col, rows < end - row ? rows : end - row,
                                  table->rect.cols },
                   i == chosen);
        row += rows;
    }
}

// ---- heads

// "1 ana", and what is to be known of it.
static void add_head(const struct table *table, size_t rater, struct buf *out)
{
    size_t m = adjudic_member(table->row, rater);
    bool is_settled = table->row->settled_count > 0;

    buf_addf(out, "%zu " SV_FMT, rater + 1, SV_ARG(table->rows->names[rater]));
    if (m == table->row->count)
        buf_add_cstr(out, table->rows->is_reader[rater] ? ": nothing" : ": not read");
    else if (is_settled && table->row->members[m].is_new)
        buf_add_cstr(out, ": new");
    else if (table->row->members[m].is_changed)
        buf_add_cstr(out, ": changed");
}

static void draw_heads(const struct table *table, int row)
{
    int col = table->rect.col + 2;
    struct buf text = { 0 };

    for (size_t r = 0; r < table->rows->raters; r++) {
        bool is_there = adjudic_member(table->row, r) < table->row->count;

        buf_clear(&text);
        add_head(table, r, &text);
        if (table->lane_cols)
            grid_put_cut(table->grid, row, lane_col(table, r), table->lane_cols - 1, buf_sv(&text),
                         is_there ? ROLE_KEY : ROLE_LABEL);
        else
            col += 2 + grid_put_cut(table->grid, row, col, table->rect.col + table->rect.cols - col,
                                    buf_sv(&text), is_there ? ROLE_KEY : ROLE_LABEL);
    }
    buf_release(&text);
}

// What was decided, in a line.
static void draw_settled(const struct table *table, int row)
{
    const struct adjudicate_settled *first = &table->row->settled[0];
    struct decision decision = decision_get(table->row->section, first->rec);
    int col = table->rect.col + 2, end = table->rect.col + table->rect.cols;

    col += grid_putf(table->grid, row, col, end - col, ROLE_LABEL, "→ ");
    col += grid_put_cut(table->grid, row, col, end - col,
                        decision.word.len ? decision.word : SV("here for a link, not decided"),
                        ROLE_VALUE);
    if (table->row->settled_count > 1)
        col += grid_putf(table->grid, row, col, end - col, ROLE_LABEL, ", %zu records",
                         table->row->settled_count);
    if (decision.by.len)
        col += grid_putf(table->grid, row, col, end - col, ROLE_LABEL, "  by " SV_FMT,
                         SV_ARG(decision.by));
    if (table->row->gone)
        col += grid_putf(table->grid, row, col, end - col, ROLE_WARNING, "  %zu gone",
                         table->row->gone);
    if (decision.why.len && end - col > 4)
        grid_put_cut(table->grid, row, col + 2, end - col - 2, decision.why, ROLE_TEXT);
}

// The two claims of a link, whose words are not among its fields.
static void draw_ends(const struct table *table, int row)
{
    int col = table->rect.col + 2, end = table->rect.col + table->rect.cols;

    for (size_t i = 0; i < 2; i++) {
        const struct adjudicate_row *at =
            table->row->ends[i] == SIZE_MAX ? NULL : &table->rows->rows[table->row->ends[i]];
        int room = i ? end - col : (end - col) / 2 - 2;
        struct buf text = { 0 };

        if (at && at->count)
            form_data_show(table->app->session, NULL, at->members[0].rec,
                           kind_find(kind_get(KIND_CLAIM), SV("span")), &text);
        else
            buf_add(&text, table->row->silent.len ? table->row->silent : SV("?"));
        col += grid_put_cut(table->grid, row, col, room, buf_sv(&text), ROLE_TEXT);
        if (!i)
            col += grid_put(table->grid, row, col, end - col, SV(" ─ "), ROLE_LABEL);
        buf_release(&text);
    }
}

static void draw_title(struct app *app, const struct adjudicate_row *row, struct grid *grid,
                       struct rect rect)
{
    struct buf title = { 0 };

    grid_fill(grid, rect, " ", ROLE_TEXT);
    grid_fill(grid, (struct rect){ rect.row, rect.col, 1, rect.cols }, "─", ROLE_FRAME_ON);
    grid->is_cursor_visible = false;
    if (row)
        buf_addf(&title, " %s  %s  %zu of %zu ", adjudicate_weight_name(row->weight),
                 adjudicate_state_name(row->state), app->adjudic->at + 1, app->adjudic->count);
    buf_add_char(&title, ' ');
    adjudic_add_counts(app, &title);
    buf_add_char(&title, ' ');
    grid_put_cut(grid, rect.row, rect.col + 1, rect.cols - 2, buf_sv(&title), ROLE_LABEL);
    if (row)
        grid_put_cut(grid, rect.row, rect.col + 2, rect.cols - 3,
                     sv_from(adjudicate_weight_name(row->weight)),
                     row->weight <= ADJUDICATE_CONTESTED ? ROLE_DISPUTED : ROLE_VALUE);
    buf_release(&title);
}

static int lane_cols(const struct adjudication *rows, int cols)
{
    int room = cols - 2 - LABEL_COLS, own = rows->raters ? room / (int)rows->raters : 0;

    return cols >= WIDE_COLS && own >= LANE_LEAST ? own : 0;
}

int adjudic_height(const struct overlay *overlay, const struct app *app, int rows, int cols)
{
    int want = rows < SHORT_ROWS ? rows : rows * 11 / 20;

    (void)overlay, (void)app, (void)cols;
    want = want > ROWS_MOST ? ROWS_MOST : want;
    want = want > rows - TEXT_LEAST ? rows - TEXT_LEAST : want;
    return want < ROWS_LEAST ? ROWS_LEAST : want;
}

void adjudic_draw(struct overlay *overlay, struct app *app, struct grid *grid, struct rect rect)
{
    const struct adjudicate_row *row = adjudic_row(app);
    struct table table = { .app = app, .row = row, .grid = grid };
    int next = rect.row + 1;

    (void)overlay;
    draw_title(app, row, grid, rect);
    if (!row) {
        grid_put_cut(grid, next, rect.col + 2, rect.cols - 3,
                     SV("nobody has marked anything in this article"), ROLE_LABEL);
        return;
    }
    table.rows = adjudicating_now(app->adjudic->it);
    table.rect = (struct rect){ rect.row, rect.col, 1, rect.cols - 1 };
    table.lane_cols = lane_cols(table.rows, rect.cols);
    if (row->settled_count)
        draw_settled(&table, next++);
    if (row->section == SECTION_LINKS)
        draw_ends(&table, next++);
    if (!row->count)
        return;
    draw_heads(&table, next++);
    table.rect.row = next;
    table.rect.rows = rect.row + rect.rows - next;
    draw_fields(&table);
}
