// The form's picture: a title, the fields in cells and lines, and below them the values of the
// focused one. Changes nothing but the scroll position.
#include "tui/form_box.h"

#include <string.h>

#include "session/verbs.h"
#include "text/glyph.h"
#include "tui/dock.h"
#include "tui/margin.h"
#include "tui/subject.h"
#include "tui/values.h"

#define TITLE_LEAST 16 // cells of what is edited, beside what a letter does
#define CELL_MIN    24 // cells of a short field at the least, when there is room for three
#define LABEL_COLS  10 // of a long field
#define END_COLS    34 // of a claim that a link joins

struct cell_at {
    int line, col, cols;
};

static bool is_short(const struct form_row *row)
{
    if (row->type == FORM_ROW_ITEM || row->type == FORM_ROW_ADD)
        return false;
    if (row->type != FORM_ROW_FIELD)
        return true;
    if (row->field->type == FIELD_ID && row->field->key[0] != 'i')
        return false; // another record: its words are shown
    switch (row->field->type) {
    case FIELD_WORD:
    case FIELD_BOOL:
    case FIELD_NUMBER:
    case FIELD_STR:
    case FIELD_ID:
    case FIELD_COUNT:
        return true;
    case FIELD_TIME:
    case FIELD_TEXT:
    case FIELD_SOURCE:
    case FIELD_CP_SPAN:
    case FIELD_CP_SPANS:
    case FIELD_STRS:
    case FIELD_MAP:
    case FIELD_LIST:
        break;
    }
    return false;
}

// Place every row; returns the number of screen lines.
static int place_rows(const struct form_row *rows, size_t count, int cols, struct cell_at *cells)
{
    int across = cols >= 3 * CELL_MIN ? cols / CELL_MIN : cols >= 38 ? 2 : 1;
    int wide = cols / across, line = 0, at = 0;

    for (size_t i = 0; i < count; i++) {
        if (at && (!is_short(&rows[i]) || at == across)) {
            line++;
            at = 0;
        }
        if (is_short(&rows[i])) {
            cells[i] = (struct cell_at){ line, at * wide, wide - 1 };
            at++;
        } else {
            cells[i] = (struct cell_at){ line, 0, cols };
            line++;
        }
    }
    return line + (at > 0);
}

static void links_text(const struct form *form, struct app *app, struct buf *out)
{
    size_t count;

    derive_ends(session_derived(app->session), &form->reading->file.layer, form_record(form, app),
                &count);
    if (count)
        buf_addf(out, "%zu", count);
}

static void row_text(const struct form *form, struct app *app, const struct form_place *place,
                     const struct form_row *row, struct buf *out)
{
    if (row->type == FORM_ROW_ITEM)
        form_data_show_map(app->session, form->reading, place->kind, place->list.items[row->item],
                           out);
    else if (row->type == FORM_ROW_FIELD)
        form_data_show(app->session, form->reading, place->rec, row->field, out);
    else if (row->type == FORM_ROW_LINKS)
        links_text(form, app, out);
}

// Text on one row: line ends as a sign.
static void put_text(struct grid *grid, int row, int col, int cols, struct sv text, enum role role)
{
    struct sv piece;
    int used = 0;

    while (used < cols && sv_split(&text, '\n', &piece)) {
        used += grid_put_cut(grid, row, col + used, cols - used, piece, role);
        if (text.len && used < cols)
            used += grid_put(grid, row, col + used, cols - used, SV("⏎"), ROLE_LABEL);
    }
}

static bool is_action(const struct form_row *row)
{
    return row->type == FORM_ROW_TURN || row->type == FORM_ROW_DELETE || row->type == FORM_ROW_ADD;
}

static int label_cols(const struct form_row *row)
{
    if (is_short(row))
        return glyph_cols(sv_from(row->label)) + 1;
    return row->type == FORM_ROW_ITEM ? 0 : LABEL_COLS;
}

static void draw_row(struct form *form, struct app *app, struct grid *grid, struct rect rect,
                     const struct form_place *place, const struct form_row *row)
{
    struct buf text = { 0 };
    int col = rect.col + 1 + label_cols(row), cols = rect.cols - 1 - label_cols(row);

    grid_put(grid, rect.row, rect.col + 1, rect.cols - 1, sv_from(row->label), ROLE_LABEL);
    row_text(form, app, place, row, &text);
    if (text.len)
        put_text(grid, rect.row, col, cols, buf_sv(&text), ROLE_VALUE);
    else if (!is_action(row))
        grid_put(grid, rect.row, col, cols, SV("·"), ROLE_LABEL);
    buf_release(&text);
}

