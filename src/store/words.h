// Records and their fields in a line of words.
#ifndef GAINSAY_STORE_WORDS_H
#define GAINSAY_STORE_WORDS_H

#include "base/buf.h"
#include "model/record.h"

// What a record is about, in one line: the words of a claim, both ends of a link, the name of a source. Appends.
void record_words(enum kind_id kind, const void *rec, struct buf *out);

// The value of a field in one line; nothing when it is absent. Appends.
void field_words(const void *rec, const struct field *field, struct buf *out);

// A text in one line: without blanks at its ends, a blank for each line end and tab. Appends.
void words_add_flat(struct buf *out, struct sv text);

#endif
