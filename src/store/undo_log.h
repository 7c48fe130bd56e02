// Steps of undo that outlive the program: a file for each annotator and workspace in the person's state folder,
// undo/HASH.log, which only grows until it is trimmed. A step tells what it changed as text; whether it can still be
// undone is asked when it is (session/past.h).
//
//   %step ID LENGTH SUM      a step done: LENGTH bytes follow, and a line end; SUM begins their SHA-256
//   %undone ID 0 SUM         and what became of it later: undone, done again, or passed over as
//   %redone ID 0 SUM         out of date
//   %passed ID 0 SUM
//
// A piece that is damaged is left out, and the next one taken. Losing the file loses no record.
#ifndef GAINSAY_STORE_UNDO_LOG_H
#define GAINSAY_STORE_UNDO_LOG_H

#include "store/workspace.h"

#define UNDO_LOG_BYTES ((size_t)8 << 20) // a longer file is trimmed
#define UNDO_LOG_STEPS 1000              // to so many steps, and half of these bytes

struct undo_log {
    struct buf path;
    struct buf sitting; // what the ids of its own steps begin with; empty: none was written
    size_t count;       // of them
    uint64_t size;      // of the file when it was read or written to last
    bool has_grown;     // another program wrote to it before that, since it was read
};

#define UNDO_SOURCES   "sources"
#define UNDO_READ      "read"
#define UNDO_TEXT      "text"
#define UNDO_STATE     "state"
#define UNDO_GUIDELINE "guideline"

// One thing that a step changed: what it was and what it became, as text; absent: not there.
struct undo_item {
    struct sv section; // key of the section, or one of those above
    struct sv article; // id; empty for a source
    struct sv sum;     // SHA-256 of the article that positions count in; empty: not known
    struct sv id;      // of the record; empty for "read" and "text"
    struct sv before, after;
};

struct undo_step {
    struct sv what, when;
    struct undo_item *items;
    size_t count;
};

void undo_log_open(const struct workspace *ws, struct sv annotator, struct undo_log *out);
void undo_log_release(struct undo_log *log);

// Append a step; its id goes to `id`. Nobody waits for the disk.
//   returns  false with E_SYSTEM, or E_REFUSED for a step too large to be kept
MUST_CHECK bool undo_log_add(struct undo_log *log, const struct undo_step *step, struct buf *id,
                             struct err *err);

enum undo_mark { UNDO_UNDONE, UNDO_REDONE, UNDO_PASSED };
MUST_CHECK bool undo_log_mark(struct undo_log *log, enum undo_mark mark, struct sv id,
                              struct err *err);

// The steps of other sittings as they stand: to be undone, the last one last; to be done again, the next one last.
struct undo_past {
    struct buf bytes;
    struct undo_entry {
        struct sv id, body; // in `bytes`
    } *done, *undone;
    size_t done_count, undone_count, done_cap, undone_cap;
};
MUST_CHECK bool undo_log_read(struct undo_log *log, struct undo_past *out, struct err *err);
// Did another program write to it since it was read? true before it was read, too.
bool undo_log_is_news(const struct undo_log *log);
void undo_past_release(struct undo_past *past);

// The same of the bytes of a log. Takes any bytes.
//   sitting  steps with such ids are left out
void undo_past_parse(struct undo_past *past, struct sv sitting);

// A step as the text of a piece, and a piece of a log, appended. Same step, same bytes.
void undo_step_print(const struct undo_step *step, struct buf *out);
void undo_log_print(const char *word, struct sv id, struct sv body, struct buf *out);

// Ranges as the text of an item: "12-40", each on a line.
void undo_spans_print(const struct cp_span_list *spans, struct buf *out);

// The text of an entry; views into it, the items in `arena`. E_REFUSED when it is none.
MUST_CHECK bool undo_step_parse(struct sv body, struct arena *arena, struct undo_step *out,
                                struct err *err);

#endif
