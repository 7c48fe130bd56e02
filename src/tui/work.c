// The work left on the screen: rows of what the articles of an event still lack, or how much of
// each paragraph is covered. Never changes a record: what is mended from a row is sheet_edit.c's.
#include "tui/work.h"

#include <stdlib.h>

#include "session/left.h"
#include "session/verbs.h"
#include "text/glyph.h"
#include "tui/prompt.h"
#include "tui/sheet.h"
#include "tui/subject.h"

#define WIDE_COLS  60 // from here a row takes one line, below: two
#define MARK_COLS  2
#define KIND_COLS  12
#define BAR_COLS   10
#define QUOTE_MOST 400                // bytes of text that a row is made of
#define KEY_BYTES  ((size_t)16 << 10) // of all texts, and claims, that a key may wait for
#define KEY_CLAIMS 1000

struct work_part { // one article
    struct reading *reading;
    const struct worklist *list; // the session's, as of the box's version
};

struct work_place {     // of a row
    size_t part, index; // of its items, or paragraphs
};

struct work_row {
    size_t part;
    const struct work_item *item;     // NULL: a paragraph
    const struct coverage *paragraph; // NULL: an item
};

struct work_box {
    struct sheet sheet; // first: the box is its sheet
    struct work_part *parts;
    size_t part_count, part_cap;
    size_t version; // of the session, that the parts are of
    struct work_place *rows;
    size_t row_cap;
    unsigned kinds; // that are shown, a bit for each; 0: all
    bool is_by_place, is_coverage;
};

// What mends each kind of work.
static const char *const remedies[LEFT__N] = {
    [LEFT_ANCHOR] = "<Enter> shows it; r there moves its ends",
    [LEFT_ID] = "e opens the form",
    [LEFT_STATUS] = "e opens the form",
    [LEFT_COMMENT] = "T shows the thread",
    [LEFT_CONTESTED] = "w says why; ! takes the mark away",
    [LEFT_CUE] = "e opens the form, the cue is chosen from there",
    [LEFT_WHY] = "w says why",
    [LEFT_POINT] = "p chooses the point",
    [LEFT_COUNTERPART] = "x links it; O says that the other article is silent",
    [LEFT_TEXT] = "c marks it as a claim, F as furniture",
};

static struct work_box *box_of(struct sheet *sheet)
{
    return (struct work_box *)sheet;
}

// ---- rows

static void add_part(struct work_box *box, struct app *app, struct reading *reading)
{
    MEM_GROW(box->parts, box->part_count, box->part_cap);
    box->parts[box->part_count++] =
        (struct work_part){ .reading = reading, .list = session_left(app->session, reading) };
}

static enum left_stage stage_of(struct app *app, const struct work_part *part)
{
    return session_left_stage(app->session, part->reading);
}

// The article that is least far, the first of several.
static const struct work_part *last_part(const struct work_box *box, struct app *app)
{
    const struct work_part *last = box->parts;

    for (size_t i = 1; i < box->part_count; i++)
        if (stage_of(app, &box->parts[i]) < stage_of(app, last))
            last = &box->parts[i];
    return last;
}

static bool is_found(const struct work_box *box, struct app *app)
{
    return stage_of(app, last_part(box, app)) == LEFT_STAGE_DONE;
}

// Find what a key can wait for: first what is in the records of all articles, then in their texts.
// true: rows come of it.
static bool go_further(struct work_box *box, struct app *app)
{
    const struct work_part *part = last_part(box, app);
    enum left_stage stage = stage_of(app, part);

    if (stage == LEFT_STAGE_DONE)
        return false;
    session_left_go_on(app->session, part->reading);
    return stage_of(app, part) != stage && stage != LEFT_STAGE_CUT;
}