// The focused row over what draw_row left there; a text being typed may run on to the end of the
// line.
static void draw_focus(struct form *form, struct app *app, struct grid *grid, struct rect rect,
                       const struct form_place *place, const struct form_row *row, int end)
{
    struct buf text = { 0 };
    int col = rect.col + 1 + label_cols(row), cols = rect.cols - 1 - label_cols(row);

    grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    grid_put(grid, rect.row, rect.col + 1, rect.cols - 1, sv_from(row->label),
             is_action(row) ? ROLE_CHOSEN : ROLE_VALUE);
    if (form_is_typing(form)) {
        line_draw(&form->line, grid, rect.row, col, end - col > 3 ? end - col : 3, ROLE_EDIT);
        return;
    }
    row_text(form, app, place, row, &text);
    if (!text.len && !is_action(row))
        buf_add_cstr(&text, "· ");
    put_text(grid, rect.row, col, cols, buf_sv(&text), ROLE_CHOSEN);
    buf_release(&text);
}

// What the link joins: “died with five others” ≠ “six more people”.
static void add_link(const struct form *form, struct app *app, const struct link *link,
                     struct buf *out)
{
    const struct reading *far = sv_is_absent(link->to->article)
                                    ? form->reading
                                    : session_find(app->session, link->to->article);
    const struct claim *from = layer_claim(&form->reading->file.layer, link->from);
    const struct claim *to = far ? layer_claim(&far->file.layer, link->to->claim) : NULL;

    buf_add_cstr(out, "“");
    if (from)
        subject_title(from, END_COLS, out);
    buf_addf(out, "” %s ", margin_link_sign(session_scheme(app->session), link->type));
    if (!to) {
        buf_add(out, article_name(link->to->article));
        return;
    }
    buf_add_cstr(out, "“");
    subject_title(to, END_COLS, out);
    buf_add_cstr(out, "”");
}

static void title_text(struct form *form, struct app *app, struct buf *out)
{
    const void *rec = form_record(form, app);

    buf_addf(out, "%s ", kind_get(form->kind)->name);
    buf_add(out, buf_sv(&form->id));
    for (int i = 0; i < form->path.depth; i++) {
        const struct form_step *step = &form->path.steps[i];

        buf_addf(out, " › %s", form_label(step->field));
        if (step->field->type == FIELD_LIST && step->item != FORM_LIST)
            buf_addf(out, " %zu", step->item + 1);
    }
    if (form->kind == KIND_LINK && rec) {
        buf_add_cstr(out, " ─ ");
        add_link(form, app, rec, out);
    }
    if (form->kind == KIND_CLAIM && rec) {
        buf_add_cstr(out, " ─ ");
        subject_title(rec, LIMIT_COLS, out);
    }
}

// The border with what is edited, and at its end, where a letter does something at once, what.
static void draw_border(struct form *form, struct app *app, struct grid *grid, struct rect rect,
                        const struct form_row *row)
{
    bool is_word = row && !form_is_typing(form) && row->type == FORM_ROW_FIELD &&
                   row->field->type == FIELD_WORD;
    struct buf title = { 0 }, letter = { 0 };
    struct rect head = { rect.row, rect.col, 1, rect.cols };
    int cols;

    title_text(form, app, &title);
    if (is_word)
        buf_addf(&letter, " a letter sets the %s ", form_label(row->field));
    cols = glyph_cols(buf_sv(&letter));
    dock_frame(grid, rect, SV(""), NULL);
    if (cols && rect.cols - cols - 2 >= TITLE_LEAST) {
        head.cols -= cols + 1;
        grid_put(grid, rect.row, rect.col + head.cols, cols, buf_sv(&letter), ROLE_KEY);
    }
    dock_frame(grid, head, buf_sv(&title), NULL);
    buf_release(&title);
    buf_release(&letter);
}

static const char *hint(const struct form *form, const struct form_place *place,
                        const struct form_row *row)
{
    if (form_is_typing(form) && strcmp(row->field->key, "topic") == 0)
        return "<Enter> keeps  <Esc> does not  <Tab> completes";
    if (form_is_typing(form))
        return row->field->type == FIELD_TEXT ? "<Enter> keeps  <Esc> does not  <C-x> editor"
                                              : "<Enter> keeps  <Esc> does not";
    if (row->type == FORM_ROW_ITEM)
        return "<Enter> opens it  <Backspace> takes it out";
    if (row->type != FORM_ROW_FIELD)
        return row->type == FORM_ROW_ADD ? "<Enter> adds one" : "<Enter> does it";
    if (!form_can_edit(place->kind, row->field))
        return "shown only";
    if (row->field->type == FIELD_MAP && row->field->sub == KIND_CUE)
        return "<Enter> chooses words of the text  <Backspace> takes it out";
    if (row->field->type == FIELD_LIST && row->field->sub == KIND_PART)
        return "<Enter> moves the ends in the text";
    if (row->field->type == FIELD_MAP || row->field->type == FIELD_LIST)
        return "<Enter> opens it";
    if (row->field->type == FIELD_BOOL)
        return "y yes  n no  <Space> the other";
    if (row->field->type == FIELD_SOURCE || form_takes_sources(row->field) ||
        form_takes_claims(row->field))
        return "<Enter> chooses  <Backspace> takes it out";
    return "<Enter> edits  <Backspace> takes it out";
}

