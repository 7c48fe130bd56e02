// What is no longer where it was because a text changed: old and new words below each other, to be
// accepted, placed anew or deleted. Decides nothing by itself: what was sure is written when asked.
#include "tui/misplaced.h"

#include <stdlib.h>

#include "session/reanchor.h"
#include "session/verbs.h"
#include "tui/sheet.h"
#include "tui/subject.h"

#define MARK_COLS    2
#define LABEL_COLS   4
#define CONTEXT_COLS 24
#define LEAD_COLS    20   // of what is the same, before what differs
#define QUOTE_MOST   8000 // bytes of text that a row is made of
#define ROW_LINES    3

struct shown_part { // one article
    struct reading *reading;
    struct reanchor found;
};

struct shown_row {
    size_t part;
    const struct reanchor_item *item;
    const struct reanchor_piece *piece; // the worst of it, the first of these
};

struct box {
    struct sheet sheet; // first: the box is its sheet
    struct shown_part *parts;
    size_t part_count, part_cap;
    struct shown_row *rows;
    size_t row_cap;
};

static struct box *box_of(struct sheet *sheet)
{
    return (struct box *)sheet;
}

static struct sv id_of(const struct shown_row *row)
{
    return ((const struct record *)row->item->rec)->id;
}

// ---- rows

static void parts_release(struct box *box)
{
    for (size_t i = 0; i < box->part_count; i++)
        reanchor_release(&box->parts[i].found);
    box->part_count = 0;
}

static const struct reanchor_piece *worst_of(const struct reanchor *found,
                                             const struct reanchor_item *item)
{
    size_t worst = item->first;

    for (size_t i = 0; i < item->count; i++)
        if (found->pieces[item->first + i].anchor > found->pieces[worst].anchor)
            worst = item->first + i;
    return &found->pieces[worst];
}

// What is doubtful first, then what is lost, then what moved; in each the order of the text.
static int compare_rows(const void *a, const void *b)
{
    static const int order[] = { 3, 2, 0, 1 };
    const struct shown_row *x = a, *y = b;
    size_t at = x->piece->from.beg, other = y->piece->from.beg;

    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    if (x->item->anchor != y->item->anchor)
        return order[x->item->anchor] - order[y->item->anchor];
    return at != other ? (at < other ? -1 : 1) : sv_cmp(id_of(x), id_of(y));
}

static void add_part(struct box *box, struct reading *reading)
{
    size_t index = box->part_count;
    struct shown_part *part;

    MEM_GROW(box->parts, box->part_count, box->part_cap);
    part = &box->parts[box->part_count++];
    *part = (struct shown_part){ .reading = reading };
    reanchor_find(reading, &part->found);
    for (size_t i = 0; i < part->found.count; i++) {
        const struct reanchor_item *item = &part->found.items[i];

        MEM_GROW(box->rows, box->sheet.count, box->row_cap);
        box->rows[box->sheet.count++] =
            (struct shown_row){ index, item, worst_of(&part->found, item) };
    }
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct box *box = box_of(sheet);
    struct reading *other;

    parts_release(box);
    sheet->count = 0;
    add_part(box, box->sheet.reading);
    for (size_t i = 0; (other = session_other(app->session, box->sheet.reading, i)); i++)
        add_part(box, other);
    if (sheet->count)
        qsort(box->rows, sheet->count, sizeof(*box->rows), compare_rows);
}

static void key(const struct sheet *sheet, size_t row, struct buf *out)
{
    const struct shown_row *it = &((const struct box *)sheet)->rows[row];

    buf_addf(out, "%zu " SV_FMT, it->part, SV_ARG(id_of(it)));
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct box *box = box_of(sheet);
    size_t counts[ANCHOR_LOST + 1] = { 0 };

    (void)app;
    for (size_t i = 0; i < box->part_count; i++)
        for (int state = 0; state <= ANCHOR_LOST; state++)
            counts[state] += box->parts[i].found.counts[state];
    buf_addf(out, "no longer where it was  %zu doubtful  %zu lost  %zu moved", counts[ANCHOR_DOUBT],
             counts[ANCHOR_LOST], counts[ANCHOR_MOVED]);
}

