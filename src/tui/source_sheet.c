// The sources as a list that fills the screen. Changes the registry only through the verbs.
// Never decides whose a name is that two sources have: it is marked and counted for neither.
#include "tui/source_sheet.h"

#include "model/mention.h"
#include "model/source_tree.h"
#include "session/verbs.h"
#include "text/glyph.h"
#include "tui/form.h"
#include "tui/sheet.h"
#include "tui/source_pick.h"
#include "tui/subject.h"

#define NAME       "sources"
#define TEXT_BYTES ((size_t)4 << 20) // of an article; further on a key would wait
#define WIDE_COLS  72                // from here the articles stand over their counts
#define WIDE_CELL  13
#define CELL       5
#define TITLE_COLS 200 // more than a row holds; the row cuts it

enum row_kind { ROW_SOURCE, ROW_NAME, ROW_MERGED, ROW_SAYING };

struct source_row {
    enum row_kind kind;
    const struct source *source;
    size_t depth;
    size_t says[2];                // SOURCE: how often, in each article
    const struct mention *mention; // NAME
    struct sv merged;              // MERGED: the old id
    int pane;                      // SAYING: the article
    const struct claim *claim;
    const struct voice *voice;
};

struct source_sheet {
    struct sheet sheet; // first: the list is a sheet
    bool is_all_open;
    struct buf open; // id of the source whose names and claims are shown
    struct source_row *rows;
    size_t cap;
    struct mentions mentions;
};

// Hears of every voice in the claims of both articles that names a source.
struct listener {
    void (*hear)(struct listener *self, const struct source *source, int pane,
                 const struct claim *claim, const struct voice *voice);
    struct source_sheet *list;
    const struct registry *registry;
    size_t *says;                // counted: two for each source
    const struct source *source; // rows are made: of this one
    size_t depth;
};

static struct source_sheet *list_of(struct sheet *sheet)
{
    return (struct source_sheet *)sheet;
}

static void add_row(struct source_sheet *list, struct source_row row)
{
    MEM_GROW(list->rows, list->sheet.count, list->cap);
    list->rows[list->sheet.count++] = row;
}

// ---- rows

static void count_mentions(struct source_sheet *list, struct app *app)
{
    struct mention_text texts[2] = { 0 };
    struct byte_span *skip[2] = { NULL, NULL };

    for (int pane = 0; pane < 2; pane++) {
        const struct reading *reading = app->views[pane].reading;
        size_t count = 0;

        if (!reading)
            continue;
        skip[pane] = mem_new((reading->mark_count + 1) * sizeof(**skip));
        for (size_t i = 0; i < reading->mark_count; i++)
            if (reading->marks[i].section == SECTION_FURNITURE)
                skip[pane][count++] = reading->marks[i].span;
        texts[pane] = (struct mention_text){ sv_sub(article_bytes(reading->article), 0, TEXT_BYTES),
                                             skip[pane], count };
    }
    mentions_release(&list->mentions);
    mentions_count(session_registry(app->session), texts, 2, &list->mentions);
    mem_free(skip[0]);
    mem_free(skip[1]);
}

static void listen_to(struct listener *self, int pane, const struct claim *claim)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        for (const struct voice *voice = claim->attributed_to.items[i]; voice;
             voice = voice->citing) {
            const struct source *source =
                voice->source.len ? registry_find(self->registry, voice->source) : NULL;

            if (source)
                self->hear(self, source, pane, claim, voice);
        }
    }
}

static void listen(struct listener *self, struct app *app)
{
    for (int pane = 0; pane < 2; pane++) {
        const struct reading *reading = app->views[pane].reading;

        for (size_t i = 0; reading && i < reading->file.layer.sections[SECTION_CLAIMS].count; i++)
            listen_to(self, pane, reading->file.layer.sections[SECTION_CLAIMS].items[i]);
    }
}

static void count_saying(struct listener *self, const struct source *source, int pane,
                         const struct claim *claim, const struct voice *voice)
{
    (void)claim, (void)voice;
    self->says[2 * registry_index(self->registry, source->id) + (size_t)pane]++;
}

static void add_saying(struct listener *self, const struct source *source, int pane,
                       const struct claim *claim, const struct voice *voice)
{
    if (source == self->source)
        add_row(self->list, (struct source_row){ .kind = ROW_SAYING,
                                                 .source = source,
                                                 .depth = self->depth,
                                                 .pane = pane,
                                                 .claim = claim,
                                                 .voice = voice });
}

