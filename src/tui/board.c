// The dispute board on the screen: its rows, order, filter, and the way to the texts.
// Never changes a record: what is mended from a row is sheet_edit.c's.
#include "tui/board.h"

#include "session/board.h"
#include "session/verbs.h"
#include "tui/board_box.h"
#include "tui/complete.h"
#include "tui/prompt.h"
#include "tui/subject.h"

static const char *const order_names[BOARD_ORDER__N] = {
    [BOARD_BY_TOPIC] = "by topic",
    [BOARD_BY_WEIGHT] = "by weight",
    [BOARD_BY_PLACE] = "by place",
};

static struct board_box *box_of(struct sheet *sheet)
{
    return (struct board_box *)sheet;
}

// ---- rows

static void add_layer(struct board_layers *layers, const struct reading *reading)
{
    for (size_t i = 0; i < layers->count; i++)
        if (layers->items[i] == &reading->file.layer)
            return;
    MEM_GROW(layers->items, layers->count, layers->cap);
    layers->items[layers->count++] = &reading->file.layer;
}

static bool is_of_event(const struct app *app, const struct reading *of,
                        const struct reading *reading)
{
    const struct reading *other;

    if (reading == of)
        return true;
    for (size_t i = 0; (other = session_other(app->session, of, i)); i++)
        if (other == reading)
            return true;
    return false;
}

// The articles in view first, as they are in view.
static void find_layers(const struct app *app, const struct reading *of,
                        struct board_layers *layers)
{
    const struct reading *other;

    layers->count = 0;
    for (int i = 0; i < 2; i++)
        if (app->views[i].reading && is_of_event(app, of, app->views[i].reading))
            add_layer(layers, app->views[i].reading);
    add_layer(layers, of);
    for (size_t i = 0; (other = session_other(app->session, of, i)); i++)
        add_layer(layers, other);
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct board_box *box = box_of(sheet);

    find_layers(app, sheet->reading, &box->layers);
    board_release(&box->board);
    session_board(app->session, box->layers.items, box->layers.count, box->query, box->order,
                  &box->board);
    sheet->count = box->is_matrix ? box->board.topic_count : box->board.count;
}

static void key(const struct sheet *sheet, size_t row, struct buf *out)
{
    const struct board_box *box = (const struct board_box *)sheet;
    const struct board_row *it = &box->board.rows[row];

    if (box->is_matrix)
        buf_addf(out, "topic " SV_FMT, SV_ARG(box->board.topics[row].name));
    else if (it->link)
        buf_add(out, it->link->id);
    else
        buf_add(out, it->left.claim ? it->left.claim->id : it->right.claim->id);
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct board_box *box = box_of(sheet);
    size_t disputes = 0;

    (void)app;
    for (size_t i = 0; i < box->board.topic_count; i++)
        disputes += box->board.topics[i].disputes;
    if (box->is_matrix)
        buf_addf(out, "board  %zu topics", box->board.topic_count);
    else
        buf_addf(out, "board  %zu row%s", sheet->count, sheet->count == 1 ? "" : "s");
    if (disputes)
        buf_addf(out, "  ≠%zu", disputes);
    if (!box->is_matrix)
        buf_addf(out, "  %s", order_names[box->order]);
    if (box->filter.len)
        buf_addf(out, "  f: %s", buf_cstr(&box->filter));
}

// The names of the columns in full, with their counts.
static void detail_topic(const struct board_box *box, const struct board_topic *topic,
                         struct buf *out)
{
    for (size_t i = 0; i < box->layers.count; i++)
        buf_addf(out, "%s%zu in " SV_FMT, i ? ", " : "", topic->claims[i],
                 SV_ARG(article_name(box->layers.items[i]->head.article)));
}

