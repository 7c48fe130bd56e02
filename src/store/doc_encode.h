// Records -> nodes that yaml_write.h writes canonically, driven by the schema.
#ifndef GAINSAY_STORE_DOC_ENCODE_H
#define GAINSAY_STORE_DOC_ENCODE_H

#include "model/record.h"
#include "store/yaml.h"

// The value of a field that is not absent, in `arena`; strings are borrowed from the record.
struct ynode *doc_encode_field(struct arena *arena, const void *rec, const struct field *field);

// The record as a map: fields in canonical order, then keys this version does not know.
struct ynode *doc_encode(struct arena *arena, enum kind_id kind, const void *rec);

// Value of a key that this version does not know.
struct ynode *doc_encode_extra(struct arena *arena, const struct extra *extra);

// Is a scalar of this type written without quotes though a loader takes it for a number, a boolean
// or a time?
bool doc_is_plain_type(enum field_type type, struct sv text);

// Keys of a record that this version does not know.
const struct extra *doc_extras(enum kind_id kind, const void *rec);

#endif
