// Nodes -> records, driven by the schema. What is wrong becomes a finding with its place and what
// would be right; whether a word is in the scheme is not asked here (model/check.h).
#ifndef GAINSAY_STORE_DOC_DECODE_H
#define GAINSAY_STORE_DOC_DECODE_H

#include "model/record.h"
#include "store/yaml.h"

struct doc_reader {
    const char *path;          // for findings
    struct arena *arena;       // takes the records; nothing in them points into nodes
    struct findings *findings; // warnings and errors
};

// A map as a record of `kind`, unknown keys in its `extra`; NULL after an error.
const void *doc_decode(const struct doc_reader *reader, enum kind_id kind, const struct ynode *map);

// Field of a kind with this key, or NULL. Quick for keys in canonical order: *hint, 0 to begin, is where it looks
// first.
const struct field *doc_find_field(const struct kind *kind, struct sv key, size_t *hint);

// One value into a member of `rec`; null leaves it absent. false after an error.
bool doc_decode_field(const struct doc_reader *reader, const struct field *field,
                      const struct ynode *value, void *rec);

// Add a finding at `node`, unless LIMIT_FINDINGS of its severity are there.
void doc_add_finding(const struct doc_reader *reader, enum severity severity, enum err_code code,
                     const struct ynode *node, const char *fmt, ...) PRINTF(5, 6);

// Warn of a key that none of `fields` has. `where` is "claim", or "file".
void doc_warn_unknown(const struct doc_reader *reader, const struct field *fields, size_t count,
                      const struct ynode *key, const char *where);

#endif
