// Three versions of a file of records made into one. Declared in doc_merge.h.
// Never loses what either side wrote, and never gives a result out that it has not read again.
#include "store/doc_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "model/index.h"
#include "model/merge.h"
#include "store/doc_encode.h"
#include "store/doc_merge_impl.h"
#include "store/doc_runs.h"
#include "store/yaml_write.h"

static const char *const side_names[SIDE__N] = {
    [SIDE_BASE] = "base",
    [SIDE_OURS] = "ours",
    [SIDE_THEIRS] = "theirs",
};

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

static bool load(struct merging *m, enum merge_side side, struct sv bytes, struct err *err)
{
    struct version *v = &m->versions[side];

    buf_clear(&v->name);
    buf_addf(&v->name, "%s (%s)", m->in->path, side_names[side]);
    return doc_load(m->in->shape, bytes, buf_cstr(&v->name), &m->out->arena, &v->content, &v->doc,
                    &v->findings, err);
}

// The base of two branches that crossed is a merge itself, and may have conflicts in it: then what
// was before those.
static bool load_base(struct merging *m, struct err *err)
{
    struct sv bytes = m->in->sides[SIDE_BASE];
    struct marked marked;
    int line;
    bool is_paired = markers_split(bytes, &marked, &line), ok;

    if (is_paired && marked.count)
        bytes = buf_sv(&marked.sides[marked.has_base ? SIDE_BASE : SIDE_OURS]);
    ok = load(m, SIDE_BASE, bytes, err);
    marked_release(&marked);
    return ok;
}

// Does a version hold this record that could not be read, to the letter?
static bool has_unread(const struct doc *doc, struct sv yaml)
{
    for (size_t h = 0; h < doc->count; h++)
        for (size_t i = 0; i < doc->heads[h].count; i++)
            if (!doc->heads[h].records[i].rec && sv_eq(doc->heads[h].records[i].yaml, yaml))
                return true;
    return false;
}

// Records that cannot be read cannot be merged: they stay as they are, where neither side touched
// them or only we have them.
static bool check_unread(const struct merging *m, enum merge_side side, struct err *err)
{
    const struct version *v = &m->versions[side];
    const struct doc *base = m->versions[SIDE_BASE].doc;
    const struct doc *other = m->versions[side == SIDE_OURS ? SIDE_THEIRS : SIDE_OURS].doc;
    bool ok = true;

    for (size_t h = 0; ok && h < v->doc->count; h++) {
        for (size_t i = 0; ok && i < v->doc->heads[h].count; i++) {
            const struct record_run *run = &v->doc->heads[h].records[i];

            if (!run->rec && !has_unread(other, run->yaml))
                ok = side == SIDE_OURS && !has_unread(base, run->yaml);
        }
    }
    for (size_t i = 0; !ok && i < v->findings.count; i++) {
        const struct err *first = &v->findings.items[i].err;

        if (v->findings.items[i].severity == SEVERITY_ERROR)
            return err_set(err, first->code,
                           (struct err_at){ buf_cstr(&first->path), first->line, first->col },
                           "%s; mend this record before merging", buf_cstr(&first->text));
    }
    return ok;
}

static enum doc_decision decide(const struct merging *m, const struct doc_conflict *conflict)
{
    return m->in->decide ? m->in->decide(m->in->ctx, conflict) : DECIDE_LATER;
}

static struct sv text_of(struct merging *m, struct buf *text)
{
    struct sv copy = sv_copy(&m->out->arena, buf_sv(text));

    buf_release(text);
    return copy;
}

// A field of a record as lines without indent; absent when the record does not have it.
static struct sv field_lines(struct merging *m, const void *rec, const struct field *field)
{
    struct buf text = { 0 };

    if (!rec || field_is_absent(rec, field))
        return (struct sv){ 0 };
    yaml_write_pair(sv_from(field->key), doc_encode_field(&m->out->arena, rec, field), 0, &text);
    return text_of(m, &text);
}