// May a key wait for all of it? Once the texts are cut it does: what is mended must be seen to go.
static bool is_short(const struct work_box *box)
{
    size_t bytes = 0, uncut = 0, claims = 0;

    for (size_t i = 0; i < box->part_count; i++) {
        const struct reading *reading = box->parts[i].reading;
        size_t len = article_bytes(reading->article).len;

        bytes += len;
        uncut += (len < LEFT_BYTES ? len : LEFT_BYTES) > session_left_cut(reading);
        claims += reading->file.layer.sections[SECTION_CLAIMS].count;
    }
    return !uncut || (bytes <= KEY_BYTES && claims <= KEY_CLAIMS);
}

static struct work_row row_at(const struct work_box *box, size_t row)
{
    struct work_place at = box->rows[row];
    const struct worklist *list = box->parts[at.part].list;
    struct work_row out = { .part = at.part };

    if (box->is_coverage)
        out.paragraph = &list->paragraphs[at.index];
    else
        out.item = &list->items[at.index];
    return out;
}

static void add_row(struct work_box *box, size_t part, size_t index)
{
    MEM_GROW(box->rows, box->sheet.count, box->row_cap);
    box->rows[box->sheet.count++] = (struct work_place){ part, index };
}

static bool is_shown(const struct work_box *box, enum work_kind kind)
{
    return !box->kinds || box->kinds & 1U << kind;
}

// Items are by kind, those of each kind by place: go through the kinds side by side.
static void add_by_place(struct work_box *box, size_t part)
{
    const struct worklist *list = box->parts[part].list;
    size_t next[LEFT__N], end[LEFT__N], at = 0;

    for (int kind = 0; kind < LEFT__N; kind++) {
        next[kind] = at;
        while (at < list->count && (int)list->items[at].kind == kind)
            at++;
        end[kind] = is_shown(box, (enum work_kind)kind) ? at : next[kind];
    }
    for (;;) {
        int first = LEFT__N;

        for (int kind = 0; kind < LEFT__N; kind++)
            if (next[kind] < end[kind] && (first == LEFT__N || list->items[next[kind]].at.beg <
                                                                   list->items[next[first]].at.beg))
                first = kind;
        if (first == LEFT__N)
            return;
        add_row(box, part, next[first]++);
    }
}

static void add_rows(struct work_box *box, size_t part)
{
    const struct worklist *list = box->parts[part].list;

    for (size_t i = 0; box->is_coverage && i < list->paragraph_count; i++)
        add_row(box, part, i);
    if (!box->is_coverage && box->is_by_place)
        add_by_place(box, part);
    for (size_t i = 0; !box->is_coverage && !box->is_by_place && i < list->count; i++)
        if (is_shown(box, list->items[i].kind))
            add_row(box, part, i);
}

// Items are in order when the records were looked through.
static void make_rows(struct work_box *box, struct app *app)
{
    box->sheet.count = 0;
    for (size_t i = 0; i < box->part_count; i++)
        if (stage_of(app, &box->parts[i]) > LEFT_STAGE_RECORDS)
            add_rows(box, i);
}

static void begin(struct work_box *box, struct app *app)
{
    struct reading *reading = box->sheet.reading, *other;

    box->part_count = 0;
    add_part(box, app, reading);
    for (size_t i = 0; (other = session_other(app->session, reading, i)); i++)
        add_part(box, app, other);
    box->version = session_version(app->session);
    while (is_short(box) && !is_found(box, app))
        (void)go_further(box, app);
}

// Another order or filter needs no other look at the articles.
static void fill(struct sheet *sheet, struct app *app)
{
    struct work_box *box = box_of(sheet);

    if (!box->part_count || box->version != session_version(app->session))
        begin(box, app);
    sheet->is_behind = !is_found(box, app);
    make_rows(box, app);
}

static bool go_on(struct sheet *sheet, struct app *app)
{
    struct work_box *box = box_of(sheet);
    bool has_rows = go_further(box, app);

    sheet->is_behind = !is_found(box, app);
    if (has_rows)
        make_rows(box, app);
    return has_rows;
}

