// Two sources that are one.
// Never loses what a record says: merging is one id more in a list, undoing it one less.
#include "model/registry_merge.h"

static bool refuse_unknown(const struct registry *registry, struct sv id, struct err *err)
{
    struct sv near = registry_nearest(registry, id);

    if (near.len)
        return err_set(err, E_DANGLING, ERR_NOWHERE,
                       "no source '" SV_FMT "' in the registry; did you mean '" SV_FMT "'?",
                       SV_ARG(id), SV_ARG(near));
    return err_set(err, E_DANGLING, ERR_NOWHERE, "no source '" SV_FMT "' in the registry",
                   SV_ARG(id));
}

static bool has(struct sv_list list, struct sv id)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(list.items[i], id))
            return true;
    return false;
}

const struct source *registry_merge(const struct registry *registry, struct arena *arena,
                                    struct sv keep, struct sv drop, struct err *err)
{
    const struct source *into = registry_find(registry, keep),
                        *from = registry_find(registry, drop);
    struct source *edit;
    struct sv *ids;
    bool ok = true;

    if (!into || !from)
        ok = refuse_unknown(registry, into ? drop : keep, err);
    else if (into == from)
        ok = err_set(err, E_SOURCE, ERR_NOWHERE, "'" SV_FMT "' and '" SV_FMT "' are one source",
                     SV_ARG(keep), SV_ARG(drop));
    else if (registry_is_part(registry, into->id, from->id))
        ok = err_set(err, E_SOURCE, ERR_NOWHERE,
                     "'" SV_FMT "' is part of '" SV_FMT
                     "'; take part_of out of it, or merge the other way round",
                     SV_ARG(into->id), SV_ARG(from->id));
    if (!ok)
        return NULL;
    edit = record_edit(arena, KIND_SOURCE, into);
    ids = arena_new(arena, (into->merged.count + 1) * sizeof(*ids));
    for (size_t i = 0; i < into->merged.count; i++)
        ids[i] = into->merged.items[i];
    ids[into->merged.count] = from->id;
    edit->merged = (struct sv_list){ ids, into->merged.count + 1 };
    return edit;
}

const struct source *registry_unmerge(const struct registry *registry, struct arena *arena,
                                      struct sv keep, struct sv drop, const struct source **bare,
                                      struct err *err)
{
    const struct source *into = registry_record(registry, keep);
    struct source *edit, *fresh;
    struct sv *ids;
    size_t count = 0;

    *bare = NULL;
    if (!into)
        (void)refuse_unknown(registry, keep, err);
    else if (!has(into->merged, drop))
        (void)err_set(err, E_SOURCE, ERR_NOWHERE, "'" SV_FMT "' was not merged into '" SV_FMT "'",
                      SV_ARG(drop), SV_ARG(keep));
    if (!into || !has(into->merged, drop))
        return NULL;
    edit = record_edit(arena, KIND_SOURCE, into);
    ids = arena_new(arena, into->merged.count * sizeof(*ids));
    for (size_t i = 0; i < into->merged.count; i++)
        if (!sv_eq(into->merged.items[i], drop))
            ids[count++] = into->merged.items[i];
    edit->merged = (struct sv_list){ ids, count };
    if (!registry_record(registry, drop)) {
        fresh = arena_new(arena, sizeof(*fresh));
        fresh->id = sv_copy(arena, drop);
        *bare = fresh;
    }
    return edit;
}
