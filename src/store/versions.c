// Two versions of a file compared by record. Declared in store/versions.h.
// Knows no git: it is given bytes.
#include "store/versions.h"

#include <stdint.h>

#include "store/doc_lines.h"

struct side {
    struct arena arena;
    struct doc_content content;
    struct doc *doc;
    struct findings findings;
};

// A version is compared and let go: where its lines tell all there is, it takes no doc.
static bool side_load(struct side *side, const struct doc_shape *shape, struct sv bytes,
                      const char *path, struct err *err)
{
    if (doc_read_lines(shape, bytes, &side->arena, &side->content, NULL))
        return true;
    return doc_load(shape, bytes, path, &side->arena, &side->content, &side->doc, &side->findings,
                    err);
}

static void side_release(struct side *side)
{
    doc_free(side->doc);
    findings_release(&side->findings);
    arena_release(&side->arena);
}

// ---- one record, told by its lines

static size_t indent_of(struct sv line)
{
    size_t indent = 0;

    while (indent < line.len && line.ptr[indent] == ' ')
        indent++;
    return indent;
}

// Lines of the record with this id, in a file as this program writes it. false: it is not to be
// told by lines.
static bool find_lines(struct sv bytes, struct sv id, struct sv *out)
{
    struct buf dash = { 0 };
    size_t beg, end, from;
    struct sv rest, line;
    bool ok;

    buf_addf(&dash, "- id: " SV_FMT "\n", SV_ARG(id));
    beg = sv_find(bytes, buf_sv(&dash), 0);
    from = beg == SIZE_MAX ? bytes.len : beg + dash.len;
    ok = beg != SIZE_MAX && (beg == 0 || bytes.ptr[beg - 1] == '\n') &&
         sv_find(bytes, buf_sv(&dash), from) == SIZE_MAX;
    rest = sv_sub(bytes, from, bytes.len);
    end = from;
    while (ok && sv_split(&rest, '\n', &line)) {
        if (line.len && !indent_of(line))
            break; // the next record or key, or a comment
        end = (size_t)(rest.ptr - bytes.ptr);
    }
    buf_release(&dash);
    *out = ok ? sv_sub(bytes, beg, end) : (struct sv){ 0 };
    return ok;
}

// Does no more than the lines say: is the one record the same in both?
static bool is_same_record(const struct versions *v)
{
    struct sv old, new;

    if (sv_find(v->old, v->only, 0) == SIZE_MAX && sv_find(v->new, v->only, 0) == SIZE_MAX)
        return true;
    return find_lines(v->old, v->only, &old) && find_lines(v->new, v->only, &new) &&
           sv_eq(sv_trim(old), sv_trim(new));
}

struct filter {
    struct sv only;
    const struct side *also; // NULL: no merge
    size_t at;               // of the section at hand
    void (*each)(void *ctx, const struct record_change *change);
    void *ctx;
};

static const struct record *find_record(struct rec_list list, struct sv id)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(((const struct record *)list.items[i])->id, id))
            return list.items[i];
    return NULL;
}

// Did the other parent of a merge have it so already?
static bool was_so(const struct filter *filter, const struct record_change *change)
{
    const struct record *rec = change->new ? change->new : change->old, *twin;

    if (!filter->also)
        return false;
    if (change->kind == KIND_NONE)
        return field_eq(filter->also->content.head, change->new, change->field);
    twin = find_record(filter->also->content.sections[filter->at], rec->id);
    if (!change->new)
        return !twin;
    if (!change->field)
        return twin && record_eq(change->kind, twin, rec);
    return twin &&
           (change->field == kind_get(change->kind)->fields ? extras_eq(change->kind, twin, rec)
                                                            : field_eq(twin, rec, change->field));
}

static void pass(void *ctx, const struct record_change *change)
{
    const struct filter *filter = ctx;
    const struct record *rec = change->new ? change->new : change->old;

    if (filter->only.len && (change->kind == KIND_NONE || !sv_eq(rec->id, filter->only)))
        return;
    if (!was_so(filter, change))
        filter->each(filter->ctx, change);
}

static void compare_heads(const struct doc_shape *shape, const struct side *sides,
                          struct filter *filter)
{
    size_t count;
    const struct field *fields = doc_shape_fields(shape, &count);
    struct record_change change = { .old = sides[0].content.head, .new = sides[1].content.head };

    for (const struct field *f = fields; f < fields + count; f++) {
        if (f->type == FIELD_LIST && shape->kind == KIND_NONE)
            continue;
        change.field = f;
        if (!field_eq(change.old, change.new, f))
            pass(filter, &change);
    }
}

static void compare_sections(const struct doc_shape *shape, struct side *sides, bool is_by_place,
                             struct filter *filter)
{
    size_t count, at = 0;
    const struct field *fields = doc_shape_fields(shape, &count);

    for (const struct field *f = fields; f < fields + count; f++) {
        if (f->type != FIELD_LIST || shape->kind != KIND_NONE)
            continue;
        filter->at = at;
        if (!is_by_place)
            diff_records(f->sub, sides[0].content.sections[at], sides[1].content.sections[at], pass,
                         filter);
        else if (f->sub == KIND_CLAIM)
            diff_claims_by_place(&sides[0].arena, sides[0].content.sections[at],
                                 sides[1].content.sections[at], pass, filter);
        at++;
    }
}

bool versions_compare(const struct versions *v,
                      void (*each)(void *ctx, const struct record_change *change), void *ctx,
                      struct err *err)
{
    const struct doc_shape *shape = doc_shape_of(v->path, v->new.len ? v->new : v->old);
    struct side sides[2] = { 0 }, also = { 0 };
    struct filter filter = {
        .only = v->only, .also = sv_is_absent(v->also) ? NULL : &also, .each = each, .ctx = ctx
    };
    bool ok;

    if (!shape || sv_eq(v->old, v->new) || (v->only.len && is_same_record(v)))
        return true;
    ok = side_load(&sides[0], shape, v->old, v->path, err) &&
         side_load(&sides[1], shape, v->new, v->path, err) &&
         (!filter.also || side_load(&also, shape, v->also, v->path, err));
    if (ok && !v->is_by_place && !sv_is_blank(v->old) && !sv_is_blank(v->new))
        compare_heads(shape, sides, &filter);
    if (ok)
        compare_sections(shape, sides, v->is_by_place, &filter);
    side_release(&sides[0]);
    side_release(&sides[1]);
    side_release(&also);
    return ok;
}
