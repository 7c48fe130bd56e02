// A merge as bytes: our version spliced, and what is not decided between markers.
// Never gives out what it has not read back, each side of it.
#include <stdlib.h>
#include <string.h>

#include "base/visible.h"
#include "model/index.h"
#include "store/doc_draft.h"
#include "store/doc_encode.h"
#include "store/doc_merge_impl.h"
#include "store/doc_runs.h"
#include "store/yaml_write.h"

// Lines of our side that a conflict takes in; empty where the key is not there.
struct region {
    size_t beg, end;
    size_t order; // of those that begin at one place
    struct sv base, theirs, what;
};

struct marking {
    struct merging *m;
    const struct draft *draft;
    struct buf text;        // our side
    struct region *regions; // owned
    size_t count, cap;
};

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

// The text as it is to stand in the file, in the arena of the result.
static struct sv take(struct marking *k, struct buf *text)
{
    bool is_crlf = k->draft->old->is_crlf;
    struct buf lines = { 0 };

    for (size_t i = 0; i < text->len; i++) {
        if (is_crlf && text->ptr[i] == '\n')
            buf_add_char(&lines, '\r');
        buf_add_char(&lines, text->ptr[i]);
    }

    struct sv copy = sv_copy(&k->m->out->arena, buf_sv(&lines));

    buf_release(&lines);
    buf_release(text);
    return copy;
}

static struct sv pair_lines(struct marking *k, struct sv key, const struct ynode *value, int col)
{
    struct buf text = { 0 };

    buf_add_fill(&text, ' ', (size_t)col);
    yaml_write_pair(key, value, col, &text);
    return take(k, &text);
}

static struct sv field_lines(struct marking *k, const void *rec, const struct field *field, int col)
{
    if (!rec || field_is_absent(rec, field))
        return SV("");
    return pair_lines(k, sv_from(field->key), doc_encode_field(&k->m->out->arena, rec, field), col);
}

static struct sv yaml_lines(struct marking *k, struct sv key, struct sv yaml, int col)
{
    struct ynode value = { .type = YNODE_SCALAR, .is_raw = true, .text = yaml };

    return sv_is_absent(yaml) ? SV("") : pair_lines(k, key, &value, col);
}

static struct sv record_lines(struct marking *k, enum kind_id kind, const void *rec, int col)
{
    struct buf text = { 0 };

    if (!rec)
        return SV("");
    buf_add_fill(&text, ' ', (size_t)col);
    yaml_write_item(doc_encode(&k->m->out->arena, kind, rec), col, &text);
    return take(k, &text);
}

static struct sv label(struct marking *k, struct sv key, struct sv of)
{
    struct buf text = { 0 };

    if (key.len)
        visible_add(&text, key);
    if (key.len && of.len)
        buf_add_cstr(&text, " of ");
    if (of.len)
        visible_add(&text, of);

    struct sv copy = sv_copy(&k->m->out->arena, buf_sv(&text));

    buf_release(&text);
    return copy;
}

static void add_region(struct marking *k, struct region region)
{
    MEM_GROW(k->regions, k->count, k->cap);
    k->regions[k->count++] = region;
}

// Run of a record in the draft; NULL: it does not stand behind a dash on lines of its own.
static const struct record_run *find_run(const struct marking *k, const void *rec,
                                         const struct head_run **section)
{
    for (size_t h = 0; h < k->draft->count; h++) {
        *section = &k->draft->heads[h];
        for (size_t i = 0; (*section)->is_block && i < (*section)->count; i++)
            if ((*section)->records[i].rec == rec)
                return &(*section)->records[i];
    }
    return NULL;
}

// Lines of a field in a record of our side, or where they would stand. false: not to be told.
static bool field_place(const struct record_run *run, const struct kind *kind,
                        const struct field *field, struct region *out)
{
    size_t index = (size_t)(field - kind->fields);
    const struct field_run *before = NULL;

    for (uint32_t i = 0; i < run->field_count; i++) {
        const struct field_run *f = &run->fields[i];

        if (f->field == index) {
            out->beg = run->beg + f->beg;
            out->end = run->beg + f->end;
            return i > 0; // the first stands behind the dash
        }
        if (f->field != FIELD_UNKNOWN && f->field < index && (!before || f->field > before->field))
            before = f;
    }
    if (before)
        out->beg = out->end = run->beg + before->end;
    return before != NULL;
}