static void detail(struct sheet *sheet, struct app *app, size_t row, struct buf *out)
{
    const struct box *box = box_of(sheet);
    const struct shown_row *it = &box->rows[row];

    (void)app;
    if (it->item->anchor == ANCHOR_MOVED)
        buf_add_cstr(out, "sure: A writes all that moved");
    else if (it->piece->cue)
        buf_add_cstr(out, it->item->anchor == ANCHOR_DOUBT
                              ? "the cue: a takes what stands there, e opens the form to choose it"
                              : "the cue: e opens the form to choose it");
    else
        buf_add_cstr(out, it->item->anchor == ANCHOR_DOUBT
                              ? "a takes what stands there, r chooses the place, d deletes"
                              : "r chooses the place, d deletes; otherwise it stays, lost");
    buf_add_cstr(out, anchors_has_old(box->parts[it->part].reading->anchors)
                          ? "; found by the old text"
                          : "; found by quote and context");
}

static struct byte_span span_of(const struct box *box, const struct shown_row *row)
{
    if (row->piece->to.end <= row->piece->to.beg)
        return (struct byte_span){ 0 };
    return article_to_bytes(box->parts[row->part].reading->article, row->piece->to);
}

static struct sheet_subject subject(struct sheet *sheet, struct app *app, size_t row)
{
    const struct box *box = box_of(sheet);
    const struct shown_row *it = &box->rows[row];

    (void)app;
    return (struct sheet_subject){ .reading = box->parts[it->part].reading,
                                   .section = it->item->section,
                                   .rec = it->item->rec,
                                   .span = span_of(box, it),
                                   .key = it->piece->cue ? "attributed_to" : NULL };
}

// ---- drawing

static bool begins_part(const struct box *box, size_t row)
{
    return !row || box->rows[row - 1].part != box->rows[row].part;
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    (void)app, (void)cols;
    return begins_part(box_of(sheet), row) +
           (box_of(sheet)->rows[row].item->anchor == ANCHOR_MOVED ? 1 : ROW_LINES);
}

// White space as one blank.
static void add_flat(struct buf *out, struct sv text)
{
    bool is_blank = false;

    for (size_t i = 0; i < text.len && i < QUOTE_MOST; i++) {
        char c = text.ptr[i];

        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            is_blank = true;
            continue;
        }
        if (is_blank)
            buf_add_char(out, ' ');
        is_blank = false;
        buf_add_char(out, c);
    }
    if (is_blank)
        buf_add_char(out, ' ');
}

// A line of what is laid side by side: words with what stands around them.
struct line {
    const char *label;
    struct sv before, words, after; // white space as it is in the text
    enum role role;
};

// Bytes of the words, white space as blanks, that are left out so that where they first differ from
// the other ones is in sight.
static size_t find_skip(const struct line *was, const struct line *now, int cols)
{
    struct buf old = { 0 }, new = { 0 };
    size_t same = 0, skip = 0, room = cols > 4 * LEAD_COLS ? (size_t)cols / 2 : LEAD_COLS;

    add_flat(&old, was->words);
    add_flat(&new, now->words);
    while (same < old.len && same < new.len &&old.ptr[same] == new.ptr[same])
        same++;
    if (same > room && same < old.len) {
        skip = same - LEAD_COLS;
        while (skip > 0 && old.ptr[skip - 1] != ' ')
            skip--;
    }
    buf_release(&old);
    buf_release(&new);
    return skip;
}

static void draw_line(struct grid *grid, struct rect rect, const struct line *line, size_t skip)
{
    int col = rect.col + MARK_COLS + 2, end = rect.col + rect.cols;
    const struct sv pieces[] = { skip ? SV("…") : line->before, line->words, line->after };

    grid_put(grid, rect.row, col, LABEL_COLS, sv_from(line->label), ROLE_LABEL);
    col += LABEL_COLS;
    for (int i = 0; i < 3 && col < end; i++) {
        struct buf flat = { 0 };

        add_flat(&flat, pieces[i]);
        col += grid_put_cut(grid, rect.row, col, end - col,
                            sv_sub(buf_sv(&flat), i == 1 ? skip : 0, flat.len),
                            i == 1 ? line->role : ROLE_LABEL);
        buf_release(&flat);
    }
}

// The end of the context, so that the words themselves are in sight.
static struct sv near_end(struct sv before)
{
    size_t beg = before.len > CONTEXT_COLS ? before.len - CONTEXT_COLS : 0;

    while (beg < before.len && beg > 0 && before.ptr[beg - 1] != ' ')
        beg++;
    return sv_sub(before, beg, before.len);
}

static struct line line_was(const struct shown_row *row)
{
    const struct part *part = row->piece->part;

    return (struct line){ "was", part ? near_end(part->before) : SV(""), reanchor_quote(row->piece),
                          part ? part->after : SV(""), ROLE_VALUE };
}