// The names of a source, what was merged into it, and what it says.
static void add_inside(struct source_sheet *list, struct app *app, const struct source_node *node)
{
    const struct source *source = node->source;
    struct listener listener = { .hear = add_saying,
                                 .list = list,
                                 .registry = session_registry(app->session),
                                 .source = source,
                                 .depth = node->depth };

    for (size_t i = 0; i < list->mentions.count; i++)
        if (list->mentions.items[i].source == source)
            add_row(list, (struct source_row){ .kind = ROW_NAME,
                                               .source = source,
                                               .depth = node->depth,
                                               .mention = &list->mentions.items[i] });
    for (size_t i = 0; i < source->merged.count; i++)
        add_row(list, (struct source_row){ .kind = ROW_MERGED,
                                           .source = source,
                                           .depth = node->depth,
                                           .merged = source->merged.items[i] });
    listen(&listener, app);
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct source_sheet *list = list_of(sheet);
    const struct registry *registry = session_registry(app->session);
    struct source_node *nodes;
    size_t count = source_tree(registry, &nodes);
    struct listener listener = { .hear = count_saying,
                                 .registry = registry,
                                 .says = mem_new((2 * count + 1) * sizeof(size_t)) };

    count_mentions(list, app);
    listen(&listener, app);
    for (size_t i = 0; i < count; i++) {
        const struct source *source = nodes[i].source;
        const size_t *says = &listener.says[2 * registry_index(registry, source->id)];

        if (registry_match(registry, source, buf_sv(&list->sheet.filter)) < 0)
            continue;
        add_row(list, (struct source_row){ .kind = ROW_SOURCE,
                                           .source = source,
                                           .depth = nodes[i].depth,
                                           .says = { says[0], says[1] } });
        if (list->is_all_open || sv_eq(source->id, buf_sv(&list->open)))
            add_inside(list, app, &nodes[i]);
    }
    mem_free(listener.says);
    mem_free(nodes);
}

// ---- drawing

static int cell_cols(const struct rect *rect, size_t cell)
{
    return rect->cols >= WIDE_COLS && cell < 2 ? WIDE_CELL : CELL;
}

// Column where the cells at the right begin: names in both articles, claims in both.
static int cells_col(const struct rect *rect)
{
    int col = rect->col + rect->cols - 1;

    for (size_t i = 0; i < 4; i++)
        col -= cell_cols(rect, i);
    return col;
}

static void put_cell(struct grid *grid, const struct rect *rect, size_t cell, struct sv text,
                     enum role role)
{
    int col = cells_col(rect), cols = cell_cols(rect, cell), used = glyph_cols(text);

    for (size_t i = 0; i < cell; i++)
        col += cell_cols(rect, i);
    used = used < cols ? used : cols - 1;
    grid_put_cut(grid, rect->row, col + cols - used, used, text, role);
}

static void put_count(struct grid *grid, const struct rect *rect, size_t cell, size_t count,
                      bool is_doubtful)
{
    struct buf text = { 0 };

    buf_addf(&text, "%zu%s", count, is_doubtful ? "?" : "");
    put_cell(grid, rect, cell, count ? buf_sv(&text) : SV("-"),
             is_doubtful ? ROLE_WARNING
             : count     ? ROLE_VALUE
                         : ROLE_LABEL);
    buf_release(&text);
}

static void draw_head(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect)
{
    (void)sheet;
    grid_put(grid, rect.row, rect.col + 4, rect.cols, SV("source"), ROLE_LABEL);
    for (size_t pane = 0; pane < 2; pane++) {
        const struct reading *reading = app->views[pane].reading;

        if (!reading)
            continue;
        if (rect.cols >= WIDE_COLS)
            put_cell(grid, &rect, pane, article_name(reading->id), ROLE_LABEL);
        else
            put_cell(grid, &rect, pane, pane ? SV("2nd") : SV("1st"), ROLE_LABEL);
        put_cell(grid, &rect, 2 + pane, SV("says"), ROLE_LABEL);
    }
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    (void)sheet, (void)app, (void)row, (void)cols;
    return 1;
}

static void draw_source(const struct source_sheet *list, struct app *app,
                        const struct source_row *row, bool is_chosen, struct grid *grid,
                        struct rect rect)
{
    int col = rect.col + 2 + 2 * (int)row->depth, end = cells_col(&rect);
    bool is_open = list->is_all_open || sv_eq(row->source->id, buf_sv(&list->open));

    col += grid_put(grid, rect.row, col, 2, is_open ? SV("▾ ") : SV("▸ "), ROLE_LABEL);
    col += grid_put_cut(grid, rect.row, col, end - col,
                        registry_name(session_registry(app->session), row->source->id),
                        is_chosen ? ROLE_CHOSEN : ROLE_SOURCE);
    if (end - col > 4)
        grid_put_cut(grid, rect.row, col + 2, end - col - 2, row->source->kind, ROLE_LABEL);
    for (size_t pane = 0; pane < 2; pane++) {
        if (!app->views[pane].reading)
            continue;
        put_count(grid, &rect, pane, mentions_of(&list->mentions, row->source, pane), false);
        put_count(grid, &rect, 2 + pane, row->says[pane], false);
    }
}