static bool mark_field(struct marking *k, const struct open_point *p)
{
    const struct head_run *section;
    const struct record_run *run = find_run(k, p->ours, &section);
    const struct kind *kind = kind_get(p->section->sub);
    struct region region = { .order = (size_t)(p->field - kind->fields) };

    if (!run || !run->fields || p->field == kind->fields ||
        !field_place(run, kind, p->field, &region))
        return false;

    size_t key = run->beg + run->fields[0].beg;
    int col = (int)(key - line_beg(buf_sv(&k->text), key));

    region.base = field_lines(k, p->base, p->field, col);
    region.theirs = field_lines(k, p->theirs, p->field, col);
    region.what = label(k, sv_from(p->field->key), id_of(p->ours));
    add_region(k, region);
    return true;
}

static bool mark_record(struct marking *k, const struct open_point *p)
{
    const struct head_run *section;
    const struct record_run *run = find_run(k, p->ours, &section);
    enum kind_id kind = p->section->sub;

    if (!run)
        return false;
    for (size_t i = 0; i < k->count; i++)
        if (k->regions[i].beg == run->beg && k->regions[i].end == run->end)
            return true; // another point of the same record
    add_region(k, (struct region){
                      .beg = run->beg,
                      .end = run->end,
                      .base = record_lines(k, kind, p->base, section->dash_col),
                      .theirs = record_lines(k, kind, p->theirs, section->dash_col),
                      .what = label(k, SV(""), id_of(p->ours)),
                  });
    return true;
}

// A key of the file, known or not: its lines, or the end of those of the nearest known key before
// it.
static bool mark_head(struct marking *k, const struct open_point *p)
{
    const struct draft *draft = k->draft;
    int col = draft->old->col;
    struct region region = { .beg = SIZE_MAX };

    for (size_t i = 0; i < draft->count; i++) {
        const struct head_run *head = &draft->heads[i];

        if (p->field ? head->field == p->field : !head->field && sv_eq(head->key, p->key)) {
            region.beg = head->beg;
            region.end = head->end;
            break;
        }
        if (p->field && head->field && head->field < p->field)
            region.beg = region.end = head->end;
    }
    if (region.beg == SIZE_MAX && draft->count)
        region.beg = region.end = p->field ? draft->heads[0].beg : k->text.len;
    if (region.beg == SIZE_MAX || !draft->heads[draft->count - 1].end)
        return false;
    if (p->field) {
        region.base = field_lines(k, p->base, p->field, col);
        region.theirs = field_lines(k, k->m->heads[SIDE_THEIRS], p->field, col);
        region.what = sv_from(p->field->key);
    } else {
        region.base = yaml_lines(k, p->key, p->base_yaml, col);
        region.theirs = yaml_lines(k, p->key, p->their_yaml, col);
        region.what = label(k, p->key, SV(""));
        region.order = SIZE_MAX;
    }
    add_region(k, region);
    return true;
}

// Points of one record: by the field, or when one of them has no lines of its own by the record.
static bool mark_points(struct marking *k, const struct open_point *points, size_t count)
{
    size_t from = k->count;
    bool ok = !k->m->is_coarse;

    if (!points->section)
        return mark_head(k, points);
    for (size_t i = 0; ok && i < count; i++)
        ok = mark_field(k, &points[i]);
    if (!ok)
        k->count = from;
    return ok || mark_record(k, points);
}

static bool mark_all(struct marking *k)
{
    const struct merging *m = k->m;
    bool ok = true;

    for (size_t i = 0, next; ok && i < m->point_count; i = next) {
        for (next = i + 1; next < m->point_count && m->points[i].section &&
                           m->points[next].ours == m->points[i].ours;)
            next++;
        ok = mark_points(k, m->points + i, next - i);
    }
    return ok;
}

