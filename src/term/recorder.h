// What was done in a sitting, written as a script that does it again (term/script.h).
// Never records what an editor was given, only what it gave back; a failing file never disturbs the
// sitting.
#ifndef GAINSAY_TERM_RECORDER_H
#define GAINSAY_TERM_RECORDER_H

#include "base/buf.h"
#include "base/err.h"
#include "tui/event.h"

// Zero value: records nothing.
struct recorder {
    const char *path; // NULL: off; borrowed
    struct buf text;  // the script so far
    size_t line;      // where the line of keys begins that is still being written; 0: none
};

// Start a script at `path`, for a screen of rows x cols. False when the file cannot be written
// (E_SYSTEM).
MUST_CHECK bool recorder_open(struct recorder *recorder, const char *path, int rows, int cols,
                              struct err *err);

void recorder_event(struct recorder *recorder, const struct event *event);
void recorder_edit(struct recorder *recorder, struct sv text); // what the editor gave back

// Write what is not on disk yet. The file is complete up to the last line of keys at any time.
void recorder_close(struct recorder *recorder);

#endif
