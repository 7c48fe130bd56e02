// Undo and redo: each thing of a step goes back to its other side; beyond this sitting by past.c.
// Declared in session/session.h.
// Never takes away what came from another program meanwhile: such a record is merged, field by
// field.
#include "session/inner.h"

static struct arena *arena_of(struct session *session, const struct item *item)
{
    return item->reading ? change_arena(&item->reading->pub) : change_source_arena(session);
}

static const void *merge_read(struct arena *arena, const struct cp_span_list *from,
                              const struct cp_span_list *now, const struct cp_span_list *to)
{
    struct cp_span_list *out = arena_new(arena, sizeof(*out));

    *out = merge_spans(arena, *from, *now, *to);
    return out;
}

static void note_kept(void *ctx, const struct field *field)
{
    (void)field;
    *(bool *)ctx = true;
}

// What the item's thing becomes when the step between `from` and `to` is taken and `now` is what
// stands there.
//   kept  set when something of the other side was left as it is
static const void *goal_of(struct session *session, const struct item *item, const void *from,
                           const void *to, const void *now, bool *kept)
{
    struct arena *arena = arena_of(session, item);

    if (item_eq(item, now, from))
        return to;
    if (item_eq(item, now, to))
        return now;
    if (item->kind == ITEM_READ)
        return merge_read(arena, from, now, to);
    if (item->kind == ITEM_TEXT || item->kind == ITEM_STATE || item->kind == ITEM_GUIDELINE ||
        !from || !to || !now) {
        *kept = true;
        return now;
    }

    enum kind_id kind = item->kind == ITEM_SOURCE ? KIND_SOURCE : section_get(item->section)->kind;

    return record_merge(arena, kind, from, now, to, note_kept, kept);
}

static void take_step(struct session *session, struct step *step, bool is_undo)
{
    const void **goals = mem_new((step->count + 1) * sizeof(*goals));
    bool kept = false;

    for (size_t i = 0; i < step->count; i++) {
        struct item *item = &step->items[i];
        const void *now = item_now(session, item);
        const void *from = is_undo ? item->after : item->before;
        const void *to = is_undo ? item->before : item->after;

        goals[i] = goal_of(session, item, from, to, now, &kept);
        item->before = is_undo ? goals[i] : now; // the way back leads to what stands there now
        item->after = is_undo ? now : goals[i];
    }
    if (kept)
        findings_add(&session->findings, SEVERITY_WARNING, E_MERGED, ERR_NOWHERE,
                     "'%s' could not be %s as a whole: what came from another program stays",
                     step->what, is_undo ? "undone" : "redone");
    step_apply(session, step, goals, is_undo ? UNDO : REDO);
    mem_free(goals);
}

// The only reading that a step changes; NULL: it is of several, or of the registry.
static struct reading *place_of(const struct step *step)
{
    struct inner *found = NULL;

    for (size_t i = 0; i < step->count; i++) {
        struct inner *reading = step->items[i].reading;

        if (reading && found && reading != found)
            return NULL;
        found = reading ? reading : found;
    }
    return found ? &found->pub : NULL;
}

static bool travel(struct session *session, bool is_undo, const char **what, struct reading **where,
                   struct err *err)
{
    struct steps *from = is_undo ? &session->undo : &session->redo;
    struct steps *to = is_undo ? &session->redo : &session->undo;

    if (!session_is_present(session, err))
        return false;

    struct step *step = from->count ? from->items[--from->count] : past_take(session, is_undo, err);

    if (!step)
        return false;
    steps_push(to, step);
    *what = step->what;
    *where = place_of(step);
    take_step(session, step, is_undo);
    past_mark(session, step, is_undo);
    return true;
}

bool session_undo(struct session *session, const char **what, struct reading **where,
                  struct err *err)
{
    return travel(session, true, what, where, err);
}

bool session_has_undo(const struct session *session)
{
    return session->undo.count > 0;
}

bool session_redo(struct session *session, const char **what, struct reading **where,
                  struct err *err)
{
    return travel(session, false, what, where, err);
}
