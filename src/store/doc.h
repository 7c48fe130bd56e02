// A YAML file of records that is saved by splicing: what did not change keeps its bytes, comments, key
// order and unknown keys; what changed is written canonically, field by field.
//
// Calling sequence: doc_load, then any number of: change the records in memory (other pointers),
// doc_draft, write its bytes, doc_adopt. Loading and drafting without a change gives the same bytes.
#ifndef GAINSAY_STORE_DOC_H
#define GAINSAY_STORE_DOC_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/splice.h"
#include "model/record.h"

struct doc; // the bytes of the file and where in them each record and field stands

// What a file holds: head fields in canonical order, each either plain or a section of records.
struct doc_shape {
    const struct field *head; // FIELD_LIST fields with `sub` are sections
    size_t head_count;
    size_t head_size;         // bytes of the head struct (sections are not members of it)
    enum kind_id kind;        // a file that is one record: its kind; `head` is NULL then
};

extern const struct doc_shape doc_layer, doc_registry, doc_scheme, doc_team, doc_queries, doc_meta;
// Shape of the file at `path`, relative to the root of a workspace or of a repository around it: NULL for one that
// is not the workspace's. Where the path does not tell (NULL, or a file anywhere), by the keys that `bytes` have.
const struct doc_shape *doc_shape_of(const char *path, struct sv bytes);
// Fields of a file's head, sections among them.
const struct field *doc_shape_fields(const struct doc_shape *shape, size_t *count);

#define DOC_SECTIONS 5 // that a file can have

// Content of a doc as records: `head` points at the shape's head struct; sections[i] belongs to the i-th FIELD_LIST
// field of the shape, in the order the file is to have.
struct doc_content {
    void *head;
    struct rec_list sections[DOC_SECTIONS];
};

// Parse `bytes` (empty or blank: a new file). Records and content->head are made in `arena`, which must
// outlive the doc.
//   findings  warnings (unknown keys) and errors of single records: such a record is left out of the content
//             but its bytes stay in the file untouched ("nothing is lost"); may not be NULL
//   returns   false when the file as a whole is refused: what yaml_parse refuses; E_VERSION; E_MISSING without
//             'gainsay'; E_SHAPE when a head key or section is of the wrong kind, or over 1000 records are;
//             E_ID when an id stands twice. Nothing is added to `findings` then.
MUST_CHECK bool doc_load(const struct doc_shape *shape, struct sv bytes, const char *path,
                         struct arena *arena, struct doc_content *content, struct doc **out,
                         struct findings *findings, struct err *err);

// The file for `content`, with the places of all records in it. A record whose pointer is the loaded one keeps its
// bytes; one with the id of a loaded one keeps the bytes of each field that is equal; any other is written canonically
// at the place its position in the list asks for. O(records) steps, and the bytes from the first change to the last.
// What content->head points to must live as long as the draft.
struct draft;
struct draft *doc_draft(struct doc *doc, const struct doc_content *content);
// The same; a record that `from` holds, by its pointer, is written as it stands there, with the comments above it.
struct draft *doc_draft_from(struct doc *doc, const struct doc_content *content,
                             const struct doc *from);
// What makes the draft's bytes of the doc's, trimmed.
const struct splice *doc_draft_splice(const struct draft *draft);
void doc_draft_free(struct draft *draft); // NULL is allowed
// Let the draft's bytes be those that `exact` makes of the doc's, if they say the same. false: they do not, or it takes
// a load of all of them to tell. O(records), and reading those in whose lines the bytes differ.
bool doc_respell(struct doc *doc, struct draft *draft, const struct splice *exact);

// After the bytes of `draft`, the doc's own, have been written: they are what is on disk now. Takes the draft.
void doc_adopt(struct doc *doc, struct draft *draft);

// The bytes of a draft of `content`, appended.
void doc_render(const struct doc *doc, const struct doc_content *content, struct buf *out);

struct sv doc_bytes(const struct doc *doc); // as loaded or adopted
// Line and column of a record, of a map inside one, or of a field of either; rec NULL: of a head key, of
// `field` only the key counts. Line 0 when it is not in the file. O(1) but for the first call after a save.
struct err_at doc_place(const struct doc *doc, const void *rec, const struct field *field);
void doc_free(struct doc *doc); // NULL is allowed

// One record as canonical YAML (for `show`, conflicts, goldens), starting "- id: …".
void doc_write_record(enum kind_id kind, const void *rec, struct buf *out);

// The reverse: one record, which nothing in the text stands before or behind. Made in `arena`.
//   path     for messages
//   returns  false with what yaml_parse refuses, E_SHAPE, or the first error of the record
MUST_CHECK bool doc_read_record(enum kind_id kind, struct sv yaml, const char *path,
                                struct arena *arena, const void **out, struct err *err);

// Canonical form of a whole file (`gainsay fmt`): order of keys and records, styles; comments before a record
// or a key stay before it.
MUST_CHECK bool doc_format(const struct doc_shape *shape, struct sv bytes, const char *path,
                           struct buf *out, struct findings *findings, struct err *err);

#endif