static int compare_regions(const void *a, const void *b)
{
    const struct region *x = a, *y = b;

    if (x->beg != y->beg)
        return x->beg < y->beg ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

// The text of our side with the conflicts in it. false: they run into each other.
static bool compose(struct marking *k, struct buf *out)
{
    struct sv text = buf_sv(&k->text);
    size_t done = 0;

    if (k->count)
        qsort(k->regions, k->count, sizeof(*k->regions), compare_regions);
    for (size_t i = 0; i < k->count; i++) {
        const struct region *r = &k->regions[i];
        struct sv sides[SIDE__N] = { r->base, sv_sub(text, r->beg, r->end), r->theirs };

        if (r->beg < done || r->end > text.len)
            return false;
        buf_add(out, sv_sub(text, done, r->beg));
        if (out->len && out->ptr[out->len - 1] != '\n')
            buf_add_cstr(out, k->draft->old->is_crlf ? "\r\n" : "\n");
        markers_add(sides, r->what, k->draft->old->is_crlf, out);
        done = r->end;
    }
    buf_add(out, sv_sub(text, done, text.len));
    return true;
}

// The records that a side of the result is to have: ours, but for those in `index`.
static bool has_records(const struct merging *m, const struct doc_content *content,
                        const struct field *section, size_t at, const struct id_index *index)
{
    struct id_index *read = NULL;
    bool ok = content->sections[at].count == m->lists[at].count;

    for (size_t i = 0; i < content->sections[at].count; i++)
        id_index_put(&read, content->sections[at].items[i]);
    for (size_t i = 0; ok && i < m->lists[at].count; i++) {
        struct sv id = id_of(m->lists[at].items[i]);
        const void *other = id_index_find(index, id), *is = id_index_find(read, id);

        ok = is && record_eq(section->sub, is, other ? other : m->lists[at].items[i]);
    }
    id_index_free(read);
    return ok;
}

// Do the bytes of one side of the result say what was merged?
static bool reads_as(const struct merging *m, struct sv bytes, enum merge_side side,
                     struct err *err)
{
    const struct doc_shape *shape = m->in->shape;
    const struct id_index *index = side == SIDE_THEIRS ? m->theirs : NULL;
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct arena arena = { 0 };
    struct doc *doc = NULL;
    size_t count, at = 0;
    const struct field *fields = doc_shape_fields(shape, &count);
    bool ok = doc_load(shape, bytes, m->in->path, &arena, &content, &doc, &findings, err);
    bool is_same = ok && findings.errors <= m->versions[SIDE_OURS].findings.errors;

    for (const struct field *f = fields; is_same && f < fields + count; f++) {
        if (f->type == FIELD_LIST && shape->kind == KIND_NONE)
            is_same = has_records(m, &content, f, at++, index);
        else
            is_same = field_eq(content.head, m->heads[side], f);
    }
    if (ok && !is_same)
        ok = err_set(err, E_SHAPE, (struct err_at){ .path = m->in->path },
                     "cannot be merged as it is written; run 'gainsay fmt' on both versions first");
    doc_free(doc);
    findings_release(&findings);
    arena_release(&arena);
    return ok && is_same;
}

static bool check_sides(const struct merging *m, struct err *err)
{
    struct marked marked;
    int line;
    bool ok = markers_split(buf_sv(&m->out->bytes), &marked, &line);

    if (!ok)
        ok = err_set(err, E_CONFLICT, (struct err_at){ m->in->path, line, 1 },
                     "the markers of a conflict do not pair");
    else
        ok = reads_as(m, buf_sv(&marked.sides[SIDE_OURS]), SIDE_OURS, err) &&
             (!marked.count || reads_as(m, buf_sv(&marked.sides[SIDE_THEIRS]), SIDE_THEIRS, err));
    marked_release(&marked);
    return ok;
}

bool merging_write(struct merging *m, struct err *err)
{
    struct doc *doc = m->versions[SIDE_OURS].doc;
    struct doc_content content = { .head = m->heads[SIDE_OURS] };
    struct marking k = { .m = m };
    struct sv pieces[3];

    for (size_t s = 0; s < DOC_SECTIONS; s++)
        content.sections[s] = (struct rec_list){ m->lists[s].items, m->lists[s].count };

    struct draft *draft =
        doc_draft_from(doc, &content, m->is_coarse ? NULL : m->versions[SIDE_THEIRS].doc);

    k.draft = draft;
    splice_pieces(doc_draft_splice(draft), doc_bytes(doc), pieces);
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
        buf_add(&k.text, pieces[i]);

    bool ok = mark_all(&k) && compose(&k, &m->out->bytes);

    if (!ok)
        ok = err_set(err, E_SHAPE, (struct err_at){ .path = m->in->path },
                     "conflicts cannot be marked as it is written; run 'gainsay fmt' first");
    else
        ok = check_sides(m, err);
    doc_draft_free(draft);
    buf_release(&k.text);
    mem_free(k.regions);
    return ok;
}
