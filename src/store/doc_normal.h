// A tree as the writer would have made it from records: keys in canonical order, scalars in the form of their
// type. For what is written from nodes, with comments and values that no schema knows.
#ifndef GAINSAY_STORE_DOC_NORMAL_H
#define GAINSAY_STORE_DOC_NORMAL_H

#include "model/record.h"
#include "store/yaml.h"

// Keys in canonical order, those not known behind them; values in the form of their type.
//   is_read  the map could be decoded: its values are what the schema says; otherwise keys alone are put in order
//   arena    takes new lists of nodes
void doc_normal_map(enum kind_id id, struct ynode *map, bool is_read, struct arena *arena);
void doc_normal_value(const struct field *field, struct ynode *value, bool is_read,
                      struct arena *arena);

// Does the writer leave it out, because it is absent and no comment stands at it?
bool doc_is_idle(const struct field *field, const struct ynode *key, const struct ynode *value);

#endif
