// The text of a file while it is made from the old one: pieces copied, pieces written.
// Never lets a piece that follows change the value of the piece before it.
#ifndef GAINSAY_STORE_DOC_SHEET_H
#define GAINSAY_STORE_DOC_SHEET_H

#include "store/doc_impl.h"

struct sheet {
    const struct doc *old;
    struct buf text;
    bool is_crlf;    // line ends of what is written
    size_t open_at;  // offset of the `|` of old->open_scalar when it was copied; SIZE_MAX: not yet
    bool ends_keep;  // the last value takes in blank lines that follow
};

// Bytes [beg, end) of the old file.
void sheet_copy(struct sheet *sheet, size_t beg, size_t end);

// End the last line if it has no end yet. Returns the bytes this took.
size_t sheet_end_line(struct sheet *sheet);

// Canonical text, with the file's line ends.
void sheet_write(struct sheet *sheet, struct sv text);

// A blank line, unless it would become part of the last value.
void sheet_write_blank(struct sheet *sheet);

// What stays of a lead when what follows it goes: comments that a blank line keeps apart from it.
// Returns true when there are some.
bool sheet_copy_rest(struct sheet *sheet, size_t beg, size_t end);

#endif