static void draw_name(struct app *app, const struct source_row *row, bool is_chosen,
                      struct grid *grid, struct rect rect)
{
    int col = rect.col + 6 + 2 * (int)row->depth, end = cells_col(&rect);
    const struct mention *mention = row->mention;

    col += grid_put_cut(grid, rect.row, col, end - col, mention->name,
                        is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
    if (mention->rival && end - col > 4)
        grid_putf(grid, rect.row, col, end - col, ROLE_WARNING, "  also " SV_FMT,
                  SV_ARG(mention->rival->id));
    for (size_t pane = 0; pane < 2; pane++)
        if (app->views[pane].reading)
            put_count(grid, &rect, pane,
                      mention->doubtful[pane] ? mention->doubtful[pane] : mention->counts[pane],
                      mention->doubtful[pane] > 0);
}

static void draw_merged(const struct source_row *row, bool is_chosen, struct grid *grid,
                        struct rect rect)
{
    int col = rect.col + 6 + 2 * (int)row->depth;

    col += grid_put(grid, rect.row, col, rect.cols, SV("merged: "), ROLE_LABEL);
    grid_put_cut(grid, rect.row, col, rect.col + rect.cols - col, row->merged,
                 is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
}

static void draw_saying(struct app *app, const struct source_row *row, bool is_chosen,
                        struct grid *grid, struct rect rect)
{
    int col = rect.col + 6 + 2 * (int)row->depth, end = rect.col + rect.cols - 1;
    struct sv where = article_name(app->views[row->pane].reading->id);
    struct buf title = { 0 };

    col += grid_put_cut(grid, rect.row, col, end - col,
                        row->voice->act.len ? row->voice->act : SV("says"), ROLE_VALUE);
    if (row->voice->unsure)
        col += grid_put(grid, rect.row, col, end - col, SV("?"), ROLE_WARNING);
    if (rect.cols >= WIDE_COLS) {
        int cols = glyph_cols(where) < rect.cols / 4 ? glyph_cols(where) : rect.cols / 4;

        end -= cols + 2;
        grid_put_cut(grid, rect.row, end + 2, cols, where, ROLE_LABEL);
    }
    subject_title(row->claim, TITLE_COLS, &title);
    grid_put_cut(grid, rect.row, col + 2, end - col - 2, buf_sv(&title),
                 is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
    buf_release(&title);
}

static void draw(struct sheet *sheet, struct app *app, size_t at, struct grid *grid,
                 struct rect rect)
{
    struct source_sheet *list = list_of(sheet);
    const struct source_row *row = &list->rows[at];
    bool is_chosen = at == sheet->at;

    grid_put(grid, rect.row, rect.col, 1, is_chosen ? SV("▶") : SV(" "), ROLE_KEY);
    switch (row->kind) {
    case ROW_SOURCE:
        draw_source(list, app, row, is_chosen, grid, rect);
        break;
    case ROW_NAME:
        draw_name(app, row, is_chosen, grid, rect);
        break;
    case ROW_MERGED:
        draw_merged(row, is_chosen, grid, rect);
        break;
    case ROW_SAYING:
        draw_saying(app, row, is_chosen, grid, rect);
        break;
    }
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct source_sheet *list = list_of(sheet);

    buf_addf(out, "sources %zu", session_registry(app->session)->count);
    if (list->sheet.filter.len)
        buf_addf(out, "  f: %s", buf_cstr(&list->sheet.filter));
}

// What the registry says of the source, and what the keys do.
static void detail(struct sheet *sheet, struct app *app, size_t at, struct buf *out)
{
    const struct source_row *row = &list_of(sheet)->rows[at];
    const struct source *source = row->source;

    (void)app;
    if (row->kind == ROW_MERGED) {
        buf_addf(out, "M makes " SV_FMT " a source of its own again", SV_ARG(row->merged));
        return;
    }
    buf_addf(out, "id " SV_FMT, SV_ARG(source->id));
    if (source->part_of.len)
        buf_addf(out, ", part of " SV_FMT, SV_ARG(source->part_of));
    for (size_t i = 0; i < source->aliases.count; i++)
        buf_addf(out, "%s" SV_FMT, i ? ", " : "; also ", SV_ARG(source->aliases.items[i]));
}

static void key(const struct sheet *sheet, size_t at, struct buf *out)
{
    const struct source_row *row = &((const struct source_sheet *)sheet)->rows[at];

    buf_addf(out, "%d " SV_FMT " ", row->kind, SV_ARG(row->source->id));
    buf_add(out, row->kind == ROW_NAME     ? row->mention->name
                 : row->kind == ROW_MERGED ? row->merged
                 : row->kind == ROW_SAYING ? row->claim->id
                                           : SV(""));
}

// ---- commands

static struct sheet_subject subject(struct sheet *sheet, struct app *app, size_t at)
{
    const struct source_row *row = &list_of(sheet)->rows[at];
    struct sheet_subject out = { 0 };

