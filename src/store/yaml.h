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
    bool is_flow;  // list or map in flow style
    bool is_plain; // scalar without quotes
    struct sv text;           // scalar: value, may hold NUL; NUL-terminated behind
    struct byte_span bytes;   // in the file; block collections end where their last item ends
    int line, col;            // 1-based; col in code points
    struct ynode **items;     // list: items; map: key, value, key, value ... (keys are scalars)
    size_t count;             // of items (a map of 2 pairs has 4)
};

// Parse one document. An empty one gives *out == NULL.
//   path   for messages
//   arena  takes the tree; `bytes` is borrowed until the call returns
MUST_CHECK bool yaml_parse(struct sv bytes, const char *path, struct arena *arena,
                           struct ynode **out, struct err *err);

// Value of `key` in a map, or NULL.
struct ynode *ynode_get(const struct ynode *map, const char *key);

// Append the library: "libyaml 0.2.5".
void yaml_library(struct buf *out);

#endif
