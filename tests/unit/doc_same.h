// The line reader held against libyaml: what it takes must be what doc_load makes of the same bytes.
#ifndef DOC_SAME_H
#define DOC_SAME_H

#include <string.h>

#include "store/doc_impl.h"
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

static inline bool same_runs(const struct record_run *a, const struct record_run *b)
{
    if (a->beg != b->beg || a->end != b->end || a->field_count != b->field_count || a->ends_keep != b->ends_keep ||
        a->yaml.len != b->yaml.len)
        return false;
    for (uint32_t i = 0; i < a->field_count; i++)
        if (a->fields[i].beg != b->fields[i].beg || a->fields[i].end != b->fields[i].end ||
            a->fields[i].field != b->fields[i].field)
            return false;
    return true;
}

// Do two docs of the same bytes know all keys and records at the same places?
static inline bool same_places(const struct doc *a, const struct doc *b)
{
    if (a->count != b->count || a->col != b->col || a->is_flow != b->is_flow || a->is_crlf != b->is_crlf ||
        a->open_scalar != b->open_scalar)
        return false;
    for (size_t h = 0; h < a->count; h++) {
        const struct head_run *x = &a->heads[h], *y = &b->heads[h];

        if (x->field != y->field || x->beg != y->beg || x->end != y->end || x->value.beg != y->value.beg ||
            x->value.end != y->value.end || x->ends_keep != y->ends_keep || x->is_section != y->is_section ||
            x->is_block != y->is_block || x->is_kept_empty != y->is_kept_empty || x->dash_col != y->dash_col ||
            x->records_beg != y->records_beg || x->count != y->count)
            return false;
        for (size_t i = 0; i < x->count; i++)
            if (!same_runs(&x->records[i], &y->records[i]))
                return false;
    }
    return true;
}

enum same { SAME_LEFT, SAME_TAKEN, SAME_NOT }; // left to libyaml, taken and the same, taken and not the same

static inline enum same lines_and_load(const struct doc_shape *shape, struct sv bytes)
{
    struct doc_content content, quick, full;
    struct arena arena = { 0 };
    struct findings findings = { 0 };
    struct doc *by_lines = NULL, *by_yaml = NULL;
    struct err err = { 0 };
    enum same result = SAME_LEFT;

    if (doc_read_lines(shape, bytes, &arena, &content, NULL)) {
        bool ok = doc_load(shape, bytes, "f.yaml", &arena, &quick, &by_lines, &findings, &err) &&
                  doc_load_yaml(shape, bytes, "f.yaml", &arena, &full, &by_yaml, &findings, &err);

        result = ok && !findings.count && same_content(shape, &content, &full) &&
                         same_content(shape, &quick, &full) && same_places(by_lines, by_yaml)
                     ? SAME_TAKEN
                     : SAME_NOT;
    }
    doc_free(by_lines);
    doc_free(by_yaml);
    err_release(&err);
    findings_release(&findings);
    arena_release(&arena);
    return result;
}

#endif
