// Three-way merge of lists of records: by id, then by field (record_merge).
// Never drops what either side wrote: an edit outlives a deletion, a field in conflict is reported.
#include "model/merge.h"

#include "model/index.h"

// Fields of one record on which both sides differ, while record_merge runs.
struct clash {
    const struct field **fields;
    size_t count, cap;
};

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

static struct id_index *index_of(struct rec_list list)
{
    struct id_index *index = NULL;

    for (size_t i = 0; i < list.count; i++)
        id_index_put(&index, list.items[i]);
    return index;
}

static void note_clash(void *ctx, const struct field *field)
{
    struct clash *clash = ctx;

    MEM_GROW(clash->fields, clash->count, clash->cap);
    clash->fields[clash->count++] = field;
}

static void add_conflict(struct merge *merge, struct merge_conflict conflict)
{
    MEM_GROW(merge->conflicts, merge->conflict_count, merge->conflict_cap);
    merge->conflicts[merge->conflict_count++] = conflict;
}

// `merged` with their decisions on the fields in conflict. Of a field made of members, and of keys
// not known, that is what merging from their side gives: what only we decided stays.
static const void *with_theirs(struct merge *merge, enum kind_id kind, const void *merged,
                               const void *base, const void *ours, const void *theirs,
                               const struct clash *clash)
{
    void *rec = record_edit(merge->arena, kind, merged);
    const void *other = record_merge(merge->arena, kind, base, theirs, ours, NULL, NULL);

    for (size_t i = 0; i < clash->count; i++) {
        if (clash->fields[i] == kind_get(kind)->fields)
            extras_take(kind, rec, other);
        field_take(rec, other, clash->fields[i]);
    }
    return rec;
}

// A record that both sides have. Without a base, what only one of them says is taken.
static const void *merge_both(struct merge *merge, enum kind_id kind, enum section section,
                              const void *base, const void *ours, const void *theirs)
{
    struct clash clash = { 0 };

    if (ours == theirs || record_eq(kind, ours, theirs))
        return theirs;
    if (!base) {
        struct record *empty = arena_new(merge->arena, kind_get(kind)->size);

        empty->id = id_of(ours);
        base = empty;
    }

    const void *merged = record_merge(merge->arena, kind, base, ours, theirs, note_clash, &clash);

    merge->taken += !record_eq(kind, merged, ours);
    if (clash.count) {
        const void *other = with_theirs(merge, kind, merged, base, ours, theirs, &clash);

        for (size_t i = 0; i < clash.count; i++)
            add_conflict(merge, (struct merge_conflict){ .section = section,
                                                         .ours = merged,
                                                         .theirs = other,
                                                         .field = clash.fields[i] });
    }
    mem_free(clash.fields);
    return merged;
}

// A record of one side only: new there, or deleted on the other side. NULL: it goes.
static const void *merge_one(struct merge *merge, enum kind_id kind, enum section section,
                             const void *base, const void *rec, bool is_ours)
{
    if (!base) {
        merge->taken += !is_ours;
        return rec;
    }
    if (rec == base || record_eq(kind, base, rec)) {
        merge->taken += is_ours;
        return NULL;
    }
    add_conflict(merge, (struct merge_conflict){
                            .section = section, .ours = rec, .is_our_deletion = !is_ours });
    merge->taken += !is_ours;
    return rec;
}

void merge_records(struct merge *merge, enum kind_id kind, enum section section,
                   struct rec_list base, struct rec_list ours, struct rec_list theirs,
                   struct rec_list *out)
{
    struct id_index *base_index = index_of(base);
    struct id_index *our_index = index_of(ours), *their_index = index_of(theirs);
    const void **items = arena_new(merge->arena, (ours.count + theirs.count + 1) * sizeof(*items));
    size_t count = 0;