static struct sv record_lines(struct merging *m, enum kind_id kind, const void *rec)
{
    struct buf text = { 0 };

    if (!rec)
        return (struct sv){ 0 };
    doc_write_record(kind, rec, &text);
    return text_of(m, &text);
}

void merging_open(struct merging *m, struct open_point point)
{
    MEM_GROW(m->points, m->point_count, m->point_cap);
    m->points[m->point_count++] = point;
    m->out->open++;
}

const struct doc_conflict *merging_add(struct merging *m, struct doc_conflict conflict)
{
    struct doc_merged *out = m->out;

    if (out->count >= out->cap) {
        size_t cap = out->cap ? 2 * out->cap : 8;
        struct doc_conflict *items = arena_new(&out->arena, cap * sizeof(*items));

        if (out->count)
            memcpy(items, out->items, out->count * sizeof(*items));
        out->items = items;
        out->cap = cap;
    }
    if (!doc_conflict_is_told(&conflict))
        conflict.decision = decide(m, &conflict);
    out->items[out->count] = conflict;
    return &out->items[out->count++];
}

// Both sides decided on a key of the file.
static void clash_in_head(struct merging *m, const struct field *field)
{
    const void *base = m->versions[SIDE_BASE].content.head;
    const void *theirs = m->versions[SIDE_THEIRS].content.head;
    const struct doc_conflict *conflict =
        merging_add(m, (struct doc_conflict){ .field = sv_from(field->key),
                                              .base = field_lines(m, base, field),
                                              .ours = field_lines(m, m->heads[SIDE_OURS], field),
                                              .theirs = field_lines(m, theirs, field) });

    if (conflict->decision != DECIDE_OURS)
        field_take(m->heads[SIDE_THEIRS], theirs, field);
    if (conflict->decision == DECIDE_THEIRS)
        field_take(m->heads[SIDE_OURS], theirs, field);
    if (conflict->decision == DECIDE_LATER)
        merging_open(m, (struct open_point){ .field = field, .base = base });
}

static void take_in_head(struct merging *m, const void *from, const struct field *field)
{
    field_take(m->heads[SIDE_OURS], from, field);
    field_take(m->heads[SIDE_THEIRS], from, field);
    m->out->taken++;
}

static void merge_head(struct merging *m)
{
    const void *base = m->versions[SIDE_BASE].content.head;
    const void *ours = m->versions[SIDE_OURS].content.head;
    const void *theirs = m->versions[SIDE_THEIRS].content.head;
    size_t count, size = m->in->shape->head_size;
    const struct field *fields = doc_shape_fields(m->in->shape, &count);

    for (enum merge_side side = SIDE_OURS; side < SIDE__N; side++) {
        m->heads[side] = arena_new(&m->out->arena, size);
        memcpy(m->heads[side], ours, size);
    }
    for (const struct field *f = fields; f < fields + count; f++) {
        if (f->type == FIELD_LIST && m->in->shape->kind == KIND_NONE)
            continue;
        if (field_eq(ours, theirs, f) || field_eq(base, theirs, f))
            continue;
        if (field_eq(base, ours, f)) {
            take_in_head(m, theirs, f);
        } else if (f->type == FIELD_CP_SPANS) {
            struct layer_head merged = *(const struct layer_head *)ours;

            merged.read = merge_spans(&m->out->arena, ((const struct layer_head *)base)->read,
                                      merged.read, ((const struct layer_head *)theirs)->read);
            take_in_head(m, &merged, f);
        } else if (f->type == FIELD_STRS) {
            void *merged = arena_new(&m->out->arena, size);
            struct sv_list list =
                strs_merge(&m->out->arena, *(const struct sv_list *)field_get(base, f),
                           *(const struct sv_list *)field_get(ours, f),
                           *(const struct sv_list *)field_get(theirs, f));

            memcpy((char *)merged + f->offset, &list, sizeof(list));
            take_in_head(m, merged, f);
        } else {
            clash_in_head(m, f);
        }
    }
}

