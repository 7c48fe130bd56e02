// Changes: building a step, applying it to layers and registry. Undo and redo are in undo.c.
// Never changes a record, only which record stands where; a refused change leaves nothing behind.
#include "session/inner.h"

#include <string.h>

#include "base/bug.h"

static struct inner *inner_of(struct reading *reading)
{
    return (struct inner *)reading; // pub is its first member
}

static const struct cp_span_list *copy_read(struct arena *arena, struct cp_span_list read)
{
    struct cp_span_list *copy = arena_new(arena, sizeof(*copy));

    *copy = read;
    return copy;
}

// A word of the head as a thing of its own; NULL: it is absent.
static const struct sv *word_of(struct layer *layer, struct sv word)
{
    struct sv *copy;

    if (sv_is_absent(word))
        return NULL;
    copy = arena_new(&layer->arena, sizeof(*copy));
    *copy = word;
    return copy;
}

static bool read_eq(const struct cp_span_list *a, const struct cp_span_list *b)
{
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof(*a->items)) == 0);
}

static bool is_same_thing(const struct item *a, const struct item *b)
{
    return a->kind == b->kind && a->reading == b->reading && a->section == b->section &&
           sv_eq(a->id, b->id);
}

// Add an item, or let it take the place of an earlier one for the same thing.
static void add_item(struct change *change, struct item item)
{
    struct step *step = change->step;

    for (size_t i = 0; i < step->count; i++) {
        if (is_same_thing(&step->items[i], &item)) {
            step->items[i] = item;
            return;
        }
    }
    MEM_GROW(step->items, step->count, step->cap);
    step->items[step->count++] = item;
}

const void *item_now(struct session *session, const struct item *item)
{
    const struct layer *layer = item->reading ? &item->reading->pub.file.layer : NULL;

    switch (item->kind) {
    case ITEM_RECORD:
        return layer_find(layer, item->section, item->id);
    case ITEM_SOURCE:
        return registry_record(&session->registry.registry, item->id);
    case ITEM_READ:
        return copy_read(&item->reading->pub.file.layer.arena, layer->head.read);
    case ITEM_TEXT:
        return layer->head.text;
    case ITEM_STATE:
        return word_of(&item->reading->pub.file.layer, layer->head.state);
    case ITEM_GUIDELINE:
        return word_of(&item->reading->pub.file.layer, layer->head.guideline);
    }
    BUG("item of no kind");
}

bool item_eq(const struct item *item, const void *a, const void *b)
{
    if (a == b || !a || !b)
        return a == b;
    switch (item->kind) {
    case ITEM_RECORD:
        return record_eq(section_get(item->section)->kind, a, b);
    case ITEM_SOURCE:
        return record_eq(KIND_SOURCE, a, b);
    case ITEM_READ:
        return read_eq(a, b);
    case ITEM_TEXT:
        return record_eq(KIND_TEXT_STATE, a, b);
    case ITEM_STATE:
    case ITEM_GUIDELINE:
        return sv_eq(*(const struct sv *)a, *(const struct sv *)b);
    }
    BUG("item of no kind");
}

static void item_put(struct session *session, const struct item *item, const void *thing)
{
    struct registry *registry = &session->registry.registry;
    struct layer *layer = item->reading ? &item->reading->pub.file.layer : NULL;

    switch (item->kind) {
    case ITEM_RECORD:
        if (thing)
            layer_put(layer, item->section, thing);
        else
            layer_drop(layer, item->section, item->id);
        return;
    case ITEM_SOURCE:
        if (thing)
            registry_put(registry, thing);
        else
            registry_drop(registry, item->id);
        return;
    case ITEM_READ:
        layer_set_read(layer, *(const struct cp_span_list *)thing);
        return;
    case ITEM_TEXT:
        layer->head.text = thing;
        return;
    case ITEM_STATE:
        layer->head.state = thing ? *(const struct sv *)thing : (struct sv){ 0 };
        return;
    case ITEM_GUIDELINE:
        layer->head.guideline = thing ? *(const struct sv *)thing : (struct sv){ 0 };
        return;
    }
}

// Bring the marks of `reading` in line with what the items of `step` did; `old` is what stood there
// before.
static void update_marks(struct inner *reading, const struct step *step, const void *const *old,
                         const void *const *goals)
{
    struct mark_delta *deltas = mem_new((step->count + 1) * sizeof(*deltas));
    size_t count = 0;

    for (size_t i = 0; i < step->count; i++) {
        const struct item *item = &step->items[i];

        if (item->kind == ITEM_RECORD && item->reading == reading && old[i] != goals[i])
            deltas[count++] = (struct mark_delta){ item->section, old[i], goals[i] };
    }
    if (count)
        marks_update(reading, deltas, count);
    mem_free(deltas);
}

