// What the layers say of the passages of two articles: topics of claims, furniture.
// Reads files; changes none. Positions are those of the files: nothing is looked for in a text that
// changed.
#include "cli/pair_known.h"

#include "model/name.h"
#include "session/relation.h"
#include "text/segment.h"

bool pair_known_load(struct cli *cli, const struct pair *pair, struct pair_known *out,
                     struct err *err)
{
    *out = (struct pair_known){ 0 };
    for (int side = 0; side < 2; side++)
        if (!library_load(cli, pair->sides[side].id, &out->sides[side], err))
            return false;
    return true;
}

void pair_known_release(struct pair_known *known)
{
    library_release(&known->sides[0]);
    library_release(&known->sides[1]);
}

// Calls `see` with every record of a section in the layers of a side, until it returns false.
struct visit {
    bool (*see)(struct visit *visit, const void *rec);
    const struct pair_known *known;
    const struct pair *pair;
    struct byte_span span; // what is asked about
    struct sv topic;       // of a claim over it
    struct relate_hint *hints;
    size_t count, max;
    bool is_found;
};

static void visit_records(struct visit *visit, int side, enum section section)
{
    const struct library *library = &visit->known->sides[side];

    for (size_t i = 0; i < library->layer_count; i++) {
        const struct layer *layer = library_layer_of(&library->layers[i]);

        for (size_t j = 0; j < layer->sections[section].count; j++)
            if (!visit->see(visit, layer->sections[section].items[j]))
                return;
    }
}

static struct byte_span extent_of(const struct visit *visit, int side, struct rec_list parts)
{
    return article_to_bytes(visit->pair->sides[side].article, parts_extent(parts));
}

static void add_hint(struct visit *visit, struct byte_span there)
{
    for (size_t i = 0; i < visit->count; i++)
        if (visit->hints[i].there.beg == there.beg)
            return;
    visit->hints[visit->count++] = (struct relate_hint){ there, RELATION_TOPIC };
}

static bool see_there(struct visit *visit, const void *rec)
{
    const struct claim *claim = rec;
    struct byte_span sentence;

    if (name_eq(claim->topic, visit->topic) &&
        unit_at(visit->pair->sides[1].article, UNIT_SENTENCE, extent_of(visit, 1, claim->span).beg,
                &sentence))
        add_hint(visit, sentence);
    return visit->count < visit->max;
}

static bool see_here(struct visit *visit, const void *rec)
{
    const struct claim *claim = rec;

    if (!sv_is_blank(claim->topic) &&
        byte_spans_overlap(extent_of(visit, 0, claim->span), visit->span)) {
        struct visit there = *visit;

        there.see = see_there;
        there.topic = claim->topic;
        visit_records(&there, 1, SECTION_CLAIMS);
        visit->count = there.count;
    }
    return visit->count < visit->max;
}

size_t pair_known_hints(const struct pair_known *known, const struct pair *pair,
                        struct byte_span query, struct relate_hint *out, size_t max)
{
    struct visit visit = {
        .see = see_here, .known = known, .pair = pair, .span = query, .hints = out, .max = max
    };

    visit_records(&visit, 0, SECTION_CLAIMS);
    return visit.count;
}

static bool see_furniture(struct visit *visit, const void *rec)
{
    const struct furniture *furniture = rec;

    visit->is_found = byte_spans_overlap(extent_of(visit, 1, furniture->span), visit->span);
    return !visit->is_found;
}

bool pair_known_furniture(const struct pair_known *known, const struct pair *pair,
                          struct byte_span passage)
{
    struct visit visit = { .see = see_furniture, .known = known, .pair = pair, .span = passage };

    visit_records(&visit, 1, SECTION_FURNITURE);
    return visit.is_found;
}