// One record with fields in conflict: conflicts[0 .. count) are all of it.
static void clash_in_record(struct merging *m, const struct field *section, const void *base,
                            const struct merge_conflict *conflicts, size_t count)
{
    enum kind_id kind = section->sub;
    const struct field *first = kind_get(kind)->fields;
    void *ours = record_edit(&m->out->arena, kind, conflicts->ours);
    void *theirs = record_edit(&m->out->arena, kind, conflicts->ours);

    for (size_t i = 0; i < count; i++) {
        const struct field *field = conflicts[i].field;
        bool is_whole = field == first; // keys not known: shown by the record as a whole
        struct doc_conflict point = { .record = id_of(ours),
                                      .field = is_whole ? (struct sv){ 0 } : sv_from(field->key) };

        point.base = is_whole ? record_lines(m, kind, base) : field_lines(m, base, field);
        point.ours = is_whole ? record_lines(m, kind, ours) : field_lines(m, ours, field);
        point.theirs = is_whole ? record_lines(m, kind, conflicts[i].theirs)
                                : field_lines(m, conflicts[i].theirs, field);

        enum doc_decision decision = merging_add(m, point)->decision;

        if (is_whole && decision != DECIDE_OURS)
            extras_take(kind, theirs, conflicts[i].theirs);
        if (is_whole && decision == DECIDE_THEIRS)
            extras_take(kind, ours, conflicts[i].theirs);
        if (decision != DECIDE_OURS)
            field_take(theirs, conflicts[i].theirs, field);
        if (decision == DECIDE_THEIRS)
            field_take(ours, conflicts[i].theirs, field);
        if (decision == DECIDE_LATER)
            merging_open(m, (struct open_point){ .section = section,
                                                 .field = field,
                                                 .ours = ours,
                                                 .theirs = theirs,
                                                 .base = base });
    }
    id_index_put(&m->ours, ours);
    id_index_put(&m->theirs, theirs);
}

// What merge_records found in one section: conflicts[from .. to).
static void settle_section(struct merging *m, const struct field *section, struct rec_list base,
                           size_t from, size_t to)
{
    struct id_index *index = NULL;
    const struct merge *merge = &m->merge;

    for (size_t i = 0; i < base.count; i++)
        id_index_put(&index, base.items[i]);
    for (size_t i = from, next; i < to; i = next) {
        const struct merge_conflict *conflict = &merge->conflicts[i];

        for (next = i + 1; next < to && merge->conflicts[next].ours == conflict->ours;)
            next++;
        if (conflict->field)
            clash_in_record(m, section, id_index_find(index, id_of(conflict->ours)), conflict,
                            next - i);
    }
    id_index_free(index);
}

static int compare_ids(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;

    return sv_cmp((*x)->id, (*y)->id);
}

// The order the file is to have: that of a layer, or by id.
static void sort_sections(struct merging *m)
{
    struct layer layer = { 0 };

    if (m->in->shape == &doc_layer) {
        for (enum section s = 0; s < SECTION__N; s++) {
            for (size_t i = 0; i < m->lists[s].count; i++)
                layer_put(&layer, s, m->lists[s].items[i]);
            if (m->lists[s].count)
                memcpy(m->lists[s].items, layer.sections[s].items,
                       m->lists[s].count * sizeof(void *));
        }
        layer_release(&layer);
    } else if (m->in->shape == &doc_registry) {
        qsort(m->lists[0].items, m->lists[0].count, sizeof(void *), compare_ids);
    }
}

struct standing { // a record in the lines of a version
    struct sv id;
    struct sv lines; // with the comments above it
};

