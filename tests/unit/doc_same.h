// The line reader held against libyaml: what it takes must be what doc_load makes of the same bytes.
#ifndef DOC_SAME_H
#define DOC_SAME_H

#include <string.h>

#include "store/doc_lines.h"

static const struct doc_shape *const all_shapes[] = { &doc_layer, &doc_registry, &doc_scheme, &doc_team, &doc_meta };

static inline bool same_sections(const struct field *field, struct rec_list a, struct rec_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!record_eq(field->sub, a.items[i], b.items[i]))
            return false;
    return true;
}

static inline bool same_content(const struct doc_shape *shape, const struct doc_content *a,
                                const struct doc_content *b)
{
    size_t count, section = 0;
    const struct field *fields = doc_shape_fields(shape, &count);

    if (shape->kind != KIND_NONE)
        return record_eq(shape->kind, a->head, b->head);
    for (size_t i = 0; i < count; i++) {
        bool same = fields[i].type == FIELD_LIST ? same_sections(&fields[i], a->sections[section], b->sections[section])
                                                 : field_eq(a->head, b->head, &fields[i]);

        section += fields[i].type == FIELD_LIST;
        if (!same)
            return false;
    }
    return true;
}

enum same { SAME_LEFT, SAME_TAKEN, SAME_NOT }; // left to libyaml, taken and the same, taken and not the same

static inline enum same lines_and_load(const struct doc_shape *shape, struct sv bytes)
{
    struct doc_content quick, full;
    struct arena arena = { 0 };
    struct findings findings = { 0 };
    struct doc *doc = NULL;
    struct err err = { 0 };
    enum same result = SAME_LEFT;

    if (doc_read_lines(shape, bytes, &arena, &quick)) {
        bool ok = doc_load(shape, bytes, "f.yaml", &arena, &full, &doc, &findings, &err);

        result = ok && !findings.count && same_content(shape, &quick, &full) ? SAME_TAKEN : SAME_NOT;
    }
    doc_free(doc);
    err_release(&err);
    findings_release(&findings);
    arena_release(&arena);
    return result;
}

#endif
