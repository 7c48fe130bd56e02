// The schema at run time, and what can be done with any record knowing only its kind: copy, compare,
// read a field by name, merge three ways. One engine for reader, writer, forms, JSON, merge.
#ifndef GAINSAY_MODEL_RECORD_H
#define GAINSAY_MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/types.h"

enum kind_id {
    KIND_NONE,
#define KIND(kind, name, help) KIND_##kind,
#define FIELD(kind, name, key, member, type, sub, vocab, flags, help)
#include "model/schema.def"
#undef KIND
#undef FIELD
    KIND__N
};

enum field_type {
    FIELD_STR,      // struct sv
    FIELD_TEXT,     // struct sv
    FIELD_WORD,     // struct sv
    FIELD_ID,       // struct sv
    FIELD_SOURCE,   // struct sv
    FIELD_TIME,     // struct sv
    FIELD_NUMBER,   // struct sv, as written
    FIELD_BOOL,     // bool; false is absent
    FIELD_COUNT,    // size_t
    FIELD_CP_SPAN,  // struct cp_span
    FIELD_CP_SPANS, // struct cp_span_list
    FIELD_STRS,     // struct sv_list
    FIELD_MAP,      // pointer to a struct of kind `sub`, or NULL
    FIELD_LIST,     // struct rec_list of structs of kind `sub`
};

// How a member of such a type is kept, whatever it means.
enum storage {
    STORAGE_SV,    // struct sv
    STORAGE_BOOL,  // bool
    STORAGE_COUNT, // size_t
    STORAGE_SPAN,  // struct cp_span
    STORAGE_SPANS, // struct cp_span_list
    STORAGE_STRS,  // struct sv_list
    STORAGE_MAP,   // pointer to a struct, or NULL
    STORAGE_LIST,  // struct rec_list
};

enum vocab_id {
    VOCAB_NONE,
#define VOCAB(id, name, help) VOCAB_##id,
#define VALUE(id, value, key, flags, definition)
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
    VOCAB__N
};

struct field {
    const char *key;
    enum field_type type;
    size_t offset; // of the member in its struct, bytes
    enum kind_id sub;
    enum vocab_id vocab;
    bool is_required;
    const char *help; // at most 60 columns
};

struct kind {
    const char *name; // "claim"
    const char *help;
    size_t size;         // of the struct, bytes
    size_t extra_offset; // of its `extra` member
    const struct field *fields; // in canonical order
    size_t field_count;
};

const struct kind *kind_get(enum kind_id id); // id != KIND_NONE

// Field with this key, or NULL; and the key nearest to a misspelt one, or NULL when none is near.
const struct field *kind_find(const struct kind *kind, struct sv key);
const char *kind_nearest(const struct kind *kind, struct sv key);

enum storage field_storage(const struct field *field);
// Pointer to a field's member inside `rec` (NULL-safe for no record); cast by its storage.
const void *field_get(const void *rec, const struct field *field);
bool field_is_absent(const void *rec, const struct field *field);
bool field_eq(const void *a, const void *b, const struct field *field); // same value in two records
// Give `rec`, a record being made, the value that `from` has; what it points to is shared.
void field_take(void *rec, const void *from, const struct field *field);

// The same for the keys this version does not know.
void extras_take(enum kind_id kind, void *rec, const void *from);
bool extras_eq(enum kind_id kind, const void *a, const void *b);

// Deep copy into `arena`; deep comparison (extras included).
void *record_copy(struct arena *arena, enum kind_id kind, const void *rec);
bool record_eq(enum kind_id kind, const void *a, const void *b);

// Shallow copy to be changed and put back: cast to the struct and set members.
void *record_edit(struct arena *arena, enum kind_id kind, const void *rec);

// What neither side took away, in its order, then what either added, sorted: the same from both sides.
struct sv_list strs_merge(struct arena *arena, struct sv_list base, struct sv_list ours,
                          struct sv_list theirs);

// Three-way merge by field (record_merge.c). Where both sides changed a field differently, `ours` is kept and
// the field is reported. STRS merge as sets, lists of maps by element where it is clear which is which
// (model/elements.h); a map merges as one value, but for `contested`, whose members merge each on its own. Unknown
// keys in conflict are reported as the first field.
//   base, ours, theirs  none of them NULL
//   conflict            called once for each field in conflict; may be NULL
//   returns             `ours` or `theirs` themselves where the result equals them, else a new record
const void *record_merge(struct arena *arena, enum kind_id kind, const void *base, const void *ours,
                         const void *theirs,
                         void (*conflict)(void *ctx, const struct field *field), void *ctx);

#endif