    if (row->kind == ROW_SAYING) {
        out.reading = app->views[row->pane].reading;
        out.section = SECTION_CLAIMS;
        out.rec = row->claim;
        out.key = "attributed_to";
    }
    return out;
}

// To the claim in the text; a source opens and closes.
static bool go(struct sheet *sheet, struct app *app, size_t at)
{
    struct source_sheet *list = list_of(sheet);
    const struct source_row *row = &list->rows[at];
    bool was_open = sv_eq(row->source->id, buf_sv(&list->open));

    if (row->kind == ROW_SAYING) {
        subject_focus(app, app->views[row->pane].reading, row->claim);
        return true;
    }
    buf_clear(&list->open);
    if (row->kind == ROW_SOURCE && !was_open)
        buf_add(&list->open, row->source->id);
    sheet_stale(sheet);
    return false;
}

static void filter(struct sheet *sheet, struct app *app)
{
    sheet_ask_filter(sheet, app, "sources: ");
}

static void merge_chosen(struct app *app, void *ctx, struct sv keep)
{
    struct buf *drop = ctx;
    struct err err = { 0 };

    subject_report(app, verb_merge_sources(app->session, keep, buf_sv(drop), &err), &err,
                   "merged; u makes them two again");
    buf_release(drop);
    mem_free(drop);
}

static void merge_free(void *ctx)
{
    buf_release(ctx);
    mem_free(ctx);
}

static void merge_cancelled(struct app *app, void *ctx)
{
    (void)app;
    merge_free(ctx);
}

// Merge the chosen source into another, or take one out that was merged.
static void merge(const struct source_row *row, struct app *app)
{
    struct buf label = { 0 }, *drop;
    struct err err = { 0 };

    if (row->kind == ROW_MERGED) {
        subject_report(app, verb_unmerge_source(app->session, row->source->id, row->merged, &err),
                       &err, "two sources again");
        return;
    }
    drop = mem_new(sizeof(*drop));
    buf_add(drop, row->source->id);
    buf_addf(&label, SV_FMT " is the same as", SV_ARG(row->source->id));
    source_pick_open(app, &(struct source_pick){ .label = buf_cstr(&label),
                                                 .done = merge_chosen,
                                                 .cancelled = merge_cancelled,
                                                 .free = merge_free,
                                                 .ctx = drop });
    buf_release(&label);
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    struct source_sheet *list = list_of(sheet);
    const struct source_row *row = sheet->count ? &list->rows[sheet->at] : NULL;

    if (id == COMMAND_ROW_SORT) {
        list->is_all_open = !list->is_all_open;
        sheet_stale(sheet);
    } else if (id == COMMAND_ROW_EDIT && row && row->kind != ROW_SAYING) {
        form_open_source(app, row->source->id);
    } else if (id == COMMAND_MERGE_SOURCE && row && row->kind != ROW_SAYING) {
        merge(row, app);
    } else {
        return false;
    }
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct source_sheet *list = list_of(sheet);
    const struct source_row *row = sheet->count ? &list->rows[sheet->at] : NULL;
    bool is_saying = row && row->kind == ROW_SAYING;

    (void)app;
    if (id == COMMAND_ROW_SORT)
        return !row ? "" : list->is_all_open ? "fold all" : "unfold all";
    if (id == COMMAND_ROW_GO && is_saying)
        return "show";
    if (id == COMMAND_ROW_GO)
        return !row || list->is_all_open                     ? ""
               : sv_eq(row->source->id, buf_sv(&list->open)) ? "fold"
                                                             : "unfold";
    if (id == COMMAND_MERGE_SOURCE)
        return !row || is_saying ? "" : row->kind == ROW_MERGED ? "two again" : "same as";
    if (id == COMMAND_ROW_EDIT && !is_saying)
        return row ? "form" : "";
    return NULL;
}

static void source_sheet_free(struct sheet *sheet)
{
    struct source_sheet *list = list_of(sheet);

    buf_release(&list->open);
    mem_free(list->rows);
    mentions_release(&list->mentions);
}

static const struct sheet_ops ops = {
    .name = NAME,
    .own = COMMAND_SOURCES,
    .size = sizeof(struct source_sheet),
    .empty = "no source yet: a on a claim makes one, @ of the words that name it",
    .fill = fill,
    .title = title,
    .head_rows = 1,
    .head = draw_head,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .subject = subject,
    .go = go,
    .filter = filter,
    .command = command,
    .word = word,
    .free = source_sheet_free,
};

void source_sheet_open(struct app *app)
{
    sheet_open(app, &ops);
}
