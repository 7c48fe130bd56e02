// YAML bytes -> a tree of nodes with places. The only file that knows libyaml.
// What FORMAT.md forbids is refused here while events are pulled: aliases, anchors, tags, duplicate keys,
// several documents, conflict markers, depth, size. Each refusal names line and column (1-based).
#ifndef GAINSAY_STORE_YAML_H
#define GAINSAY_STORE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/units.h"

enum ynode_type { YNODE_SCALAR, YNODE_LIST, YNODE_MAP };

struct ynode {
    enum ynode_type type;
    bool is_flow;           // list or map in flow style
    bool is_plain;          // scalar without quotes; an empty plain one is null
    bool is_raw;            // scalar made for the writer: `text` is YAML (see yaml_write_value)
    struct sv text;         // scalar: value, may hold NUL; NUL-terminated behind
    struct byte_span bytes; // in the file; block collections end where their last item ends, a block
                            // scalar before the line end of its last line
    int line, col;          // 1-based; col in code points; a line ends with LF alone
    struct ynode **items;   // list: items; map: key, value, key, value ... (keys are scalars)
    size_t count;           // of items (a map of 2 pairs has 4)
    struct sv before;       // comment lines to be written above it, without indent (yaml_write.h)
    struct sv beside;       // comment to be written at the end of its first line
};

// Parse one document. An empty one gives *out == NULL.
//   path   for messages
//   arena  takes the tree; `bytes` is borrowed until the call returns
MUST_CHECK bool yaml_parse(struct sv bytes, const char *path, struct arena *arena,
                           struct ynode **out, struct err *err);

// Long lists directly under the root map, one item at a time.
struct yaml_sink {
    // Shall the items of the list behind `key` be handed over?
    bool (*wants)(void *ctx, const struct ynode *key);
    // The next item; `list` as far as it is known (count: items before). Dies when the call returns; false ends
    // the parse with *err.
    bool (*take)(void *ctx, const struct ynode *key, const struct ynode *list,
                 const struct ynode *item, struct err *err);
    void *ctx;
};

// As yaml_parse, for long files: items that the sink wants are handed over as soon as they are read and then
// forgotten; their list has a count but no items in *out.
MUST_CHECK bool yaml_parse_items(struct sv bytes, const char *path, struct arena *arena,
                                 const struct yaml_sink *sink, struct ynode **out,
                                 struct err *err);

// Value of `key` in a map, or NULL.
struct ynode *ynode_get(const struct ynode *map, const char *key);

// Append the library: "libyaml 0.2.5".
void yaml_library(struct buf *out);

// No value: nothing, `~` or `null` without quotes.
bool ynode_is_null(const struct ynode *node);

// Deepest last node: where the text of `node` ends.
const struct ynode *ynode_last_leaf(const struct ynode *node);

#endif