// The same for what follows from the records of all layers.
static void tell_deltas(struct session *session, const struct step *step, const void *const *old,
                        const void *const *goals)
{
    struct delta *deltas = mem_new((step->count + 1) * sizeof(*deltas));
    size_t count = 0;
    bool is_all = true;

    for (size_t i = 0; i < step->count; i++) {
        const struct item *item = &step->items[i];

        if (old[i] == goals[i])
            continue;
        if (item->kind == ITEM_RECORD)
            deltas[count++] =
                (struct delta){ &item->reading->pub.file.layer, item->section, old[i], goals[i] };
        else if (item->kind != ITEM_READ)
            is_all = false;
    }
    if (session->derived && !derive_update(session->derived, deltas, count))
        session_drop_derived(session);
    session->version++;
    if (is_all)
        deltas_add(session, deltas, count);
    else
        deltas_forget(session);
    mem_free(deltas);
}

static bool is_first_of(const struct step *step, size_t index, bool is_backward)
{
    size_t beg = is_backward ? index + 1 : 0, end = is_backward ? step->count : index;

    for (size_t i = beg; i < end; i++) {
        if (step->items[i].reading == step->items[index].reading)
            return false;
    }
    return true;
}

void step_apply(struct session *session, struct step *step, const void *const *goals,
                enum direction direction)
{
    bool is_backward = direction == UNDO;
    const void **old = mem_new((step->count + 1) * sizeof(*old));

    for (size_t n = 0; n < step->count; n++) {
        size_t i = is_backward ? step->count - 1 - n : n;

        old[i] = item_now(session, &step->items[i]);
        item_put(session, &step->items[i], goals[i]);
    }
    for (size_t i = 0; i < step->count; i++) {
        if (step->items[i].reading && is_first_of(step, i, false))
            update_marks(step->items[i].reading, step, old, goals);
    }
    for (size_t i = 0; i < step->count; i++) {
        if (step->items[i].kind == ITEM_TEXT && old[i] && goals[i])
            session_place_records(session, step->items[i].reading);
        if (step->items[i].kind == ITEM_STATE)
            (void)peers_look(session, step->items[i].reading); // what is hidden changes with it
    }
    tell_deltas(session, step, old, goals);
    for (size_t n = 0; n < step->count; n++) {
        size_t i = is_backward ? step->count - 1 - n : n;

        if (is_first_of(step, i, is_backward))
            trace_save(session, step, step->items[i].reading, direction);
    }
    mem_free(old);
}

void step_free(struct step *step)
{
    traces_release(step);
    mem_free(step->what);
    mem_free(step->log_id);
    mem_free(step->items);
    mem_free(step);
}

void steps_push(struct steps *steps, struct step *step)
{
    MEM_GROW(steps->items, steps->count, steps->cap);
    steps->items[steps->count++] = step;
}

void steps_clear(struct steps *steps)
{
    while (steps->count)
        step_free(steps->items[--steps->count]);
    mem_free(steps->items);
    *steps = (struct steps){ 0 };
}

struct change *change_begin(struct session *session, const char *what)
{
    struct change *change = mem_new(sizeof(*change));

    change->session = session;
    change->step = mem_new(sizeof(*change->step));
    change->step->what = mem_copy(what, strlen(what));
    return change;
}

void change_put(struct change *change, struct reading *reading, enum section section,
                const void *rec)
{
    add_item(change, (struct item){ .kind = ITEM_RECORD,
                                    .reading = inner_of(reading),
                                    .section = section,
                                    .id = ((const struct record *)rec)->id,
                                    .after = rec });
}

void change_drop(struct change *change, struct reading *reading, enum section section, struct sv id)
{
    add_item(change, (struct item){ .kind = ITEM_RECORD,
                                    .reading = inner_of(reading),
                                    .section = section,
                                    .id = sv_copy(change_arena(reading), id) });
}

void change_set_read(struct change *change, struct reading *reading, struct cp_span_list read)
{
    add_item(change, (struct item){ .kind = ITEM_READ,
                                    .reading = inner_of(reading),
                                    .after = copy_read(change_arena(reading), read) });
}

void change_set_text(struct change *change, struct reading *reading)
{
    const struct text_state *old = reading->file.layer.head.text;
    struct arena *arena = change_arena(reading);
    struct text_state *text =
        old ? record_edit(arena, KIND_TEXT_STATE, old) : arena_new(arena, sizeof(*text));

    text->sha256 = sv_copy(arena, sv_from(inner_sha256(inner_of(reading))));
    text->length = article_cp_len(reading->article);
    add_item(change,
             (struct item){ .kind = ITEM_TEXT, .reading = inner_of(reading), .after = text });
}

static void set_word(struct change *change, struct reading *reading, enum item_kind kind,
                     struct sv word)
{
    struct sv own = sv_is_absent(word) ? word : sv_copy(change_arena(reading), word);

