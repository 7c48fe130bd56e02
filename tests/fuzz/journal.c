// Any bytes as a kept text and as a log of undo: refused, or read as something that is written the
// same; steps come from whole pieces alone.
#include "fuzz.h"

#include <string.h>

#include "base/visible.h"
#include "store/doc.h"
#include "store/undo_log.h"
#include "store/unsaved.h"

static void check_text(struct sv bytes)
{
    struct unsaved unsaved;
    struct buf again = { 0 };
    struct err err = { 0 };

    if (unsaved_parse(bytes, "kept", &unsaved, &err)) {
        unsaved_print(&unsaved, &again);
        MUST(sv_eq(buf_sv(&again), bytes));
        MUST(unsaved.cursor <= unsaved.text.len);
        MUST(unsaved.span.beg <= unsaved.span.end);
    } else {
        MUST(err.code == E_REFUSED && err.line >= 1);
        err_print(&err, &again);
        must_be_visible(buf_sv(&again));
        MUST(!unsaved.text.ptr);
    }
    unsaved_release(&unsaved);
    buf_release(&again);
    err_release(&err);
}

static void check_step(struct sv body)
{
    struct arena arena = { 0 };
    struct undo_step step;
    struct err err = { 0 };

    if (undo_step_parse(body, &arena, &step, &err)) {
        MUST(step.count > 0);
        for (size_t i = 0; i < step.count; i++) {
            const void *rec;

            if (!sv_is_absent(step.items[i].after) &&
                !doc_read_record(KIND_CLAIM, step.items[i].after, "log", &arena, &rec, &err)) {
                MUST(err.code != E_NONE);
                err_release(&err);
            }
        }
    } else {
        MUST(err.code == E_REFUSED);
    }
    err_release(&err);
    arena_release(&arena);
}

static void check_log(struct sv bytes)
{
    struct undo_past past = { 0 };

    buf_add(&past.bytes, bytes);
    undo_past_parse(&past, SV("own-"));
    for (size_t i = 0; i < past.done_count; i++)
        check_step(past.done[i].body);
    for (size_t i = 0; i < past.undone_count; i++)
        check_step(past.undone[i].body);
    undo_past_release(&past);
}

// A sum is hard to guess: bytes that begin with # get one. A step of any text comes back as it was.
static void check_summed(struct sv bytes)
{
    struct undo_item item = { bytes, SV("e/a"), SV(""), SV("c1"), { 0 }, bytes };
    struct undo_step step = { SV("mark"), SV("now"), &item, 1 };
    struct undo_past past = { 0 };
    struct buf body = { 0 }, log = { 0 };

    undo_log_print("step", SV("i-1"), bytes, &log);
    check_log(buf_sv(&log));
    undo_step_print(&step, &body);
    undo_log_print("step", SV("i-2"), buf_sv(&body), &past.bytes);
    undo_past_parse(&past, SV(""));
    MUST(past.done_count == 1 && sv_eq(past.done[0].body, buf_sv(&body)));
    check_step(past.done[0].body);
    undo_past_release(&past);
    buf_release(&body);
    buf_release(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sv bytes = sv_of((const char *)data, size);

    if (size > 1 << 16)
        return 0;
    check_text(bytes);
    check_log(bytes);
    if (size && *data == '#')
        check_summed(sv_sub(bytes, 1, size));
    return 0;
}