// Compared for all rows after a change, so it is made without a look at its words.
static void key(const struct sheet *sheet, size_t row, struct buf *out)
{
    const struct work_row it = row_at((const struct work_box *)sheet, row);
    size_t parts[3] = { it.part };
    const struct record *rec = NULL;

    if (it.paragraph) {
        parts[1] = LEFT__N;
        parts[2] = it.paragraph->number;
    } else if (it.item) {
        parts[1] = it.item->kind;
        parts[2] = it.item->at.beg;
        rec = it.item->rec;
    }
    buf_add(out, sv_of((const char *)parts, sizeof(parts)));
    if (rec)
        buf_add(out, rec->id);
}

static size_t percent(size_t part, size_t whole)
{
    return whole ? part * 100 / whole : 100;
}

// How far the texts are looked through, or how much of them is covered.
static void add_share(const struct work_box *box, struct buf *out)
{
    size_t covered = 0, prose = 0, cut = 0, bytes = 0;
    bool is_partial = false;

    for (size_t i = 0; i < box->part_count; i++) {
        const struct work_part *part = &box->parts[i];

        is_partial |= part->list->is_partial;
        covered += part->list->covered;
        prose += part->list->prose;
        cut += session_left_cut(part->reading);
        bytes += article_bytes(part->reading->article).len;
    }
    if (box->sheet.is_behind)
        buf_addf(out, " so far  %zu%% of the text read", percent(cut, bytes));
    else
        buf_addf(out, "  %zu%% of the %s covered", percent(covered, prose),
                 is_partial ? "first 4 MB" : "text");
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct work_box *box = box_of(sheet);

    (void)app;
    if (box->is_coverage)
        buf_add_cstr(out, "coverage");
    else
        buf_addf(out, "work left  %zu", sheet->count);
    add_share(box, out);
    if (!box->is_coverage)
        buf_add_cstr(out, box->is_by_place ? "  by place" : "  by kind");
    if (box->kinds && !box->is_coverage)
        buf_add_cstr(out, "  f:");
    for (int i = 0; i < LEFT__N && !box->is_coverage; i++)
        if (box->kinds & 1U << i)
            buf_addf(out, " %s", work_name((enum work_kind)i));
}

static void detail(struct sheet *sheet, struct app *app, size_t row, struct buf *out)
{
    const struct work_row here = row_at(box_of(sheet), row), *it = &here;

    (void)app;
    if (it->item)
        buf_addf(out, "%s; %s", work_help(it->item->kind), remedies[it->item->kind]);
    else if (it->paragraph)
        buf_addf(out, "line %zu: %zu of %zu letters and digits", it->paragraph->number,
                 it->paragraph->covered, it->paragraph->prose);
}

static struct byte_span span_of(const struct work_box *box, const struct work_row *row)
{
    struct cp_span at = row->item ? row->item->at : row->paragraph->at;

    if (at.end <= at.beg)
        return (struct byte_span){ 0 };
    return article_to_bytes(box->parts[row->part].reading->article, at);
}

static struct sheet_subject subject(struct sheet *sheet, struct app *app, size_t row)
{
    const struct work_box *box = box_of(sheet);
    const struct work_row here = row_at(box, row), *it = &here;

    (void)app;
    if (!it->item)
        return (struct sheet_subject){ 0 };
    return (struct sheet_subject){ .reading = box->parts[it->part].reading,
                                   .section = it->item->section,
                                   .rec = it->item->rec,
                                   .span = span_of(box, it),
                                   .key = it->item->key };
}

// ---- drawing

static bool begins_part(const struct work_box *box, size_t row)
{
    return !row || box->rows[row - 1].part != box->rows[row].part;
}

// Does the kind leave anything to be said but the words of the text?
static bool says_more(const struct work_row *row)
{
    return row->item && row->item->kind != LEFT_TEXT && row->item->kind != LEFT_COUNTERPART;
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    const struct work_box *box = box_of(sheet);
    const struct work_row here = row_at(box, row);
    bool is_double =
        cols < WIDE_COLS && says_more(&here) && !byte_span_is_empty(span_of(box, &here));

    (void)app;
    return begins_part(box, row) + (is_double ? 2 : 1);
}