// The keys and what the field is for; where both have no room, what it is for: the bottom line has
// the keys, too.
static void draw_hint(struct form *form, struct grid *grid, struct rect rect,
                      const struct form_place *place, const struct form_row *row)
{
    struct sv keys = sv_from(hint(form, place, row));
    struct sv help = row->type == FORM_ROW_FIELD ? sv_from(row->field->help) : SV("");
    int used = 0;

    if (!help.len || form_is_typing(form) || glyph_cols(keys) + 2 + glyph_cols(help) <= rect.cols)
        used = grid_put_cut(grid, rect.row, rect.col, rect.cols, keys, ROLE_KEY) + 2;
    if (help.len && used + 4 < rect.cols)
        grid_put_cut(grid, rect.row, rect.col + used, rect.cols - used, help, ROLE_LABEL);
}

// Rows for the values of the focused field, or for its hint.
static int foot_rows(struct app *app, const struct form_row *row, struct rect rect, int lines)
{
    int room = rect.rows - 2, want;

    if (room < 1)
        return 0;
    if (row->type != FORM_ROW_FIELD || row->field->type != FIELD_WORD)
        return 1;
    want = values_rows(session_scheme(app->session), row->field->vocab, rect.cols - 2, room);
    if (want < rect.rows - 1 - lines)
        want = rect.rows - 1 - lines;
    return want < room ? want : room;
}

static struct sv current_word(const struct form_place *place, const struct field *field)
{
    return place->rec ? *(const struct sv *)field_get(place->rec, field) : (struct sv){ 0 };
}

static void draw_foot(struct form *form, struct app *app, struct grid *grid, struct rect rect,
                      const struct form_place *place, const struct form_row *row)
{
    if (rect.rows < 1)
        return;
    if (row->type == FORM_ROW_FIELD && row->field->type == FIELD_WORD)
        values_draw(grid, rect, session_scheme(app->session), row->field->vocab,
                    current_word(place, row->field), NULL);
    else
        draw_hint(form, grid, rect, place, row);
}

static struct rect cell_rect(struct rect rect, const struct cell_at *cell, int top)
{
    return (struct rect){ rect.row + 1 + cell->line - top, rect.col + cell->col, 1, cell->cols };
}

void form_draw(struct overlay *overlay, struct app *app, struct grid *grid, struct rect rect)
{
    struct form *form = (struct form *)overlay;
    struct form_row rows[FORM_ROWS_MAX];
    struct cell_at cells[FORM_ROWS_MAX];
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);
    int lines, foot, room;

    if (count && form->focus >= count)
        form->focus = count - 1;
    draw_border(form, app, grid, rect, count ? &rows[form->focus] : NULL);
    if (!count) {
        grid_put(grid, rect.row + 1, rect.col + 1, rect.cols - 2, SV("it is gone; <Esc>"),
                 ROLE_LABEL);
        return;
    }
    lines = place_rows(rows, count, rect.cols - 1, cells);
    foot = foot_rows(app, &rows[form->focus], rect, lines);
    room = rect.rows - 1 - foot;
    if (cells[form->focus].line < form->top)
        form->top = cells[form->focus].line;
    if (cells[form->focus].line >= form->top + room)
        form->top = cells[form->focus].line - room + 1;
    for (size_t i = 0; i < count; i++) {
        int line = cells[i].line - form->top;

        if (line >= 0 && line < room)
            draw_row(form, app, grid, cell_rect(rect, &cells[i], form->top), &place, &rows[i]);
    }
    draw_focus(form, app, grid, cell_rect(rect, &cells[form->focus], form->top), &place,
               &rows[form->focus], rect.col + rect.cols - 1);
    draw_foot(form, app, grid,
              (struct rect){ rect.row + rect.rows - foot, rect.col + 1, foot, rect.cols - 2 },
              &place, &rows[form->focus]);
}

struct form_spot form_spot_at(struct form *form, struct app *app, struct rect rect, int row,
                              int col)
{
    struct form_spot spot = { .row = SIZE_MAX };
    struct form_row rows[FORM_ROWS_MAX];
    struct cell_at cells[FORM_ROWS_MAX];
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);
    struct rect values;
    int foot;

    if (form->focus >= count)
        return spot;
    foot = foot_rows(app, &rows[form->focus], rect, place_rows(rows, count, rect.cols - 1, cells));
    values = (struct rect){ rect.row + rect.rows - foot, rect.col + 1, foot, rect.cols - 2 };
    if (row >= values.row) {
        if (rows[form->focus].type == FORM_ROW_FIELD && rows[form->focus].field->type == FIELD_WORD)
            spot.word = values_at(values, session_scheme(app->session),
                                  rows[form->focus].field->vocab, NULL, row, col);
        return spot;
    }
    for (size_t i = 0; i < count; i++) {
        struct rect cell = cell_rect(rect, &cells[i], form->top);

        if (cells[i].line >= form->top && row == cell.row && col >= cell.col &&
            col < cell.col + cell.cols)
            spot.row = i;
    }
    return spot;
}