static struct id_index *standings(struct merging *m, enum merge_side side,
                                  const struct field *section)
{
    const struct doc *doc = m->versions[side].doc;
    struct sv bytes = buf_sv(&doc->bytes);
    struct id_index *index = NULL;

    for (const struct head_run *head = doc->heads; head < doc->heads + doc->count; head++) {
        for (size_t i = 0; head->field == section && head->is_block && i < head->count; i++) {
            const struct record_run *run = &head->records[i];
            struct standing *standing;

            if (!run->rec)
                continue;
            standing = arena_new(&m->out->arena, sizeof(*standing));
            standing->id = id_of(run->rec);
            standing->lines = sv_sub(
                bytes, lead_own(bytes, i ? run[-1].end : head->records_beg, run->beg), run->end);
            id_index_put(&index, standing);
        }
    }
    return index;
}

static struct sv lines_of(const struct id_index *index, struct sv id)
{
    const struct standing *standing = id_index_find(index, id);

    return standing ? standing->lines : (struct sv){ 0 };
}

// Which pointer a merged record that says what theirs says stands under: theirs, so that its lines
// are taken from there, where our lines are those of the base; else one that keeps ours.
static const void *choose(struct merging *m, enum kind_id kind, const void *ours,
                          const void *theirs, struct id_index *const lines[SIDE__N])
{
    struct sv id = id_of(theirs);
    struct sv our_lines = lines_of(lines[SIDE_OURS], id);

    if (!ours)
        return theirs;
    if (sv_is_absent(our_lines) || !sv_eq(our_lines, lines_of(lines[SIDE_BASE], id)))
        return record_eq(kind, ours, theirs) ? ours : record_edit(&m->out->arena, kind, theirs);
    return sv_eq(our_lines, lines_of(lines[SIDE_THEIRS], id)) ? ours : theirs;
}

static void choose_lines(struct merging *m, const struct field *section, size_t at)
{
    struct id_index *lines[SIDE__N], *ours = NULL, *theirs = NULL;
    struct rec_list our_list = m->versions[SIDE_OURS].content.sections[at];
    struct rec_list their_list = m->versions[SIDE_THEIRS].content.sections[at];

    for (enum merge_side side = 0; side < SIDE__N; side++)
        lines[side] = standings(m, side, section);
    for (size_t i = 0; i < our_list.count; i++)
        id_index_put(&ours, our_list.items[i]);
    for (size_t i = 0; i < their_list.count; i++)
        id_index_put(&theirs, their_list.items[i]);
    for (size_t i = 0; i < m->lists[at].count; i++) {
        const void *rec = m->lists[at].items[i];

        if (rec == id_index_find(theirs, id_of(rec)))
            m->lists[at].items[i] =
                choose(m, section->sub, id_index_find(ours, id_of(rec)), rec, lines);
    }
    for (enum merge_side side = 0; side < SIDE__N; side++)
        id_index_free(lines[side]);
    id_index_free(ours);
    id_index_free(theirs);
}

// The merged records of a section, those in conflict as they stand in our side of the result.
static void set_list(struct merging *m, size_t at, struct rec_list list)
{
    m->lists[at].items = arena_new(&m->out->arena, (list.count + 1) * sizeof(void *));
    m->lists[at].count = list.count;
    for (size_t i = 0; i < list.count; i++) {
        const void *ours = id_index_find(m->ours, id_of(list.items[i]));

        m->lists[at].items[i] = ours ? ours : list.items[i];
    }
}

static struct rec_list section_of(const struct merging *m, enum merge_side side, size_t at)
{
    return m->versions[side].content.sections[at];
}

static void restore_claims(struct merging *m, struct rec_list out[SECTION__N])
{
    const struct layer_head *head = m->versions[SIDE_OURS].content.head;
    const struct rec_list ours[] = { section_of(m, SIDE_OURS, SECTION_CLAIMS),
                                     section_of(m, SIDE_OURS, SECTION_LINKS) };
    const struct rec_list theirs[] = { section_of(m, SIDE_THEIRS, SECTION_CLAIMS),
                                       section_of(m, SIDE_THEIRS, SECTION_LINKS) };

    merge_restore(&m->merge, head->article, ours, theirs, 0, out[SECTION_LINKS],
                  &out[SECTION_CLAIMS]);
}

