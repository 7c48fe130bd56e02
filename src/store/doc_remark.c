// Merging comments: where their side changed nothing but a comment, ours has it too.
// Never touches a value: what it gives is read again and must say the same records.
#include <stdlib.h>

#include "model/index.h"
#include "store/doc_merge_impl.h"
#include "store/doc_runs.h"

// A stretch of our bytes, and what comes in its place.
struct remark {
    size_t beg, end;
    struct sv text;
};

struct remarks {
    struct merging *m;
    struct remark *items; // owned; in the order of the bytes but for what `add` sorts
    size_t count, cap;
};

// A record in the lines of a version. Begins with its id: kept in an index.
struct place {
    struct sv id;
    const struct head_run *head;
    const struct record_run *run;
    struct byte_span lead; // comments directly above it
};

static struct sv piece(const struct merging *m, enum merge_side side, size_t beg, size_t end)
{
    return sv_sub(buf_sv(&m->versions[side].doc->bytes), beg, end);
}

// Take their text if it alone differs. The three say the same but for comments.
static void consider(struct remarks *r, struct byte_span ours, struct sv our_text,
                     struct sv base_text, struct sv their_text)
{
    if (!sv_eq(our_text, base_text) || sv_eq(their_text, base_text))
        return;
    MEM_GROW(r->items, r->count, r->cap);
    r->items[r->count++] = (struct remark){ ours.beg, ours.end, their_text };
}

// ---- records

static struct id_index *places(struct merging *m, enum merge_side side)
{
    const struct doc *doc = m->versions[side].doc;
    struct id_index *index = NULL;

    for (const struct head_run *head = doc->heads; head < doc->heads + doc->count; head++) {
        for (size_t i = 0; head->is_block && i < head->count; i++) {
            const struct record_run *run = &head->records[i];
            size_t from = i ? run[-1].end : head->records_beg;

            if (!run->rec || !run->fields)
                continue;

            struct place *place = arena_new(&m->out->arena, sizeof(*place));

            *place = (struct place){ .id = ((const struct record *)run->rec)->id,
                                     .head = head,
                                     .run = run,
                                     .lead = { lead_own(buf_sv(&doc->bytes), from, run->beg),
                                               run->beg } };
            id_index_put(&index, place);
        }
    }
    return index;
}

static struct sv lines_of(const struct merging *m, enum merge_side side, const struct place *place)
{
    return piece(m, side, place->lead.beg, place->run->end);
}

static int key_col(const struct merging *m, enum merge_side side, const struct place *place)
{
    size_t key = place->run->beg + place->run->fields[0].beg;

    return (int)(key - line_beg(buf_sv(&m->versions[side].doc->bytes), key));
}

static const struct field_run *find_field(const struct record_run *run, uint16_t field)
{
    for (uint32_t i = 0; i < run->field_count; i++)
        if (run->fields[i].field == field)
            return &run->fields[i];
    return NULL;
}

static struct byte_span field_span(const struct place *place, const struct field_run *field)
{
    return (struct byte_span){ place->run->beg + field->beg, place->run->beg + field->end };
}

// Fields of a record whose value nobody changed.
static void consider_fields(struct remarks *r, enum kind_id kind,
                            const struct place *const sides[SIDE__N])
{
    const struct place *base = sides[SIDE_BASE], *ours = sides[SIDE_OURS];
    const struct place *theirs = sides[SIDE_THEIRS];

    for (uint32_t i = 0; i < ours->run->field_count; i++) {
        const struct field_run *o = &ours->run->fields[i];
        const struct field_run *b = find_field(base->run, o->field);
        const struct field_run *t = find_field(theirs->run, o->field);
        struct byte_span at = field_span(ours, o);

        if (o->field == FIELD_UNKNOWN || !b || !t ||
            !field_eq(base->run->rec, theirs->run->rec, &kind_get(kind)->fields[o->field]))
            continue;
        consider(r, at, piece(r->m, SIDE_OURS, at.beg, at.end),
                 piece(r->m, SIDE_BASE, field_span(base, b).beg, field_span(base, b).end),
                 piece(r->m, SIDE_THEIRS, field_span(theirs, t).beg, field_span(theirs, t).end));
    }
}

// A record that all three have. One whose values only they changed is taken as they wrote it
// elsewhere.
static void consider_record(struct remarks *r, const struct place *const sides[SIDE__N])
{
    const struct place *base = sides[SIDE_BASE], *ours = sides[SIDE_OURS];
    const struct place *theirs = sides[SIDE_THEIRS];

    if (!base || !theirs || base->head->field != ours->head->field ||
        theirs->head->field != ours->head->field || ours->run->ends_keep ||
        theirs->run->ends_keep ||
        key_col(r->m, SIDE_OURS, ours) != key_col(r->m, SIDE_THEIRS, theirs))
        return;

    enum kind_id kind = ours->head->field->sub;
    struct sv our_lines = lines_of(r->m, SIDE_OURS, ours);
    struct sv base_lines = lines_of(r->m, SIDE_BASE, base);
    struct sv their_lines = lines_of(r->m, SIDE_THEIRS, theirs);

    if (!sv_eq(our_lines, base_lines)) {
        consider(r, ours->lead, piece(r->m, SIDE_OURS, ours->lead.beg, ours->lead.end),
                 piece(r->m, SIDE_BASE, base->lead.beg, base->lead.end),
                 piece(r->m, SIDE_THEIRS, theirs->lead.beg, theirs->lead.end));
        consider_fields(r, kind, sides);
    } else if (record_eq(kind, base->run->rec, theirs->run->rec)) {
        consider(r, (struct byte_span){ ours->lead.beg, ours->run->end }, our_lines, base_lines,
                 their_lines);
    }
}

