// What an import put in, as a step that undo in the reader takes back.
// Never undoes anything: whether the step still fits is asked when it is taken back.
#include "cli/intake_step.h"

#include <string.h>

#include "base/env.h"
#include "base/mem.h"
#include "store/undo_log.h"

struct items {
    struct arena arena;
    struct undo_item *items;
    size_t count, cap;
};

void intake_step_begin(struct intake *intake)
{
    intake->note_count = 0;
    for (size_t i = 0; i < intake->count; i++) {
        intake->layers[i].read_before = intake->layers[i].file.layer.head.read;
        intake->layers[i].state_before = intake->layers[i].file.layer.head.state;
    }
}

void intake_step_note(struct intake *intake, const struct intake_layer *layer, enum section section,
                      struct sv id)
{
    MEM_GROW(intake->notes, intake->note_count, intake->note_cap);
    intake->notes[intake->note_count++] =
        (struct intake_note){ layer->article, section, sv_copy(&intake->space->arena, id) };
}

void intake_step_note_source(struct intake *intake, struct sv id)
{
    MEM_GROW(intake->notes, intake->note_count, intake->note_cap);
    intake->notes[intake->note_count++] =
        (struct intake_note){ .id = sv_copy(&intake->space->arena, id) };
}

static void add(struct items *items, struct undo_item item)
{
    MEM_GROW(items->items, items->count, items->cap);
    items->items[items->count++] = item;
}

static struct sv text_of(struct items *items, enum kind_id kind, const void *rec)
{
    struct buf text = { 0 };
    struct sv copy;

    doc_write_record(kind, rec, &text);
    copy = sv_copy(&items->arena, buf_sv(&text));
    buf_release(&text);
    return copy;
}

static struct sv spans_text(struct items *items, struct cp_span_list spans)
{
    struct buf text = { 0 };
    struct sv copy;

    undo_spans_print(&spans, &text);
    copy = sv_copy(&items->arena, text.len ? buf_sv(&text) : SV(""));
    buf_release(&text);
    return copy;
}

static struct sv sum_of(const struct intake_layer *layer)
{
    const struct text_state *text = layer->file.layer.head.text;

    return text ? text->sha256 : SV("");
}

static void add_note(struct items *items, const struct intake *intake,
                     const struct registry *registry, const struct intake_note *note)
{
    const struct intake_layer *layer = NULL;
    const void *rec;

    if (!note->article.len) {
        rec = registry_record(registry, note->id);
        if (rec)
            add(items, (struct undo_item){ .section = SV(UNDO_SOURCES),
                                           .article = SV(""),
                                           .sum = SV(""),
                                           .id = note->id,
                                           .after = text_of(items, KIND_SOURCE, rec) });
        return;
    }
    for (size_t i = 0; i < intake->count && !layer; i++)
        if (sv_eq(intake->layers[i].article, note->article))
            layer = &intake->layers[i];
    rec = layer ? layer_find(&layer->file.layer, note->section, note->id) : NULL;
    if (rec)
        add(items,
            (struct undo_item){ .section = sv_from(section_get(note->section)->key),
                                .article = note->article,
                                .sum = sum_of(layer),
                                .id = note->id,
                                .after = text_of(items, section_get(note->section)->kind, rec) });
}

static bool is_same(struct cp_span_list a, struct cp_span_list b)
{
    return a.count == b.count &&
           (!a.count || !memcmp(a.items, b.items, a.count * sizeof(*a.items)));
}

// What was read, and whether it is finished, where the file said more of it.
static void add_head(struct items *items, const struct intake_layer *layer)
{
    const struct layer_head *head = &layer->file.layer.head;
    struct undo_item item = { .article = layer->article, .sum = sum_of(layer), .id = SV("") };

    if (!is_same(layer->read_before, head->read)) {
        item.section = SV(UNDO_READ);
        item.before = spans_text(items, layer->read_before);
        item.after = spans_text(items, head->read);
        add(items, item);
    }
    if (!sv_eq(layer->state_before, head->state)) {
        item.section = SV(UNDO_STATE);
        item.before = layer->state_before;
        item.after = head->state;
        add(items, item);
    }
}

bool intake_step_write(struct intake *intake, const struct registry *registry, struct err *err)
{
    const char *slash = strrchr(intake->in->path, '/');
    struct items items = { 0 };
    struct buf what = { 0 }, when = { 0 }, id = { 0 };
    struct cli *cli = intake->space->cli;
    struct undo_log log;
    bool ok = true;

    for (size_t i = 0; i < intake->note_count; i++)
        add_note(&items, intake, registry, &intake->notes[i]);
    for (size_t i = 0; i < intake->count; i++)
        if (intake->layers[i].is_named)
            add_head(&items, &intake->layers[i]);
    buf_addf(&what, "import of %s",
             !strcmp(intake->in->path, "-") ? "standard input"
             : slash                        ? slash + 1
                                            : intake->in->path);
    env_now(&when);
    undo_log_open(&cli->workspace, buf_sv(&cli->annotator), &log);
    if (items.count)
        ok = undo_log_add(&log,
                          &(struct undo_step){ .what = buf_sv(&what),
                                               .when = buf_sv(&when),
                                               .items = items.items,
                                               .count = items.count },
                          &id, err);
    undo_log_release(&log);
    buf_release(&what);
    buf_release(&when);
    buf_release(&id);
    mem_free(items.items);
    arena_release(&items.arena);
    return ok;
}
