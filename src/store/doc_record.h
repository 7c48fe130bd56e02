// One record as lines of a file: spliced field by field, or written anew.
// Never leaves lines behind that do not read back as the record.
#ifndef GAINSAY_STORE_DOC_RECORD_H
#define GAINSAY_STORE_DOC_RECORD_H

#include "store/doc_sheet.h"

// `- id: …`, canonical, with `col` blanks before the dash.
void doc_record_write(enum kind_id kind, const void *rec, int col, struct sheet *sheet);

// What `section->field->sub` record stands in `old`, changed to `rec`: fields that are equal keep their bytes and
// comments, changed ones are written where they stand, new ones where the canonical order asks.
void doc_record_splice(const struct head_run *section, const struct record_run *old,
                       const void *rec, struct sheet *sheet);

// Find the run of the record written at text[beg ..], `col` blanks before its dash. out->rec stays.
//   arena  takes the field runs
void doc_record_run(enum kind_id kind, int col, struct sheet *sheet, size_t beg,
                    struct arena *arena, struct record_run *out);

#endif
