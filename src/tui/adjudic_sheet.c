// The differences of an adjudication as a list: what is open, agreed, decided; and to the lanes of
// each. Decides nothing, and keeps no pointer to a row from one key to the next.
#include "tui/adjudic_box.h"

#include "model/name.h"
#include "text/glyph.h"
#include "tui/form_data.h"
#include "tui/form_rows.h"
#include "tui/sheet.h"

#define WIDE_COLS   60 // from here the words stand beside the state
#define STATE_COLS  14
#define WEIGHT_COLS 15
#define LEFT_COLS   2

struct differences {
    struct sheet sheet; // first: the list is its sheet
    size_t *rows;       // places in the order of the adjudication
    bool is_open_only, is_begun;
};

static struct differences *list_of(struct sheet *sheet)
{
    return (struct differences *)sheet;
}

static const struct adjudicate_row *row_of(struct sheet *sheet, struct app *app, size_t at)
{
    return adjudic_row_at(app, list_of(sheet)->rows[at]);
}

// ---- rows

// The words of a claim's row.
static void add_words(struct app *app, const struct adjudicate_row *row, struct buf *out)
{
    const void *rec = row->count           ? row->members[0].rec
                      : row->settled_count ? row->settled[0].rec
                                           : NULL;

    if (rec)
        form_data_show(app->session, NULL, rec, kind_find(kind_get(KIND_CLAIM), SV("span")), out);
}

// A claim by its words, a link by those of its ends and its relation.
static void add_text(struct app *app, const struct adjudicate_row *row, struct buf *out)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    const struct link *link = row->count           ? row->members[0].rec
                              : row->settled_count ? row->settled[0].rec
                                                   : NULL;

    if (row->section == SECTION_CLAIMS) {
        add_words(app, row, out);
        return;
    }
    for (int i = 0; i < 2; i++) {
        if (i && link)
            buf_addf(out, " " SV_FMT " ", SV_ARG(link->type));
        if (row->ends[i] != SIZE_MAX)
            add_words(app, &rows->rows[row->ends[i]], out);
        else
            buf_add(out, row->silent.len ? row->silent : SV("?"));
    }
}

static bool is_seen(struct differences *list, struct app *app, const struct adjudicate_row *row)
{
    struct sv filter = buf_sv(&list->sheet.filter);
    struct arena arena = { 0 };
    struct buf text = { 0 };
    bool is_seen = true;

    if (list->is_open_only && !adjudicate_is_open(row->state))
        return false;
    if (!filter.len)
        return true;
    buf_addf(&text, "%s %s ", adjudicate_state_name(row->state),
             adjudicate_weight_name(row->weight));
    add_text(app, row, &text);
    is_seen = sv_find(name_fold(&arena, buf_sv(&text)), name_fold(&arena, filter), 0) != SIZE_MAX;
    arena_release(&arena);
    buf_release(&text);
    return is_seen;
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct differences *list = list_of(sheet);
    size_t count = adjudic_count(app);

    mem_free(list->rows);
    list->rows = mem_new((count + 1) * sizeof(*list->rows));
    for (size_t i = 0; i < count; i++) {
        if (!is_seen(list, app, adjudic_row_at(app, i)))
            continue;
        if (!list->is_begun && i <= app->adjudic->at) // the one at hand, or the last before it
            sheet->at = sheet->count;
        list->rows[sheet->count++] = i;
    }
    if (!list->is_begun)
        buf_clear(&sheet->chosen);
    list->is_begun = true;
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct differences *list = list_of(sheet);

    buf_add_cstr(out, "differences  ");
    adjudic_add_counts(app, out);
    buf_add_cstr(out, app->adjudic->is_by_place ? "  in text order" : "  by weight");
    if (list->is_open_only)
        buf_add_cstr(out, "  open ones");
    if (sheet->filter.len)
        buf_addf(out, "  f: %s", buf_cstr(&sheet->filter));
}

static void key(const struct sheet *sheet, size_t at, struct buf *out)
{
    buf_addf(out, "%zu", ((const struct differences *)sheet)->rows[at]);
}

// What was decided, by whom and why; else what it differs in, or who has it.
static void detail(struct sheet *sheet, struct app *app, size_t at, struct buf *out)
{
    const struct adjudicate_row *row = row_of(sheet, app, at);
    struct decision decision = { 0 };
    size_t fields[ADJUDICATE_FIELDS], count, differ = 0;

    if (row->settled_count)
        decision = decision_get(row->section, row->settled[0].rec);
    if (decision.word.len) {
        buf_add(out, decision.word);
        if (decision.by.len)
            buf_addf(out, "  by " SV_FMT, SV_ARG(decision.by));
        if (decision.why.len)
            buf_addf(out, "  because: " SV_FMT, SV_ARG(decision.why));
        return;
    }
    buf_add_cstr(out, adjudicate_weight_help(row->weight));
    count = adjudic_fields(row, fields);
    for (size_t i = 0; i < count; i++)
        if (adjudic_differs(row, fields[i]))
            buf_addf(out, "%s%s", differ++ ? ", " : ": ",
                     form_label(adjudic_field(row, fields[i])));
}

