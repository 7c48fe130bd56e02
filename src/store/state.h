// What belongs to this person on this machine: the place in each article, histories. Outside the workspace
// (base/env.h, env_state_dir); losing it loses no work, so a failure is never an error.
#ifndef GAINSAY_STORE_STATE_H
#define GAINSAY_STORE_STATE_H

#include "store/workspace.h"

struct place {
    struct buf article, other; // ids; empty: none
    size_t pos, other_pos;     // bytes: a long text is not counted through to come back
    struct buf looks;          // words for how the panes stood, the reader's own; empty: as at first
};

// Place where this annotator left off: in `article`, or the latest of all when it is empty.
bool state_place_load(const struct workspace *ws, struct sv annotator, struct sv article,
                      struct place *out);
void state_place_save(const struct workspace *ws, struct sv annotator, const struct place *place);
void place_release(struct place *place);

// Histories ("search", "command", "filter"), newest last, at most 200 lines.
void state_history_load(const char *name, struct fs_names *out);
void state_history_add(const char *name, struct sv line);

#endif
