// The rows of the dispute board: two wordings side by side with the relation between them, or one
// under the other where columns are few; and the matrix of topics by articles.
#include "tui/board_box.h"

#include "session/verbs.h"
#include "text/glyph.h"
#include "text/wrap.h"

#define BESIDE_COLS   60 // from here the wordings stand side by side
#define WIDE_COLS     100
#define WORDING_LINES 2
#define MID_LINES     4
#define MARK_COLS     2 // the sign of the chosen row
#define GAP           2

static struct board_box *box_of(struct sheet *sheet)
{
    return (struct board_box *)sheet;
}

// What stands between the two: relation, point, values, and where both are if that is one article.
struct middle {
    struct buf lines[MID_LINES];
    int count;
    bool disputes;
};

static void middle_release(struct middle *middle)
{
    for (int i = 0; i < MID_LINES; i++)
        buf_release(&middle->lines[i]);
}

static void add_relation(struct app *app, const struct board_row *row, struct middle *out)
{
    const struct link *link = row->link;
    const struct word *type =
        link ? scheme_find(session_scheme(app->session), VOCAB_LINK, link->type) : NULL;
    struct buf *line = &out->lines[out->count++];

    out->disputes = type && type->disputes;
    if (out->disputes)
        buf_add_cstr(line, "≠ ");
    if (type && type->one_end)
        buf_add_cstr(line, "∅ ");
    if (type && type->ordered)
        buf_add_cstr(line, row->is_turned ? "← " : "→ ");
    if (link)
        buf_add(line, link->type);
    else
        buf_add_cstr(line, "alone");
}

static void middle_make(struct app *app, const struct board_row *row, struct middle *out)
{
    const struct link *link = row->link;
    const struct value *left, *right;

    *out = (struct middle){ 0 };
    add_relation(app, row, out);
    if (link && (link->point.len || link->strict)) {
        struct buf *line = &out->lines[out->count++];

        buf_add(line, link->point);
        buf_add_cstr(line, !link->strict ? "" : link->point.len ? ", strict" : "strict");
    }
    if (board_values(row, &left, &right)) {
        struct buf *line = &out->lines[out->count++];

        value_figure(left, line);
        buf_add_cstr(line, " : ");
        value_figure(right, line);
    }
    if (link && row->left.layer && row->left.layer == row->right.layer) {
        struct buf *line = &out->lines[out->count++];

        buf_addf(line, "in " SV_FMT, SV_ARG(article_name(row->left.article)));
    }
}

// ---- headings of groups

static bool begins_group(const struct board_box *box, size_t row)
{
    const struct board_row *it = &box->board.rows[row], *last = row ? it - 1 : NULL;

    if (box->order == BOARD_BY_TOPIC)
        return !last || last->topic != it->topic;
    return box->order == BOARD_BY_WEIGHT && (!last || last->weight != it->weight);
}

static void draw_group(const struct board_box *box, const struct board_row *row, struct grid *grid,
                       struct rect rect)
{
    const struct board_topic *topic = &box->board.topics[row->topic];
    int col = rect.col + 1, end = rect.col + rect.cols;

    if (box->order == BOARD_BY_WEIGHT) {
        col += grid_putf(grid, rect.row, col, rect.cols, ROLE_VALUE, "%s ",
                         board_weight_name(row->weight));
        grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, " %s",
                  board_weight_help(row->weight));
        return;
    }
    col += grid_put_cut(grid, rect.row, col, rect.cols - 12,
                        topic->name.len ? topic->name : SV("(no topic)"), ROLE_VALUE);
    if (topic->count > 1)
        col += grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, "  %zu rows", topic->count);
    if (topic->disputes)
        grid_putf(grid, rect.row, col, end - col, ROLE_DISPUTED, "  ≠%zu", topic->disputes);
}

// ---- sides

static void wording(const struct claim *claim, struct buf *out)
{
    buf_add_cstr(out, "“");
    verbs_quote(claim, out);
    buf_add_cstr(out, "”");
}

// Who says it; where several articles meet, which one it is comes first.
static void voices(const struct board_box *box, struct app *app, const struct board_side *side,
                   struct buf *out)
{
    if (box->layers.count > 2)
        buf_addf(out, SV_FMT ": ", SV_ARG(article_name(side->article)));
    if (side->claim->attributed_to.count)
        verbs_chain(app->session, NULL, side->claim, out);
    else if (box->layers.count > 2)
        buf_add_cstr(out, "own voice");
}

