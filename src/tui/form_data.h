// Any record as a tree of fields for the form: a path into its maps and lists, values as text,
// changed copies. Never changes a record in place and knows no screen.
#ifndef GAINSAY_TUI_FORM_DATA_H
#define GAINSAY_TUI_FORM_DATA_H

#include "base/limits.h"
#include "session/session.h"

#define FORM_DEPTH (LIMIT_CITING + 4) // steps from a record to the deepest map in it
#define FORM_LIST  SIZE_MAX           // as an item: the list itself

struct form_path { // zero value: the record itself
    struct form_step {
        const struct field *field; // MAP or LIST
        size_t item;               // of a LIST; FORM_LIST: the list; its count: one to be made
    } steps[FORM_DEPTH];
    int depth;
};

struct form_place {       // where a path leads
    enum kind_id kind;    // of the struct there, or of the items of the list
    const void *rec;      // the struct; NULL: not made yet, or a list
    struct rec_list list; // the list
    bool is_list;
};
struct form_place form_data_at(enum kind_id kind, const void *rec, const struct form_path *path);

// Changed copies of `rec` in `arena`. Structs on the path that are missing are made.
//   text     blank takes the field out, and the struct with it when nothing is left (a contested
//            mark stays)
//   returns  NULL with E_SHAPE for text that the field cannot hold
const void *form_data_set(struct arena *arena, enum kind_id kind, const void *rec,
                          const struct form_path *path, const struct field *field, struct sv text,
                          struct err *err);
// A MAP field put in (or NULL: out) as a whole; `map` lives in the same arena.
const void *form_data_put(struct arena *arena, enum kind_id kind, const void *rec,
                          const struct form_path *path, const struct field *field, const void *map);
// The item or map at the end of `path` (depth > 0) taken out.
const void *form_data_drop(struct arena *arena, enum kind_id kind, const void *rec,
                           const struct form_path *path);

// Append a field's value as it is typed and parsed (STRS with commas); nothing when absent or no
// plain value.
void form_data_plain(const void *rec, const struct field *field, struct buf *out);

// Append what a reader sees: names of sources, sums of maps and lists.
//   reading  where claims named in it are looked up first; NULL: nowhere
void form_data_show(struct session *session, const struct reading *reading, const void *rec,
                    const struct field *field, struct buf *out);
void form_data_show_map(struct session *session, const struct reading *reading, enum kind_id kind,
                        const void *map, struct buf *out);

// Is `word` among the items of a STRS field? Then take it out, else add it at the end; the new text
// in `out`.
void form_data_toggle(const void *rec, const struct field *field, struct sv word, struct buf *out);

#endif
