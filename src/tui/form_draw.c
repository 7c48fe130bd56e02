// The form's picture: a title, the fields in cells and lines, and below them the values of the
// focused one. Changes nothing but the scroll position.
#include "tui/form_box.h"

#include "session/verbs.h"
#include "text/glyph.h"
#include "tui/subject.h"
#include "tui/values.h"

#define HEIGHT_MAX 13
#define CELL_MIN   24 // cells of a short field at the least, when there is room for three
#define LABEL_COLS 10 // of a long field

struct cell_at {
    int line, col, cols;
};

// One height for all fields of a record: the article above must not move while the form is walked
// through.
int form_height(const struct overlay *overlay, const struct app *app, int rows, int cols)
{
    int want = rows >= 16 ? rows / 2 : rows - 4;

    (void)overlay, (void)app, (void)cols;
    want = want > HEIGHT_MAX ? HEIGHT_MAX : want;
    return want < 3 ? 3 : want;
}

static bool is_short(const struct form_row *row)
{
    if (row->type == FORM_ROW_ITEM || row->type == FORM_ROW_ADD)
        return false;
    if (row->type != FORM_ROW_FIELD)
        return true;
    switch (row->field->type) {
    case FIELD_WORD:
    case FIELD_BOOL:
    case FIELD_NUMBER:
    case FIELD_STR:
    case FIELD_ID:
    case FIELD_TIME:
    case FIELD_COUNT:
        return true;
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
        used += grid_put(grid, row, col + used, cols - used, piece, role);
        if (text.len && used < cols)
            used += grid_put(grid, row, col + used, cols - used, SV("⏎"), ROLE_LABEL);
    }
}

static void draw_row(struct form *form, struct app *app, struct grid *grid, struct rect rect,
                     const struct form_place *place, const struct form_row *row, bool is_focused)
{
    struct buf text = { 0 };
    int label = is_short(row)                ? glyph_cols(sv_from(row->label)) + 1
                : row->type == FORM_ROW_ITEM ? 0
                                             : LABEL_COLS;
    bool is_action =
        row->type == FORM_ROW_TURN || row->type == FORM_ROW_DELETE || row->type == FORM_ROW_ADD;
    int col = rect.col + 1, cols = rect.cols - 1;

    if (is_focused)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    grid_put(grid, rect.row, col, cols, sv_from(row->label),
             is_action && is_focused ? ROLE_CHOSEN
             : is_focused            ? ROLE_VALUE
                                     : ROLE_LABEL);
    col += label;
    cols -= label;
    if (is_focused && form_is_typing(form)) {
        line_draw(&form->line, grid, rect.row, col, cols < 3 ? 3 : cols, ROLE_EDIT);
        return;
    }
    row_text(form, app, place, row, &text);
    if (!text.len && !is_action)
        buf_add_cstr(&text, is_focused ? " · " : "·");
    put_text(grid, rect.row, col, cols, buf_sv(&text),
             is_focused                          ? ROLE_CHOSEN
             : text.len && text.ptr[0] != '\xC2' ? ROLE_VALUE
                                                 : ROLE_LABEL);
    buf_release(&text);
}

static void draw_title(struct form *form, struct app *app, struct grid *grid, struct rect rect)
{
    const void *rec = form_record(form, app);
    struct buf title = { 0 };

    buf_addf(&title, " %s ", kind_get(form->kind)->name);
    buf_add(&title, buf_sv(&form->id));
    for (int i = 0; i < form->path.depth; i++) {
        const struct form_step *step = &form->path.steps[i];

        buf_addf(&title, " › %s", form_label(step->field));
        if (step->field->type == FIELD_LIST && step->item != FORM_LIST)
            buf_addf(&title, " %zu", step->item + 1);
    }
    buf_add_cstr(&title, " ");
    if (form->kind == KIND_CLAIM && rec) {
        buf_add_cstr(&title, "─ ");
        subject_title(rec, rect.cols, &title);
        buf_add_cstr(&title, " ");
    }
    grid_fill(grid, (struct rect){ rect.row, rect.col, 1, rect.cols }, "─", ROLE_FRAME_ON);
    grid_put(grid, rect.row, rect.col + 1, rect.cols - 2, buf_sv(&title), ROLE_LABEL);
    buf_release(&title);
}

static const char *hint(const struct form *form, const struct form_place *place,
                        const struct form_row *row)
{
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
        return "<Space> yes or no";
    if (row->field->type == FIELD_SOURCE || form_takes_sources(row->field) ||
        form_takes_claims(row->field))
        return "<Enter> chooses  <Backspace> takes it out";
    return "<Enter> edits  <Backspace> takes it out";
}

static void draw_hint(struct form *form, struct grid *grid, struct rect rect,
                      const struct form_place *place, const struct form_row *row)
{
    const char *help = row->type == FORM_ROW_FIELD ? row->field->help : "";
    int used =
        grid_put(grid, rect.row, rect.col, rect.cols, sv_from(hint(form, place, row)), ROLE_KEY);

    if (*help && used + 4 < rect.cols)
        grid_put(grid, rect.row, rect.col + used + 2, rect.cols - used - 2, sv_from(help),
                 ROLE_LABEL);
}

// Rows for the values of the focused field, or for its hint.
static int foot_rows(struct app *app, const struct form_row *row, struct rect rect, int lines)
{
    int room = rect.rows - 2, want;

    if (room < 1)
        return 0;
    if (row->type != FORM_ROW_FIELD || row->field->type != FIELD_WORD)
        return 1;
    want = values_rows(session_scheme(app->session), row->field->vocab, rect.cols - 2, NULL);
    if (want < rect.rows - 1 - lines) // keep the values in one place when there is room for all
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

void form_draw(struct overlay *overlay, struct app *app, struct grid *grid, struct rect rect)
{
    struct form *form = (struct form *)overlay;
    struct form_row rows[FORM_ROWS_MAX];
    struct cell_at cells[FORM_ROWS_MAX];
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);
    int lines, foot, room;

    grid_fill(grid, rect, " ", ROLE_TEXT);
    grid->is_cursor_visible = false;
    draw_title(form, app, grid, rect);
    if (!count) {
        grid_put(grid, rect.row + 1, rect.col + 1, rect.cols - 2, SV("it is gone; <Esc>"),
                 ROLE_LABEL);
        return;
    }
    if (form->focus >= count)
        form->focus = count - 1;
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
            draw_row(
                form, app, grid,
                (struct rect){ rect.row + 1 + line, rect.col + cells[i].col, 1, cells[i].cols },
                &place, &rows[i], i == form->focus);
    }
    draw_foot(form, app, grid,
              (struct rect){ rect.row + rect.rows - foot, rect.col + 1, foot, rect.cols - 2 },
              &place, &rows[form->focus]);
}
