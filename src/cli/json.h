// JSON values. The only door to jansson is cli/json.c.
#ifndef GAINSAY_CLI_JSON_H
#define GAINSAY_CLI_JSON_H

#include "base/buf.h"
#include "base/sv.h"
#include "model/record.h"

struct jnode; // one value; owned by the list or map it was put into, else by the caller

struct jnode *jnode_map(void);
struct jnode *jnode_list(void);
struct jnode *jnode_bool(bool value);
struct jnode *jnode_count(size_t value);
struct jnode *jnode_text(struct sv text);   // invalid bytes become U+FFFD; absent is ""
struct jnode *jnode_number(struct sv text); // as text where it is no number that JSON can hold exactly

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

void json_library(struct buf *out); // append "jansson 2.14"

#endif