static void detail(struct sheet *sheet, struct app *app, size_t row, struct buf *out)
{
    const struct board_box *box = box_of(sheet);
    const struct board_row *it = &box->board.rows[row];

    (void)app;
    if (box->is_matrix) {
        detail_topic(box, &box->board.topics[row], out);
        return;
    }
    buf_add_cstr(out, board_weight_name(it->weight));
    if (it->link && !sv_is_blank(it->link->why))
        buf_addf(out, "  because: " SV_FMT, SV_ARG(it->link->why));
    else
        buf_addf(out, ": %s", board_weight_help(it->weight));
    for (size_t i = 0; it->link && i < it->link->searched.count; i++)
        buf_addf(out, "%s" SV_FMT, i ? ", " : "  searched: ", SV_ARG(it->link->searched.items[i]));
}

static struct reading *reading_of(struct app *app, const struct layer *layer)
{
    return layer ? session_find(app->session, layer->head.article) : NULL;
}

// The link of the row, else its claim.
static struct sheet_subject subject(struct sheet *sheet, struct app *app, size_t row)
{
    const struct board_box *box = box_of(sheet);
    const struct board_row *it = &box->board.rows[row];
    const struct board_side *own = it->left.claim ? &it->left : &it->right;

    if (box->is_matrix)
        return (struct sheet_subject){ 0 };
    if (it->link)
        return (struct sheet_subject){ .reading = reading_of(app, it->home),
                                       .section = SECTION_LINKS,
                                       .rec = it->link,
                                       .key = "type" };
    return (struct sheet_subject){
        .reading = reading_of(app, own->layer),
        .section = SECTION_CLAIMS,
        .rec = own->claim,
        .key = "type",
    };
}

// ---- the way to the texts

// The pane that shows a reading, or the one it is opened in.
static enum pane pane_for(struct app *app, struct reading *reading, enum pane free)
{
    for (int i = 0; i < 2; i++)
        if (app->views[i].reading == reading)
            return (enum pane)i;
    view_open(&app->views[free], reading, 0);
    return free;
}

static void show_side(struct app *app, const struct board_side *side, enum pane pane)
{
    struct view *view = &app->views[pane];
    struct byte_span span;

    view_unselect(view);
    if (!side->claim || !app_place(view->reading, side->claim, &span))
        return;
    view_jump(view, span.beg);
    view->picked = side->claim->id;
}

// Both claims in sight, the focus on the left one if there is such.
static void show_row(struct app *app, const struct board_row *row)
{
    struct reading *left = reading_of(app, row->left.layer);
    struct reading *right = reading_of(app, row->right.layer);
    enum pane pane = PANE_ARTICLE, other = PANE_OTHER;

    if (left && right && app->views[PANE_ARTICLE].reading == right && left != right) {
        pane = PANE_OTHER; // they are in view the other way round
        other = PANE_ARTICLE;
    }
    if (right)
        other = pane_for(app, right, other);
    if (left)
        pane = pane_for(app, left, pane);
    if (right)
        show_side(app, &row->right, other);
    if (left)
        show_side(app, &row->left, pane); // within one article: <C-o> goes to the other claim
    app->is_other_on = app->is_other_on || pane == PANE_OTHER || other == PANE_OTHER;
    app->lower = PANE_OTHER;
    app->focus = row->left.claim ? pane : other;
    app->followed = row->left.claim    ? row->left.claim->id
                    : row->right.claim ? row->right.claim->id
                                       : (struct sv){ 0 };
}

static void set_matrix(struct board_box *box, struct app *app, bool is_on)
{
    struct sheet *sheet = &box->sheet;
    size_t row = 0;

    if (is_on && sheet->count)
        row = box->board.rows[sheet->at].topic;
    else if (!is_on && sheet->count)
        row = box->board.topics[sheet->at].first;
    box->is_matrix = is_on;
    box->order = BOARD_BY_TOPIC;
    sheet->count = 0;
    fill(sheet, app);
    sheet_choose(sheet, row);
}

static bool go(struct sheet *sheet, struct app *app, size_t row)
{
    struct board_box *box = box_of(sheet);
    const struct board_row *it = &box->board.rows[row];

    if (box->is_matrix) {
        if (box->board.topics[row].count)
            set_matrix(box, app, false);
        else
            app_say(app, ROLE_MESSAGE, "this topic has no row: no link, and no claim of weight");
        return false;
    }
    show_row(app, it);
    if (it->left.claim && it->right.claim && it->left.layer == it->right.layer)
        app_say(app, ROLE_MESSAGE, "<C-o> goes to the other claim, q to the board");
    else
        app_say(app, ROLE_MESSAGE, "q goes back to the board");
    return true;
}