static void consider_records(struct remarks *r)
{
    struct id_index *index[SIDE__N];
    const struct doc *doc = r->m->versions[SIDE_OURS].doc;

    for (enum merge_side side = 0; side < SIDE__N; side++)
        index[side] = places(r->m, side);
    for (const struct head_run *head = doc->heads; head < doc->heads + doc->count; head++) {
        for (size_t i = 0; head->is_block && i < head->count; i++) {
            const struct place *sides[SIDE__N] = { 0 };
            const struct record *rec = head->records[i].rec;

            for (enum merge_side side = 0; rec && side < SIDE__N; side++)
                sides[side] = id_index_find(index[side], rec->id);
            if (sides[SIDE_OURS])
                consider_record(r, sides);
        }
    }
    for (enum merge_side side = 0; side < SIDE__N; side++)
        id_index_free(index[side]);
}

// ---- keys of the file, and what stands at its end

static const struct head_run *find_head(const struct doc *doc, const struct field *field)
{
    for (size_t i = 0; i < doc->count; i++)
        if (doc->heads[i].field == field)
            return &doc->heads[i];
    return NULL;
}

// Lines of a key that are no records: all of a value, the line of a section.
static struct byte_span key_lines(const struct head_run *head)
{
    return (struct byte_span){ head->beg, head->is_section ? head->records_beg : head->end };
}

// What lies between the key before it and this one. Of the first it is the opening (doc_carry.c).
static struct byte_span head_lead(const struct doc *doc, const struct head_run *head)
{
    return (struct byte_span){ head == doc->heads ? head->beg : head[-1].end, head->beg };
}

static void consider_spans(struct remarks *r, struct byte_span base, struct byte_span ours,
                           struct byte_span theirs)
{
    consider(r, ours, piece(r->m, SIDE_OURS, ours.beg, ours.end),
             piece(r->m, SIDE_BASE, base.beg, base.end),
             piece(r->m, SIDE_THEIRS, theirs.beg, theirs.end));
}

static void consider_heads(struct remarks *r)
{
    const struct doc *base = r->m->versions[SIDE_BASE].doc;
    const struct doc *ours = r->m->versions[SIDE_OURS].doc;
    const struct doc *theirs = r->m->versions[SIDE_THEIRS].doc;

    for (const struct head_run *o = ours->heads; o < ours->heads + ours->count; o++) {
        const struct head_run *b = o->field ? find_head(base, o->field) : NULL;
        const struct head_run *t = o->field ? find_head(theirs, o->field) : NULL;

        if (!b || !t || o->is_block != t->is_block || o->is_block != b->is_block || o->ends_keep ||
            t->ends_keep)
            continue;
        consider_spans(r, head_lead(base, b), head_lead(ours, o), head_lead(theirs, t));
        if (o->is_section ? o->is_block : field_eq(base->head, theirs->head, o->field))
            consider_spans(r, key_lines(b), key_lines(o), key_lines(t));
    }
    if (base->count && ours->count && theirs->count)
        consider_spans(
            r, (struct byte_span){ base->heads[base->count - 1].end, base->bytes.len },
            (struct byte_span){ ours->heads[ours->count - 1].end, ours->bytes.len },
            (struct byte_span){ theirs->heads[theirs->count - 1].end, theirs->bytes.len });
}

static int compare_remarks(const void *a, const void *b)
{
    const struct remark *x = a, *y = b;

    if (x->beg != y->beg)
        return x->beg < y->beg ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

void merging_remark(struct merging *m, struct buf *out)
{
    struct remarks r = { .m = m };
    struct sv bytes = buf_sv(&m->versions[SIDE_OURS].doc->bytes);
    const struct doc *ours = m->versions[SIDE_OURS].doc, *theirs = m->versions[SIDE_THEIRS].doc;
    size_t done = 0;

    if (ours->is_flow || theirs->is_flow || ours->is_crlf != theirs->is_crlf ||
        ours->col != theirs->col || ours->open_scalar != SIZE_MAX ||
        theirs->open_scalar != SIZE_MAX)
        return;
    consider_records(&r);
    consider_heads(&r);
    if (r.count)
        qsort(r.items, r.count, sizeof(*r.items), compare_remarks);
    for (size_t i = 0; i < r.count; i++) {
        if (r.items[i].beg < done)
            continue;
        buf_add(out, sv_sub(bytes, done, r.items[i].beg));
        buf_add(out, r.items[i].text);
        done = r.items[i].end;
    }
    if (r.count)
        buf_add(out, sv_sub(bytes, done, bytes.len));
    mem_free(r.items);
}
