// Canonical YAML: a tree of nodes -> text, after rule 1 of FORMAT.md. Same tree, same bytes.
// Maps and lists of maps in block style, lists of scalars in flow style, nothing folded; what a loader of
// YAML 1.1 or 1.2 would take for a number, boolean, null or date is quoted.
#ifndef GAINSAY_STORE_YAML_WRITE_H
#define GAINSAY_STORE_YAML_WRITE_H

#include "base/buf.h"
#include "store/yaml.h"

// `key: value` with its lines, ending in LF. The first line has no indent, the others `indent` blanks more
// than they need; node->before and beside are written for nodes below `value`, not for itself.
void yaml_write_pair(struct sv key, const struct ynode *value, int indent, struct buf *out);

// `- ` and the map or value behind it, likewise.
void yaml_write_item(const struct ynode *item, int indent, struct buf *out);

// A value alone, as struct extra keeps it: what stands behind `key:` at indent 0, without its last line
// end; block lists and maps begin with LF.
void yaml_write_value(const struct ynode *value, struct buf *out);

// Comment lines (each "# ..." with LF) with `indent` blanks before each.
void yaml_write_comments(struct sv lines, int indent, struct buf *out);

#endif