// The row's text, white space as blanks.
static void add_words(const struct work_box *box, const struct work_row *row, struct buf *out)
{
    struct byte_span span = span_of(box, row);
    struct sv text = article_sub(box->parts[row->part].reading->article, span);
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
}

static void draw_part(const struct work_box *box, struct app *app, const struct work_part *part,
                      struct grid *grid, struct rect rect)
{
    int col = rect.col + 1, end = rect.col + rect.cols;

    col += grid_put_cut(grid, rect.row, col, rect.cols - 1, article_name(part->reading->id),
                        ROLE_VALUE);
    if (!box->is_coverage)
        col +=
            grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, "  %zu left", part->list->count);
    if (stage_of(app, part) == LEFT_STAGE_DONE)
        grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, "  %zu%% covered",
                  percent(part->list->covered, part->list->prose));
}

static void draw_item(const struct work_box *box, const struct work_row *row, struct grid *grid,
                      struct rect rect, bool is_chosen)
{
    const struct work_item *item = row->item;
    int col = rect.col + MARK_COLS, end = rect.col + rect.cols;
    bool is_wide = rect.cols >= WIDE_COLS;
    struct buf words = { 0 };

    add_words(box, row, &words);
    grid_put_cut(grid, rect.row, col, KIND_COLS - 1, sv_from(work_name(item->kind)), ROLE_LABEL);
    col += KIND_COLS;
    if (says_more(row)) {
        int room = is_wide && words.len ? (end - col) / 2 : end - col;

        grid_put_cut(grid, rect.row, col, room, item->what, ROLE_WARNING);
        col += room + 2;
    }
    if (!is_wide && says_more(row)) {
        rect.row++;
        col = rect.col + MARK_COLS;
    }
    if (words.len && (is_wide || !says_more(row) || rect.rows > 1))
        grid_put_cut(grid, rect.row, col, end - col, buf_sv(&words),
                     is_chosen ? ROLE_VALUE : ROLE_TEXT);
    buf_release(&words);
}

static void draw_paragraph(const struct work_box *box, const struct work_row *row,
                           struct grid *grid, struct rect rect, bool is_chosen)
{
    const struct coverage *it = row->paragraph;
    int col = rect.col + MARK_COLS, end = rect.col + rect.cols;
    size_t share = percent(it->covered, it->prose);
    struct buf words = { 0 };

    add_words(box, row, &words);
    grid_putf(grid, rect.row, col, end - col, ROLE_LABEL, "%5zu %3zu%%", it->number, share);
    col += 11;
    for (int i = 0; i < BAR_COLS; i++)
        grid_put(grid, rect.row, col + i, 1, (size_t)i * 100 < share * BAR_COLS ? SV("█") : SV("·"),
                 ROLE_LABEL);
    col += BAR_COLS + 2;
    grid_put_cut(grid, rect.row, col, end - col, buf_sv(&words),
                 is_chosen ? ROLE_VALUE : ROLE_TEXT);
    buf_release(&words);
}

static void draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                 struct rect rect)
{
    const struct work_box *box = box_of(sheet);
    const struct work_row here = row_at(box, row), *it = &here;
    bool is_chosen = row == sheet->at;

    (void)app;
    if (begins_part(box, row)) {
        draw_part(box, app, &box->parts[it->part], grid, rect);
        rect.row++;
        rect.rows--;
    }
    if (rect.rows < 1)
        return;
    if (is_chosen)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    if (it->item)
        draw_item(box, it, grid, rect, is_chosen);
    else
        draw_paragraph(box, it, grid, rect, is_chosen);
}

// ---- commands