static int count_lines(struct sv text, int cols, int most)
{
    struct sv piece;
    int count = 0;

    while (count < most && wrap_string(&text, cols, &piece))
        count++;
    return count;
}

static int side_lines(const struct board_box *box, struct app *app, const struct board_side *side,
                      int cols)
{
    struct buf text = { 0 }, chain = { 0 };
    int lines = 1;

    if (side->claim) {
        wording(side->claim, &text);
        voices(box, app, side, &chain);
        lines = count_lines(buf_sv(&text), cols, WORDING_LINES) + (chain.len > 0);
    }
    buf_release(&text);
    buf_release(&chain);
    return lines;
}

// Text in at most `lines` lines; the last one is cut. Returns how many it took.
static int put_lines(struct grid *grid, struct rect rect, struct sv text, int lines, enum role role)
{
    struct sv piece;
    int row = 0;

    lines = lines < rect.rows ? lines : rect.rows;
    for (; row < lines - 1 && count_lines(text, rect.cols, 2) > 1; row++) {
        if (!wrap_string(&text, rect.cols, &piece))
            break;
        grid_put(grid, rect.row + row, rect.col, rect.cols, piece, role);
    }
    if (row < lines)
        grid_put_cut(grid, rect.row + row, rect.col, rect.cols, text, role);
    return row + 1;
}

// What stands for a side without a claim. Only of an article that a link calls silent is anything
// said; where several articles meet, which one it is.
static void put_nothing(const struct board_box *box, const struct board_row *row,
                        const struct board_side *side, struct grid *grid, struct rect rect)
{
    struct buf text = { 0 };
    bool is_lost = row->link && row->link->to && row->link->to->claim.len;

    buf_add_cstr(&text, is_lost ? "(a claim that is not there)" : !row->link ? "—" : "nothing");
    if (row->link && box->layers.count > 2 && side->article.len)
        buf_addf(&text, " in " SV_FMT, SV_ARG(article_name(side->article)));
    grid_put_cut(grid, rect.row, rect.col, rect.cols, buf_sv(&text), ROLE_LABEL);
    buf_release(&text);
}

static void draw_side(const struct board_box *box, struct app *app, const struct board_row *row,
                      const struct board_side *side, struct grid *grid, struct rect rect,
                      bool is_chosen)
{
    struct buf text = { 0 };
    int used;

    if (!side->claim) {
        put_nothing(box, row, side, grid, rect);
        return;
    }
    wording(side->claim, &text);
    used = put_lines(grid, rect, buf_sv(&text), WORDING_LINES, is_chosen ? ROLE_VALUE : ROLE_TEXT);
    buf_clear(&text);
    voices(box, app, side, &text);
    if (used < rect.rows)
        grid_put_cut(grid, rect.row + used, rect.col, rect.cols, buf_sv(&text), ROLE_SOURCE);
    buf_release(&text);
}

// ---- side by side

struct columns {
    int side, middle; // cells
};

static struct columns columns_of(int cols)
{
    struct columns columns = { .middle = cols >= WIDE_COLS ? 20 : 18 };

    columns.side = (cols - MARK_COLS - columns.middle - 2 * GAP) / 2;
    return columns;
}

static void draw_beside(const struct board_box *box, struct app *app, const struct board_row *row,
                        struct grid *grid, struct rect rect, bool is_chosen)
{
    struct columns columns = columns_of(rect.cols);
    int col = rect.col + MARK_COLS;
    struct middle middle;

    middle_make(app, row, &middle);
    draw_side(box, app, row, &row->left, grid,
              (struct rect){ rect.row, col, rect.rows, columns.side }, is_chosen);
    col += columns.side + GAP;
    for (int i = 0; i < middle.count && i < rect.rows; i++)
        grid_put_cut(grid, rect.row + i, col, columns.middle, buf_sv(&middle.lines[i]),
                     i                 ? ROLE_LABEL
                     : middle.disputes ? ROLE_DISPUTED
                                       : ROLE_VALUE);
    col += columns.middle + GAP;
    draw_side(box, app, row, &row->right, grid,
              (struct rect){ rect.row, col, rect.rows, columns.side }, is_chosen);
    middle_release(&middle);
}

