// Three layers, parted by lines of "%%", as a merge: who is there follows from who was, nobody
// twice, the same from either side; and what comes out can be written and read.
#include "fuzz.h"

#include "model/merge.h"
#include "store/doc.h"

struct side {
    struct arena arena;
    struct layer_head head;
    struct doc_content content;
    struct doc *doc;
};

static bool load(struct side *side, struct sv bytes)
{
    struct findings findings = { 0 };
    struct err err = { 0 };
    bool ok;

    side->content.head = &side->head;
    ok =
        doc_load(&doc_layer, bytes, "f", &side->arena, &side->content, &side->doc, &findings, &err);
    ok = ok && findings.errors == 0;
    findings_release(&findings);
    err_release(&err);
    return ok;
}

static const void *find(struct rec_list list, struct sv id)
{
    const void *found = NULL;

    for (size_t i = 0; i < list.count; i++) {
        const struct record *rec = list.items[i];

        if (sv_eq(rec->id, id)) {
            MUST(!found); // nobody twice
            found = rec;
        }
    }
    return found;
}

static bool is_wanted(enum kind_id kind, const void *base, const void *ours, const void *theirs)
{
    if (ours && theirs)
        return true;
    if (!base)
        return ours || theirs;
    if (ours)
        return !record_eq(kind, base, ours); // they deleted it: an edit stays
    return theirs && !record_eq(kind, base, theirs);
}

static void check_section(const struct side *sides, enum section section, struct rec_list merged)
{
    enum kind_id kind = section_get(section)->kind;
    size_t wanted = 0;

    for (int s = 0; s < 3; s++) {
        struct rec_list list = sides[s].content.sections[section];

        for (size_t i = 0; i < list.count; i++) {
            struct sv id = ((const struct record *)list.items[i])->id;
            const void *in[3];

            for (int k = 0; k < 3; k++)
                in[k] = find(sides[k].content.sections[section], id);
            MUST(is_wanted(kind, in[0], in[1], in[2]) == (find(merged, id) != NULL));
            wanted += find(merged, id) && s == (in[0] ? 0 : in[1] ? 1 : 2);
        }
    }
    MUST(wanted == merged.count);
}

// Merge all sections into `out`; returns the number of conflicts.
static size_t merge_sides(const struct side *base, const struct side *ours,
                          const struct side *theirs, struct arena *arena, struct rec_list *out)
{
    struct merge merge = { .arena = arena };
    size_t conflicts;

    for (int section = 0; section < SECTION__N; section++)
        merge_records(&merge, section_get((enum section)section)->kind, (enum section)section,
                      base->content.sections[section], ours->content.sections[section],
                      theirs->content.sections[section], &out[section]);
    conflicts = merge.conflict_count;
    merge_release(&merge);
    return conflicts;
}

static void check_order(const struct rec_list *one, const struct rec_list *other, bool is_clean)
{
    for (int section = 0; section < SECTION__N; section++) {
        MUST(one[section].count == other[section].count);
        for (size_t i = 0; i < one[section].count; i++) {
            const struct record *rec = one[section].items[i];
            const void *same = find(other[section], rec->id);

            MUST(same);
            MUST(!is_clean || record_eq(section_get((enum section)section)->kind, rec, same));
        }
    }
}

// As every merge of layers ends: no id in two sections.
static void part_ids(struct rec_list *sections, struct arena *arena)
{
    struct merge merge = { .arena = arena };

    merge_ids(&merge, sections);
    merge_release(&merge);
}

static void check_merge(struct side *sides)
{
    struct rec_list ours[SECTION__N], theirs[SECTION__N];
    struct arena arena = { 0 };
    size_t conflicts = merge_sides(&sides[0], &sides[1], &sides[2], &arena, ours);
    struct doc_content content = sides[1].content;
    struct side again = { 0 };
    struct buf out = { 0 };

    MUST(merge_sides(&sides[0], &sides[2], &sides[1], &arena, theirs) == conflicts);
    for (int section = 0; section < SECTION__N; section++)
        check_section(sides, (enum section)section, ours[section]);
    part_ids(ours, &arena);
    part_ids(theirs, &arena);
    check_order(ours, theirs, conflicts == 0);
    for (int section = 0; section < SECTION__N; section++)
        content.sections[section] = ours[section];
    doc_render(sides[1].doc, &content, &out);
    MUST(load(&again, buf_sv(&out)));
    check_order(ours, again.content.sections, true);
    doc_free(again.doc);
    arena_release(&again.arena);
    buf_release(&out);
    arena_release(&arena);
}

// Cut what stands before the next line of "%%" off `rest`.
static struct sv next_part(struct sv *rest)
{
    size_t at = sv_find(*rest, SV("%%\n"), 0);
    struct sv part = sv_sub(*rest, 0, at);

    *rest = at < rest->len ? sv_sub(*rest, at + 3, rest->len) : sv_of("", 0);
    return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct side sides[3] = { 0 };
    struct sv rest = sv_of((const char *)data, size);
    bool ok = true;

    for (int i = 0; i < 3; i++)
        ok = load(&sides[i], next_part(&rest)) && ok;
    if (ok)
        check_merge(sides);
    for (int i = 0; i < 3; i++) {
        doc_free(sides[i].doc);
        arena_release(&sides[i].arena);
    }
    return 0;
}
