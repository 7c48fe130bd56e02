// A text that was being typed and is saved nowhere yet, and where it belongs: as a value, and as the bytes of
// the file it is kept in until it is accepted or dropped (store/journal.h).
//
//   gainsay unsaved 1          then for each member: its name, the length of its value in bytes,
//   text 12                    the value, and a line end
//   Nobody saw i
//   sum 64                     last: SHA-256 of all bytes before this line
//   …
#ifndef GAINSAY_STORE_UNSAVED_H
#define GAINSAY_STORE_UNSAVED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/units.h"

struct unsaved {        // zero value: nothing
    struct buf root;    // of the workspace
    struct buf annotator;
    struct buf owner;   // line of the process that wrote it (base/owner.h)
    struct buf when;    // UTC, as in records
    struct buf article; // id; empty: it belongs to a source of the registry
    struct buf section; // key of the record's section; empty: no record
    struct buf record;  // id
    struct buf field;   // path of the form's field, "contested.why"; empty: not of a form
    struct buf command; // name of the command that asks for the text; empty: of a form
    struct buf quote;   // words it is about, cut; may be empty
    struct cp_span span; // where they stand in the article; empty: nowhere
    struct buf text;
    size_t cursor;      // byte of `text`
};

#define UNSAVED_BYTES ((size_t)64 << 20) // of a file; a larger one is none of ours

void unsaved_release(struct unsaved *unsaved);

// Append the file of `unsaved`. Same value, same bytes.
void unsaved_print(const struct unsaved *unsaved, struct buf *out);

// Read a file. Every member stands once, in order, and is of its form: UTF-8 without control codes but line
// ends in `text`, numbers, the cursor on a code point of the text.
//   out      empty unless it returns true
//   returns  false with E_REFUSED and the line of what is wrong
//   cost     O(bytes)
MUST_CHECK bool unsaved_parse(struct sv bytes, const char *path, struct unsaved *out,
                              struct err *err);

#endif