// Text is selected, so that the next key can mark it.
static bool go(struct sheet *sheet, struct app *app, size_t row)
{
    const struct work_box *box = box_of(sheet);
    const struct work_row here = row_at(box, row), *it = &here;
    struct byte_span span = span_of(box, it);
    const void *rec = it->item ? it->item->rec : NULL;

    if (rec && it->item->section == SECTION_LINKS)
        rec = layer_claim(&box->parts[it->part].reading->file.layer,
                          ((const struct link *)rec)->from);
    if (it->item && it->item->section == SECTION_COMMENTS)
        rec = NULL; // it stands at the words of another's record
    subject_focus(app, box->parts[it->part].reading, rec);
    if (!rec && !byte_span_is_empty(span)) {
        view_jump(app_view(app), span.beg);
        if (it->item)
            view_select(app_view(app), span);
    }
    app_say(app, ROLE_MESSAGE,
            it->item && it->item->kind == LEFT_TEXT
                ? "c marks it, F as furniture; q goes back to the list"
                : "q goes back to the list");
    return true;
}

static bool find_kind(struct sv name, enum work_kind *out)
{
    for (int i = 0; i < LEFT__N; i++) {
        if (sv_eq_cstr(name, work_name((enum work_kind)i))) {
            *out = (enum work_kind)i;
            return true;
        }
    }
    return false;
}

static void filter_done(struct app *app, struct sv text, bool ok)
{
    struct sheet *sheet = sheet_on_top(app);
    unsigned kinds = 0;
    struct sv name;

    if (!ok || !sheet)
        return;
    while (sv_split(&text, ' ', &name)) {
        enum work_kind kind;

        if (!name.len)
            continue;
        if (!find_kind(name, &kind)) {
            app_say(app, ROLE_ERROR, "no kind '" SV_FMT "'; <Tab> completes those there are",
                    SV_ARG(name));
            return;
        }
        kinds |= 1U << kind;
    }
    box_of(sheet)->kinds = kinds;
    sheet_stale(sheet);
}

static size_t complete_kind(struct app *app, struct sv text, size_t cursor, struct buf *out)
{
    size_t beg = cursor;

    (void)app;
    while (beg > 0 && text.ptr[beg - 1] != ' ')
        beg--;
    for (int i = 0; i < LEFT__N; i++) {
        struct sv name = sv_from(work_name((enum work_kind)i));

        if (sv_starts(name, sv_sub(text, beg, cursor)))
            buf_addf(out, SV_FMT "\n", SV_ARG(name));
    }
    return beg;
}

static void filter(struct sheet *sheet, struct app *app)
{
    struct buf now = { 0 };

    for (int i = 0; i < LEFT__N; i++)
        if (box_of(sheet)->kinds & 1U << i)
            buf_addf(&now, "%s ", work_name((enum work_kind)i));
    prompt_open(app, &(struct prompt){ .label = "kinds (none: all): ",
                                       .history = "kinds",
                                       .initial = buf_sv(&now),
                                       .done = filter_done,
                                       .complete = complete_kind });
    buf_release(&now);
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    struct work_box *box = box_of(sheet);

    if (id == COMMAND_MATRIX) {
        box->is_coverage = !box->is_coverage;
        sheet_stale(sheet);
    } else if (id == COMMAND_ROW_SORT && !box->is_coverage) {
        box->is_by_place = !box->is_by_place;
        sheet_stale(sheet);
        app_say(app, ROLE_MESSAGE, box->is_by_place ? "by place" : "by kind");
    } else {
        return false;
    }
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct work_box *box = box_of(sheet);

    (void)app;
    if (id == COMMAND_MATRIX)
        return box->is_coverage ? "work left" : "paragraphs";
    if (id == COMMAND_ROW_SORT)
        return box->is_coverage ? "" : box->is_by_place ? "by kind" : "by place";
    return NULL;
}

static void box_free(struct sheet *sheet)
{
    struct work_box *box = box_of(sheet);

    mem_free(box->parts);
    mem_free(box->rows);
}

static const struct sheet_ops ops = {
    .name = "work",
    .own = COMMAND_WORK,
    .size = sizeof(struct work_box),
    .of_article = true,
    .empty = "nothing is left to do, or f leaves it out",
    .fill = fill,
    .go_on = go_on,
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
    .free = box_free,
};

void work_open(struct app *app)
{
    sheet_open(app, &ops);
}
