// The bytes of a file before and after a step, as one stretch that differs: undo and redo write
// them to the letter. Never decides what is true: bytes that do not say what the records say are
// not written.
#include "session/inner.h"

static struct sv file_bytes(const struct session *session, const struct inner *reading)
{
    return doc_bytes(reading ? reading->pub.file.doc : session->registry.doc);
}

static void save(struct session *session, struct inner *reading, const struct splice *exact,
                 struct save_report *report)
{
    if (reading)
        session_save_reading(session, reading, exact, report);
    else
        session_save_registry(session, exact, report);
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

// Keep the stretch in which the bytes before and after the step differ.
static void save_first(struct session *session, struct step *step, struct inner *reading)
{
    size_t *state = state_of(session, reading);
    struct trace trace = { .reading = reading, .before_state = *state };
    struct save_report report = { 0 };

    save(session, reading, NULL, &report);
    if (report.is_traced) {
        trace.after_state = *state;
        trace.there = report.there;
        trace.back = report.back;
        report.there = report.back = (struct splice){ 0 };
        MEM_GROW(step->traces, step->trace_count, step->trace_cap);
        step->traces[step->trace_count++] = trace;
    }
    save_report_release(&report);
}

static void save_exact(struct session *session, const struct trace *trace, struct inner *reading,
                       bool is_undo)
{
    const struct splice *exact = is_undo ? &trace->back : &trace->there;
    struct save_report report = { 0 };

    if (!splice_len(exact, file_bytes(session, reading)))
        exact = NULL;
    save(session, reading, exact, &report);
    if (report.is_exact)
        *state_of(session, reading) = is_undo ? trace->before_state : trace->after_state;
    save_report_release(&report);
}

void trace_save(struct session *session, struct step *step, struct inner *reading,
                enum direction direction)
{
    const struct trace *trace = trace_find(step, reading);
    size_t state = *state_of(session, reading);
    struct save_report report = { 0 };

    if (direction == FIRST_TIME)
        save_first(session, step, reading);
    else if (trace && state == (direction == UNDO ? trace->after_state : trace->before_state))
        save_exact(session, trace, reading, direction == UNDO);
    else
        save(session, reading, NULL, &report);
    save_report_release(&report);
}

void traces_release(struct step *step)
{
    for (size_t i = 0; i < step->trace_count; i++) {
        splice_release(&step->traces[i].there);
        splice_release(&step->traces[i].back);
    }
    mem_free(step->traces);
}
