// The text of a file while it is made from the old one: pieces copied, pieces written. What is copied from
// the beginning of the old file, and what is copied last, is only remembered: saving one record of thousands
// copies that record.
// Never lets a piece that follows change the value of the piece before it.
#ifndef GAINSAY_STORE_DOC_SHEET_H
#define GAINSAY_STORE_DOC_SHEET_H

#include "base/splice.h"
#include "store/doc_impl.h"

// The new text is old[0 .. head), `text`, old[tail.beg .. tail.end). Positions count in all of it.
struct sheet {
    const struct doc *old;
    size_t head;
    struct buf text;
    struct byte_span tail;
    bool is_crlf;    // line ends of what is written
    size_t open_at;  // position of the `|` of old->open_scalar when it was copied; SIZE_MAX: not yet
    bool ends_keep;  // the last value takes in blank lines that follow
};

size_t sheet_len(const struct sheet *sheet);

// The text from position `beg` on. Valid until the next change of the sheet.
struct sv sheet_from(struct sheet *sheet, size_t beg);

// Take off what stands behind position `len`.
void sheet_cut(struct sheet *sheet, size_t len);

// Bytes [beg, end) of the old file.
void sheet_copy(struct sheet *sheet, size_t beg, size_t end);

// End the last line if it has no end yet. Returns the bytes this took.
size_t sheet_end_line(struct sheet *sheet);

// Canonical text, with the file's line ends.
void sheet_write(struct sheet *sheet, struct sv text);

// `count` blanks.
void sheet_indent(struct sheet *sheet, int count);

// A blank line, unless it would become part of the last value.
void sheet_write_blank(struct sheet *sheet);

// What stays of a lead when what follows it goes: comments that a blank line keeps apart from it.
// Returns true when there are some.
bool sheet_copy_rest(struct sheet *sheet, size_t beg, size_t end);

// The whole text as a change of the old file's bytes, trimmed. Takes the text out of the sheet.
struct splice sheet_take(struct sheet *sheet);

#endif
