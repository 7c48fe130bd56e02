// JSON values. The only door to jansson is exchange/json.c.
#ifndef GAINSAY_EXCHANGE_JSON_H
#define GAINSAY_EXCHANGE_JSON_H

#include "base/buf.h"
#include "base/err.h"
#include "base/sv.h"
#include "model/record.h"

struct jnode; // one value; owned by the list or map it was put into, else by the caller

struct jnode *jnode_map(void);
struct jnode *jnode_list(void);
struct jnode *jnode_bool(bool value);
struct jnode *jnode_count(size_t value);
struct jnode *jnode_text(struct sv text);   // invalid bytes become U+FFFD; absent is ""
struct jnode *jnode_number(struct sv text); // as text where a JSON number would not be printed as it is

// Both take `value`. Keys keep the order in which they were set.
void jnode_set(struct jnode *map, const char *key, struct jnode *value);
void jnode_set_text(struct jnode *map, const char *key, struct sv text); // not when it is absent
void jnode_add(struct jnode *list, struct jnode *value);

// A record as FORMAT.md names it, by the schema; absent fields are left out. Keys unknown to this
// version are given as their YAML text under "extra".
struct jnode *jnode_record(enum kind_id kind, const void *rec);
void jnode_add_fields(struct jnode *map, enum kind_id kind, const void *rec); // into a map with more

// Append the value, indented, with a line end. Characters that a terminal obeys or hides are escaped.
void jnode_print(const struct jnode *node, struct buf *out);
void jnode_free(struct jnode *node);

// ---- reading

enum jnode_type { JNODE_NULL, JNODE_BOOL, JNODE_NUMBER, JNODE_TEXT, JNODE_LIST, JNODE_MAP };

// Read one value out of `text`, up to its end; the caller frees it.
//   path     of the file, for messages; NULL: none
//   returns  NULL with E_REFUSED where it is no JSON, says a key twice or is nested too deeply
MUST_CHECK struct jnode *jnode_read(struct sv text, const char *path, struct err *err);
enum jnode_type jnode_type(const struct jnode *node);
// Borrowed from the map or list. A value that is not there, or in what is no map: NULL.
const struct jnode *jnode_get(const struct jnode *map, const char *key);
const struct jnode *jnode_item(const struct jnode *list, size_t index);
size_t jnode_size(const struct jnode *list);    // 0 for what is no list
double jnode_real(const struct jnode *node);    // 0 for what is no number
bool jnode_is_true(const struct jnode *node);
struct sv jnode_string(const struct jnode *node); // absent for what is no text
// Call `each` for the members of a map, in their order; none for what is no map.
void jnode_each(const struct jnode *map,
                void (*each)(void *ctx, const char *key, const struct jnode *value), void *ctx);
// How many values a value is: itself and all in it. O(values).
size_t jnode_values(const struct jnode *node);
// How many values stand before `node` in `root`, counted as they are written; SIZE_MAX when it is not in there.
// O(values).
size_t jnode_ordinal(const struct jnode *root, const struct jnode *node);

struct jnode *jnode_double(double value); // finite
struct jnode *jnode_null(void);
// Append the value on one line, without a line end.
void jnode_print_flat(const struct jnode *node, struct buf *out);

void json_library(struct buf *out); // append "jansson 2.14"

#endif