static void note_deletions(struct merging *m)
{
    for (size_t i = 0; i < m->merge.conflict_count; i++) {
        const struct merge_conflict *conflict = &m->merge.conflicts[i];

        if (!conflict->field)
            merging_add(m, (struct doc_conflict){ .record = id_of(conflict->ours),
                                                  .is_deletion = true,
                                                  .is_our_deletion = conflict->is_our_deletion });
    }
}

static void note_renames(struct merging *m)
{
    for (size_t i = 0; i < m->merge.rename_count; i++)
        merging_add(m, (struct doc_conflict){ .record = m->merge.renames[i].old,
                                              .new_id = id_of(m->merge.renames[i].rec) });
}

static void merge_sections(struct merging *m)
{
    size_t count, at = 0, from[DOC_SECTIONS + 1];
    const struct field *fields = doc_shape_fields(m->in->shape, &count);
    const struct field *sections[DOC_SECTIONS];
    struct rec_list out[DOC_SECTIONS];

    for (const struct field *f = fields; f < fields + count; f++) {
        if (f->type != FIELD_LIST || m->in->shape->kind != KIND_NONE)
            continue;
        BUG_ON(at == DOC_SECTIONS);
        sections[at] = f;
        from[at] = m->merge.conflict_count;
        merge_records(&m->merge, f->sub, (enum section)at, section_of(m, SIDE_BASE, at),
                      section_of(m, SIDE_OURS, at), section_of(m, SIDE_THEIRS, at), &out[at]);
        at++;
    }
    from[at] = m->merge.conflict_count;
    if (m->in->shape == &doc_layer) {
        restore_claims(m, out);
        merge_ids(&m->merge, out);
    }
    for (size_t s = 0; s < at; s++) {
        settle_section(m, sections[s], section_of(m, SIDE_BASE, s), from[s], from[s + 1]);
        set_list(m, s, out[s]);
        choose_lines(m, sections[s], s);
    }
    sort_sections(m);
    note_deletions(m);
    note_renames(m);
}

// Read our version anew, from other bytes.
static bool load_again(struct merging *m, struct sv bytes, struct err *err)
{
    doc_free(m->versions[SIDE_OURS].doc);
    m->versions[SIDE_OURS].doc = NULL;
    findings_release(&m->versions[SIDE_OURS].findings);
    return load(m, SIDE_OURS, bytes, err);
}

static bool is_same_content(const struct merging *m, const struct doc_content *a,
                            const struct doc_content *b)
{
    size_t count, at = 0;
    const struct field *fields = doc_shape_fields(m->in->shape, &count);

    for (const struct field *f = fields; f < fields + count; f++) {
        if (f->type != FIELD_LIST || m->in->shape->kind != KIND_NONE) {
            if (!field_eq(a->head, b->head, f))
                return false;
            continue;
        }

        struct rec_list x = a->sections[at], y = b->sections[at];

        at++;
        if (x.count != y.count)
            return false;
        for (size_t i = 0; i < x.count; i++)
            if (!record_eq(f->sub, x.items[i], y.items[i]))
                return false;
    }
    return true;
}

// Take the comments that only they changed. Where the bytes would say something else by that, they
// stay.
static bool take_comments(struct merging *m, struct sv ours, struct err *err)
{
    struct doc_content content = m->versions[SIDE_OURS].content;
    struct buf bytes = { 0 };
    struct err failed = { 0 };
    bool ok = true;

    merging_remark(m, &bytes);
    if (bytes.len && (!load_again(m, buf_sv(&bytes), &failed) ||
                      !is_same_content(m, &content, &m->versions[SIDE_OURS].content)))
        ok = load_again(m, ours, err);
    err_release(&failed);
    buf_release(&bytes);
    return ok;
}