static struct line line_now(const struct box *box, const struct shown_row *row)
{
    struct sv text = article_bytes(box->parts[row->part].reading->article);
    struct byte_span span = span_of(box, row);
    size_t beg, end;

    if (byte_span_is_empty(span))
        return (struct line){ "now", SV(""), SV("nowhere in the text"), SV(""), ROLE_WARNING };
    beg = span.beg > CONTEXT_COLS ? span.beg - CONTEXT_COLS : 0;
    while (beg < span.beg && beg > 0 && text.ptr[beg - 1] != ' ' && text.ptr[beg - 1] != '\n')
        beg++;
    end = span.end + CONTEXT_COLS < text.len ? span.end + CONTEXT_COLS : text.len;
    while (end > span.end && end < text.len && text.ptr[end] != ' ')
        end--;
    return (struct line){ "now", sv_sub(text, beg, span.beg), sv_sub(text, span.beg, span.end),
                          sv_sub(text, span.end, end), ROLE_PROPOSAL };
}

static void draw_head(const struct box *box, const struct shown_row *row, struct grid *grid,
                      struct rect rect, bool is_chosen)
{
    const struct reanchor_item *item = row->item;
    const struct reanchor_piece *piece = row->piece;
    const char *what = piece->cue ? "cue" : kind_get(section_get(item->section)->kind)->name;
    int col = rect.col + MARK_COLS, end = rect.col + rect.cols;

    col += grid_putf(grid, rect.row, col, end - col,
                     item->anchor == ANCHOR_MOVED ? ROLE_LABEL : ROLE_WARNING, "%-9s ",
                     anchor_word(item->anchor));
    col += grid_putf(grid, rect.row, col, end - col, is_chosen ? ROLE_VALUE : ROLE_TEXT,
                     SV_FMT "  ", SV_ARG(id_of(row)));
    col += grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, "%s %zu-%zu", what,
                     piece->from.beg, piece->from.end);
    if (!byte_span_is_empty(span_of(box, row)))
        col += grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, " → %zu-%zu", piece->to.beg,
                         piece->to.end);
    if (item->count > 1)
        col += grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, "  and %zu more",
                         item->count - 1);
    if (item->anchor == ANCHOR_MOVED && col + 4 < end) {
        struct buf words = { 0 };

        add_flat(&words, reanchor_quote(piece));
        grid_put_cut(grid, rect.row, col + 2, end - col - 2, buf_sv(&words), ROLE_TEXT);
        buf_release(&words);
    }
}

static void draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                 struct rect rect)
{
    const struct box *box = box_of(sheet);
    const struct shown_row *it = &box->rows[row];
    struct rect line = { rect.row, rect.col, 1, rect.cols };

    (void)app;
    if (begins_part(box, row)) {
        grid_put_cut(grid, line.row++, rect.col + 1, rect.cols - 1,
                     article_name(box->parts[it->part].reading->id), ROLE_VALUE);
        if (rect.rows < 2)
            return;
    }
    if (row == sheet->at)
        grid_put(grid, line.row, rect.col, 1, SV("▶"), ROLE_KEY);
    draw_head(box, it, grid, line, row == sheet->at);
    if (it->item->anchor == ANCHOR_MOVED)
        return;

    struct line was = line_was(it), now = line_now(box, it);
    size_t skip = find_skip(&was, &now, rect.cols);

    if (++line.row < rect.row + rect.rows)
        draw_line(grid, line, &was, skip);
    if (++line.row < rect.row + rect.rows)
        draw_line(grid, line, &now, skip);
}

// ---- commands

// Where nothing stands, the text is shown about where it stood.
static bool go(struct sheet *sheet, struct app *app, size_t row)
{
    const struct box *box = box_of(sheet);
    const struct shown_row *it = &box->rows[row];
    struct reading *reading = box->parts[it->part].reading;
    struct byte_span span = span_of(box, it);
    bool is_placed = !byte_span_is_empty(span);

    subject_focus(app, reading, is_placed ? it->item->rec : NULL);
    view_jump(app_view(app),
              is_placed ? span.beg : article_pos(reading->article, it->piece->from.beg));
    app_say(app, ROLE_MESSAGE, "q goes back to the list");
    return true;
}

static void accept(struct sheet *sheet, struct app *app)
{
    const struct shown_row *row = &box_of(sheet)->rows[sheet->at];
    struct reading *reading = box_of(sheet)->parts[row->part].reading;
    struct buf id = { 0 };
    struct err err = { 0 };

    buf_add(&id, id_of(row));
    if (!verb_accept_place(app->session, reading, buf_sv(&id), &err))
        app_say_err(app, &err);
    else
        app_say(app, ROLE_MESSAGE, "%s stands where it was proposed; u takes it back",
                buf_cstr(&id));
    buf_release(&id);
}