// ---- drawing

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    (void)sheet, (void)app, (void)row;
    return cols < WIDE_COLS ? 2 : 1;
}

// The numbers of the annotators who have it, as in the lanes.
static void add_raters(struct app *app, const struct adjudicate_row *row, struct buf *out)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);

    for (size_t r = 0; r < rows->raters; r++)
        if (adjudic_member(row, r) < row->count)
            buf_addf(out, "%s%zu", out->len ? " " : "", r + 1);
}

static void draw(struct sheet *sheet, struct app *app, size_t at, struct grid *grid,
                 struct rect rect)
{
    const struct adjudicate_row *row = row_of(sheet, app, at);
    int col = rect.col + LEFT_COLS, end = rect.col + rect.cols - 1;
    bool is_open = adjudicate_is_open(row->state), is_chosen = at == sheet->at;
    struct buf text = { 0 }, raters = { 0 };

    if (is_chosen)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    grid_put_cut(grid, rect.row, col, STATE_COLS - 1, sv_from(adjudicate_state_name(row->state)),
                 is_open ? ROLE_WARNING : ROLE_LABEL);
    col += STATE_COLS;
    if (row->weight != ADJUDICATE_NONE)
        grid_put_cut(grid, rect.row, col, WEIGHT_COLS - 1,
                     sv_from(adjudicate_weight_name(row->weight)),
                     row->weight <= ADJUDICATE_CONTESTED ? ROLE_DISPUTED : ROLE_VALUE);
    col += WEIGHT_COLS;
    add_raters(app, row, &raters);
    grid_put_cut(grid, rect.row, col, end - col, buf_sv(&raters), ROLE_LABEL);
    col += 2 * (int)adjudicating_now(app->adjudic->it)->raters;
    if (rect.cols < WIDE_COLS) {
        rect.row++;
        rect.rows--;
        col = rect.col + LEFT_COLS + 2;
    }
    add_text(app, row, &text);
    if (rect.rows > 0)
        grid_put_cut(grid, rect.row, col, end - col, buf_sv(&text),
                     is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
    buf_release(&text);
    buf_release(&raters);
}

// ---- commands

static struct sheet_subject subject(struct sheet *sheet, struct app *app, size_t at)
{
    (void)sheet, (void)app, (void)at;
    return (struct sheet_subject){ 0 };
}

// The list goes: where the lanes are is told from their own line.
static bool go(struct sheet *sheet, struct app *app, size_t at)
{
    size_t row = list_of(sheet)->rows[at];

    app_pop(app);
    adjudic_open(app);
    adjudic_go(app, row);
    return false;
}

static void filter(struct sheet *sheet, struct app *app)
{
    sheet_ask_filter(sheet, app, "differences with: ");
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    struct differences *list = list_of(sheet);

    if (id != COMMAND_ROW_SORT && id != COMMAND_MATRIX)
        return false;
    if (sheet->count)
        adjudic_go(app, list->rows[sheet->at]); // so that it is chosen again
    if (id == COMMAND_ROW_SORT)
        adjudic_sort(app);
    else
        list->is_open_only = !list->is_open_only;
    list->is_begun = false; // numbers of rows mean others now
    sheet_stale(sheet);
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    if (id == COMMAND_ROW_GO)
        return sheet->count ? "its lanes" : "";
    if (id == COMMAND_MATRIX)
        return list_of(sheet)->is_open_only ? "all" : "open ones";
    if (id == COMMAND_ROW_SORT)
        return app->adjudic->is_by_place ? "by weight" : "in text order";
    return NULL;
}

static void list_free(struct sheet *sheet)
{
    mem_free(list_of(sheet)->rows);
}

static const struct sheet_ops ops = {
    .name = "differences",
    .own = COMMAND_DIFFERENCES,
    .size = sizeof(struct differences),
    .empty = "nothing is open; m shows what is agreed and decided",
    .fill = fill,
    .title = title,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .subject = subject,
    .go = go,
    .filter = filter,
    .command = command,
    .word = word,
    .free = list_free,
};

void adjudic_list(struct app *app)
{
    if (adjudic_is_there(app))
        (void)sheet_open(app, &ops);
}
