// What a team decided, as it stands in records of the adjudicated layer: which records of annotators one rests on,
// what was decided, and what those said then. Reads nothing.
#ifndef GAINSAY_MODEL_DECISION_H
#define GAINSAY_MODEL_DECISION_H

#include <stdbool.h>

#include "model/layer.h"

#define DECISION_SAME     "same"
#define DECISION_SPLIT    "split"
#define DECISION_JOINED   "joined"
#define DECISION_ONE      "only-one"
#define DECISION_REJECTED "rejected"
#define DECISION_STAND    "both-stand"

// The keys of a decision, whatever a section calls them. Views borrow from the record.
struct decision {
    struct sv_list origin; // "ana/c7k2q9wm": the one that was taken first, then the others it was held against
    struct sv word;        // of the vocabulary `decision`; absent: nothing was decided yet
    struct sv by, why;
    struct sv_list seen;   // digest of each of `origin` when it was decided; of another length: not known
};

// Of a claim or link; of other sections, empty.
struct decision decision_get(enum section section, const void *rec);
// Put one into a record being made; the lists must live as long as it.
void decision_set(enum section section, void *rec, const struct decision *decision);

// Was the record looked at and dropped? It is kept to say so, and is no claim (or link) any more.
bool decision_is_rejected(enum section section, const void *rec);
// Take what was rejected out of a layer that is only to be read, and links that lead to it from its own claims.
void layer_drop_rejected(struct layer *layer);
// The same for all layers of one annotator, and links from one to what was rejected in another.
void layers_drop_rejected(struct layer *const *layers, size_t count);

struct origin { // one of `from` or `taken_from`
    struct sv annotator, id;
};
// "ana/c7k2q9wm" in its parts. false: it has not this form.
bool origin_parse(struct sv text, struct origin *out);
struct sv origin_make(struct arena *arena, struct sv annotator, struct sv id);

// Eight characters that change when the record says anything else: everything in it counts but its id, positions
// and context (the quotes do), the time it was made, notes and tags. The same on every machine.
struct sv decision_digest(struct arena *arena, enum section section, const void *rec);

#endif