static void write_sure(struct sheet *sheet, struct app *app)
{
    const struct box *box = box_of(sheet);
    size_t sum = 0, moved = 0;
    struct err err = { 0 };

    for (size_t i = 0; i < box->part_count; i++) {
        if (!verb_reanchor(app->session, box->parts[i].reading, &moved, &err)) {
            app_say_err(app, &err);
            return;
        }
        sum += moved;
    }
    app_say(app, ROLE_MESSAGE, "%zu record%s moved for sure, written; u takes it back", sum,
            sum == 1 ? "" : "s");
}

// A record whose place is being chosen in the text.
struct placing {
    struct reading *reading;
    struct buf id;
    size_t part;
};

static void placing_free(void *ctx)
{
    struct placing *placing = ctx;

    buf_release(&placing->id);
    mem_free(placing);
}

static bool place_picked(struct app *app, void *ctx)
{
    struct placing *placing = ctx;
    struct view *view = app_view(app);
    struct byte_span span;
    struct err err = { 0 };

    if (view->reading != placing->reading || !view_selection(view, &span)) {
        app_say(app, ROLE_WARNING, "select the words it should cover, then <Enter>; <Esc> leaves");
        return false;
    }
    if (!verb_set_place(app->session, placing->reading, buf_sv(&placing->id), placing->part, span,
                        &err))
        app_say_err(app, &err);
    else
        app_say(app, ROLE_MESSAGE, "%s has its place; u takes it back", buf_cstr(&placing->id));
    view_unselect(view);
    placing_free(placing);
    misplaced_open(app);
    return true;
}

static void place_left(struct app *app, void *ctx)
{
    struct placing *placing = ctx;

    app_say(app, ROLE_MESSAGE, "left %s as it was", buf_cstr(&placing->id));
    view_unselect(app_view(app));
    placing_free(placing);
    misplaced_open(app);
}

static void choose_place(struct sheet *sheet, struct app *app)
{
    const struct box *box = box_of(sheet);
    const struct shown_row *row = &box->rows[sheet->at];
    struct byte_span span = span_of(box, row);
    struct placing *placing;

    if (row->piece->cue) {
        app_say(app, ROLE_WARNING, "a cue is chosen from the form; e opens it");
        return;
    }
    placing = mem_new(sizeof(*placing));
    *placing = (struct placing){ box->parts[row->part].reading, { 0 }, row->piece->index };
    buf_add(&placing->id, id_of(row));
    go(sheet, app, sheet->at);
    buf_clear(&app->message);
    app_park(app);
    if (!byte_span_is_empty(span))
        view_select(app_view(app), span);
    app_choose(app,
               (struct choosing){
                   .prompt = "select its words (v, motions, o the other end); <Enter> takes them",
                   .picked = place_picked,
                   .cancelled = place_left,
                   .free = placing_free,
                   .ctx = placing,
                   .is_selection = true,
               });
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    if (id == COMMAND_ACCEPT_SURE)
        write_sure(sheet, app);
    else if (!sheet->count)
        return false;
    else if (id == COMMAND_ACCEPT_PLACE)
        accept(sheet, app);
    else if (id == COMMAND_ROW_TURN)
        choose_place(sheet, app);
    else
        return false;
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct box *box = box_of(sheet);
    const struct shown_row *row = sheet->count ? &box->rows[sheet->at] : NULL;

    (void)app;
    if (id == COMMAND_ACCEPT_SURE)
        return row ? "all sure ones" : "";
    if (id == COMMAND_ACCEPT_PLACE)
        return row && !byte_span_is_empty(span_of(box, row)) ? "accept" : "";
    if (id == COMMAND_ROW_TURN)
        return row && !row->piece->cue ? "choose a place" : "";
    return NULL;
}

static void box_free(struct sheet *sheet)
{
    struct box *box = box_of(sheet);

    parts_release(box);
    mem_free(box->parts);
    mem_free(box->rows);
}

static const struct sheet_ops ops = {
    .name = "misplaced",
    .own = COMMAND_MISPLACED,
    .size = sizeof(struct box),
    .of_article = true,
    .empty = "everything is where it was",
    .fill = fill,
    .title = title,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .subject = subject,
    .go = go,
    .command = command,
    .word = word,
    .free = box_free,
};

void misplaced_open(struct app *app)
{
    sheet_open(app, &ops);
}