    add_item(change, (struct item){ .kind = kind,
                                    .reading = inner_of(reading),
                                    .after = word_of(&reading->file.layer, own) });
}

void change_set_state(struct change *change, struct reading *reading, struct sv state)
{
    set_word(change, reading, ITEM_STATE, state);
}

void change_set_guideline(struct change *change, struct reading *reading, struct sv version)
{
    set_word(change, reading, ITEM_GUIDELINE, version);
}

void change_put_source(struct change *change, const struct source *source)
{
    add_item(change, (struct item){ .kind = ITEM_SOURCE, .id = source->id, .after = source });
}

void change_drop_source(struct change *change, struct sv id)
{
    struct arena *arena = change_source_arena(change->session);

    add_item(change, (struct item){ .kind = ITEM_SOURCE, .id = sv_copy(arena, id) });
}

// What the change says of a record; NULL: nothing.
static const struct item *find_item(const struct change *change, const struct reading *reading,
                                    enum section section, struct sv id)
{
    for (size_t i = 0; i < change->step->count; i++) {
        const struct item *item = &change->step->items[i];

        if (item->kind == ITEM_RECORD && &item->reading->pub == reading &&
            item->section == section && sv_eq(item->id, id))
            return item;
    }
    return NULL;
}

const void *change_get(const struct change *change, const struct reading *reading,
                       enum section section, struct sv id)
{
    const struct item *item = find_item(change, reading, section, id);

    return item ? item->after : layer_find(&reading->file.layer, section, id);
}

const void *change_get_of(const struct change *change, const struct reading *reading,
                          enum section section, const void *rec)
{
    const struct item *item = find_item(change, reading, section, ((const struct record *)rec)->id);

    return item ? item->after : rec;
}

struct arena *change_arena(struct reading *reading)
{
    return &reading->file.layer.arena;
}

struct arena *change_source_arena(struct session *session)
{
    return &session->registry.registry.arena;
}

// Note what stands there now; what would not change anything is taken out.
static void resolve_items(struct change *change)
{
    struct step *step = change->step;
    size_t kept = 0;

    for (size_t i = 0; i < step->count; i++) {
        struct item item = step->items[i];

        item.before = item_now(change->session, &item);
        if (!item_eq(&item, item.before, item.after))
            step->items[kept++] = item;
    }
    step->count = kept;
}

static bool may_write(struct session *session, const struct step *step, struct err *err)
{
    if (!session_is_present(session, err))
        return false;
    for (size_t i = 0; i < step->count; i++) {
        struct inner *reading = step->items[i].reading;

        if (reading && !reading->pub.file.is_refused) // it may have become writable
            reading->pub.is_writable |= fs_is_writable(buf_cstr(&reading->pub.file.path));
        if (!reading && session->registry.is_refused)
            return err_set(err, E_REFUSED,
                           (struct err_at){ .path = registry_file_name(&session->registry) },
                           "the registry could not be read and is left as it is; mend the file");
        if (reading && !reading->pub.is_writable)
            return err_set(err, reading->pub.file.is_refused ? E_REFUSED : E_SYSTEM,
                           (struct err_at){ .path = layer_file_name(&reading->pub.file) },
                           reading->pub.file.is_refused
                               ? "the file could not be read and is left as it is; mend it"
                               : "the file cannot be written; nothing can be changed here");
    }
    return true;
}

// The first change of a layer says which text its positions count in, and by which version of the
// team's rules it is made.
static void add_text_states(struct change *change)
{
    struct sv guideline = change->session->team.team.head.guideline;
    size_t count = change->step->count;

    for (size_t i = 0; i < count; i++) {
        struct inner *reading = change->step->items[i].reading;

        if (!reading || reading->pub.file.layer.head.text)
            continue;
        change_set_text(change, &reading->pub);
        if (guideline.len && sv_is_absent(reading->pub.file.layer.head.guideline))
            change_set_guideline(change, &reading->pub, guideline);
    }
}

bool change_commit(struct change *change, struct err *err)
{
    struct session *session = change->session;
    struct step *step = change->step;

    resolve_items(change);
    if (step->count == 0) {
        change_abort(change);
        return true;
    }
    if (!may_write(session, step, err)) {
        change_abort(change);
        return false;
    }
    add_text_states(change);
    mem_free(change);
    steps_clear(&session->redo);
    steps_push(&session->undo, step); // before saving: a merge may push its own step on top
    past_add(session, step);

    const void **goals = mem_new((step->count + 1) * sizeof(*goals));

    for (size_t i = 0; i < step->count; i++)
        goals[i] = step->items[i].after;
    step_apply(session, step, goals, FIRST_TIME);
    mem_free(goals);
    return true;
}

void change_abort(struct change *change)
{
    step_free(change->step);
    mem_free(change);
}
