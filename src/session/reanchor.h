// What of a reading is no longer where it was because the text changed, and putting it right.
#ifndef GAINSAY_SESSION_REANCHOR_H
#define GAINSAY_SESSION_REANCHOR_H

#include "session/session.h"

// A part or a cue that does not stand, letter for letter, at its position.
struct reanchor_piece {
    const struct part *part; // NULL: a cue
    const struct cue *cue;   // NULL: a part
    size_t index;            // of the part in its record
    enum anchor anchor;      // MOVED, DOUBT or LOST
    struct cp_span from;     // its position in the file
    struct cp_span to;       // where it stands, or may; empty: nowhere
};

// A record that has such pieces.
struct reanchor_item {
    enum section section;
    const void *rec;
    enum anchor anchor;  // the worst of its pieces
    bool is_placed;      // its parts are where they are for sure: verb_reanchor writes it
    size_t first, count; // its pieces
    struct cp_span at;   // where it stands, or may; empty: nowhere
};

struct reanchor {
    struct reanchor_item *items; // by section, in the order of the layer
    size_t count, cap;
    struct reanchor_piece *pieces;
    size_t piece_count, piece_cap;
    size_t counts[ANCHOR_LOST + 1]; // items by anchor
};

// Fill `out`, which is empty. Records are borrowed: valid until the next change.
void reanchor_find(const struct reading *r, struct reanchor *out);
void reanchor_release(struct reanchor *out);

struct sv reanchor_quote(const struct reanchor_piece *piece);
// "moved", "doubtful", "lost"
const char *anchor_word(enum anchor anchor);

// Write what is sure, as one step: parts, cues, contexts, read ranges; then the layer's positions count
// in the text as it is. A record with a part in doubt or lost stays as it is, whole; a cue in doubt
// stays, its claim does not wait for it.
//   moved  records written because something moved; may be 0 on true
// Where a quote in doubt stands at its old position as well, the layer goes on naming the old text, so
// that it is not taken for sure the next time.
MUST_CHECK bool verb_reanchor(struct session *s, struct reading *r, size_t *moved, struct err *err);

// A person says that the record stands where it is proposed: its pieces take the text there.
// E_SPAN when a part stands nowhere, E_ID when there is nothing to accept.
MUST_CHECK bool verb_accept_place(struct session *s, struct reading *r, struct sv id,
                                  struct err *err);

// A person says that part `part` of the record stands at `span`; its other parts stay where they are.
// E_SPAN when one of these stands there.
MUST_CHECK bool verb_set_place(struct session *s, struct reading *r, struct sv id, size_t part,
                               struct byte_span span, struct err *err);

#endif