    for (size_t i = 0; i < ours.count; i++) {
        struct sv id = id_of(ours.items[i]);
        const void *old = id_index_find(base_index, id);
        const void *other = id_index_find(their_index, id);
        const void *rec = other ? merge_both(merge, kind, section, old, ours.items[i], other)
                                : merge_one(merge, kind, section, old, ours.items[i], true);

        if (rec)
            items[count++] = rec;
    }
    for (size_t i = 0; i < theirs.count; i++) {
        struct sv id = id_of(theirs.items[i]);

        if (id_index_find(our_index, id))
            continue;

        const void *rec =
            merge_one(merge, kind, section, id_index_find(base_index, id), theirs.items[i], false);

        if (rec)
            items[count++] = rec;
    }
    *out = (struct rec_list){ items, count };
    id_index_free(base_index);
    id_index_free(our_index);
    id_index_free(their_index);
}

struct refer {
    struct merge *merge;
    struct rec_list ours, theirs; // claims
    struct id_index *our_index, *their_index, *kept;
    const void **items; // claims of the result
    size_t count;
};

// A claim that a record of the result names: back in when one side took it out while the other
// names it. A side that names it too and has no such claim was so before.
//   in_ours, in_theirs  does that side have the record with the same words?
static void refer_to(struct refer *r, struct sv id, bool in_ours, bool in_theirs)
{
    if (sv_is_absent(id) || id_index_find(r->kept, id))
        return;

    const void *ours = id_index_find(r->our_index, id);
    const void *claim = ours ? ours : id_index_find(r->their_index, id);

    if (!claim || (ours ? in_theirs : in_ours))
        return;
    id_index_put(&r->kept, claim);
    r->items[r->count++] = claim;
    add_conflict(r->merge, (struct merge_conflict){ .section = SECTION_CLAIMS,
                                                    .ours = claim,
                                                    .is_our_deletion = !ours });
    r->merge->taken += !ours;
}

static bool has_equal(const struct id_index *index, enum kind_id kind, const void *rec)
{
    const void *other = id_index_find(index, id_of(rec));

    return other && record_eq(kind, other, rec);
}

static void refer_link(struct refer *r, const struct link *link, struct sv article,
                       const struct id_index *our_links, const struct id_index *their_links)
{
    bool in_ours = has_equal(our_links, KIND_LINK, link);
    bool in_theirs = has_equal(their_links, KIND_LINK, link);

    refer_to(r, link->from, in_ours, in_theirs);
    if (link->to && (sv_is_absent(link->to->article) || sv_eq(link->to->article, article)))
        refer_to(r, link->to->claim, in_ours, in_theirs);
}

void merge_restore(struct merge *merge, struct sv article, const struct rec_list ours[2],
                   const struct rec_list theirs[2], size_t from, struct rec_list links,
                   struct rec_list *claims)
{
    struct refer r = {
        merge, ours[0],      theirs[0], index_of(ours[0]), index_of(theirs[0]), index_of(*claims),
        NULL,  claims->count
    };
    struct id_index *our_links = index_of(ours[1]), *their_links = index_of(theirs[1]);

    r.items = arena_new(merge->arena,
                        (claims->count + ours[0].count + theirs[0].count + 1) * sizeof(*r.items));
    for (size_t i = 0; i < claims->count; i++)
        r.items[i] = claims->items[i];
    for (size_t i = 0; i < links.count; i++)
        refer_link(&r, links.items[i], article, our_links, their_links);
    for (size_t i = from; i < merge->conflict_count; i++) { // that may be decided the other way
        const struct merge_conflict *conflict = &merge->conflicts[i];

        if (conflict->section == SECTION_LINKS && conflict->theirs)
            refer_link(&r, conflict->theirs, article, our_links, their_links);
    }
    for (size_t i = 0; i < r.count; i++) { // grows on the way
        const struct claim *claim = r.items[i];
        bool in_ours = has_equal(r.our_index, KIND_CLAIM, claim);
        bool in_theirs = has_equal(r.their_index, KIND_CLAIM, claim);

        for (size_t j = 0; j < claim->repeats.count; j++)
            refer_to(&r, claim->repeats.items[j], in_ours, in_theirs);
    }
    *claims = (struct rec_list){ r.items, r.count };
    id_index_free(r.our_index);
    id_index_free(r.their_index);
    id_index_free(r.kept);
    id_index_free(our_links);
    id_index_free(their_links);
}

