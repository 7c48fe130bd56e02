// How one string is written so that every YAML loader reads the same string back.
// Knows nothing of records; decides by the bytes alone.
#ifndef GAINSAY_STORE_YAML_SCALAR_H
#define GAINSAY_STORE_YAML_SCALAR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/sv.h"

// Can `text` stand without quotes as far as syntax goes (it may then be read as a number)?
//   in_flow  inside [ ] or { }
bool yaml_scalar_is_plain(struct sv text, bool in_flow);

// Would a loader of YAML 1.1 or 1.2 take plain `text` for a number, boolean, null, date, or merge key?
bool yaml_scalar_is_special(struct sv text);

// Can `text` stand behind `|`? Its lines then need no escape, and no blank line is at its edges.
bool yaml_scalar_is_literal(struct sv text);

// The string on one line: plain, in single quotes, or in double quotes with escapes. An invalid byte is
// written as U+FFFD: YAML cannot hold it.
void yaml_scalar_write(struct sv text, bool in_flow, struct buf *out);

// `|` and the lines of `text`, each behind `indent` blanks, two more than the map or list it stands in has;
// ends without line end. Only where yaml_scalar_is_literal.
void yaml_scalar_write_literal(struct sv text, int indent, struct buf *out);

#endif
