// The work left in open articles, found in steps and kept.
// Never changes a record, and never finds another thing than model/worklist.h does at once.
#include "session/left.h"

#include "session/inner.h"
#include "session/peers.h"

#define STEP_RECORDS 500               // and lines
#define STEP_BYTES   ((size_t)8 << 10) // of a text that is cut

struct left {
    struct worklist_text *text; // as long as the article is open
    struct worklist_walk walk;
    struct worklist list;
    size_t version; // of the session
};

static struct left *left_of(const struct reading *reading)
{
    return ((const struct inner *)reading)->left; // pub is its first member
}

void left_free(struct left *left)
{
    if (!left)
        return;
    worklist_release(&left->list);
    worklist_text_free(left->text);
    mem_free(left);
}

static struct left *left_get(struct reading *reading)
{
    struct inner *inner = (struct inner *)reading;

    if (!inner->left) {
        inner->left = mem_new(sizeof(*inner->left));
        inner->left->text = worklist_text_begin(reading->article, LEFT_BYTES);
        inner->left->version = SIZE_MAX;
    }
    return inner->left;
}

// The words of others' records that an open thread is about: their layers are read for that alone.
static void read_discussed(struct session *session, struct reading *reading)
{
    const struct threads *threads = session_threads(session);
    const struct layer *const *peers;

    for (size_t i = 0; i < threads->count; i++) {
        const struct thread *thread = &threads->items[i];

        if (thread->is_open && !thread->rec && sv_eq(thread->article, reading->id)) {
            (void)session_peers(session, reading, &peers);
            return; // the threads are others now
        }
    }
}

static struct worklist_input input_of(struct session *session, struct reading *reading)
{
    return (struct worklist_input){ .layer = &reading->file.layer,
                                    .article = reading->article,
                                    .text = left_get(reading)->text,
                                    .anchors = reading->anchors,
                                    .derived = session_derived(session),
                                    .scheme = session_scheme(session),
                                    .registry = session_registry(session),
                                    .threads = session_threads(session),
                                    .has_other = session_other(session, reading, 0) };
}

// Bring what was found to the end in line with what changed since.
static bool update(struct session *session, struct reading *reading, struct left *left)
{
    struct worklist_input input = input_of(session, reading);
    const struct delta *deltas;
    size_t count;

    return left->version != SIZE_MAX && left->walk.stage == WALK_DONE &&
           session_deltas(session, left->version, &deltas, &count) &&
           worklist_update(&input, deltas, count, &left->list);
}

const struct worklist *session_left(struct session *session, struct reading *reading)
{
    struct left *left = left_get(reading);

    if (left->version == session_version(session))
        return &left->list;
    read_discussed(session, reading); // may count the version up
    if (!update(session, reading, left)) {
        worklist_release(&left->list);
        left->walk = (struct worklist_walk){ 0 };
    }
    left->version = session_version(session);
    return &left->list;
}

enum left_stage session_left_stage(const struct session *session, const struct reading *reading)
{
    const struct left *left = left_of(reading);

    if (!left || left->version != session_version(session) || left->walk.stage == WALK_RECORDS)
        return LEFT_STAGE_RECORDS;
    if (!worklist_text_is_cut(left->text))
        return LEFT_STAGE_CUT;
    return left->walk.stage == WALK_DONE ? LEFT_STAGE_DONE : LEFT_STAGE_LINES;
}

void session_left_go_on(struct session *session, struct reading *reading)
{
    struct left *left = left_get(reading);
    struct worklist_input input = input_of(session, reading);

    if (left->walk.stage == WALK_RECORDS || !worklist_text_cut(left->text, STEP_BYTES))
        (void)worklist_step(&input, &left->walk, STEP_RECORDS, &left->list);
}

size_t session_left_cut(const struct reading *reading)
{
    const struct left *left = left_of(reading);

    return left ? worklist_text_end(left->text) : 0;
}
