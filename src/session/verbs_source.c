// Verbs on two sources that are one. Declared in session/verbs.h.
// Never touches a reading: old ids resolve.
#include "session/verbs.h"

#include "model/registry_merge.h"

bool verb_merge_sources(struct session *s, struct sv keep, struct sv drop, struct err *err)
{
    const struct source *source =
        registry_merge(session_registry(s), change_source_arena(s), keep, drop, err);
    struct change *change;

    if (!source)
        return false;
    change = change_begin(s, "merge sources");
    change_put_source(change, source);
    return change_commit(change, err);
}

bool verb_unmerge_source(struct session *s, struct sv keep, struct sv drop, struct err *err)
{
    const struct source *bare;
    const struct source *source =
        registry_unmerge(session_registry(s), change_source_arena(s), keep, drop, &bare, err);
    struct change *change;

    if (!source)
        return false;
    change = change_begin(s, "undo merging");
    change_put_source(change, source);
    if (bare)
        change_put_source(change, bare);
    return change_commit(change, err);
}