// The section whose record keeps an id that several have.
static enum section keeper(const struct id_index *const indexes[SECTION__N], struct sv id)
{
    enum section first = SECTION__N;

    if (id_index_find(indexes[SECTION_CLAIMS], id))
        return SECTION_CLAIMS;
    for (enum section s = 0; s < SECTION__N; s++) {
        if (!id_index_find(indexes[s], id))
            continue;
        if (id.len && id.ptr[0] == section_get(s)->letter)
            return s;
        if (first == SECTION__N)
            first = s;
    }
    return first;
}

static const void *rename_record(struct merge *merge, enum section section, const void *rec,
                                 struct id_index **taken)
{
    struct record *copy = record_edit(merge->arena, section_get(section)->kind, rec);

    copy->id = id_derive(merge->arena, section, id_of(rec), *taken);
    id_index_put(taken, copy);
    MEM_GROW(merge->renames, merge->rename_count, merge->rename_cap);
    merge->renames[merge->rename_count++] = (struct merge_rename){ section, id_of(rec), copy };
    for (size_t i = 0; i < merge->conflict_count; i++)
        if (merge->conflicts[i].ours == rec)
            merge->conflicts[i].ours = copy;
    return copy;
}

void merge_ids(struct merge *merge, struct rec_list sections[SECTION__N])
{
    struct id_index *indexes[SECTION__N], *taken = NULL;
    bool is_double = false;

    for (enum section s = 0; s < SECTION__N; s++) {
        indexes[s] = index_of(sections[s]);
        for (size_t i = 0; i < sections[s].count; i++) {
            is_double = is_double || id_index_find(taken, id_of(sections[s].items[i]));
            id_index_put(&taken, sections[s].items[i]);
        }
    }
    for (enum section s = 0; is_double && s < SECTION__N; s++) {
        const void **items = arena_new(merge->arena, (sections[s].count + 1) * sizeof(*items));

        for (size_t i = 0; i < sections[s].count; i++) {
            const void *rec = sections[s].items[i];

            items[i] = keeper((const struct id_index *const *)indexes, id_of(rec)) == s
                           ? rec
                           : rename_record(merge, s, rec, &taken);
        }
        sections[s].items = items;
    }
    for (enum section s = 0; s < SECTION__N; s++)
        id_index_free(indexes[s]);
    id_index_free(taken);
}

void merge_say_rename(const struct merge_rename *rename, const char *path,
                      struct findings *findings)
{
    struct sv id = id_of(rename->rec);

    findings_add(findings, SEVERITY_WARNING, E_MERGED, (struct err_at){ .path = path },
                 "'" SV_FMT "' is a %s on one side and another record on the other: both are kept, "
                 "the %s as '" SV_FMT "'; take one out if they are the same",
                 SV_ARG(rename->old), kind_get(section_get(rename->section)->kind)->name,
                 kind_get(section_get(rename->section)->kind)->name, SV_ARG(id));
}

struct cp_span_list merge_spans(struct arena *arena, struct cp_span_list base,
                                struct cp_span_list ours, struct cp_span_list theirs)
{
    struct cp_span_list added = theirs, gone = base, out = ours;

    for (size_t i = 0; i < base.count; i++)
        added = cp_spans_cut(arena, added, base.items[i]);
    for (size_t i = 0; i < theirs.count; i++)
        gone = cp_spans_cut(arena, gone, theirs.items[i]);
    for (size_t i = 0; i < gone.count; i++)
        out = cp_spans_cut(arena, out, gone.items[i]);
    for (size_t i = 0; i < added.count; i++)
        out = cp_spans_add(arena, out, added.items[i]);
    return out;
}

void merge_release(struct merge *merge)
{
    mem_free(merge->conflicts);
    mem_free(merge->renames);
    merge->conflicts = NULL;
    merge->conflict_count = merge->conflict_cap = 0;
    merge->renames = NULL;
    merge->rename_count = merge->rename_cap = 0;
}
