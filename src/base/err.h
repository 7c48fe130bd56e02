// Errors: set once where they arise, passed up untouched, printed by cli/ and the status line alone.
//
// A fallible function returns bool (or a pointer), takes `struct err *err` last and is MUST_CHECK:
//     if (!layer_load(path, &layer, err)) return false;              // pass up, say nothing
//     return err_set(err, E_SHAPE, at, "'%s' must be a list", key);  // always false
// err is untouched on success. Text: lower case, no full stop, what failed first, the subject in
// single quotes, then what would be right.
#ifndef GAINSAY_BASE_ERR_H
#define GAINSAY_BASE_ERR_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/sv.h"

enum err_code {
    E_NONE,
#define ERROR(id, name, status, meaning) id,
#include "base/errors.def"
#undef ERROR
    E__N
};

// Where an error is. path may be NULL; line and col are 1-based, 0 = unknown.
struct err_at {
    const char *path; // borrowed until err_set returns
    int line, col;    // col counts code points
};

struct err {
    enum err_code code; // E_NONE: nothing happened
    struct buf path;    // empty: no file
    int line, col;      // 1-based, 0 = unknown
    struct buf text;    // what, and what would be right; may hold raw bytes: print via err_print
};

#define ERR_NOWHERE ((struct err_at){ 0 })

// Set and return false. A second err_set overwrites the first.
bool err_set(struct err *err, enum err_code code, struct err_at at, const char *fmt, ...)
    PRINTF(4, 5);

// As err_set, with `: ` and the text of errno (E_SYSTEM).
bool err_set_errno(struct err *err, const char *path, const char *fmt, ...) PRINTF(3, 4);

// Append "PATH:LINE:COL: text" without line end; control bytes and invalid UTF-8 are made visible.
void err_print(const struct err *err, struct buf *out);

// Exit status of the process for this code: 0, 2, 3 or 4 (CLI.md).
int err_status(enum err_code code);
const char *err_name(enum err_code code);    // "dangling"
const char *err_meaning(enum err_code code); // one phrase

void err_release(struct err *err);

// Many findings of one run: warnings of a load, the result of `check`.
enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct finding {
    enum severity severity;
    struct err err;
};

struct findings {
    struct finding *items; // in the order they were added
    size_t count, cap;
    size_t errors; // how many are SEVERITY_ERROR
};

void findings_add(struct findings *list, enum severity severity, enum err_code code,
                  struct err_at at, const char *fmt, ...) PRINTF(5, 6);
// Moves `err` into the list and leaves it empty.
void findings_take(struct findings *list, enum severity severity, struct err *err);
// By path, line, column; equal ones keep their order.
void findings_sort(struct findings *list);
void findings_release(struct findings *list);

#endif
