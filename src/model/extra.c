// Keys of a record that this version does not know: a list that hangs at the record.
// Must never look into their YAML.
#include "model/extra.h"

#include <string.h>

const struct extra *extra_of(enum kind_id kind, const void *rec)
{
    const struct extra *extra;

    memcpy(&extra, (const char *)rec + kind_get(kind)->extra_offset, sizeof(extra));
    return extra;
}

void extra_set(enum kind_id kind, void *rec, const struct extra *extra)
{
    memcpy((char *)rec + kind_get(kind)->extra_offset, &extra, sizeof(extra));
}

const struct extra *extra_find(const struct extra *extra, struct sv key)
{
    while (extra && !sv_eq(extra->key, key))
        extra = extra->next;
    return extra;
}

const struct extra **extra_add(struct arena *arena, const struct extra **tail, struct sv key,
                               struct sv yaml)
{
    struct extra *new = arena_new(arena, sizeof(*new));

    *new = (struct extra){ .key = key, .yaml = yaml };
    *tail = new;
    return &new->next;
}
