// The bytes of a file before and after a step, as one stretch that differs: undo and redo write
// them to the letter. Never decides what is true: bytes that do not say what the records say are
// not written.
#include "session/inner.h"

#include <string.h>

#ifndef BLOCK
#define BLOCK 4096 // bytes compared at once; tests build with 4
#endif
#define TRACE_MAX                                                                                  \
    ((size_t)1 << 20) // a longer stretch is not kept: the records alone are undone then

static struct sv file_bytes(const struct session *session, const struct inner *reading)
{
    return doc_bytes(reading ? reading->pub.file.doc : session->registry.doc);
}

static void save(struct session *session, struct inner *reading, struct sv exact)
{
    if (reading)
        session_save_reading(session, reading, exact);
    else
        session_save_registry(session, exact);
}

static size_t *state_of(struct session *session, struct inner *reading)
{
    return reading ? &reading->state : &session->registry_state;
}

static const struct trace *trace_find(const struct step *step, const struct inner *reading)
{
    for (size_t i = 0; i < step->trace_count; i++) {
        if (step->traces[i].reading == reading)
            return &step->traces[i];
    }
    return NULL;
}

// Bytes that two texts have in common at their beginning, or at their end: whole blocks first,
// since a change is a small part of a file.
static size_t common_beg(struct sv a, struct sv b)
{
    size_t max = a.len < b.len ? a.len : b.len, len = 0;

    while (len + BLOCK <= max && !memcmp(a.ptr + len, b.ptr + len, BLOCK))
        len += BLOCK;
    while (len < max && a.ptr[len] == b.ptr[len])
        len++;
    return len;
}

static size_t common_end(struct sv a, struct sv b)
{
    size_t max = a.len < b.len ? a.len : b.len, len = 0;

    while (len + BLOCK <= max &&
           !memcmp(a.ptr + a.len - len - BLOCK, b.ptr + b.len - len - BLOCK, BLOCK))
        len += BLOCK;
    while (len < max && a.ptr[a.len - 1 - len] == b.ptr[b.len - 1 - len])
        len++;
    return len;
}

// Keep the stretch in which `before` and `after` differ.
static void trace_add(struct step *step, struct trace trace, struct sv before, struct sv after)
{
    size_t tail;

    trace.at = common_beg(before, after);
    before = sv_sub(before, trace.at, before.len);
    after = sv_sub(after, trace.at, after.len);
    tail = common_end(before, after);
    before = sv_sub(before, 0, before.len - tail);
    after = sv_sub(after, 0, after.len - tail);
    if (before.len + after.len > TRACE_MAX)
        return;
    buf_add(&trace.before, before);
    buf_add(&trace.after, after);
    MEM_GROW(step->traces, step->trace_count, step->trace_cap);
    step->traces[step->trace_count++] = trace;
}

static void save_first(struct session *session, struct step *step, struct inner *reading)
{
    size_t *state = state_of(session, reading);
    struct trace trace = { .reading = reading, .before_state = *state };
    struct buf before = { 0 };

    buf_add(&before, file_bytes(session, reading));
    save(session, reading, (struct sv){ 0 });
    trace.after_state = *state;
    trace_add(step, trace, buf_sv(&before), file_bytes(session, reading));
    buf_release(&before);
}

static void save_again(struct session *session, const struct trace *trace, struct inner *reading,
                       bool is_undo)
{
    const struct buf *from = is_undo ? &trace->after : &trace->before;
    const struct buf *to = is_undo ? &trace->before : &trace->after;
    struct buf exact = { 0 };

    buf_add(&exact, file_bytes(session, reading));
    buf_splice(&exact, trace->at, trace->at + from->len, buf_sv(to));
    save(session, reading, exact.len ? buf_sv(&exact) : (struct sv){ 0 });
    if (sv_eq(file_bytes(session, reading), buf_sv(&exact)))
        *state_of(session, reading) = is_undo ? trace->before_state : trace->after_state;
    buf_release(&exact);
}

void trace_save(struct session *session, struct step *step, struct inner *reading,
                enum direction direction)
{
    const struct trace *trace = trace_find(step, reading);
    size_t state = *state_of(session, reading);

    if (direction == FIRST_TIME)
        save_first(session, step, reading);
    else if (trace && state == (direction == UNDO ? trace->after_state : trace->before_state))
        save_again(session, trace, reading, direction == UNDO);
    else
        save(session, reading, (struct sv){ 0 });
}

void traces_release(struct step *step)
{
    for (size_t i = 0; i < step->trace_count; i++) {
        buf_release(&step->traces[i].before);
        buf_release(&step->traces[i].after);
    }
    mem_free(step->traces);
}