// ---- order and filter

static void filter_done(struct app *app, struct sv text, bool ok)
{
    struct sheet *sheet = sheet_on_top(app);
    struct query *query = NULL;
    struct err err = { 0 };

    text = sv_trim(text);
    if (!ok || !sheet)
        return;
    if (text.len && !session_query(app->session, text, &query, &err)) {
        app_say_err(app, &err);
        return;
    }
    query_free(box_of(sheet)->query);
    box_of(sheet)->query = query;
    buf_clear(&box_of(sheet)->filter);
    buf_add(&box_of(sheet)->filter, text);
    sheet_stale(sheet);
}

static void filter(struct sheet *sheet, struct app *app)
{
    prompt_open(app, &(struct prompt){ .label = "filter: ",
                                       .history = "filter",
                                       .initial = buf_sv(&box_of(sheet)->filter),
                                       .done = filter_done,
                                       .complete = complete_query });
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    struct board_box *box = box_of(sheet);

    if (id == COMMAND_MATRIX) {
        set_matrix(box, app, !box->is_matrix);
    } else if (id == COMMAND_ROW_SORT && !box->is_matrix) {
        box->order = (enum board_order)((box->order + 1) % BOARD_ORDER__N);
        sheet_stale(sheet);
        app_say(app, ROLE_MESSAGE, "%s", order_names[box->order]);
    } else {
        return false;
    }
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct board_box *box = box_of(sheet);

    (void)app;
    if (id == COMMAND_MATRIX)
        return box->is_matrix ? "rows" : "matrix";
    if (id == COMMAND_ROW_SORT)
        return box->is_matrix ? "" : "sort";
    if (id == COMMAND_ROW_GO && box->is_matrix)
        return sheet->count && box->board.topics[sheet->at].count ? "its rows" : "";
    return NULL;
}

static void box_free(struct sheet *sheet)
{
    struct board_box *box = box_of(sheet);

    board_release(&box->board);
    query_free(box->query);
    buf_release(&box->filter);
    mem_free(box->layers.items);
}

static const struct sheet_ops ops = {
    .name = "board",
    .own = COMMAND_BOARD,
    .size = sizeof(struct board_box),
    .of_article = true,
    .empty = "no row: x on a claim links it to the other article; f changes the filter",
    .fill = fill,
    .title = title,
    .head_rows = 1,
    .head = board_head,
    .lines = board_lines,
    .draw = board_draw,
    .detail = detail,
    .key = key,
    .subject = subject,
    .go = go,
    .filter = filter,
    .command = command,
    .word = word,
    .free = box_free,
};

// To the row of the claim under the cursor, if it has one.
static void choose_claim(struct board_box *box, const struct claim *claim)
{
    for (size_t i = 0; claim && i < box->board.count; i++) {
        const struct board_row *row = &box->board.rows[i];

        if (row->left.claim == claim || row->right.claim == claim) {
            sheet_choose(&box->sheet, i);
            return;
        }
    }
}

void board_open(struct app *app)
{
    struct sheet *sheet = sheet_open(app, &ops);

    if (!sheet)
        return;
    (void)sheet_on_top(app); // makes the rows
    choose_claim(box_of(sheet), view_claim(app_view(app)));
}

bool board_is_ready(const struct app *app)
{
    struct board_layers layers = { 0 };
    bool is_ready;

    if (!app->views[0].reading)
        return true;
    find_layers(app, app->views[0].reading, &layers);
    is_ready = session_is_board_ready(app->session, layers.items, layers.count);
    mem_free(layers.items);
    return is_ready;
}

void board_prepare(struct app *app)
{
    struct board_layers layers = { 0 };

    find_layers(app, app->views[0].reading, &layers);
    session_board_prepare(app->session, layers.items, layers.count);
    mem_free(layers.items);
}