// Read the three versions and merge them as records.
static bool merge_versions(struct merging *m, struct sv ours, struct err *err)
{
    const struct doc_merge *in = m->in;
    struct buf carried = { 0 };
    bool ok = false;

    m->merge.arena = &m->out->arena;
    if (!load_base(m, err) || !load(m, SIDE_OURS, ours, err) ||
        !load(m, SIDE_THEIRS, in->sides[SIDE_THEIRS], err) || !check_unread(m, SIDE_OURS, err) ||
        !check_unread(m, SIDE_THEIRS, err) || !take_comments(m, ours, err))
        return false;
    if (!merging_carry(m, &carried, err))
        goto out;
    if (carried.len && !load_again(m, buf_sv(&carried), err))
        goto out;
    merge_head(m);
    merge_sections(m);
    m->out->taken += m->merge.taken;
    ok = true;
out:
    buf_release(&carried);
    return ok;
}

static void merging_release(struct merging *m)
{
    for (enum merge_side side = 0; side < SIDE__N; side++) {
        doc_free(m->versions[side].doc);
        findings_release(&m->versions[side].findings);
        buf_release(&m->versions[side].name);
    }
    merge_release(&m->merge);
    id_index_free(m->ours);
    id_index_free(m->theirs);
    mem_free(m->points);
}

static void forget(struct doc_merged *out)
{
    buf_clear(&out->bytes);
    out->items = NULL;
    out->count = out->cap = out->open = out->taken = 0;
}

// One try, from `ours`. is_coarse: conflicts are marked by the record.
static bool attempt(const struct doc_merge *in, struct sv ours, bool is_coarse,
                    struct doc_merged *out, struct err *err)
{
    struct merging m = { .in = in, .out = out, .is_coarse = is_coarse };
    bool ok;

    forget(out);
    ok = merge_versions(&m, ours, err) && merging_write(&m, err);
    merging_release(&m);
    return ok;
}

// A blank version of a file that was not: the other one, as it is.
static bool is_emptied(const struct doc_merge *in, struct doc_merged *out)
{
    bool is_ours = sv_is_blank(in->sides[SIDE_OURS]);

    if (sv_is_blank(in->sides[SIDE_BASE]) || (!is_ours && !sv_is_blank(in->sides[SIDE_THEIRS])))
        return false;
    buf_add(&out->bytes, in->sides[is_ours ? SIDE_THEIRS : SIDE_OURS]);
    out->items = arena_new(&out->arena, sizeof(*out->items));
    out->items[0] = (struct doc_conflict){ .is_deletion = true, .is_our_deletion = is_ours };
    out->count = out->cap = 1;
    out->taken = is_ours;
    return true;
}

bool doc_merge_run(const struct doc_merge *merge, struct doc_merged *out, struct err *err)
{
    struct sv ours = merge->sides[SIDE_OURS];
    struct findings findings = { 0 };
    struct buf formatted = { 0 };
    struct err first = { 0 };
    bool ok;

    *out = (struct doc_merged){ 0 };
    if (is_emptied(merge, out))
        return true;
    ok = attempt(merge, ours, false, out, &first) || attempt(merge, ours, true, out, err);
    if (!ok && doc_format(merge->shape, ours, merge->path, &formatted, &findings, err)) {
        err_release(err);
        ok = attempt(merge, buf_sv(&formatted), true, out, err);
    }
    if (!ok) { // what the first try says is about the file as it is
        err_release(err);
        *err = first;
        first = (struct err){ 0 };
    } else {
        err_release(err);
    }
    err_release(&first);
    findings_release(&findings);
    buf_release(&formatted);
    return ok;
}

void doc_merged_release(struct doc_merged *merged)
{
    buf_release(&merged->bytes);
    arena_release(&merged->arena);
    *merged = (struct doc_merged){ 0 };
}
