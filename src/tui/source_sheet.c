// The sources as a list that fills the screen. Changes the registry only through the verbs.
// Never decides whose a name is that two sources have: it is marked and counted for neither.
#include "tui/source_sheet.h"

#include <stdint.h>

#include "model/source_tree.h"
#include "session/verbs.h"
#include "tui/form.h"
#include "tui/source_box.h"
#include "tui/source_pick.h"
#include "tui/subject.h"

#define NAME       "sources"
#define TEXT_BYTES ((size_t)4 << 20)  // of an article that are looked through,
#define STEP_BYTES ((size_t)64 << 10) // so many at a time

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

static void drop_texts(struct source_sheet *list)
{
    for (int pane = 0; pane < 2; pane++) {
        mem_free(list->furniture[pane]);
        list->furniture[pane] = NULL;
        list->texts[pane] = (struct mention_text){ 0 };
        list->articles[pane] = NULL;
    }
}

static void take_text(struct source_sheet *list, int pane, const struct reading *reading)
{
    struct byte_span *skip = mem_new((reading->mark_count + 1) * sizeof(*skip));
    size_t count = 0;

    for (size_t i = 0; i < reading->mark_count; i++)
        if (reading->marks[i].section == SECTION_FURNITURE)
            skip[count++] = reading->marks[i].span;
    list->furniture[pane] = skip;
    list->articles[pane] = reading->article;
    list->texts[pane] =
        (struct mention_text){ sv_sub(article_bytes(reading->article), 0, TEXT_BYTES), skip,
                               count };
}

// Do the counts, or what there is of them, hold for what is in view?
static bool has_counts(const struct source_sheet *list, const struct app *app)
{
    for (int pane = 0; pane < 2; pane++) {
        const struct reading *reading = app->views[pane].reading;

        if (list->articles[pane] != (reading ? reading->article : NULL))
            return false;
    }
    return list->speakers && list->counted == session_version(app->session);
}

// Names are counted at rest, but in short texts at once.
static void begin_mentions(struct source_sheet *list, struct app *app)
{
    drop_texts(list);
    for (int pane = 0; pane < 2; pane++)
        if (app->views[pane].reading)
            take_text(list, pane, app->views[pane].reading);
    mentions_release(&list->mentions);
    mentions_begin(session_registry(app->session), 2, &list->mentions);
    if (list->texts[0].text.len + list->texts[1].text.len <= STEP_BYTES)
        (void)mentions_go_on(&list->mentions, list->texts, STEP_BYTES);
}

static bool go_on(struct sheet *sheet, struct app *app)
{
    struct source_sheet *list = list_of(sheet);

    (void)app;
    sheet->is_behind = mentions_go_on(&list->mentions, list->texts, STEP_BYTES);
    return false;
}

static void drop_speakers(struct source_sheet *list)
{
    id_index_free(list->by_id);
    mem_free(list->speakers);
    list->by_id = NULL;
    list->speakers = NULL;
}

static void make_speakers(struct source_sheet *list, const struct registry *registry)
{
    drop_speakers(list);
    list->speakers = mem_new((registry->count + 1) * sizeof(*list->speakers));
    for (size_t i = 0; i < registry->count; i++) {
        const struct source *source = registry->items[i];

        list->speakers[i] = (struct speaker){ .id = source->id, .source = source };
        id_index_put(&list->by_id, &list->speakers[i]);
    }
}

// By id, also by one merged into another; NULL: no such source.
static struct speaker *speaker_of(const struct source_sheet *list, const struct registry *registry,
                                  struct sv id)
{
    const struct speaker *found = id_index_find(list->by_id, id);
    size_t at;

    if (found)
        return &list->speakers[found - list->speakers];
    at = registry->merged_count ? registry_index(registry, id) : SIZE_MAX;
    return at < registry->count ? &list->speakers[at] : NULL;
}

// Hears of every voice in the claims of both articles that names a source.
struct listener {
    void (*hear)(struct listener *self, struct speaker *speaker, int pane,
                 const struct claim *claim, const struct voice *voice);
    struct source_sheet *list;
    const struct registry *registry;
    const struct source *source; // rows are made: of this one
    size_t depth;
};

static void listen_to(struct listener *self, int pane, const struct claim *claim)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        for (const struct voice *voice = claim->attributed_to.items[i]; voice;
             voice = voice->citing) {
            struct speaker *speaker =
                voice->source.len ? speaker_of(self->list, self->registry, voice->source) : NULL;

            if (speaker)
                self->hear(self, speaker, pane, claim, voice);
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

static void count_saying(struct listener *self, struct speaker *speaker, int pane,
                         const struct claim *claim, const struct voice *voice)
{
    (void)self, (void)claim, (void)voice;
    speaker->says[pane]++;
}

static void add_saying(struct listener *self, struct speaker *speaker, int pane,
                       const struct claim *claim, const struct voice *voice)
{
    if (speaker->source == self->source)
        add_row(self->list, (struct source_row){ .kind = ROW_SAYING,
                                                 .source = speaker->source,
                                                 .depth = self->depth,
                                                 .pane = pane,
                                                 .claim = claim,
                                                 .voice = voice });
}

static void count(struct source_sheet *list, struct app *app)
{
    struct listener listener = { .hear = count_saying,
                                 .list = list,
                                 .registry = session_registry(app->session) };

    if (!has_counts(list, app)) {
        begin_mentions(list, app);
        make_speakers(list, listener.registry);
        listen(&listener, app);
        list->counted = session_version(app->session);
    }
    list->sheet.is_behind = list->mentions.names;
}

// The names of a source, what was merged into it, and what it says.
static void add_inside(struct source_sheet *list, struct app *app, const struct source_node *node,
                       const struct speaker *speaker)
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
    if (speaker->says[0] + speaker->says[1])
        listen(&listener, app);
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct source_sheet *list = list_of(sheet);
    const struct registry *registry = session_registry(app->session);
    struct source_node *nodes;
    size_t node_count = source_tree(registry, &nodes);

    count(list, app);
    for (size_t i = 0; i < node_count; i++) {
        const struct source *source = nodes[i].source;
        const struct speaker *speaker = speaker_of(list, registry, source->id);

        if (registry_match(registry, source, buf_sv(&list->sheet.filter)) < 0)
            continue;
        add_row(list, (struct source_row){ .kind = ROW_SOURCE,
                                           .source = source,
                                           .depth = nodes[i].depth,
                                           .says = { speaker->says[0], speaker->says[1] } });
        if (list->is_all_open || sv_eq(source->id, buf_sv(&list->open)))
            add_inside(list, app, &nodes[i], speaker);
    }
    mem_free(nodes);
}

// ---- what the sheet asks

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
    drop_texts(list);
    drop_speakers(list);
    mentions_release(&list->mentions);
}

static const struct sheet_ops ops = {
    .name = NAME,
    .own = COMMAND_SOURCES,
    .size = sizeof(struct source_sheet),
    .empty = "no source yet: a on a claim makes one, @ of the words that name it",
    .fill = fill,
    .go_on = go_on,
    .title = title,
    .head_rows = 1,
    .head = source_head,
    .lines = source_lines,
    .draw = source_draw,
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
