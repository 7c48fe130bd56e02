// Conflict markers as git writes them: a text with two or three sides in it.
//
//     <<<<<<< ours: says of c7k2q9wm
//       says: Five people died.
//     ||||||| base
//       says: People died.
//     =======
//       says: Six people died.
//     >>>>>>> theirs: says of c7k2q9wm
#ifndef GAINSAY_STORE_MARKERS_H
#define GAINSAY_STORE_MARKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum merge_side { SIDE_BASE, SIDE_OURS, SIDE_THEIRS, SIDE__N };

struct marked {
    struct buf sides[SIDE__N]; // the text as each side has it
    size_t count;              // stretches in conflict
    bool has_base;             // each of them says what it was before
};

// Does `rest`, the beginning of a line, begin with a marker?
bool marker_is_at(struct sv rest);

// Take a text apart. false: the markers do not pair; `line` is the first that is out of place, 1-based. Release it
// either way. A text without markers is the same on all sides.
bool markers_split(struct sv bytes, struct marked *out, int *line);
void marked_release(struct marked *marked);

// Append one stretch in conflict. A side without a line end at its end gets one.
//   what  for people, behind the markers; of one line
void markers_add(const struct sv sides[SIDE__N], struct sv what, bool is_crlf, struct buf *out);

#endif