// ---- one under the other

static bool has_line(const struct board_row *row, const struct board_side *side)
{
    return side->claim || row->link;
}

// The number of the article's column, the wording, and who says it as far as there is room.
static void draw_folded_side(const struct board_box *box, struct app *app,
                             const struct board_row *row, const struct board_side *side,
                             struct grid *grid, struct rect rect, bool is_chosen)
{
    struct buf text = { 0 }, chain = { 0 };
    int col = rect.col, end = rect.col + rect.cols, room;
    size_t number = 0;

    while (number < box->layers.count && box->layers.items[number] != side->layer)
        number++;
    if (number < box->layers.count)
        grid_putf(grid, rect.row, col, 2, ROLE_LABEL, "%zu", number + 1);
    col += 2;
    if (!side->claim) {
        put_nothing(box, row, side, grid, (struct rect){ rect.row, col, 1, end - col });
        return;
    }
    wording(side->claim, &text);
    verbs_chain(app->session, NULL, side->claim, &chain);
    room = chain.len ? glyph_cols(buf_sv(&chain)) + 1 : 0;
    room = room > (end - col) / 3 ? (end - col) / 3 : room;
    col += grid_put_cut(grid, rect.row, col, end - col - room, buf_sv(&text),
                        is_chosen ? ROLE_VALUE : ROLE_TEXT);
    if (room > 1)
        grid_put_cut(grid, rect.row, col + 1, end - col - 1, buf_sv(&chain), ROLE_SOURCE);
    buf_release(&text);
    buf_release(&chain);
}

static void draw_folded(const struct board_box *box, struct app *app, const struct board_row *row,
                        struct grid *grid, struct rect rect, bool is_chosen)
{
    int col = rect.col + MARK_COLS, end = rect.col + rect.cols, line = 1;
    struct middle middle;

    middle_make(app, row, &middle);
    for (int i = 0; i < middle.count && col < end; i++)
        col += 2 + grid_put_cut(grid, rect.row, col, end - col, buf_sv(&middle.lines[i]),
                                i                 ? ROLE_LABEL
                                : middle.disputes ? ROLE_DISPUTED
                                                  : ROLE_VALUE);
    middle_release(&middle);
    for (int i = 0; i < 2; i++) {
        const struct board_side *side = i ? &row->right : &row->left;

        if (!has_line(row, side) || line >= rect.rows)
            continue;
        draw_folded_side(
            box, app, row, side, grid,
            (struct rect){ rect.row + line++, rect.col + MARK_COLS, 1, rect.cols - MARK_COLS },
            is_chosen);
    }
}

// ---- the matrix

#define TOPIC_COLS  20
#define COUNT_COLS  6
#define COLUMN_MOST 24

// Cells of an article's column; the topic's are what is left.
static int column_cols(const struct board_box *box, int cols)
{
    int room = cols - MARK_COLS - 2 * COUNT_COLS - (cols >= BESIDE_COLS ? TOPIC_COLS : 12);
    int each = room / (int)box->layers.count;

    return each > COLUMN_MOST ? COLUMN_MOST : each < 3 ? 3 : each;
}

static void put_right(struct grid *grid, int row, int col, int cols, struct sv text, enum role role)
{
    int used = glyph_cols(text);

    grid_put_cut(grid, row, col + (used < cols - 1 ? cols - used : 1), cols - 1, text, role);
}

static void put_count(struct grid *grid, int row, int col, int cols, size_t count, enum role role)
{
    struct buf text = { 0 };

    if (count)
        buf_addf(&text, "%zu", count);
    else
        buf_add_cstr(&text, "·");
    put_right(grid, row, col, cols, buf_sv(&text), count ? role : ROLE_LABEL);
    buf_release(&text);
}

static int topic_cols(const struct board_box *box, int cols)
{
    int used = column_cols(box, cols) * (int)box->layers.count + 2 * COUNT_COLS + MARK_COLS;

    return cols - used < TOPIC_COLS * 2 ? cols - used : TOPIC_COLS * 2;
}

