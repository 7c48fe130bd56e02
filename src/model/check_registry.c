// Rules for the registry of sources: what it names must be there, and mean one thing.
// Never resolves a doubt: two sources with one alias are shown, not merged.
#include "model/check.h"

#include <stdlib.h>

#include "model/check_rule.h"
#include "model/name.h"

struct alias {
    struct sv name;
    const struct source *source;
};

static void check_part_of(const struct checker *checker, const struct spot *spot,
                          const struct registry *registry, const struct source *source)
{
    const struct source *whole = registry_find(registry, source->part_of);

    if (!source->part_of.len)
        return;
    if (!whole) {
        findings_add(
            checker->findings, SEVERITY_ERROR, E_DANGLING, rule_at(checker, spot, "part_of"),
            "'" SV_FMT "' is part of '" SV_FMT "', which is no source; add it or name another",
            SV_ARG(source->id), SV_ARG(source->part_of));
        return;
    }
    // A cycle is reported once: at its first source.
    for (size_t steps = 0; whole && steps <= registry->count; steps++) {
        if (whole == source) {
            findings_add(checker->findings, SEVERITY_ERROR, E_SOURCE,
                         rule_at(checker, spot, "part_of"),
                         "'" SV_FMT "' is part of itself through part_of; take one of these out",
                         SV_ARG(source->id));
            return;
        }
        if (sv_cmp(whole->id, source->id) < 0)
            return;
        whole = whole->part_of.len ? registry_find(registry, whole->part_of) : NULL;
    }
}

// Another source before `source` that has taken in `id`, or NULL.
static const struct source *merged_before(const struct registry *registry,
                                          const struct source *source, struct sv id)
{
    for (size_t i = 0; i < registry->record_count && registry->records[i] != source; i++)
        for (size_t j = 0; j < registry->records[i]->merged.count; j++)
            if (sv_eq(registry->records[i]->merged.items[j], id))
                return registry->records[i];
    return NULL;
}

static void check_merged(const struct checker *checker, const struct spot *spot,
                         const struct registry *registry, const struct source *source)
{
    for (size_t i = 0; i < source->merged.count; i++) {
        struct sv id = source->merged.items[i];
        const struct source *record = registry_record(registry, id);
        const struct source *other = merged_before(registry, source, id);

        // A circle is reported once, where one of two.
        if (record && registry_find(registry, id) == record && sv_cmp(source->id, id) <= 0)
            findings_add(checker->findings, SEVERITY_ERROR, E_SOURCE,
                         rule_at(checker, spot, "merged"),
                         "'" SV_FMT "' cannot be merged into '" SV_FMT
                         "', which was merged into it; take one of the two out",
                         SV_ARG(id), SV_ARG(source->id));
        else if (other)
            findings_add(checker->findings, SEVERITY_ERROR, E_SOURCE,
                         rule_at(checker, spot, "merged"),
                         "'" SV_FMT "' was merged into '" SV_FMT "' and into '" SV_FMT
                         "'; keep one of these",
                         SV_ARG(id), SV_ARG(other->id), SV_ARG(source->id));
    }
}

static int alias_order(const void *a, const void *b)
{
    const struct alias *x = a, *y = b;
    int order = name_cmp(x->name, y->name);

    return order ? order : sv_cmp(x->source->id, y->source->id);
}

// Names and aliases, sorted, so that one that two sources share stands twice in a row.
static struct alias *collect_aliases(struct arena *arena, const struct registry *registry,
                                     size_t *count)
{
    size_t max = registry->record_count;
    struct alias *all;

    for (size_t i = 0; i < registry->record_count; i++)
        max += registry->records[i]->aliases.count;
    all = arena_new(arena, max * sizeof(*all));
    *count = 0;
    for (size_t i = 0; i < registry->record_count; i++) {
        const struct source *source = registry->records[i];

        if (source->name.len)
            all[(*count)++] = (struct alias){ source->name, source };
        for (size_t j = 0; j < source->aliases.count; j++)
            all[(*count)++] = (struct alias){ source->aliases.items[j], source };
    }
    if (*count)
        qsort(all, *count, sizeof(*all), alias_order);
    return all;
}

static void check_aliases(const struct checker *checker, const struct registry *registry)
{
    struct arena arena = { 0 };
    size_t count;
    const struct alias *all = collect_aliases(&arena, registry, &count);

    for (size_t i = 1; i < count; i++) {
        struct spot spot = { KIND_SOURCE, all[i].source, NULL, NULL };

        if (name_eq(all[i].name, all[i - 1].name) &&
            registry_find(registry, all[i].source->id) !=
                registry_find(registry, all[i - 1].source->id))
            findings_add(
                checker->findings, SEVERITY_WARNING, E_SOURCE, rule_at(checker, &spot, "aliases"),
                "'" SV_FMT "' is a name of '" SV_FMT "' and of '" SV_FMT "'", SV_ARG(all[i].name),
                SV_ARG(all[i - 1].source->id), SV_ARG(all[i].source->id));
    }
    arena_release(&arena);
}

void check_registry(const struct registry *registry, const struct scheme *scheme, const char *path,
                    struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                    void *place_ctx, struct findings *findings)
{
    struct checker checker = {
        .path = path, .scheme = scheme, .place = place, .place_ctx = place_ctx, .findings = findings
    };

    for (size_t i = 0; i < registry->record_count; i++) {
        const struct source *source = registry->records[i];
        struct spot spot = { KIND_SOURCE, source, NULL, NULL };

        if (!source_id_is_valid(source->id))
            findings_add(findings, SEVERITY_ERROR, E_ID, rule_at(&checker, &spot, "id"),
                         "id '" SV_FMT
                         "' of a source must be letters and digits, with - . _ inside",
                         SV_ARG(source->id));
        rule_values(&checker, &spot);
        check_part_of(&checker, &spot, registry, source);
        check_merged(&checker, &spot, registry, source);
    }
    check_aliases(&checker, registry);
}