static void draw_topic(const struct board_box *box, size_t index, struct grid *grid,
                       struct rect rect, bool is_chosen)
{
    const struct board_topic *topic = &box->board.topics[index];
    int each = column_cols(box, rect.cols), col = rect.col + MARK_COLS;
    int wide = topic_cols(box, rect.cols);

    grid_put_cut(grid, rect.row, col, wide, topic->name.len ? topic->name : SV("(no topic)"),
                 is_chosen ? ROLE_CHOSEN : ROLE_VALUE);
    col += wide;
    for (size_t i = 0; i < box->layers.count; i++, col += each)
        put_count(grid, rect.row, col, each, topic->claims[i], ROLE_TEXT);
    put_count(grid, rect.row, col, COUNT_COLS, topic->links, ROLE_TEXT);
    put_count(grid, rect.row, col + COUNT_COLS, COUNT_COLS, topic->disputes, ROLE_DISPUTED);
}

static void draw_matrix_head(const struct board_box *box, struct grid *grid, struct rect rect)
{
    int each = column_cols(box, rect.cols), col = rect.col + MARK_COLS;

    grid_put(grid, rect.row, col, TOPIC_COLS, SV("topic"), ROLE_LABEL);
    col += topic_cols(box, rect.cols);
    for (size_t i = 0; i < box->layers.count; i++, col += each)
        put_right(grid, rect.row, col, each, article_name(box->layers.items[i]->head.article),
                  ROLE_LABEL);
    put_right(grid, rect.row, col, COUNT_COLS, SV("links"), ROLE_LABEL);
    put_right(grid, rect.row, col + COUNT_COLS, COUNT_COLS, SV("≠"), ROLE_LABEL);
}

// ---- for the sheet

int board_lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    const struct board_box *box = box_of(sheet);
    const struct board_row *it = &box->board.rows[row];
    int lines, side;
    struct middle middle;

    if (box->is_matrix)
        return 1;
    if (cols < BESIDE_COLS)
        return begins_group(box, row) + 1 + has_line(it, &it->left) + has_line(it, &it->right);
    middle_make(app, it, &middle);
    lines = middle.count;
    middle_release(&middle);
    side = side_lines(box, app, &it->left, columns_of(cols).side);
    lines = side > lines ? side : lines;
    side = side_lines(box, app, &it->right, columns_of(cols).side);
    lines = side > lines ? side : lines;
    return begins_group(box, row) + lines;
}

void board_draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                struct rect rect)
{
    const struct board_box *box = box_of(sheet);
    bool is_chosen = row == sheet->at;

    if (!box->is_matrix && begins_group(box, row)) {
        draw_group(box, &box->board.rows[row], grid, rect);
        rect.row++;
        rect.rows--;
    }
    if (rect.rows < 1)
        return;
    if (is_chosen)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    if (box->is_matrix)
        draw_topic(box, row, grid, rect, is_chosen);
    else if (rect.cols >= BESIDE_COLS)
        draw_beside(box, app, &box->board.rows[row], grid, rect, is_chosen);
    else
        draw_folded(box, app, &box->board.rows[row], grid, rect, is_chosen);
}

void board_head(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect)
{
    const struct board_box *box = box_of(sheet);
    struct columns columns = columns_of(rect.cols);
    int col = rect.col + MARK_COLS;
    struct sv names[2] = { SV("one article"), SV("another") };

    (void)app;
    if (box->is_matrix) {
        draw_matrix_head(box, grid, rect);
        return;
    }
    if (rect.cols < BESIDE_COLS) {
        for (size_t i = 0; i < box->layers.count && col < rect.col + rect.cols; i++)
            col += 2 + grid_putf(grid, rect.row, col, rect.col + rect.cols - col, ROLE_LABEL,
                                 "%zu " SV_FMT, i + 1,
                                 SV_ARG(article_name(box->layers.items[i]->head.article)));
        return;
    }
    for (size_t i = 0; i < 2 && box->layers.count == 2; i++)
        names[i] = article_name(box->layers.items[i]->head.article);
    grid_put_cut(grid, rect.row, col, columns.side, names[0], ROLE_LABEL);
    grid_put_cut(grid, rect.row, col + columns.side + GAP, columns.middle, SV("relation"),
                 ROLE_LABEL);
    grid_put_cut(grid, rect.row, col + columns.side + columns.middle + 2 * GAP, columns.side,
                 names[1], ROLE_LABEL);
}
